//! How a state and the minds in it come to rest (docs/semantics.md, section 6), one mind at a time.
//!
//! A round goes from the outside in: a state comes to rest by itself, showing its minds what can be seen there, then the minds
//! within do so. So a mind follows from the [`Stage`]s that the state around it goes through, and these are all that is kept.
//! Where a trigger reads in minds what settles there, a state depends on its minds in turn, as they were after the round before:
//! they are worked out just so far, from the stages so far. That comes to an end, for each level of minds is a round behind.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::effects::bit;
use crate::expr::Trace;
use crate::graph::Stage;
use crate::laws::{Change, Visible};
use crate::settle::{perception::Look, MOST_FIRINGS, MOST_ROUNDS};
use crate::world::Group;

/// Whose minds are looked into.
#[derive(Debug, Default)]
struct Watch {
    depth: u32,
    persons: Group,
    /// Minds within minds were read.
    deep: bool,
}

impl Trace for Watch {
    fn enter(&mut self, person: Person) {
        match self.depth {
            0 => self.persons |= bit(person),
            _ => self.deep = true,
        }
        self.depth += 1;
    }
    fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// The values of a state and of a mind in it.
type Looked = [ValuesId; 2];

/// Values of a state and of a mind in it at which there was nothing to perceive: what has changed since then is all there is to look at.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// None.
    Nothing,
    /// These, where it was the last thing done to come to rest there: so for the first round.
    AtFirst(Looked),
    /// These, whatever came after.
    Always(Looked),
}

impl Known {
    /// What is known in a round.
    fn then(self, round: usize) -> Option<Looked> {
        match self {
            Known::AtFirst(looked) if round == 0 => Some(looked),
            Known::Always(looked) => Some(looked),
            _ => None,
        }
    }
}

/// What the state around a mind goes through.
struct Around {
    stages: Arc<[Stage]>,
    /// Nothing comes after that.
    done: bool,
}

/// A state or a mind on its way to rest.
struct Course<'a> {
    minds: Minds<'a>,
    sprout: Sprout,
    birth: Birth,
    /// Its values now.
    values: ValuesId,
    /// Values at which it was at rest: only triggers that were touched since then can fire. None: any may.
    since: Option<ValuesId>,
    /// What the minds in it have been shown.
    stages: Vec<Stage>,
    /// Which triggers fired.
    fired: Vec<Instance>,
    unrest: Option<Unrest>,
}

impl Minds<'_> {
    /// The root of a tower comes to rest; its minds will when they are asked for.
    pub(super) fn settled(
        self,
        sprout: Sprout,
        owner: Option<Person>,
    ) -> Result<(NodeId, Vec<Instance>), Unrest> {
        let mut course = Course::new(self, sprout, owner);
        course.run(None, Known::Nothing);
        if let Some(unrest) = course.unrest {
            return Err(unrest);
        }
        Ok((course.arrived(), course.fired))
    }

    /// What keeps the minds from rest that people have in a true state that was born: that is an error, too.
    ///
    /// # Errors
    /// [`Unrest`].
    pub fn rest_in(self, root: NodeId) -> Result<(), Unrest> {
        for person in 0..self.world.persons() {
            if let (_, Some(unrest)) = self.grown(root, person) {
                return Err(unrest);
            }
        }
        Ok(())
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
        let around = match birth.settled {
            Settled::NOT => return (self.node(sprout), None),
            Settled::Done(0) => {
                let values = self.graph.values_of(node);
                let stages = Arc::new([Stage { values, last: true }]);
                Around { stages, done: true }
            }
            Settled::Done(list) | Settled::SoFar(list) => Around {
                stages: self.graph.history(list),
                done: birth.settled == Settled::Done(list),
            },
        };
        // Who had seen all that there was to see sees only what has to do with what changed since.
        let once = around.stages.len() == 1 && around.stages[0].last;
        let known = once.then(|| self.seen_before(birth, person, sprout));
        let known = match known.flatten() {
            Some(known) => Known::AtFirst(known),
            None => self.nothing_to_see(birth, person, sprout),
        };
        let mut course = Course::new(self, sprout, Some(person));
        course.run(Some(&around), known);
        let mind = if course.untouched() {
            sprout.before
        } else if around.done {
            course.arrived()
        } else {
            course.here()
        };
        (mind, course.unrest)
    }

    /// The values of a state and of a person's mind in it as they were before a node was born like this, if the person had seen
    /// there all that there was to see.
    fn seen_before(self, birth: Birth, person: Person, sprout: Sprout) -> Option<Looked> {
        let before = self.before(birth);
        let known = self.graph.settled(before)
            && self.graph.mind(self.world, before, person) == sprout.before;
        known.then(|| [before, sprout.before].map(|node| self.graph.values_of(node)))
    }

    /// The same values, if they themselves are known to leave nothing to perceive. Of a hypothesis, from which many events are tried, that
    /// is worked out.
    fn nothing_to_see(self, birth: Birth, person: Person, sprout: Sprout) -> Known {
        let before = self.before(birth);
        let looked = [before, sprout.before].map(|node| self.graph.values_of(node));
        let [around, mind] = looked;
        let shown = match self.graph.known_shown((around, mind, person as u32)) {
            None if self.graph.birth(before).is_none() => {
                Some(self.show(around, mind, person, false, None))
            }
            known => known,
        };
        match around == mind || shown == Some(mind) {
            true => Known::Always(looked),
            false => Known::Nothing,
        }
    }

    /// The node before a node was born like this, and before it was repaired for that.
    fn before(self, birth: Birth) -> NodeId {
        match self.graph.birth(birth.origin) {
            Some(repaired) if repaired.settled == Settled::NOT => repaired.origin,
            _ => birth.origin,
        }
    }

    /// The values of a mind after its owner has perceived what shows itself in the state around it, or missed it. `once`: one look
    /// at each thing, else until nothing more changes. `known`: values at which there was nothing to perceive.
    fn show(
        self,
        around: ValuesId,
        mind: ValuesId,
        person: Person,
        once: bool,
        known: Option<Looked>,
    ) -> ValuesId {
        let values = &self.graph.values;
        if around == mind || known == Some([around, mind]) {
            return mind;
        }
        let key = (around, mind, person as u32);
        if let Some(shown) = self.graph.known_shown(key).filter(|_| !once) {
            return shown;
        }
        // Who holds all that is so, as far as it matters, sees nothing new and misses nothing: it rests on what differs.
        let mut changed = match known {
            None => values.diff(around, mind),
            Some(known) => [values.diff(known[0], around), values.diff(known[1], mind)].concat(),
        };
        let mut shown = mind;
        loop {
            let next = self.look(around, shown, person, &changed);
            changed = values.diff(shown, next);
            shown = next;
            if once || changed.is_empty() {
                break;
            }
        }
        if !once {
            self.graph.keep_shown(key, shown);
            if shown != mind {
                self.graph.keep_shown((around, shown, person as u32), shown);
            }
        }
        shown
    }

    /// One look at each thing that shows itself or is missed, in order, as far as it rests on these fluents.
    fn look(
        self,
        around: ValuesId,
        mind: ValuesId,
        person: Person,
        changed: &[FluentId],
    ) -> ValuesId {
        let (world, graph) = (self.world, self.graph);
        let mut look: Vec<Visible> = Vec::new();
        for &fluent in changed {
            if graph.laws.decides(world, fluent) {
                look.extend_from_slice(&graph.shown_by(world, fluent, person));
            }
        }
        look.sort_unstable();
        look.dedup();
        let mut eyes = Look::new(world, graph, around, person);
        let (mut now, mut next) = (mind, 0);
        while let Some(&this) = look.get(next) {
            next += 1;
            let Some(value) = eyes.at(now, this) else {
                continue;
            };
            now = graph.values.set(now, &[(this.1, value)]);
            eyes.learnt();
            for &touched in graph.shown_by(world, this.1, person).iter() {
                if touched > this {
                    if let Err(at) = look.binary_search(&touched) {
                        look.insert(at, touched);
                    }
                }
            }
        }
        now
    }

    /// What an event changed in minds of what triggers read there (those apart that are watched).
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
        let persons = (0..self.world.persons()).filter(|&person| laws.looked_into(person));
        let reached =
            persons.filter(|&person| birth.owner == Some(person) || self.reaches(birth, person));
        let changes = reached.map(|person| {
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

impl<'a> Course<'a> {
    fn new(minds: Minds<'a>, sprout: Sprout, owner: Option<Person>) -> Self {
        let rested = minds.graph.at_rest(sprout.before, owner.is_some());
        Course {
            minds,
            sprout,
            birth: sprout.birth.unwrap_or(minds.kept(sprout.before, owner)),
            values: sprout.values,
            since: rested.then(|| minds.graph.values_of(sprout.before)),
            stages: Vec::new(),
            fired: Vec::new(),
            unrest: None,
        }
    }

    fn mind(&self) -> bool {
        self.birth.owner.is_some()
    }

    /// The node as far as it has come.
    fn here(&self) -> NodeId {
        self.after(self.stages.len())
    }

    /// The same when its minds had been shown only so much.
    fn after(&self, stages: usize) -> NodeId {
        let graph = self.minds.graph;
        let settled = Settled::SoFar(graph.keep_history(self.stages[..stages].to_vec()));
        let node = graph.born(
            self.values,
            Birth {
                settled,
                ..self.birth
            },
        );
        if self.since == Some(self.values) {
            graph.rests(node, self.mind());
        }
        node
    }

    /// The node at the end of its way.
    fn arrived(&mut self) -> NodeId {
        let graph = self.minds.graph;
        let stages = &mut self.stages;
        // What is shown once more, a whole round long, changes nothing.
        while let [.., a, b] = stages[..] {
            if a != b || !b.last {
                break;
            }
            stages.pop();
        }
        let one = Stage {
            values: self.values,
            last: true,
        };
        let history = if *stages == [one] {
            0
        } else {
            graph.keep_history(stages.clone())
        };
        let birth = Birth {
            settled: Settled::Done(history),
            ..self.birth
        };
        let node = graph.born(self.values, birth);
        if self.since == Some(self.values) {
            graph.rests(node, self.mind());
        }
        node
    }

    /// It was at rest, and nothing has happened to it since.
    fn untouched(&self) -> bool {
        let Minds { graph, .. } = self.minds;
        let before = graph.values_of(self.sprout.before);
        self.sprout.birth.is_none()
            && graph.at_rest(self.sprout.before, self.mind())
            && self.values == before
            && self.stages.iter().all(|stage| stage.values == before)
    }

    /// Goes through the rounds, as far as the state around it has.
    fn run(&mut self, around: Option<&Around>, known: Known) {
        let mut shown = around.map(|around| around.stages.split_inclusive(|stage| stage.last));
        for round in 0..MOST_ROUNDS {
            let now = self.values;
            if let (Some(around), Some(shown)) = (around, &mut shown) {
                match shown.next() {
                    Some(stages) => {
                        let known = known.then(round);
                        stages.iter().for_each(|&stage| self.perceive(stage, known));
                        if !stages[stages.len() - 1].last {
                            return;
                        }
                    }
                    None if around.done => {
                        let last = around.stages[around.stages.len() - 1];
                        self.perceive(last, known.then(round));
                    }
                    None => return,
                }
            }
            let perceived = self.values;
            // What the event stirs up in minds counts once, in the first round.
            let stirred = if round == 0 {
                self.minds.stirred(self.sprout)
            } else {
                Vec::new()
            };
            let watched = self.rest(stirred);
            let coming = around.is_some_and(|around| {
                !around.done || around.stages.iter().filter(|stage| stage.last).count() > round + 1
            });
            if !coming && self.values == perceived && self.constant(&watched) {
                return;
            }
            let moved = perceived != now || self.values != perceived;
            let back = !coming && watched.persons == 0 && self.values == now && round > 0;
            if moved && (back || round + 1 == MOST_ROUNDS) {
                // What is seen and what is made of it change each other for ever.
                let fired = self.fired.iter().cloned().collect();
                self.unrest.get_or_insert(Unrest::Loop(fired));
            }
            if back {
                return;
            }
        }
    }

    fn perceive(&mut self, stage: Stage, known: Option<Looked>) {
        let owner = self.birth.owner.expect("a mind has an owner");
        self.values = self
            .minds
            .show(stage.values, self.values, owner, !stage.last, known);
    }

    /// One round by itself: triggers, then what shows itself to the minds that triggers look into, until nothing changes any more.
    /// Whose minds these are.
    fn rest(&mut self, mut stirred: Vec<(Person, Vec<FluentId>)>) -> Watch {
        let Minds { world, graph } = self.minds;
        let first = self.stages.len();
        let values_in = |node, person| graph.values_of(graph.mind(world, node, person));
        let mut past: Vec<(ValuesId, NodeId)> = Vec::new();
        let watched = loop {
            let first = self.stages.is_empty();
            let watched = self.fire(std::mem::take(&mut stirred), first);
            let before = (watched.persons != 0).then(|| self.here());
            self.stages.push(Stage {
                values: self.values,
                last: false,
            });
            let Some(before) = before else { break watched };
            let after = self.here();
            let same = |a, b, person| values_in(a, person) == values_in(b, person);
            let mut persons = (0..world.persons()).filter(|&one| watched.persons & bit(one) != 0);
            if persons.all(|person| same(before, after, person)) {
                break watched;
            }
            let again = past.iter().any(|&(values, node)| {
                values == self.values && (0..world.persons()).all(|one| same(node, after, one))
            });
            if again || past.len() > MOST_FIRINGS {
                let fired = self.fired.iter().cloned().collect();
                self.unrest.get_or_insert(Unrest::Loop(fired));
                break watched;
            }
            past.push((self.values, after));
        };
        if let [.., a, b] = self.stages[first..] {
            if a == b {
                self.stages.pop();
            }
        }
        if let Some(stage) = self.stages.last_mut() {
            stage.last = true;
        }
        watched
    }

    /// Triggers fire until none can any more; where they never rest, or contradict themselves, none does. Whose minds those
    /// looked into that are to be watched. `first`: nothing has followed yet from what happened.
    fn fire(&mut self, stirred: Vec<(Person, Vec<FluentId>)>, first: bool) -> Watch {
        let before = (self.values, self.fired.len());
        let mut watch = Watch::default();
        match self.fire_all(stirred, first, &mut watch) {
            Ok(()) => self.since = Some(self.values),
            Err(unrest) => {
                self.values = before.0;
                self.fired.truncate(before.1);
                self.since = None;
                self.unrest.get_or_insert(unrest);
            }
        }
        if let Some(owner) = self.birth.owner {
            watch.persons &= !bit(owner); // there, it reads itself
        }
        watch
    }

    fn fire_all(
        &mut self,
        stirred: Vec<(Person, Vec<FluentId>)>,
        first: bool,
        watch: &mut Watch,
    ) -> Result<(), Unrest> {
        let Minds { world, graph } = self.minds;
        let (laws, mind) = (&graph.laws, self.mind());
        if laws.silent() {
            return Ok(());
        }
        // Other triggers read minds as the event leaves them: nothing that settles changes what they read there.
        let (minds, sprout, node) = (self.minds, self.sprout, OnceCell::new());
        let left = || *node.get_or_init(|| laws.looks_into_minds.then(|| minds.node(sprout)));
        let mut candidates = BTreeSet::new();
        let mut reader = Reader::new(world, graph, Vec::new());
        let touched = |reader: &mut Reader<'_, _>, from, to, minds, candidates: &mut _| {
            let change = Change {
                here: graph.values.diff(from, to),
                minds,
            };
            if !change.here.is_empty() || !change.minds.is_empty() {
                let at = At {
                    values: to,
                    node: left(),
                };
                laws.touched(reader, at, mind, &change, candidates);
            }
        };
        let before = self.sprout.before;
        match self.since {
            Some(since) => touched(&mut reader, since, self.values, stirred, &mut candidates),
            // Many events are tried from one hypothesis: what could fire there, or was touched since, is all that can.
            None if first && graph.birth(before).is_none() => {
                candidates.extend(graph.firing(world, before, mind).iter().cloned());
                let since = graph.values_of(before);
                touched(&mut reader, since, self.values, stirred, &mut candidates);
            }
            None => {
                let at = At {
                    values: self.values,
                    node: left(),
                };
                laws.all(&mut reader, at, mind, &mut candidates);
            }
        }
        let mut watching = Reader {
            world,
            graph,
            env: Vec::new(),
            trace: watch,
        };
        let awake = |values| graph.awake(world, values, mind);
        if laws.watchful() {
            candidates.extend(awake(self.values).iter().cloned());
        }
        let mut past = vec![self.values];
        let first = self.fired.len();
        while let Some(instance) = candidates.pop_first() {
            let values = self.values;
            let outcome = if laws.watches(instance.0) {
                let at = graph.at(self.here());
                settle::outcome(&mut watching, at, mind, &instance)?
            } else {
                let node = left();
                let at = At { values, node };
                settle::outcome(&mut reader, at, mind, &instance)?
            };
            let Some(outcome) = outcome else {
                continue; // until something touches it
            };
            let next = graph.values.set(values, &outcome.assigned);
            if next == values {
                continue;
            }
            self.fired.push(instance);
            if let Some(from) = past.iter().position(|&earlier| earlier == next) {
                return Err(Unrest::Loop(self.fired.drain(first + from..).collect()));
            }
            if past.len() > MOST_FIRINGS {
                let last = self.fired.len() - 100;
                return Err(Unrest::Loop(self.fired.drain(last..).collect()));
            }
            past.push(next);
            touched(&mut reader, values, next, Vec::new(), &mut candidates);
            if laws.watchful() {
                candidates.extend(awake(next).iter().cloned());
            }
            self.values = next;
        }
        Ok(())
    }

    /// The minds that triggers watch will stay as they are if this state does. (False says only that it is not seen.)
    fn constant(&self, watched: &Watch) -> bool {
        let Minds { world, graph } = self.minds;
        if watched.persons == 0 {
            return true;
        }
        if watched.deep || self.since != Some(self.values) {
            return false;
        }
        let here = self.here();
        let mut persons = (0..world.persons()).filter(|&one| watched.persons & bit(one) != 0);
        persons.all(|person| {
            let mind = graph.mind(world, here, person);
            let values = graph.values_of(mind);
            if !graph.at_rest(mind, true)
                || self.minds.show(self.values, values, person, false, None) != values
            {
                return false;
            }
            // Its own triggers may read the mind itself: that changes with it alone.
            let mut reader = Reader {
                world,
                graph,
                env: Vec::new(),
                trace: Watch::default(),
            };
            let idle = |instance: &Instance| {
                let outcome = settle::outcome(&mut reader, graph.at(mind), true, instance);
                outcome.is_ok_and(|outcome| {
                    outcome.is_none_or(|it| graph.values.set(values, &it.assigned) == values)
                })
            };
            let awake = graph.awake(world, values, true);
            awake.iter().all(idle) && !reader.trace.deep && reader.trace.persons & !bit(person) == 0
        })
    }
}
