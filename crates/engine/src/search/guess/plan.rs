//! A relaxed plan: events by which the goal would be brought about if nothing that was once so ceased to be so, worked out backwards
//! from the layers (Hoffmann and Nebel, *The FF planning system*, JAIR 14, 2001), for conditions and effects of any form. How many
//! events it has is about how many are still to come; it may be too many.

use rustc_hash::FxHashSet;

use crate::abstraction::{Cond, Mask, Num, What};
use crate::relaxed::Worth;
use crate::search::ground::Ground;
use crate::search::relaxation::{By, Cause, History, Tests};
use crate::value::FluentId;

/// What is to be reached in the last layer.
pub(super) enum Goal<'a> {
    /// As much worth as there may be.
    Worth(&'a [Worth]),
    /// The condition.
    Cond(&'a Cond),
}

/// How many events a relaxed plan has.
pub(super) fn events(ground: &Ground, history: &History, goal: &Goal<'_>) -> u32 {
    let mut backwards = Backwards {
        ground,
        history,
        done: FxHashSet::default(),
        events: FxHashSet::default(),
    };
    match goal {
        Goal::Worth(worths) => {
            let last = history.moments().len() - 1;
            worths.iter().for_each(|one| backwards.worth(one, last));
        }
        Goal::Cond(cond) => backwards.cond(cond),
    }
    backwards.events.len() as u32
}

/// Works out a relaxed plan, backwards.
struct Backwards<'a> {
    ground: &'a Ground,
    history: &'a History,
    /// What is done already: by which of its writes, at which moment.
    done: FxHashSet<(By, u32, usize)>,
    /// The events of it, those that only add to numbers once for each moment.
    events: FxHashSet<(u32, usize)>,
}

impl Backwards<'_> {
    /// The condition is to hold as soon as it can.
    fn cond(&mut self, cond: &Cond) {
        let Some(at) = self.since(cond) else { return };
        if at == 0 {
            return;
        }
        match cond {
            Cond::True | Cond::False => {}
            Cond::Among(fluent, mask) => self.value(*fluent, *mask, at),
            Cond::Same(f, g) => {
                let masks = &self.history.moments()[at].masks;
                let common = masks[*f as usize] & masks[*g as usize];
                let bit = common & common.wrapping_neg();
                self.cond(&Cond::Among(*f, bit));
                self.cond(&Cond::Among(*g, bit));
            }
            Cond::Differ(f, g) => {
                for fluent in [*f, *g] {
                    self.value(fluent, Mask::MAX, at);
                }
            }
            Cond::Less(a, b, _) => {
                self.number(a, false, at);
                self.number(b, true, at);
            }
            Cond::All(parts) => parts.iter().for_each(|part| self.cond(part)),
            Cond::Any(parts) => {
                let soonest = parts
                    .iter()
                    .filter_map(|part| Some((self.since(part)?, part)))
                    .min_by_key(|(at, _)| *at);
                if let Some((_, part)) = soonest {
                    self.cond(part);
                }
            }
        }
    }

    fn tests(&mut self, tests: &Tests) {
        for &(fluent, mask) in &tests.among {
            let moments = self.history.moments();
            let at = moments
                .iter()
                .position(|options| options.masks[fluent as usize] & mask != 0);
            if let Some(at @ 1..) = at {
                self.value(fluent, mask, at);
            }
        }
        for cond in &tests.rest {
            self.cond(cond);
        }
    }

    /// The first moment at which it may hold.
    fn since(&self, cond: &Cond) -> Option<usize> {
        let mut moments = self.history.moments().iter();
        moments.position(|options| cond.may(options))
    }

    /// One of the values comes about at that moment.
    fn value(&mut self, fluent: FluentId, mask: Mask, at: usize) {
        let fits = |cause: &&Cause| cause.fluent == fluent && cause.values & mask != 0;
        let causes = self.history.causes(at).iter().filter(fits);
        let known = |cause: &&Cause| match cause.by {
            By::Event(place) => self.events.contains(&(place, 0)),
            By::Trigger(_) => self.done.contains(&(cause.by, cause.write, 0)),
        };
        let mut all = causes.clone();
        let chosen = all.find(known).or_else(|| causes.clone().next());
        if let Some(&cause) = chosen {
            self.happens(cause, cause.values & mask, None, at);
        }
    }

    /// The number is to go as far as it can by that moment.
    fn number(&mut self, number: &Num, high: bool, at: usize) {
        let options = &self.history.moments()[at];
        match number {
            Num::Const(_) | Num::Any => {}
            Num::Fluent(fluent) => {
                for moment in 1..=at {
                    let fits = |cause: &&Cause| {
                        cause.fluent == *fluent && if high { cause.higher } else { cause.lower }
                    };
                    if let Some(&cause) = self.history.causes(moment).iter().find(fits) {
                        self.happens(cause, 0, Some(high), moment);
                    }
                }
            }
            Num::Add(a, b) => {
                self.number(a, high, at);
                self.number(b, high, at);
            }
            Num::Sub(a, b) => {
                self.number(a, high, at);
                self.number(b, !high, at);
            }
            Num::Mul(a, b) => {
                for part in [a, b] {
                    self.number(part, true, at);
                    self.number(part, false, at);
                }
            }
            Num::Either(yes, a, no, b) => {
                let end = |when: &Cond, number: &Num| {
                    let range = number.range(options);
                    (when.may(options) && range.0 <= range.1).then_some(if high {
                        range.1
                    } else {
                        -range.0
                    })
                };
                let (first, second) = (end(yes, a), end(no, b));
                let sooner = |a: &Cond, b: &Cond| self.since(a) <= self.since(b);
                let first = match (first, second) {
                    (Some(x), Some(y)) => x > y || x == y && sooner(yes, no),
                    (first, _) => first.is_some(),
                };
                let (when, part) = if first { (yes, a) } else { (no, b) };
                self.cond(when);
                self.number(part, high, at);
            }
        }
    }

    /// What brings something about at that moment happens.
    fn happens(&mut self, cause: Cause, values: Mask, number: Option<bool>, at: usize) {
        let moment = if number.is_some() { at } else { 0 };
        if !self.done.insert((cause.by, cause.write, moment)) {
            return;
        }
        let ground = self.ground;
        let happening = match cause.by {
            By::Event(place) => {
                self.events.insert((place, moment));
                &ground.events[place as usize].happening
            }
            By::Trigger(place) => &ground.triggers[place as usize],
        };
        let write = &happening.writes[cause.write as usize];
        self.tests(&happening.needs);
        self.tests(&write.when);
        match (&write.what, number) {
            (What::Values(_), _) => {}
            (What::Copy(from), None) => self.cond(&Cond::Among(*from, values)),
            (What::Copy(from), Some(high)) => self.number(&Num::Fluent(*from), high, at - 1),
            (What::Number(number), Some(high)) => self.number(number, high, at - 1),
            (What::Number(_), None) => {}
        }
    }

    /// The world is to be worth as much as it can.
    fn worth(&mut self, worth: &Worth, at: usize) {
        let options = &self.history.moments()[at];
        match worth {
            Worth::Pleasure {
                counts,
                may_not_count,
                what,
                weight,
            } => {
                let most = worth.most(options);
                if may_not_count.may(options) && most == 0.0 {
                    self.cond(may_not_count);
                } else {
                    self.cond(counts);
                    self.number(what, *weight > 0.0, at);
                }
            }
            Worth::Deficit {
                not_counting, met, ..
            } => {
                self.cond(match self.since(not_counting) {
                    Some(soon) if self.since(met).is_none_or(|met| soon <= met) => not_counting,
                    _ => met,
                });
            }
        }
    }
}
