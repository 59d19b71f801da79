//! What follows by itself, in rounds over the whole tower (docs/semantics.md, section 6): triggers first, and where none fires
//! anywhere, facts that show themselves.
//!
//! Most of a tower has been at rest before, as a state of its own. What changed since then is all that is looked at: every node
//! carries a [`Trail`] that says since which node its triggers and its visible facts have been looked after.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::effects::{Clash, Cover, Effects, Imposition, Outcome, Role};
use crate::events::Events;
use crate::expr::{At, Deaf, Reader};
use crate::graph::{Graph, NodeId};
use crate::laws::{arguments, Change, Instance, Laws};
use crate::problem::AtomId;
use crate::step::{impose, Grown, Round, Rounds, Seed, Step, Stop, Way};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// More rounds than these are taken for a loop.
const MOST_ROUNDS: usize = 1000;

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
#[derive(Debug, Default)]
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

    fn insert(&mut self, node: NodeId, mind: bool) -> bool {
        if self.0.len() <= node as usize {
            self.0.resize(node as usize + 1, 0);
        }
        let bits = &mut self.0[node as usize];
        let new = *bits & Quiet::bit(mind) == 0;
        *bits |= Quiet::bit(mind);
        new
    }
}

/// Since when a node has been looked after.
#[derive(Debug, Clone, Default)]
struct Trail {
    /// Triggers: all that can fire now is on the agenda or was touched since this node. None: anything can fire.
    triggers: Option<NodeId>,
    agenda: Vec<Instance>,
    /// Visible facts: all was shown in this node. None: anything may have to be.
    visible: Option<NodeId>,
}

/// A node in its role: as a mind, or as the true state.
type Place = (NodeId, bool);

/// Settles towers of one world.
pub struct Settling<'a> {
    /// The world.
    pub world: &'a World,
    /// What follows by itself in it.
    pub laws: &'a Laws,
    /// Its states.
    pub graph: &'a mut Graph,
    /// What is known to be at rest.
    pub quiet: &'a mut Quiet,
}

struct Plan<'a> {
    quiet: &'a Quiet,
    rounds: FxHashMap<Place, Round>,
}

impl Rounds for Plan<'_> {
    fn round(&self, node: NodeId, mind: bool) -> Option<&Round> {
        self.rounds.get(&(node, mind))
    }
    fn quiet(&self, node: NodeId, mind: bool) -> bool {
        self.quiet.contains(node, mind)
    }
}

/// A state at rest.
#[derive(Debug)]
pub struct Settled {
    /// The state.
    pub root: NodeId,
    /// The triggers that fired in the root, in order.
    pub fired: Vec<Instance>,
}

impl Settling<'_> {
    /// Settles what a step has grown.
    ///
    /// # Errors
    /// [`Unrest`].
    pub fn settle(&mut self, grown: &Grown, owner: Option<Person>) -> Result<Settled, Unrest> {
        let mut trails: FxHashMap<Place, Trail> = FxHashMap::default();
        for (seed, origin, node) in &grown.seeds {
            let mind = seed.owner.is_some();
            if self.quiet.contains(*origin, mind) {
                let origin = Some(*origin);
                let trail = || Trail {
                    triggers: origin,
                    agenda: Vec::new(),
                    visible: origin,
                };
                trails.entry((*node, mind)).or_insert_with(trail);
            }
        }
        let mut root = grown.root;
        let mut past = vec![root];
        let mut fired_at: Vec<BTreeSet<Instance>> = Vec::new();
        let mut fired = Vec::new();
        loop {
            let places = self.restless(root, owner.is_some());
            if places.is_empty() {
                break;
            }
            let mut firing = BTreeSet::new();
            let (way, rounds, agendas) =
                self.triggers(&places, &mut trails, root, owner, &mut firing, &mut fired)?;
            let (way, rounds) = match rounds.is_empty() {
                false => (way, rounds),
                true => (Way::Look, self.visible(&places, &trails, owner)?),
            };
            if rounds.is_empty() {
                places.iter().for_each(|&(node, mind)| {
                    self.quiet.insert(node, mind);
                });
                break;
            }
            let seed = Seed {
                node: root,
                owner,
                way: way.clone(),
                imposed: [].into(),
            };
            let plan = Plan {
                quiet: self.quiet,
                rounds,
            };
            let mut events = Events::default();
            let grown = Step::new(self.world, self.graph, &mut events, &plan).grow(seed)?;
            let mut next: FxHashMap<Place, Trail> = FxHashMap::default();
            for (seed, _, node) in &grown.seeds {
                let mind = seed.owner.is_some();
                let since = Some(seed.node);
                let trail = if seed.way == Way::Keep || way == Way::Look {
                    Trail {
                        triggers: since,
                        agenda: Vec::new(),
                        visible: since,
                    }
                } else {
                    let visible = trails
                        .get(&(seed.node, mind))
                        .and_then(|trail| trail.visible);
                    let agenda = agendas.get(&(seed.node, mind)).cloned().unwrap_or_default();
                    Trail {
                        triggers: since,
                        agenda,
                        visible,
                    }
                };
                next.entry((*node, mind)).or_insert(trail);
            }
            trails = next;
            root = grown.root;
            fired_at.push(firing);
            if let Some(again) = past.iter().position(|&earlier| earlier == root) {
                if again + 1 == past.len() {
                    // The round changed nothing that can be told apart.
                    places.iter().for_each(|&(node, mind)| {
                        self.quiet.insert(node, mind);
                    });
                    break;
                }
                return Err(Unrest::Loop(fired_at.drain(again..).flatten().collect()));
            }
            if past.len() > MOST_ROUNDS {
                return Err(Unrest::Loop(
                    fired_at.drain(MOST_ROUNDS - 100..).flatten().collect(),
                ));
            }
            past.push(root);
        }
        Ok(Settled { root, fired })
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
            open.extend(self.graph.minds(place.0).iter().map(|&mind| (mind, minds)));
        }
        found
    }

    /// What changed from one node to another.
    fn change(&self, from: NodeId, to: NodeId) -> Change {
        let values = |node| self.graph.values_of(node);
        let here = self.graph.values.diff(values(from), values(to));
        let minds = self
            .graph
            .minds(from)
            .iter()
            .zip(self.graph.minds(to))
            .enumerate();
        let minds = minds.filter(|(_, (a, b))| a != b);
        let minds =
            minds.map(|(person, (&a, &b))| (person, self.graph.values.diff(values(a), values(b))));
        Change {
            here,
            minds: minds.collect(),
        }
    }

    /// A round of triggers: what fires in each node, and what could still fire there afterwards.
    #[allow(clippy::type_complexity)]
    fn triggers(
        &mut self,
        places: &[Place],
        trails: &mut FxHashMap<Place, Trail>,
        root: NodeId,
        owner: Option<Person>,
        firing: &mut BTreeSet<Instance>,
        fired: &mut Vec<Instance>,
    ) -> Result<
        (
            Way,
            FxHashMap<Place, Round>,
            FxHashMap<Place, Vec<Instance>>,
        ),
        Unrest,
    > {
        let mut rounds = FxHashMap::default();
        let mut agendas = FxHashMap::default();
        for &(node, mind) in places {
            let trail = trails.get(&(node, mind)).cloned().unwrap_or_default();
            let mut candidates: BTreeSet<Instance> = trail.agenda.into_iter().collect();
            let at = self.graph.at(node);
            match trail.triggers {
                Some(since) => {
                    let change = self.change(since, node);
                    let mut reader = Reader::new(self.world, self.graph, Vec::new());
                    self.laws
                        .touched(&mut reader, at, mind, &change, &mut candidates);
                }
                None => {
                    let mut reader = Reader::new(self.world, self.graph, Vec::new());
                    self.laws.all(&mut reader, at, mind, &mut candidates);
                }
            }
            let mut agenda = Vec::new();
            for instance in candidates {
                if let Some(outcome) = self.fires(node, mind, &instance)? {
                    if agenda.is_empty() {
                        if (node, mind) == (root, owner.is_some()) {
                            fired.push(instance.clone());
                        }
                        firing.insert(instance.clone());
                        let round = Round {
                            assigned: outcome.assigned,
                            imposed: outcome.imposed,
                        };
                        rounds.insert((node, mind), round);
                    }
                    agenda.push(instance);
                }
            }
            agendas.insert((node, mind), agenda);
        }
        Ok((Way::Fire, rounds, agendas))
    }

    /// What an instance does in a node, if its condition holds there and it changes something.
    fn fires(
        &mut self,
        node: NodeId,
        mind: bool,
        instance: &Instance,
    ) -> Result<Option<Outcome>, Unrest> {
        let at = self.graph.at(node);
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let Some(outcome) = outcome(&mut reader, at, mind, instance)? else {
            return Ok(None);
        };
        let changes = outcome
            .assigned
            .iter()
            .any(|&(fluent, value)| self.graph.value(node, fluent) != value);
        if outcome.imposed.is_empty() {
            return Ok(changes.then_some(outcome));
        }
        // Whatever it writes into minds, and over its own assignments: try it.
        let own = outcome.assigned.iter();
        let own = own.map(|&(fluent, value)| Imposition {
            fluent,
            value,
            cover: Cover::Here,
        });
        let all = own.chain(outcome.imposed.iter().cloned()).collect();
        let owner = self.some_owner(node, mind);
        let tried = impose(self.world, self.graph, node, owner, all)?;
        Ok((tried != node).then_some(outcome))
    }

    /// A person whose mind the node can be.
    fn some_owner(&self, node: NodeId, mind: bool) -> Option<Person> {
        self.graph
            .minds(node)
            .iter()
            .position(|&own| own == node)
            .filter(|_| mind)
    }

    /// A round of visible facts: what everybody perceives in each node.
    fn visible(
        &mut self,
        places: &[Place],
        trails: &FxHashMap<Place, Trail>,
        _owner: Option<Person>,
    ) -> Result<FxHashMap<Place, Round>, Unrest> {
        let mut rounds = FxHashMap::default();
        if self.laws.visible.is_empty() {
            return Ok(rounds);
        }
        for &(node, mind) in places {
            let since = trails.get(&(node, mind)).and_then(|trail| trail.visible);
            let mut imposed = Vec::new();
            for (person, look) in self.looks(node, since).into_iter().enumerate() {
                if self.graph.mind(node, person) != node {
                    for (fluent, value) in self.perceived(node, mind, person, look)? {
                        imposed.push(Imposition {
                            fluent,
                            value,
                            cover: Cover::end(&[person], false),
                        });
                    }
                }
            }
            if !imposed.is_empty() {
                rounds.insert(
                    (node, mind),
                    Round {
                        assigned: Vec::new(),
                        imposed,
                    },
                );
            }
        }
        Ok(rounds)
    }

    /// For every person, the visible fluents to look at again: touched since then, or all.
    fn looks(&self, node: NodeId, since: Option<NodeId>) -> Vec<BTreeSet<(usize, FluentId)>> {
        let mut looks = vec![BTreeSet::new(); self.world.persons()];
        let since = since.filter(|_| !self.laws.perception_by_minds);
        let Some(since) = since else {
            for (place, shown) in self.laws.visible.iter().enumerate() {
                let fluents = self.world.base(shown.fact)..self.world.base(shown.fact + 1);
                looks
                    .iter_mut()
                    .for_each(|look| look.extend(fluents.clone().map(|fluent| (place, fluent))));
            }
            return looks;
        };
        let change = self.change(since, node);
        let everybody: Vec<AtomId> = (0..self.world.persons())
            .filter(|&person| self.graph.mind(node, person) != node)
            .map(|person| self.world.atom(person))
            .collect();
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let mut look = |person: Person, place, fluent| {
            looks[person].insert((place, fluent));
        };
        if !change.here.is_empty() {
            self.laws.perceived(
                &mut reader,
                self.graph.at(node),
                &change.here,
                &everybody,
                &mut look,
            );
        }
        for (person, changed) in &change.minds {
            let mind = self.graph.at(self.graph.mind(node, *person));
            self.laws.perceived(
                &mut reader,
                mind,
                changed,
                &[self.world.atom(*person)],
                &mut look,
            );
        }
        looks
    }

    /// What a person perceives in a node or misses there, in order; each perception counts for those after it.
    fn perceived(
        &mut self,
        node: NodeId,
        mind: bool,
        person: Person,
        mut look: BTreeSet<(usize, FluentId)>,
    ) -> Result<Vec<(FluentId, Val)>, Unrest> {
        let mut found = Vec::new();
        let mut here = self.graph.at(node);
        let mut there = self.graph.at(self.graph.mind(node, person));
        while let Some((place, fluent)) = look.pop_first() {
            let Some(value) = self.perception(here, there, person, place, fluent) else {
                continue;
            };
            found.push((fluent, value));
            if self.laws.perception_by_minds {
                let owner = self.some_owner(node, mind);
                let now = here.node.expect("perception looks into minds");
                let one = Imposition {
                    fluent,
                    value,
                    cover: Cover::end(&[person], false),
                };
                let now = impose(self.world, self.graph, now, owner, vec![one])?;
                here = self.graph.at(now);
                there = self.graph.at(self.graph.mind(now, person));
            } else {
                there.values = self.graph.values.set(there.values, &[(fluent, value)]);
                let mut reader = Reader::new(self.world, self.graph, Vec::new());
                let observer = [self.world.atom(person)];
                self.laws.perceived(
                    &mut reader,
                    there,
                    &[fluent],
                    &observer,
                    |_, other, touched| {
                        if (other, touched) > (place, fluent) {
                            look.insert((other, touched));
                        }
                    },
                );
            }
        }
        Ok(found)
    }

    /// The new value of a visible fluent in the mind of an observer, if it changes.
    fn perception(
        &self,
        here: At,
        there: At,
        person: Person,
        place: usize,
        fluent: FluentId,
    ) -> Option<Val> {
        let value = self.graph.values.get(here.values, fluent);
        let held = self.graph.values.get(there.values, fluent);
        if value == held && held.is_blank() {
            return None; // neither news nor something to miss
        }
        let (_, args) = self.world.fluent_of(fluent);
        let mut env: Vec<Val> = args.into_iter().map(Val::atom).collect();
        env.push(Val::atom(self.world.atom(person)));
        let mut reader: Reader<'_, Deaf> = Reader::new(self.world, self.graph, env);
        let lines = &self.laws.visible[place].lines;
        let mut seen = |at| {
            lines
                .iter()
                .any(|&line| reader.holds(at, &self.world.problem.visible[line].when))
        };
        if seen(here) {
            (value != held).then_some(value)
        } else {
            (!held.is_blank() && seen(there)).then(|| Val::unknown(fluent))
        }
    }
}

/// What an instance of a trigger does in a state, if its condition holds there.
fn outcome(
    reader: &mut Reader<'_, Deaf>,
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
    laws: &Laws,
    graph: &mut Graph,
    before: ValuesId,
    mut values: ValuesId,
) -> Result<ValuesId, Unrest> {
    let mut agenda: BTreeSet<Instance> = BTreeSet::new();
    let mut since = before;
    for _ in 0..MOST_ROUNDS {
        let at = At { values, node: None };
        let change = Change {
            here: graph.values.diff(since, values),
            minds: Vec::new(),
        };
        let mut reader = Reader::new(world, graph, Vec::new());
        laws.touched(&mut reader, at, true, &change, &mut agenda);
        let mut first = None;
        let mut left = BTreeSet::new();
        for instance in agenda {
            if let Some(outcome) = outcome(&mut reader, at, true, &instance)? {
                let news =
                    |&(fluent, value): &(FluentId, Val)| graph.values.get(values, fluent) != value;
                if outcome.assigned.iter().any(news) {
                    first.get_or_insert(outcome);
                    left.insert(instance);
                }
            }
        }
        let Some(outcome) = first else {
            return Ok(values);
        };
        since = values;
        values = graph.values.set(values, &outcome.assigned);
        agenda = left;
    }
    Err(Unrest::Loop(agenda))
}
