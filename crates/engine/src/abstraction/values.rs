//! What an expression may come to: its values, or the fluents that it may be about, each with the condition under which it is.

use super::*;

impl Abstraction<'_> {
    /// The value that a fluent has everywhere and always.
    pub(super) fn constant(&self, fluent: FluentId) -> Option<Val> {
        *self.fixed.get(fluent as usize)?
    }

    /// The value of a constant, a variable, or a fact that never changes.
    pub(super) fn named(&self, expr: &Expr) -> Option<Val> {
        match expr {
            Expr::Const(value) => Some(self.world.constant(*value)),
            Expr::Var(index) => Some(self.env[*index]),
            Expr::Fact(fact, _) if self.always(*fact) => match self.outright(expr)? {
                Some(fluent) => self.constant(fluent),
                None => Some(Val::NOTHING),
            },
            _ => None,
        }
    }

    /// The one fluent that a place names outright, if it does; none if there is no such fluent.
    pub(super) fn outright(&self, place: &Expr) -> Option<Option<FluentId>> {
        let Expr::Fact(fact, args) = place else {
            return None;
        };
        let mut index = Some(0);
        for (place, arg) in args.iter().enumerate() {
            let arg = self.named(arg)?.as_atom();
            let step = |(index, arg)| self.world.step(*fact, place, index, arg);
            index = index.zip(arg).and_then(step);
        }
        Some(index.map(|index| self.world.base(*fact) + index))
    }

    /// Some two values that the two may have fit together.
    pub(super) fn pairs(&mut self, a: &Expr, b: &Expr, fits: impl Fn(Val, Val) -> bool) -> Cond {
        let (Some(a), Some(b)) = (self.values(a), self.values(b)) else {
            return Cond::True;
        };
        if a.len() * b.len() > MOST_PAIRS {
            return Cond::True;
        }
        let mut conds = Vec::new();
        for (first, x) in &a {
            for (second, y) in &b {
                let fits = match (x.is_definite(), y.is_definite()) {
                    // The peer's one unknown is equal to itself, and to nothing else.
                    (false, false) if self.peer() => fits(Val::NO, Val::NO),
                    (false, true) | (true, false) if self.peer() => fits(Val::NO, Val::YES),
                    _ => fits(*x, *y),
                };
                if fits {
                    conds.push(Cond::all(vec![first.clone(), second.clone()]));
                }
            }
        }
        Cond::any(conds)
    }

    /// The values that an expression may have, each with its condition; none if there are too many or no telling.
    pub(super) fn values(&mut self, expr: &Expr) -> Option<Vec<(Cond, Val)>> {
        match expr {
            Expr::Const(value) => Some(vec![(Cond::True, self.world.constant(*value))]),
            Expr::Var(index) => Some(vec![(Cond::True, self.env[*index])]),
            Expr::Claimed(of) => {
                let claims = self.values(of)?;
                let value = |(cond, atom): (Cond, Val)| {
                    let claim = self.world.claim(atom.as_atom()?)?;
                    Some((cond, self.world.constant(claim.value?)))
                };
                Some(claims.into_iter().filter_map(value).collect())
            }
            Expr::Fact(..) | Expr::Topic(_) => {
                let mut found = Vec::new();
                let places = self.places(expr)?;
                if self.spread(&places) > LARGE {
                    return None;
                }
                for (cond, fluent) in places {
                    let fact = self.world.fact_of(fluent);
                    if let Some(value) = self.constant(fluent) {
                        found.push((cond, value));
                        continue;
                    }
                    let mut values = vec![Val::unknown(fluent), Val::answer(fluent)];
                    match self.world.problem.facts[fact].range {
                        Range::Bool => values.extend([Val::YES, Val::NO]),
                        Range::Number => return None,
                        Range::Set(set) => {
                            let members = self.world.members(set);
                            if members.len() > OTHERS as usize {
                                return None;
                            }
                            values.push(Val::NONE);
                            values.extend(members.iter().map(|&atom| Val::atom(atom)));
                            values.dedup();
                        }
                    }
                    for value in values {
                        let has = Cond::Among(fluent, self.bit(fact, value));
                        let also = match cond {
                            Cond::True => has,
                            _ => Cond::all(vec![cond.clone(), has]),
                        };
                        found.push((also, value));
                    }
                }
                Some(found)
            }
            Expr::Next(of, set) | Expr::Prev(of, set) => {
                let values = self.values(of)?;
                let members = self.world.members(*set);
                let step = |(cond, value): (Cond, Val)| {
                    let place = self.world.position(*set, value.as_atom()?)?;
                    let next = match expr {
                        Expr::Next(..) => (place + 1).min(members.len() - 1),
                        _ => place.saturating_sub(1),
                    };
                    Some((cond, Val::atom(members[next])))
                };
                Some(values.into_iter().filter_map(step).collect())
            }
            Expr::If(when, then, otherwise) => {
                let (yes, no) = (self.cond(when, true), self.cond(when, false));
                let mut found = Vec::new();
                for (when, part) in [(yes, then), (no, otherwise)] {
                    let values = self.values(part)?;
                    found.extend(
                        values
                            .into_iter()
                            .map(|(cond, value)| (Cond::all(vec![when.clone(), cond]), value)),
                    );
                }
                Some(found)
            }
            _ => None,
        }
    }

    /// How many values fluents may have.
    pub(super) fn spread(&self, places: &[(Cond, FluentId)]) -> usize {
        let range = |fluent| self.world.problem.facts[self.world.fact_of(fluent)].range;
        let size = |&(_, fluent): &(Cond, FluentId)| match range(fluent) {
            _ if self.constant(fluent).is_some() => 1,
            Range::Set(set) => self.world.members(set).len() + 3,
            _ => 4,
        };
        places.iter().map(size).sum()
    }

    /// The fluents that a place may name.
    pub(super) fn places(&mut self, place: &Expr) -> Option<Vec<(Cond, FluentId)>> {
        if let Some(fluent) = self.outright(place) {
            return Some(
                fluent
                    .into_iter()
                    .map(|fluent| (Cond::True, fluent))
                    .collect(),
            );
        }
        match place {
            Expr::Topic(of) => {
                let topics = self.values(of)?;
                let fluent = |(cond, atom): (Cond, Val)| {
                    let claim = self.world.claim(atom.as_atom()?)?;
                    Some((cond, self.world.fluent(claim.fact, &claim.args)?))
                };
                Some(topics.into_iter().filter_map(fluent).collect())
            }
            Expr::Fact(fact, args) => {
                let mut found: Vec<(Cond, Vec<Val>)> = vec![(Cond::True, Vec::new())];
                for arg in args {
                    let values = self.values(arg)?;
                    if found.len() * values.len() > LARGE {
                        return None;
                    }
                    found = found
                        .iter()
                        .flat_map(|(cond, before)| {
                            values.iter().map(move |(also, value)| {
                                let all = Cond::all(vec![cond.clone(), also.clone()]);
                                (all, [before.as_slice(), &[*value]].concat())
                            })
                        })
                        .collect();
                }
                let fluent = |(cond, args): (Cond, Vec<Val>)| {
                    let args: Option<Vec<AtomId>> = args.into_iter().map(Val::as_atom).collect();
                    Some((cond, self.world.fluent(*fact, &args?)?))
                };
                Some(found.into_iter().filter_map(fluent).collect())
            }
            _ => None,
        }
    }

    /// A number (a condition counts 1 if it is true).
    pub fn number(&mut self, expr: &Expr) -> Num {
        match expr {
            Expr::Const(Value::Number(number)) => Num::Const(*number),
            Expr::Const(Value::Bool(value)) => Num::Const(f64::from(u8::from(*value))),
            Expr::Add(a, b) => Num::Add(Box::new(self.number(a)), Box::new(self.number(b))),
            Expr::Sub(a, b) => Num::Sub(Box::new(self.number(a)), Box::new(self.number(b))),
            Expr::Mul(a, b) => Num::Mul(Box::new(self.number(a)), Box::new(self.number(b))),
            Expr::If(when, then, otherwise) => {
                let (yes, no) = (self.cond(when, true), self.cond(when, false));
                Num::Either(
                    yes,
                    Box::new(self.number(then)),
                    no,
                    Box::new(self.number(otherwise)),
                )
            }
            Expr::Sum(set, body) | Expr::Count(set, body) => {
                let mut sum = Num::Const(0.0);
                let world = self.world;
                for &member in world.members(*set) {
                    self.env.push(Val::atom(member));
                    sum = Num::Add(Box::new(sum), Box::new(self.number(body)));
                    self.env.pop();
                }
                sum
            }
            Expr::Fact(..) if is_number(self.world, expr) => match self.places(expr) {
                Some(found) if found.len() == 1 && found[0].0 == Cond::True => {
                    let always = self.constant(found[0].1);
                    match always.and_then(|value| self.world.numbers.get(value)) {
                        Some(number) => Num::Const(number),
                        None => Num::Fluent(found[0].1),
                    }
                }
                _ => Num::Any,
            },
            condition if is_condition(self.world, condition) => {
                let (yes, no) = (self.cond(condition, true), self.cond(condition, false));
                // What is open counts nothing.
                let no = if yes == Cond::True {
                    no
                } else {
                    Cond::any(vec![no, Cond::True])
                };
                Num::Either(
                    yes,
                    Box::new(Num::Const(1.0)),
                    no,
                    Box::new(Num::Const(0.0)),
                )
            }
            _ => Num::Any,
        }
    }
}
