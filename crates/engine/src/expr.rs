//! Reading expressions in a state, in three-valued logic (docs/semantics.md, section 2) or with the peer's unknown.
//!
//! Reading goes from left to right and stops as soon as the value is settled: `and` at the first part that is false, `or` and
//! `any` at the first that is true, `if` reads the branch taken. What a [`Trace`] records is
//! therefore what the value rests on.

use crate::graph::{Graph, NodeId};
use crate::problem::{Expr, Range, SetId, Value};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// Where to read: the values, and the node whose minds are asked. Without a node every mind is a closed book (open).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct At {
    /// The values of fluents.
    pub values: ValuesId,
    /// Whose minds.
    pub node: Option<NodeId>,
}

/// Listens to what is read.
pub trait Trace {
    /// A fluent is read in the mind entered last, and has this value there.
    fn read(&mut self, _fluent: FluentId, _value: Val) {}
    /// Reading goes on in a person's mind.
    fn enter(&mut self, _person: Person) {}
    /// Reading comes back from there.
    fn leave(&mut self) {}
    /// A mind was asked for where there is none to look into.
    fn blind(&mut self) {}
}

impl<T: Trace> Trace for &mut T {
    fn read(&mut self, fluent: FluentId, value: Val) {
        (**self).read(fluent, value);
    }
    fn enter(&mut self, person: Person) {
        (**self).enter(person);
    }
    fn leave(&mut self) {
        (**self).leave();
    }
    fn blind(&mut self) {
        (**self).blind();
    }
}

/// Nobody listens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deaf;

impl Trace for Deaf {}

/// Notices whether the minds would have been needed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Blindness(pub bool);

impl Trace for Blindness {
    fn blind(&mut self) {
        self.0 = true;
    }
}

/// Writes down each fluent read with the chain of persons in whose mind it was read, in order, each once.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    chain: Vec<Person>,
    /// What was read.
    pub found: Vec<(Vec<Person>, FluentId)>,
}

impl Trace for Reads {
    fn read(&mut self, fluent: FluentId, _: Val) {
        if !self
            .found
            .iter()
            .any(|(chain, known)| *known == fluent && *chain == self.chain)
        {
            self.found.push((self.chain.clone(), fluent));
        }
    }
    fn enter(&mut self, person: Person) {
        self.chain.push(person);
    }
    fn leave(&mut self) {
        self.chain.pop();
    }
}

/// Reads expressions under one binding of variables.
pub struct Reader<'a, T: Trace> {
    /// The world.
    pub world: &'a World,
    /// Its states.
    pub graph: &'a Graph,
    /// The values of the variables bound so far. Binders push, and pop again.
    pub env: Vec<Val>,
    /// Who listens.
    pub trace: T,
}

/// `a` and `b` as yes/no/open.
fn and(a: Val, b: Val) -> Val {
    match (a, b) {
        (Val::NO, _) | (_, Val::NO) => Val::NO,
        (Val::YES, Val::YES) => Val::YES,
        _ => Val::NOTHING,
    }
}

fn not(a: Val) -> Val {
    match a {
        Val::YES => Val::NO,
        Val::NO => Val::YES,
        _ => Val::NOTHING,
    }
}

impl<'a> Reader<'a, Deaf> {
    /// A reader with these variables bound.
    pub fn new(world: &'a World, graph: &'a Graph, env: Vec<Val>) -> Self {
        Reader {
            world,
            graph,
            env,
            trace: Deaf,
        }
    }
}

impl<T: Trace> Reader<'_, T> {
    /// The condition is true.
    pub fn holds(&mut self, at: At, expr: &Expr) -> bool {
        self.value(at, expr) == Val::YES
    }

    /// As [`Reader::value`]; most arguments and operands are variables or constants.
    #[inline]
    fn operand(&mut self, at: At, expr: &Expr) -> Val {
        match expr {
            Expr::Var(index) => self.env[*index],
            Expr::Const(value) => self.world.constant(*value),
            _ => self.value(at, expr),
        }
    }

    /// The value of an expression; [`Val::NOTHING`] for "no value" and "open".
    pub fn value(&mut self, at: At, expr: &Expr) -> Val {
        match expr {
            Expr::Const(value) => self.world.constant(*value),
            Expr::Var(index) => self.env[*index],
            Expr::Fact(..) | Expr::Topic(_) => match self.place(at, expr) {
                Some(fluent) => {
                    let value = self.graph.values.get(at.values, fluent);
                    self.trace.read(fluent, value);
                    value
                }
                None => Val::NOTHING,
            },
            Expr::Claimed(of) => {
                let claim = self
                    .value(at, of)
                    .as_atom()
                    .and_then(|atom| self.world.claim(atom));
                match claim.and_then(|claim| claim.value) {
                    Some(value) => self.world.constant(value),
                    None => Val::NOTHING,
                }
            }
            Expr::And(parts) => {
                let mut result = Val::YES;
                for part in parts {
                    result = and(result, self.value(at, part));
                    if result == Val::NO {
                        break;
                    }
                }
                result
            }
            Expr::Or(parts) => {
                let mut result = Val::NO;
                for part in parts {
                    result = not(and(not(result), not(self.value(at, part))));
                    if result == Val::YES {
                        break;
                    }
                }
                result
            }
            Expr::Not(of) => not(self.value(at, of)),
            Expr::Eq(a, b) => {
                let (a, b) = (self.operand(at, a), self.operand(at, b));
                self.equal(a, b)
            }
            Expr::Ne(a, b) => {
                let (a, b) = (self.operand(at, a), self.operand(at, b));
                not(self.equal(a, b))
            }
            Expr::Lt(a, b, set) => self.compare(at, a, b, *set, false),
            Expr::Le(a, b, set) => self.compare(at, a, b, *set, true),
            Expr::Add(a, b) => self.calculate(at, a, b, |a, b| a + b),
            Expr::Sub(a, b) => self.calculate(at, a, b, |a, b| a - b),
            Expr::Mul(a, b) => self.scale(at, a, b, |a, b| a * b),
            Expr::Div(a, b) => self.scale(at, a, b, |a, b| a / b),
            Expr::Next(of, set) => self.neighbour(at, of, *set, 1),
            Expr::Prev(of, set) => self.neighbour(at, of, *set, -1),
            Expr::If(when, then, otherwise) => match self.value(at, when) {
                Val::YES => self.value(at, then),
                Val::NO => self.value(at, otherwise),
                _ => Val::NOTHING,
            },
            Expr::IsIn(of, set) => {
                let value = self.value(at, of);
                match value.as_atom() {
                    Some(atom) => Val::bool(self.world.position(*set, atom).is_some()),
                    None if value.is_definite() || self.world.peer() => Val::NO,
                    None => Val::NOTHING,
                }
            }
            Expr::Any(set, body) => self.each(at, *set, body, Val::NO, |sum, value| {
                let sum = not(and(not(sum), not(value)));
                (sum, sum == Val::YES)
            }),
            Expr::All(set, body) => self.each(at, *set, body, Val::YES, |sum, value| {
                let sum = and(sum, value);
                (sum, sum == Val::NO)
            }),
            Expr::Count(set, body) => {
                let count = self.each(at, *set, body, 0u32, |count, value| {
                    (count + u32::from(value == Val::YES), false)
                });
                self.world.numbers.val(f64::from(count))
            }
            Expr::Sum(set, body) => self.fold(at, *set, body, 0.0, |a, b| a + b),
            Expr::Product(set, body) => self.fold(at, *set, body, 1.0, |a, b| a * b),
            Expr::Believes(who, what) => {
                let who = self.operand(at, who);
                match self.mind(at, who) {
                    Some((person, mind)) => {
                        self.trace.enter(person);
                        let value = self.value(mind, what);
                        self.trace.leave();
                        value
                    }
                    None => Val::NOTHING,
                }
            }
            Expr::Knows(who, what) => {
                let who = self.operand(at, who);
                let Some((person, mind)) = self.mind(at, who) else {
                    return Val::NOTHING;
                };
                let here = self.value(at, what);
                self.trace.enter(person);
                let there = self.value(mind, what);
                self.trace.leave();
                self.knows(here, there)
            }
            Expr::Known(of) => Val::bool(self.value(at, of).is_known()),
            Expr::Maybe(of) => Val::bool(self.value(at, of) != Val::NO),
        }
    }

    /// The fluent that a place names, if it names one.
    pub fn place(&mut self, at: At, place: &Expr) -> Option<FluentId> {
        match place {
            Expr::Fact(fact, args) => {
                let world = self.world;
                let mut index = Some(0);
                for (place, arg) in args.iter().enumerate() {
                    // All arguments are read, also after one that is nowhere.
                    let atom = self.operand(at, arg).as_atom();
                    index = index
                        .zip(atom)
                        .and_then(|(index, atom)| world.step(*fact, place, index, atom));
                }
                index.map(|index| world.base(*fact) + index)
            }
            Expr::Topic(of) => {
                let claim = self.world.claim(self.value(at, of).as_atom()?)?;
                self.world.fluent(claim.fact, &claim.args)
            }
            _ => None,
        }
    }

    /// The person that a value is, and where that person's mind is read.
    pub fn mind(&mut self, at: At, who: Val) -> Option<(Person, At)> {
        let person = self.world.person_of(who)?;
        let Some(node) = at.node else {
            self.trace.blind();
            return None;
        };
        Some((
            person,
            self.graph.at(self.graph.mind(self.world, node, person)),
        ))
    }

    fn equal(&self, a: Val, b: Val) -> Val {
        if self.world.peer() {
            let plain = |value: Val| {
                if value == Val::NOTHING {
                    Val::PLAIN_UNKNOWN
                } else {
                    value
                }
            };
            Val::bool(plain(a) == plain(b))
        } else if a == b && (a.is_definite() || a.is_blank()) {
            Val::YES
        } else if a.is_definite() && b.is_definite() {
            Val::NO
        } else {
            Val::NOTHING
        }
    }

    /// What is so here is known by whoever holds `there`. A condition must be true there, a value known.
    fn knows(&self, here: Val, there: Val) -> Val {
        let condition =
            |fluent| self.world.problem.facts[self.world.fact_of(fluent)].range == Range::Bool;
        match there {
            Val::YES if here.is_bool() => here,
            Val::YES => Val::NOTHING,
            Val::NO => Val::NO,
            _ if !there.is_known() || there.as_answer().is_some_and(condition) => Val::NO,
            _ => self.equal(here, there),
        }
    }

    /// `<` and `<=`: numbers, or members of one ordered set by their position. The peer's unknown is less than nothing and
    /// at most itself.
    fn compare(&mut self, at: At, a: &Expr, b: &Expr, set: Option<SetId>, or_equal: bool) -> Val {
        let (a, b) = (self.operand(at, a), self.operand(at, b));
        let order = match set {
            Some(set) => {
                let place = |v: Val| self.world.position(set, v.as_atom()?);
                place(a).zip(place(b)).map(|(a, b)| a.cmp(&b))
            }
            None => {
                let number = |v: Val| self.world.numbers.get(v);
                number(a)
                    .zip(number(b))
                    .and_then(|(a, b)| a.partial_cmp(&b))
            }
        };
        match order {
            Some(order) => Val::bool(order.is_lt() || or_equal && order.is_eq()),
            None if self.world.peer() => {
                Val::bool(or_equal && !a.is_definite() && !b.is_definite())
            }
            None => Val::NOTHING,
        }
    }

    fn calculate(&mut self, at: At, a: &Expr, b: &Expr, f: impl Fn(f64, f64) -> f64) -> Val {
        let (a, b) = (self.value(at, a), self.value(at, b));
        match self.world.numbers.get(a).zip(self.world.numbers.get(b)) {
            Some((a, b)) => self.world.numbers.val(f(a, b)),
            None => Val::NOTHING,
        }
    }

    /// A product or quotient. The peer folds a literal zero in front of anything.
    fn scale(&mut self, at: At, a: &Expr, b: &Expr, f: impl Fn(f64, f64) -> f64) -> Val {
        let zero = |expr: &Expr| matches!(expr, Expr::Const(Value::Number(n)) if *n == 0.0);
        if self.world.peer() && zero(a) {
            return self.world.numbers.val(0.0);
        }
        self.calculate(at, a, b, f)
    }

    fn neighbour(&mut self, at: At, of: &Expr, set: SetId, step: isize) -> Val {
        let value = self.value(at, of);
        let members = self.world.members(set);
        match value
            .as_atom()
            .and_then(|atom| self.world.position(set, atom))
        {
            Some(place) => {
                let last = members.len() - 1;
                Val::atom(members[place.saturating_add_signed(step).min(last)])
            }
            None => Val::NOTHING,
        }
    }

    /// Runs a binder over a set until `step` says that it is settled.
    fn each<A>(
        &mut self,
        at: At,
        set: SetId,
        body: &Expr,
        mut sum: A,
        step: impl Fn(A, Val) -> (A, bool),
    ) -> A {
        let world = self.world;
        for &member in world.members(set) {
            self.env.push(Val::atom(member));
            let value = self.value(at, body);
            self.env.pop();
            let settled;
            (sum, settled) = step(sum, value);
            if settled {
                break;
            }
        }
        sum
    }

    fn fold(
        &mut self,
        at: At,
        set: SetId,
        body: &Expr,
        zero: f64,
        f: impl Fn(f64, f64) -> f64,
    ) -> Val {
        let world = self.world;
        let sum = self.each(at, set, body, Some(zero), |sum: Option<f64>, value| {
            (
                sum.zip(world.numbers.get(value))
                    .map(|(sum, value)| f(sum, value)),
                false,
            )
        });
        sum.map_or(Val::NOTHING, |sum| world.numbers.val(sum))
    }
}
