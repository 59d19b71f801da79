//! The author's search: all stories that end better than the opening, with a motive for everything that happens.
//!
//! A story is a sequence of events from the opening, each possible and motivated where it happens, whose end is worth more
//! to the author than the opening and everything between, and in which nothing is idle: no part of it does as well (the
//! peer: exactly as well). The search is exhaustive, for small limits: depth first over states, carrying along the ends of
//! all parts of the path, so that idleness is decided exactly and as early as it shows.

use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::{Motives, Question, Stop, Verdict};
use crate::world::Person;

/// How far to look.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Events of a story.
    pub events: u32,
    /// Events of a motive.
    pub motive: u32,
    /// Depth of minds.
    pub minds: u32,
    /// Give up at this moment.
    pub deadline: Option<Instant>,
}

/// All stories within the limits, the shorter ones first. `alphabet`: the only events that may happen; that nobody may think
/// of any others is up to `motives`.
///
/// # Errors
/// [`Stop`] if the search does not come to an end.
pub fn stories(
    engine: &mut Engine,
    motives: &mut Motives,
    limits: Limits,
    alphabet: Option<&[EventId]>,
) -> Result<Vec<Vec<EventId>>, Stop> {
    let start = engine.start();
    let Some(worth) = engine.utility(start, None) else {
        return Ok(Vec::new());
    };
    let mut search = Search {
        engine,
        motives,
        limits,
        alphabet,
        possible: FxHashMap::default(),
        motivated: FxHashMap::default(),
        worth: FxHashMap::default(),
        path: Vec::new(),
        found: Vec::new(),
    };
    search.extend(start, &[], worth)?;
    let mut found = search.found;
    found.sort_by_key(Vec::len);
    Ok(found)
}

struct Search<'a> {
    engine: &'a mut Engine,
    motives: &'a mut Motives,
    limits: Limits,
    alphabet: Option<&'a [EventId]>,
    possible: FxHashMap<NodeId, Arc<[EventId]>>,
    motivated: FxHashMap<(NodeId, EventId), bool>,
    worth: FxHashMap<NodeId, Option<f64>>,
    path: Vec<EventId>,
    found: Vec<Vec<EventId>>,
}

impl Search<'_> {
    /// Makes the path to `node` longer in all ways. `parts`: where its strict parts end. `most`: the best that the world was
    /// worth on the way.
    fn extend(&mut self, node: NodeId, parts: &[NodeId], most: f64) -> Result<(), Stop> {
        let last = self.path.len() as u32 + 1 == self.limits.events;
        if self.path.len() as u32 >= self.limits.events {
            return Ok(());
        }
        for &event in self.possible(node).iter() {
            let Some(next) = self.after(node, event)? else {
                continue;
            };
            if next == node || parts.contains(&next) {
                continue; // whatever follows would do without something
            }
            let worth = self.worth(next);
            let pays = worth.is_some_and(|worth| worth > most);
            if last && !pays || !self.motivated(node, event)? {
                continue;
            }
            let mut ends = parts.to_vec();
            ends.push(node);
            for &part in parts {
                if self.engine.possible(part, event) && self.motivated(part, event)? {
                    ends.extend(self.after(part, event)?);
                }
            }
            ends.sort_unstable();
            ends.dedup();
            if ends.contains(&next) {
                continue;
            }
            self.path.push(event);
            if pays && !ends.iter().any(|&end| self.as_good(end, worth)) {
                self.found.push(self.path.clone());
            }
            self.extend(next, &ends, worth.map_or(most, |worth| worth.max(most)))?;
            self.path.pop();
        }
        Ok(())
    }

    /// Ending there makes idle what ends with this worth.
    fn as_good(&mut self, end: NodeId, worth: Option<f64>) -> bool {
        let reached = self.worth(end);
        match reached.zip(worth) {
            Some((reached, worth)) if self.engine.world.peer() => reached == worth,
            Some((reached, worth)) => reached >= worth,
            None => false,
        }
    }

    fn worth(&mut self, node: NodeId) -> Option<f64> {
        let engine = &self.engine;
        *self
            .worth
            .entry(node)
            .or_insert_with(|| engine.utility(node, None))
    }

    /// The state after an event; none where its effects contradict each other or triggers never rest.
    fn after(&mut self, node: NodeId, event: EventId) -> Result<Option<NodeId>, Stop> {
        if self
            .limits
            .deadline
            .is_some_and(|end| Instant::now() >= end)
        {
            return Err(Stop::Seconds);
        }
        match self.engine.after(node, event) {
            Ok(next) => Ok(Some(next)),
            Err(Trouble::Memory) => Err(Stop::Memory),
            Err(Trouble::Interrupt) => Err(Stop::Interrupt),
            Err(Trouble::Clash { .. } | Trouble::Loop(_) | Trouble::Problem(_)) => Ok(None),
        }
    }

    /// What can happen there, in order.
    fn possible(&mut self, node: NodeId) -> Arc<[EventId]> {
        if let Some(known) = self.possible.get(&node) {
            return known.clone();
        }
        let at = self.engine.graph.at(node);
        let mut events = Vec::new();
        for action in 0..self.engine.world.problem.actions.len() {
            let any = vec![None; self.engine.world.problem.actions[action].params.len()];
            let (world, graph) = (&self.engine.world, &self.engine.graph);
            let found = self.motives.candidates.find(world, graph, at, action, &any);
            let found = found
                .iter()
                .map(|args| self.engine.events.intern(action, args));
            events
                .extend(found.filter(|event| self.alphabet.is_none_or(|all| all.contains(event))));
        }
        let events: Arc<[EventId]> = events.into();
        self.possible.insert(node, events.clone());
        events
    }

    /// Everybody who must will the event there has a motive.
    fn motivated(&mut self, node: NodeId, event: EventId) -> Result<bool, Stop> {
        if let Some(&known) = self.motivated.get(&(node, event)) {
            return Ok(known);
        }
        let meant = self.engine.meant(event);
        let mut all = true;
        for person in self.engine.willing(node, event) {
            if !self.has_motive(node, person, meant)? {
                all = false;
                break;
            }
        }
        self.motivated.insert((node, event), all);
        Ok(all)
    }

    fn has_motive(&mut self, node: NodeId, person: Person, event: EventId) -> Result<bool, Stop> {
        let question = Question {
            mind: self.engine.believed(node, person),
            person,
            event,
            events: self.limits.motive,
            minds: self.limits.minds,
            budget: u64::MAX,
            deadline: self.limits.deadline,
            waypoints: Vec::new(),
            brings: None,
            hints: Vec::new(),
        };
        match self.motives.ask(self.engine, &question).0 {
            Verdict::Found(..) => Ok(true),
            Verdict::None => Ok(false),
            Verdict::Undecided(stop) => Err(stop),
        }
    }
}
