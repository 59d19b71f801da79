//! What each event that is possible now would make of what is lacking: tried on a copy of the states, and forgotten.
//!
//! A film has a thousand events that can happen next, and to see what one of them leads to takes less than to guess it: so whoever looks for a
//! single event that helps tries them all.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::goals::author::Wanted;
use crate::graph::NodeId;
use crate::problem::{AtomId, Expr, Value};
use crate::relevance::touching;
use crate::shape::{each_effect, each_expr, each_part};
use crate::value::Val;

/// How many bytes the states may take that are made on trial, before they are forgotten.
const SPARE: usize = 48 << 20;

/// Through how many events it is followed what an event leads to that does not help at once.
const FOLLOWED: usize = 2;

/// What is lacking.
#[derive(Debug, Clone)]
pub enum Lack {
    /// Conditions for the first event, in truth, and for the second, which is the one meant, as those see it who must will it.
    Event(EventId, EventId),
    /// All of these.
    Conditions(Arc<[Wanted]>),
}

impl Lack {
    /// The same, with events counted otherwise.
    fn of(&self, same: &mut impl FnMut(EventId) -> EventId) -> Lack {
        match self {
            Lack::Event(event, meant) => Lack::Event(same(*event), same(*meant)),
            Lack::Conditions(wanted) => Lack::Conditions(wanted.clone()),
        }
    }

    /// Whom and what it is about.
    fn about(&self, engine: &Engine, about: &mut FxHashSet<AtomId>) {
        match self {
            Lack::Event(event, _) => about.extend(engine.event_of(*event).1.iter().copied()),
            Lack::Conditions(wanted) => {
                for one in wanted.iter() {
                    let persons = one.chain.iter();
                    about.extend(persons.map(|&person| engine.world.atom(person)));
                    about.extend(one.env.iter().filter_map(|val| val.as_atom()));
                    named(&one.expr, about);
                }
            }
        }
    }

    /// What is lacking in a state: conditions, each in truth or (true) in somebody's mind.
    fn open<'a>(&'a self, engine: &'a Engine, node: NodeId) -> Vec<(&'a Expr, bool)> {
        match self {
            Lack::Event(event, meant) => {
                let needs = |event, index: usize| {
                    let (action, _) = engine.event_of(event);
                    &engine.world.problem.actions[action].needs[index].expr
                };
                let failing = engine.failing(node, *event).into_iter();
                let mut open: Vec<_> = failing.map(|one| (needs(*event, one), false)).collect();
                for person in engine.willing(node, *meant) {
                    let failing = engine.failing(engine.believed(node, person), *meant);
                    open.extend(failing.into_iter().map(|one| (needs(*meant, one), true)));
                }
                open
            }
            Lack::Conditions(wanted) => {
                let open = wanted.iter().filter(|one| {
                    let mind = one.chain.iter();
                    let mind = mind.fold(node, |node, &person| engine.believed(node, person));
                    engine.evaluate(mind, &one.expr, one.env.clone()) != Val::YES
                });
                open.map(|one| (&*one.expr, !one.chain.is_empty()))
                    .collect()
            }
        }
    }
}

/// A state, and how it came about.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The state,
    pub node: NodeId,
    /// an earlier one,
    pub root: NodeId,
    /// and what has happened since.
    pub path: &'p [EventId],
}

/// A copy of an engine on which things are tried.
#[derive(Debug)]
pub struct Trials {
    fresh: Engine,
    trial: Engine,
}

impl Trials {
    /// Begins with what the engine knows by now.
    pub fn new(engine: &Engine) -> Trials {
        let mut fresh = engine.clone();
        fresh.allow(usize::MAX);
        let trial = fresh.clone();
        Trials { fresh, trial }
    }

    /// All events that can happen at a place, by anybody's doing or nobody's, by which less of something is lacking, there and then still
    /// after what happens `then`, whatever stands against it: each with how much of each is lacking in the end. What was possible in the
    /// state `known` too is left out: it was looked at there. What does not help at once is followed if little happens then.
    ///
    /// # Errors
    /// [`Trouble::Memory`], [`Trouble::Interrupt`].
    pub fn lessening(
        &mut self,
        engine: &mut Engine,
        place: Place<'_>,
        then: &[EventId],
        lacks: &[Lack],
        known: Option<NodeId>,
    ) -> Result<Vec<(EventId, Vec<usize>)>, Trouble> {
        let possible = possible(engine, place.node, lacks, known);
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        if place.root as usize >= self.fresh.graph.len() {
            *self = Trials::new(engine);
        } else if self.trial.bytes() > self.fresh.bytes() + SPARE {
            self.trial = self.fresh.clone();
        }
        let trial = &mut self.trial;
        // The copy counts events in its own way.
        let mut same = |event: EventId| {
            let (action, args) = engine.event_of(event);
            trial.graph.events.intern(action, &args)
        };
        let path: Vec<EventId> = place.path.iter().copied().map(&mut same).collect();
        let then: Vec<EventId> = then.iter().copied().map(&mut same).collect();
        let lacks: Vec<Lack> = lacks.iter().map(|lack| lack.of(&mut same)).collect();
        let mut tried = Vec::new();
        for event in possible {
            tried.push((event, same(event)));
        }
        let Some(node) = onward(trial, place.root, &path)? else {
            return Ok(Vec::new());
        };
        let counts = |engine: &Engine, node| -> Vec<usize> {
            lacks
                .iter()
                .map(|lack| lack.open(engine, node).len())
                .collect()
        };
        let less = |left: &[usize], before: &[usize]| {
            let mut pairs = left.iter().zip(before);
            pairs.any(|(left, now)| left < now)
        };
        let here = counts(trial, node);
        let end = onward(trial, node, &then)?.map(|end| counts(trial, end));
        let mut found = Vec::new();
        for (event, same) in tried {
            let Some(after) = onward(trial, node, &[same])? else {
                continue;
            };
            if after == node || (then.len() > FOLLOWED && !less(&counts(trial, after), &here)) {
                continue;
            }
            let Some(after) = onward(trial, after, &then)? else {
                continue;
            };
            let left = counts(trial, after);
            if end.as_ref().is_none_or(|end| less(&left, end)) {
                found.push((event, left));
            }
        }
        Ok(found)
    }
}

/// What can happen in a state, but not in the state `known`, that has to do with what is lacking there: by what it changes, and by whom or
/// what it is about.
fn possible(
    engine: &mut Engine,
    node: NodeId,
    lacks: &[Lack],
    known: Option<NodeId>,
) -> Vec<EventId> {
    let mut about: FxHashSet<AtomId> = FxHashSet::default();
    let mut open = Vec::new();
    for lack in lacks {
        let mut lacking = lack.open(engine, node);
        if lacking.iter().any(|&(_, in_mind)| !in_mind) {
            lacking.retain(|&(_, in_mind)| !in_mind); // what is not so in truth comes first
        }
        if !lacking.is_empty() {
            lack.about(engine, &mut about);
        }
        open.extend(lacking);
    }
    let touching = touching(&engine.world.problem, open);
    let mut possible = Vec::new();
    for action in (0..touching.len()).filter(|&action| touching[action]) {
        let lifted = &engine.world.problem.actions[action];
        let mut itself = FxHashSet::default();
        each_effect(&lifted.effects, &mut |effect| {
            each_expr(effect, &mut |expr| named(expr, &mut itself));
        });
        let always = !itself.is_disjoint(&about);
        let any = vec![None; lifted.params.len()];
        let mut events = engine.candidates(node, action, &any);
        events.retain(|&event| {
            let (_, args) = engine.event_of(event);
            let new = || known.is_none_or(|known| !engine.possible(known, event));
            (always || args.iter().any(|arg| about.contains(arg))) && new()
        });
        possible.extend(events);
    }
    possible
}

/// The state after events that happen whatever stands against them; none if one contradicts itself or never rests.
fn onward(
    engine: &mut Engine,
    node: NodeId,
    events: &[EventId],
) -> Result<Option<NodeId>, Trouble> {
    let mut here = node;
    for &event in events {
        match engine.after(here, event) {
            Ok(next) => here = next,
            Err(trouble @ (Trouble::Memory | Trouble::Interrupt)) => return Err(trouble),
            Err(_) => return Ok(None),
        }
    }
    Ok(Some(here))
}

/// The atoms that an expression names.
fn named(expr: &Expr, into: &mut FxHashSet<AtomId>) {
    if let Expr::Const(Value::Atom(atom)) = expr {
        into.insert(*atom);
    }
    each_part(expr, &mut |part| named(part, into));
}
