//! Events: actions with their parameters filled in, each with a number, and what can be asked of them in one state.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::expr::{At, Reader, Trace};
use crate::graph::Graph;
use crate::problem::{ActionId, AtomId, Mode, SeenAs};
use crate::value::Val;
use crate::world::{Person, World};

/// An event of the world.
pub type EventId = u32;

/// The parameters of an event.
pub type Args = Arc<[AtomId]>;

/// The events that have been spoken of. Reading states can make more of them: what somebody takes an event to be is one, too.
#[derive(Debug, Clone, Default)]
pub struct Events {
    spoken_of: RefCell<SpokenOf>,
}

#[derive(Debug, Clone, Default)]
struct SpokenOf {
    all: Vec<(u32, Args)>,
    index: HashTable<EventId>,
}

fn hash_of(action: u32, args: &[AtomId]) -> u64 {
    let mut hasher = FxHasher::default();
    (action, args).hash(&mut hasher);
    hasher.finish()
}

impl Events {
    /// The event of an action with these parameters.
    pub fn intern(&self, action: ActionId, args: &[AtomId]) -> EventId {
        let SpokenOf { all, index } = &mut *self.spoken_of.borrow_mut();
        let (action, hash) = (action as u32, hash_of(action as u32, args));
        let same = |&event: &EventId| {
            let known = &all[event as usize];
            known.0 == action && *known.1 == *args
        };
        if let Some(&event) = index.find(hash, same) {
            return event;
        }
        let event = all.len() as EventId;
        all.push((action, args.into()));
        let rehash = |&event: &EventId| hash_of(all[event as usize].0, &all[event as usize].1);
        index.insert_unique(hash, event, rehash);
        event
    }

    /// The action and the parameters of an event.
    pub fn get(&self, event: EventId) -> (ActionId, Args) {
        let (action, args) = &self.spoken_of.borrow().all[event as usize];
        (*action as ActionId, args.clone())
    }

    /// The action of an event.
    pub fn action(&self, event: EventId) -> ActionId {
        self.spoken_of.borrow().all[event as usize].0 as ActionId
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.spoken_of.borrow().all.len()
    }

    /// None has been spoken of.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The parameters as the first variables of an expression.
    pub fn env(&self, event: EventId) -> Vec<Val> {
        let (_, args) = &self.spoken_of.borrow().all[event as usize];
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
pub fn failing(world: &World, graph: &Graph, at: At, event: EventId) -> Vec<usize> {
    let needs = &world.problem.actions[graph.events.action(event)].needs;
    let mut reader = Reader::new(world, graph, graph.events.env(event));
    (0..needs.len())
        .filter(|&index| !reader.holds(at, &needs[index].expr))
        .collect()
}

/// Every condition of the event holds there.
pub fn possible(world: &World, graph: &Graph, at: At, event: EventId) -> bool {
    let needs = &world.problem.actions[graph.events.action(event)].needs;
    let mut reader = Reader::new(world, graph, graph.events.env(event));
    needs
        .iter()
        .all(|condition| reader.holds(at, &condition.expr))
}

/// Those who must will it, in order, each once; nobody for what is not chosen.
pub fn willing(world: &World, graph: &Graph, at: At, event: EventId) -> Vec<Person> {
    let mut reader = Reader::new(world, graph, graph.events.env(event));
    willing_by(&mut reader, at, graph.events.action(event))
}

/// The same for an action whose parameters the reader's variables are.
pub fn willing_by<T: Trace>(reader: &mut Reader<'_, T>, at: At, action: ActionId) -> Vec<Person> {
    let world = reader.world;
    let action = &world.problem.actions[action];
    let mut result = Vec::new();
    if action.mode != Mode::Chosen {
        return result;
    }
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
    at: At,
    event: EventId,
    observer: Person,
) -> Option<usize> {
    let action = &world.problem.actions[graph.events.action(event)];
    if action.sees.is_empty() {
        return None;
    }
    let mut env = graph.events.env(event);
    env.push(Val::atom(world.atom(observer)));
    let mut reader = Reader::new(world, graph, env);
    action
        .sees
        .iter()
        .position(|line| reader.holds(at, &line.when))
}

/// What a person sees of an event, read before it.
pub fn sight(world: &World, graph: &Graph, at: At, event: EventId, person: Person) -> Sight {
    sights_of(world, graph, at, event, std::iter::once(person))
        .next()
        .expect("one for each person")
}

/// What each person sees of an event, read before it.
pub fn sights(world: &World, graph: &Graph, at: At, event: EventId) -> Vec<Sight> {
    sights_of(world, graph, at, event, 0..world.persons()).collect()
}

fn sights_of<'a>(
    world: &'a World,
    graph: &'a Graph,
    at: At,
    event: EventId,
    persons: impl Iterator<Item = Person> + 'a,
) -> impl Iterator<Item = Sight> + 'a {
    let action = &world.problem.actions[graph.events.action(event)];
    let observer = action.params.len();
    let mut env = graph.events.env(event);
    env.push(Val::NONE);
    let mut reader = Reader::new(world, graph, env);
    persons.map(move |person| {
        reader.env[observer] = Val::atom(world.atom(person));
        let mut lines = action.sees.iter();
        let line = lines.position(|line| reader.holds(at, &line.when));
        match line.map(|index| (index, &action.sees[index].seen_as)) {
            None => Sight::Nothing,
            Some((_, SeenAs::Itself)) => Sight::Itself,
            Some((index, SeenAs::Partly(_))) => Sight::Part(index),
            Some((_, SeenAs::Other(other, args))) => {
                let args = args.iter().map(|arg| reader.value(at, arg).as_atom());
                let args: Option<Vec<AtomId>> = args.collect();
                // Taken for something that does not exist, with nobody or nothing to name: not seen.
                let args = args.filter(|args| world.is_event(*other, args));
                args.map_or(Sight::Nothing, |args| {
                    match graph.events.intern(*other, &args) {
                        same if same == event => Sight::Itself,
                        other => Sight::Other(other),
                    }
                })
            }
        }
    })
}
