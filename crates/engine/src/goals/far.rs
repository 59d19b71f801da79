//! What somebody might do next to bring about a condition that lies far off.
//!
//! The same backward walk as for what people want ([`super`]), with more effort and less hope: nobody plans on being told what is not so,
//! or on changing what is known by looking at it; who takes part must have a reason at the last step, and before that only some interest in
//! what comes of it, which leaves open what exactly the reason will be.

use super::*;

/// At most so many goals are looked into in one state.
pub const GOALS: usize = 3_000;

/// What an event weighs more whose participants have wants that it would meet, none of which counts, and no interest in the whole.
const RELUCTANT: u32 = 12;

/// What is asked for, and who would gain by it.
#[derive(Debug)]
pub(super) struct Far {
    asked: Vec<Goal>,
    interested: Group,
}

impl Far {
    /// What is asked for, with those who have wants that it would meet, whether these count by now or not.
    fn new(goals: &Goals, engine: &Engine, node: NodeId, person: Person, need: &Need) -> Far {
        let mut asked = Vec::new();
        need.goals(&mut asked);
        let wants = |other: &Person| {
            let chain = Chain::HERE.then(*other, person);
            let mut here = asked.iter().filter(|goal| goal.chain == Chain::HERE);
            here.any(|goal| {
                let needs = &goals.needs;
                let found = needs.switches(engine, person, node, chain, *other, goal.fluent, true);
                found.is_none_or(|found| !found.is_empty())
            })
        };
        let interested = (0..engine.world.persons()).filter(wants);
        let interested = interested.fold(0, |group: Group, other| group | 1 << other);
        Far { asked, interested }
    }

    /// What an event that serves a goal weighs more if `reluctant` persons must will it who have wants that it would meet, none of which
    /// counts: none if they would not.
    pub(super) fn doubt(&self, goal: Goal, reluctant: Group) -> Option<u32> {
        if self.asked.contains(&goal) {
            return (reluctant == 0).then_some(0); // no reason lies further on
        }
        let doubtful = reluctant & !self.interested != 0;
        Some(if doubtful { RELUCTANT } else { 0 })
    }
}

impl Goals {
    /// What the person might do or hope for next so that a condition comes to hold, with the weight of all that it serves, likely first;
    /// and for how many goals ways had to be found.
    pub fn towards(
        &self,
        engine: &Engine,
        candidates: &mut Candidates,
        (node, person): (NodeId, Person),
        brings: &Expr,
        left: u32,
    ) -> (Vec<(EventId, u32)>, usize) {
        let chain = Chain::HERE;
        let need = self
            .needs
            .of(engine, person, node, chain, brings, &[], true);
        let mut known = WaysHere::default();
        let mut work = Work::new(self, engine, candidates, (node, person), &mut known);
        work.most = GOALS;
        work.far = Some(Far::new(self, engine, node, person, &need));
        let mut found = FxHashMap::default();
        work.pursue(&need, left, 0, &mut found);
        let looked_into = work.looked_into;
        (ranked(engine, node, person, found), looked_into)
    }
}
