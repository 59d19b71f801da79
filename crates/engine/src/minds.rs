//! Minds on demand: what an event and the settling after it make of a state (docs/semantics.md, sections 4 and 6), worked out for
//! one mind when somebody reads it. Our own rules only.
//!
//! Everything flows from the outside in: what becomes of a mind follows from the state around it, from the mind before, and
//! from the way in which the state around it changed. That way is written down as the node's [`Birth`], and the minds in it are
//! left until they are asked for. (Where triggers read or write minds so that something flows outwards, the whole tower is
//! worked out and settled in rounds instead: [`crate::settle`].)

mod towers;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::effects::{at_home, within, Clash, Cover, Effects, Imposition, Outcome, Role};
use crate::events::{sight, EventId, Sight};
use crate::expr::{At, Reader, Reads};
use crate::graph::{Birth, Draft, Graph, Link, NodeId, Way};
use crate::laws::{Change, Instance};
use crate::problem::SeenAs;
use crate::settle::{self, Unrest, MOST_ROUNDS};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// The minds of one world's states.
#[derive(Clone, Copy)]
pub struct Minds<'a> {
    /// The world.
    pub world: &'a World,
    /// Its states.
    pub graph: &'a Graph,
}

/// A state or a mind as the event leaves it, before it settles.
#[derive(Debug, Clone, Copy)]
struct Sprout {
    /// What it was before.
    before: NodeId,
    values: ValuesId,
    /// How it came about; none: it is still what it was before.
    birth: Option<Birth>,
}

/// What goes wrong while an event happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Its effects contradict each other.
    Clash(Clash),
    /// What follows does.
    Unrest(Unrest),
}

impl From<Unrest> for Failure {
    fn from(unrest: Unrest) -> Failure {
        Failure::Unrest(unrest)
    }
}

impl Minds<'_> {
    /// The state after an event, at rest, and the triggers that fired in it. Of a true state also the minds that people have
    /// in it are looked after: what goes wrong in them is an error, too.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn after(
        self,
        node: NodeId,
        event: EventId,
        owner: Option<Person>,
    ) -> Result<(NodeId, Vec<Instance>), Failure> {
        let sprout = self.happening(node, event, owner)?;
        Ok(self.settled(sprout, owner)?)
    }

    /// The state as an event leaves it, before anything settles.
    ///
    /// # Errors
    /// [`Failure::Clash`].
    pub fn unsettled(
        self,
        node: NodeId,
        event: EventId,
        owner: Option<Person>,
    ) -> Result<NodeId, Failure> {
        Ok(self.node(self.happening(node, event, owner)?))
    }

    /// What a state becomes that has never settled.
    ///
    /// # Errors
    /// [`Unrest`].
    pub fn opening(self, node: NodeId) -> Result<NodeId, Unrest> {
        let sprout = Sprout {
            before: node,
            values: self.graph.values_of(node),
            birth: None,
        };
        Ok(self.settled(sprout, None)?.0)
    }

    fn happening(
        self,
        node: NodeId,
        event: EventId,
        owner: Option<Person>,
    ) -> Result<Sprout, Failure> {
        let role = owner.map_or(Role::Truth, |_| Role::Mind);
        let (outcome, clash) = self.effects(node, role, event);
        match clash {
            Some(clash) => Err(Failure::Clash(clash)),
            None => Ok(self.changed(node, node, owner, event, outcome, &[])),
        }
    }

    /// The root of a tower comes to rest; its minds will when they are asked for.
    fn settled(
        self,
        sprout: Sprout,
        owner: Option<Person>,
    ) -> Result<(NodeId, Vec<Instance>), Unrest> {
        let mind = owner.is_some();
        let rested = self.graph.at_rest(sprout.before, mind);
        let since = rested.then(|| self.graph.values_of(sprout.before));
        let stirred = self.stirred(sprout);
        let (values, fired) = self.rest(sprout, stirred, since, sprout.values, mind)?;
        let birth = sprout.birth.unwrap_or(self.kept(sprout.before, owner));
        let birth = Birth {
            settled: Some(0),
            ..birth
        };
        let root = self.graph.born(values, birth);
        self.graph.rests(root, mind);
        if !mind {
            for person in 0..self.world.persons() {
                if let (_, Some(unrest)) = self.grown(root, person) {
                    return Err(unrest);
                }
            }
        }
        Ok((root, fired))
    }

    /// The birth of a node that is as before.
    fn kept(self, origin: NodeId, owner: Option<Person>) -> Birth {
        Birth {
            origin,
            owner,
            way: Way::Keep,
            imposed: 0,
            settled: None,
        }
    }

    /// The node of a mind that has not settled.
    fn node(self, sprout: Sprout) -> NodeId {
        match sprout.birth {
            Some(birth) => self.graph.born(sprout.values, birth),
            None => sprout.before,
        }
    }

    /// What a person takes the world to be in a node, worked out from how that came about; and what keeps it from rest: then it
    /// stays as it was where that came up.
    pub fn grown(self, node: NodeId, person: Person) -> (NodeId, Option<Unrest>) {
        let birth = self
            .graph
            .birth(node)
            .expect("finished nodes know their minds");
        if birth.owner == Some(person) {
            return (node, None);
        }
        let sprout = self.sprout(birth, person);
        let Some(around) = birth.settled else {
            return (self.node(sprout), None);
        };
        let around = match around {
            0 => vec![self.graph.values_of(node)],
            list => self.graph.history(list).to_vec(),
        };
        let before = self.graph.values_of(sprout.before);
        let mut since = self.graph.at_rest(sprout.before, true).then_some(before);
        let (mut history, mut unrest) = (Vec::new(), None);
        let mut restless = BTreeSet::new();
        let mut now = sprout.values;
        let unmoved = around.len() == 1 && self.unmoved(birth, person, sprout, around[0]);
        for round in 0..MOST_ROUNDS {
            let outside = around[round.min(around.len() - 1)];
            let shown = if round == 0 && unmoved {
                now
            } else {
                self.show(outside, now, person)
            };
            // What the event stirs up in minds counts once, in the first round.
            let stirred = if round == 0 {
                self.stirred(sprout)
            } else {
                Vec::new()
            };
            let next = match self.rest(sprout, stirred, since, shown, true) {
                Ok((next, fired)) => {
                    restless.extend(fired);
                    since = Some(next);
                    next
                }
                Err(error) => {
                    (since, unrest) = (None, Some(error));
                    shown
                }
            };
            history.push(next);
            let last = round + 1 >= around.len();
            if last && next == shown {
                break;
            }
            if last && next == now && round > 0 || round + 1 == MOST_ROUNDS {
                // What is seen and what is made of it change each other for ever.
                unrest.get_or_insert(Unrest::Loop(std::mem::take(&mut restless)));
                break;
            }
            now = next;
        }
        let values = history[history.len() - 1];
        history.dedup();
        let settled = if history.len() == 1 {
            0
        } else {
            self.graph.keep_history(history)
        };
        let rested = self.graph.at_rest(sprout.before, true);
        if sprout.birth.is_none() && rested && settled == 0 && values == before {
            return (sprout.before, unrest);
        }
        let birth = sprout
            .birth
            .unwrap_or(self.kept(sprout.before, Some(person)));
        let birth = Birth {
            settled: Some(settled),
            ..birth
        };
        let mind = self.graph.born(values, birth);
        if since == Some(values) {
            self.graph.rests(mind, true);
        }
        (mind, unrest)
    }

    /// A mind in a node as the event leaves it.
    fn sprout(self, birth: Birth, person: Person) -> Sprout {
        let Birth { origin, way, .. } = birth;
        let before = self.graph.mind(self.world, origin, person);
        let imposed = match birth.imposed {
            0 => Vec::new(),
            list => within(&self.graph.imposed(list), person, Some(person)),
        };
        let sight = |event| sight(self.world, self.graph, self.graph.at(origin), event, person);
        match way {
            Way::Keep => self.imposed(before, person, imposed),
            Way::Part(event, assigned) => match sight(event) {
                Sight::Itself | Sight::Part(_) => {
                    self.part(before, person, event, assigned, imposed)
                }
                _ => self.imposed(before, person, imposed),
            },
            Way::Event(event, assigned) => match sight(event) {
                Sight::Nothing => self.imposed(before, person, imposed),
                Sight::Other(other) => {
                    let (outcome, _) = self.effects(before, Role::Mind, other);
                    self.changed(before, before, Some(person), other, outcome, &imposed)
                }
                Sight::Itself => {
                    let repaired = self.repaired(before, person, origin, event);
                    let action = self.graph.events.action(event);
                    let own = if self.world.mental(action) {
                        self.effects(repaired, Role::Witness(person), event)
                            .0
                            .imposed
                    } else {
                        Vec::new()
                    };
                    let outcome = Outcome {
                        assigned: self.graph.assigned(assigned).to_vec(),
                        imposed: own,
                    };
                    self.changed(before, repaired, Some(person), event, outcome, &imposed)
                }
                Sight::Part(line) => {
                    let role = birth.owner.map_or(Role::Truth, |_| Role::Mind);
                    let assigned = self.glimpse(origin, role, event, line, person, assigned);
                    let assigned = self.graph.keep_assigned(assigned);
                    self.part(before, person, event, assigned, imposed)
                }
            },
        }
    }

    /// What is imposed on the node itself.
    fn here(imposed: &[Imposition]) -> Vec<(FluentId, Val)> {
        let here = imposed.iter().filter(|one| one.cover.is_here());
        here.map(|one| (one.fluent, one.value)).collect()
    }

    /// A mind that sees nothing of the event.
    fn imposed(self, before: NodeId, owner: Person, imposed: Vec<Imposition>) -> Sprout {
        let values = self.graph.values_of(before);
        if imposed.is_empty() {
            return Sprout {
                before,
                values,
                birth: None,
            };
        }
        let values = self.graph.values.set(values, &Self::here(&imposed));
        let birth = Birth {
            imposed: self.graph.keep_imposed(imposed),
            ..self.kept(before, Some(owner))
        };
        Sprout {
            before,
            values,
            birth: Some(birth),
        }
    }

    /// A mind that sees part of the event.
    fn part(
        self,
        before: NodeId,
        owner: Person,
        event: EventId,
        assigned: u32,
        imposed: Vec<Imposition>,
    ) -> Sprout {
        let values = self.graph.values_of(before);
        let values = self
            .graph
            .values
            .set(values, &self.graph.assigned(assigned));
        let values = self.graph.values.set(values, &Self::here(&imposed));
        let birth = Birth {
            way: Way::Part(event, assigned),
            imposed: self.graph.keep_imposed(imposed),
            ..self.kept(before, Some(owner))
        };
        Sprout {
            before,
            values,
            birth: Some(birth),
        }
    }

    /// A state in which the event happens, or a mind that sees it: what it does there, and what the states around impose.
    fn changed(
        self,
        before: NodeId,
        repaired: NodeId,
        owner: Option<Person>,
        event: EventId,
        outcome: Outcome,
        imposed: &[Imposition],
    ) -> Sprout {
        let own = outcome.imposed.into_iter();
        let imposed = at_home(own.chain(imposed.iter().cloned()), owner);
        let values = self.graph.values_of(repaired);
        let values = self.graph.values.set(values, &outcome.assigned);
        let values = self.graph.values.set(values, &Self::here(&imposed));
        let birth = Birth {
            origin: repaired,
            owner,
            way: Way::Event(event, self.graph.keep_assigned(outcome.assigned)),
            imposed: self.graph.keep_imposed(imposed),
            settled: None,
        };
        Sprout {
            before,
            values,
            birth: Some(birth),
        }
    }

    fn effects(self, node: NodeId, role: Role, event: EventId) -> (Outcome, Option<Clash>) {
        let events = &self.graph.events;
        let mut reader = Reader::new(self.world, self.graph, events.env(event));
        let effects = &self.world.problem.actions[events.action(event)].effects;
        Effects::imagined(&mut reader, self.graph.at(node), role, effects, None)
    }

    /// What somebody who sees only part of an event takes over.
    fn glimpse(
        self,
        node: NodeId,
        role: Role,
        event: EventId,
        line: usize,
        person: Person,
        assigned: u32,
    ) -> Vec<(FluentId, Val)> {
        let events = &self.graph.events;
        let action = &self.world.problem.actions[events.action(event)];
        let SeenAs::Partly(effects) = &action.sees[line].seen_as else {
            unreachable!("the line says that a part is seen")
        };
        let mut env = events.env(event);
        env.push(Val::atom(self.world.atom(person)));
        let mut reader = Reader::new(self.world, self.graph, env);
        let (at, assigned) = (self.graph.at(node), self.graph.assigned(assigned));
        let (outcome, _) = Effects::imagined(&mut reader, at, role, effects, Some(&assigned));
        outcome.assigned
    }

    /// Surprise: a mind learns what the conditions that it holds to fail rest on in the state around it.
    fn repaired(self, mind: NodeId, owner: Person, source: NodeId, event: EventId) -> NodeId {
        if mind == source {
            return mind; // what is so around it is so in it
        }
        let events = &self.graph.events;
        let needs = &self.world.problem.actions[events.action(event)].needs;
        let (here, around) = (self.graph.at(mind), self.graph.at(source));
        let mut reader = Reader::new(self.world, self.graph, events.env(event));
        let mut repairs = Vec::new();
        for need in needs.iter().filter(|need| !need.hidden) {
            if reader.holds(here, &need.expr) {
                continue;
            }
            let mut tracer = Reader {
                world: self.world,
                graph: self.graph,
                env: events.env(event),
                trace: Reads::default(),
            };
            tracer.value(around, &need.expr);
            for (chain, fluent) in tracer.trace.found {
                let mut place = source;
                for &person in &chain {
                    place = self.graph.mind(self.world, place, person);
                }
                repairs.push(Imposition {
                    fluent,
                    value: self.graph.value(place, fluent),
                    cover: Cover::end(&chain, false),
                });
            }
        }
        self.node(self.imposed(mind, owner, at_home(repairs, Some(owner))))
    }

    /// What decides what a person perceives in a node born like this is as it was before, there and in the person's mind.
    fn unmoved(self, birth: Birth, person: Person, sprout: Sprout, around: ValuesId) -> bool {
        let repaired = self.graph.birth(birth.origin);
        let before = match repaired {
            Some(repaired) if repaired.settled.is_none() => repaired.origin,
            _ => birth.origin,
        };
        let same = |a, b| {
            let decides = |fluent| self.graph.laws.decides(self.world, fluent);
            !self.graph.values.differ(a, b, decides)
        };
        self.graph.settled(before)
            && same(self.graph.values_of(before), around)
            && same(self.graph.values_of(sprout.before), sprout.values)
            && self.graph.mind(self.world, before, person) == sprout.before
    }

    /// The values of a mind after its owner has perceived what shows itself in the state around it, or missed it.
    fn show(self, around: ValuesId, mind: ValuesId, person: Person) -> ValuesId {
        if around == mind {
            return mind;
        }
        let key = (around, mind, person as u32);
        if let Some(shown) = self.graph.known_shown(key) {
            return shown;
        }
        let shown = self.shown(around, mind, person);
        self.graph.keep_shown(key, shown);
        shown
    }

    fn shown(self, around: ValuesId, mind: ValuesId, person: Person) -> ValuesId {
        let laws = &self.graph.laws;
        let decides = |fluent| laws.decides(self.world, fluent);
        let mut now = mind;
        // What one perception changes can decide what else is seen or missed.
        while self.graph.values.differ(now, around, decides) {
            let before = now;
            for (place, shown) in laws.visible.iter().enumerate() {
                for fluent in self.world.base(shown.fact)..self.world.base(shown.fact + 1) {
                    let [here, there] = [around, now].map(|values| At { values, node: None });
                    let sees = settle::perception::perception(
                        self.world, self.graph, here, there, person, place, fluent,
                    );
                    if let Some(value) = sees {
                        now = self.graph.values.set(now, &[(fluent, value)]);
                    }
                }
            }
            if now == before {
                break;
            }
        }
        now
    }

    /// The values when no trigger can fire any more, and the triggers that did. `since`: values at rest before; none: any trigger
    /// may fire. `stirred`: what the event changed in minds.
    fn rest(
        self,
        sprout: Sprout,
        stirred: Vec<(Person, Vec<FluentId>)>,
        since: Option<ValuesId>,
        mut values: ValuesId,
        mind: bool,
    ) -> Result<(ValuesId, Vec<Instance>), Unrest> {
        let laws = &self.graph.laws;
        let mut fired = Vec::new();
        if laws.silent() {
            return Ok((values, fired));
        }
        // Triggers read minds as the event leaves them: nothing that settles changes what they read there.
        let node = laws.looks_into_minds.then(|| self.node(sprout));
        let mut candidates = BTreeSet::new();
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let touched = |reader: &mut Reader<'_, _>, from, to, minds, candidates: &mut _| {
            let change = Change {
                here: self.graph.values.diff(from, to),
                minds,
            };
            if !change.here.is_empty() || !change.minds.is_empty() {
                laws.touched(reader, At { values: to, node }, mind, &change, candidates);
            }
        };
        match since {
            Some(since) => {
                touched(&mut reader, since, values, stirred, &mut candidates);
            }
            None => laws.all(&mut reader, At { values, node }, mind, &mut candidates),
        }
        let mut past = vec![values];
        while let Some(instance) = candidates.pop_first() {
            let at = At { values, node };
            let Some(outcome) = settle::outcome(&mut reader, at, mind, &instance)? else {
                continue; // until something touches it
            };
            let next = self.graph.values.set(values, &outcome.assigned);
            if next == values {
                continue;
            }
            fired.push(instance);
            if let Some(from) = past.iter().position(|&earlier| earlier == next) {
                return Err(Unrest::Loop(fired.drain(from..).collect()));
            }
            if past.len() > settle::MOST_FIRINGS {
                return Err(Unrest::Loop(fired.drain(past.len() - 100..).collect()));
            }
            past.push(next);
            touched(&mut reader, values, next, Vec::new(), &mut candidates);
            values = next;
        }
        Ok((values, fired))
    }

    /// What an event changed in minds of what triggers read there.
    fn stirred(self, sprout: Sprout) -> Vec<(Person, Vec<FluentId>)> {
        let (laws, graph) = (&self.graph.laws, self.graph);
        let Some(birth) = sprout.birth.filter(|_| laws.looks_into_minds) else {
            return Vec::new();
        };
        let read = |fluent: FluentId| laws.read_in_minds(self.world, fluent);
        let by_event = match birth.way {
            Way::Keep => false,
            Way::Event(event, _) | Way::Part(event, _) => laws.stirs(graph.events.action(event)),
        };
        if !by_event
            && !graph
                .imposed(birth.imposed)
                .iter()
                .any(|one| read(one.fluent))
        {
            return Vec::new();
        }
        let now = self.node(sprout);
        let looked_into = (0..self.world.persons()).filter(|&person| laws.looked_into(person));
        let changes = looked_into.map(|person| {
            let [old, new] = [sprout.before, now].map(|node| graph.mind(self.world, node, person));
            let mut changed = graph
                .values
                .diff(graph.values_of(old), graph.values_of(new));
            changed.retain(|&fluent| read(fluent));
            (person, changed)
        });
        changes.filter(|(_, changed)| !changed.is_empty()).collect()
    }
}
