//! What can happen is laid out: actions and triggers are filled in, those that are asked for.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Demand, Happening, Happenings, Kind};
use crate::abstraction::{Abstraction, Cond, Mask};
use crate::candidates::conjuncts;
use crate::engine::Engine;
use crate::problem::{Effect, Expr, FactId, Mode, SetId, Value};
use crate::value::{FluentId, Val};
use crate::wants::fixed_facts;
use crate::world::World;

/// Worlds with more events and trigger instances than this are not looked at: everything is taken as possible there.
const LARGEST: usize = 300_000;

/// An expression or effect about a few of the parameters, which are its first variables now.
struct Part<T> {
    number: usize,
    params: Vec<usize>,
    what: Arc<T>,
}

/// Lays out what can happen: fills in the parameters of actions and triggers.
#[derive(Debug)]
pub struct Laying {
    /// What is laid out by now.
    pub found: Happenings,
    /// For a true state, where nothing that is written into minds counts.
    truth: bool,
    fixed: Vec<bool>,
    /// The triggers, then the actions: what their effects may write, and whether they are laid out.
    laws: Vec<(Vec<(FactId, Mask)>, bool)>,
    /// Parts that are written in the same way are one.
    parts: FxHashMap<String, usize>,
    conds: FxHashMap<(usize, Bound), u32>,
    groups: FxHashMap<(usize, Bound), Option<u32>>,
}

/// The parameters of a part; almost none has more.
const MOST_SHARED: usize = 4;
type Bound = [Val; MOST_SHARED];

impl<T> Part<T> {
    /// Its parameters.
    fn bound(&self, env: &[Val]) -> Vec<Val> {
        self.params.iter().map(|&param| env[param]).collect()
    }

    /// What it is remembered by; nothing where it has too many parameters.
    fn key(&self, env: &[Val]) -> Option<(usize, Bound)> {
        let mut bound = [Val::NOTHING; MOST_SHARED];
        for (place, &param) in self.params.iter().enumerate() {
            *bound.get_mut(place)? = env[param];
        }
        Some((self.number, bound))
    }
}

/// What is being laid out.
struct Law<'l> {
    engine: &'l Engine,
    sets: &'l [SetId],
    /// Its conditions, by the number of parameters that must be bound.
    ready: Vec<Vec<&'l Part<Expr>>>,
    effects: Vec<Part<Effect>>,
    kind: Kind,
}

/// Always true, always false.
const TRUE: u32 = 0;
const FALSE: u32 = 1;

impl Laying {
    /// Nothing is laid out yet. `truth`: for a true state, where nothing that is written into minds counts. None if there is too
    /// much to lay out.
    pub fn new(engine: &Engine, truth: bool) -> Option<Laying> {
        let world = &engine.world;
        if world.size() > LARGEST {
            return None;
        }
        let (triggers, actions) = (&world.problem.triggers, &world.problem.actions);
        let effects = triggers.iter().map(|trigger| &trigger.effects);
        let effects = effects.chain(actions.iter().map(|action| &action.effects));
        let laws = effects.map(|effects| {
            let mut writes = Vec::new();
            may_write(world, &counting(effects, truth), &mut writes);
            (writes, false)
        });
        Some(Laying {
            found: Happenings {
                conds: vec![Cond::True, Cond::False],
                ..Happenings::default()
            },
            truth,
            fixed: fixed_facts(world),
            laws: laws.collect(),
            parts: FxHashMap::default(),
            conds: FxHashMap::default(),
            groups: FxHashMap::default(),
        })
    }

    /// Lays out everything that may write what is in demand, or everything. True if there was anything.
    pub fn lay(&mut self, engine: &Engine, demand: Option<&Demand>) -> bool {
        let problem = &engine.world.problem;
        let mut new = false;
        for law in 0..self.laws.len() {
            let (writes, laid) = &mut self.laws[law];
            let asked = |&(fact, mask): &(FactId, Mask)| {
                demand.is_none_or(|demand| demand.wants(fact, mask))
            };
            if *laid || !writes.iter().any(asked) {
                continue;
            }
            (*laid, new) = (true, true);
            if let Some(trigger) = problem.triggers.get(law) {
                let needs = [&trigger.when];
                self.happenings(
                    engine,
                    &trigger.params,
                    &needs,
                    &trigger.effects,
                    Kind::Free,
                );
                continue;
            }
            let action = &problem.actions[law - problem.triggers.len()];
            let planned = action.mode == Mode::Chosen && action.meant.is_none();
            let kind = match (planned, action.journey) {
                (true, true) => Kind::Free,
                (true, false) => Kind::Planned,
                (false, _) => Kind::Other,
            };
            let needs: Vec<&Expr> = action.needs.iter().map(|need| &need.expr).collect();
            self.happenings(engine, &action.params, &needs, &action.effects, kind);
        }
        new
    }

    /// A part of something with so many parameters, its own parameters renamed to be the first variables.
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
        let next = self.parts.len();
        let number = *self.parts.entry(format!("{what:?}")).or_insert(next);
        Part {
            number,
            params,
            what: Arc::new(what),
        }
    }

    fn happenings(
        &mut self,
        engine: &Engine,
        sets: &[SetId],
        needs: &[&Expr],
        effects: &[Effect],
        kind: Kind,
    ) {
        let mut all = Vec::new();
        needs.iter().for_each(|need| conjuncts(need, &mut all));
        let count = sets.len();
        let needs: Vec<Part<Expr>> = all
            .iter()
            .map(|need| self.part(&**need, count, variables))
            .collect();
        let effects = counting(effects, self.truth);
        let effects: Vec<Part<Effect>> = effects
            .iter()
            .map(|effect| self.part(effect, count, effect_variables))
            .collect();
        // A condition is asked as soon as its parameters are bound.
        let ready = |bound: usize| {
            let last = |part: &&Part<Expr>| part.params.iter().max().map_or(0, |&last| last + 1);
            needs
                .iter()
                .filter(move |part| last(part) == bound)
                .collect()
        };
        let ready: Vec<Vec<&Part<Expr>>> = (0..=count).map(ready).collect();
        let law = Law {
            engine,
            sets,
            ready,
            effects,
            kind,
        };
        self.bind(&law, &mut Vec::new(), &mut Vec::new());
    }

    fn bind(&mut self, law: &Law<'_>, env: &mut Vec<Val>, needs: &mut Vec<u32>) {
        let before = needs.len();
        for part in &law.ready[env.len()] {
            match self.cond(law.engine, part, env) {
                TRUE => {}
                FALSE => return needs.truncate(before),
                cond => needs.push(cond),
            }
        }
        if let Some(&set) = law.sets.get(env.len()) {
            for &member in law.engine.world.members(set) {
                env.push(Val::atom(member));
                self.bind(law, env, needs);
                env.pop();
            }
        } else {
            let parts = law.effects.iter();
            let groups = parts.filter_map(|part| self.group(law.engine, part, env));
            let groups: Box<[u32]> = groups.collect();
            if !groups.is_empty() {
                self.found.all.push(Happening {
                    needs: needs.as_slice().into(),
                    groups,
                    kind: law.kind,
                });
            }
        }
        needs.truncate(before);
    }

    fn cond(&mut self, engine: &Engine, part: &Part<Expr>, env: &[Val]) -> u32 {
        let key = part.key(env);
        if let Some(&known) = key.and_then(|key| self.conds.get(&key)) {
            return known;
        }
        let cond = abstraction(engine, part.bound(env)).cond(&part.what, true);
        let cond = match self.certain(engine, &cond) {
            Some(true) => TRUE,
            Some(false) => FALSE,
            None => {
                self.found.conds.push(cond);
                self.found.conds.len() as u32 - 1
            }
        };
        key.map(|key| self.conds.insert(key, cond));
        cond
    }

    /// What a condition comes to where it rests on what never changes.
    fn certain(&self, engine: &Engine, cond: &Cond) -> Option<bool> {
        let constant = |fluent: FluentId| self.fixed[engine.world.fact_of(fluent)];
        match cond {
            Cond::True => Some(true),
            Cond::False => Some(false),
            Cond::Among(fluent, mask) if constant(*fluent) => {
                let value = engine.value(engine.start(), *fluent);
                let fact = engine.world.fact_of(*fluent);
                Some(abstraction(engine, Vec::new()).bit(fact, value) & mask != 0)
            }
            Cond::All(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match self.certain(engine, part) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => all = None,
                    }
                }
                all
            }
            Cond::Any(parts) => {
                let mut any = Some(false);
                for part in parts {
                    match self.certain(engine, part) {
                        Some(false) => {}
                        Some(true) => return Some(true),
                        None => any = None,
                    }
                }
                any
            }
            _ => None,
        }
    }

    /// What an effect may write, if anything.
    fn group(&mut self, engine: &Engine, part: &Part<Effect>, env: &[Val]) -> Option<u32> {
        let key = part.key(env);
        if let Some(&known) = key.and_then(|key| self.groups.get(&key)) {
            return known;
        }
        let (mut writes, effect) = (Vec::new(), std::slice::from_ref(&*part.what));
        abstraction(engine, part.bound(env)).writes(effect, &Cond::True, &mut writes);
        writes.retain_mut(|write| match self.certain(engine, &write.when) {
            Some(false) => false,
            Some(true) => {
                write.when = Cond::True;
                true
            }
            None => true,
        });
        let found = (!writes.is_empty()).then(|| {
            self.found.groups.push(writes);
            self.found.groups.len() as u32 - 1
        });
        key.map(|key| self.groups.insert(key, found));
        found
    }
}

fn abstraction(engine: &Engine, env: Vec<Val>) -> Abstraction<'_> {
    let world = &engine.world;
    Abstraction { world, env }
}

/// The facts that effects may write, with the values.
fn may_write(world: &World, effects: &[Effect], into: &mut Vec<(FactId, Mask)>) {
    for effect in effects {
        let (place, value) = match effect {
            Effect::Set(place, value) => (place, Some(value)),
            Effect::Share { place, value, .. } => (place, value.as_ref()),
            Effect::Believe { place, .. } | Effect::Show(place) | Effect::Learn { place, .. } => {
                (place, None)
            }
            Effect::When(_, then, otherwise) => {
                may_write(world, then, into);
                may_write(world, otherwise, into);
                continue;
            }
            Effect::Each(_, _, body) => {
                may_write(world, body, into);
                continue;
            }
        };
        let Expr::Fact(fact, _) = place else {
            into.extend(
                world
                    .problem
                    .claims
                    .iter()
                    .map(|claim| (claim.fact, Mask::MAX)),
            );
            continue;
        };
        let mask = match value {
            Some(Expr::Const(value @ (Value::Atom(_) | Value::Bool(_)))) => {
                let env = Vec::new();
                Abstraction { world, env }.bit(*fact, world.constant(*value))
            }
            _ => Mask::MAX,
        };
        into.push((*fact, mask));
    }
}

/// What counts of effects.
fn counting(effects: &[Effect], truth: bool) -> Vec<Effect> {
    if truth {
        outside_minds(effects)
    } else {
        effects.to_vec()
    }
}

/// Of effects, what is not written into minds.
fn outside_minds(effects: &[Effect]) -> Vec<Effect> {
    let left = effects.iter().filter_map(|effect| match effect {
        Effect::Set(..) => Some(effect.clone()),
        Effect::When(when, then, otherwise) => {
            let (then, otherwise) = (outside_minds(then), outside_minds(otherwise));
            let any = !then.is_empty() || !otherwise.is_empty();
            any.then(|| Effect::When(when.clone(), then, otherwise))
        }
        Effect::Each(set, when, body) => {
            let body = outside_minds(body);
            (!body.is_empty()).then(|| Effect::Each(*set, when.clone(), body))
        }
        _ => None,
    });
    left.collect()
}

/// Calls `f` on every variable of an expression.
fn variables(expr: &mut Expr, f: &mut dyn FnMut(&mut usize)) {
    if let Expr::Var(var) = expr {
        f(var);
    }
    crate::candidates::each_part_mut(expr, &mut |part| variables(part, f));
}

/// Calls `f` on every variable of an effect.
fn effect_variables(effect: &mut Effect, f: &mut dyn FnMut(&mut usize)) {
    match effect {
        Effect::Set(place, value) => {
            variables(place, f);
            variables(value, f);
        }
        Effect::Show(place) => variables(place, f),
        Effect::Share {
            among,
            speaker,
            place,
            value,
        } => {
            let exprs = among.iter_mut().chain(speaker).chain([place]).chain(value);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::Learn { who, place, from } => {
            let exprs = [who, place].into_iter().chain(from);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::Believe {
            path, place, value, ..
        } => {
            let exprs = path.iter_mut().chain([place, value]);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::When(when, then, otherwise) => {
            variables(when, f);
            let parts = then.iter_mut().chain(otherwise);
            parts.for_each(|part| effect_variables(part, f));
        }
        Effect::Each(_, when, body) => {
            variables(when, f);
            body.iter_mut().for_each(|part| effect_variables(part, f));
        }
    }
}
