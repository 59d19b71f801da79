//! What searches for motives have found out, and for how long it is kept.
//!
//! Everything that was found serves later questions: it helps to find more within the same effort. So that an answer need not depend
//! on what else somebody happened to ask before, a question may be a *passing* one: it builds on what lasts, and leaves nothing behind.
//! And it may be the person's *own*: then it builds on that person's own questions alone, and serves these alone, so that the questions of
//! different persons can be asked in any order, and side by side.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Ask, Plan};
use crate::events::EventId;
use crate::world::Person;

/// What is remembered.
#[derive(Debug, Default, Clone)]
struct Found {
    answers: FxHashMap<Ask, Option<Arc<Plan>>>,
    fruitless: FxHashMap<Ask, u64>,
    unproved: FxHashMap<Ask, u64>,
    persistent: FxHashMap<(Person, EventId), Vec<EventId>>,
    /// Plans that somebody goes through with, the newest first.
    plans: Vec<Vec<EventId>>,
}

/// What is remembered for good, and for the question at work if that is a passing one.
#[derive(Debug, Default, Clone)]
pub(super) struct Memory {
    /// Of whose own questions: none, of those that serve everybody.
    whose: Option<Person>,
    lasting: Found,
    /// What lasts of others' questions.
    others: FxHashMap<Option<Person>, Found>,
    passing: Option<Found>,
}

impl Memory {
    /// A question begins: a person's own, or one that serves everybody. What is found for a passing one serves it alone.
    pub(super) fn begin(&mut self, whose: Option<Person>, passing: bool) {
        if whose != self.whose {
            let theirs = self.others.remove(&whose).unwrap_or_default();
            let before = std::mem::replace(&mut self.lasting, theirs);
            self.others.insert(self.whose, before);
            self.whose = whose;
        }
        self.passing = passing.then(Found::default);
    }

    /// What a person's own questions have found out is forgotten.
    pub(super) fn forget(&mut self, whose: Person) {
        if self.whose == Some(whose) {
            self.lasting = Found::default();
        }
        self.others.remove(&Some(whose));
    }

    /// What is known, the newest first.
    fn known(&self) -> impl Iterator<Item = &Found> {
        self.passing.iter().chain(std::iter::once(&self.lasting))
    }

    fn now(&mut self) -> &mut Found {
        self.passing.as_mut().unwrap_or(&mut self.lasting)
    }

    /// The motive that was found, or (inner none) that there is none.
    pub(super) fn answer(&self, ask: &Ask) -> Option<&Option<Arc<Plan>>> {
        self.known().find_map(|found| found.answers.get(ask))
    }

    /// From now on this is the answer.
    pub(super) fn answered(&mut self, ask: Ask, answer: Option<Arc<Plan>>) {
        self.now().answers.insert(ask, answer);
    }

    /// An eager search of this effort found nothing.
    pub(super) fn fruitless(&self, ask: &Ask, effort: u64) -> bool {
        let mut known = self.known().filter_map(|found| found.fruitless.get(ask));
        known.any(|&tried| tried >= effort)
    }

    /// So it was now.
    pub(super) fn tried(&mut self, ask: Ask, effort: u64) {
        self.now().fruitless.insert(ask, effort);
    }

    /// A thorough search of this effort came to no end.
    pub(super) fn unproved(&self, ask: &Ask, effort: u64) -> bool {
        let mut known = self.known().filter_map(|found| found.unproved.get(ask));
        known.any(|&tried| tried >= effort)
    }

    /// So it was now.
    pub(super) fn gave_up(&mut self, ask: Ask, effort: u64) {
        self.now().unproved.insert(ask, effort);
    }

    /// The last plan found for a person's part in a claimed plan: people persist in plans.
    pub(super) fn persistent(&self, part: (Person, EventId)) -> Option<&Vec<EventId>> {
        self.known().find_map(|found| found.persistent.get(&part))
    }

    /// From now on it is this one.
    pub(super) fn persists(&mut self, part: (Person, EventId), plan: Vec<EventId>) {
        self.now().persistent.insert(part, plan);
    }

    /// Whose questions these are goes through with this plan.
    pub(super) fn goes_through_with(&mut self, plan: Vec<EventId>) {
        self.lasting.plans.retain(|known| *known != plan);
        self.lasting.plans.insert(0, plan);
    }

    /// What is left of such plans from an event on: who goes through with a plan needs no new one.
    pub(super) fn gone_on_with(&self, event: EventId) -> Vec<Vec<EventId>> {
        let rests = self.lasting.plans.iter().flat_map(|plan| {
            let places = (0..plan.len()).filter(|&place| plan[place] == event);
            places.map(|place| plan[place..].to_vec())
        });
        rests.collect()
    }
}
