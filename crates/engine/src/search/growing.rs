//! One story that reaches what the author wants it to be worth: best-first search over states.
//!
//! A* (Hart, Nilsson and Raphael 1968) on events so far, events to go by delete relaxation, and what is missing to the goal.
//! A state is first judged by its values alone; the event that leads to it runs in all minds, and motives are looked for,
//! only when its turn comes (lazily). Most stories need but short motives: the search runs under small limits on motives
//! first, and starts again with larger ones, each time with four times the effort, until it finds a story or there is none.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use crate::author::{Aim, Author, Limits};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;

use super::{Mode, Plans, Request, Watch};

/// The work of the first round under some limits: states looked at, and events tried for motives.
const FIRST_WORK: u64 = 2_000;
/// One motive may take this part of the work of a round.
const SHARE: u64 = 8;
/// What weighs as much as an event so far: half an event to go, a third of what is missing to the goal by one. Overrated like
/// that, what is missing leads to a story soon; in the order of true costs it would be the shortest, and late.
const TO_GO: u64 = 2;
const MISSING: f64 = 3.0;
/// Lengths of motives to begin with.
const LENGTHS: [u32; 5] = [1, 2, 3, 5, 8];
/// With more states than this in the queue there is no end in sight.
const LONGEST_QUEUE: usize = 5_000_000;
/// Costs are kept in whole numbers of this part of an event.
const GRAIN: u64 = 64;

/// The mode.
pub const MODE: Mode = Mode {
    name: "growing",
    what: "best first under small limits on motives, then larger ones: a story soon",
    search,
};

fn search(author: &mut Author<'_>, request: &Request, watch: &Watch) -> Plans {
    let mut planner = Planner {
        author,
        start: request.start,
        examined: 0,
        watch,
    };
    let mut plans = Plans::default();
    match planner.rounds(request.limits) {
        Ok(Some(story)) => plans.stories.push(story),
        Ok(None) => plans.bound = request.limits.events + 1,
        Err(stop) => plans.stopped = Some(stop),
    }
    plans
}

/// How a round ended.
enum End {
    /// With a story.
    Story(Vec<EventId>),
    /// All is searched.
    Searched,
    /// The work allowed is used up.
    Work,
}

/// A state that was reached, by which event from which other.
#[derive(Debug, Clone, Copy)]
struct Reached {
    node: NodeId,
    from: Option<(usize, EventId)>,
    events: u32,
}

struct Planner<'a, 'b> {
    author: &'a mut Author<'b>,
    start: NodeId,
    examined: u64,
    watch: &'a Watch,
}

impl Planner<'_, '_> {
    fn rounds(&mut self, limits: Limits) -> Result<Option<(Vec<EventId>, Option<f64>)>, Stop> {
        let lengths = LENGTHS
            .into_iter()
            .filter(|&length| length < limits.motive)
            .chain([limits.motive]);
        let mut ladder: Vec<(u32, u32)> = lengths
            .flat_map(|length| {
                (limits.minds.min(1)..=limits.minds).map(move |minds| (length, minds))
            })
            .filter(|&(length, minds)| length > minds || minds <= 1)
            .collect();
        let mut size = 1;
        loop {
            let mut rest = Vec::new();
            for &(motive, minds) in &ladder {
                let work = FIRST_WORK.saturating_mul(size);
                self.author.widen(motive, minds, work / SHARE);
                match self.round(work)? {
                    End::Story(story) => {
                        let story = self.spare(story)?;
                        let (end, _) = self.run(&story)?;
                        let worth = self.author.engine.utility(end, None);
                        return Ok(Some((story, worth)));
                    }
                    End::Searched if !self.author.doubtful => {
                        if (motive, minds) == (limits.motive, limits.minds) {
                            return Ok(None);
                        }
                    }
                    _ => rest.push((motive, minds)),
                }
            }
            ladder = rest;
            size = size.saturating_mul(4);
        }
    }

    /// One search under the limits as they are.
    fn round(&mut self, work: u64) -> Result<End, Stop> {
        let mut reached: Vec<Reached> = Vec::new();
        let mut events_to: FxHashMap<NodeId, u32> = FxHashMap::default();
        let mut queue = BinaryHeap::new();
        let mut order = 0u64;
        let end = self.work().saturating_add(work);
        let mut turn = Some((None, self.start));
        loop {
            let (from, node) = match turn.take() {
                Some(first) => first,
                None => {
                    let Some(Reverse((_, _, _, from, event))) = queue.pop() else {
                        return Ok(End::Searched);
                    };
                    self.examined += 1;
                    Watch::add(&self.watch.examined, 1);
                    if self.work() > end {
                        return Ok(End::Work);
                    }
                    let parent: Reached = reached[from];
                    let Some(node) = self.author.after(parent.node, event)? else {
                        continue;
                    };
                    (Some((from, event)), node)
                }
            };
            let events = from.map_or(0, |(from, _): (usize, EventId)| reached[from].events + 1);
            if events_to.get(&node).is_some_and(|&known| known <= events) {
                continue;
            }
            if let Some((from, event)) = from {
                if !self.author.motivated(reached[from].node, event)? {
                    continue;
                }
            }
            events_to.insert(node, events);
            let here = reached.len();
            reached.push(Reached { node, from, events });
            if self.author.arrived(node) {
                return Ok(End::Story(path(&reached, here)));
            }
            let values = self.author.engine.values_of(node);
            for &event in self.author.possible(node).iter() {
                let Ok(next) = self.author.engine.vstep(None, values, event) else {
                    continue;
                };
                let engine = &*self.author.engine;
                let (to_go, missing) = match self.author.aim {
                    Aim::Worth(goal) => {
                        let Some(to_go) = self.author.motives.relaxed.distance(engine, next, goal)
                        else {
                            continue;
                        };
                        let (worth, _) = engine.utility_values(next, None);
                        (
                            to_go,
                            worth.map_or(1.0, |worth| (goal - worth).clamp(0.0, 1e6)),
                        )
                    }
                    Aim::Holds(_) => (0, 1.0),
                };
                if events + 1 + to_go > self.author.limits.events {
                    continue;
                }
                let steps = u64::from(events + 1) + TO_GO * u64::from(to_go);
                let cost = steps * GRAIN + (MISSING * missing * GRAIN as f64) as u64;
                if queue.len() == LONGEST_QUEUE {
                    return Err(Stop::Memory);
                }
                order += 1;
                Watch::add(&self.watch.generated, 1);
                queue.push(Reverse((cost, to_go, order, here, event)));
            }
        }
    }

    fn work(&self) -> u64 {
        self.examined + self.author.tried
    }

    /// Where a story first reaches the goal, and after how many events.
    fn run(&mut self, story: &[EventId]) -> Result<(NodeId, usize), Stop> {
        let mut node = self.start;
        for (index, &event) in story.iter().enumerate() {
            node = self.author.after(node, event)?.unwrap_or(node);
            if self.author.arrived(node) {
                return Ok((node, index + 1));
            }
        }
        Ok((node, story.len()))
    }

    /// The story without what is idle in it: its shortest part that does as well, and so on until there is none.
    fn spare(&mut self, mut story: Vec<EventId>) -> Result<Vec<EventId>, Stop> {
        loop {
            let (end, reached) = self.run(&story)?;
            story.truncate(reached);
            let worth = self.author.worth(end).unwrap_or(self.author.goal());
            // Where the parts of the story end, each by the fewest events.
            let mut parts: Vec<(NodeId, Vec<EventId>)> = vec![(self.start, Vec::new())];
            for &event in &story {
                for index in 0..parts.len() {
                    let (node, ref before) = parts[index];
                    let mut longer = before.clone();
                    longer.push(event);
                    if !self.author.engine.possible(node, event)
                        || !self.author.motivated(node, event)?
                    {
                        continue;
                    }
                    let Some(next) = self.author.after(node, event)? else {
                        continue;
                    };
                    match parts.iter_mut().find(|(end, _)| *end == next) {
                        Some((_, known)) if known.len() <= longer.len() => {}
                        Some((_, known)) => *known = longer,
                        None => parts.push((next, longer)),
                    }
                }
            }
            let mut shortest: Option<Vec<EventId>> = None;
            for (end, part) in parts {
                let shorter = shortest.as_ref().map_or(story.len(), Vec::len);
                if part.len() < shorter && self.author.as_good(end, worth) {
                    shortest = Some(part);
                }
            }
            match shortest {
                Some(part) => story = part,
                None => return Ok(story),
            }
        }
    }
}

/// The events that led there.
fn path(reached: &[Reached], mut at: usize) -> Vec<EventId> {
    let mut events = Vec::new();
    while let Some((from, event)) = reached[at].from {
        events.push(event);
        at = from;
    }
    events.reverse();
    events
}
