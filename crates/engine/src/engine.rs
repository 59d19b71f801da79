//! The engine as others see it: one world with its states, events and motives.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::candidates::Candidates;
use crate::effects::{at_home, bit, Clash, Cover, Effects, Imposition, Role};
use crate::events::{self, Args, EventId};
use crate::expr::{At, Reader, Reads};
use crate::graph::{Graph, NodeId};
use crate::laws::{arguments, Laws};
use crate::minds::{Failure, Minds};
use crate::parts::{self, Parts, Stepping};
use crate::problem::{ActionId, AtomId, Expr, FactId, Problem};
use crate::settle::{settle_values, Quiet, Settled, Settling, Unrest};
use crate::start::opening;
use crate::step::{impose, NoRounds, Seed, Step, Stop, Way};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::wants::Wants;
use crate::world::{Group, Person, ProblemError, World};

/// What can go wrong while a story runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// The problem breaks the contract of the border.
    Problem(ProblemError),
    /// The effects of an event or a trigger contradict each other.
    Clash {
        /// What happened.
        what: String,
        /// The fluent that gets two values.
        fluent: FluentId,
        /// One.
        first: Val,
        /// The other.
        second: Val,
    },
    /// Triggers that never rest, with their parameters.
    Loop(Vec<(usize, Vec<AtomId>)>),
    /// The memory allowed is used up.
    Memory,
    /// Somebody pressed the button.
    Interrupt,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Problem(error) => error.fmt(f),
            Trouble::Clash { what, .. } => write!(f, "{what} gives one fact two values"),
            Trouble::Loop(_) => f.write_str("these triggers never come to rest"),
            Trouble::Memory => f.write_str("the memory allowed is used up"),
            Trouble::Interrupt => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<ProblemError> for Trouble {
    fn from(error: ProblemError) -> Trouble {
        Trouble::Problem(error)
    }
}

fn clashing(world: &World, name: &str, args: &[AtomId], clash: Clash) -> Trouble {
    let args: Vec<&str> = args.iter().map(|&arg| world.atom_name(arg)).collect();
    let Clash {
        fluent,
        first,
        second,
    } = clash;
    Trouble::Clash {
        what: format!("{name}({})", args.join(", ")),
        fluent,
        first,
        second,
    }
}

fn contradicts(world: &World, graph: &Graph, event: EventId, clash: Clash) -> Trouble {
    let (action, args) = graph.events.get(event);
    clashing(world, &world.problem.actions[action].name, &args, clash)
}

fn restless(world: &World, unrest: Unrest) -> Trouble {
    match unrest {
        Unrest::Clash(instance, clash) => {
            let name = &world.problem.triggers[instance.0].name;
            clashing(world, name, &arguments(world, &instance), clash)
        }
        Unrest::Loop(members) => Trouble::Loop(
            members
                .iter()
                .map(|one| (one.0, arguments(world, one)))
                .collect(),
        ),
        Unrest::Memory => Trouble::Memory,
    }
}

fn failed(world: &World, graph: &Graph, event: EventId, failure: Failure) -> Trouble {
    match failure {
        Failure::Clash(clash) => contradicts(world, graph, event, clash),
        Failure::Unrest(unrest) => restless(world, unrest),
    }
}

/// Up to this many events and trigger instances a world is small: states that are the same are found to be so.
pub const SMALL: usize = 12_000;

/// Bytes for one remembered step: its key, its outcome, and the table's own byte.
const REMEMBERED: usize = size_of::<((NodeId, EventId, Option<Person>), NodeId)>() + 1;

/// What all but some persons are supposed to know.
#[derive(Debug, Clone, Copy)]
pub struct Informed<'i> {
    /// These fluents, as they are.
    pub fluents: &'i [FluentId],
    /// Who knows no more than before.
    pub but: Group,
}

/// One world with its states. States are permanent: equal numbers are the same state; see [`SMALL`] for the reverse.
#[derive(Debug, Clone)]
pub struct Engine {
    /// The checked problem.
    pub world: World,
    /// The states, and the events spoken of.
    pub graph: Graph,
    /// Set from outside to stop a long search.
    pub interrupt: Arc<AtomicBool>,
    memory: usize,
    /// The same state always has the same number.
    same: bool,
    candidates: Candidates,
    wants: Wants,
    quiet: Quiet,
    parts: Parts,
    start: NodeId,
    after: FxHashMap<(NodeId, EventId, Option<Person>), NodeId>,
    vsteps: FxHashMap<(ValuesId, EventId, Option<Person>), ValuesId>,
}

impl Engine {
    /// Checks the problem, lays out its start and lets it settle.
    ///
    /// # Errors
    /// [`Trouble::Problem`] if the problem breaks the contract of the border; other [`Trouble`] if its start does not settle.
    pub fn new(problem: Problem, memory_mb: usize) -> Result<Engine, Trouble> {
        let world = World::new(problem)?;
        let laws = Laws::new(&world);
        let graph = Graph::new(world.fluents(), world.persons(), laws);
        let mut quiet = Quiet::default();
        let same = !graph.laws.outside_in || world.size() <= SMALL;
        let root = opening(&world, &graph).map_err(|_| Trouble::Memory)?;
        let start = if !graph.laws.outside_in {
            let (world, graph, quiet) = (&world, &graph, &mut quiet);
            let mut settling = Settling {
                world,
                graph,
                quiet,
            };
            let settled = settling.settle(root, None, FxHashMap::default());
            settled.map(|settled| settled.root)
        } else {
            let (world, graph) = (&world, &graph);
            let minds = Minds { world, graph };
            let start = minds.opening(root);
            start.map(|start| if same { minds.finished(start) } else { start })
        };
        let start = start.map_err(|unrest| restless(&world, unrest))?;
        let wants = Wants::new(&world, &graph, graph.at(start));
        let parts = Parts::new(&world);
        Ok(Engine {
            world,
            graph,
            interrupt: Arc::default(),
            memory: memory_mb << 20,
            same,
            candidates: Candidates::default(),
            wants,
            quiet,
            parts,
            start,
            after: FxHashMap::default(),
            vsteps: FxHashMap::default(),
        })
    }

    /// The opening state.
    pub fn start(&self) -> NodeId {
        self.start
    }

    /// The value of a fluent in a state.
    pub fn value(&self, node: NodeId, fluent: FluentId) -> Val {
        self.graph.value(node, fluent)
    }

    /// What a person takes the world to be.
    pub fn believed(&self, node: NodeId, person: Person) -> NodeId {
        self.graph.mind(&self.world, node, person)
    }

    /// The fact values of a state.
    pub fn values_of(&self, node: NodeId) -> ValuesId {
        self.graph.values_of(node)
    }

    /// The value of an expression in a state; [`Val::NOTHING`] for "open" and "no value".
    pub fn evaluate(&self, node: NodeId, expr: &Expr, env: Vec<Val>) -> Val {
        Reader::new(&self.world, &self.graph, env).value(self.graph.at(node), expr)
    }

    /// The fluents that an expression rests on, each with the chain of persons in whose mind it is read.
    pub fn reads(&self, node: NodeId, expr: &Expr, env: Vec<Val>) -> Vec<(Vec<Person>, FluentId)> {
        let mut reader = Reader {
            world: &self.world,
            graph: &self.graph,
            env,
            trace: Reads::default(),
        };
        reader.value(self.graph.at(node), expr);
        reader.trace.found
    }

    /// The fluent of a fact with these arguments.
    pub fn fluent(&self, fact: FactId, args: &[AtomId]) -> Option<FluentId> {
        self.world.fluent(fact, args)
    }

    /// The event of an action with these parameters.
    pub fn event(&mut self, action: ActionId, args: &[AtomId]) -> EventId {
        self.graph.events.intern(action, args)
    }

    /// Action and parameters of an event.
    pub fn event_of(&self, event: EventId) -> (ActionId, Args) {
        self.graph.events.get(event)
    }

    /// The event that those who will it have in mind: the same, or for an outcome nobody meant the first outcome.
    pub fn meant(&mut self, event: EventId) -> EventId {
        let (action, args) = self.graph.events.get(event);
        match self.world.problem.actions[action].meant {
            Some(first) => {
                let args = args[..self.world.problem.actions[first].params.len()].to_vec();
                self.graph.events.intern(first, &args)
            }
            None => event,
        }
    }

    /// Every condition of the event holds.
    pub fn possible(&self, node: NodeId, event: EventId) -> bool {
        events::possible(&self.world, &self.graph, self.graph.at(node), event)
    }

    /// The conditions that do not hold, by index in the action's `needs`.
    pub fn failing(&self, node: NodeId, event: EventId) -> Vec<usize> {
        events::failing(&self.world, &self.graph, self.graph.at(node), event)
    }

    /// The possible events of an action with these parameters (none: any), in the order of the parameters.
    pub fn candidates(
        &mut self,
        node: NodeId,
        action: ActionId,
        fixed: &[Option<AtomId>],
    ) -> Vec<EventId> {
        let at = self.graph.at(node);
        let found = self
            .candidates
            .find(&self.world, &self.graph, at, action, fixed, None);
        found
            .iter()
            .map(|args| self.graph.events.intern(action, args))
            .collect()
    }

    /// Those who must will the event in this state, in order.
    pub fn willing(&self, node: NodeId, event: EventId) -> Vec<Person> {
        events::willing(&self.world, &self.graph, self.graph.at(node), event)
    }

    /// For each person who sees anything of it, the line of `sees` that decides.
    pub fn observers(&self, node: NodeId, event: EventId) -> Vec<(Person, usize)> {
        let line = |person| {
            events::line_seen(&self.world, &self.graph, self.graph.at(node), event, person)
        };
        (0..self.world.persons())
            .filter_map(|person| Some((person, line(person)?)))
            .collect()
    }

    /// The state after an event that happens in truth.
    ///
    /// # Errors
    /// [`Trouble`]: effects that contradict each other, triggers that never rest, memory used up.
    pub fn after(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Trouble> {
        self.run(node, event, None)
    }

    /// The same where nobody looks after the minds that people have in the state, which takes most of the time. If they come to no rest
    /// there, the event is an error all the same, and [`Engine::sound`] says so.
    ///
    /// # Errors
    /// As [`Engine::after`].
    pub(crate) fn loosely(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Trouble> {
        if self.same || !self.graph.laws.outside_in {
            return self.after(node, event); // made as a whole
        }
        if let Some(&after) = self.after.get(&(node, event, None)) {
            return Ok(after);
        }
        self.room()?;
        let (world, graph) = (&self.world, &self.graph);
        let after = Minds { world, graph }.loosely(node, event, None);
        let after = after.map_err(|failure| failed(world, graph, event, failure))?;
        Ok(after.0)
    }

    /// The minds that people have in a state made by [`Engine::loosely`] come to rest.
    pub(crate) fn sound(&self, node: NodeId) -> bool {
        let (world, graph) = (&self.world, &self.graph);
        self.same || !graph.laws.outside_in || Minds { world, graph }.rest_in(node).is_ok()
    }

    /// The state after an event that a person imagines, whose mind `node` is: the steps of plans. What is found out there
    /// that is not known is `answer(..)`, inferences run, and the person knows of all of it.
    ///
    /// # Errors
    /// As [`Engine::after`].
    pub fn imagine(
        &mut self,
        person: Person,
        node: NodeId,
        event: EventId,
    ) -> Result<NodeId, Trouble> {
        self.run(node, event, Some(person))
    }

    /// What a person takes the world to be, who takes it to be `mind` but for these values: a hypothesis, from which nothing follows.
    ///
    /// # Errors
    /// [`Trouble::Memory`].
    pub fn supposing(
        &mut self,
        person: Person,
        mind: NodeId,
        values: &[(FluentId, Val)],
    ) -> Result<NodeId, Trouble> {
        self.room()?;
        let imposed = values.iter().map(|&(fluent, value)| Imposition {
            fluent,
            value,
            cover: Cover::Here,
        });
        let owner = (!self.world.peer()).then_some(person);
        impose(&self.world, &self.graph, mind, owner, imposed.collect())
            .map_err(|_| Trouble::Memory)
    }

    /// The state that is one if all but some persons knew what these fluents are, and that the others who know it do: a hypothesis, from
    /// which nothing follows.
    ///
    /// # Errors
    /// [`Trouble::Memory`].
    pub fn informed(&mut self, node: NodeId, informed: Informed<'_>) -> Result<NodeId, Trouble> {
        self.room()?;
        let persons = self.world.persons();
        let group = (0..persons).fold(0, |all, one| all | bit(one)) & !informed.but;
        let imposed = informed.fluents.iter().map(|&fluent| Imposition {
            fluent,
            value: self.graph.value(node, fluent),
            cover: Cover::Among {
                heads: group,
                group,
            },
        });
        let imposed = imposed.collect();
        impose(&self.world, &self.graph, node, None, imposed).map_err(|_| Trouble::Memory)
    }

    fn run(
        &mut self,
        node: NodeId,
        event: EventId,
        owner: Option<Person>,
    ) -> Result<NodeId, Trouble> {
        let owner = owner.filter(|_| !self.world.peer());
        if let Some(&after) = self.after.get(&(node, event, owner)) {
            return Ok(after);
        }
        let after = match self.by_parts(node, event)? {
            Some(after) => after,
            None => self.settled(node, event, owner)?.root,
        };
        self.after.insert((node, event, owner), after);
        Ok(after)
    }

    /// The state after an event under the peer's rules, if it can be made part by part.
    fn by_parts(&mut self, node: NodeId, event: EventId) -> Result<Option<NodeId>, Trouble> {
        if !self.parts.apart() {
            return Ok(None);
        }
        self.room()?;
        let (world, graph) = (&self.world, &self.graph);
        let mut stepping = Stepping {
            world,
            graph,
            quiet: &mut self.quiet,
            parts: &mut self.parts,
        };
        match stepping.after(node, event) {
            Ok(after) => Ok(Some(after)),
            Err(parts::Stop::Circle) => Ok(None),
            Err(parts::Stop::Clash(event, clash)) => Err(contradicts(world, graph, event, clash)),
            Err(parts::Stop::Unrest(unrest)) => Err(restless(world, unrest)),
        }
    }

    fn settled(
        &mut self,
        node: NodeId,
        event: EventId,
        owner: Option<Person>,
    ) -> Result<Settled, Trouble> {
        self.room()?;
        let (world, graph) = (&self.world, &self.graph);
        let minds = Minds { world, graph };
        let failed = |failure| failed(world, graph, event, failure);
        if graph.laws.outside_in {
            let (root, fired) = minds.after(node, event, owner).map_err(failed)?;
            let root = if self.same {
                minds.finished(root)
            } else {
                root
            };
            return Ok(Settled { root, fired });
        }
        let mut trails = FxHashMap::default();
        let root = if world.peer() {
            let seed = Seed {
                node,
                owner,
                way: Way::Happens(event),
                imposed: [].into(),
            };
            let grown = Step::new(world, graph, &NoRounds).grow(seed);
            let grown = grown.map_err(|stop| match stop {
                Stop::Clash(event, clash) => contradicts(world, graph, event, clash),
                Stop::Memory => Trouble::Memory,
            })?;
            for (seed, origin, node) in grown.seeds {
                if self.quiet.contains(origin, seed.owner.is_some()) {
                    trails.entry((node, seed.owner.is_some())).or_insert(origin);
                }
            }
            grown.root
        } else {
            let root = minds.unsettled(node, event, owner).map_err(failed)?;
            let lineage = minds.lineage(root).ok_or(Trouble::Memory)?;
            let root = minds.finished(root);
            for (node, before, mind) in lineage {
                if self.quiet.contains(before, mind) {
                    trails.entry((minds.finished(node), mind)).or_insert(before);
                }
            }
            root
        };
        let quiet = &mut self.quiet;
        let mut settling = Settling {
            world,
            graph,
            quiet,
        };
        let settled = settling.settle(root, owner, trails);
        settled.map_err(|unrest| restless(world, unrest))
    }

    /// The triggers that fire in the state itself after an event, with their parameters, in order. `owner`: whose mind it is imagined in.
    ///
    /// # Errors
    /// As [`Engine::after`].
    pub fn fired(
        &mut self,
        owner: Option<Person>,
        node: NodeId,
        event: EventId,
    ) -> Result<Vec<(usize, Vec<AtomId>)>, Trouble> {
        let owner = owner.filter(|_| !self.world.peer());
        let settled = self.settled(node, event, owner)?;
        Ok(settled
            .fired
            .iter()
            .map(|one| (one.0, arguments(&self.world, one)))
            .collect())
    }

    /// The fact values after an event, with what the event assigns and what follows from that by triggers as far as it
    /// can be seen without minds: a cheap look ahead. `owner`: whose mind it is imagined in.
    ///
    /// # Errors
    /// As [`Engine::after`].
    pub fn vstep(
        &mut self,
        owner: Option<Person>,
        values: ValuesId,
        event: EventId,
    ) -> Result<ValuesId, Trouble> {
        let owner = owner.filter(|_| !self.world.peer());
        if let Some(&after) = self.vsteps.get(&(values, event, owner)) {
            return Ok(after);
        }
        self.room()?;
        let (action, args) = self.graph.events.get(event);
        let action = &self.world.problem.actions[action];
        let mut reader = Reader::new(&self.world, &self.graph, self.graph.events.env(event));
        let role = owner.map_or(Role::Truth, |_| Role::Mind);
        let outcome = Effects::run(
            &mut reader,
            At { values, node: None },
            role,
            &action.effects,
            None,
        )
        .map_err(|clash| clashing(&self.world, &action.name, &args, clash))?;
        let own = at_home(outcome.imposed, owner);
        let own = own
            .iter()
            .filter(|one| one.cover.is_here())
            .map(|one| (one.fluent, one.value));
        let mut after = self.graph.values.set(values, &outcome.assigned);
        after = self.graph.values.set(after, &own.collect::<Vec<_>>());
        after = settle_values(&self.world, &self.graph, values, after)
            .map_err(|unrest| restless(&self.world, unrest))?;
        self.vsteps.insert((values, event, owner), after);
        Ok(after)
    }

    /// What a state is worth to a person, read in what the person believes there (in a mind of the person: in that mind); under
    /// the peer's rules read in the state itself. Without a person: to the author. None if it has no value.
    pub fn utility(&self, node: NodeId, person: Option<Person>) -> Option<f64> {
        let place = match person {
            Some(person) if !self.world.peer() => self.graph.mind(&self.world, node, person),
            _ => node,
        };
        let at = self.graph.at(place);
        self.wants.utility(&self.world, &self.graph, at, person).0
    }

    /// The same over the fact values of a person's mind alone. The flag says that minds would have been needed for a part of it.
    pub fn utility_values(&self, values: ValuesId, person: Option<Person>) -> (Option<f64>, bool) {
        let at = At { values, node: None };
        self.wants.utility(&self.world, &self.graph, at, person)
    }

    /// The wants that are or can be a person's, as the person sees the world in this state: index in the problem's wants,
    /// parameters, what it is worth now.
    pub fn wants(&self, node: NodeId, person: Person) -> Vec<(usize, Box<[AtomId]>, f64)> {
        let mut reader = Reader::new(&self.world, &self.graph, Vec::new());
        let place = self.graph.at(self.graph.mind(&self.world, node, person));
        self.wants.amounts(&mut reader, place, person)
    }

    /// All wants and shares, filled in.
    pub fn all_wants(&self) -> &Wants {
        &self.wants
    }

    /// Fails when the memory allowed is used up or somebody interrupts.
    ///
    /// # Errors
    /// [`Trouble::Memory`], [`Trouble::Interrupt`].
    pub fn room(&self) -> Result<(), Trouble> {
        self.spare(0)
    }

    /// The same where so many bytes more are held by others who work with it.
    ///
    /// # Errors
    /// [`Trouble::Memory`], [`Trouble::Interrupt`].
    pub fn spare(&self, more: usize) -> Result<(), Trouble> {
        if self.interrupt.load(Ordering::Relaxed) {
            Err(Trouble::Interrupt)
        } else if self.bytes() + more > self.memory {
            Err(Trouble::Memory)
        } else {
            Ok(())
        }
    }

    /// Allows another amount of memory from now on, in bytes.
    pub fn allow(&mut self, memory: usize) {
        self.memory = memory;
    }

    /// The memory allowed, in bytes.
    pub fn allowed(&self) -> usize {
        self.memory
    }

    /// Memory held for states and what is remembered of them, in bytes.
    pub fn bytes(&self) -> usize {
        self.graph.bytes()
            + self.parts.bytes()
            + (self.after.capacity() + self.vsteps.capacity()) * REMEMBERED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ann, Ben and Cid walk between two rooms, steal a ring unseen, and tell each other who has it.
    const ROOMS: &str = include_str!("parts/rooms.json");

    #[test]
    fn what_is_made_part_by_part_is_what_is_made_as_a_whole() {
        let problem = serde_json::from_str(ROOMS).expect("the problem is written right");
        let mut engine = Engine::new(problem, 100).expect("it begins");
        assert!(engine.parts.apart());
        let (mut steps, mut dice) = (0, 1u64);
        for _ in 0..60 {
            let mut node = engine.start();
            for _ in 0..8 {
                let actions = engine.world.problem.actions.clone();
                let mut events = Vec::new();
                for (action, each) in actions.iter().enumerate() {
                    events.extend(engine.candidates(node, action, &vec![None; each.params.len()]));
                }
                dice = dice.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                let event = events[(dice >> 33) as usize % events.len()];
                let whole = engine.settled(node, event, None).expect("it settles").root;
                let parts = engine.by_parts(node, event).expect("it settles");
                // Circles of minds are left to the other way.
                assert!(parts.is_none_or(|parts| parts == whole));
                steps += u32::from(parts.is_some());
                node = whole;
            }
        }
        assert!(steps > 50, "only {steps} of 480 part by part");
    }
}
