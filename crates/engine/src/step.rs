//! What an event makes of a state, before anything settles (docs/semantics.md, section 4).
//!
//! A state is a tower of minds without end, so the new one is described by *seeds*: in which way does a node change, and in
//! which way do its minds? Only finitely many different seeds occur; each becomes one node of a [`Draft`]. Minds that do not
//! change are permanent nodes already and cost nothing.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::effects::{at_home, within, Clash, Cover, Effects, Imposition, Outcome, Role};
use crate::events::{self, EventId, Events, Sight};
use crate::expr::{Reader, Reads};
use crate::graph::{Draft, Graph, Link, NodeId};
use crate::peer;
use crate::problem::SeenAs;
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// More nodes than these in one step are taken for a lack of memory.
const MOST_SEEDS: usize = 1 << 20;

/// Assignments, ordered by fluent.
pub type Assigned = Rc<[(FluentId, Val)]>;

/// The way in which a node changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// Not at all (but for impositions).
    Keep,
    /// The event happens there.
    Happens(EventId),
    /// Its owner sees the event happen around it and takes over what it assigned there.
    Seen(EventId, Assigned),
    /// Its owner sees only so much of the event.
    Part(EventId, Assigned),
    /// A round of settling, from the outside in.
    Settle,
}

/// How one node of the new tower comes about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seed {
    /// The node before. Under our own rules a surprised witness' mind is repaired first.
    pub node: NodeId,
    /// Whose mind it is. Under the peer's rules nobody's: its minds are not tied to themselves.
    pub owner: Option<Person>,
    /// How it changes.
    pub way: Way,
    /// What the states around it impose on it.
    pub imposed: Rc<[Imposition]>,
}

/// What goes wrong in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Contradicting effects of the event.
    Clash(EventId, Clash),
    /// Too many nodes.
    Memory,
}

/// What the rounds ask of settling.
pub trait Rounds {
    /// What the round makes of the node itself; its minds, as it leaves them, come next. None: the node stays.
    fn round(&self, node: NodeId, owner: Option<Person>) -> Option<NodeId>;
    /// Nothing can happen in it and below.
    fn quiet(&self, node: NodeId, mind: bool) -> bool;
}

/// Nothing settles yet.
pub struct NoRounds;

impl Rounds for NoRounds {
    fn round(&self, _: NodeId, _: Option<Person>) -> Option<NodeId> {
        None
    }
    fn quiet(&self, _: NodeId, _: bool) -> bool {
        true
    }
}

/// The new tower.
#[derive(Debug)]
pub struct Grown {
    /// The new state.
    pub root: NodeId,
    /// All seeds with the node that each came from and the node that it became.
    pub seeds: Vec<(Seed, NodeId, NodeId)>,
}

/// Grows one new tower.
pub struct Step<'a, R: Rounds> {
    world: &'a World,
    graph: &'a mut Graph,
    events: &'a mut Events,
    rounds: &'a R,
    draft: Draft,
    places: FxHashMap<Seed, usize>,
    seeds: Vec<(Seed, NodeId)>,
    sights: FxHashMap<(NodeId, EventId), Rc<[Sight]>>,
    nothing: Rc<[Imposition]>,
}

/// The state that a node becomes when values are imposed on minds in it.
///
/// # Errors
/// [`Stop::Memory`].
pub fn impose(
    world: &World,
    graph: &mut Graph,
    node: NodeId,
    owner: Option<Person>,
    imposed: Vec<Imposition>,
) -> Result<NodeId, Stop> {
    let mut events = Events::default();
    let imposed = at_home(imposed, owner).into();
    let seed = Seed {
        node,
        owner,
        way: Way::Keep,
        imposed,
    };
    Ok(Step::new(world, graph, &mut events, &NoRounds)
        .grow(seed)?
        .root)
}

impl<'a, R: Rounds> Step<'a, R> {
    /// A step in this world.
    pub fn new(
        world: &'a World,
        graph: &'a mut Graph,
        events: &'a mut Events,
        rounds: &'a R,
    ) -> Self {
        let draft = Draft::new(world.persons());
        Step {
            world,
            graph,
            events,
            rounds,
            draft,
            places: FxHashMap::default(),
            seeds: Vec::new(),
            sights: FxHashMap::default(),
            nothing: Rc::new([]),
        }
    }

    /// The tower that grows from a seed.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn grow(mut self, seed: Seed) -> Result<Grown, Stop> {
        let origin = seed.node;
        self.plant(seed, origin);
        let mut at = 0;
        while at < self.seeds.len() {
            if self.seeds.len() > MOST_SEEDS {
                return Err(Stop::Memory);
            }
            let seed = self.seeds[at].0.clone();
            self.unfold(at, &seed)?;
            at += 1;
        }
        let nodes = self.graph.settle(&self.draft);
        let seeds: Vec<_> = self
            .seeds
            .into_iter()
            .zip(&nodes)
            .map(|((seed, origin), &node)| (seed, origin, node))
            .collect();
        Ok(Grown {
            root: nodes[0],
            seeds,
        })
    }

    /// The drafted node of a seed.
    fn plant(&mut self, seed: Seed, origin: NodeId) -> usize {
        if let Some(&place) = self.places.get(&seed) {
            return place;
        }
        let place = self.draft.add(self.graph.values_of(seed.node));
        self.places.insert(seed.clone(), place);
        self.seeds.push((seed, origin));
        place
    }

    fn link(&mut self, from: usize, person: Person, seed: Seed, origin: NodeId) {
        let to = if seed.way == Way::Keep && seed.imposed.is_empty() {
            Link::Node(seed.node)
        } else {
            Link::Draft(self.plant(seed, origin))
        };
        self.draft.link(from, person, to);
    }

    fn unfold(&mut self, place: usize, seed: &Seed) -> Result<(), Stop> {
        match &seed.way {
            Way::Keep => {
                self.values(place, seed, &[], &seed.imposed);
                self.minds(place, seed, &seed.imposed, |_, _| (Way::Keep, None));
            }
            Way::Happens(event) => {
                let role = seed.owner.map_or(Role::Truth, |_| Role::Mind);
                let Outcome { assigned, imposed } = self.effects(seed.node, role, *event)?;
                self.change(place, seed, *event, assigned.into(), imposed)?;
            }
            Way::Seen(event, assigned) => {
                let owner = seed.owner.expect("a witness owns the mind that sees");
                let imposed = if self.world.mental(self.events.get(*event).0) {
                    self.effects(seed.node, Role::Witness(owner), *event)?
                        .imposed
                } else {
                    Vec::new()
                };
                self.change(place, seed, *event, assigned.clone(), imposed)?;
            }
            Way::Part(event, assigned) => {
                self.values(place, seed, assigned, &seed.imposed);
                let sights = self.sights(seed.node, *event);
                let (event, assigned) = (*event, assigned.clone());
                self.minds(place, seed, &seed.imposed, |_, person| {
                    match sights[person] {
                        Sight::Itself | Sight::Part(_) => {
                            (Way::Part(event, assigned.clone()), None)
                        }
                        _ => (Way::Keep, None),
                    }
                });
            }
            Way::Settle => {
                let now = self.rounds.round(seed.node, seed.owner);
                let now = Seed {
                    node: now.unwrap_or(seed.node),
                    ..seed.clone()
                };
                self.values(place, &now, &[], &[]);
                self.minds(place, &now, &[], |_, _| (seed.way.clone(), None));
            }
        }
        Ok(())
    }

    /// The values of a drafted node: what is assigned, and on top of that what is imposed on the node itself.
    fn values(
        &mut self,
        place: usize,
        seed: &Seed,
        assigned: &[(FluentId, Val)],
        imposed: &[Imposition],
    ) {
        let mut values = self.graph.values_of(seed.node);
        values = self.graph.values.set(values, assigned);
        let here = imposed.iter().filter(|one| one.cover.is_here());
        let here: Vec<(FluentId, Val)> = here.map(|one| (one.fluent, one.value)).collect();
        values = self.graph.values.set(values, &here);
        self.draft.value(place, values);
    }

    /// The minds of a drafted node, each in the way that `way` says (in a repaired mind, if it says so).
    fn minds(
        &mut self,
        place: usize,
        seed: &Seed,
        imposed: &[Imposition],
        mut way: impl FnMut(&mut Self, Person) -> (Way, Option<NodeId>),
    ) {
        for person in 0..self.world.persons() {
            if seed.owner == Some(person) {
                continue; // a drafted mind is its own owner's mind unless it is linked elsewhere
            }
            let owner = (!self.world.peer()).then_some(person);
            let mind = self.graph.mind(seed.node, person);
            let imposed: Rc<[Imposition]> = if imposed.is_empty() {
                self.nothing.clone()
            } else {
                within(imposed, person, owner).into()
            };
            let (way, repaired) = way(self, person);
            let way = match way {
                Way::Settle if self.rounds.quiet(mind, owner.is_some()) => Way::Keep,
                way => way,
            };
            let node = repaired.unwrap_or(mind);
            self.link(
                place,
                person,
                Seed {
                    node,
                    owner,
                    way,
                    imposed,
                },
                mind,
            );
        }
    }

    /// The event changes a node: values, and the minds of those who see it.
    fn change(
        &mut self,
        place: usize,
        seed: &Seed,
        event: EventId,
        assigned: Assigned,
        own: Vec<Imposition>,
    ) -> Result<(), Stop> {
        let imposed = if own.is_empty() {
            seed.imposed.to_vec()
        } else {
            at_home(
                own.into_iter().chain(seed.imposed.iter().cloned()),
                seed.owner,
            )
        };
        self.values(place, seed, &assigned, &imposed);
        let sights = self.sights(seed.node, event);
        let mut stop = None;
        self.minds(place, seed, &imposed, |this, person| match sights[person] {
            Sight::Nothing => (Way::Keep, None),
            Sight::Other(other) => (Way::Happens(other), None),
            Sight::Itself => {
                let mind = this.graph.mind(seed.node, person);
                match this.surprised(mind, person, seed.node, event) {
                    Ok(repaired) if this.world.peer() => (Way::Happens(event), Some(repaired)),
                    Ok(repaired) => (Way::Seen(event, assigned.clone()), Some(repaired)),
                    Err(error) => {
                        stop = Some(error);
                        (Way::Keep, None)
                    }
                }
            }
            Sight::Part(line) => match this.part(seed, event, line, person, &assigned) {
                Ok(part) => (Way::Part(event, part), None),
                Err(error) => {
                    stop = Some(error);
                    (Way::Keep, None)
                }
            },
        });
        stop.map_or(Ok(()), Err)
    }

    fn sights(&mut self, node: NodeId, event: EventId) -> Rc<[Sight]> {
        if let Some(known) = self.sights.get(&(node, event)) {
            return known.clone();
        }
        let at = self.graph.at(node);
        let sights: Rc<[Sight]> =
            events::sights(self.world, self.graph, self.events, at, event).into();
        self.sights.insert((node, event), sights.clone());
        sights
    }

    fn effects(&mut self, node: NodeId, role: Role, event: EventId) -> Result<Outcome, Stop> {
        let (action, _) = self.events.get(event);
        let mut reader = Reader::new(self.world, self.graph, self.events.env(event));
        let effects = &self.world.problem.actions[action].effects;
        let outcome = Effects::run(&mut reader, self.graph.at(node), role, effects, None)
            .map_err(|clash| Stop::Clash(event, clash))?;
        Ok(outcome)
    }

    /// What somebody who sees only part of an event takes over.
    fn part(
        &mut self,
        seed: &Seed,
        event: EventId,
        line: usize,
        person: Person,
        assigned: &[(FluentId, Val)],
    ) -> Result<Assigned, Stop> {
        let (action, _) = self.events.get(event);
        let SeenAs::Partly(effects) = &self.world.problem.actions[action].sees[line].seen_as else {
            unreachable!("the line says that a part is seen")
        };
        let mut env = self.events.env(event);
        env.push(Val::atom(self.world.atom(person)));
        let mut reader = Reader::new(self.world, self.graph, env);
        let role = seed.owner.map_or(Role::Truth, |_| Role::Mind);
        let outcome = Effects::run(
            &mut reader,
            self.graph.at(seed.node),
            role,
            effects,
            Some(assigned),
        )
        .map_err(|clash| Stop::Clash(event, clash))?;
        Ok(outcome.assigned.into())
    }

    /// Surprise: a mind learns what the conditions that it holds to fail rest on in the state around it.
    fn surprised(
        &mut self,
        mind: NodeId,
        owner: Person,
        source: NodeId,
        event: EventId,
    ) -> Result<NodeId, Stop> {
        if mind == source {
            return Ok(mind); // what is so around it is so in it
        }
        let (action, _) = self.events.get(event);
        let needs = &self.world.problem.actions[action].needs;
        let env = self.events.env(event);
        if self.world.peer() {
            let repairs = peer::surprise(self.world, self.graph, needs, &env, mind, source);
            return if repairs.is_empty() {
                Ok(mind)
            } else {
                impose(self.world, self.graph, mind, None, repairs)
            };
        }
        let mut repairs = Vec::new();
        let (here, around) = (self.graph.at(mind), self.graph.at(source));
        let mut reader = Reader::new(self.world, self.graph, env);
        for need in needs.iter().filter(|need| !need.hidden) {
            if reader.holds(here, &need.expr) {
                continue;
            }
            let env = self.events.env(event);
            let mut tracer = Reader {
                world: self.world,
                graph: self.graph,
                env,
                trace: Reads::default(),
            };
            tracer.value(around, &need.expr);
            for (chain, fluent) in tracer.trace.found {
                let place = chain
                    .iter()
                    .fold(source, |node, &person| self.graph.mind(node, person));
                let value = self.graph.value(place, fluent);
                repairs.push(Imposition {
                    fluent,
                    value,
                    cover: Cover::end(&chain, false),
                });
            }
        }
        if repairs.is_empty() {
            Ok(mind)
        } else {
            impose(self.world, self.graph, mind, Some(owner), repairs)
        }
    }
}
