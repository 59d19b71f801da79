//! Conditions and effects with their parameters filled in: once for each choice of the few parameters that occur in them, and
//! shared by all actions and triggers that are written in the same way.

use rustc_hash::FxHashMap;

use crate::abstraction::{Abstraction, Cond, Write};
use crate::engine::Engine;
use crate::problem::{Effect, Expr};
use crate::shape::{each_expr_mut, each_part_mut, inner_mut};
use crate::value::{FluentId, Val};
use crate::wants::fixed_facts;

/// An expression or effect about a few of the parameters, which are its first variables now.
#[derive(Debug)]
pub(super) struct Part<T> {
    number: usize,
    pub params: Vec<usize>,
    what: T,
}

/// The condition that is always true.
pub(super) const TRUE: u32 = 0;
/// The condition that is always false.
pub(super) const FALSE: u32 = 1;
/// What nothing is written by.
pub(super) const NOTHING: u32 = 0;

/// What is filled in by now.
#[derive(Debug)]
pub(super) struct Filling {
    pub conds: Vec<Cond>,
    /// What may be written together.
    pub groups: Vec<Vec<Write>>,
    /// By fluent, the value of what never changes.
    fixed: Vec<Option<Val>>,
    /// Parts that are written in the same way are one.
    numbers: FxHashMap<String, usize>,
    /// By part, by what its parameters are bound to: which condition or group it is.
    known: Vec<FxHashMap<Box<[Val]>, u32>>,
}

impl Filling {
    /// Nothing is filled in yet.
    pub fn new(engine: &Engine) -> Filling {
        let world = &engine.world;
        let facts = fixed_facts(world);
        let always = |fluent: FluentId| {
            let value = || engine.value(engine.start(), fluent);
            facts[world.fact_of(fluent)].then(value)
        };
        Filling {
            conds: vec![Cond::True, Cond::False],
            groups: vec![Vec::new()],
            fixed: (0..world.fluents() as FluentId).map(always).collect(),
            numbers: FxHashMap::default(),
            known: Vec::new(),
        }
    }

    /// A condition of something with so many parameters.
    pub fn condition(&mut self, expr: &Expr, params: usize) -> Part<Expr> {
        self.part(expr, params, variables)
    }

    /// An effect of something with so many parameters.
    pub fn effect(&mut self, effect: &Effect, params: usize) -> Part<Effect> {
        self.part(effect, params, effect_variables)
    }

    /// Its own parameters are renamed to be the first variables.
    fn part<T: Clone + std::fmt::Debug>(
        &mut self,
        what: &T,
        count: usize,
        rename: impl Fn(&mut T, &mut dyn FnMut(&mut usize)),
    ) -> Part<T> {
        let (mut what, mut params) = (what.clone(), Vec::new());
        rename(&mut what, &mut |var| {
            if *var < count && !params.contains(var) {
                params.push(*var);
            }
        });
        let bound = params.len();
        rename(&mut what, &mut |var| {
            let place = params.iter().position(|param| param == var);
            *var = place.unwrap_or_else(|| *var - count + bound);
        });
        let next = self.known.len();
        let number = *self.numbers.entry(format!("{what:?}")).or_insert(next);
        if number == next {
            self.known.push(FxHashMap::default());
        }
        Part {
            number,
            params,
            what,
        }
    }

    /// The condition under this binding of all parameters: [`TRUE`] and [`FALSE`] where it rests on what never changes.
    pub fn cond(&mut self, engine: &Engine, part: &Part<Expr>, env: &[Val]) -> u32 {
        let bound = Bound::of(part, env);
        if let Some(&known) = self.known[part.number].get(bound.values()) {
            return known;
        }
        let mut abstraction = self.abstraction(engine, bound.values());
        let cond = match abstraction.cond(&part.what, true) {
            Cond::True => TRUE,
            Cond::False => FALSE,
            cond => {
                self.conds.push(cond);
                self.conds.len() as u32 - 1
            }
        };
        self.known[part.number].insert(bound.values().into(), cond);
        cond
    }

    /// The same, if it has been asked for.
    pub fn known_cond(&self, part: &Part<Expr>, env: &[Val]) -> Option<u32> {
        let bound = Bound::of(part, env);
        self.known[part.number].get(bound.values()).copied()
    }

    /// What an effect may write under this binding of all parameters; or [`NOTHING`].
    pub fn group(&mut self, engine: &Engine, part: &Part<Effect>, env: &[Val]) -> u32 {
        let bound = Bound::of(part, env);
        if let Some(&known) = self.known[part.number].get(bound.values()) {
            return known;
        }
        let (mut writes, effect) = (Vec::new(), std::slice::from_ref(&part.what));
        let mut abstraction = self.abstraction(engine, bound.values());
        abstraction.writes(effect, &Cond::True, &mut writes);
        let group = if writes.is_empty() {
            NOTHING
        } else {
            self.groups.push(writes);
            self.groups.len() as u32 - 1
        };
        self.known[part.number].insert(bound.values().into(), group);
        group
    }

    fn abstraction<'e>(&'e self, engine: &'e Engine, env: &[Val]) -> Abstraction<'e> {
        Abstraction {
            world: &engine.world,
            env: env.to_vec(),
            fixed: &self.fixed,
        }
    }
}

/// What the parameters of a part are bound to; almost none has more than four.
enum Bound {
    Few([Val; 4], usize),
    Many(Vec<Val>),
}

impl Bound {
    fn of<T>(part: &Part<T>, env: &[Val]) -> Bound {
        let values = part.params.iter().map(|&param| env[param]);
        let mut few = [Val::NOTHING; 4];
        if part.params.len() > few.len() {
            return Bound::Many(values.collect());
        }
        few.iter_mut()
            .zip(values)
            .for_each(|(at, value)| *at = value);
        Bound::Few(few, part.params.len())
    }

    fn values(&self) -> &[Val] {
        match self {
            Bound::Few(values, count) => &values[..*count],
            Bound::Many(values) => values,
        }
    }
}

/// Calls `f` on every variable of an expression.
fn variables(expr: &mut Expr, f: &mut dyn FnMut(&mut usize)) {
    if let Expr::Var(var) = expr {
        f(var);
    }
    each_part_mut(expr, &mut |part| variables(part, f));
}

/// Calls `f` on every variable of an effect.
fn effect_variables(effect: &mut Effect, f: &mut dyn FnMut(&mut usize)) {
    each_expr_mut(effect, &mut |expr| variables(expr, f));
    inner_mut(effect).for_each(|part| effect_variables(part, f));
}
