//! What each event that is possible now would make of what is lacking: tried on a copy of the states, and forgotten.
//!
//! A film has a thousand events that can happen next, and to see what one of them leads to takes less than to guess it: so whoever looks for a
//! single event that helps tries them all.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::{Engine, Informed, Trouble};
use crate::events::EventId;
use crate::expr::{Deaf, Reader};
use crate::goals::author::Wanted;
use crate::graph::NodeId;
use crate::problem::{ActionId, AtomId, Expr, Value};
use crate::relevance::Touching;
use crate::shape::{each_effect, each_expr, each_part};
use crate::world::Person;

/// How many bytes the states may take that are made on trial, before they are forgotten.
const SPARE: usize = 48 << 20;

/// For so many states and actions it is remembered which events are possible.
const MOST_POSSIBLE: usize = 20_000;

/// Through how many events it is followed what an event leads to that does not help at once.
const FOLLOWED: usize = 2;

/// What is lacking.
#[derive(Debug, Clone)]
pub enum Lack {
    /// Conditions for the first event, in truth, and for the second, which is the one meant, as those see it who must will it.
    Event(EventId, EventId),
    /// All of these.
    Conditions(Arc<[Wanted]>),
}

impl PartialEq for Lack {
    /// Conditions are the same if they have been read as one.
    fn eq(&self, other: &Lack) -> bool {
        match (self, other) {
            (Lack::Event(event, meant), Lack::Event(other, other_meant)) => {
                event == other && meant == other_meant
            }
            (Lack::Conditions(some), Lack::Conditions(others)) => {
                some.len() == others.len()
                    && some.iter().zip(others.iter()).all(|(a, b)| same(a, b))
            }
            _ => false,
        }
    }
}

/// It is the same condition.
fn same(a: &Wanted, b: &Wanted) -> bool {
    Arc::ptr_eq(&a.expr, &b.expr) && a.chain == b.chain && a.env == b.env
}

impl Lack {
    /// The same, with events counted otherwise.
    fn of(&self, same: &mut impl FnMut(EventId) -> EventId) -> Lack {
        match self {
            Lack::Event(event, meant) => Lack::Event(same(*event), same(*meant)),
            Lack::Conditions(wanted) => Lack::Conditions(wanted.clone()),
        }
    }

    /// Whom and what it is about.
    fn about(&self, engine: &Engine, about: &mut FxHashSet<AtomId>) {
        match self {
            Lack::Event(event, _) => about.extend(engine.event_of(*event).1.iter().copied()),
            Lack::Conditions(wanted) => {
                for one in wanted.iter() {
                    let persons = one.chain.iter();
                    about.extend(persons.map(|&person| engine.world.atom(person)));
                    about.extend(one.env.iter().filter_map(|val| val.as_atom()));
                    named(&one.expr, about);
                }
            }
        }
    }

    /// What is lacking in a state: conditions, each in truth or (true) in somebody's mind.
    fn open<'a>(&'a self, engine: &'a Engine, node: NodeId) -> Vec<(&'a Expr, bool)> {
        match self {
            Lack::Event(event, meant) => {
                let needs = |event, index: usize| {
                    let (action, _) = engine.event_of(event);
                    &engine.world.problem.actions[action].needs[index].expr
                };
                let failing = engine.failing(node, *event).into_iter();
                let mut open: Vec<_> = failing.map(|one| (needs(*event, one), false)).collect();
                for person in engine.willing(node, *meant) {
                    let failing = engine.failing(engine.believed(node, person), *meant);
                    open.extend(failing.into_iter().map(|one| (needs(*meant, one), true)));
                }
                open
            }
            Lack::Conditions(wanted) => {
                let mut reader = Reader::new(&engine.world, &engine.graph, Vec::new());
                let open = wanted.iter().filter(|one| !holds(&mut reader, node, one));
                open.map(|one| (&*one.expr, !one.chain.is_empty()))
                    .collect()
            }
        }
    }
}

/// The condition holds where it is wanted to, seen from a state.
fn holds(reader: &mut Reader<'_, Deaf>, node: NodeId, wanted: &Wanted) -> bool {
    let (world, graph) = (reader.world, reader.graph);
    let mind = wanted.chain.iter();
    let mind = mind.fold(node, |node, &person| graph.mind(world, node, person));
    reader.env.clear();
    reader.env.extend_from_slice(&wanted.env);
    reader.holds(graph.at(mind), &wanted.expr)
}

/// A state, and how it came about.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The state,
    pub node: NodeId,
    /// an earlier one,
    pub root: NodeId,
    /// what has happened since,
    pub path: &'p [EventId],
    /// and what others are supposed to know there.
    pub informed: Option<Informed<'p>>,
}

/// Events that lessen something, each with how much is lacking after it.
pub type Lessening = Vec<(EventId, Vec<usize>)>;

/// A copy of an engine on which things are tried.
#[derive(Debug)]
pub struct Trials {
    fresh: Engine,
    trial: Engine,
    /// What events make of states of the copy, if their minds come to rest; none: they contradict themselves or never rest.
    tried: FxHashMap<(NodeId, EventId), Option<NodeId>>,
    /// Whether they do.
    sound: FxHashMap<NodeId, bool>,
    touching: Touching,
    /// By action, what its effects name.
    named: Vec<FxHashSet<AtomId>>,
    /// Which events of an action are possible in a state of the engine itself.
    possible: FxHashMap<(NodeId, ActionId), Arc<[EventId]>>,
}

impl Trials {
    /// Begins with what the engine knows by now.
    pub fn new(engine: &Engine) -> Trials {
        let fresh = copied(engine);
        let problem = &engine.world.problem;
        let named = problem.actions.iter().map(|action| {
            let mut itself = FxHashSet::default();
            each_effect(&action.effects, &mut |effect| {
                each_expr(effect, &mut |expr| named(expr, &mut itself));
            });
            itself
        });
        Trials {
            trial: fresh.clone(),
            fresh,
            tried: FxHashMap::default(),
            sound: FxHashMap::default(),
            touching: Touching::new(problem),
            named: named.collect(),
            possible: FxHashMap::default(),
        }
    }

    /// Forgets what was tried, if it takes too much or a state is asked for that is not in the copy.
    fn forget(&mut self, engine: &Engine, root: NodeId) {
        let later = root as usize >= self.fresh.graph.len();
        if later {
            self.fresh = copied(engine);
        } else if self.trial.bytes() <= self.fresh.bytes() + SPARE {
            return;
        }
        self.trial = self.fresh.clone();
        self.tried.clear();
        self.sound.clear();
    }

    /// The state of the copy after events that happen whatever stands against them; none if one contradicts itself or never rests. The
    /// minds in the states on the way, which are added to `passed`, may yet turn out to come to no rest.
    fn onward(
        &mut self,
        mut node: NodeId,
        events: &[EventId],
        passed: &mut Vec<NodeId>,
    ) -> Result<Option<NodeId>, Trouble> {
        for &event in events {
            let next = match self.tried.get(&(node, event)) {
                Some(&known) => known,
                None => {
                    let next = match self.trial.loosely(node, event) {
                        Ok(next) => Some(next),
                        Err(trouble @ (Trouble::Memory | Trouble::Interrupt)) => {
                            return Err(trouble)
                        }
                        Err(_) => None,
                    };
                    self.tried.insert((node, event), next);
                    next
                }
            };
            let Some(next) = next else { return Ok(None) };
            passed.push(next);
            node = next;
        }
        Ok(Some(node))
    }

    /// The minds in all of these states come to rest.
    fn sound(&mut self, passed: &[NodeId]) -> bool {
        let (trial, known) = (&self.trial, &mut self.sound);
        let mut passed = passed.iter();
        passed.all(|&node| *known.entry(node).or_insert_with(|| trial.sound(node)))
    }

    /// All events that can happen at a place, by anybody's doing or nobody's, by which less of something is lacking, there and then still
    /// after what happens `then`, whatever stands against it: each with how much of each is lacking in the end. What
    /// does not help at once is followed if little happens then.
    ///
    /// # Errors
    /// [`Trouble::Memory`], [`Trouble::Interrupt`].
    pub fn lessening(
        &mut self,
        engine: &mut Engine,
        place: Place<'_>,
        then: &[EventId],
        lacks: &[Lack],
    ) -> Result<Lessening, Trouble> {
        let supposed = |engine: &mut Engine, node| match place.informed {
            Some(informed) => engine.informed(node, informed),
            None => Ok(node),
        };
        let node = supposed(engine, place.node)?;
        let possible = self.possible(engine, node, lacks);
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        self.forget(engine, place.root);
        // The copy counts events in its own way.
        let trial = &self.trial;
        let mut same = |event: EventId| {
            let (action, args) = engine.event_of(event);
            trial.graph.events.intern(action, &args)
        };
        let path: Vec<EventId> = place.path.iter().copied().map(&mut same).collect();
        let then: Vec<EventId> = then.iter().copied().map(&mut same).collect();
        let lacks: Vec<Lack> = lacks.iter().map(|lack| lack.of(&mut same)).collect();
        let mut tried = Vec::new();
        for event in possible {
            tried.push((event, same(event)));
        }
        let mut passed = Vec::new();
        let Some(node) = self.onward(place.root, &path, &mut passed)? else {
            return Ok(Vec::new());
        };
        if !self.sound(&passed) {
            return Ok(Vec::new());
        }
        let node = supposed(&mut self.trial, node)?;
        let counting = Counting::of(&lacks);
        let less = |left: &[usize], before: &Open| {
            let mut pairs = left.iter().zip(&before.counts);
            pairs.any(|(left, now)| left < now)
        };
        let here = counting.open(&self.trial, node);
        passed.clear();
        let end = self.onward(node, &then, &mut passed)?;
        let end = end.filter(|_| self.sound(&passed));
        let end = end.map(|end| counting.open(&self.trial, end));
        let mut found = Vec::new();
        for (event, same) in tried {
            passed.clear();
            let Some(after) = self.onward(node, &[same], &mut passed)? else {
                continue;
            };
            if after == node {
                continue;
            }
            if then.len() > FOLLOWED
                && counting
                    .left(&self.trial, after, &here)
                    .is_none_or(|left| !less(&left, &here))
            {
                continue;
            }
            let Some(after) = self.onward(after, &then, &mut passed)? else {
                continue;
            };
            let left = match &end {
                Some(end) => counting
                    .left(&self.trial, after, end)
                    .filter(|left| less(left, end)),
                None => Some(counting.open(&self.trial, after).counts),
            };
            // To look after all minds takes longer than all else: most events are not worth it.
            if let Some(left) = left.filter(|_| self.sound(&passed)) {
                found.push((event, left));
            }
        }
        Ok(found)
    }

    /// What can happen in a state that has to do with what is lacking there: by what it changes, and by whom or what it is about.
    fn possible(&mut self, engine: &mut Engine, node: NodeId, lacks: &[Lack]) -> Vec<EventId> {
        let mut about: FxHashSet<AtomId> = FxHashSet::default();
        let mut open = Vec::new();
        for lack in lacks {
            let mut lacking = lack.open(engine, node);
            if lacking.iter().any(|&(_, in_mind)| !in_mind) {
                lacking.retain(|&(_, in_mind)| !in_mind); // what is not so in truth comes first
            }
            if !lacking.is_empty() {
                lack.about(engine, &mut about);
            }
            open.extend(lacking);
        }
        let touching = self.touching.any(&engine.world.problem, open);
        if self.possible.len() > MOST_POSSIBLE {
            self.possible.clear();
        }
        let mut possible = Vec::new();
        for action in (0..touching.len()).filter(|&action| touching[action]) {
            let always = !self.named[action].is_disjoint(&about);
            let events = self.possible.entry((node, action)).or_insert_with(|| {
                let any = vec![None; engine.world.problem.actions[action].params.len()];
                engine.candidates(node, action, &any).into()
            });
            possible.extend(events.iter().copied().filter(|&event| {
                let (_, args) = engine.event_of(event);
                always || args.iter().any(|arg| about.contains(arg))
            }));
        }
        possible
    }
}

/// What is lacking of several lacks: what they share is asked for once.
struct Counting<'l> {
    lacks: &'l [Lack],
    /// Each condition once, those in truth first: they are the quickest to tell.
    conditions: Vec<&'l Wanted>,
    /// For each lack, its conditions.
    sets: Vec<Vec<usize>>,
}

/// What is lacking in a state.
struct Open {
    /// Conditions, by number.
    conditions: Vec<bool>,
    /// For each lack, if it is an event, the conditions of it.
    events: Vec<Option<Failing>>,
    /// How much of each lack.
    counts: Vec<usize>,
}

/// The conditions of an event that do not hold: in truth, and in the mind of each who must will it.
struct Failing {
    truth: Vec<usize>,
    minds: Vec<(Person, Vec<usize>)>,
}

impl<'l> Counting<'l> {
    fn of(lacks: &'l [Lack]) -> Self {
        let mut conditions: Vec<&Wanted> = Vec::new();
        let each = lacks.iter().filter_map(|lack| match lack {
            Lack::Event(..) => None,
            Lack::Conditions(wanted) => Some(wanted.iter()),
        });
        for one in each.flatten() {
            if !conditions.iter().any(|known| same(known, one)) {
                conditions.push(one);
            }
        }
        conditions.sort_by_key(|one| one.chain.len());
        let place = |one: &Wanted| {
            let place = conditions.iter().position(|known| same(known, one));
            place.expect("it is one of them")
        };
        let sets = lacks.iter().map(|lack| match lack {
            Lack::Event(..) => Vec::new(),
            Lack::Conditions(wanted) => wanted.iter().map(place).collect(),
        });
        Counting {
            sets: sets.collect(),
            lacks,
            conditions,
        }
    }

    /// What is lacking in a state.
    fn open(&self, engine: &Engine, node: NodeId) -> Open {
        let mut reader = Reader::new(&engine.world, &engine.graph, Vec::new());
        let conditions = self.conditions.iter();
        let conditions: Vec<bool> = conditions
            .map(|one| !holds(&mut reader, node, one))
            .collect();
        let events = self.lacks.iter().map(|lack| match *lack {
            Lack::Event(event, meant) => {
                let minds = engine.willing(node, meant).into_iter();
                let minds = minds.map(|person| {
                    let mind = engine.believed(node, person);
                    (person, engine.failing(mind, meant))
                });
                Some(Failing {
                    truth: engine.failing(node, event),
                    minds: minds.collect(),
                })
            }
            Lack::Conditions(_) => None,
        });
        let events: Vec<Option<Failing>> = events.collect();
        let counts = self.sets.iter().zip(&events).map(|(set, event)| {
            let minds = event.iter().flat_map(|event| &event.minds);
            let minds: usize = minds.map(|(_, failing)| failing.len()).sum();
            let truth = event.as_ref().map_or(0, |event| event.truth.len());
            truth + minds + set.iter().filter(|&&one| conditions[one]).count()
        });
        Open {
            counts: counts.collect(),
            conditions,
            events,
        }
    }

    /// How much of each lack is lacking in a state; none if nothing is different there from what was lacking before: then no less is.
    fn left(&self, engine: &Engine, node: NodeId, before: &Open) -> Option<Vec<usize>> {
        let closes = self.closes(engine, node, before);
        closes.then(|| self.open(engine, node).counts)
    }

    /// Something that was lacking before is not lacking in a state.
    fn closes(&self, engine: &Engine, node: NodeId, before: &Open) -> bool {
        let mut reader = Reader::new(&engine.world, &engine.graph, Vec::new());
        let conditions = self.conditions.iter().zip(&before.conditions);
        let mut open = conditions.filter(|(_, &open)| open);
        if open.any(|(one, _)| holds(&mut reader, node, one)) {
            return true;
        }
        let events = self.lacks.iter().zip(&before.events);
        let mut events = events.filter_map(|(lack, event)| match lack {
            Lack::Event(event_there, meant) => Some((*event_there, *meant, event.as_ref()?)),
            Lack::Conditions(_) => None,
        });
        events.any(|(event, meant, failing)| {
            if failing.minds.is_empty() && failing.truth.is_empty() {
                return false;
            }
            let needs = |reader: &mut Reader<'_, Deaf>, node, event, failing: &[usize]| {
                let needs = &engine.world.problem.actions[engine.graph.events.action(event)].needs;
                reader.env = engine.graph.events.env(event);
                let mut failing = failing.iter();
                failing.any(|&need| reader.holds(engine.graph.at(node), &needs[need].expr))
            };
            if needs(&mut reader, node, event, &failing.truth) {
                return true;
            }
            let mut minds = failing.minds.iter();
            let willing = engine.willing(node, meant);
            minds.any(|(person, failing)| {
                !failing.is_empty()
                    && (!willing.contains(person)
                        || needs(&mut reader, engine.believed(node, *person), meant, failing))
            })
        })
    }
}

/// A copy of the engine that may grow.
fn copied(engine: &Engine) -> Engine {
    let mut copy = engine.clone();
    copy.allow(usize::MAX);
    copy
}

/// The atoms that an expression names.
fn named(expr: &Expr, into: &mut FxHashSet<AtomId>) {
    if let Expr::Const(Value::Atom(atom)) = expr {
        into.insert(*atom);
    }
    each_part(expr, &mut |part| named(part, into));
}
