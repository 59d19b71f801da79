//! The triggers of a small world, every instance filled in: which of them a changed fluent can touch is then looked up, and most
//! of those are out by the values of the state alone.

use rustc_hash::FxHashMap;

use super::{Change, Instance, Law, Place, Tells};
use crate::abstraction::{Abstraction, Cond, Mask, ANSWER, UNKNOWN};
use crate::expr::At;
use crate::graph::Graph;
use crate::problem::{Effect, Expr, SetId};
use crate::shape::{each_part, some_effect};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// With more instances than this they are found by joins when they are needed.
const LARGEST: usize = 6_000;
/// Conditions about the boss of somebody's boss's boss are not made abstract: they could be about anybody, and tell nothing.
const DEEPEST: usize = 2;

/// An instance of a trigger.
#[derive(Debug, Clone)]
struct Filled {
    instance: Instance,
    minds_only: bool,
    /// It can change the values of the state itself.
    assigns: bool,
    /// It can fire only where this may hold (what is most often missing comes first),
    needs: Box<[Cond]>,
    /// and this in these minds.
    minds: Box<[(Person, Cond)]>,
}

/// What a change of a fluent touches: an instance, and what is out of the question most often, at hand without looking it up.
#[derive(Debug, Clone, PartialEq)]
struct Touched {
    place: u32,
    /// The values of the fluent that let it fire.
    lets: Mask,
    /// Another fluent, with the values of that one.
    other: Option<(FluentId, Mask)>,
}

/// All instances, by what touches them.
#[derive(Debug, Clone)]
pub struct Table {
    filled: Vec<Filled>,
    /// Those of triggers that are to be watched: no change is looked up for them.
    watched: Vec<u32>,
    /// By a fluent that changes in the state itself.
    here: Vec<Vec<Touched>>,
    /// By any that does.
    any: Vec<u32>,
    /// By a fluent that changes in somebody's mind, in the same way.
    minds: FxHashMap<(Person, FluentId), Vec<(u32, Mask)>>,
    /// By any change of somebody's mind.
    any_in_mind: Vec<Vec<u32>>,
    /// The bits of atoms, by fact.
    bits: Vec<Box<[Mask]>>,
}

impl Table {
    /// Fills in the triggers of a world, unless there are too many.
    pub(super) fn new(world: &World, laws: &[Law], watches: &[bool]) -> Option<Table> {
        let size = |params: &[SetId]| {
            let sizes = params.iter().map(|&set| world.members(set).len());
            sizes.fold(1usize, usize::saturating_mul)
        };
        let triggers = &world.problem.triggers;
        let count = triggers.iter().map(|trigger| size(&trigger.params));
        if count.fold(0, usize::saturating_add) > LARGEST {
            return None;
        }
        let mut table = Table {
            filled: Vec::new(),
            watched: Vec::new(),
            here: vec![Vec::new(); world.fluents()],
            any: Vec::new(),
            minds: FxHashMap::default(),
            any_in_mind: vec![Vec::new(); world.persons()],
            bits: bits(world),
        };
        for (index, (trigger, law)) in triggers.iter().zip(laws).enumerate() {
            let mut positions = vec![0u32; trigger.params.len()];
            if size(&trigger.params) == 0 {
                continue;
            }
            loop {
                table.fill(
                    world,
                    (index, positions.clone().into()),
                    law,
                    watches[index],
                );
                let turn = (0..positions.len()).rev().find(|&param| {
                    positions[param] + 1 < world.members(trigger.params[param]).len() as u32
                });
                let Some(turn) = turn else { break };
                positions[turn] += 1;
                positions[turn + 1..].fill(0);
            }
        }
        Some(table)
    }

    fn fill(&mut self, world: &World, instance: Instance, law: &Law, watched: bool) {
        let trigger = &world.problem.triggers[instance.0];
        let env: Vec<Val> = super::arguments(world, &instance)
            .into_iter()
            .map(Val::atom)
            .collect();
        let mut abstraction = Abstraction::new(world, env.clone());
        let mut needs = Vec::new();
        let mut minds = Vec::new();
        let mut conjuncts = vec![&trigger.when];
        while let Some(conjunct) = conjuncts.pop() {
            if let Expr::And(parts) = conjunct {
                conjuncts.extend(parts);
                continue;
            }
            if depth(conjunct) <= DEEPEST {
                match abstraction.cond(conjunct, true) {
                    Cond::False => return,
                    Cond::All(parts) => needs.extend(parts),
                    one => needs.push(one),
                }
            }
            let Expr::Believes(who, what) = conjunct else {
                continue;
            };
            let who = match **who {
                Expr::Var(index) => env.get(index).copied(),
                Expr::Const(value) => Some(world.constant(value)),
                _ => None,
            };
            let Some(who) = who.and_then(|who| world.person_of(who)) else {
                continue;
            };
            match abstraction.cond(what, true) {
                Cond::True => {}
                Cond::False => return,
                cond => minds.push((who, cond)),
            }
        }
        needs.retain(|part| selective(part).0 != 0);
        needs.sort_by_key(|part| std::cmp::Reverse(selective(part)));
        let place = self.filled.len() as u32;
        self.filled.push(Filled {
            instance,
            minds_only: trigger.minds_only,
            assigns: assigns(&trigger.effects),
            needs: needs.into(),
            minds: minds.into(),
        });
        if watched {
            self.watched.push(place);
            return;
        }
        let persons = |tells: Tells| -> Vec<Person> {
            let told = match tells {
                Tells::Param(param) => env[param],
                Tells::Only(only) => only,
                Tells::Pin(_) | Tells::Nothing => return (0..world.persons()).collect(),
            };
            world.person_of(told).into_iter().collect()
        };
        for one in &law.occurrences {
            let fluents = one.fact.as_ref().map(|(fact, args)| {
                let first = world.base(*fact);
                let size = size_of_fact(world, *fact);
                let fits = |fluent: &FluentId| {
                    let atoms = world.args_of(*fluent).iter().map(|&atom| Val::atom(atom));
                    args.iter().zip(atoms).all(|(tells, atom)| match tells {
                        Tells::Param(param) => env[*param] == atom,
                        Tells::Only(only) => *only == atom,
                        Tells::Pin(_) | Tells::Nothing => true,
                    })
                };
                (first..first + size).filter(fits).collect::<Vec<_>>()
            });
            match (one.place, fluents) {
                (Place::Here, None) => push(&mut self.any, place),
                (Place::Here, Some(fluents)) => {
                    for fluent in fluents {
                        let needs = &self.filled[place as usize].needs;
                        let lets = lets(fluent, needs.iter());
                        let other = needs.iter().find_map(|need| match *need {
                            Cond::Among(other, mask) if other != fluent => Some((other, mask)),
                            _ => None,
                        });
                        let touched = Touched { place, lets, other };
                        push(&mut self.here[fluent as usize], touched);
                    }
                }
                (Place::Mind(whose), fluents) => {
                    for person in persons(whose) {
                        match &fluents {
                            None => push(&mut self.any_in_mind[person], place),
                            Some(fluents) => {
                                for &fluent in fluents {
                                    let key = (person, fluent);
                                    let minds = self.filled[place as usize].minds.iter();
                                    let his = minds.filter(|(whose, _)| *whose == person);
                                    let lets = lets(fluent, his.map(|(_, cond)| cond));
                                    push(self.minds.entry(key).or_default(), (place, lets));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The watched instances that are not out of the question by the values.
    pub(super) fn awake(
        &self,
        world: &World,
        graph: &Graph,
        values: ValuesId,
        mind: bool,
    ) -> Vec<Instance> {
        let filled = self
            .watched
            .iter()
            .map(|&place| &self.filled[place as usize]);
        let awake = filled.filter(|filled| {
            let may = |cond| self.may(world, graph, values, cond);
            (mind || !filled.minds_only) && filled.needs.iter().all(may)
        });
        awake.map(|filled| filled.instance.clone()).collect()
    }

    /// Some instance can change the values of the state itself.
    pub(super) fn assigns(&self) -> bool {
        self.filled.iter().any(|filled| filled.assigns)
    }

    /// The instances that a change can have touched and whose condition is not out of the question.
    pub(super) fn touched(
        &self,
        world: &World,
        graph: &Graph,
        at: At,
        mind: bool,
        change: &Change,
        into: &mut impl FnMut(&Instance),
    ) {
        let may = |values: ValuesId, cond: &Cond| self.may(world, graph, values, cond);
        let mut add = |place: u32| {
            let filled = &self.filled[place as usize];
            let in_mind = |&(person, ref cond): &(Person, Cond)| {
                at.node
                    .is_some_and(|node| may(graph.values_of(graph.mind(world, node, person)), cond))
            };
            if (mind || !filled.minds_only)
                && (filled.assigns || at.node.is_some())
                && filled.needs.iter().all(|cond| may(at.values, cond))
                && filled.minds.iter().all(in_mind)
            {
                into(&filled.instance);
            }
        };
        if !change.here.is_empty() {
            self.any.iter().for_each(|&place| add(place));
        }
        let bit = |values, fluent| self.bit(world, fluent, graph.values.get(values, fluent));
        for &fluent in &change.here {
            let bit = bit(at.values, fluent);
            for touched in &self.here[fluent as usize] {
                let may = |&(other, mask): &(FluentId, Mask)| {
                    self.bit(world, other, graph.values.get(at.values, other)) & mask != 0
                };
                if touched.lets & bit != 0 && touched.other.as_ref().is_none_or(may) {
                    add(touched.place);
                }
            }
        }
        for (person, fluents) in &change.minds {
            self.any_in_mind[*person]
                .iter()
                .for_each(|&place| add(place));
            for &fluent in fluents {
                if let Some(places) = self.minds.get(&(*person, fluent)) {
                    let now = at
                        .node
                        .map(|node| graph.values_of(graph.mind(world, node, *person)));
                    let bit = now.map_or(Mask::MAX, |values| bit(values, fluent));
                    let places = places.iter().filter(|(_, lets)| lets & bit != 0);
                    places.for_each(|&(place, _)| add(place));
                }
            }
        }
    }

    /// False only if the condition does not hold there.
    fn may(&self, world: &World, graph: &Graph, values: ValuesId, cond: &Cond) -> bool {
        let get = |fluent| graph.values.get(values, fluent);
        match cond {
            Cond::False => false,
            Cond::Among(fluent, mask) => self.bit(world, *fluent, get(*fluent)) & mask != 0,
            Cond::Same(f, g) => {
                let (f, g) = (get(*f), get(*g));
                f == g || !f.is_definite() || !g.is_definite()
            }
            Cond::All(parts) => parts
                .iter()
                .all(|part| self.may(world, graph, values, part)),
            Cond::Any(parts) => parts
                .iter()
                .any(|part| self.may(world, graph, values, part)),
            Cond::True | Cond::Differ(..) | Cond::Less(..) => true,
        }
    }

    fn bit(&self, world: &World, fluent: FluentId, value: Val) -> Mask {
        match value.as_atom() {
            Some(atom) => self.bits[world.fact_of(fluent)][atom as usize],
            None if value == Val::YES => 2,
            None if value == Val::NO => 1,
            None if value.as_answer().is_some() => ANSWER,
            None => UNKNOWN,
        }
    }
}

/// How many facts stand in one another at most.
fn depth(expr: &Expr) -> usize {
    let mut most = 0;
    each_part(expr, &mut |part| most = most.max(depth(part)));
    most + usize::from(matches!(expr, Expr::Fact(..)))
}

/// How soon a condition is worth asking: 0 never, for it tells nothing.
fn selective(cond: &Cond) -> (u8, u32) {
    match cond {
        Cond::False => (4, 0),
        Cond::Among(_, mask) => (3, mask.count_zeros()),
        Cond::Same(..) => (2, 0),
        Cond::All(_) | Cond::Any(_) => (1, 0),
        Cond::True | Cond::Differ(..) | Cond::Less(..) => (0, 0),
    }
}

/// The effects change values where they stand, not in minds alone.
fn assigns(effects: &[Effect]) -> bool {
    let such = |effect: &Effect| matches!(effect, Effect::Set(..) | Effect::Show(_));
    some_effect(effects, &such)
}

/// The values of a fluent that none of these conditions excludes.
fn lets<'a>(fluent: FluentId, conds: impl Iterator<Item = &'a Cond>) -> Mask {
    conds.fold(Mask::MAX, |all, cond| match cond {
        Cond::Among(other, mask) if *other == fluent => all & mask,
        _ => all,
    })
}

/// Instances come in order: the last is the only one that may be there already.
fn push<T: PartialEq>(places: &mut Vec<T>, place: T) {
    if places.last() != Some(&place) {
        places.push(place);
    }
}

fn size_of_fact(world: &World, fact: usize) -> FluentId {
    let sets = &world.problem.facts[fact].args;
    sets.iter()
        .map(|&set| world.members(set).len() as FluentId)
        .product()
}

/// The bit of every atom as a value of each fact.
pub fn bits(world: &World) -> Vec<Box<[Mask]>> {
    let env = Vec::new();
    let abstraction = Abstraction::new(world, env);
    let atoms = 0..world.problem.atoms.len() as u32;
    let of = |fact: usize| {
        let bit = |atom: u32| abstraction.bit(fact, Val::atom(atom));
        atoms.clone().map(bit).collect()
    };
    (0..world.problem.facts.len()).map(of).collect()
}
