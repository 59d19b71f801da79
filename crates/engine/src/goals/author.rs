//! What the author might tell next so that something comes true, in truth or in somebody's mind.
//!
//! It is the same backward walk as for what people want ([`super`]), with nobody's mind at its root: the author knows the truth, needs
//! no consent of an own, and may tell what nobody means, accidents and slips, where nothing else leads there.

use super::*;

/// How many events ahead all goals are followed; farther only if none of them is in reach.
const FAR_AHEAD: u32 = 3;

/// Who plans where nobody does.
pub const AUTHOR: Person = Person::MAX;

/// A condition that is to hold in the mind at the end of a chain of persons; in truth, if the chain is empty.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// In whose mind, as whom the one before takes it, ...
    pub chain: Vec<Person>,
    /// What.
    pub expr: Arc<Expr>,
    /// Its variables.
    pub env: Vec<Val>,
}

/// What leads to something that is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Towards {
    /// How much it takes, as far as can be guessed, and 0 if it is so; none if no way was found.
    pub weight: Option<u32>,
    /// What can happen now on the way there, likely first, each with the weight of the whole that it serves.
    pub events: Vec<(EventId, u32)>,
}

/// Finds what leads to something.
#[derive(Debug)]
pub struct Ways {
    goals: Goals,
    candidates: Candidates,
    /// The ways found in the states asked about last.
    known: FxHashMap<NodeId, WaysHere>,
}

impl Ways {
    /// In this world.
    pub fn new(world: &World) -> Ways {
        Ways {
            goals: Goals::of(world, |_| true),
            candidates: Candidates::default(),
            known: FxHashMap::default(),
        }
    }

    /// What might happen in a state so that all that is wanted comes to hold, with at most so many events that count.
    pub fn towards(
        &mut self,
        engine: &Engine,
        node: NodeId,
        wanted: &[Wanted],
        events: u32,
    ) -> Towards {
        let mut parts = Vec::new();
        for each in wanted {
            let chain = each
                .chain
                .iter()
                .fold(Chain::HERE, |chain, &person| chain.then(person, AUTHOR));
            let needs = &self.goals.needs;
            parts.push(needs.of(engine, AUTHOR, node, chain, &each.expr, &each.env, true));
        }
        let need = Need::all(parts);
        let mut known = self.known.remove(&node).unwrap_or_default();
        let (candidates, place) = (&mut self.candidates, (node, AUTHOR));
        let mut work = Work::new(&self.goals, engine, candidates, place, &mut known);
        (work.most, work.ahead) = (far::GOALS, FAR_AHEAD);
        let weight = (0..=events).find_map(|limit| work.solve(&need, limit, JOURNEYS));
        let mut found: FxHashMap<EventId, u32> = FxHashMap::default();
        if weight.is_some() {
            work.pursue(&need, events, 0, &mut found);
        }
        if self.known.len() >= STATES {
            self.known.clear();
        }
        self.known.insert(node, known);
        let mut events: Vec<(EventId, u32)> = found.into_iter().collect();
        events.sort_by_cached_key(|&(event, weight)| (weight, engine.event_of(event)));
        Towards {
            weight: weight.map(|(_, weight)| weight),
            events,
        }
    }
}
