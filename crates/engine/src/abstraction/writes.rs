//! What effects may write, made abstract.

use super::{Abstraction, Cond, Mask, Num, What, Write};
use crate::problem::{Effect, Expr, FactId, Range};
use crate::value::{FluentId, Val};

impl Abstraction<'_> {
    /// What effects may write into a state or into any mind.
    pub fn writes(&mut self, effects: &[Effect], when: &Cond, into: &mut Vec<Write>) {
        for effect in effects {
            match effect {
                Effect::Set(place, value) => self.write(place, Some(value), when, into),
                Effect::Believe {
                    place,
                    value,
                    inside,
                    ..
                } => {
                    self.write(place, (!inside).then_some(value), when, into);
                }
                Effect::Share { place, value, .. } => self.write(place, value.as_ref(), when, into),
                Effect::Show(place) | Effect::Learn { place, .. } => {
                    self.write(place, None, when, into)
                }
                Effect::When(condition, then, otherwise) => {
                    let yes = Cond::all(vec![when.clone(), self.cond(condition, true)]);
                    let no = Cond::all(vec![when.clone(), self.cond(condition, false)]);
                    self.writes(then, &yes, into);
                    self.writes(otherwise, &no, into);
                }
                Effect::Each(set, condition, body) => {
                    let world = self.world;
                    for &member in world.members(*set) {
                        self.env.push(Val::atom(member));
                        let also = Cond::all(vec![when.clone(), self.cond(condition, true)]);
                        self.writes(body, &also, into);
                        self.env.pop();
                    }
                }
            }
        }
    }

    /// No value: what is true, or found out (in a mind that does not know: the answer).
    fn write(&mut self, place: &Expr, value: Option<&Expr>, when: &Cond, into: &mut Vec<Write>) {
        if *when == Cond::False {
            return;
        }
        let targets = match self.places(place) {
            Some(found) => found,
            // No telling which: any instance of the fact.
            None => self.any_place(place),
        };
        for (cond, fluent) in targets {
            let fact = self.world.fact_of(fluent);
            let number = self.world.problem.facts[fact].range == Range::Number;
            let what = match value {
                None if number => What::Number(Num::Any),
                None => What::Values(Mask::MAX),
                Some(value) if number => What::Number(self.number(value)),
                Some(value) => self.what(fact, value),
            };
            let when = Cond::all(vec![when.clone(), cond]);
            if when != Cond::False {
                into.push(Write { when, fluent, what });
            }
        }
    }

    fn any_place(&self, place: &Expr) -> Vec<(Cond, FluentId)> {
        let facts: Vec<FactId> = match place {
            Expr::Fact(fact, _) => vec![*fact],
            _ => self
                .world
                .problem
                .claims
                .iter()
                .map(|claim| claim.fact)
                .collect(),
        };
        let size = |fact: FactId| {
            let sets = &self.world.problem.facts[fact].args;
            sets.iter()
                .map(|&set| self.world.members(set).len())
                .product::<usize>() as FluentId
        };
        let all = facts
            .into_iter()
            .flat_map(|fact| (0..size(fact)).map(move |index| (fact, index)));
        all.map(|(fact, index)| (Cond::True, self.world.base(fact) + index))
            .collect()
    }

    fn what(&mut self, fact: FactId, value: &Expr) -> What {
        if let Some(found) = self.places(value) {
            if let [(Cond::True, fluent)] = found[..] {
                let range = |fact: FactId| self.world.problem.facts[fact].range;
                if let Some(value) = self.constant(fluent) {
                    return What::Values(self.bit(fact, value));
                }
                if range(self.world.fact_of(fluent)) == range(fact) {
                    return What::Copy(fluent);
                }
            }
        }
        match self.values(value) {
            Some(values) => What::Values(
                values
                    .into_iter()
                    .fold(0, |mask, (_, value)| mask | self.bit(fact, value)),
            ),
            None => What::Values(Mask::MAX),
        }
    }
}
