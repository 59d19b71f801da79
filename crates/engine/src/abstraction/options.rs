//! What might be the case, and what of conditions and numbers then may hold.

use super::{Mask, ANSWER, OTHERS, UNKNOWN};
use crate::value::FluentId;

/// What might be the case.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// By fluent.
    pub masks: Vec<Mask>,
    /// By fluent; empty where it is no number.
    pub numbers: Vec<Interval>,
}

/// From here to there; empty if the first is larger.
pub type Interval = (f64, f64);

/// No number.
pub const EMPTY: Interval = (f64::INFINITY, f64::NEG_INFINITY);
/// Any number.
pub const ALL: Interval = (f64::NEG_INFINITY, f64::INFINITY);

/// The smallest interval that holds both.
pub fn hull(a: Interval, b: Interval) -> Interval {
    (a.0.min(b.0), a.1.max(b.1))
}

/// A condition that may be true.
#[derive(Debug, Clone, PartialEq)]
pub enum Cond {
    /// It may.
    True,
    /// It cannot.
    False,
    /// The fluent may have one of these values.
    Among(FluentId, Mask),
    /// The two may have the same value.
    Same(FluentId, FluentId),
    /// The two may have different values.
    Differ(FluentId, FluentId),
    /// The first number may be less (or equal).
    Less(Box<Num>, Box<Num>, bool),
    /// All of them.
    All(Vec<Cond>),
    /// One of them.
    Any(Vec<Cond>),
}

/// A number that is not known exactly.
#[derive(Debug, Clone, PartialEq)]
pub enum Num {
    /// Known.
    Const(f64),
    /// That of a fluent.
    Fluent(FluentId),
    /// Sum.
    Add(Box<Num>, Box<Num>),
    /// Difference.
    Sub(Box<Num>, Box<Num>),
    /// Product.
    Mul(Box<Num>, Box<Num>),
    /// The first if the first condition may be true, the second if the second may.
    Either(Cond, Box<Num>, Cond, Box<Num>),
    /// No telling.
    Any,
}

/// What an event may write.
#[derive(Debug, Clone)]
pub struct Write {
    /// When.
    pub when: Cond,
    /// Where.
    pub fluent: FluentId,
    /// What.
    pub what: What,
}

/// What is written.
#[derive(Debug, Clone)]
pub enum What {
    /// One of these values.
    Values(Mask),
    /// Whatever the other fluent may be.
    Copy(FluentId),
    /// A number.
    Number(Num),
}

impl Cond {
    /// All of them must hold.
    pub fn all(parts: Vec<Cond>) -> Cond {
        let mut left = Vec::new();
        for part in parts {
            match part {
                Cond::True => {}
                Cond::False => return Cond::False,
                Cond::All(inner) => left.extend(inner),
                part => left.push(part),
            }
        }
        match left.len() {
            0 => Cond::True,
            1 => left.remove(0),
            _ => Cond::All(left),
        }
    }

    pub(super) fn any(parts: Vec<Cond>) -> Cond {
        let mut left = Vec::new();
        for part in parts {
            match part {
                Cond::False => {}
                Cond::True => return Cond::True,
                Cond::Any(inner) => left.extend(inner),
                part => match (&part, left.last_mut()) {
                    // Values of one fluent come one after the other.
                    (Cond::Among(f, more), Some(Cond::Among(g, mask))) if f == g => *mask |= more,
                    _ => left.push(part),
                },
            }
        }
        match left.len() {
            0 => Cond::False,
            1 => left.remove(0),
            _ => Cond::Any(left),
        }
    }

    /// The fluents that it reads are added.
    pub fn reads(&self, into: &mut Vec<FluentId>) {
        match self {
            Cond::True | Cond::False => {}
            Cond::Among(fluent, _) => into.push(*fluent),
            Cond::Same(f, g) | Cond::Differ(f, g) => into.extend([*f, *g]),
            Cond::Less(a, b, _) => {
                a.reads(into);
                b.reads(into);
            }
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| part.reads(into)),
        }
    }

    /// It may be true.
    pub fn may(&self, options: &Options) -> bool {
        match self {
            Cond::True => true,
            Cond::False => false,
            Cond::Among(fluent, mask) => options.masks[*fluent as usize] & mask != 0,
            Cond::Same(f, g) => options.masks[*f as usize] & options.masks[*g as usize] != 0,
            Cond::Differ(f, g) => {
                let (f, g) = (options.masks[*f as usize], options.masks[*g as usize]);
                f != g || f.count_ones() != 1 || f >> OTHERS & 1 != 0
            }
            Cond::Less(a, b, or_equal) => {
                let (a, b) = (a.range(options), b.range(options));
                a.0 < b.1 || *or_equal && a.0 <= b.1
            }
            Cond::All(parts) => parts.iter().all(|part| part.may(options)),
            Cond::Any(parts) => parts.iter().any(|part| part.may(options)),
        }
    }
}

impl Num {
    /// The fluents that it reads are added.
    pub fn reads(&self, into: &mut Vec<FluentId>) {
        match self {
            Num::Const(_) | Num::Any => {}
            Num::Fluent(fluent) => into.push(*fluent),
            Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) => {
                a.reads(into);
                b.reads(into);
            }
            Num::Either(yes, a, no, b) => {
                yes.reads(into);
                no.reads(into);
                a.reads(into);
                b.reads(into);
            }
        }
    }

    /// It may be unknown.
    pub fn blank(&self, options: &Options) -> bool {
        match self {
            Num::Const(_) => false,
            Num::Fluent(fluent) => options.masks[*fluent as usize] & (UNKNOWN | ANSWER) != 0,
            Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) => {
                a.blank(options) || b.blank(options)
            }
            Num::Either(yes, a, no, b) => {
                yes.may(options) && a.blank(options) || no.may(options) && b.blank(options)
            }
            Num::Any => true,
        }
    }

    /// Between what it lies.
    pub fn range(&self, options: &Options) -> Interval {
        match self {
            Num::Const(number) => (*number, *number),
            Num::Fluent(fluent) => options.numbers[*fluent as usize],
            Num::Add(a, b) | Num::Sub(a, b) => {
                let (a, b) = (a.range(options), b.range(options));
                if a.0 > a.1 || b.0 > b.1 {
                    EMPTY
                } else if matches!(self, Num::Add(..)) {
                    (a.0 + b.0, a.1 + b.1)
                } else {
                    (a.0 - b.1, a.1 - b.0)
                }
            }
            Num::Mul(a, b) => {
                let (a, b) = (a.range(options), b.range(options));
                if a.0 > a.1 || b.0 > b.1 {
                    return EMPTY;
                }
                let times = |x: f64, y: f64| if x == 0.0 || y == 0.0 { 0.0 } else { x * y };
                let ends = [
                    times(a.0, b.0),
                    times(a.0, b.1),
                    times(a.1, b.0),
                    times(a.1, b.1),
                ];
                ends.into_iter()
                    .fold(EMPTY, |range, end| hull(range, (end, end)))
            }
            Num::Either(yes, a, no, b) => {
                let mut range = EMPTY;
                if yes.may(options) {
                    range = hull(range, a.range(options));
                }
                if no.may(options) {
                    range = hull(range, b.range(options));
                }
                range
            }
            Num::Any => ALL,
        }
    }
}
