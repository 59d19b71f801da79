//! What has just become possible: events of actions whose conditions read something that the last event changed.

use super::*;
use crate::candidates::{parameters, Given, Turned};
use crate::shape::{each_part, reads_minds};

/// An action with its conditions.
#[derive(Debug)]
pub(super) struct Asked {
    action: ActionId,
    params: usize,
    conditions: Vec<Condition>,
    /// A condition reads minds: it may have turned though nothing that it reads in the state itself has changed.
    mental: bool,
}

/// A condition, with the parameters in it and what it reads in the state itself.
#[derive(Debug)]
struct Condition {
    expr: Arc<Expr>,
    needs: Given,
    reads: Vec<Occurrence>,
}

impl Asked {
    /// The conditions of an action.
    pub(super) fn of(number: ActionId, action: &Action) -> Asked {
        let params = action.params.len();
        let mut conditions = Vec::new();
        for condition in &action.needs {
            conjuncts(&condition.expr, &mut conditions);
        }
        let conditions = conditions.into_iter().map(|expr| {
            let mut reads = Vec::new();
            occurrences(&expr, params, &mut reads);
            Condition {
                needs: parameters(&expr, params),
                reads,
                expr,
            }
        });
        let conditions: Vec<Condition> = conditions.collect();
        Asked {
            action: number,
            params,
            mental: conditions.iter().any(|one| reads_minds(&one.expr)),
            conditions,
        }
    }
}

/// A place where a fact is read: which parameters its arguments are.
#[derive(Debug, PartialEq)]
struct Occurrence {
    fact: FactId,
    args: Vec<Option<usize>>,
}

impl Occurrence {
    /// The parameters if it is about a fluent with these arguments; none if that cannot be.
    fn given(&self, params: usize, args: &[AtomId]) -> Option<Vec<Option<AtomId>>> {
        let mut given = vec![None; params];
        for (param, &arg) in self.args.iter().zip(args) {
            if let Some(param) = *param {
                if given[param].is_some_and(|other| other != arg) {
                    return None;
                }
                given[param] = Some(arg);
            }
        }
        Some(given)
    }
}

/// Where an expression reads facts in the state itself.
fn occurrences(expr: &Expr, params: usize, into: &mut Vec<Occurrence>) {
    match expr {
        Expr::Fact(fact, args) => {
            let param = |arg: &Expr| match arg {
                Expr::Var(var) if *var < params => Some(*var),
                _ => None,
            };
            let args: Vec<Option<usize>> = args.iter().map(param).collect();
            let fact = *fact;
            let one = Occurrence { fact, args };
            if !into.contains(&one) {
                into.push(one);
            }
        }
        Expr::Believes(who, _) => return occurrences(who, params, into),
        _ => {}
    }
    each_part(expr, &mut |part| occurrences(part, params, into));
}

impl Work<'_> {
    /// With what more of an action's parameters given its events may have become possible, if only such are looked for.
    pub(super) fn turned(
        &self,
        action: ActionId,
        given: Vec<Option<AtomId>>,
    ) -> Vec<Vec<Option<AtomId>>> {
        let all = &self.goals.asked;
        let place = all.binary_search_by_key(&action, |asked| asked.action);
        let asked = place.ok().map(|place| &all[place]);
        let (Some(changed), Some(asked)) = (&self.since, asked.filter(|one| !one.mental)) else {
            return vec![given];
        };
        let world = &self.engine.world;
        let mut found = Vec::new();
        for &fluent in changed {
            let (fact, args) = (world.fact_of(fluent), world.args_of(fluent));
            let reads = asked.conditions.iter().flat_map(|one| &one.reads);
            for read in reads.filter(|one| one.fact == fact) {
                let Some(mut more) = read.given(asked.params, args) else {
                    continue;
                };
                let fits = |(more, given): (&mut Option<AtomId>, &Option<AtomId>)| {
                    let fits = more.is_none() || given.is_none() || more == given;
                    *more = more.or(*given);
                    fits
                };
                if more.iter_mut().zip(&given).all(fits) && !found.contains(&more) {
                    found.push(more);
                }
            }
        }
        found
    }

    /// The events that became possible by the last event, of actions whose conditions rest on something that it changed.
    pub(super) fn enabled(&mut self, before: NodeId) -> Vec<EventId> {
        let engine = self.engine;
        let graph = &engine.graph;
        let changed = graph
            .values
            .diff(graph.values_of(before), graph.values_of(self.node));
        let at = graph.at(self.node);
        let mut found = Vec::new();
        let was = graph.at(before);
        let mut reader = Reader::new(&engine.world, graph, Vec::new());
        // With all of its parameters given, the condition has come to hold.
        let mut turned = |condition: &Condition, given: &[Option<AtomId>]| {
            let value = |atom: &Option<AtomId>| atom.map_or(Val::NOTHING, Val::atom);
            reader.env = given.iter().map(value).collect();
            let open = given.iter().enumerate().filter(|(_, atom)| atom.is_none());
            let open = open.fold(0, |open: Given, (param, _)| open | 1 << param);
            condition.needs & open != 0
                || reader.holds(at, &condition.expr) && !reader.holds(was, &condition.expr)
        };
        for asked in &self.goals.asked {
            // The condition that has turned, if it must be that one; what is given of it.
            let mut tried: Vec<(Option<usize>, Vec<Option<AtomId>>)> = Vec::new();
            for (number, condition) in asked.conditions.iter().enumerate() {
                let by = (!asked.mental).then_some(number);
                for &fluent in &changed {
                    let fact = engine.world.fact_of(fluent);
                    for occurrence in condition.reads.iter().filter(|one| one.fact == fact) {
                        let given = occurrence.given(asked.params, engine.world.args_of(fluent));
                        let Some(given) = given else { continue };
                        let one = (by, given);
                        if !tried.contains(&one) && turned(condition, &one.1) {
                            tried.push(one);
                        }
                    }
                }
            }
            for (condition, given) in &tried {
                let turned = condition.map(|condition| Turned { condition, was });
                let all =
                    self.candidates
                        .find(&engine.world, graph, at, asked.action, given, turned);
                for args in all {
                    let event = graph.events.intern(asked.action, &args);
                    let new = condition.is_some() || !engine.possible(before, event);
                    if new && !found.contains(&event) {
                        found.push(event);
                    }
                }
            }
        }
        found
    }
}
