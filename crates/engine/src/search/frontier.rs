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
    /// An event to go.
    pub to_go: f64,
    /// One that is missing to the goal.
    pub missing: f64,
    /// So much less counts what somebody has planned already.
    pub planned: f64,
    /// Being a later choice by one, where choices come in the order of their promise.
    pub rank: f64,
}

/// How long to go on.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// States to look at (so many events tried for motives count as one).
    pub states: u64,
    /// Events to try for the motives of one.
    pub effort: u64,
}

/// Events tried that weigh as much as a state looked at.
const TRIED: u64 = 16;

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

/// A search that can be continued.
#[derive(Debug)]
pub struct Frontier {
    depth: Depth,
    weights: Weights,
    seed: u64,
    /// No story may be longer.
    longest: u32,
    reached: Vec<Reached>,
    events_to: FxHashMap<NodeId, u32>,
    /// All motivated events that were found to lead to a state, and from where, if several stories are wanted.
    ways: Option<FxHashMap<NodeId, Vec<(NodeId, EventId)>>>,
    queue: BinaryHeap<Open>,
    /// Those for whose motives the effort did not suffice.
    postponed: Vec<Open>,
    order: u64,
}

impl Frontier {
    /// A search that has not begun.
    pub fn new(depth: Depth, weights: Weights, request: &Request) -> Frontier {
        Frontier {
            depth,
            weights,
            seed: request.seed,
            longest: request.limits.events,
            ways: (request.count > 1).then(FxHashMap::default),
            reached: Vec::new(),
            events_to: FxHashMap::default(),
            queue: BinaryHeap::new(),
            postponed: Vec::new(),
            order: 0,
        }
    }

    /// The limits on motives.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// From now on no story may be longer.
    pub fn shorten(&mut self, longest: u32) {
        self.longest = longest;
    }

    /// Where all costs are true: no story that is still to be found has fewer events. None: there are none to be found.
    pub fn least(&self) -> Option<u32> {
        let open = self.queue.peek().into_iter().chain(&self.postponed);
        let least = open.map(|Reverse((cost, ..))| *cost).min()?;
        Some((least as f64 / GRAIN).ceil() as u32)
    }

    /// Other ways to the end of a story, longest common endings first: paths through all states and motivated events known,
    /// without coming to any state twice. At most so many.
    pub fn others(&self, start: NodeId, end: NodeId, most: usize) -> Vec<Vec<EventId>> {
        let mut found = Vec::new();
        let Some(ways) = &self.ways else {
            return found;
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
                break;
            };
            if found.len() >= most || steps > 200 * most {
                break;
            }
            path.truncate(depth);
            path.push((from, event));
            node = from;
        }
        found
    }

    /// Looks at so many more states; the second value says how much of that was done.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn advance(
        &mut self,
        author: &mut Author<'_>,
        guesses: &mut dyn Guesses,
        watch: &Watch,
        start: NodeId,
        work: Work,
    ) -> Result<(End, u64), Stop> {
        author.depth(self.depth);
        if self.reached.is_empty() {
            self.reach(author, guesses, watch, start, None)?;
        }
        self.queue.extend(self.postponed.drain(..));
        let mut states = 0;
        let tried = author.tried();
        loop {
            let done = states + (author.tried() - tried) / TRIED;
            if done >= work.states {
                return Ok((End::Enough, done));
            }
            states += 1;
            let Some(&Reverse((.., from, event))) = self.queue.peek() else {
                let end = if self.postponed.is_empty() {
                    End::Searched
                } else {
                    End::Enough
                };
                return Ok((end, done));
            };
            Watch::add(&watch.examined, 1);
            let parent = self.reached[from as usize];
            if let Some(node) = author.after(parent.node, event)? {
                let events = parent.events + 1;
                let sooner = self
                    .events_to
                    .get(&node)
                    .is_some_and(|&known| known <= events);
                let willed = match sooner {
                    true => Some(false),
                    false => author.willed(parent.node, event, work.effort)?,
                };
                if willed.is_none() {
                    self.postponed.extend(self.queue.pop());
                    continue;
                }
                if willed == Some(true) {
                    self.queue.pop();
                    if let Some(ways) = &mut self.ways {
                        ways.entry(node).or_default().push((parent.node, event));
                    }
                    if !sooner {
                        self.reach(author, guesses, watch, node, Some((from, event)))?;
                    }
                    if author.arrived(node) {
                        let mut story = self.path(from as usize);
                        story.push(event);
                        return Ok((End::Story(story, node), done));
                    }
                    continue;
                }
            }
            self.queue.pop();
        }
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
            let Some(Guess { to_go, missing }) = guesses.after(author, node, event)? else {
                continue;
            };
            if events + 1 + to_go > self.longest {
                continue;
            }
            if self.queue.len() == LONGEST {
                return Err(Stop::Memory);
            }
            let planned = match author.already(node, event) {
                Some(false) => continue,
                Some(true) => self.weights.planned,
                None => 0.0,
            };
            let cost = f64::from(events + 1)
                + if ranked {
                    rank as f64 * self.weights.rank
                } else {
                    0.0
                }
                + self.weights.to_go * f64::from(to_go)
                + self.weights.missing * missing;
            let cost = (cost - planned).max(0.0);
            let order = match self.seed {
                0 => self.order,
                seed => (self.order ^ seed)
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                    .rotate_left(31),
            };
            Watch::add(&watch.generated, 1);
            self.queue
                .push(Reverse(((cost * GRAIN) as u64, to_go, order, here, event)));
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
