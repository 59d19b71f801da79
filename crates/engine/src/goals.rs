//! What a person would do next: from what the person lacks, backwards, to events that are possible now.
//!
//! A want that is not met is a *need*; a need comes down to *goals* about single fluents, here or in somebody's mind; a goal
//! has *ways*: events that write the fluent, triggers that follow, facts that would show themselves. The conditions of these
//! that do not hold are needs again. Only what does not hold now is pursued, so that a small part of a large world is
//! touched. This is the relaxed plan of delegation heuristics (Hoffmann and Nebel's helpful actions, 2001), worked out
//! backwards and on demand, with beliefs and other people's consent among the conditions.
//!
//! All of this is a guess and proves nothing: ways are tried in the given order, each at most a few instances.

pub mod author;
mod enabled;
mod far;
mod last;
mod threats;
mod ways;
mod work;

use std::cell::Cell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::candidates::{conjuncts, Candidates, Join, Whose};
use crate::engine::Engine;
use crate::events::EventId;
use crate::expr::Reader;
use crate::graph::NodeId;
use crate::needs::recorder::Memo;
use crate::needs::{Aim, Chain, Goal, Need, Needs};
use crate::problem::{Action, ActionId, AtomId, Effect, Expr, FactId, Mode, SetId};
use crate::relevance::Relevance;
use crate::value::{FluentId, Val};
use crate::world::{Group, Person, World};
use enabled::Asked;
use far::Far;
use work::Work;

/// How much an event and a journey weigh against each other when ways are compared.
const EVENT: u32 = 4;
const JOURNEY: u32 = 1;
/// At most so many ways are kept for one goal, out of so many looked at.
const WAYS: usize = 32;
const LOOKED_AT: usize = 200;
/// At most so many goals are looked into in one state.
const GOALS: usize = 160;
/// At most so many choices in one state.
const CHOICES: usize = 24;
/// What an event weighs more for which somebody else must be asked.
const ASKING: u32 = 2;
/// What it weighs more to pursue a want that the plan has not touched so far.
const STALE: u32 = 12;
/// How many events ahead all goals are followed; farther only if none of them is in reach.
const AHEAD: u32 = 2;
/// The ways found are remembered for so many states.
const STATES: usize = 100;
/// At most so many conditions of a way may be open.
const OPEN: usize = 3;
/// What an event weighs more that nobody means: an accident, a slip.
const LUCK: u32 = 6;
/// What an event of the author's weighs more where somebody's wants that it meets do not count; half as much where it meets none.
const DOUBT: u32 = 6;
/// What an event weighs more that takes away what is needed by the event for whose sake it would happen.
const UNDONE: u32 = 8;
/// At most so many journeys in a row are imagined to make one event possible.
const JOURNEYS: u32 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Action(ActionId),
    Trigger(usize),
}

/// An effect that writes a fact.
#[derive(Debug)]
struct Writer {
    source: Source,
    place: Expr,
    /// The value written; none: the true one.
    value: Option<Expr>,
    /// Somebody finds out what the value is.
    found_out: bool,
    guards: Vec<Expr>,
    /// All conditions: those of the action or trigger, and the guards that its parameters alone decide.
    conditions: Vec<Arc<Expr>>,
    /// A number of its own.
    number: usize,
    /// It costs nothing: a trigger or a journey.
    free: bool,
    /// Whose minds it writes into; nothing: the state itself, and the minds of those who see it.
    minds: Vec<Expr>,
    /// Variables bound by `Each` around it.
    binders: usize,
}

/// A way to a goal: an event, or what happens by itself.
#[derive(Debug)]
struct Way {
    event: Option<EventId>,
    journey: bool,
    luck: bool,
    /// How doubtful it is that those who must will it would.
    doubt: u32,
    /// What else is in its way, the minds of others apart who must will the event.
    need: Need,
}

#[derive(Debug, Default)]
struct Entry {
    /// The ways that cost nothing (what follows by itself, and journeys), and the others.
    free: Option<Arc<Vec<Arc<Way>>>>,
    paid: Option<Arc<Vec<Arc<Way>>>>,
    /// How many events at least, and the weight of all together.
    reached: Option<(u32, u32)>,
    /// The largest limits under which it was not reached: events and then journeys.
    failed: Option<(u32, u32)>,
    busy: bool,
}

/// The states of a wish, who, on the way to what, whether widely, and as the last event.
type Key = ([NodeId; 3], Person, Option<EventId>, [bool; 2]);

/// Choices with the numbers of events left for which they are the same: from the first to the second.
type Known = (u32, u32, Arc<[EventId]>);

/// What is lacking, and what has become possible by the last event, if that is known.
type Given = (Lacking, Option<Arc<[EventId]>>);

/// What somebody lacks: what is to be brought about, if something is that is not so yet; else what would pay, now and at first.
struct Lacking {
    brings: Option<Need>,
    gains: [Arc<[Need]>; 2],
}

/// Which ways to a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    /// Those that cost nothing: what follows by itself, and journeys.
    Free,
    /// The others.
    Paid,
    /// Only what follows by itself.
    Alone,
    /// Events that are possible as things are.
    Now,
}

/// The ways to goals in one state, for one planner.
type WaysHere = FxHashMap<(Goal, Sort), Arc<Vec<Arc<Way>>>>;

/// What a person is after.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'q> {
    /// The state in the person's mind.
    pub node: NodeId,
    /// The state before the last event.
    pub before: NodeId,
    /// The state before the first.
    pub start: NodeId,
    /// Who.
    pub person: Person,
    /// On the way to this event, if one is given,
    pub target: Option<EventId>,
    /// else to this condition, else to a gain.
    pub brings: Option<&'q Expr>,
    /// Also for wants that the plan has not touched so far.
    pub wide: bool,
    /// With so many events left.
    pub left: u32,
    /// The plan ends with the next event: only what may bring a gain at once.
    pub last: bool,
}

/// Who writes what, and the choices worked out so far.
#[derive(Debug)]
pub struct Goals {
    /// By fact.
    writers: Vec<Vec<Arc<Writer>>>,
    /// The actions that people plan on, with what their conditions read.
    asked: Vec<Asked>,
    needs: Needs,
    choices: FxHashMap<Key, Vec<Known>>,
    /// The ways found in states, and what has become possible there since the state before.
    ways: FxHashMap<(NodeId, Person), WaysHere>,
    enabled: FxHashMap<[NodeId; 2], Arc<[EventId]>>,
    /// What a person lacks in a state.
    gains: FxHashMap<(NodeId, Person), Arc<[Need]>>,
    memo: Remembered,
    looked_into: Cell<u64>,
}

/// What was worked out in other states and rests on little of them. Each is for one planner; what concerns others, for what lies near or far
/// off.
#[derive(Debug, Default)]
struct Remembered {
    /// What stands in the way of an event, as far as the planner sees, and as far as the others do who must will it.
    conditions: Memo<(Person, EventId), Need>,
    others: Memo<(Person, EventId, bool), Need>,
    /// The variables with which an effect may write what is wanted.
    instances: Memo<Wanted, Arc<[Vec<Val>]>>,
    /// What would make wants of others count that are about a fluent; none if one counts already.
    switches: Memo<(Person, Person, FluentId, bool), Switches>,
}

/// What an effect may write: the planner, the effect's number, in whose mind it is looked for, the variables bound so far.
type Wanted = (Person, usize, Chain, Vec<Val>);

type Switches = Option<Arc<[Need]>>;

impl Goals {
    /// Finds out who writes what, of all that people can plan on.
    pub fn new(world: &World) -> Goals {
        Goals::of(world, |action| {
            action.mode == Mode::Chosen && action.meant.is_none()
        })
    }

    /// The same of these actions.
    fn of(world: &World, counts: impl Fn(&Action) -> bool) -> Goals {
        let problem = &world.problem;
        let mut writers: Vec<Vec<Arc<Writer>>> = vec![Vec::new(); problem.facts.len()];
        let mut number = 0;
        let mut add =
            |source: Source, free: bool, conditions: Vec<Arc<Expr>>, effects: &[Effect]| {
                collect(
                    effects,
                    source,
                    &mut Vec::new(),
                    0,
                    &mut |mut writer: Writer| {
                        writer.conditions.extend(conditions.iter().cloned());
                        if writer.binders == 0 {
                            writer
                                .guards
                                .iter()
                                .for_each(|guard| conjuncts(guard, &mut writer.conditions));
                        }
                        (writer.number, writer.free) = (number, free);
                        number += 1;
                        let writer = Arc::new(writer);
                        match &writer.place {
                            Expr::Fact(fact, _) => writers[*fact].push(writer),
                            _ => {
                                let mut facts: Vec<usize> =
                                    problem.claims.iter().map(|claim| claim.fact).collect();
                                facts.sort_unstable();
                                facts.dedup();
                                facts
                                    .into_iter()
                                    .for_each(|fact| writers[fact].push(writer.clone()));
                            }
                        }
                    },
                );
            };
        for (index, action) in problem.actions.iter().enumerate() {
            if counts(action) {
                let mut conditions = Vec::new();
                action
                    .needs
                    .iter()
                    .for_each(|condition| conjuncts(&condition.expr, &mut conditions));
                add(
                    Source::Action(index),
                    action.journey,
                    conditions,
                    &action.effects,
                );
            }
        }
        for (index, trigger) in problem.triggers.iter().enumerate() {
            let mut conditions = Vec::new();
            conjuncts(&trigger.when, &mut conditions);
            add(Source::Trigger(index), true, conditions, &trigger.effects);
        }
        let fixed = writers.iter().map(Vec::is_empty).collect();
        let asked = problem.actions.iter().enumerate();
        let asked = asked.filter(|(_, action)| counts(action));
        let asked = asked.map(|(index, action)| Asked::of(index, action));
        let asked = asked.collect();
        Goals {
            writers,
            asked,
            needs: Needs::new(world, fixed),
            choices: FxHashMap::default(),
            ways: FxHashMap::default(),
            enabled: FxHashMap::default(),
            gains: FxHashMap::default(),
            memo: Remembered::default(),
            looked_into: Cell::new(0),
        }
    }

    /// To how many goals ways were looked for so far: most of what guesses take.
    pub fn looked_into(&self) -> u64 {
        self.looked_into.get()
    }

    /// Forgets what can be worked out again.
    pub fn forget(&mut self) {
        self.choices.clear();
        self.ways.clear();
        self.enabled.clear();
        self.gains.clear();
        self.memo = Remembered::default();
    }

    /// What the person might do or hope for next, likely first.
    pub fn choices(
        &mut self,
        engine: &Engine,
        candidates: &mut Candidates,
        relevance: &Relevance,
        wish: Wish<'_>,
    ) -> Arc<[EventId]> {
        let states = [wish.node, wish.before, wish.start];
        let key = (states, wish.person, wish.target, [wish.wide, wish.last]);
        let known = self.choices.get(&key).filter(|_| wish.brings.is_none());
        let mut known = known.into_iter().flatten();
        if let Some(known) = known.find(|known| (known.0..=known.1).contains(&wish.left)) {
            return known.2.clone();
        }
        let brings = wish.brings.map(|brings| {
            let (person, node, chain) = (wish.person, wish.node, Chain::HERE);
            self.needs
                .of(engine, person, node, chain, brings, &[], true)
        });
        let brings = brings.filter(|need| *need != Need::Met);
        let mut gains = |node| match (wish.target, &brings) {
            (None, None) => self.gains(engine, wish.person, node),
            _ => Arc::new([]), // nobody asks what would pay
        };
        let lacking = Lacking {
            gains: [wish.node, wish.start].map(&mut gains),
            brings,
        };
        let ways = self.ways.remove(&(wish.node, wish.person));
        let mut ways = ways.unwrap_or_default();
        let enabled = self.enabled.get(&[wish.before, wish.node]).cloned();
        let (choices, enabled, until) = if wish.last {
            let gains = lacking.gains;
            let choices = self.last(engine, (candidates, relevance), wish, gains, &mut ways);
            (choices, enabled, Some(0))
        } else {
            let given = (lacking, enabled);
            self.work(engine, candidates, relevance, wish, given, &mut ways)
        };
        if self.ways.len() >= STATES {
            self.ways.clear();
        }
        self.ways.insert((wish.node, wish.person), ways);
        if let Some(enabled) = enabled {
            self.enabled.insert([wish.before, wish.node], enabled);
        }
        let choices: Arc<[EventId]> = choices.into();
        if wish.brings.is_none() {
            let (from, to) = until.map_or((wish.left, wish.left), |until| (until, u32::MAX));
            let known = self.choices.entry(key).or_default();
            known.push((from, to, choices.clone()));
        }
        choices
    }

    fn gains(&mut self, engine: &Engine, person: Person, node: NodeId) -> Arc<[Need]> {
        let needs = &self.needs;
        let gains = self.gains.entry((node, person));
        gains
            .or_insert_with(|| needs.gains(engine, person, node))
            .clone()
    }

    /// The choices, what has become possible if that was asked, and from how many events left on they are the same (none: only
    /// for just so many).
    fn work(
        &self,
        engine: &Engine,
        candidates: &mut Candidates,
        relevance: &Relevance,
        wish: Wish<'_>,
        (lacking, enabled): Given,
        known: &mut WaysHere,
    ) -> (Vec<EventId>, Option<Arc<[EventId]>>, Option<u32>) {
        let Wish {
            node,
            before,
            person,
            target,
            wide,
            left,
            ..
        } = wish;
        let mut work = Work::new(self, engine, candidates, (node, person), known);
        work.until = (left >= AHEAD).then_some(AHEAD);
        let mut enabled = enabled;
        let mut found: FxHashMap<EventId, u32> = FxHashMap::default();
        match (target, lacking.brings) {
            (Some(target), _) => {
                let need = work.conditions(target);
                if need == Need::Met {
                    found.insert(target, 0);
                }
                work.pursue(&need, left, 0, &mut found);
            }
            (None, Some(need)) => work.pursue(&need, left, 0, &mut found),
            (None, None) => {
                // Where nobody can say what a want lacks, no guess is made at what the others lack.
                let unclear = |gains: &Arc<[Need]>| gains.contains(&Need::Met);
                let [gains, at_first] = lacking.gains.map(|gains| match unclear(&gains) {
                    true => Arc::new([Need::Met]),
                    false => gains,
                });
                let at_first: FxHashSet<&Need> = at_first.iter().collect();
                let gains = gains.iter().cloned();
                let (new, old): (Vec<Need>, Vec<Need>) =
                    gains.partition(|gain| !at_first.contains(gain));
                work.pursue(&Need::any(new), left, 0, &mut found);
                let new = enabled.get_or_insert_with(|| work.enabled(before).into());
                for &event in new.iter() {
                    let (action, _) = work.engine.event_of(event);
                    let weight = if relevance.can_pay(person, action) {
                        EVENT
                    } else {
                        2 * EVENT
                    };
                    let known = found.entry(event).or_insert(weight);
                    *known = weight.min(*known);
                }
                if wide {
                    work.looked_into = 0;
                    work.pursue(&Need::any(old), left, STALE, &mut found);
                }
            }
        }
        let until = work.until;
        let choices = ranked(engine, node, person, found);
        let choices = choices.into_iter().map(|(event, _)| event);
        (choices.collect(), enabled, until)
    }
}

/// The likeliest of what was found for somebody to do in a state.
fn ranked(
    engine: &Engine,
    node: NodeId,
    person: Person,
    mut found: FxHashMap<EventId, u32>,
) -> Vec<(EventId, u32)> {
    for (&event, weight) in &mut found {
        let willing = engine.willing(node, event);
        if willing.into_iter().any(|other| other != person) {
            *weight += ASKING;
        }
    }
    let mut choices: Vec<(EventId, u32)> = found.into_iter().collect();
    // What weighs as much goes by what it is, not by what was spoken of first.
    choices.sort_by_cached_key(|&(event, weight)| (weight, engine.event_of(event)));
    choices.truncate(CHOICES);
    choices
}

/// What an event weighs by itself.
pub fn weight(engine: &Engine, event: EventId) -> u32 {
    let (action, _) = engine.event_of(event);
    match engine.world.problem.actions[action].journey {
        true => JOURNEY,
        false => EVENT,
    }
}

/// Walks effects down to what is written.
fn collect(
    effects: &[Effect],
    source: Source,
    guards: &mut Vec<Expr>,
    binders: usize,
    add: &mut dyn FnMut(Writer),
) {
    for effect in effects {
        let (place, value, minds) = match effect {
            Effect::Set(place, value) => (place, Some(value.clone()), Vec::new()),
            Effect::Show(place) => (place, None, Vec::new()),
            Effect::Share {
                among,
                speaker,
                place,
                value,
            } => {
                let hearers = among.iter().filter(|who| Some(*who) != speaker.as_ref());
                (place, value.clone(), hearers.cloned().collect())
            }
            Effect::Learn { who, place, from } => {
                let believed =
                    |from: &Expr| Expr::Believes(from.clone().into(), place.clone().into());
                (place, from.as_ref().map(believed), vec![who.clone()])
            }
            Effect::Believe {
                path, place, value, ..
            } => (place, Some(value.clone()), path[..1].to_vec()),
            Effect::When(when, then, otherwise) => {
                guards.push(when.clone());
                collect(then, source, guards, binders, add);
                guards.pop();
                guards.push(Expr::Not(Box::new(when.clone())));
                collect(otherwise, source, guards, binders, add);
                guards.pop();
                continue;
            }
            Effect::Each(_, when, body) => {
                guards.push(when.clone());
                collect(body, source, guards, binders + 1, add);
                guards.pop();
                continue;
            }
        };
        let (place, guards, conditions) = (place.clone(), guards.clone(), Vec::new());
        let found_out = value.is_none() || matches!(effect, Effect::Learn { .. });
        add(Writer {
            source,
            place,
            value,
            found_out,
            guards,
            conditions,
            number: 0,
            free: false,
            minds,
            binders,
        });
    }
}
