//! Steps under the peer's rules, part by part: what an event makes of a state is what it makes of its values and of each mind in it,
//! and a mind is a state of its own, in which the same event has mostly been seen before.
//!
//! First the event runs, unsettled, in the state and in the minds that see it; then each state comes to rest by itself, the minds as
//! that has left them. [`crate::step`] and [`crate::settle`] do the same for a tower as a whole, which it takes where minds
//! lead to each other in circles; here all that is the same in two towers is worked out once.

use rustc_hash::FxHashMap;

use crate::effects::{at_home, within, Clash, Effects, Imposition, Role};
use crate::events::{sights, EventId, Sight};
use crate::expr::Reader;
use crate::graph::{Graph, NodeId, ITSELF};
use crate::needs::facts;
use crate::peer::surprise;
use crate::problem::{Effect, Expr};
use crate::settle::{Quiet, Settling, Unrest};
use crate::shape::{each_part, reads_minds};
use crate::world::World;

/// Not known.
const NOWHERE: NodeId = NodeId::MAX;

/// Why there is no next state, or none that can be made so.
#[derive(Debug)]
pub enum Stop {
    /// Minds lead to each other in circles: the tower must be made as a whole.
    Circle,
    /// Contradicting effects of the event.
    Clash(EventId, Clash),
    /// It does not come to rest.
    Unrest(Unrest),
}

/// What is known of parts.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Triggers are such that what settles in minds changes nothing outside of them.
    apart: bool,
    /// What events make of states before those settle.
    raw: FxHashMap<(NodeId, EventId), NodeId>,
    /// By node: since which node at rest it has changed.
    since: Vec<NodeId>,
    /// By node: what it is at rest.
    rested: Vec<NodeId>,
}

/// A state as it changes: what happens there, if anything, and what is imposed from around.
type Change = (NodeId, Option<EventId>, Vec<Imposition>);

/// Makes steps.
pub struct Stepping<'a> {
    /// The world.
    pub world: &'a World,
    /// Its states.
    pub graph: &'a Graph,
    /// What is known to be at rest.
    pub quiet: &'a mut Quiet,
    /// What is known of parts.
    pub parts: &'a mut Parts,
}

impl Parts {
    /// Nothing known yet.
    pub fn new(world: &World) -> Parts {
        Parts {
            apart: world.peer() && apart(world),
            raw: FxHashMap::default(),
            since: Vec::new(),
            rested: Vec::new(),
        }
    }

    /// Steps can be made part by part.
    pub fn apart(&self) -> bool {
        self.apart
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        let known = self.raw.capacity() * (size_of::<((NodeId, EventId), NodeId)>() + 1);
        known + (self.since.capacity() + self.rested.capacity()) * size_of::<NodeId>()
    }
}

fn get(known: &[NodeId], node: NodeId) -> Option<NodeId> {
    let found = known.get(node as usize).copied();
    found.filter(|&found| found != NOWHERE)
}

/// What is known first stays.
fn put(known: &mut Vec<NodeId>, node: NodeId, what: NodeId) {
    let at = node as usize;
    if known.len() <= at {
        known.resize(at + 1, NOWHERE);
    }
    if known[at] == NOWHERE {
        known[at] = what;
    }
}

impl Stepping<'_> {
    /// The state after an event.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn after(&mut self, node: NodeId, event: EventId) -> Result<NodeId, Stop> {
        let raw = self.change((node, Some(event), Vec::new()), node, &mut Vec::new())?;
        self.rest(raw, &mut Vec::new())
    }

    /// What becomes of a state before it settles. `origin`: what it was before, and before its owner was surprised.
    /// `open`: what it is being worked out for.
    fn change(
        &mut self,
        change: Change,
        origin: NodeId,
        open: &mut Vec<Change>,
    ) -> Result<NodeId, Stop> {
        let (node, event, ref imposed) = change;
        let key = match event {
            None if imposed.is_empty() => return Ok(node),
            Some(event) if imposed.is_empty() => Some((node, event)),
            _ => None,
        };
        if let Some(&known) = key.as_ref().and_then(|key| self.parts.raw.get(key)) {
            self.changed(origin, known);
            return Ok(known);
        }
        let (world, graph) = (self.world, self.graph);
        let mut values = graph.values_of(node);
        let (mut seen, mut imposed) = (Vec::new(), imposed.clone());
        if let Some(event) = event {
            let at = graph.at(node);
            let mut reader = Reader::new(world, graph, graph.events.env(event));
            let effects = &world.problem.actions[graph.events.action(event)].effects;
            let outcome = Effects::run(&mut reader, at, Role::Truth, effects, None)
                .map_err(|clash| Stop::Clash(event, clash))?;
            values = graph.values.set(values, &outcome.assigned);
            if !outcome.imposed.is_empty() {
                imposed = at_home(outcome.imposed.into_iter().chain(imposed), None);
            }
            seen = sights(world, graph, at, event);
        }
        let here = imposed.iter().filter(|one| one.cover.is_here());
        let here: Vec<_> = here.map(|one| (one.fluent, one.value)).collect();
        values = graph.values.set(values, &here);
        open.push(change);
        let mut minds = Vec::with_capacity(world.persons());
        for person in 0..world.persons() {
            let mind = graph.mind(world, node, person);
            let (before, event) = match seen.get(person) {
                Some(Sight::Itself) => {
                    let event = event.expect("what is seen happens");
                    (self.surprised(mind, node, event)?, Some(event))
                }
                Some(Sight::Other(other)) => (mind, Some(*other)),
                _ => (mind, None),
            };
            let imposed = match imposed.is_empty() {
                true => Vec::new(),
                false => within(&imposed, person, None),
            };
            let inner = (before, event, imposed);
            let last = open.last() == Some(&inner);
            minds.push(match last {
                true => ITSELF,
                false if open.contains(&inner) => return Err(Stop::Circle),
                false => self.change(inner, mind, open)?,
            });
        }
        open.pop();
        let made = graph.finished_node(values, &minds);
        if let Some(key) = key {
            self.parts.raw.insert(key, made);
        }
        self.changed(origin, made);
        Ok(made)
    }

    /// A node has come from another.
    fn changed(&mut self, from: NodeId, to: NodeId) {
        let since = match self.quiet.contains(from, false) {
            true => Some(from),
            false => get(&self.parts.since, from),
        };
        if let Some(since) = since {
            put(&mut self.parts.since, to, since);
        }
    }

    /// Surprise: a mind learns what the conditions that it holds to fail rest on in the state around it.
    fn surprised(&mut self, mind: NodeId, source: NodeId, event: EventId) -> Result<NodeId, Stop> {
        if mind == source {
            return Ok(mind); // what is so around it is so in it
        }
        let (world, graph) = (self.world, self.graph);
        let needs = &world.problem.actions[graph.events.action(event)].needs;
        let repairs = surprise(world, graph, needs, &graph.events.env(event), mind, source);
        self.change((mind, None, at_home(repairs, None)), mind, &mut Vec::new())
    }

    /// What a state is at rest, with all minds in it.
    fn rest(&mut self, node: NodeId, open: &mut Vec<NodeId>) -> Result<NodeId, Stop> {
        if self.quiet.contains(node, false) {
            return Ok(node);
        }
        if let Some(known) = get(&self.parts.rested, node) {
            return Ok(known);
        }
        let (world, graph) = (self.world, self.graph);
        let since = get(&self.parts.since, node);
        let quiet = &mut *self.quiet;
        let mut settling = Settling {
            world,
            graph,
            quiet,
        };
        let fired = settling.fire((node, None), since, &mut Vec::new());
        let now = fired.map_err(Stop::Unrest)?.unwrap_or(node);
        open.push(node);
        let mut minds = Vec::with_capacity(world.persons());
        for person in 0..world.persons() {
            let mind = graph.mind(world, now, person);
            if mind == node || mind == now {
                // As the mind of the state itself it comes to rest in the same way, unless that was changed from around it.
                if mind == now && now != node {
                    return Err(Stop::Circle);
                }
                minds.push(ITSELF);
                continue;
            }
            if open.contains(&mind) {
                return Err(Stop::Circle);
            }
            if now != node {
                self.changed(graph.mind(world, node, person), mind);
            }
            minds.push(self.rest(mind, open)?);
        }
        open.pop();
        let rested = graph.finished_node(graph.values_of(now), &minds);
        self.quiet.insert(rested, false);
        put(&mut self.parts.rested, node, rested);
        Ok(rested)
    }
}

/// No trigger reads in minds what triggers change there while those settle: they read in minds of the state in which they fire, not in
/// minds within those, and no facts that triggers set in a state itself; and they write there alone.
fn apart(world: &World) -> bool {
    let triggers = &world.problem.triggers;
    let (mut set, mut read) = (Vec::new(), Vec::new());
    let simple = triggers.iter().all(|trigger| {
        looks_simply(world, &trigger.when, &mut read)
            && trigger
                .effects
                .iter()
                .all(|effect| writes_simply(world, effect, &mut set, &mut read))
    });
    simple && !set.iter().any(|fact| read.contains(fact))
}

/// The expression reads at most in minds, not in minds within them. What it reads there is added.
fn looks_simply(world: &World, expr: &Expr, read: &mut Vec<usize>) -> bool {
    match expr {
        Expr::Knows(..) => false,
        Expr::Believes(_, what) => {
            facts(world, what, read);
            !reads_minds(what)
        }
        _ => {
            let mut simple = true;
            each_part(expr, &mut |part| {
                simple = simple && looks_simply(world, part, read);
            });
            simple
        }
    }
}

/// The effect is to the state itself or to minds in it, not to minds within those. What it sets in the state itself is added.
fn writes_simply(
    world: &World,
    effect: &Effect,
    set: &mut Vec<usize>,
    read: &mut Vec<usize>,
) -> bool {
    let mut simply = |expr: &Expr| looks_simply(world, expr, read);
    match effect {
        Effect::Set(place, value) => {
            facts(world, place, set);
            simply(place) && simply(value)
        }
        Effect::Believe {
            path,
            place,
            value,
            inside,
        } => {
            let read = path.iter().chain([place, value]).all(simply);
            read && path.len() == 1 && !inside
        }
        Effect::When(when, then, otherwise) => {
            let inner = then.iter().chain(otherwise);
            simply(when)
                && inner
                    .into_iter()
                    .all(|effect| writes_simply(world, effect, set, read))
        }
        Effect::Each(_, when, body) => {
            simply(when)
                && body
                    .iter()
                    .all(|effect| writes_simply(world, effect, set, read))
        }
        Effect::Show(_) | Effect::Share { .. } | Effect::Learn { .. } => false,
    }
}
