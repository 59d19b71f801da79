//! What has just become possible: events of actions whose conditions read something that the last event changed.

use super::*;

/// What the conditions of an action read in the state itself.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) action: ActionId,
    pub(super) params: usize,
    pub(super) reads: Vec<Occurrence>,
}

/// A place where a fact is read: which parameters its arguments are.
#[derive(Debug, PartialEq)]
pub(super) struct Occurrence {
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
pub(super) fn occurrences(expr: &Expr, params: usize, into: &mut Vec<Occurrence>) {
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
    /// The events that became possible by the last event, of actions whose conditions rest on something that it changed.
    pub(super) fn enabled(&mut self, before: NodeId) -> Vec<EventId> {
        let engine = self.engine;
        let graph = &engine.graph;
        let changed = graph
            .values
            .diff(graph.values_of(before), graph.values_of(self.node));
        let at = graph.at(self.node);
        let mut found = Vec::new();
        for asked in &self.goals.asked {
            let mut tried: Vec<Vec<Option<AtomId>>> = Vec::new();
            for &fluent in &changed {
                let fact = engine.world.fact_of(fluent);
                for occurrence in asked.reads.iter().filter(|one| one.fact == fact) {
                    let given = occurrence.given(asked.params, engine.world.args_of(fluent));
                    if let Some(given) = given.filter(|given| !tried.contains(given)) {
                        tried.push(given);
                    }
                }
            }
            for given in &tried {
                let all = self
                    .candidates
                    .find(&engine.world, graph, at, asked.action, given);
                for args in all {
                    let event = graph.events.intern(asked.action, &args);
                    if !found.contains(&event) && !engine.possible(before, event) {
                        found.push(event);
                    }
                }
            }
        }
        found
    }
}
