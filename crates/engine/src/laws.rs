//! What follows by itself, indexed: which instances of triggers and which visible facts can be touched by a change.
//!
//! A trigger that was at rest can only fire after something changed that its condition or its effects read or write. Each place
//! where they do so is an [`Occurrence`]; a changed fluent binds the variables there, and a join, worked out once for each
//! occurrence, finds the rest.

mod finder;
mod occurrence;
mod table;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::candidates::{conjuncts, parameters, Domain, Given, Join};
use crate::expr::{At, Reader, Trace};
use crate::graph::Graph;
use crate::needs::facts as facts_read;
use crate::problem::{ActionId, AtomId, Effect, Expr, FactId, SeenAs, Value};
use crate::shape::{facts_written, reads_minds};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{has_mental, Person, World};
use finder::Finder;
pub use table::bits;

/// A trigger with its parameters as positions in their sets: the order of instances is the order of these.
pub type Instance = (usize, Box<[u32]>);

/// A visible fluent, after its turn (see [`Laws::turn`]).
pub type Visible = (usize, FluentId);

/// What a changed fluent tells by one of its arguments, or a changed mind by its owner.
#[derive(Debug, Clone, Copy)]
enum Tells {
    /// The value of a parameter.
    Param(usize),
    /// The value of the pinned expression with this number.
    Pin(usize),
    /// Nothing unless it is this very atom.
    Only(Val),
    /// Nothing.
    Nothing,
}

/// In which state something is read or written.
#[derive(Debug, Clone, Copy)]
enum Place {
    Here,
    /// In somebody's mind.
    Mind(Tells),
}

/// A place where something is read or written.
#[derive(Debug, Clone)]
struct Occurrence {
    place: Place,
    /// Of which fact, and what its arguments tell. None: any fact, in that mind or in minds within it.
    fact: Option<(FactId, Vec<Tells>)>,
    /// How many expressions are pinned.
    pins: usize,
    /// Finds the rest of the parameters.
    join: Join,
}

/// What changed between two states.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Fluents here.
    pub here: Vec<FluentId>,
    /// Minds, and the fluents that changed there.
    pub minds: Vec<(Person, Vec<FluentId>)>,
}

/// A trigger.
#[derive(Debug, Clone)]
struct Law {
    /// Finds all its instances.
    all: Join,
    /// Finds those that nothing but minds can keep from firing.
    awake: Join,
    occurrences: Vec<Occurrence>,
}

/// A fact that shows itself, with all its lines.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The fact.
    pub fact: FactId,
    /// Indexes into the problem's `visible`.
    pub lines: Vec<usize>,
    /// The first of the visible facts that show themselves under the same conditions.
    pub like: usize,
    occurrences: Vec<Occurrence>,
}

/// The triggers and visible facts of one world.
#[derive(Debug, Clone, Default)]
pub struct Laws {
    triggers: Vec<Law>,
    /// All instances, in a small world.
    table: Option<table::Table>,
    /// Visible facts, in order of their first lines.
    pub visible: Vec<Shown>,
    /// For each fact, its place in `visible`.
    place: Vec<Option<usize>>,
    /// For each fact, whether it is visible or its value can decide what is.
    decides: Vec<bool>,
    /// Somebody's perception depends on what somebody thinks.
    pub perception_by_minds: bool,
    /// Our own rules, triggers write into no minds, and nobody's perception depends on what somebody thinks. So every mind can be
    /// worked out when it is asked for.
    pub outside_in: bool,
    /// For each trigger of such a world, whether it reads in minds what may change there while they settle: see [`Laws::watches`].
    watches: Vec<bool>,
    /// Some other trigger reads minds.
    pub looks_into_minds: bool,
    /// For each person, whether such triggers can look into his mind.
    looked_into: Vec<bool>,
    /// For each fact, whether such triggers read it in minds.
    read_in_minds: Vec<bool>,
    /// For each action, whether its events can change in minds what triggers read there.
    stirs: Vec<bool>,
}

impl Laws {
    /// Indexes the laws of a world.
    pub fn new(world: &World) -> Laws {
        let problem = &world.problem;
        let size = |&set: &usize| world.members(set).len();
        let triggers = problem.triggers.iter().map(|trigger| {
            let sizes: Vec<usize> = trigger.params.iter().map(size).collect();
            let mut conditions = Vec::new();
            conjuncts(&trigger.when, &mut conditions);
            let all = Join::new(&sizes, conditions.clone(), &[], 0);
            let mut here = conditions.clone();
            here.retain(|condition| !reads_minds(condition));
            let awake = Join::new(&sizes, here, &[], 0);
            let mut finder = Finder::new(&sizes, &conditions);
            finder.expr(&trigger.when);
            finder.effects(&trigger.effects);
            Law {
                all,
                awake,
                occurrences: finder.found,
            }
        });
        let triggers: Vec<Law> = triggers.collect();
        let mut visible: Vec<Shown> = Vec::new();
        let mut place = vec![None; problem.facts.len()];
        for (line, law) in problem.visible.iter().enumerate() {
            let mut sizes: Vec<usize> = problem.facts[law.fact].args.iter().map(size).collect();
            sizes.push(world.persons());
            let mut finder = Finder::new(&sizes, &[]);
            finder.expr(&law.when);
            let at = *place[law.fact].get_or_insert_with(|| {
                visible.push(Shown {
                    fact: law.fact,
                    lines: Vec::new(),
                    like: 0,
                    occurrences: Vec::new(),
                });
                visible.len() - 1
            });
            visible[at].lines.push(line);
            visible[at].occurrences.extend(finder.found);
        }
        let whens = |shown: &Shown| -> (usize, Vec<&Expr>) {
            let lines = shown.lines.iter();
            let whens = lines.map(|&line| &problem.visible[line].when);
            (problem.facts[shown.fact].args.len(), whens.collect())
        };
        for place in 0..visible.len() {
            let mut all = visible.iter();
            let like = all.position(|shown| whens(shown) == whens(&visible[place]));
            visible[place].like = like.expect("each is like itself");
        }
        let mut decides: Vec<bool> = place.iter().map(Option::is_some).collect();
        let mut perception_by_minds = false;
        for one in visible.iter().flat_map(|shown| &shown.occurrences) {
            perception_by_minds |= matches!(one.place, Place::Mind(_));
            match &one.fact {
                Some((fact, _)) => decides[*fact] = true,
                None => decides.fill(true),
            }
        }
        let mut settled: Vec<bool> = place.iter().map(Option::is_some).collect();
        let mut mental = false;
        for trigger in &problem.triggers {
            mental |= has_mental(&trigger.effects);
            written(world, &trigger.effects, &mut settled);
        }
        let outside_in = !world.peer() && !mental && !perception_by_minds;
        let watches = triggers.iter().map(|law| {
            let in_minds = |one: &&Occurrence| matches!(one.place, Place::Mind(_));
            let settles =
                |one: &Occurrence| one.fact.as_ref().is_none_or(|(fact, _)| settled[*fact]);
            outside_in && law.occurrences.iter().filter(in_minds).any(settles)
        });
        let watches: Vec<bool> = watches.collect();
        let table = table::Table::new(world, &triggers, &watches);
        let mut read_in_minds = vec![false; problem.facts.len()];
        let mut looks_into_minds = false;
        let mut looked_into = vec![false; world.persons()];
        let places = triggers
            .iter()
            .enumerate()
            .filter(|(index, _)| !watches[*index]);
        let places =
            places.flat_map(|(index, law)| law.occurrences.iter().map(move |one| (index, one)));
        for (index, one) in places {
            if let Place::Mind(whose) = one.place {
                looks_into_minds = true;
                for (person, looked_into) in looked_into.iter_mut().enumerate() {
                    let atom = world.atom(person);
                    *looked_into |= match whose {
                        Tells::Param(param) => {
                            let set = problem.triggers[index].params[param];
                            world.position(set, atom).is_some()
                        }
                        Tells::Only(only) => only == Val::atom(atom),
                        Tells::Pin(_) | Tells::Nothing => true,
                    };
                }
                if let Some((fact, _)) = &one.fact {
                    read_in_minds[*fact] = true;
                }
            }
        }
        let stirs = (0..problem.actions.len()).map(|action| {
            let mut changed = vec![false; problem.facts.len()];
            impressions(world, action, &mut changed, &mut Vec::new());
            changed
                .iter()
                .zip(&read_in_minds)
                .any(|(changed, read)| *changed && *read)
        });
        let stirs = stirs.collect();
        Laws {
            triggers,
            table,
            visible,
            place,
            decides,
            perception_by_minds,
            outside_in,
            watches,
            looks_into_minds,
            looked_into,
            read_in_minds,
            stirs,
        }
    }

    /// Some trigger may change the values of the state in which it fires.
    pub fn assign(&self) -> bool {
        self.table
            .as_ref()
            .map_or(!self.silent(), table::Table::assigns)
    }

    /// There are no triggers.
    pub fn silent(&self) -> bool {
        self.triggers.is_empty()
    }

    /// This trigger reads in minds what may change there while they settle, and so may fire in a later round because of that.
    pub fn watches(&self, trigger: usize) -> bool {
        self.watches[trigger]
    }

    /// The instances of such triggers that nothing but minds can keep from firing in a state of these values.
    pub fn awake(
        &self,
        world: &World,
        graph: &Graph,
        values: ValuesId,
        mind: bool,
    ) -> Vec<Instance> {
        let at = At { values, node: None };
        if let Some(table) = &self.table {
            return table.awake(world, graph, values, mind);
        }
        let mut found = Vec::new();
        let mut reader = Reader::new(world, graph, Vec::new());
        let laws = self.triggers.iter().zip(&self.watches).enumerate();
        for (trigger, (law, _)) in laws.filter(|(_, (_, watches))| **watches) {
            let (domains, minds_only) = trigger_domains(world, trigger);
            if mind || !minds_only {
                reader.env = vec![Val::NOTHING; domains.len()];
                law.awake.run(&mut reader, at, &domains, &[], &mut |env| {
                    found.push(instance(world, trigger, env));
                });
            }
        }
        found
    }

    /// There are such triggers.
    pub fn watchful(&self) -> bool {
        self.watches.contains(&true)
    }

    /// Triggers that need not be watched can look into this person's mind.
    pub fn looked_into(&self, person: Person) -> bool {
        self.looked_into[person]
    }

    /// They can read this fluent in minds.
    pub fn read_in_minds(&self, world: &World, fluent: FluentId) -> bool {
        self.read_in_minds[world.fact_of(fluent)]
    }

    /// Events of the action can change in minds what they read there.
    pub fn stirs(&self, action: ActionId) -> bool {
        self.stirs[action]
    }

    /// What is perceived can depend on this fluent.
    pub fn decides(&self, world: &World, fluent: FluentId) -> bool {
        self.decides[world.fact_of(fluent)]
    }

    /// Where a fluent stands in the order in which visible facts are looked at.
    pub fn order(&self, world: &World, fluent: FluentId) -> Option<usize> {
        self.place[world.fact_of(fluent)]
    }

    /// When somebody looks at a visible fluent: first at what is about that person, each in the order of its fact.
    pub fn turn(&self, world: &World, place: usize, fluent: FluentId, person: Person) -> usize {
        let own = world.args_of(fluent).contains(&world.atom(person));
        place + usize::from(!own) * self.visible.len()
    }

    /// The visible fact that is looked at then.
    pub fn shown_at(&self, turn: usize) -> &Shown {
        &self.visible[turn % self.visible.len()]
    }

    /// All trigger instances whose condition holds, apart from those that are to be watched.
    pub fn all<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        mind: bool,
        into: &mut BTreeSet<Instance>,
    ) {
        let world = reader.world;
        for (trigger, law) in self.triggers.iter().enumerate() {
            let (domains, minds_only) = trigger_domains(world, trigger);
            if (mind || !minds_only) && !self.watches[trigger] {
                reader.env = vec![Val::NOTHING; domains.len()];
                law.all.run(reader, at, &domains, &[], &mut |env| {
                    into.insert(instance(world, trigger, env));
                });
            }
        }
    }

    /// The trigger instances that a change can have touched, apart from those that are to be watched; those are left out whose
    /// condition is seen not to hold.
    pub fn touched<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        mind: bool,
        change: &Change,
        into: &mut BTreeSet<Instance>,
    ) {
        let world = reader.world;
        if let Some(table) = &self.table {
            return table.touched(world, reader.graph, at, mind, change, &mut |one| {
                into.insert(one.clone());
            });
        }
        for (trigger, law) in self.triggers.iter().enumerate() {
            let (domains, minds_only) = trigger_domains(world, trigger);
            if (mind || !minds_only) && !self.watches[trigger] {
                for one in &law.occurrences {
                    one.touched(reader, at, &domains, change, &mut |env| {
                        into.insert(instance(world, trigger, env));
                    });
                }
            }
        }
    }

    /// The visible fluents, by turn and number and in this order, of which an observer's perception may read this fluent.
    pub fn shown_by(&self, world: &World, fluent: FluentId, observer: Person) -> Arc<[Visible]> {
        let (fact, args) = (world.fact_of(fluent), world.args_of(fluent));
        let person = observer;
        let observer = Val::atom(world.atom(person));
        let mut found = Vec::new();
        for (place, shown) in self.visible.iter().enumerate() {
            let reads = |one: &&Occurrence| one.fact.as_ref().is_none_or(|(of, _)| *of == fact);
            let occurrences: Vec<&Occurrence> = shown.occurrences.iter().filter(reads).collect();
            for visible in world.base(shown.fact)..world.base(shown.fact + 1) {
                let of = world.args_of(visible);
                let fits = |(tells, &arg): (&Tells, &AtomId)| match *tells {
                    Tells::Param(param) => {
                        of.get(param).map_or(observer, |&atom| Val::atom(atom)) == Val::atom(arg)
                    }
                    Tells::Only(only) => only == Val::atom(arg),
                    Tells::Pin(_) | Tells::Nothing => true,
                };
                let reads = |one: &&Occurrence| match &one.fact {
                    Some((_, tells)) => tells.iter().zip(args).all(fits),
                    None => true,
                };
                if visible == fluent || occurrences.iter().any(reads) {
                    found.push((self.turn(world, place, visible, person), visible));
                }
            }
        }
        found.sort_unstable();
        found.into()
    }

    /// The visible fluents, by place and number, that a change here or in the mind of an observer can have touched, for the
    /// observers asked for.
    pub fn perceived<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        changed: &[FluentId],
        observers: &[AtomId],
        mut into: impl FnMut(Person, usize, FluentId),
    ) {
        let world = reader.world;
        let person = |atom: AtomId| world.person(atom).expect("observers are persons");
        for &fluent in changed {
            if let Some(place) = self.order(world, fluent) {
                for &observer in observers {
                    into(person(observer), place, fluent);
                }
            }
        }
        let change = Change {
            here: changed.to_vec(),
            minds: Vec::new(),
        };
        for (place, shown) in self.visible.iter().enumerate() {
            let sets = &world.problem.facts[shown.fact].args;
            let mut domains: Vec<Domain<'_>> = sets.iter().map(|&set| Domain::Set(set)).collect();
            domains.push(Domain::These(observers));
            for one in &shown.occurrences {
                one.touched(reader, at, &domains, &change, &mut |env| {
                    let atom = |value: &Val| value.as_atom().expect("parameters are atoms");
                    let mut index = 0;
                    for (at, value) in env[..sets.len()].iter().enumerate() {
                        let next = world.step(shown.fact, at, index, atom(value));
                        index = next.expect("of the fact's sets");
                    }
                    let observer = person(atom(&env[sets.len()]));
                    into(observer, place, world.base(shown.fact) + index);
                });
            }
        }
    }
}

/// Marks the facts that effects write.
fn written(world: &World, effects: &[Effect], facts: &mut [bool]) {
    facts_written(&world.problem, effects, &mut |fact| facts[fact] = true);
}

/// Marks the facts that events of an action can change in minds: what they write, what surprised witnesses learn, and what they
/// are taken for.
fn impressions(world: &World, action: ActionId, facts: &mut [bool], seen: &mut Vec<ActionId>) {
    if seen.contains(&action) {
        return;
    }
    seen.push(action);
    let action = &world.problem.actions[action];
    written(world, &action.effects, facts);
    let mut read = Vec::new();
    action
        .needs
        .iter()
        .for_each(|need| facts_read(world, &need.expr, &mut read));
    read.into_iter().for_each(|fact| facts[fact] = true);
    for line in &action.sees {
        match &line.seen_as {
            SeenAs::Itself => {}
            SeenAs::Partly(effects) => written(world, effects, facts),
            SeenAs::Other(other, _) => impressions(world, *other, facts, seen),
        }
    }
}

/// The parameters of an instance.
pub fn arguments(world: &World, (trigger, positions): &Instance) -> Vec<AtomId> {
    let params = &world.problem.triggers[*trigger].params;
    params
        .iter()
        .zip(positions)
        .map(|(&set, &at)| world.members(set)[at as usize])
        .collect()
}

/// What a trigger's parameters range over, and whether it runs in minds only.
fn trigger_domains(world: &World, trigger: usize) -> (Vec<Domain<'_>>, bool) {
    let law = &world.problem.triggers[trigger];
    let domains = law.params.iter().map(|&set| Domain::Set(set));
    (domains.collect(), law.minds_only)
}

fn instance(world: &World, trigger: usize, env: &[Val]) -> Instance {
    let params = &world.problem.triggers[trigger].params;
    let places = params.iter().zip(env).map(|(&set, value)| {
        let place = value.as_atom().and_then(|atom| world.position(set, atom));
        place.expect("parameters are members of their sets") as u32
    });
    (trigger, places.collect())
}
