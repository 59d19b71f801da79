//! A small world laid out: all its events and trigger instances with their parameters filled in, made abstract
//! ([`crate::abstraction`]), without those that can never happen; and quick layers of delete relaxation over them.
//!
//! In the relaxation nothing that was once so ceases to be so, and anything may be in anybody's mind (Bonet and Geffner 2001):
//! what so many layers do not reach, no more real events do.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::relaxation::{members, Happening, Index, Layers, Tests, Write};
use crate::abstraction::{Abstraction, Cond, Mask, Options, ALL, ANSWER, EMPTY, UNKNOWN};
use crate::engine::{Engine, SMALL};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::laws::bits;
use crate::problem::{Action, Effect, Expr, Mode, Range};
use crate::relaxed::{each, worths_of, Worth};
use crate::shape::{reads_minds, some_effect};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// An event, laid out.
#[derive(Debug)]
pub struct Laid {
    /// Its number.
    pub event: EventId,
    /// Somebody may plan on it.
    pub planned: bool,
    /// Whether it is possible can be told without looking into minds.
    pub plain: bool,
    /// What it makes of the values of a state can be.
    pub exact: bool,
    /// Those who must will it, if they are the same everywhere.
    pub willing: Option<Arc<[Person]>>,
    /// What comes about.
    pub happening: Happening,
}

/// The world, laid out.
#[derive(Debug)]
pub struct Ground {
    /// The events, those of one action together, in the order of the parameters.
    pub events: Vec<Laid>,
    /// The triggers, each instance of them.
    pub triggers: Vec<Happening>,
    /// What keeps events from happening.
    pub events_index: Index,
    /// What keeps triggers from firing.
    pub triggers_index: Index,
    /// The events that somebody may plan on, as a set of places.
    pub planned: Vec<u64>,
    places: FxHashMap<EventId, u32>,
    /// By fact: the values of its atoms as bits.
    bits: Vec<Box<[Mask]>>,
    facts: Box<[u32]>,
    numeric: Box<[FluentId]>,
    persons: Vec<Vec<Worth>>,
}

/// What the layers are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// All may happen.
    Author,
    /// What people may plan on.
    Person,
}

impl Ground {
    /// Lays out all that can ever happen from a state on; none if the world is not [small](SMALL).
    pub fn new(engine: &mut Engine, start: NodeId) -> Option<Ground> {
        if engine.world.size() > SMALL {
            return None;
        }
        let bits = bits(&engine.world);
        let world = &engine.world;
        let facts: Box<[u32]> = (0..world.fluents() as FluentId)
            .map(|fluent| world.fact_of(fluent) as u32)
            .collect();
        let numeric = (0..world.fluents() as FluentId)
            .filter(|&fluent| world.problem.facts[world.fact_of(fluent)].range == Range::Number)
            .collect();
        let mut ground = Ground {
            events: Vec::new(),
            triggers: Vec::new(),
            events_index: Index::default(),
            triggers_index: Index::default(),
            planned: Vec::new(),
            places: FxHashMap::default(),
            bits,
            facts,
            numeric,
            persons: (0..world.persons())
                .map(|person| worths_of(engine, Some(person)))
                .collect(),
        };
        ground.lay_out(engine);
        ground.index();
        ground.drop_unreachable(engine, start);
        ground.index();
        for (place, laid) in ground.events.iter().enumerate() {
            ground.places.insert(laid.event, place as u32);
        }
        Some(ground)
    }

    fn index(&mut self) {
        let fluents = self.facts.len();
        let happenings = self.events.iter().map(|laid| &laid.happening);
        self.events_index = Index::new(fluents, happenings);
        self.triggers_index = Index::new(fluents, self.triggers.iter());
        self.planned = vec![0; self.events.len().div_ceil(64)];
        for (place, _) in self
            .events
            .iter()
            .enumerate()
            .filter(|(_, laid)| laid.planned)
        {
            self.planned[place / 64] |= 1 << (place % 64);
        }
    }

    fn lay_out(&mut self, engine: &mut Engine) {
        let world = &engine.world;
        let peer = world.peer();
        // Triggers that look into minds and write here make it impossible to tell values from values.
        let looked_into = world.problem.triggers.iter().any(|trigger| {
            let looks = reads_minds(&trigger.when) || trigger.effects.iter().any(effect_minds);
            if peer {
                looks && trigger.effects.iter().any(sets)
            } else {
                looks || trigger.minds_only
            }
        });
        for trigger in &world.problem.triggers {
            each(world, &trigger.params, |env| {
                let mut abstraction = Abstraction::new(world, env);
                let needs = abstraction.cond(&trigger.when, true);
                self.triggers
                    .extend(happening(abstraction, needs, &trigger.effects, true));
            });
        }
        let mut found = Vec::new();
        for (index, action) in world.problem.actions.iter().enumerate() {
            let plain = !action.needs.iter().any(|need| reads_minds(&need.expr));
            let exact = !looked_into
                && !action
                    .effects
                    .iter()
                    .any(|effect| (sets(effect) || !peer) && effect_minds(effect));
            each(world, &action.params, |env| {
                let args: Vec<_> = env.iter().filter_map(|value| value.as_atom()).collect();
                let willing = willing(world, action, &env);
                let mut abstraction = Abstraction::new(world, env);
                let needs = action
                    .needs
                    .iter()
                    .map(|need| abstraction.cond(&need.expr, true))
                    .collect();
                if let Some(happening) =
                    happening(abstraction, Cond::all(needs), &action.effects, false)
                {
                    found.push((index, args, willing, plain, exact, happening));
                }
            });
        }
        for (index, args, willing, plain, exact, happening) in found {
            let action = &engine.world.problem.actions[index];
            let planned = action.mode == Mode::Chosen
                && action.meant.is_none()
                && !(peer && willing.as_ref().is_some_and(|willing| willing.is_empty()));
            self.events.push(Laid {
                event: engine.graph.events.intern(index, &args),
                planned,
                plain,
                exact,
                willing,
                happening,
            });
        }
    }

    /// Leaves out what can happen neither in truth nor in anybody's mind.
    fn drop_unreachable(&mut self, engine: &Engine, start: NodeId) {
        let mut layers = Layers::default();
        let mut tower = vec![start];
        let mut at = 0;
        while at < tower.len() {
            for mind in engine.graph.minds(&engine.world, tower[at]) {
                if !tower.contains(&mind) {
                    tower.push(mind);
                }
            }
            at += 1;
        }
        let (mut options, mut here) = (Options::default(), Options::default());
        for node in tower {
            self.options(engine, engine.values_of(node), &mut here);
            if options.masks.is_empty() {
                options = here.clone();
            }
            for (all, more) in options.masks.iter_mut().zip(&here.masks) {
                // Surprise and absence may make anything unknown in a mind.
                *all |= more | UNKNOWN | ANSWER;
            }
        }
        for &fluent in &self.numeric {
            options.numbers[fluent as usize] = ALL;
        }
        layers.with(self, options, Who::Author);
        while layers.layer(self) {}
        // What stayed away from the last layer never happens.
        let options = layers.options();
        self.events.retain(|laid| laid.happening.needs.may(options));
        self.triggers.retain(|trigger| trigger.needs.may(options));
        if engine.world.peer() {
            // What is written into minds changes no mind's owner's own values: nobody's plan in his mind, nor the truth.
            let events = self.events.iter_mut().map(|laid| &mut laid.happening);
            for happening in events.chain(&mut self.triggers) {
                let kept = std::mem::take(&mut happening.writes).into_vec().into_iter();
                happening.writes = kept.filter(|write| !write.mental).collect();
            }
            self.triggers.retain(|trigger| !trigger.writes.is_empty());
        }
    }

    /// The event's place among [`Ground::events`], if it can ever happen.
    pub fn place(&self, event: EventId) -> Option<u32> {
        self.places.get(&event).copied()
    }

    /// What is so: one value each.
    pub fn options(&self, engine: &Engine, values: ValuesId, into: &mut Options) {
        let count = self.facts.len();
        into.masks.resize(count, 0);
        into.numbers.resize(count, EMPTY);
        engine.graph.values.each(values, |fluent, value| {
            into.masks[fluent] = match value.as_atom() {
                Some(atom) => self.bits[self.facts[fluent] as usize][atom as usize],
                None if value == Val::YES => 2,
                None if value == Val::NO => 1,
                None if value.as_answer().is_some() => ANSWER,
                None => UNKNOWN,
            };
        });
        for &fluent in &self.numeric {
            let value = engine.graph.values.get(values, fluent);
            into.numbers[fluent as usize] = match engine.world.numbers.get(value) {
                Some(number) => {
                    into.masks[fluent as usize] = 0;
                    (number, number)
                }
                None => EMPTY,
            };
        }
    }

    /// The events whose conditions may hold there, in order.
    pub fn possible(&self, options: &Options, mut into: impl FnMut(&Laid)) {
        let mut unhindered = Vec::new();
        self.events_index.unhindered(options, &mut unhindered);
        members(&unhindered)
            .map_while(|place| self.events.get(place))
            .filter(|laid| {
                laid.happening
                    .needs
                    .rest
                    .iter()
                    .all(|cond| cond.may(options))
            })
            .for_each(&mut into);
    }

    /// The most that the options may be worth to a person.
    pub fn most(&self, options: &Options, person: Person) -> f64 {
        self.persons[person]
            .iter()
            .map(|worth| worth.most(options))
            .sum()
    }
}

fn happening(
    mut abstraction: Abstraction<'_>,
    needs: Cond,
    effects: &[Effect],
    idle_is_nothing: bool,
) -> Option<Happening> {
    if needs == Cond::False {
        return None;
    }
    let mut writes = Vec::new();
    abstraction.writes(effects, &Cond::True, &mut writes);
    if writes.is_empty() && idle_is_nothing {
        return None;
    }
    // Those of mental effects come from effects that are nothing else.
    let mut own = Vec::new();
    let own_effects = physical(effects);
    abstraction.writes(&own_effects, &Cond::True, &mut own);
    let writes = writes.into_iter().map(|write| Write {
        mental: !own.iter().any(|one| one.fluent == write.fluent),
        when: Tests::new(write.when),
        fluent: write.fluent,
        what: write.what,
    });
    Some(Happening {
        needs: Tests::new(needs),
        writes: writes.collect(),
    })
}

/// Those who must will an event, if that does not depend on the state.
fn willing(world: &World, action: &Action, env: &[Val]) -> Option<Arc<[Person]>> {
    if action.mode != Mode::Chosen {
        return Some([].into());
    }
    let mut persons = Vec::new();
    for will in &action.will {
        let who = match &will.who {
            Expr::Var(index) => env[*index],
            Expr::Const(value) => world.constant(*value),
            _ => return None,
        };
        if will.when.is_some() {
            return None;
        }
        if let Some(person) = world.person_of(who) {
            if !persons.contains(&person) {
                persons.push(person);
            }
        }
    }
    Some(persons.into())
}

/// The effect reads in a mind.
fn effect_minds(effect: &Effect) -> bool {
    some_effect(std::slice::from_ref(effect), &|one| match one {
        Effect::Set(place, value) => reads_minds(place) || reads_minds(value),
        Effect::When(when, ..) | Effect::Each(_, when, _) => reads_minds(when),
        Effect::Learn { from, .. } => from.is_some(),
        _ => false,
    })
}

/// The effects without those that are mental.
fn physical(effects: &[Effect]) -> Vec<Effect> {
    let part = |effect: &Effect| match effect {
        Effect::Set(..) => Some(effect.clone()),
        Effect::When(when, then, otherwise) => Some(Effect::When(
            when.clone(),
            physical(then),
            physical(otherwise),
        )),
        Effect::Each(set, when, body) => Some(Effect::Each(*set, when.clone(), physical(body))),
        _ => None,
    };
    effects.iter().filter_map(part).collect()
}

/// The effect writes in the state itself.
fn sets(effect: &Effect) -> bool {
    some_effect(std::slice::from_ref(effect), &|one| {
        matches!(one, Effect::Set(..))
    })
}
