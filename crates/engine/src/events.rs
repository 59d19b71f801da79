//! Events: actions with their parameters filled in, each with a number, and what can be asked of them in one state.

use rustc_hash::FxHashMap;

use crate::expr::{At, Deaf, Reader};
use crate::graph::Graph;
use crate::problem::{ActionId, AtomId, Mode, SeenAs};
use crate::value::Val;
use crate::world::{Person, World};

/// An event of the world.
pub type EventId = u32;

/// The events that have been spoken of.
#[derive(Debug, Default)]
pub struct Events {
    all: Vec<(u32, Box<[AtomId]>)>,
    index: FxHashMap<(u32, Box<[AtomId]>), EventId>,
}

impl Events {
    /// The event of an action with these parameters.
    pub fn intern(&mut self, action: ActionId, args: &[AtomId]) -> EventId {
        let key = (action as u32, Box::from(args));
        if let Some(&event) = self.index.get(&key) {
            return event;
        }
        let event = self.all.len() as EventId;
        self.all.push(key.clone());
        self.index.insert(key, event);
        event
    }

    /// The action and the parameters of an event.
    pub fn get(&self, event: EventId) -> (ActionId, &[AtomId]) {
        let (action, args) = &self.all[event as usize];
        (*action as ActionId, args)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// None has been spoken of.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The parameters as the first variables of an expression.
    pub fn env(&self, event: EventId) -> Vec<Val> {
        let (_, args) = self.get(event);
        let mut env = Vec::with_capacity(args.len() + 4);
        env.extend(args.iter().map(|&arg| Val::atom(arg)));
        env
    }
}

/// What a person sees of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Nothing.
    Nothing,
    /// The event itself.
    Itself,
    /// It, but takes it for this one.
    Other(EventId),
    /// Part of it, as the line of `sees` says.
    Part(usize),
}

/// The conditions of an event that do not hold there, by index.
pub fn failing(
    world: &World,
    graph: &Graph,
    events: &Events,
    at: At,
    event: EventId,
) -> Vec<usize> {
    let needs = &world.problem.actions[events.get(event).0].needs;
    let mut reader = Reader::new(world, graph, events.env(event));
    (0..needs.len())
        .filter(|&index| !reader.holds(at, &needs[index].expr))
        .collect()
}

/// Every condition of the event holds there.
pub fn possible(world: &World, graph: &Graph, events: &Events, at: At, event: EventId) -> bool {
    let needs = &world.problem.actions[events.get(event).0].needs;
    let mut reader = Reader::new(world, graph, events.env(event));
    needs
        .iter()
        .all(|condition| reader.holds(at, &condition.expr))
}

/// Those who must will it, in order, each once; nobody for what is not chosen.
pub fn willing(
    world: &World,
    graph: &Graph,
    events: &Events,
    at: At,
    event: EventId,
) -> Vec<Person> {
    let action = &world.problem.actions[events.get(event).0];
    let mut result = Vec::new();
    if action.mode != Mode::Chosen {
        return result;
    }
    let mut reader = Reader::new(world, graph, events.env(event));
    for will in &action.will {
        if will.when.as_ref().is_none_or(|when| reader.holds(at, when)) {
            let who = reader.value(at, &will.who);
            if let Some(person) = world.person_of(who) {
                if !result.contains(&person) {
                    result.push(person);
                }
            }
        }
    }
    result
}

/// The line of `sees` that decides what a person sees, read before the event.
pub fn line_seen(
    world: &World,
    graph: &Graph,
    events: &Events,
    at: At,
    event: EventId,
    observer: Person,
) -> Option<usize> {
    let action = &world.problem.actions[events.get(event).0];
    if action.sees.is_empty() {
        return None;
    }
    let mut env = events.env(event);
    env.push(Val::atom(world.atom(observer)));
    let mut reader = Reader::new(world, graph, env);
    action
        .sees
        .iter()
        .position(|line| reader.holds(at, &line.when))
}

/// What each person sees of an event, read before it.
pub fn sights(
    world: &World,
    graph: &Graph,
    events: &mut Events,
    at: At,
    event: EventId,
) -> Vec<Sight> {
    let action = &world.problem.actions[events.get(event).0];
    let observer = action.params.len();
    let mut env = events.env(event);
    env.push(Val::NONE);
    let mut reader: Reader<'_, Deaf> = Reader::new(world, graph, env);
    (0..world.persons())
        .map(|person| {
            reader.env[observer] = Val::atom(world.atom(person));
            let line = action
                .sees
                .iter()
                .position(|line| reader.holds(at, &line.when));
            match line.map(|index| (index, &action.sees[index].seen_as)) {
                None => Sight::Nothing,
                Some((_, SeenAs::Itself)) => Sight::Itself,
                Some((index, SeenAs::Partly(_))) => Sight::Part(index),
                Some((_, SeenAs::Other(other, args))) => {
                    let args: Option<Vec<AtomId>> = args
                        .iter()
                        .map(|arg| reader.value(at, arg).as_atom())
                        .collect();
                    // Taken for something that does not exist, with nobody or nothing to name: not seen.
                    let args = args.filter(|args| world.is_event(*other, args));
                    args.map_or(Sight::Nothing, |args| match events.intern(*other, &args) {
                        same if same == event => Sight::Itself,
                        other => Sight::Other(other),
                    })
                }
            }
        })
        .collect()
}
