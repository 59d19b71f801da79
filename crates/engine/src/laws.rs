//! What follows by itself, indexed: which instances of triggers and which visible facts can be touched by a change.
//!
//! A trigger that was at rest can only fire after something changed that its condition or its effects read or write. Each place
//! where they do so is an [`Occurrence`]; a changed fluent binds the variables there, and a join finds the rest.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::expr::{At, Reader, Trace};
use crate::join::{conjuncts, variables, Goal, Join};
use crate::problem::{AtomId, Effect, Expr, FactId, SetId};
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// A trigger with its parameters as positions in their sets: the order of instances is the order of these.
pub type Instance = (usize, Box<[u32]>);

/// In which state something is read or written.
#[derive(Debug)]
enum Place {
    Here,
    /// In the mind of this person, if it can be told from the parameters.
    Mind(Option<Expr>),
}

/// A place where something is read or written.
#[derive(Debug)]
struct Occurrence {
    place: Place,
    /// Of which fact, with which arguments (where they can be told from the parameters). None: any fact, in that mind or in
    /// minds within it.
    fact: Option<(FactId, Vec<Option<Expr>>)>,
}

/// What changed between two states.
#[derive(Debug, Default)]
pub struct Change {
    /// Fluents here.
    pub here: Vec<FluentId>,
    /// Minds, and the fluents that changed there.
    pub minds: Vec<(Person, Vec<FluentId>)>,
}

/// A fact that shows itself, with all its lines.
#[derive(Debug)]
pub struct Shown {
    /// The fact.
    pub fact: FactId,
    /// Indexes into the problem's `visible`.
    pub lines: Vec<usize>,
    occurrences: Vec<Occurrence>,
}

/// The triggers and visible facts of one world.
#[derive(Debug)]
pub struct Laws {
    triggers: Vec<Vec<Occurrence>>,
    /// Visible facts, in order of their first lines.
    pub visible: Vec<Shown>,
    /// For each fact, its place in `visible`.
    place: Vec<Option<usize>>,
    /// Somebody's perception depends on what somebody thinks.
    pub perception_by_minds: bool,
}

impl Laws {
    /// Indexes the laws of a world.
    pub fn new(world: &World) -> Laws {
        let problem = &world.problem;
        let triggers = problem.triggers.iter().map(|trigger| {
            let mut finder = Finder {
                params: trigger.params.len(),
                chain: Vec::new(),
                found: Vec::new(),
            };
            finder.expr(&trigger.when);
            finder.effects(&trigger.effects);
            finder.found
        });
        let triggers = triggers.collect();
        let mut visible: Vec<Shown> = Vec::new();
        let mut place = vec![None; problem.facts.len()];
        for (line, law) in problem.visible.iter().enumerate() {
            let params = problem.facts[law.fact].args.len() + 1;
            let mut finder = Finder {
                params,
                chain: Vec::new(),
                found: Vec::new(),
            };
            finder.expr(&law.when);
            let at = *place[law.fact].get_or_insert_with(|| {
                visible.push(Shown {
                    fact: law.fact,
                    lines: Vec::new(),
                    occurrences: Vec::new(),
                });
                visible.len() - 1
            });
            visible[at].lines.push(line);
            visible[at].occurrences.extend(finder.found);
        }
        let perception_by_minds = visible
            .iter()
            .flat_map(|shown| &shown.occurrences)
            .any(|one| matches!(one.place, Place::Mind(_)));
        Laws {
            triggers,
            visible,
            place,
            perception_by_minds,
        }
    }

    /// Nothing follows from anything.
    pub fn is_empty(&self) -> bool {
        self.triggers.is_empty() && self.visible.is_empty()
    }

    /// Where a fluent stands in the order in which visible facts are looked at.
    pub fn order(&self, world: &World, fluent: FluentId) -> Option<usize> {
        self.place[world.fact_of(fluent)]
    }

    /// All trigger instances whose condition holds.
    pub fn all<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        mind: bool,
        into: &mut BTreeSet<Instance>,
    ) {
        for trigger in 0..self.triggers.len() {
            instances(reader, at, trigger, mind, &[], into);
        }
    }

    /// The trigger instances whose condition holds and that a change can have touched.
    pub fn touched<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        mind: bool,
        change: &Change,
        into: &mut BTreeSet<Instance>,
    ) {
        for (trigger, occurrences) in self.triggers.iter().enumerate() {
            for one in occurrences {
                one.matches(reader.world, change, true, |goals| {
                    instances(reader, at, trigger, mind, &goals, into);
                });
            }
        }
    }

    /// The visible fluents, by place and number, that a change here or in the mind of an observer can have touched, for the
    /// observers asked for.
    pub fn perceived<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        changed: &[FluentId],
        observers: &[AtomId],
        mut into: impl FnMut(Person, usize, FluentId),
    ) {
        let world = reader.world;
        for &fluent in changed {
            if let Some(place) = self.order(world, fluent) {
                for &observer in observers {
                    into(
                        world.person(observer).expect("observers are persons"),
                        place,
                        fluent,
                    );
                }
            }
        }
        let change = Change {
            here: changed.to_vec(),
            minds: Vec::new(),
        };
        for (place, shown) in self.visible.iter().enumerate() {
            let sets = &world.problem.facts[shown.fact].args;
            let mut params: Vec<&[AtomId]> = sets.iter().map(|&set| world.members(set)).collect();
            params.push(observers);
            for one in &shown.occurrences {
                one.matches(world, &change, false, |goals| {
                    if let Some(fixed) = fix(&goals, &params) {
                        let join = Join::new(reader, at, &params, &goals);
                        let _ = join.run(&fixed, |reader, _| {
                            let (args, observer) = reader.env.split_at(sets.len());
                            let mut index = 0;
                            for (at, value) in args.iter().enumerate() {
                                let atom = value.as_atom().expect("parameters are atoms");
                                let next = world.step(shown.fact, at, index, atom);
                                index = next.expect("of the fact's sets");
                            }
                            let person = world.person_of(observer[0]);
                            let person = person.expect("observers are persons");
                            into(person, place, world.base(shown.fact) + index);
                            ControlFlow::Continue(())
                        });
                    }
                });
            }
        }
    }
}

/// The parameters that goals bind outright; none if they bind one to what it cannot be.
fn fix(goals: &[Goal<'_>], params: &[&[AtomId]]) -> Option<Vec<Option<AtomId>>> {
    let mut fixed = vec![None; params.len()];
    for goal in goals {
        if let Goal::Is(Expr::Var(param), value) = *goal {
            let atom = value.as_atom()?;
            if !params[*param].contains(&atom) || fixed[*param].is_some_and(|other| other != atom) {
                return None;
            }
            fixed[*param] = Some(atom);
        }
    }
    Some(fixed)
}

/// The parameters of an instance.
pub fn arguments(world: &World, (trigger, positions): &Instance) -> Vec<AtomId> {
    let params = &world.problem.triggers[*trigger].params;
    params
        .iter()
        .zip(positions)
        .map(|(&set, &at)| world.members(set)[at as usize])
        .collect()
}

/// Adds the instances of a trigger that meet these goals and whose condition holds.
fn instances<T: Trace>(
    reader: &mut Reader<'_, T>,
    at: At,
    trigger: usize,
    mind: bool,
    pins: &[Goal<'_>],
    into: &mut BTreeSet<Instance>,
) {
    let world = reader.world;
    let law = &world.problem.triggers[trigger];
    if law.minds_only && !mind {
        return;
    }
    let mut goals: Vec<Goal<'_>> = pins.to_vec();
    conjuncts(&law.when, &mut goals);
    let params: Vec<&[AtomId]> = law.params.iter().map(|&set| world.members(set)).collect();
    let fixed = vec![None; params.len()];
    let join = Join::new(reader, at, &params, &goals);
    let _ = join.run(&fixed, |reader, _| {
        let place = |(&set, value): (&SetId, &Val)| {
            let atom = value.as_atom().expect("parameters are atoms");
            world.position(set, atom).expect("members of their sets") as u32
        };
        into.insert((
            trigger,
            law.params.iter().zip(&reader.env).map(place).collect(),
        ));
        ControlFlow::Continue(())
    });
}

impl Occurrence {
    /// Calls `found` with the conditions under which an instance is touched by the change, once for each way. Without `minds`,
    /// what is read in minds does not count.
    fn matches<'e>(
        &'e self,
        world: &World,
        change: &Change,
        minds: bool,
        mut found: impl FnMut(Vec<Goal<'e>>),
    ) {
        let mut fluents = |changed: &[FluentId], goals: &[Goal<'e>]| match &self.fact {
            None => found(goals.to_vec()),
            Some((fact, args)) => {
                for &fluent in changed
                    .iter()
                    .filter(|&&fluent| world.fact_of(fluent) == *fact)
                {
                    let pins = args.iter().zip(world.args_of(fluent));
                    let pins = pins
                        .filter_map(|(arg, &atom)| Some(Goal::Is(arg.as_ref()?, Val::atom(atom))));
                    found(goals.iter().copied().chain(pins).collect());
                }
            }
        };
        match &self.place {
            Place::Here if change.here.is_empty() => {}
            Place::Here => fluents(&change.here, &[]),
            Place::Mind(_) if !minds => {}
            Place::Mind(who) => {
                for (person, changed) in &change.minds {
                    let atom = Val::atom(world.atom(*person));
                    let goal = who.as_ref().map(|who| Goal::Is(who, atom));
                    fluents(changed, goal.as_slice());
                }
            }
        }
    }
}

/// Finds occurrences.
struct Finder<'e> {
    params: usize,
    chain: Vec<&'e Expr>,
    found: Vec<Occurrence>,
}

impl<'e> Finder<'e> {
    /// The expression says the same whatever is bound within its surroundings.
    fn outer(&self, expr: &Expr) -> bool {
        variables(expr, usize::MAX) >> self.params == 0
    }

    fn occurs(&mut self, fact: Option<(FactId, &'e [Expr])>) {
        let args = |this: &Self, args: &'e [Expr]| {
            let told = |arg: &&Expr| {
                // In somebody's mind, only what does not depend on that mind.
                this.outer(arg)
                    && (this.chain.is_empty() || matches!(arg, Expr::Var(_) | Expr::Const(_)))
            };
            args.iter()
                .map(|arg| Some(arg).filter(told).cloned())
                .collect()
        };
        let fact = fact.map(|(fact, given)| (fact, args(self, given)));
        let found = match self.chain[..] {
            [] => Occurrence {
                place: Place::Here,
                fact,
            },
            [who, ref deeper @ ..] => {
                let fact = if deeper.is_empty() { fact } else { None };
                let place = Place::Mind(self.outer(who).then(|| who.clone()));
                Occurrence { place, fact }
            }
        };
        self.found.push(found);
    }

    fn exprs(&mut self, exprs: &'e [Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn inside(&mut self, path: &[&'e Expr], then: impl FnOnce(&mut Self)) {
        let depth = self.chain.len();
        self.chain.extend(path);
        then(self);
        self.chain.truncate(depth);
    }

    fn expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Const(_) | Expr::Var(_) => {}
            Expr::Fact(fact, args) => {
                self.exprs(args);
                self.occurs(Some((*fact, args)));
            }
            Expr::Topic(of) => {
                self.expr(of);
                self.occurs(None);
            }
            Expr::And(parts) | Expr::Or(parts) => self.exprs(parts),
            Expr::Claimed(of)
            | Expr::Not(of)
            | Expr::Known(of)
            | Expr::Maybe(of)
            | Expr::Next(of, _)
            | Expr::Prev(of, _)
            | Expr::IsIn(of, _)
            | Expr::Any(_, of)
            | Expr::All(_, of)
            | Expr::Count(_, of)
            | Expr::Sum(_, of)
            | Expr::Product(_, of) => self.expr(of),
            Expr::Eq(a, b)
            | Expr::Ne(a, b)
            | Expr::Lt(a, b, _)
            | Expr::Le(a, b, _)
            | Expr::Add(a, b)
            | Expr::Sub(a, b)
            | Expr::Mul(a, b)
            | Expr::Div(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::If(a, b, c) => {
                self.expr(a);
                self.expr(b);
                self.expr(c);
            }
            Expr::Believes(who, what) => {
                self.expr(who);
                self.inside(&[who], |this| this.expr(what));
            }
            Expr::Knows(who, what) => {
                self.expr(who);
                self.expr(what);
                self.inside(&[who], |this| this.expr(what));
            }
        }
    }

    fn effects(&mut self, effects: &'e [Effect]) {
        for effect in effects {
            match effect {
                Effect::Set(place, value) => {
                    self.expr(place);
                    self.expr(value);
                }
                Effect::Show(place) => self.expr(place),
                Effect::Share {
                    among,
                    speaker,
                    place,
                    value,
                } => {
                    self.exprs(among);
                    self.expr(place);
                    speaker.iter().chain(value).for_each(|expr| self.expr(expr));
                    among
                        .iter()
                        .for_each(|who| self.inside(&[who], |this| this.occurs(None)));
                }
                Effect::Learn { who, place, from } => {
                    self.expr(who);
                    self.expr(place);
                    from.iter().for_each(|teacher| self.expr(teacher));
                    for who in std::iter::once(who).chain(from) {
                        self.inside(&[who], |this| this.occurs(None));
                    }
                }
                Effect::Believe {
                    path,
                    place,
                    value,
                    inside,
                } => {
                    self.exprs(path);
                    self.expr(place);
                    self.expr(value);
                    let path: Vec<&Expr> = path.iter().collect();
                    self.inside(&path, |this| {
                        this.expr(place);
                        if *inside {
                            this.expr(value);
                        }
                    });
                }
                Effect::When(when, then, otherwise) => {
                    self.expr(when);
                    self.effects(then);
                    self.effects(otherwise);
                }
                Effect::Each(_, when, body) => {
                    self.expr(when);
                    self.effects(body);
                }
            }
        }
    }
}
