//! One state at work: which events that are possible now serve what is needed, and what all that would take.

use super::author::AUTHOR;
use super::threats::Threats;
use super::*;

/// One state at work.
pub(super) struct Work<'a> {
    pub(super) goals: &'a Goals,
    pub(super) engine: &'a Engine,
    pub(super) candidates: &'a mut Candidates,
    pub(super) node: NodeId,
    pub(super) person: Person,
    pub(super) table: FxHashMap<Goal, Entry>,
    /// The ways found in this state before.
    pub(super) known: &'a mut WaysHere,
    /// What stands in the way of events here, as far as the planner sees,
    pub(super) hindered: FxHashMap<EventId, Need>,
    /// and as far as the others do who must will them.
    pub(super) unwilling: FxHashMap<EventId, Need>,
    pub(super) looked_into: usize,
    /// At most so many goals are looked into.
    pub(super) most: usize,
    /// How many events ahead all goals are followed.
    pub(super) ahead: u32,
    /// With so many events left or more, all is the same so far.
    pub(super) until: Option<u32>,
    /// What is asked for, if that may lie far off.
    pub(super) far: Option<Far>,
    /// By goal and the events that may be spent on it.
    branches: FxHashMap<(Goal, u32), Branches>,
    pub(super) threats: Threats,
    /// The plan ends with the next event, which must be possible as things are and of such as may pay.
    pub(super) last: Option<&'a Relevance>,
    /// Of such only what has become possible since these changed is looked for.
    pub(super) since: Option<Vec<FluentId>>,
}

/// The ways to a goal that are in reach, each with what it weighs more than the least of them.
type Branches = Arc<[(Arc<Way>, u32)]>;

/// For goals that were gone into already the least weight: for the sake of an event, or (none) for whatever it was.
type Gathered = FxHashMap<(Goal, Option<EventId>), u32>;

impl<'a> Work<'a> {
    /// Nothing is looked into yet, of what a person plans in a state; `known`: the ways found there before.
    pub(super) fn new(
        goals: &'a Goals,
        engine: &'a Engine,
        candidates: &'a mut Candidates,
        (node, person): (NodeId, Person),
        known: &'a mut WaysHere,
    ) -> Self {
        Work {
            goals,
            engine,
            candidates,
            node,
            person,
            table: FxHashMap::default(),
            known,
            hindered: FxHashMap::default(),
            unwilling: FxHashMap::default(),
            looked_into: 0,
            most: GOALS,
            ahead: AHEAD,
            until: None,
            far: None,
            branches: FxHashMap::default(),
            threats: Threats::default(),
            last: None,
            since: None,
        }
    }
}

impl Work<'_> {
    /// Collects the events that are possible now on the way to a need, each with the weight of the whole it serves: as many
    /// events ahead as [`AHEAD`] says, farther only if nothing is in reach.
    pub(super) fn pursue(
        &mut self,
        need: &Need,
        left: u32,
        extra: u32,
        found: &mut FxHashMap<EventId, u32>,
    ) {
        for limit in 0..=left {
            let Some((_, weight)) = self.solve(need, limit, JOURNEYS) else {
                continue;
            };
            if limit >= left.min(self.ahead) {
                let weight = weight + extra;
                self.gather(need, None, limit, weight, &mut Gathered::default(), found);
                self.until = self.until.map(|until| until.max(limit));
                return;
            }
        }
        if *need != Need::Never {
            self.until = None; // with more events left it would be looked for farther ahead
        }
    }

    /// Events at least, and the weight of all together; none if it takes more than `limit` events.
    pub(super) fn solve(&mut self, need: &Need, limit: u32, journeys: u32) -> Option<(u32, u32)> {
        match need {
            Need::Met => Some((0, 0)),
            Need::Never => None,
            Need::Goal(goal) => self.solve_goal(*goal, limit, journeys),
            Need::All(parts) => {
                parts
                    .iter()
                    .try_fold((0, 0), |(depth, weight): (u32, u32), part| {
                        let (d, w) = self.solve(part, limit, journeys)?;
                        Some((depth.max(d), weight + w))
                    })
            }
            Need::Any(parts) => parts
                .iter()
                .filter_map(|part| self.solve(part, limit, journeys))
                .min_by_key(|&(d, w)| (w, d)),
        }
    }

    fn solve_goal(&mut self, goal: Goal, limit: u32, journeys: u32) -> Option<(u32, u32)> {
        let entry = self.table.entry(goal).or_default();
        if let Some(reached) = entry.reached.filter(|&(depth, _)| depth <= limit) {
            return Some(reached);
        }
        if entry.busy
            || entry
                .failed
                .is_some_and(|failed| failed >= (limit, journeys))
        {
            return None;
        }
        entry.busy = true;
        let mut best: Option<(u32, u32)> = None;
        for free in [true, false] {
            if !free && limit == 0 {
                break;
            }
            let Some(ways) = self.ways(goal, free) else {
                continue;
            };
            for way in ways.iter() {
                if let Some((depth, weight)) = self.solve_way(way, limit, journeys) {
                    best =
                        Some(best.map_or((depth, weight), |(d, w)| (d.min(depth), w.min(weight))));
                }
            }
        }
        let entry = self.table.entry(goal).or_default();
        entry.busy = false;
        match best {
            Some(_) => entry.reached = best,
            None => entry.failed = Some((limit, journeys)),
        }
        best
    }

    fn solve_way(&mut self, way: &Way, limit: u32, journeys: u32) -> Option<(u32, u32)> {
        let (cost, weight, limit, journeys) = match way.event {
            None => (0, 0, limit, journeys),
            Some(_) if way.journey => (0, JOURNEY, limit, journeys.checked_sub(1)?),
            Some(_) => {
                let weight = if way.luck { EVENT + LUCK } else { EVENT };
                (1, weight, limit.checked_sub(1)?, JOURNEYS)
            }
        };
        let (mut depth, mut sum) = self.solve(&way.need, limit, journeys)?;
        if let Some(event) = way.event {
            // Whether the others would join is looked into only where there is nothing else in the way.
            let others = self.others(event);
            let (d, w) = self.solve(&others, limit, journeys)?;
            (depth, sum) = (depth.max(d), sum + w);
        }
        Some((depth + cost, sum + weight + way.doubt))
    }

    /// Collects the events among the ways to a need that are possible now, each with the weight of the whole it serves. `whose`: the
    /// event for whose sake it is needed.
    fn gather(
        &mut self,
        need: &Need,
        whose: Option<EventId>,
        limit: u32,
        weight: u32,
        seen: &mut Gathered,
        found: &mut FxHashMap<EventId, u32>,
    ) {
        match need {
            Need::Met | Need::Never => {}
            Need::All(parts) => parts
                .iter()
                .for_each(|part| self.gather(part, whose, limit, weight, seen, found)),
            Need::Any(parts) => {
                let costs = parts.iter().map(|part| self.solve(part, limit, JOURNEYS));
                for (part, more) in parts.iter().zip(above_least(costs.collect())) {
                    if let Some(more) = more {
                        self.gather(part, whose, limit, weight + more, seen, found);
                    }
                }
            }
            Need::Goal(goal) => {
                let looks_far = self.person == AUTHOR || self.far.is_some();
                let whose = whose.filter(|_| looks_far);
                let mut new = |whose| {
                    let least = seen.entry((*goal, whose)).or_insert(u32::MAX);
                    let new = weight < *least;
                    *least = weight.min(*least);
                    new
                };
                // Farther back it is the same whatever it is for.
                let (deep, here) = (new(None), whose.is_some() && new(whose));
                if deep || here {
                    let branches = self.branches(*goal, limit);
                    for (way, more) in branches.iter() {
                        self.branch(way, whose, deep, (limit, weight + more), seen, found);
                    }
                }
            }
        }
    }

    /// The ways to a goal that are in reach, each with what it weighs more than the least of them.
    fn branches(&mut self, goal: Goal, limit: u32) -> Branches {
        if let Some(known) = self.branches.get(&(goal, limit)) {
            return known.clone();
        }
        let entry = self.table.get(&goal);
        let (free, mut paid) = entry.map_or((None, None), |entry| {
            (entry.free.clone(), entry.paid.clone())
        });
        // What comes about for nothing was looked at no further; the author may want it told otherwise.
        if self.person == AUTHOR && entry.is_some() && paid.is_none() && limit > 0 {
            paid = self.ways(goal, false);
        }
        let ways = [free, paid].into_iter().flatten();
        let ways: Vec<Arc<Way>> = ways.flat_map(|ways| ways.to_vec()).collect();
        let costs = ways.iter().map(|way| self.solve_way(way, limit, JOURNEYS));
        let more = above_least(costs.collect());
        let branches = ways.into_iter().zip(more);
        let branches = branches.filter_map(|(way, more)| Some((way, more?)));
        let branches: Branches = branches.collect();
        self.branches.insert((goal, limit), branches.clone());
        branches
    }

    /// Collects the event of a way, or what leads to it (`deep`: that too was not done before), within so many events and with this
    /// weight of the whole.
    fn branch(
        &mut self,
        way: &Way,
        whose: Option<EventId>,
        deep: bool,
        (limit, mut weight): (u32, u32),
        seen: &mut Gathered,
        found: &mut FxHashMap<EventId, u32>,
    ) {
        if !deep && way.need != Need::Met {
            return;
        }
        let others = way.event.map_or(Need::Met, |event| self.others(event));
        match way.event {
            Some(event) if way.need == Need::Met && others == Need::Met => {
                if whose.is_some_and(|whose| self.thwarts(event, whose)) {
                    weight += UNDONE;
                }
                let known = found.entry(event).or_insert(weight);
                *known = weight.min(*known);
            }
            _ if deep => {
                let counts = way.event.is_some() && !way.journey;
                let limit = limit.saturating_sub(u32::from(counts));
                let whose = way.event.or(whose);
                self.gather(&way.need, whose, limit, weight, seen, found);
                self.gather(&others, whose, limit, weight, seen, found);
            }
            _ => {}
        }
    }
}

/// How much more each of some choices weighs than the least of them; none where it is out of reach.
fn above_least(costs: Vec<Option<(u32, u32)>>) -> Vec<Option<u32>> {
    let weights = costs.iter().flatten().map(|&(_, weight)| weight);
    let least = weights.min().unwrap_or(0);
    let above = costs
        .into_iter()
        .map(|cost| cost.map(|(_, weight)| weight - least));
    above.collect()
}
