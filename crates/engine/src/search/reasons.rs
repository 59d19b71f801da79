//! Motives in a world that is laid out ([`Ground`]): the same question as [`crate::motive`], asked a million times.
//!
//! A plan grows event by event. Along with it grows the set of the ends of all its strict parts, so that it is known at once
//! whether something in it is idle (docs/semantics.md, section 8, rule 5), and a plan whose end one of its parts reaches too is
//! given up where that shows. What cannot pay by the values alone, or by the relaxation, is out before it runs in all minds.
//! Explanations of this kind are Ware and Siler's ("Sabre: A Narrative Planner Supporting Intention and Deep Theory of Mind",
//! AIIDE 2021); that a character's plan must be one that the character could believe in goes back to Riedl and Young
//! ("Narrative Planning: Balancing Plot and Character", JAIR 39, 2010).

mod prospects;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::{FxHashMap, FxHashSet};

use super::frontier::TRIED;
use super::ground::Ground;
use super::relaxation::Layers;
use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;
use crate::values::ValuesId;
use crate::world::Person;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The believed state.
    pub mind: NodeId,
    /// Whose it is.
    pub person: Person,
    /// The first event of the plan.
    pub event: EventId,
    /// At most so many events, this one included.
    pub events: u32,
    /// So many levels of minds; at 0 only the event alone counts.
    pub minds: u32,
}

/// What is known of a question, for all numbers of events.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// With so many events there is a motive.
    yes: u32,
    /// With so many there is none.
    no: u32,
}

const NOTHING_KNOWN: Known = Known {
    yes: u32::MAX,
    no: 0,
};

/// What is known of motives.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// The world.
    pub ground: Arc<Ground>,
    /// Give up at this moment.
    pub deadline: Option<Instant>,
    /// Events tried.
    pub tried: u64,
    /// Give up when so many are.
    pub enough: u64,
    /// Give up, too, when it takes more work than a rival has done since so many were tried.
    pub rival: Option<(Arc<AtomicU64>, u64)>,
    alphabet: Option<FxHashSet<EventId>>,
    layers: Layers,
    bounds: FxHashMap<(ValuesId, Person), Box<[f64]>>,
    looks: FxHashMap<ValuesId, Arc<[EventId]>>,
    here: FxHashMap<NodeId, Arc<[EventId]>>,
    worth: FxHashMap<(NodeId, Person), Option<f64>>,
    worth_of_values: FxHashMap<(ValuesId, Person), (Option<f64>, bool)>,
    /// The answers.
    pub memory: Memory,
}

/// Answers remembered.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    known: FxHashMap<(NodeId, EventId, Person, u32), Known>,
    /// From a state on a person can get beyond a worth with so many more events, idle or not, by the events allowed (where
    /// that matters) and the levels of minds.
    gains: FxHashMap<(NodeId, Person, u64, u32, u32), Known>,
}

/// One question at work.
struct Quest {
    ask: Ask,
    /// What the world is worth before.
    worth: f64,
    /// From these states, with these ends of parts and so much left, there is nothing.
    barren: FxHashSet<(NodeId, u64, u32)>,
    /// The plan so far: states, each with what happens there next.
    path: Vec<(NodeId, EventId)>,
}

/// What the values alone say of a next event in a plan.
enum Prospect {
    /// Nothing is gained with it.
    Never,
    /// Something may be; at once, if it says how much the person then has.
    May(Option<f64>),
}

impl Reasons {
    /// Nothing asked yet. `alphabet`: the only events that anybody thinks of, if not all.
    pub fn new(ground: Arc<Ground>, alphabet: Option<&[EventId]>) -> Reasons {
        Reasons {
            ground,
            deadline: None,
            tried: 0,
            enough: u64::MAX,
            rival: None,
            alphabet: alphabet.map(|events| events.iter().copied().collect()),
            layers: Layers::default(),
            bounds: FxHashMap::default(),
            looks: FxHashMap::default(),
            here: FxHashMap::default(),
            worth: FxHashMap::default(),
            worth_of_values: FxHashMap::default(),
            memory: Memory::default(),
        }
    }

    /// The same with nothing asked yet.
    pub fn fresh(&self) -> Reasons {
        Reasons {
            deadline: self.deadline,
            alphabet: self.alphabet.clone(),
            ..Reasons::new(self.ground.clone(), None)
        }
    }

    /// The person has a motive.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn motive(&mut self, engine: &mut Engine, ask: Ask) -> Result<bool, Stop> {
        let key = (ask.mind, ask.event, ask.person, ask.minds);
        let known = self
            .memory
            .known
            .get(&key)
            .copied()
            .unwrap_or(NOTHING_KNOWN);
        if ask.events >= known.yes {
            return Ok(true);
        }
        if ask.events <= known.no {
            return Ok(false);
        }
        let found = self.seek(engine, ask)?;
        let known = self.memory.known.entry(key).or_insert(known);
        if found {
            known.yes = known.yes.min(ask.events);
        } else {
            known.no = known.no.max(ask.events);
        }
        Ok(found)
    }

    /// What is known of everybody's motives for an event without looking for any: all have one, somebody has none, or neither.
    pub fn already(
        &self,
        engine: &Engine,
        node: NodeId,
        event: EventId,
        (events, minds): (u32, u32),
    ) -> Option<bool> {
        let place = self.ground.place(event)?;
        let willing = self.ground.events[place as usize].willing.as_ref()?;
        let mut all = Some(true);
        for &person in willing.iter() {
            let key = (engine.believed(node, person), event, person, minds);
            match self.memory.known.get(&key) {
                Some(known) if events >= known.yes => {}
                Some(known) if events <= known.no => return Some(false),
                _ => all = None,
            }
        }
        all
    }

    /// Everybody but `except` who must will the event in the state has a motive for it.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn willed(
        &mut self,
        engine: &mut Engine,
        node: NodeId,
        event: EventId,
        except: Option<Person>,
        (events, minds): (u32, u32),
    ) -> Result<bool, Stop> {
        for &other in self.willing(engine, node, event).iter() {
            if Some(other) == except {
                continue;
            }
            let ask = Ask {
                mind: engine.believed(node, other),
                person: other,
                event,
                events,
                minds,
            };
            if !self.motive(engine, ask)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Those who must will an event.
    fn willing(&self, engine: &Engine, node: NodeId, event: EventId) -> Arc<[Person]> {
        let place = self.ground.place(event);
        let laid = place.map(|place| &self.ground.events[place as usize]);
        match laid.and_then(|laid| laid.willing.as_ref()) {
            Some(willing) => willing.clone(),
            None => engine.willing(node, event).into(),
        }
    }

    /// False only if somebody but `except` has no motive for what must be willed, for reasons that show at once.
    fn may_be_willed(
        &mut self,
        engine: &mut Engine,
        node: NodeId,
        event: EventId,
        except: Option<Person>,
        limits: (u32, u32),
    ) -> bool {
        let willing = self.willing(engine, node, event);
        willing
            .iter()
            .filter(|&&other| Some(other) != except)
            .all(|&other| {
                let mind = engine.believed(node, other);
                self.may_will(engine, mind, other, event, limits)
            })
    }

    /// False only if the person holds the event to be impossible, or could gain nothing even if all went well.
    fn may_will(
        &mut self,
        engine: &mut Engine,
        mind: NodeId,
        person: Person,
        event: EventId,
        (events, minds): (u32, u32),
    ) -> bool {
        if let Some(known) = self.memory.known.get(&(mind, event, person, minds)) {
            if events >= known.yes || events <= known.no {
                return events >= known.yes;
            }
        }
        if !engine.possible(mind, event) {
            return false;
        }
        let Some(before) = self.worth(engine, mind, person) else {
            return false;
        };
        let Some(values) = self.look_ahead(engine, mind, person, event) else {
            return true;
        };
        if minds == 0 {
            let (worth, blind) = self.worth_of_values(engine, values, person);
            return blind || worth.is_some_and(|worth| worth > before);
        }
        self.bound(engine, values, person, events - 1, before) > before
    }

    fn seek(&mut self, engine: &mut Engine, ask: Ask) -> Result<bool, Stop> {
        if !engine.possible(ask.mind, ask.event) {
            return Ok(false);
        }
        let Some(before) = self.worth(engine, ask.mind, ask.person) else {
            return Ok(false);
        };
        let Some(next) = self.step(engine, ask.person, ask.mind, ask.event)? else {
            return Ok(false);
        };
        if self
            .worth(engine, next, ask.person)
            .is_some_and(|after| after > before)
        {
            return Ok(true);
        }
        if ask.minds == 0 || next == ask.mind {
            return Ok(false);
        }
        let mut quest = Quest {
            ask,
            worth: before,
            barren: FxHashSet::default(),
            path: vec![(ask.mind, ask.event)],
        };
        for length in 1..ask.events {
            if !self.gain(engine, &quest, next, 1, length)? {
                continue;
            }
            if self.extend(engine, &mut quest, next, &[ask.mind], 1, length)? {
                self.persist(engine, &quest);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// People persist in plans: whoever has one has a motive for each of its later events that needs the person's will, where
    /// all went as planned so far.
    fn persist(&mut self, engine: &Engine, quest: &Quest) {
        let Some((&(end, _), path)) = quest.path.split_last() else {
            return;
        };
        let Ask {
            person,
            events,
            minds,
            ..
        } = quest.ask;
        let reached = self.worth(engine, end, person);
        for &(node, event) in &path[1..] {
            if self.worth(engine, node, person) < reached {
                let known = self
                    .memory
                    .known
                    .entry((node, event, person, minds))
                    .or_insert(NOTHING_KNOWN);
                known.yes = known.yes.min(events);
            }
        }
    }

    /// The plan that has come to `node` after `used` events can be ended by exactly `left` more. `parts`: where its strict
    /// parts end, sorted.
    fn extend(
        &mut self,
        engine: &mut Engine,
        quest: &mut Quest,
        node: NodeId,
        parts: &[NodeId],
        used: u32,
        left: u32,
    ) -> Result<bool, Stop> {
        use std::hash::{Hash, Hasher};
        let mut hasher = rustc_hash::FxHasher::default();
        parts.hash(&mut hasher);
        let key = (node, hasher.finish(), left);
        if quest.barren.contains(&key) {
            return Ok(false);
        }
        let person = quest.ask.person;
        let limits = (quest.ask.events - used, quest.ask.minds - 1);
        let events = self.possible(engine, node);
        for &event in events.iter() {
            let prospect = self.promising(engine, quest, node, event, (used, left))?;
            let Prospect::May(worth) = prospect else {
                continue;
            };
            if let (1, Some(_)) = (left, worth) {
                // It pays, by the values alone: so whether it is idle can be told by them, too.
                if !self.willed(engine, node, event, Some(person), limits)?
                    || self.idle(engine, quest, parts, (node, event), worth, limits)?
                {
                    continue;
                }
                let Some(next) = self.step(engine, person, node, event)? else {
                    continue;
                };
                quest.path.push((node, event));
                quest.path.push((next, event));
                return Ok(true);
            }
            let Some(next) = self.step(engine, person, node, event)? else {
                continue;
            };
            if next == node || parts.binary_search(&next).is_ok() {
                continue;
            }
            let worth = self.worth(engine, next, person);
            if left == 1 && worth.is_none_or(|worth| worth <= quest.worth)
                || !self.willed(engine, node, event, Some(person), limits)?
                || left > 1 && !self.gain(engine, quest, next, used + 1, left - 1)?
            {
                continue;
            }
            if left == 1 {
                if !self.idle(engine, quest, parts, (node, event), worth, limits)? {
                    quest.path.push((node, event));
                    quest.path.push((next, event));
                    return Ok(true);
                }
                continue;
            }
            let mut ends = Vec::with_capacity(2 * parts.len() + 1);
            ends.extend_from_slice(parts);
            ends.push(node);
            for &part in parts {
                if engine.possible(part, event)
                    && self.willed(engine, part, event, Some(person), limits)?
                {
                    ends.extend(self.step(engine, person, part, event)?);
                }
            }
            ends.sort_unstable();
            ends.dedup();
            if ends.binary_search(&next).is_ok() {
                continue;
            }
            quest.path.push((node, event));
            if self.extend(engine, quest, next, &ends, used + 1, left - 1)? {
                return Ok(true);
            }
            quest.path.pop();
        }
        quest.barren.insert(key);
        Ok(false)
    }

    /// A plan that ends with the event, and with this worth, would be worth as much without something in it. `parts`: where the
    /// strict parts of what is before end.
    fn idle(
        &mut self,
        engine: &mut Engine,
        quest: &Quest,
        parts: &[NodeId],
        (node, event): (NodeId, EventId),
        worth: Option<f64>,
        limits: (u32, u32),
    ) -> Result<bool, Stop> {
        let person = quest.ask.person;
        let worth = worth.unwrap_or(quest.worth);
        let peer = engine.world.peer();
        let as_good = |reached: Option<f64>| {
            reached.is_some_and(|reached| reached == worth || reached > worth && !peer)
        };
        for &end in parts.iter().chain([&node]) {
            if as_good(self.worth(engine, end, person)) {
                return Ok(true);
            }
        }
        for &part in parts {
            if !engine.possible(part, event) {
                continue;
            }
            let known = match self.look_ahead(engine, part, person, event) {
                Some(values) => self.worth_of_values(engine, values, person),
                None => (None, true),
            };
            if !known.1 && !as_good(known.0)
                || !self.willed(engine, part, event, Some(person), limits)?
            {
                continue;
            }
            if let Some(end) = self.step(engine, person, part, event)? {
                if as_good(self.worth(engine, end, person)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// After the event exactly, or at most, so many in all could end in a gain, by the values alone.
    fn promising(
        &mut self,
        engine: &mut Engine,
        quest: &Quest,
        node: NodeId,
        event: EventId,
        (used, left): (u32, u32),
    ) -> Result<Prospect, Stop> {
        self.tick(engine)?;
        let person = quest.ask.person;
        let mut worth = None;
        if let Some(values) = self.look_ahead(engine, node, person, event) {
            let (reached, blind) = self.worth_of_values(engine, values, person);
            let pays = reached.is_some_and(|reached| reached > quest.worth);
            if !blind && pays {
                worth = reached;
            }
            let never = match left {
                1 => !blind && !pays,
                _ => self.bound(engine, values, person, left - 1, quest.worth) <= quest.worth,
            };
            if never {
                return Ok(Prospect::Never);
            }
        }
        let limits = (quest.ask.events - used, quest.ask.minds - 1);
        Ok(
            match self.may_be_willed(engine, node, event, Some(person), limits) {
                true => Prospect::May(worth),
                false => Prospect::Never,
            },
        )
    }

    /// At most `left` more events after `used`, each willed by whoever must, can end in a gain, idle or not. That does not
    /// hang on the way to the state: what is found out serves all questions that come to it.
    fn gain(
        &mut self,
        engine: &mut Engine,
        quest: &Quest,
        node: NodeId,
        used: u32,
        left: u32,
    ) -> Result<bool, Stop> {
        let Ask {
            person,
            events,
            minds,
            ..
        } = quest.ask;
        // Others for whom only the event alone counts do not mind how many events are left.
        let budget = if minds > 1 { events - used } else { 0 };
        let key = (node, person, quest.worth.to_bits(), budget, minds);
        if let Some(known) = self.memory.gains.get(&key) {
            if left >= known.yes {
                return Ok(true);
            }
            if left <= known.no {
                return Ok(false);
            }
        }
        let values = engine.values_of(node);
        let mut found = false;
        if self.bound(engine, values, person, left, quest.worth) > quest.worth {
            for &event in self.possible(engine, node).iter() {
                let prospect = self.promising(engine, quest, node, event, (used, left))?;
                let Prospect::May(worth) = prospect else {
                    continue;
                };
                let limits = (events - used, minds - 1);
                if worth.is_some() {
                    found = self.willed(engine, node, event, Some(person), limits)?
                        && self.step(engine, person, node, event)?.is_some();
                } else if let Some(next) = self.step(engine, person, node, event)? {
                    let worth = self.worth(engine, next, person);
                    let pays = worth.is_some_and(|worth| worth > quest.worth);
                    found = next != node
                        && (pays || left > 1)
                        && self.willed(engine, node, event, Some(person), limits)?
                        && (pays || self.gain(engine, quest, next, used + 1, left - 1)?);
                }
                if found {
                    break;
                }
            }
        }
        let known = self.memory.gains.entry(key).or_insert(NOTHING_KNOWN);
        if found {
            known.yes = known.yes.min(left);
        } else {
            known.no = known.no.max(left);
        }
        Ok(found)
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        fn of<K, V>(map: &FxHashMap<K, V>) -> usize {
            map.capacity() * (size_of::<(K, V)>() + 1)
        }
        let lists = self.bounds.len() * 64 + (self.looks.len() + self.here.len()) * 160;
        of(&self.bounds)
            + of(&self.looks)
            + of(&self.here)
            + of(&self.worth)
            + of(&self.worth_of_values)
            + of(&self.memory.known)
            + of(&self.memory.gains)
            + lists
    }

    fn tick(&mut self, engine: &Engine) -> Result<(), Stop> {
        self.tried += 1;
        if self.tried.is_multiple_of(1024) {
            match engine.spare(self.bytes()) {
                Err(Trouble::Interrupt) => return Err(Stop::Interrupt),
                Err(_) => return Err(Stop::Memory),
                Ok(()) => {}
            }
            if let Some((least, begun)) = &self.rival {
                if (self.tried - begun) / TRIED > least.load(Ordering::Relaxed) {
                    return Err(Stop::Events);
                }
            }
        }
        if self.tried > self.enough {
            return Err(Stop::Events);
        }
        if self.tried.is_multiple_of(256) && self.deadline.is_some_and(|end| Instant::now() >= end)
        {
            return Err(Stop::Seconds);
        }
        Ok(())
    }
}
