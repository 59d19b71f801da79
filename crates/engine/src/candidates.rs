//! The possible events of an action, found by joins rather than by trying the product of all parameters.
//!
//! A condition `holder(gun) = shooter` names the shooter once the gun is known; `where(shooter) = where(victim)` can be asked
//! as soon as both are. So parameters are bound one after the other: first what a condition names outright, else the members
//! of the parameter's set, those first that let most conditions be asked; and every condition is asked as early as it can be.
//! The order depends only on which parameters are given, so it is worked out once for each action and such choice.

use crate::shape::each_part;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::expr::{At, Reader, Trace};
use crate::graph::Graph;
use crate::problem::{ActionId, AtomId, Expr, SetId};
use crate::value::Val;
use crate::world::World;

/// Which parameters are given, one bit each.
pub type Given = u64;

/// Whose parameters are bound: those of an action under its own conditions, or those of somebody else's list of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// An action with its `needs`.
    Action(ActionId),
    /// A list of conditions with a number of its own.
    List(usize),
}

/// What a parameter ranges over.
#[derive(Debug, Clone, Copy)]
pub enum Domain<'d> {
    /// A set of the problem.
    Set(SetId),
    /// These atoms.
    These(&'d [AtomId]),
}

impl<'d> Domain<'d> {
    /// The atom is one of them.
    pub fn contains(self, world: &World, atom: AtomId) -> bool {
        match self {
            Domain::Set(set) => world.position(set, atom).is_some(),
            Domain::These(atoms) => atoms.contains(&atom),
        }
    }

    /// All of them.
    pub fn members(self, world: &'d World) -> &'d [AtomId] {
        match self {
            Domain::Set(set) => world.members(set),
            Domain::These(atoms) => atoms,
        }
    }
}

/// Expressions that must have the value of the pin with this number, which is known only when bindings are looked for.
pub type Pins = Vec<(usize, Expr)>;

/// In which order parameters are bound, and when conditions are asked.
#[derive(Debug, Clone)]
pub struct Join {
    /// Conditions that can be asked before anything else is bound.
    pub first: Vec<Arc<Expr>>,
    /// Pins that can be.
    pub first_pins: Pins,
    /// One for each parameter that is not given.
    pub steps: Vec<Step>,
}

/// A parameter to be bound.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which.
    pub param: usize,
    /// Expressions whose value the parameter must have if the conditions are to hold; if there is none, all members of its
    /// set are tried.
    pub named: Vec<Expr>,
    /// Conditions that can be asked once it is bound.
    pub then: Vec<Arc<Expr>>,
    /// Pins that can be.
    pub then_pins: Pins,
}

/// A condition that must have come to hold: it did not at `was`.
#[derive(Debug, Clone, Copy)]
pub struct Turned {
    /// Which of the parts that must all hold for the action ([`conjuncts`]).
    pub condition: usize,
    /// Where it must not hold.
    pub was: At,
}

/// The orders worked out so far.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The conditions of actions.
    conditions: FxHashMap<ActionId, Arc<[Arc<Expr>]>>,
    joins: FxHashMap<(Whose, Given), Arc<Join>>,
}

impl Candidates {
    /// The arguments with which the action is possible at `at`, in the order of the parameters' sets; `args` gives some of
    /// them; only those by which a condition has `turned`, if one is given. Nothing if the number of arguments is wrong.
    pub fn find(
        &mut self,
        world: &World,
        graph: &Graph,
        at: At,
        action: ActionId,
        args: &[Option<AtomId>],
        turned: Option<Turned>,
    ) -> Vec<Vec<AtomId>> {
        let lifted = &world.problem.actions[action];
        let sets = &lifted.params;
        if args.len() != sets.len() {
            return Vec::new();
        }
        let mut env = vec![Val::NOTHING; sets.len()];
        for (index, (&set, arg)) in sets.iter().zip(args).enumerate() {
            if let &Some(atom) = arg {
                if world.position(set, atom).is_none() {
                    return Vec::new();
                }
                env[index] = Val::atom(atom);
            }
        }
        let conditions = self.conditions.entry(action).or_insert_with(|| {
            let mut conditions = Vec::new();
            let needs = lifted.needs.iter();
            needs.for_each(|need| conjuncts(&need.expr, &mut conditions));
            conditions.into()
        });
        let conditions = conditions.clone();
        let turned = turned.map(|turned| (&conditions[turned.condition], turned.was));
        let join = self.join(world, Whose::Action(action), sets, &env, || {
            conditions.to_vec()
        });
        let domains: Vec<Domain<'_>> = sets.iter().map(|&set| Domain::Set(set)).collect();
        let mut reader = Reader::new(world, graph, env);
        let mut found: Vec<Vec<AtomId>> = Vec::new();
        join.run_turned(&mut reader, at, &domains, &[], turned, &mut |env| {
            found.push(env.iter().filter_map(|value| value.as_atom()).collect());
        });
        let place = |args: &Vec<AtomId>| -> Vec<Option<usize>> {
            sets.iter()
                .zip(args)
                .map(|(&set, &arg)| world.position(set, arg))
                .collect()
        };
        found.sort_by_cached_key(place);
        found
    }

    /// The order in which to bind the parameters that `env` leaves open ([`Val::NOTHING`]).
    pub fn join(
        &mut self,
        world: &World,
        whose: Whose,
        sets: &[SetId],
        env: &[Val],
        conditions: impl FnOnce() -> Vec<Arc<Expr>>,
    ) -> Arc<Join> {
        let bound = |given: Given, (index, value): (usize, &Val)| {
            if *value == Val::NOTHING {
                given
            } else {
                given | 1 << index
            }
        };
        let given = env[..sets.len()].iter().enumerate().fold(0, bound);
        let sizes = sets.iter().map(|&set| world.members(set).len());
        let make = || {
            Arc::new(Join::new(
                &sizes.collect::<Vec<_>>(),
                conditions(),
                &[],
                given,
            ))
        };
        self.joins
            .entry((whose, given))
            .or_insert_with(make)
            .clone()
    }
}

/// Looks for bindings, as a join says.
struct Search<'s, 'r, T: Trace> {
    reader: &'s mut Reader<'r, T>,
    at: At,
    domains: &'s [Domain<'s>],
    pins: &'s [Val],
    /// A condition that must not hold there.
    turned: Option<(&'s Arc<Expr>, At)>,
    found: &'s mut dyn FnMut(&[Val]),
}

impl<T: Trace> Search<'_, '_, T> {
    fn all_hold(&mut self, conditions: &[Arc<Expr>], pins: &[(usize, Expr)]) -> bool {
        let (reader, at, turned) = (&mut *self.reader, self.at, self.turned);
        let held = |reader: &mut Reader<'_, T>, condition: &Arc<Expr>| {
            turned.is_some_and(|(turned, was)| {
                Arc::ptr_eq(turned, condition) && reader.holds(was, condition)
            })
        };
        conditions
            .iter()
            .all(|condition| reader.holds(at, condition) && !held(reader, condition))
            && pins
                .iter()
                .all(|(pin, expr)| reader.value(at, expr) == self.pins[*pin])
    }

    fn bind(&mut self, steps: &[Step]) {
        let Some((step, rest)) = steps.split_first() else {
            (self.found)(&self.reader.env);
            return;
        };
        let world = self.reader.world;
        let domain = self.domains[step.param];
        if let Some(named) = step.named.first() {
            let value = self.reader.value(self.at, named);
            if value
                .as_atom()
                .is_some_and(|atom| domain.contains(world, atom))
            {
                self.take(step, value, rest);
            }
        } else {
            for &member in domain.members(world) {
                self.take(step, Val::atom(member), rest);
            }
        }
        self.reader.env[step.param] = Val::NOTHING;
    }

    fn take(&mut self, step: &Step, value: Val, rest: &[Step]) {
        self.reader.env[step.param] = value;
        if self.all_hold(&step.then, &step.then_pins) {
            self.bind(rest);
        }
    }
}

impl Join {
    /// Calls `found` with every binding under which the conditions hold at `at` and the pinned expressions have the values
    /// `pins`. The reader's variables are those given, the others [`Val::NOTHING`].
    pub fn run<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        domains: &[Domain<'_>],
        pins: &[Val],
        found: &mut dyn FnMut(&[Val]),
    ) {
        self.run_turned(reader, at, domains, pins, None, found);
    }

    /// The same, only with bindings by which a condition has turned, if one is given.
    fn run_turned<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        domains: &[Domain<'_>],
        pins: &[Val],
        turned: Option<(&Arc<Expr>, At)>,
        found: &mut dyn FnMut(&[Val]),
    ) {
        let mut search = Search {
            reader,
            at,
            domains,
            pins,
            turned,
            found,
        };
        if search.all_hold(&self.first, &self.first_pins) {
            search.bind(&self.steps);
        }
    }

    /// Works out an order for parameters that range over so many atoms each; `given`: those bound beforehand.
    pub fn new(sizes: &[usize], conditions: Vec<Arc<Expr>>, pins: &[Expr], given: Given) -> Join {
        let needs: Vec<Given> = conditions
            .iter()
            .map(|expr| parameters(expr, sizes.len()))
            .collect();
        let mut names: Vec<(usize, Expr, Given)> = Vec::new();
        for expr in &conditions {
            for (param, expr) in named(expr, sizes.len()) {
                let needs = parameters(&expr, sizes.len());
                names.push((param, expr, needs));
            }
        }
        let mut pins: Vec<(usize, Expr, Given)> = pins
            .iter()
            .enumerate()
            .map(|(pin, expr)| (pin, expr.clone(), parameters(expr, sizes.len())))
            .collect();
        let mut pinned = |bound: Given| -> Pins {
            let now = pins.extract_if(.., |(_, _, needs)| *needs & !bound == 0);
            now.map(|(pin, expr, _)| (pin, expr)).collect()
        };
        let mut waiting: Vec<(Arc<Expr>, Given)> =
            conditions.into_iter().zip(needs.iter().copied()).collect();
        let mut ready = |bound: Given| {
            let mut ready = Vec::new();
            waiting.retain(|(expr, needs)| {
                let now = needs & !bound == 0;
                if now {
                    ready.push(expr.clone());
                }
                !now
            });
            ready
        };
        // How many branches it opens to try a parameter's members, roughly: fewer if it names others or more can be asked.
        let cost = |param: usize, bound: Given| {
            let after = bound | 1 << param;
            let mut named: Given = 0;
            for (other, _, needs) in &names {
                if after & 1 << *other == 0 && needs & !after == 0 {
                    named |= 1 << *other;
                }
            }
            let asked = needs
                .iter()
                .filter(|&needs| needs & 1 << param != 0 && needs & !after == 0)
                .count();
            sizes[param] * 12 / (1 + 2 * named.count_ones() as usize + asked)
        };
        let mut bound = given;
        let (first, first_pins) = (ready(bound), pinned(bound));
        let mut steps = Vec::new();
        loop {
            let open: Vec<usize> = (0..sizes.len())
                .filter(|&param| bound & 1 << param == 0)
                .collect();
            let is_named = |param: usize| {
                names
                    .iter()
                    .any(|(other, _, needs)| *other == param && needs & !bound == 0)
            };
            let next = open.iter().copied().find(|&param| is_named(param));
            let Some(param) =
                next.or_else(|| open.into_iter().min_by_key(|&param| cost(param, bound)))
            else {
                return Join {
                    first,
                    first_pins,
                    steps,
                };
            };
            let named = names
                .iter()
                .filter(|(other, _, needs)| *other == param && needs & !bound == 0)
                .map(|(_, expr, _)| expr.clone())
                .collect();
            bound |= 1 << param;
            steps.push(Step {
                param,
                named,
                then: ready(bound),
                then_pins: pinned(bound),
            });
        }
    }
}

/// The parts that must all hold.
pub(crate) fn conjuncts(expr: &Expr, into: &mut Vec<Arc<Expr>>) {
    match expr {
        Expr::And(parts) => parts.iter().for_each(|part| conjuncts(part, into)),
        other => into.push(Arc::new(other.clone())),
    }
}

/// Parameters that a condition names outright: `(parameter, the value that it must have)`.
fn named(condition: &Expr, params: usize) -> Vec<(usize, Expr)> {
    match condition {
        Expr::Eq(a, b) => [(a, b), (b, a)]
            .into_iter()
            .filter_map(|(var, value)| match **var {
                Expr::Var(index)
                    if index < params && parameters(value, params) & 1 << index == 0 =>
                {
                    Some((index, (**value).clone()))
                }
                _ => None,
            })
            .collect(),
        Expr::And(parts) => parts.iter().flat_map(|part| named(part, params)).collect(),
        Expr::Knows(_, what) => named(what, params),
        Expr::Believes(who, what) => named(what, params)
            .into_iter()
            .filter(|(index, _)| parameters(who, params) & 1 << index == 0)
            .map(|(index, value)| (index, Expr::Believes(who.clone(), Box::new(value))))
            .collect(),
        _ => Vec::new(),
    }
}

/// Which of the parameters occur. (Variables that a binder within the expression binds have higher numbers.)
pub(crate) fn parameters(expr: &Expr, params: usize) -> Given {
    let mut found = 0;
    if let Expr::Var(index) = expr {
        return if *index < params { 1 << index } else { 0 };
    }
    each_part(expr, &mut |part| found |= parameters(part, params));
    found
}
