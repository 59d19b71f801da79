//! The best first: a guess for a plan that is to bring about a condition. Whatever the ways to the condition ask for next is tried in the
//! order of what the whole plan would weigh with it, as they see it: what is planned already, and what is still missing. (Best-first
//! search by a relaxed plan's events and cost: Hoffmann & Nebel, *The FF planning system*, JAIR 14, 2001.)

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::*;
use crate::goals;

/// What is still missing counts so many times: to go on from what has been begun is worth more than to begin in every other way.
const MISSING: u32 = 2;

/// To find the ways to so many goals takes as long as to try an event.
const AN_EVENT: u64 = 50;

/// An event that may come next: the whole plan's weight, the order in which it was found, after which beginning, and the event.
type Open = Reverse<(u32, usize, usize, EventId)>;

/// Beginnings of plans, and what may come next.
#[derive(Default)]
struct Frontier {
    begun: Vec<(Path, u32)>,
    open: BinaryHeap<Open>,
    found: usize,
    /// Events that were planned so far in some order or other.
    seen: FxHashSet<Vec<EventId>>,
}

impl Search<'_> {
    /// Looks for a plan that begins so and brings about what the aim says, until its effort is spent.
    pub(super) fn directed(
        &mut self,
        aim: &mut Aim<'_>,
        begun: Path,
    ) -> Result<Option<Arc<Plan>>, Stop> {
        let mut frontier = Frontier::default();
        self.go_on(aim, &mut frontier, begun, 0);
        while let Some(Reverse((_, _, from, event))) = frontier.open.pop() {
            if self.examined >= aim.until || self.out_of_goals() {
                break;
            }
            let (path, weight) = &frontier.begun[from];
            let (node, at, weight) = (path.last(), path.parts.len(), *weight);
            let (used, travelled) = (path.used[at], path.travelled[at]);
            let mut events: Vec<EventId> = path.parts.iter().map(|part| part.event).collect();
            events.push(event);
            events.sort_unstable();
            if frontier.seen.contains(&events) {
                continue;
            }
            let Some((cost, travelled)) = self.cost(node, event, travelled) else {
                continue;
            };
            if used + cost > aim.ask.events {
                continue;
            }
            self.tick()?;
            let Some(next) = self.step(aim.ask.person, node, event)? else {
                continue;
            };
            if frontier.begun[from].0.nodes.contains(&next) {
                continue; // what lies between would be idle
            }
            let Some(others) = self.reasons(aim, node, event, used)? else {
                continue;
            };
            frontier.seen.insert(events);
            let mut path = frontier.begun[from].0.clone();
            path.parts.push(Part { event, others });
            path.nodes.push(next);
            path.used.push(used + cost);
            path.travelled.push(travelled);
            if self.arrived(aim, &path)? {
                return Ok(aim.best.take().map(|(_, plan)| plan));
            }
            let weight = weight + goals::weight(self.engine, event);
            self.go_on(aim, &mut frontier, path, weight);
        }
        Ok(None)
    }

    /// Finds what may come next after the beginning of a plan.
    fn go_on(&mut self, aim: &Aim<'_>, frontier: &mut Frontier, path: Path, weight: u32) {
        let node = path.last();
        let left = aim.ask.events - path.used[path.used.len() - 1];
        for (event, whole) in self.asked_for(aim, node, left) {
            frontier.found += 1;
            let own = goals::weight(self.engine, event);
            let guess = weight + own + MISSING * whole.saturating_sub(own);
            let open = (guess, frontier.found, frontier.begun.len(), event);
            frontier.open.push(Reverse(open));
        }
        frontier.begun.push((path, weight));
    }

    /// What the ways to what is to be brought about ask for in a state, with what each weighs with all that it serves.
    fn asked_for(&mut self, aim: &Aim<'_>, node: NodeId, left: u32) -> Vec<(EventId, u32)> {
        let Some(brings) = aim.brings else {
            return Vec::new();
        };
        let memo = &mut *self.memo;
        let (engine, whose) = (&*self.engine, (node, aim.ask.person));
        let candidates = &mut memo.candidates;
        let (mut found, looked_into) = memo.goals.towards(engine, candidates, whose, brings, left);
        self.examined += looked_into as u64 / AN_EVENT;
        found.retain(|&(event, _)| self.guess_stands(node, event));
        found
    }
}
