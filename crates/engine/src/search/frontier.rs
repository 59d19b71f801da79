//! Best-first search over what may be told, for all modes that use it.
//!
//! A state is first judged by its values alone; the event that leads to it runs in all minds, and motives are looked for, only
//! when its turn comes. Motives do not depend on how a state was reached, so the first way there with the fewest events is
//! as good as any.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::guess::{Guess, Guesses};
use super::{Request, Watch};
use crate::author::Author;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;

/// Costs are kept in whole numbers of this part of an event.
const GRAIN: f64 = 64.0;
/// With more states than this in the queue there is no end in sight.
const LONGEST: usize = 20_000_000;

/// What counts as much as an event so far.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// An event that is still to come for certain.
    pub to_go: f64,
    /// One that is likely to.
    pub likely: f64,
    /// One that is missing to the goal.
    pub missing: f64,
    /// So much less counts what somebody has planned already.
    pub planned: f64,
    /// Being a later choice by one, where choices come in the order of their promise.
    pub rank: f64,
}

/// Events tried that weigh as much as a state looked at.
pub const TRIED: u64 = 16;
/// Where that does not suffice, so many times as many,
const MORE: u64 = 4;
/// but not more than these: there are motives that no effort decides.
const MOST: u64 = 1 << 33;

/// The limits on motives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Events of a motive.
    pub motive: u32,
    /// Levels of minds.
    pub minds: u32,
}

/// How some of the search ended.
#[derive(Debug)]
pub enum End {
    /// With a story, and the state where it ends.
    Story(Vec<EventId>, NodeId),
    /// All is searched.
    Searched,
    /// All is searched that any effort decides.
    Undecided,
    /// So many states were looked at as were allowed.
    Enough,
}

/// A state that was reached, by which event from which other.
#[derive(Debug, Clone, Copy)]
struct Reached {
    node: NodeId,
    from: Option<(u32, EventId)>,
    events: u32,
}

/// In the order of the queue: cost, events to go, order of discovery; then where from and by which event.
type Open = Reverse<(u64, u32, u64, u32, EventId)>;

/// What waits for motives to be looked for under the same limits, with the same effort.
#[derive(Debug)]
struct Queue {
    depth: Depth,
    /// Place of the limits among all.
    level: usize,
    /// Events to try for one.
    effort: u64,
    open: BinaryHeap<Open>,
    /// States looked at and events tried, in states.
    spent: u64,
    states: u64,
    tried: u64,
}

impl Queue {
    /// What will have been spent when the next of it has been looked at, if that takes all that it may.
    fn after_next(&self) -> u64 {
        self.spent.saturating_add(self.effort / TRIED)
    }
}

/// A search that can be continued. What is possible waits under the smallest limits on motives first; what has no motive under them
/// goes on to wait under larger ones, and all limits get equal shares of the work.
#[derive(Debug)]
pub struct Frontier {
    depths: Vec<Depth>,
    weights: Weights,
    seed: u64,
    /// Events tried for the motives of one at first.
    effort: u64,
    /// No story may be longer.
    longest: u32,
    reached: Vec<Reached>,
    events_to: FxHashMap<NodeId, u32>,
    /// All motivated events that were found to lead to a state, and from where, if several stories are wanted.
    ways: Option<FxHashMap<NodeId, Vec<(NodeId, EventId)>>>,
    ends: Vec<NodeId>,
    /// There were motives that no effort decided.
    undecided: bool,
    queues: Vec<Queue>,
    order: u64,
    done: u64,
}

impl Depth {
    /// As far as is asked.
    pub fn all(request: &Request) -> Depth {
        Depth {
            motive: request.limits.motive,
            minds: request.limits.minds,
        }
    }
}

impl Frontier {
    /// A search that has not begun, under these limits on motives, the smaller ones first.
    /// `effort`: so many events are tried for the motives of one at first.
    pub fn new(depths: Vec<Depth>, weights: Weights, effort: u64, request: &Request) -> Frontier {
        let effort = if depths.len() > 1 { effort } else { u64::MAX };
        let mut search = Frontier {
            depths,
            weights,
            seed: request.seed,
            effort,
            longest: request.limits.events,
            ways: (request.count > 1).then(FxHashMap::default),
            reached: Vec::new(),
            events_to: FxHashMap::default(),
            ends: Vec::new(),
            undecided: false,
            queues: Vec::new(),
            order: 0,
            done: 0,
        };
        search.queue(0, effort);
        search
    }

    /// The place of the queue for these limits and this effort.
    fn queue(&mut self, level: usize, effort: u64) -> usize {
        let mut queues = self.queues.iter();
        if let Some(place) = queues.position(|one| one.level == level && one.effort == effort) {
            return place;
        }
        self.queues.push(Queue {
            depth: self.depths[level],
            level,
            effort,
            open: BinaryHeap::new(),
            spent: 0,
            states: 0,
            tried: 0,
        });
        self.queues.len() - 1
    }

    fn push(&mut self, place: usize, open: Open) {
        if self.queues[place].open.is_empty() {
            // Who comes late gets no more than the others from now on.
            let others = self.queues.iter().filter(|one| !one.open.is_empty());
            let least = others.map(|one| one.spent).min().unwrap_or(0);
            let queue = &mut self.queues[place];
            queue.spent = queue.spent.max(least);
        }
        self.queues[place].open.push(open);
    }

    /// States looked at so far (so many events tried count as one).
    pub fn done(&self) -> u64 {
        self.done
    }

    /// What was done under which limits, in words.
    pub fn report(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (level, depth) in self.depths.iter().enumerate() {
            let queues = self.queues.iter().filter(|one| one.level == level);
            let (states, tried, open) = queues.fold((0, 0, 0), |(states, tried, open), one| {
                (
                    states + one.states,
                    tried + one.tried,
                    open + one.open.len(),
                )
            });
            if states > 0 {
                lines.push(format!(
                    "motives of {} events, {} minds deep: {states} states, {tried} events tried, {open} left",
                    depth.motive, depth.minds,
                ));
            }
        }
        lines
    }

    /// From now on no story may be longer.
    pub fn shorten(&mut self, longest: u32) {
        self.longest = longest;
    }

    /// Where all costs are true: no story that is still to be found has fewer events. None: there are none to be found.
    pub fn least(&self) -> Option<u32> {
        let open = self.queues.iter().filter_map(|one| one.open.peek());
        let least = open.map(|Reverse((cost, ..))| *cost).min()?;
        Some((least as f64 / GRAIN).ceil() as u32)
    }

    /// The states where stories end that were found.
    pub fn ends(&self) -> &[NodeId] {
        &self.ends
    }

    /// Other ways to the end of a story, longest common endings first: paths through all states and motivated events known,
    /// without coming to any state twice. At most so many; the flag says that these are all.
    pub fn others(&self, start: NodeId, end: NodeId, most: usize) -> (Vec<Vec<EventId>>, bool) {
        let mut found = Vec::new();
        let Some(ways) = &self.ways else {
            return (found, false);
        };
        let mut path: Vec<(NodeId, EventId)> = Vec::new();
        let mut open: Vec<(usize, NodeId, EventId)> = Vec::new();
        let mut node = end;
        let mut steps = 0;
        loop {
            steps += 1;
            if node == start {
                found.push(path.iter().rev().map(|&(_, event)| event).collect());
            } else if path.len() < self.longest as usize && self.events_to.contains_key(&node) {
                let into = ways.get(&node).into_iter().flatten().rev();
                let new = into.filter(|(from, _)| {
                    *from != end && path.iter().all(|(known, _)| known != from)
                });
                open.extend(new.map(|&(from, event)| (path.len(), from, event)));
            }
            let Some((depth, from, event)) = open.pop() else {
                return (found, true);
            };
            if found.len() >= most || steps > 200 * most {
                return (found, false);
            }
            path.truncate(depth);
            path.push((from, event));
            node = from;
        }
    }

    /// Looks at so many more states (so many events tried count as one).
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn advance(
        &mut self,
        author: &mut Author<'_>,
        guesses: &mut dyn Guesses,
        watch: &Watch,
        start: NodeId,
        work: u64,
    ) -> Result<End, Stop> {
        if self.reached.is_empty() {
            self.reach(author, guesses, watch, start, None)?;
        }
        let enough = self.done.saturating_add(work);
        while self.done < enough {
            let queues = self.queues.iter().enumerate();
            let waiting = queues.filter(|(_, one)| !one.open.is_empty());
            let Some((place, _)) = waiting.min_by_key(|(_, one)| one.after_next()) else {
                // What was tried where a world is not laid out is a guess at what promises most.
                return Ok(match self.undecided || author.ranked() {
                    true => End::Undecided,
                    false => End::Searched,
                });
            };
            let tried = author.tried();
            let outcome = self.look(author, guesses, watch, place);
            let tried = author.tried() - tried;
            let queue = &mut self.queues[place];
            queue.states += 1;
            queue.tried += tried;
            queue.spent += 1 + tried / TRIED;
            self.done += 1 + tried / TRIED;
            if let Some((story, end)) = outcome? {
                return Ok(End::Story(story, end));
            }
        }
        Ok(End::Enough)
    }

    /// Looks at what is first in a queue: a story with the state where it ends, if that is one.
    fn look(
        &mut self,
        author: &mut Author<'_>,
        guesses: &mut dyn Guesses,
        watch: &Watch,
        place: usize,
    ) -> Result<Option<(Vec<EventId>, NodeId)>, Stop> {
        let queue = &self.queues[place];
        let (depth, level, effort) = (queue.depth, queue.level, queue.effort);
        let &open = queue.open.peek().expect("something waits there");
        let Reverse((_, to_go, _, from, event)) = open;
        Watch::add(&watch.examined, 1);
        let parent = self.reached[from as usize];
        // It leaves the queue when all is done: who interrupts finds it there again.
        let events = parent.events + 1;
        if events + to_go > self.longest {
            self.queues[place].open.pop();
            return Ok(None);
        }
        let Some(node) = author.after(parent.node, event)? else {
            self.queues[place].open.pop();
            return Ok(None);
        };
        let sooner = self
            .events_to
            .get(&node)
            .is_some_and(|&known| known <= events);
        if sooner && self.ways.is_none() {
            self.queues[place].open.pop();
            return Ok(None);
        }
        author.depth(depth);
        let mut known = self
            .depths
            .iter()
            .map(|&depth| author.already(parent.node, event, depth));
        let willed = match known.any(|known| known == Some(true)) {
            true => Some(true),
            false => author.willed(parent.node, event, effort)?,
        };
        self.queues[place].open.pop();
        match willed {
            None if effort >= MOST => self.undecided = true,
            None => {
                let later = self.queue(level, effort.saturating_mul(MORE));
                self.push(later, open);
            }
            Some(false) if level + 1 < self.depths.len() => {
                let next = self.queue(level + 1, self.effort);
                self.push(next, open);
            }
            Some(false) => {}
            Some(true) => {
                if let Some(ways) = &mut self.ways {
                    let ways = ways.entry(node).or_default();
                    if !ways.contains(&(parent.node, event)) {
                        ways.push((parent.node, event));
                    }
                }
                if !sooner {
                    self.reach(author, guesses, watch, node, Some((from, event)))?;
                }
                if author.arrived(node) {
                    if !sooner {
                        self.ends.push(node);
                    }
                    let mut story = self.path(from as usize);
                    story.push(event);
                    return Ok(Some((story, node)));
                }
            }
        }
        Ok(None)
    }

    /// A state is reached: what can happen there is open.
    fn reach(
        &mut self,
        author: &mut Author<'_>,
        guesses: &mut dyn Guesses,
        watch: &Watch,
        node: NodeId,
        from: Option<(u32, EventId)>,
    ) -> Result<(), Stop> {
        let events = from.map_or(0, |(from, _)| self.reached[from as usize].events + 1);
        let here = self.reached.len() as u32;
        self.events_to.insert(node, events);
        self.reached.push(Reached { node, from, events });
        if author.arrived(node) {
            return Ok(());
        }
        let ranked = author.ranked();
        for (rank, &event) in author.possible(node).iter().enumerate() {
            self.order += 1;
            let Some(Guess {
                to_go,
                likely,
                missing,
            }) = guesses.after(author, node, event)?
            else {
                continue;
            };
            if events + 1 + to_go > self.longest {
                continue;
            }
            if self.queues.iter().map(|one| one.open.len()).sum::<usize>() >= LONGEST {
                return Err(Stop::Memory);
            }
            let mut known = self
                .depths
                .iter()
                .map(|&depth| author.already(node, event, depth));
            if known.clone().next_back() == Some(Some(false)) {
                continue;
            }
            let planned = match known.any(|known| known == Some(true)) {
                true => self.weights.planned,
                false => 0.0,
            };
            let cost = f64::from(events + 1)
                + if ranked {
                    rank as f64 * self.weights.rank
                } else {
                    0.0
                }
                + self.weights.to_go * f64::from(to_go)
                + self.weights.likely * f64::from(likely)
                + self.weights.missing * missing;
            let cost = (cost - planned).max(0.0);
            let order = match self.seed {
                0 => self.order,
                seed => (self.order ^ seed)
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                    .rotate_left(31),
            };
            Watch::add(&watch.generated, 1);
            let open = Reverse(((cost * GRAIN) as u64, to_go, order, here, event));
            self.push(0, open);
        }
        Ok(())
    }

    /// The events that led there.
    fn path(&self, mut at: usize) -> Vec<EventId> {
        let mut events = Vec::new();
        while let Some((from, event)) = self.reached[at].from {
            events.push(event);
            at = from as usize;
        }
        events.reverse();
        events
    }
}
