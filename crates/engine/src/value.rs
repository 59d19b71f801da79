//! Values in one small integer each: yes/no, atoms, numbers, labelled blanks, and "no value".

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::problem::AtomId;

/// A ground fact: index over all facts, each fact's instances row-major over its arguments.
pub type FluentId = u32;

/// A value. The three top bits say what kind of value it is, the rest which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Val(u32);

const PAYLOAD: u32 = 28;
const MASK: u32 = (1 << PAYLOAD) - 1;
const ATOM: u32 = 1;
const SMALL: u32 = 2;
const NUMBER: u32 = 3;
const UNKNOWN: u32 = 4;
const ANSWER: u32 = 5;
/// Integers in `-BIAS..BIAS` are written into the value itself.
const BIAS: f64 = (1 << (PAYLOAD - 1)) as f64;

impl Val {
    /// no, false
    pub const NO: Val = Val(0);
    /// yes, true
    pub const YES: Val = Val(1);
    /// No value at all; as a condition: open.
    pub const NOTHING: Val = Val(2);
    /// The peer's one unknown, `?`. In our own rules it only occurs as the constant `unknown` of an effect.
    pub const PLAIN_UNKNOWN: Val = Val(3);
    /// The atom `none`.
    pub const NONE: Val = Val(ATOM << PAYLOAD);

    const fn tagged(tag: u32, payload: u32) -> Val {
        debug_assert!(payload <= MASK);
        Val(tag << PAYLOAD | payload)
    }

    const fn tag(self) -> u32 {
        self.0 >> PAYLOAD
    }

    /// yes or no
    pub const fn bool(value: bool) -> Val {
        if value {
            Val::YES
        } else {
            Val::NO
        }
    }

    /// An atom.
    pub const fn atom(atom: AtomId) -> Val {
        Val::tagged(ATOM, atom)
    }

    /// "The value of this fluent is not known here."
    pub const fn unknown(fluent: FluentId) -> Val {
        Val::tagged(UNKNOWN, fluent)
    }

    /// "It is known here, but not to us."
    pub const fn answer(fluent: FluentId) -> Val {
        Val::tagged(ANSWER, fluent)
    }

    /// The atom, if it is one.
    pub const fn as_atom(self) -> Option<AtomId> {
        if self.tag() == ATOM {
            Some(self.0 & MASK)
        } else {
            None
        }
    }

    /// The fluent of `unknown(f)`.
    pub const fn as_unknown(self) -> Option<FluentId> {
        if self.tag() == UNKNOWN {
            Some(self.0 & MASK)
        } else {
            None
        }
    }

    /// The fluent of `answer(f)`.
    pub const fn as_answer(self) -> Option<FluentId> {
        if self.tag() == ANSWER {
            Some(self.0 & MASK)
        } else {
            None
        }
    }

    /// `unknown(f)` or `answer(f)`.
    pub const fn is_blank(self) -> bool {
        self.tag() == UNKNOWN || self.tag() == ANSWER
    }

    /// Neither a blank, nor without value, nor the peer's unknown: yes/no, a number or an atom.
    pub const fn is_definite(self) -> bool {
        match self.tag() {
            0 => self.0 < Val::NOTHING.0,
            UNKNOWN | ANSWER => false,
            _ => true,
        }
    }

    /// "known": neither an unknown nor without value (an `answer` is known).
    pub const fn is_known(self) -> bool {
        self.is_definite() || self.tag() == ANSWER
    }

    /// A number (needs [`Numbers`] to tell which).
    pub const fn is_number(self) -> bool {
        self.tag() == SMALL || self.tag() == NUMBER
    }

    /// yes or no
    pub const fn is_bool(self) -> bool {
        self.0 < Val::NOTHING.0
    }
}

/// The numbers that are too large or not whole, each once.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    inner: RefCell<Interned>,
}

#[derive(Debug, Clone, Default)]
struct Interned {
    numbers: Vec<f64>,
    index: FxHashMap<u64, u32>,
}

impl Numbers {
    /// The value of a number; what is not finite has no value.
    pub fn val(&self, number: f64) -> Val {
        if !number.is_finite() {
            return Val::NOTHING;
        }
        let number = number + 0.0; // -0 is 0
        if number.fract() == 0.0 && (-BIAS..BIAS).contains(&number) {
            return Val::tagged(SMALL, (number + BIAS) as u32);
        }
        let mut inner = self.inner.borrow_mut();
        let next = inner.numbers.len() as u32;
        let index = *inner.index.entry(number.to_bits()).or_insert(next);
        if index == next {
            inner.numbers.push(number);
        }
        Val::tagged(NUMBER, index)
    }

    /// The number that a value is, if it is one.
    pub fn get(&self, value: Val) -> Option<f64> {
        match value.tag() {
            SMALL => Some(f64::from(value.0 & MASK) - BIAS),
            NUMBER => Some(self.inner.borrow().numbers[(value.0 & MASK) as usize]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_the_journey() {
        let numbers = Numbers::default();
        for number in [
            0.0,
            -0.0,
            7.0,
            -7.0,
            0.5,
            1e9,
            -1e300,
            134_217_727.0,
            134_217_728.0,
        ] {
            assert_eq!(numbers.get(numbers.val(number)), Some(number));
        }
        assert_eq!(numbers.val(0.0), numbers.val(-0.0));
        assert_eq!(numbers.val(0.5), numbers.val(0.5));
        assert_eq!(numbers.val(f64::INFINITY), Val::NOTHING);
    }

    #[test]
    fn what_is_known() {
        assert!(Val::NO.is_definite() && Val::atom(0).is_definite());
        assert!(!Val::answer(3).is_definite() && Val::answer(3).is_known());
        assert!(!Val::unknown(3).is_known() && !Val::NOTHING.is_known());
        assert_ne!(Val::unknown(3), Val::answer(3));
    }
}
