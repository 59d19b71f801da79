//! Conditions, numbers and effects as they look when every fluent may have several values at once (delete relaxation: Bonet
//! and Geffner 2001). What cannot be told apart here is taken as possible; above all, anything may be in anybody's mind.

mod options;
mod values;
mod writes;

use crate::problem::{AtomId, Expr, FactId, Range, Rules, Value};
use crate::value::{FluentId, Val};
use crate::world::World;
pub use options::{hull, Cond, Interval, Num, Options, What, Write, ALL, EMPTY};

/// Possible values of a fluent, one bit each: the first members of its range, then all others in one, then `none`, an
/// unknown, an answer.
pub type Mask = u64;

const OTHERS: u32 = 60;
const NONE: Mask = 1 << 61;
/// The bit of an unknown.
pub const UNKNOWN: Mask = 1 << 62;
/// The bit of an answer.
pub const ANSWER: Mask = 1 << 63;

/// Makes conditions and effects abstract, under one binding of variables.
pub struct Abstraction<'a> {
    /// The world.
    pub world: &'a World,
    /// The variables bound so far.
    pub env: Vec<Val>,
    /// By fluent, the value that it has in every state and every mind, where it never changes; or nothing at all.
    pub fixed: &'a [Option<Val>],
}

/// Products larger than this are given up: anything may be.
const LARGE: usize = 256;
/// So are more pairs of values.
const MOST_PAIRS: usize = LARGE * 8;

impl<'a> Abstraction<'a> {
    /// With these variables bound; no fluent is known to be fixed.
    pub fn new(world: &'a World, env: Vec<Val>) -> Abstraction<'a> {
        let fixed = &[];
        Abstraction { world, env, fixed }
    }

    fn peer(&self) -> bool {
        self.world.problem.rules == Rules::Peer
    }

    /// The bit of a value among those of a fact.
    pub fn bit(&self, fact: FactId, value: Val) -> Mask {
        if value.is_bool() {
            return if value == Val::YES { 2 } else { 1 };
        }
        if let Some(atom) = value.as_atom() {
            let Range::Set(set) = self.world.problem.facts[fact].range else {
                return 1 << OTHERS;
            };
            return match self.world.position(set, atom) {
                Some(place) => 1 << (place as u32).min(OTHERS),
                None if atom == 0 => NONE,
                None => 1 << OTHERS,
            };
        }
        if value.as_answer().is_some() {
            ANSWER
        } else {
            UNKNOWN
        }
    }

    /// The condition may be true (or, if not `wanted`, false).
    pub fn cond(&mut self, expr: &Expr, wanted: bool) -> Cond {
        match expr {
            Expr::Const(Value::Bool(value)) => {
                if *value == wanted {
                    Cond::True
                } else {
                    Cond::False
                }
            }
            Expr::And(parts) | Expr::Or(parts) => {
                let conds = parts.iter().map(|part| self.cond(part, wanted)).collect();
                if matches!(expr, Expr::And(_)) == wanted {
                    Cond::all(conds)
                } else {
                    Cond::any(conds)
                }
            }
            Expr::Not(of) => self.cond(of, !wanted),
            Expr::Any(set, body) | Expr::All(set, body) => {
                let mut conds = Vec::new();
                let world = self.world;
                for &member in world.members(*set) {
                    self.env.push(Val::atom(member));
                    conds.push(self.cond(body, wanted));
                    self.env.pop();
                }
                if matches!(expr, Expr::All(..)) == wanted {
                    Cond::all(conds)
                } else {
                    Cond::any(conds)
                }
            }
            Expr::Eq(a, b) => self.equal(a, b, wanted),
            Expr::Ne(a, b) => self.equal(a, b, !wanted),
            Expr::Lt(a, b, None) if wanted => self.less(a, b, false),
            Expr::Le(a, b, None) if wanted => self.less(a, b, true),
            Expr::Lt(a, b, None) => self.less(b, a, true),
            Expr::Le(a, b, None) => self.less(b, a, false),
            Expr::Lt(a, b, Some(_)) | Expr::Le(a, b, Some(_)) => {
                let (set, strict) = match expr {
                    Expr::Lt(_, _, Some(set)) => (*set, true),
                    Expr::Le(_, _, Some(set)) => (*set, false),
                    _ => return Cond::True,
                };
                let world = self.world;
                self.pairs(a, b, |a, b| {
                    let place = |value: Val| world.position(set, value.as_atom()?);
                    let Some((a, b)) = place(a).zip(place(b)) else {
                        return false;
                    };
                    (a < b || !strict && a == b) == wanted
                })
            }
            Expr::IsIn(of, set) => {
                let Some(values) = self.values(of) else {
                    return Cond::True;
                };
                let world = self.world;
                let fits = |value: Val| match value.as_atom() {
                    Some(atom) => world.position(*set, atom).is_some() == wanted,
                    None => !value.is_definite() || !wanted,
                };
                Cond::any(
                    values
                        .into_iter()
                        .filter(|(_, value)| fits(*value))
                        .map(|(cond, _)| cond)
                        .collect(),
                )
            }
            Expr::Fact(..) | Expr::Topic(_) => {
                let Some(fluents) = self.places(expr) else {
                    return Cond::True;
                };
                let mask = if wanted { 2 } else { 1 };
                Cond::any(
                    fluents
                        .into_iter()
                        .map(|(cond, fluent)| Cond::all(vec![cond, self.among(fluent, mask)]))
                        .collect(),
                )
            }
            Expr::If(when, then, otherwise) => {
                let yes = Cond::all(vec![self.cond(when, true), self.cond(then, wanted)]);
                let no = Cond::all(vec![self.cond(when, false), self.cond(otherwise, wanted)]);
                Cond::any(vec![yes, no])
            }
            // What is known to somebody is so.
            Expr::Knows(_, what) if wanted && !self.peer() && is_condition(self.world, what) => {
                self.cond(what, true)
            }
            _ => Cond::True,
        }
    }

    /// The expression may be open, or without value: something that it reads may be blank.
    pub fn blank(&mut self, expr: &Expr) -> Cond {
        match expr {
            Expr::Fact(..) | Expr::Topic(_) => match self.places(expr) {
                Some(found)
                    if found.len() == 1
                        && found[0].0 == Cond::True
                        && !is_number(self.world, expr) =>
                {
                    self.among(found[0].1, UNKNOWN | ANSWER)
                }
                _ => Cond::True,
            },
            Expr::Believes(..) | Expr::Knows(..) => Cond::True,
            Expr::Any(set, body) | Expr::All(set, body) => {
                let mut conds = Vec::new();
                let world = self.world;
                for &member in world.members(*set) {
                    self.env.push(Val::atom(member));
                    conds.push(self.blank(body));
                    self.env.pop();
                }
                Cond::any(conds)
            }
            Expr::Count(..) | Expr::Sum(..) | Expr::Product(..) => Cond::True,
            _ => {
                let mut parts = Vec::new();
                crate::shape::each_part(expr, &mut |part| parts.push(part));
                Cond::any(parts.into_iter().map(|part| self.blank(part)).collect())
            }
        }
    }

    fn less(&mut self, a: &Expr, b: &Expr, or_equal: bool) -> Cond {
        let less = Cond::Less(Box::new(self.number(a)), Box::new(self.number(b)), or_equal);
        if self.peer() && or_equal {
            // Two unknowns count as equal.
            let unknown = vec![self.unknown_number(a), self.unknown_number(b)];
            return Cond::any(vec![less, Cond::all(unknown)]);
        }
        less
    }

    /// The number may be unknown.
    fn unknown_number(&mut self, expr: &Expr) -> Cond {
        match expr {
            Expr::Const(Value::Number(_)) => Cond::False,
            Expr::Fact(..) => match self.places(expr) {
                Some(found) if found.len() == 1 && found[0].0 == Cond::True => {
                    self.among(found[0].1, UNKNOWN | ANSWER)
                }
                _ => Cond::True,
            },
            Expr::Add(a, b) | Expr::Sub(a, b) => {
                Cond::any(vec![self.unknown_number(a), self.unknown_number(b)])
            }
            _ => Cond::True,
        }
    }

    /// Two expressions may be (un)equal.
    fn equal(&mut self, a: &Expr, b: &Expr, wanted: bool) -> Cond {
        if is_number(self.world, a) || is_number(self.world, b) {
            if !wanted {
                return Cond::True;
            }
            let (below, above) = (self.less(a, b, true), self.less(b, a, true));
            return Cond::all(vec![below, above]);
        }
        if !self.peer() {
            let definite = |value: &Val| value.is_definite();
            let (here, there) = (self.named(a), self.named(b));
            match (here.filter(definite), there.filter(definite)) {
                (Some(a), Some(b)) if (a == b) == wanted => return Cond::True,
                (Some(_), Some(_)) => return Cond::False,
                (None, Some(value)) => return self.has(a, value, wanted),
                (Some(value), None) => return self.has(b, value, wanted),
                (None, None) => {}
            }
        }
        if let Some((here, there)) = self.places(a).zip(self.places(b)) {
            if let ([(Cond::True, f)], [(Cond::True, g)]) = (&here[..], &there[..]) {
                let range = |fluent| self.world.problem.facts[self.world.fact_of(fluent)].range;
                if range(*f) == range(*g) {
                    return if wanted {
                        Cond::Same(*f, *g)
                    } else {
                        Cond::Differ(*f, *g)
                    };
                }
            }
            if self.spread(&here) * self.spread(&there) > MOST_PAIRS {
                return Cond::True; // as below, but sooner
            }
        }
        self.pairs(a, b, |a, b| maybe_equal(a, b, wanted))
    }

    /// The expression may have a certain value (or, if not `wanted`, another).
    fn has(&mut self, expr: &Expr, value: Val, wanted: bool) -> Cond {
        if !matches!(expr, Expr::Fact(..) | Expr::Topic(_)) {
            let Some(values) = self.values(expr) else {
                return Cond::True;
            };
            let fit = values
                .into_iter()
                .filter(|(_, other)| maybe_equal(*other, value, wanted));
            return Cond::any(fit.map(|(cond, _)| cond).collect());
        }
        let Some(places) = self.places(expr) else {
            return Cond::True;
        };
        let mut conds = Vec::new();
        for (cond, fluent) in places {
            let fact = self.world.fact_of(fluent);
            let Some(all) = self.definite(fact) else {
                return Cond::True;
            };
            let this = self.bit(fact, value) & all;
            let mask = if wanted { this } else { all & !this };
            conds.push(Cond::all(vec![cond, self.among(fluent, mask)]));
        }
        Cond::any(conds)
    }

    /// All definite values of a fact; none if there is no telling them apart.
    fn definite(&self, fact: FactId) -> Option<Mask> {
        match self.world.problem.facts[fact].range {
            Range::Bool => Some(3),
            Range::Number => None,
            Range::Set(set) => {
                let members = self.world.members(set);
                let values = members.iter().map(|&atom| Val::atom(atom));
                let bits = values.chain([Val::NONE]).map(|value| self.bit(fact, value));
                (members.len() <= OTHERS as usize).then(|| bits.fold(0, |all, bit| all | bit))
            }
        }
    }

    /// The fluent may have one of these values.
    fn among(&self, fluent: FluentId, mask: Mask) -> Cond {
        match self.constant(fluent) {
            Some(value) if self.bit(self.world.fact_of(fluent), value) & mask != 0 => Cond::True,
            Some(_) => Cond::False,
            None if mask == 0 => Cond::False,
            None => Cond::Among(fluent, mask),
        }
    }

    /// The fact never changes.
    fn always(&self, fact: FactId) -> bool {
        let first = self.fixed.get(self.world.base(fact) as usize);
        first.is_some_and(Option::is_some)
    }
}

fn maybe_equal(a: Val, b: Val, wanted: bool) -> bool {
    if a.is_definite() && b.is_definite() {
        (a == b) == wanted
    } else {
        wanted && a == b
    }
}

/// The expression is a number.
pub fn is_number(world: &World, expr: &Expr) -> bool {
    match expr {
        Expr::Const(value) => matches!(value, Value::Number(_)),
        Expr::Fact(fact, _) => world.problem.facts[*fact].range == Range::Number,
        Expr::Add(..) | Expr::Sub(..) | Expr::Mul(..) | Expr::Div(..) => true,
        Expr::Count(..) | Expr::Sum(..) | Expr::Product(..) => true,
        Expr::If(_, a, b) => is_number(world, a) || is_number(world, b),
        Expr::Believes(_, of) => is_number(world, of),
        _ => false,
    }
}

/// The expression is yes or no.
pub fn is_condition(world: &World, expr: &Expr) -> bool {
    match expr {
        Expr::Const(value) => matches!(value, Value::Bool(_)),
        Expr::Fact(fact, _) => world.problem.facts[*fact].range == Range::Bool,
        Expr::And(_)
        | Expr::Or(_)
        | Expr::Not(_)
        | Expr::Eq(..)
        | Expr::Ne(..)
        | Expr::Lt(..)
        | Expr::Le(..) => true,
        Expr::IsIn(..)
        | Expr::Any(..)
        | Expr::All(..)
        | Expr::Knows(..)
        | Expr::Known(_)
        | Expr::Maybe(_) => true,
        Expr::If(_, a, b) => is_condition(world, a) && is_condition(world, b),
        Expr::Believes(_, of) => is_condition(world, of),
        _ => false,
    }
}
