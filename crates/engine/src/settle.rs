//! What follows by itself, in rounds over the whole tower (docs/semantics.md, section 6). A round goes from the outside in: first
//! a node comes to rest by itself (triggers, then facts that show themselves), then its minds as that has left them. This is for
//! the peer's rules, and for our own where triggers let something flow out of minds; else [`crate::minds`] does with less.
//!
//! Most of a tower has been at rest before, as a state of its own. What changed since then is all that is looked at: for every
//! node it is kept since which node its triggers and its visible facts have been looked after.

pub mod perception;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::effects::{Clash, Cover, Effects, Imposition, Outcome, Role};
use crate::expr::{At, Reader, Trace};
use crate::graph::{Graph, NodeId};
use crate::laws::{arguments, Change, Instance, Visible};
use crate::problem::AtomId;
use crate::step::{impose, Rounds, Seed, Step, Stop, Way};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// What is not at rest after so many rounds stays as it is.
pub const MOST_ROUNDS: usize = 8;

/// More triggers in a row than these are taken for a loop.
pub const MOST_FIRINGS: usize = 1000;

/// A round that goes through more nodes than these is taken for one without end.
const MOST_PLACES: usize = 20_000;

/// What goes wrong while a state settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unrest {
    /// Contradicting effects of a trigger.
    Clash(Instance, Clash),
    /// Triggers that never rest.
    Loop(BTreeSet<Instance>),
    /// Too many nodes.
    Memory,
}

impl From<Stop> for Unrest {
    fn from(_: Stop) -> Unrest {
        Unrest::Memory // rounds run no events: nothing else can stop them
    }
}

/// The nodes at rest with everything below them, as minds and as true states.
#[derive(Debug, Clone, Default)]
pub struct Quiet(Vec<u8>);

impl Quiet {
    fn bit(mind: bool) -> u8 {
        1 << u8::from(mind)
    }

    /// The node and everything below it is at rest.
    pub fn contains(&self, node: NodeId, mind: bool) -> bool {
        self.0
            .get(node as usize)
            .is_some_and(|bits| bits & Quiet::bit(mind) != 0)
    }

    /// From now on it is.
    pub fn insert(&mut self, node: NodeId, mind: bool) -> bool {
        if self.0.len() <= node as usize {
            self.0.resize(node as usize + 1, 0);
        }
        let bits = &mut self.0[node as usize];
        let new = *bits & Quiet::bit(mind) == 0;
        *bits |= Quiet::bit(mind);
        new
    }
}

/// A node in its role: as a mind, or as the true state.
pub type Place = (NodeId, bool);

/// Settles towers of one world.
pub struct Settling<'a> {
    /// The world.
    pub world: &'a World,
    /// Its states.
    pub graph: &'a Graph,
    /// What is known to be at rest.
    pub quiet: &'a mut Quiet,
}

/// What people perceive in a node, and whether that is all there is to see for them.
type Perceptions = (Vec<Imposition>, bool);

/// A node with the person whose mind it is there.
pub type Owned = (NodeId, Option<Person>);

/// What a round makes of the nodes that change.
struct Plan<'a> {
    quiet: &'a Quiet,
    changed: FxHashMap<Owned, NodeId>,
}

impl Rounds for Plan<'_> {
    fn round(&self, node: NodeId, owner: Option<Person>) -> Option<NodeId> {
        self.changed.get(&(node, owner)).copied()
    }
    fn quiet(&self, node: NodeId, mind: bool) -> bool {
        self.quiet.contains(node, mind)
    }
}

/// A state at rest.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The state.
    pub root: NodeId,
    /// The triggers that fired in the root, in order.
    pub fired: Vec<Instance>,
}

impl Settling<'_> {
    /// Settles a tower. `trails`: since which nodes at rest the nodes of it have changed, where that is known.
    ///
    /// # Errors
    /// [`Unrest`] of the state itself; of a true state under our own rules also of the minds directly in it. Other minds that
    /// never rest stay as they are.
    pub fn settle(
        &mut self,
        mut root: NodeId,
        owner: Option<Person>,
        mut trails: FxHashMap<Place, NodeId>,
    ) -> Result<Settled, Unrest> {
        let rounds = if self.world.peer() {
            MOST_FIRINGS
        } else {
            MOST_ROUNDS
        };
        let mut fired_at: Vec<BTreeSet<Instance>> = Vec::new();
        let mut fired = Vec::new();
        loop {
            let places = self.restless(root, owner.is_some());
            if places.is_empty() {
                break;
            }
            let (mut firing, mut moved) = (BTreeSet::new(), false);
            let mut looked = FxHashMap::default();
            let changed = self.round((root, owner), &mut trails, |this, at, since, guarded| {
                let mut here = Vec::new();
                let now = this.rest(at, since, guarded, &mut here, &mut looked)?;
                firing.extend(here.iter().cloned());
                if at == (root, owner) {
                    fired.extend(here);
                    moved |= owner.is_none() && now.is_some_and(|now| this.moves_minds(at.0, now));
                }
                let values = |node| this.graph.values_of(node);
                moved |= guarded && now.is_some_and(|now| values(now) != values(at.0));
                Ok(now)
            })?;
            if changed.is_empty() {
                places.iter().for_each(|&(node, mind)| {
                    self.quiet.insert(node, mind);
                });
                break;
            }
            let seed = Seed {
                node: root,
                owner,
                way: Way::Settle,
                imposed: [].into(),
            };
            let plan = Plan {
                quiet: self.quiet,
                changed,
            };
            let grown = Step::new(self.world, self.graph, &plan).grow(seed)?;
            let mut next: FxHashMap<Place, NodeId> = FxHashMap::default();
            for (seed, _, node) in &grown.seeds {
                let now = plan.changed.get(&(seed.node, seed.owner)).copied();
                next.entry((*node, seed.owner.is_some()))
                    .or_insert(now.unwrap_or(seed.node));
            }
            trails = next;
            fired_at.push(firing);
            root = grown.root;
            if fired_at.len() < rounds {
                continue;
            }
            if moved || self.world.peer() {
                let last = fired_at.len().saturating_sub(100);
                return Err(Unrest::Loop(fired_at.drain(last..).flatten().collect()));
            }
            break;
        }
        Ok(Settled { root, fired })
    }

    /// The values of some mind in a node differ from those in another.
    fn moves_minds(&self, from: NodeId, to: NodeId) -> bool {
        let minds = self.graph.minds(self.world, from);
        let mut minds = minds.zip(self.graph.minds(self.world, to));
        minds.any(|(a, b)| self.graph.values_of(a) != self.graph.values_of(b))
    }

    /// The nodes of a tower that are not known to be at rest.
    fn restless(&self, root: NodeId, mind: bool) -> Vec<Place> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut open = vec![(root, mind)];
        let minds = !self.world.peer();
        while let Some(place) = open.pop() {
            if self.quiet.contains(place.0, place.1) || !seen.insert(place) {
                continue;
            }
            found.push(place);
            open.extend(
                self.graph
                    .minds(self.world, place.0)
                    .map(|mind| (mind, minds)),
            );
        }
        found
    }

    /// What changed from one node to another.
    fn change(&self, from: NodeId, to: NodeId) -> Change {
        let values = |node| self.graph.values_of(node);
        let here = self.graph.values.diff(values(from), values(to));
        let minds = self.graph.minds(self.world, from);
        let minds = minds.zip(self.graph.minds(self.world, to)).enumerate();
        let minds = minds.filter(|(_, (a, b))| a != b);
        let minds =
            minds.map(|(person, (a, b))| (person, self.graph.values.diff(values(a), values(b))));
        Change {
            here,
            minds: minds.collect(),
        }
    }

    /// One round from the outside in: what it makes of each node that changes by itself.
    fn round(
        &mut self,
        root: Owned,
        trails: &mut FxHashMap<Place, NodeId>,
        mut act: impl FnMut(&mut Self, Owned, Option<NodeId>, bool) -> Result<Option<NodeId>, Unrest>,
    ) -> Result<FxHashMap<Owned, NodeId>, Unrest> {
        let mut changed = FxHashMap::default();
        let mut still: FxHashSet<Place> = FxHashSet::default();
        let mut seen: FxHashSet<Owned> = FxHashSet::default();
        let mut open = vec![root];
        let mut guarded: FxHashSet<Owned> = FxHashSet::default();
        guarded.insert(root);
        while let Some((node, owner)) = open.pop() {
            let mind = owner.is_some();
            if self.quiet.contains(node, mind) || !seen.insert((node, owner)) {
                continue;
            }
            if seen.len() > MOST_PLACES {
                return Err(Unrest::Loop(BTreeSet::new()));
            }
            let mut now = node;
            if !still.contains(&(node, mind)) {
                let since = trails.get(&(node, mind)).copied();
                let guarded = self.world.peer() || guarded.contains(&(node, owner));
                match act(self, (node, owner), since, guarded)? {
                    Some(new) => {
                        changed.insert((node, owner), new);
                        now = new;
                    }
                    None => {
                        still.insert((node, mind));
                    }
                }
            }
            for person in 0..self.world.persons() {
                if owner == Some(person) {
                    continue;
                }
                let inner = (!self.world.peer()).then_some(person);
                let (before, after) = (
                    self.graph.mind(self.world, node, person),
                    self.graph.mind(self.world, now, person),
                );
                if before != after {
                    let rest =
                        Some(before).filter(|_| self.quiet.contains(before, inner.is_some()));
                    let known = trails.get(&(before, inner.is_some())).copied();
                    if let Some(since) = rest.or(known) {
                        trails.entry((after, inner.is_some())).or_insert(since);
                    }
                }
                open.push((after, inner));
                if (node, owner) == root && owner.is_none() {
                    guarded.insert((after, inner));
                }
            }
        }
        Ok(changed)
    }

    /// What a node becomes until it is at rest by itself: as long as triggers can fire, they do; then what is visible shows itself,
    /// and so on. Which triggers fired is added to `fired`. `looked`: as in [`Settling::show`]. Where triggers never rest or
    /// contradict themselves, that is an error if the node is guarded; else none of them fires.
    fn rest(
        &mut self,
        (node, owner): Owned,
        since: Option<NodeId>,
        guarded: bool,
        fired: &mut Vec<Instance>,
        looked: &mut FxHashMap<NodeId, Perceptions>,
    ) -> Result<Option<NodeId>, Unrest> {
        let (mut triggers, mut visible) = (since, since);
        let mut past = vec![node];
        let mut now = node;
        let mut all_shown = false;
        loop {
            let before = fired.len();
            match self.fire((now, owner), triggers, fired) {
                Ok(Some(next)) => now = next,
                Ok(None) if all_shown => break,
                Ok(None) => {}
                Err(unrest) if guarded => return Err(unrest),
                Err(_) => fired.truncate(before),
            }
            triggers = Some(now);
            let Some((next, all)) = self.show((now, owner), visible, looked)? else {
                break;
            };
            // Unless all is shown there, everything may have to be looked at again.
            (visible, all_shown) = (all.then_some(next), all);
            let again = past.contains(&next) || past.len() > MOST_FIRINGS;
            if again && guarded {
                return Err(Unrest::Loop(fired.drain(..).collect()));
            }
            past.push(next);
            now = next;
            if again {
                break;
            }
        }
        Ok((now != node).then_some(now))
    }

    /// What a node becomes by its triggers: as long as some can, the first fires. Which ones did is added to `fired`.
    ///
    /// # Errors
    /// [`Unrest`].
    pub fn fire(
        &mut self,
        (node, owner): Owned,
        since: Option<NodeId>,
        fired: &mut Vec<Instance>,
    ) -> Result<Option<NodeId>, Unrest> {
        let mind = owner.is_some();
        let mut past = vec![node];
        let mut now = node;
        let mut candidates = BTreeSet::new();
        match since {
            Some(since) => self.touch(since, now, mind, &mut candidates),
            None => {
                let mut reader = Reader::new(self.world, self.graph, Vec::new());
                let at = self.graph.at(now);
                self.graph.laws.all(&mut reader, at, mind, &mut candidates);
            }
        }
        while let Some(instance) = candidates.pop_first() {
            let Some(next) = self.fires(now, owner, &instance)? else {
                continue; // until something touches it
            };
            fired.push(instance);
            let again = past.iter().position(|&earlier| earlier == next);
            let endless = (past.len() > MOST_FIRINGS).then_some(MOST_FIRINGS - 100);
            if let Some(from) = again.or(endless) {
                return Err(Unrest::Loop(fired.drain(from..).collect()));
            }
            past.push(next);
            self.touch(now, next, mind, &mut candidates);
            now = next;
        }
        Ok((now != node).then_some(now))
    }

    /// Adds the triggers that can fire for what changed from one node to another.
    fn touch(&self, from: NodeId, to: NodeId, mind: bool, candidates: &mut BTreeSet<Instance>) {
        let change = self.change(from, to);
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let at = self.graph.at(to);
        self.graph
            .laws
            .touched(&mut reader, at, mind, &change, candidates);
    }

    /// What an instance makes of a node, if its condition holds there and it changes something.
    fn fires(
        &mut self,
        node: NodeId,
        owner: Option<Person>,
        instance: &Instance,
    ) -> Result<Option<NodeId>, Unrest> {
        let at = self.graph.at(node);
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let Some(outcome) = outcome(&mut reader, at, owner.is_some(), instance)? else {
            return Ok(None);
        };
        let own = outcome.assigned.iter();
        let own = own.filter(|&&(fluent, value)| self.graph.value(node, fluent) != value);
        let own = own.map(|&(fluent, value)| Imposition {
            fluent,
            value,
            cover: Cover::Here,
        });
        let all: Vec<Imposition> = own.chain(outcome.imposed.iter().cloned()).collect();
        if all.is_empty() {
            return Ok(None);
        }
        // It may write into minds, and over its own assignments: try it.
        let now = impose(self.world, self.graph, node, owner, all)?;
        Ok((now != node).then_some(now))
    }
}

/// What an instance of a trigger does in a state, if its condition holds there.
///
/// # Errors
/// [`Unrest::Clash`].
pub fn outcome<T: Trace>(
    reader: &mut Reader<'_, T>,
    at: At,
    mind: bool,
    instance: &Instance,
) -> Result<Option<Outcome>, Unrest> {
    let law = &reader.world.problem.triggers[instance.0];
    reader.env = arguments(reader.world, instance)
        .into_iter()
        .map(Val::atom)
        .collect();
    if law.minds_only && !mind || !reader.holds(at, &law.when) {
        return Ok(None);
    }
    let role = if mind { Role::Mind } else { Role::Truth };
    let outcome = Effects::run(reader, at, role, &law.effects, None);
    outcome
        .map(Some)
        .map_err(|clash| Unrest::Clash(instance.clone(), clash))
}

/// The values after the triggers that fire on values alone, from values at rest on; minds are closed books.
///
/// # Errors
/// [`Unrest`].
pub fn settle_values(
    world: &World,
    graph: &Graph,
    before: ValuesId,
    mut values: ValuesId,
) -> Result<ValuesId, Unrest> {
    if !graph.laws.assign() {
        return Ok(values);
    }
    let touch = |graph: &Graph, from, to, candidates: &mut BTreeSet<Instance>| {
        let change = Change {
            here: graph.values.diff(from, to),
            minds: Vec::new(),
        };
        let mut reader = Reader::new(world, graph, Vec::new());
        let at = At {
            values: to,
            node: None,
        };
        graph
            .laws
            .touched(&mut reader, at, true, &change, candidates);
        if graph.laws.watchful() {
            candidates.extend(graph.awake(world, to, true).iter().cloned());
        }
    };
    let mut candidates: BTreeSet<Instance> = BTreeSet::new();
    touch(graph, before, values, &mut candidates);
    let mut fired = BTreeSet::new();
    let mut count = 0;
    while let Some(instance) = candidates.pop_first() {
        let at = At { values, node: None };
        let mut reader = Reader::new(world, graph, Vec::new());
        let Some(outcome) = outcome(&mut reader, at, true, &instance)? else {
            continue;
        };
        let next = graph.values.set(values, &outcome.assigned);
        if next != values {
            count += 1;
            fired.insert(instance);
            if count > MOST_FIRINGS {
                return Err(Unrest::Loop(fired));
            }
            touch(graph, values, next, &mut candidates);
            values = next;
        }
    }
    Ok(values)
}
