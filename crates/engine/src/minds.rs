//! Minds on demand: what an event and the settling after it make of a state (docs/semantics.md, sections 4 and 6), worked out for
//! one mind when somebody reads it. Our own rules only.
//!
//! Everything flows from the outside in: what becomes of a mind follows from the state around it, from the mind before, and
//! from the way in which the state around it changed. That way is written down as the node's [`Birth`], and the minds in it are
//! left until they are asked for. Where triggers read in minds what settles there, something flows back: then just the minds that
//! such a trigger reads are followed, round by round, while the state around them comes to rest (`minds/rest.rs`). (Where triggers
//! write into minds, or perception rests on minds, the whole tower is worked out and settled in rounds instead: [`crate::settle`].)

mod rest;
mod towers;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::effects::{at_home, within, Clash, Cover, Effects, Imposition, Outcome, Role};
use crate::events::{sight, EventId, Sight};
use crate::expr::{At, Reader, Reads};
use crate::graph::{Birth, Draft, Graph, Link, NodeId, Settled, Way};
use crate::laws::Instance;
use crate::problem::SeenAs;
use crate::settle::{self, Unrest};
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
        let (root, fired) = self.loosely(node, event, owner)?;
        if owner.is_none() {
            self.rest_in(root)?;
        }
        Ok((root, fired))
    }

    /// The same where nobody looks after the minds: whether they come to rest tells [`Minds::rest_in`].
    ///
    /// # Errors
    /// [`Failure`] of the state itself.
    pub fn loosely(
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
        let root = self.settled(sprout, None)?.0;
        self.rest_in(root)?;
        Ok(root)
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

    /// The birth of a node that is as before.
    fn kept(self, origin: NodeId, owner: Option<Person>) -> Birth {
        Birth {
            origin,
            owner,
            way: Way::Keep,
            imposed: 0,
            settled: Settled::NOT,
        }
    }

    /// The node of a mind that has not settled.
    fn node(self, sprout: Sprout) -> NodeId {
        match sprout.birth {
            Some(birth) => self.graph.born(sprout.values, birth),
            None => sprout.before,
        }
    }

    /// Something of how a node came about may get into the mind that a person has in it: else it stays as it was.
    fn reaches(self, birth: Birth, person: Person) -> bool {
        let Birth { origin, way, .. } = birth;
        let sight = |event| sight(self.world, self.graph, self.graph.at(origin), event, person);
        let seen = match way {
            Way::Keep => false,
            Way::Event(event, _) => sight(event) != Sight::Nothing,
            Way::Part(event, _) => matches!(sight(event), Sight::Itself | Sight::Part(_)),
        };
        seen || birth.imposed != 0
            && !within(&self.graph.imposed(birth.imposed), person, Some(person)).is_empty()
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
            settled: Settled::NOT,
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
}
