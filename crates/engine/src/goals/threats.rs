//! An event that would happen for the sake of another, and could not well do so: it takes away what the other needs and has by now, or one
//! person would make two journeys with nothing between, which no plan allows (docs/semantics.md, section 8).
//!
//! A relaxed plan forgets what its events take away, so that to sneak off, out of sight, seems as good a way to surprise somebody as to
//! hide where he is. One step of it is looked at here: what an event undoes of the next. (Threats to what is supported: Penberthy & Weld,
//! *UCPOP*, KR 1992.)

use super::author::AUTHOR;
use super::work::Work;
use super::*;
use crate::effects::{Effects, Role};
use crate::expr::{At, Reads};
use crate::values::ValuesId;

/// What was found out in one state.
#[derive(Debug, Default)]
pub(super) struct Threats {
    /// The values of facts as an event would change them, and which it changes.
    changed: FxHashMap<EventId, (ValuesId, Vec<FluentId>)>,
    /// For an event which of its conditions hold by now, and what of the state itself these rest on.
    holding: FxHashMap<EventId, (Vec<usize>, FxHashSet<FluentId>)>,
    known: FxHashMap<[EventId; 2], bool>,
}

impl Work<'_> {
    /// Whether an event that is possible now cannot well happen for the sake of another.
    pub(super) fn thwarts(&mut self, event: EventId, other: EventId) -> bool {
        if let Some(&known) = self.threats.known.get(&[event, other]) {
            return known;
        }
        let (world, graph) = (&self.engine.world, &self.engine.graph);
        let travels = |event| world.problem.actions[graph.events.action(event)].journey;
        let thwarts = if travels(event) && travels(other) {
            let willing = self.engine.willing(self.node, event);
            let mut others = self.engine.willing(self.node, other).into_iter();
            others.any(|person| willing.contains(&person))
        } else {
            self.undoes(event, other)
        };
        self.threats.known.insert([event, other], thwarts);
        thwarts
    }

    /// Whether what an event does to facts takes away what another needs.
    fn undoes(&mut self, event: EventId, other: EventId) -> bool {
        let (world, graph) = (&self.engine.world, &self.engine.graph);
        let actions = &world.problem.actions;
        let now = graph.at(self.node);
        let truth = self.person == AUTHOR;
        let changed = self.threats.changed.entry(event);
        let (values, changed) = changed.or_insert_with(|| {
            let effects = &actions[graph.events.action(event)].effects;
            let mut reader = Reader::new(world, graph, graph.events.env(event));
            let role = if truth { Role::Truth } else { Role::Mind };
            let (outcome, _) = Effects::imagined(&mut reader, now, role, effects, None);
            let values = graph.values.set(now.values, &outcome.assigned);
            (values, graph.values.diff(now.values, values))
        });
        let needs = &actions[graph.events.action(other)].needs;
        let holding = self.threats.holding.entry(other);
        let (holding, reads) = holding.or_insert_with(|| {
            let mut reader = Reader {
                world,
                graph,
                env: graph.events.env(other),
                trace: Reads::default(),
            };
            let mut holding = Vec::new();
            let mut reads = FxHashSet::default();
            for (index, one) in needs.iter().enumerate() {
                reader.trace.found.clear();
                if reader.holds(now, &one.expr) {
                    holding.push(index);
                    let here = reader
                        .trace
                        .found
                        .iter()
                        .filter(|(chain, _)| chain.is_empty());
                    reads.extend(here.map(|&(_, fluent)| fluent));
                }
            }
            (holding, reads)
        });
        if !changed.iter().any(|fluent| reads.contains(fluent)) {
            return false;
        }
        let then = At {
            values: *values,
            ..now
        };
        let mut reader = Reader::new(world, graph, graph.events.env(other));
        let mut holding = holding.iter().map(|&index| &needs[index].expr);
        holding.any(|expr| !reader.holds(then, expr))
    }
}
