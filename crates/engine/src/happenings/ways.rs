//! Ways to what is asked for: the effects of actions and triggers one by one, with the parameters filled in that occur in them.
//! They are looked up by the fluent that they may write, filled in when that is first asked for, and kept.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::filling::{Filling, Part, NOTHING};
use crate::abstraction::{Abstraction, Mask};
use crate::candidates::conjuncts;
use crate::engine::Engine;
use crate::problem::{Effect, Expr, FactId, Range, SetId};
use crate::shape::{inner, written};
use crate::value::{FluentId, Val};
use crate::world::World;

/// An effect with its parameters filled in.
#[derive(Debug)]
pub(super) struct Way {
    pub writer: usize,
    /// All parameters of the action; those that do not occur in the effect are bound to nothing.
    pub env: Vec<Val>,
    /// What it may write.
    pub group: u32,
    /// The conditions about its own parameters alone, as far as they have been asked.
    pub needs: Vec<u32>,
}

/// The effects of a world by what they may write, and the ways that are filled in by now.
#[derive(Debug)]
pub(super) struct Ways {
    pub filling: Filling,
    pub all: Vec<Way>,
    /// The triggers, then the actions; as soon as one is asked for.
    laws: Vec<Option<Arc<Law>>>,
    writers: Vec<Writer>,
    /// By fact, the effects that may write it.
    of: Vec<Vec<usize>>,
    /// By fluent, the ways to it, and to which values of it they are all there.
    to: FxHashMap<FluentId, (Mask, Vec<u32>)>,
    /// By effect and what its parameters are bound to.
    known: FxHashSet<(usize, Vec<Val>)>,
}

/// A trigger or an action.
#[derive(Debug)]
pub(super) struct Law {
    /// Which action, if it is one.
    pub action: Option<usize>,
    pub sets: Vec<SetId>,
    pub needs: Vec<Part<Expr>>,
}

/// One effect of a trigger or an action.
#[derive(Debug)]
struct Writer {
    law: usize,
    effect: Effect,
    targets: Vec<Target>,
    course: Option<Arc<Course>>,
    /// All its ways are there.
    filled: bool,
}

/// In which order parameters are bound: those of the effect, then one after the other; and the conditions that can be asked then.
#[derive(Debug)]
pub(super) struct Course {
    effect: Part<Effect>,
    pub first: Vec<usize>,
    pub others: Vec<(usize, Vec<usize>)>,
}

impl Ways {
    /// No way is filled in yet. `truth`: for true states, where nothing that is written into minds counts.
    pub fn new(engine: &Engine, truth: bool) -> Ways {
        let world = &engine.world;
        let (triggers, actions) = (&world.problem.triggers, &world.problem.actions);
        let effects = triggers.iter().map(|trigger| &trigger.effects);
        let effects = effects.chain(actions.iter().map(|action| &action.effects));
        let (mut laws, mut writers) = (Vec::new(), Vec::new());
        for (law, effects) in effects.enumerate() {
            laws.push(None);
            let mut single = Vec::new();
            singly(effects, truth, &mut single);
            writers.extend(single.into_iter().map(|effect| Writer {
                law,
                targets: targets(world, &effect),
                effect,
                course: None,
                filled: false,
            }));
        }
        let mut of = vec![Vec::new(); world.problem.facts.len()];
        for (index, writer) in writers.iter().enumerate() {
            for target in &writer.targets {
                if of[target.fact].last() != Some(&index) {
                    of[target.fact].push(index);
                }
            }
        }
        Ways {
            filling: Filling::new(engine),
            all: Vec::new(),
            laws,
            writers,
            of,
            to: FxHashMap::default(),
            known: FxHashSet::default(),
        }
    }

    /// The ways to a fluent, among them all that may give it one of these values.
    pub fn to(&mut self, engine: &Engine, fluent: FluentId, values: Mask) -> Vec<u32> {
        let there = self.to.entry(fluent).or_default();
        let values = values & !there.0;
        there.0 |= values;
        if values != 0 {
            let world = &engine.world;
            let fact = world.fact_of(fluent);
            for index in 0..self.of[fact].len() {
                let writer = self.of[fact][index];
                let (law, course) = self.course(world, writer);
                if self.writers[writer]
                    .targets
                    .iter()
                    .any(|target| target.vague)
                {
                    if !std::mem::replace(&mut self.writers[writer].filled, true) {
                        let mut env = vec![Val::NOTHING; law.sets.len()];
                        self.bind(engine, writer, (&law, &course), &mut env, 0);
                    }
                    continue;
                }
                for target in 0..self.writers[writer].targets.len() {
                    let target = &self.writers[writer].targets[target];
                    if target.fact != fact {
                        continue;
                    }
                    if let Some(mut env) = target.unified(world, &law.sets, fluent, values) {
                        self.bind(engine, writer, (&law, &course), &mut env, 0);
                    }
                }
            }
        }
        self.to[&fluent].1.clone()
    }

    /// Binds the parameters of an effect that are not bound so far, from this one on.
    fn bind(
        &mut self,
        engine: &Engine,
        writer: usize,
        (law, course): (&Law, &Course),
        env: &mut [Val],
        from: usize,
    ) {
        let mut params = course.effect.params.iter().enumerate().skip(from);
        if let Some((place, &param)) = params.find(|(_, &param)| env[param] == Val::NOTHING) {
            for &member in engine.world.members(law.sets[param]) {
                env[param] = Val::atom(member);
                self.bind(engine, writer, (law, course), env, place + 1);
            }
            env[param] = Val::NOTHING;
        } else if self.known.insert((writer, env.to_vec())) {
            self.add(engine, writer, course, env);
        }
    }

    /// A way that is new, unless it can write nothing.
    fn add(&mut self, engine: &Engine, writer: usize, course: &Course, env: &[Val]) {
        let group = self.filling.group(engine, &course.effect, env);
        if group == NOTHING {
            return;
        }
        let way = self.all.len() as u32;
        self.all.push(Way {
            writer,
            env: env.to_vec(),
            group,
            needs: Vec::new(),
        });
        for write in &self.filling.groups[group as usize] {
            let ways = &mut self.to.entry(write.fluent).or_default().1;
            if ways.last() != Some(&way) {
                ways.push(way);
            }
        }
    }

    /// A trigger or action with its conditions.
    fn law(&mut self, world: &World, law: usize) -> Arc<Law> {
        if let Some(known) = &self.laws[law] {
            return known.clone();
        }
        let (problem, mut all) = (&world.problem, Vec::new());
        let sets = match problem.triggers.get(law) {
            Some(trigger) => {
                conjuncts(&trigger.when, &mut all);
                &trigger.params
            }
            None => {
                let action = &problem.actions[law - problem.triggers.len()];
                let needs = action.needs.iter();
                needs.for_each(|need| conjuncts(&need.expr, &mut all));
                &action.params
            }
        };
        let needs = all.iter();
        let needs = needs.map(|need| self.filling.condition(need, sets.len()));
        let made = Arc::new(Law {
            action: law.checked_sub(problem.triggers.len()),
            needs: needs.collect(),
            sets: sets.clone(),
        });
        self.laws[law] = Some(made.clone());
        made
    }

    /// The conditions of an effect's action or trigger with all its parameters bound, as far as they were asked for.
    pub fn needs_of(&self, writer: usize, env: &[Val]) -> Vec<u32> {
        let law = self.laws[self.writers[writer].law].as_ref();
        let needs = law.into_iter().flat_map(|law| &law.needs);
        needs
            .filter_map(|part| self.filling.known_cond(part, env))
            .collect()
    }

    /// The action of an effect; none if it is that of a trigger.
    pub fn action_of(&self, writer: usize) -> Option<usize> {
        self.laws[self.writers[writer].law].as_ref()?.action
    }

    /// How the parameters of an effect's action are bound: next always that with which most conditions can be asked, of these the one
    /// with the fewest choices.
    pub fn course(&mut self, world: &World, writer: usize) -> (Arc<Law>, Arc<Course>) {
        let law = self.law(world, self.writers[writer].law);
        if let Some(known) = &self.writers[writer].course {
            return (law, known.clone());
        }
        let effect = &self.writers[writer].effect;
        let effect = self.filling.effect(effect, law.sets.len());
        let mut bound: Vec<bool> = vec![false; law.sets.len()];
        effect.params.iter().for_each(|&param| bound[param] = true);
        let mut left: Vec<usize> = (0..law.needs.len()).collect();
        let mut ready = |bound: &[bool]| -> Vec<usize> {
            let can = |&need: &usize| law.needs[need].params.iter().all(|&param| bound[param]);
            let (ready, later) = left.iter().partition(|&need| can(need));
            left = later;
            ready
        };
        let (first, mut others) = (ready(&bound), Vec::new());
        while let Some(next) =
            (0..bound.len())
                .filter(|&param| !bound[param])
                .max_by_key(|&param| {
                    let needs = law.needs.iter().filter(|need| {
                        need.params.contains(&param)
                            && need
                                .params
                                .iter()
                                .all(|&other| other == param || bound[other])
                    });
                    let choices = world.members(law.sets[param]).len();
                    (needs.count(), std::cmp::Reverse((choices, param)))
                })
        {
            bound[next] = true;
            others.push((next, ready(&bound)));
        }
        let made = Arc::new(Course {
            effect,
            first,
            others,
        });
        self.writers[writer].course = Some(made.clone());
        (law, made)
    }
}

/// A fact that is written: its arguments and the value, as far as they are said outright.
#[derive(Debug)]
struct Target {
    fact: FactId,
    args: Vec<Expr>,
    value: Option<Expr>,
    /// Which instance of it there is no telling.
    vague: bool,
}

impl Target {
    /// The parameters so bound that it is this fluent, if it can be, and can get one of the values. Others are bound to nothing.
    fn unified(
        &self,
        world: &World,
        sets: &[SetId],
        fluent: FluentId,
        values: Mask,
    ) -> Option<Vec<Val>> {
        let mut env = vec![Val::NOTHING; sets.len()];
        for (expr, &arg) in self.args.iter().zip(world.args_of(fluent)) {
            match expr {
                Expr::Const(value) if world.constant(*value) != Val::atom(arg) => return None,
                Expr::Var(param) if *param < sets.len() => {
                    world.position(sets[*param], arg)?;
                    let bound = std::mem::replace(&mut env[*param], Val::atom(arg));
                    if bound != Val::NOTHING && bound != Val::atom(arg) {
                        return None;
                    }
                }
                _ => {}
            }
        }
        if world.problem.facts[self.fact].range == Range::Number {
            return Some(env);
        }
        let value = match self.value {
            Some(Expr::Const(value)) => world.constant(value),
            Some(Expr::Var(param)) if param < sets.len() => env[param],
            _ => Val::NOTHING,
        };
        let abstraction = Abstraction::new(world, Vec::new());
        let fits = value == Val::NOTHING || abstraction.bit(self.fact, value) & values != 0;
        fits.then_some(env)
    }
}

/// The effects one by one, each with the conditions under which it is one. In a true state what is written into minds does not count.
fn singly(effects: &[Effect], truth: bool, into: &mut Vec<Effect>) {
    for effect in effects {
        let mut inner = Vec::new();
        match effect {
            Effect::When(when, then, otherwise) => {
                let when = |then, otherwise| Effect::When(when.clone(), then, otherwise);
                singly(then, truth, &mut inner);
                into.extend(inner.drain(..).map(|one| when(vec![one], Vec::new())));
                singly(otherwise, truth, &mut inner);
                into.extend(inner.drain(..).map(|one| when(Vec::new(), vec![one])));
            }
            Effect::Each(set, when, body) => {
                singly(body, truth, &mut inner);
                let each = |one| Effect::Each(*set, when.clone(), vec![one]);
                into.extend(inner.into_iter().map(each));
            }
            Effect::Set(..) => into.push(effect.clone()),
            _ if truth => {}
            _ => into.push(effect.clone()),
        }
    }
}

/// What a single effect writes.
fn targets(world: &World, effect: &Effect) -> Vec<Target> {
    let Some((place, value)) = written(effect) else {
        return inner(effect)
            .flat_map(|part| targets(world, part))
            .collect();
    };
    // What somebody is made to believe may be read in that mind.
    let value = value.filter(|_| !matches!(effect, Effect::Believe { .. }));
    if let Expr::Fact(fact, args) = place {
        return vec![Target {
            fact: *fact,
            args: args.clone(),
            value: value.cloned(),
            vague: false,
        }];
    }
    // No telling which: whatever something can be said about.
    let claims = world.problem.claims.iter();
    let target = |fact| Target {
        fact,
        args: Vec::new(),
        value: None,
        vague: true,
    };
    claims.map(|claim| target(claim.fact)).collect()
}
