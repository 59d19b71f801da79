//! What an event makes of a whole tower under the peer's rules, before anything settles; and, under both rule books, what
//! becomes of a tower where values are imposed on minds in it, and what a round of settling makes of it. (What an event makes of
//! a state under our own rules: [`crate::minds`].)
//!
//! A state is a tower of minds without end, so the new one is described by *seeds*: in which way does a node change, and in
//! which way do its minds? Only finitely many different seeds occur; each becomes one node of a [`Draft`]. Minds that do not
//! change are permanent nodes already and cost nothing.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::effects::{at_home, within, Clash, Effects, Imposition, Outcome, Role};
use crate::events::{self, EventId, Sight};
use crate::expr::Reader;
use crate::graph::{Draft, Graph, Link, NodeId};
use crate::peer;
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// More nodes than these in one step are taken for a lack of memory.
const MOST_SEEDS: usize = 1 << 20;

/// The way in which a node changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// Not at all (but for impositions).
    Keep,
    /// The event happens there: the peer's rules.
    Happens(EventId),
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
    graph: &'a Graph,
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
    graph: &Graph,
    node: NodeId,
    owner: Option<Person>,
    imposed: Vec<Imposition>,
) -> Result<NodeId, Stop> {
    let imposed = at_home(imposed, owner).into();
    let seed = Seed {
        node,
        owner,
        way: Way::Keep,
        imposed,
    };
    Ok(Step::new(world, graph, &NoRounds).grow(seed)?.root)
}

impl<'a, R: Rounds> Step<'a, R> {
    /// A step in this world.
    pub fn new(world: &'a World, graph: &'a Graph, rounds: &'a R) -> Self {
        let draft = Draft::new(world.persons());
        Step {
            world,
            graph,
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
                let Outcome { assigned, imposed } = self.effects(seed.node, *event)?;
                self.change(place, seed, *event, &assigned, imposed)?;
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
            let mind = self.graph.mind(self.world, seed.node, person);
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
        assigned: &[(FluentId, Val)],
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
        self.values(place, seed, assigned, &imposed);
        let sights = self.sights(seed.node, event);
        let mut stop = None;
        self.minds(place, seed, &imposed, |this, person| match sights[person] {
            Sight::Other(other) => (Way::Happens(other), None),
            Sight::Itself => {
                let mind = this.graph.mind(this.world, seed.node, person);
                match this.surprised(mind, seed.node, event) {
                    Ok(repaired) => (Way::Happens(event), Some(repaired)),
                    Err(error) => {
                        stop = Some(error);
                        (Way::Keep, None)
                    }
                }
            }
            Sight::Nothing | Sight::Part(_) => (Way::Keep, None),
        });
        stop.map_or(Ok(()), Err)
    }

    fn sights(&mut self, node: NodeId, event: EventId) -> Rc<[Sight]> {
        if let Some(known) = self.sights.get(&(node, event)) {
            return known.clone();
        }
        let at = self.graph.at(node);
        let sights: Rc<[Sight]> = events::sights(self.world, self.graph, at, event).into();
        self.sights.insert((node, event), sights.clone());
        sights
    }

    fn effects(&mut self, node: NodeId, event: EventId) -> Result<Outcome, Stop> {
        let events = &self.graph.events;
        let mut reader = Reader::new(self.world, self.graph, events.env(event));
        let effects = &self.world.problem.actions[events.action(event)].effects;
        Effects::run(&mut reader, self.graph.at(node), Role::Truth, effects, None)
            .map_err(|clash| Stop::Clash(event, clash))
    }

    /// Surprise: a mind learns what the conditions that it holds to fail rest on in the state around it.
    fn surprised(&self, mind: NodeId, source: NodeId, event: EventId) -> Result<NodeId, Stop> {
        if mind == source {
            return Ok(mind); // what is so around it is so in it
        }
        let events = &self.graph.events;
        let needs = &self.world.problem.actions[events.action(event)].needs;
        let env = events.env(event);
        let repairs = peer::surprise(self.world, self.graph, needs, &env, mind, source);
        if repairs.is_empty() {
            return Ok(mind);
        }
        impose(self.world, self.graph, mind, None, repairs)
    }
}
