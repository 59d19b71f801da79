//! What states are worth to people (docs/semantics.md, section 7).

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::candidates::{conjuncts, Domain, Join};
use crate::expr::{At, Blindness, Reader, Trace};
use crate::graph::Graph;
use crate::needs::Chain;
use crate::problem::{AtomId, Effect, Expr, FactId, SeenAs, SetId, Start};
use crate::shape::{self, each_effect, each_part, facts_of, facts_written};
use crate::standing::{Answer, Standing};
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// A want or a share with its parameters filled in.
type Instance = (usize, Box<[AtomId]>);

/// The wants of everybody, filled in as far as what never changes decides.
#[derive(Debug, Clone)]
pub struct Wants {
    wants: Vec<Vec<Instance>>,
    shares: Vec<Vec<Instance>>,
    /// By person, and whether without minds: what the wants were worth in the place asked about last.
    standing: RefCell<FxHashMap<(Person, bool), Amounts>>,
}

/// What each want is worth, and whether minds would have been needed for it.
type Amounts = Standing<(f64, bool)>;

/// Notices what an amount rests on.
#[derive(Debug, Default)]
struct Rests {
    reads: Vec<(Chain, FluentId)>,
    /// The minds around the one that is read now, the outermost first.
    outer: Vec<Chain>,
    chain: Chain,
    /// Minds were read beyond the longest chain.
    deep: bool,
    blind: bool,
}

impl Trace for Rests {
    fn read(&mut self, fluent: FluentId, _: Val) {
        let read = (self.chain, fluent);
        if !self.reads.contains(&read) {
            self.reads.push(read);
        }
    }
    fn enter(&mut self, person: Person) {
        self.outer.push(self.chain);
        self.deep |= self.chain.longest();
        self.chain = self.chain.then(person, Person::MAX); // whose mind it is read in does not matter here
    }
    fn leave(&mut self) {
        self.chain = self.outer.pop().expect("whoever leaves has entered");
    }
    fn blind(&mut self) {
        self.blind = true;
    }
}

impl Wants {
    /// Fills in wants, reading what never changes in the opening state.
    pub fn new(world: &World, graph: &Graph, start: At) -> Wants {
        let fixed = fixed_facts(world);
        let mut reader = Reader::new(world, graph, Vec::new());
        let mut wants = vec![Vec::new(); world.persons()];
        for (index, want) in world.problem.wants.iter().enumerate() {
            let conditions = (&want.who, want.during.as_ref());
            fill(
                &mut reader,
                start,
                &fixed,
                &want.params,
                conditions,
                |person, args| {
                    wants[person].push((index, args));
                },
            );
        }
        let mut shares = vec![Vec::new(); world.persons()];
        for (index, share) in world.problem.shares.iter().enumerate() {
            let conditions = (&share.who, share.during.as_ref());
            fill(
                &mut reader,
                start,
                &fixed,
                &share.params,
                conditions,
                |person, args| {
                    shares[person].push((index, args));
                },
            );
        }
        Wants {
            wants,
            shares,
            standing: RefCell::default(),
        }
    }

    /// What a place is worth to a person, read right there: wants and shares, or the peer's whole expression (none is worth
    /// nothing; without value there is none). Without a person: to the author. The flag says that minds would have been needed for
    /// a part of it where there are none to look into.
    pub fn utility(
        &self,
        world: &World,
        graph: &Graph,
        at: At,
        person: Option<Person>,
    ) -> (Option<f64>, bool) {
        let trace = Blindness(false);
        let env = Vec::new();
        let mut reader = Reader {
            world,
            graph,
            env,
            trace,
        };
        if let Some(person) = person.filter(|_| !world.peer()) {
            let (mut total, mut blind) = self.own(world, graph, at, person);
            for (index, args) in &self.shares[person] {
                let share = &world.problem.shares[*index];
                bind(&mut reader, args);
                if counts(&mut reader, at, &share.who, share.during.as_ref(), person) {
                    let of = reader.value(at, &share.of);
                    if let Some(of) = world.person_of(of) {
                        let (theirs, dim) = self.own(world, graph, at, of);
                        total += share.weight * theirs;
                        blind |= dim;
                    }
                }
            }
            return (Some(total), blind || reader.trace.0);
        }
        let who = person.map(|person| world.atom(person));
        let all = world.problem.utilities.iter().rev();
        let Some(utility) = all.into_iter().find(|utility| utility.who == who) else {
            return (Some(0.0), false);
        };
        let worth = match reader.value(at, &utility.what) {
            Val::YES => Some(1.0),
            Val::NO => Some(0.0),
            value => world.numbers.get(value),
        };
        (worth, reader.trace.0)
    }

    /// The sum of a person's own wants.
    fn own(&self, world: &World, graph: &Graph, at: At, person: Person) -> (f64, bool) {
        let instances = &self.wants[person];
        let mut standing = self.standing.borrow_mut();
        let standing = standing.entry((person, at.node.is_none())).or_default();
        let place = (at.values, at.node);
        let amounts = standing.answers((world, graph), place, instances.len(), |question| {
            let trace = Rests::default();
            let env = Vec::new();
            let mut reader = Reader {
                world,
                graph,
                env,
                trace,
            };
            let amount = amount(&mut reader, at, person, &instances[question]);
            let rests = reader.trace;
            Answer {
                what: (amount, rests.blind),
                reads: rests.reads,
                more: rests.deep,
            }
        });
        amounts.fold((0.0, false), |(sum, dim), &(amount, blind)| {
            (sum + amount, dim | blind)
        })
    }

    /// A person's wants with what each is worth there now: index, parameters, amount.
    pub fn amounts<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        person: Person,
    ) -> Vec<(usize, Box<[AtomId]>, f64)> {
        let instances = self.wants[person].iter();
        instances
            .map(|one| (one.0, one.1.clone(), amount(reader, at, person, one)))
            .collect()
    }

    /// The instances of wants that can be a person's: index in the problem's wants, parameters.
    pub fn of(&self, person: Person) -> &[(usize, Box<[AtomId]>)] {
        &self.wants[person]
    }

    /// The instances of shares that can be a person's.
    pub fn shared_by(&self, person: Person) -> &[(usize, Box<[AtomId]>)] {
        &self.shares[person]
    }
}

fn bind<T: Trace>(reader: &mut Reader<'_, T>, args: &[AtomId]) {
    reader.env.clear();
    reader.env.extend(args.iter().map(|&arg| Val::atom(arg)));
}

/// The line is this person's, and counts now.
fn counts<T: Trace>(
    reader: &mut Reader<'_, T>,
    at: At,
    who: &Expr,
    during: Option<&Expr>,
    person: Person,
) -> bool {
    let who = reader.value(at, who);
    reader.world.person_of(who) == Some(person)
        && during.is_none_or(|during| reader.holds(at, during))
}

fn amount<T: Trace>(
    reader: &mut Reader<'_, T>,
    at: At,
    person: Person,
    (index, args): &Instance,
) -> f64 {
    let world = reader.world;
    let want = &world.problem.wants[*index];
    bind(reader, args);
    if !counts(reader, at, &want.who, want.during.as_ref(), person) {
        return 0.0;
    }
    let value = reader.value(at, &want.what);
    match (want.suffers, value, world.numbers.get(value)) {
        (true, Val::YES, _) => 0.0,
        (true, ..) => -want.weight,
        (_, Val::YES, _) => want.weight,
        (_, _, Some(number)) => want.weight * number,
        _ => 0.0,
    }
}

/// Finds the parameters of a line for each person, as far as what never changes does not rule them out.
fn fill<T: Trace>(
    reader: &mut Reader<'_, T>,
    start: At,
    fixed: &[bool],
    params: &[SetId],
    (who, during): (&Expr, Option<&Expr>),
    mut found: impl FnMut(Person, Box<[AtomId]>),
) {
    let world = reader.world;
    let domains: Vec<Domain<'_>> = params.iter().map(|&set| Domain::Set(set)).collect();
    let sizes: Vec<usize> = params.iter().map(|&set| world.members(set).len()).collect();
    let mut conditions = Vec::new();
    during
        .into_iter()
        .for_each(|during| conjuncts(during, &mut conditions));
    conditions.retain(|condition| is_fixed(condition, fixed));
    let pins = if is_fixed(who, fixed) {
        std::slice::from_ref(who)
    } else {
        &[]
    };
    let join = Join::new(&sizes, conditions, pins, 0);
    for person in 0..world.persons() {
        let pins = [Val::atom(world.atom(person))];
        let mut all = Vec::new();
        reader.env = vec![Val::NOTHING; sizes.len()];
        join.run(reader, start, &domains, &pins, &mut |env| {
            all.push(
                env.iter()
                    .filter_map(|value| value.as_atom())
                    .collect::<Box<[AtomId]>>(),
            );
        });
        all.sort_unstable();
        all.into_iter().for_each(|args| found(person, args));
    }
}

/// The facts that are the same in every state and in every mind, for each fact.
pub fn fixed_facts(world: &World) -> Vec<bool> {
    let problem = &world.problem;
    let mut fixed = vec![true; problem.facts.len()];
    let mut written =
        |effects: &[Effect]| facts_written(problem, effects, &mut |fact| fixed[fact] = false);
    for action in &problem.actions {
        written(&action.effects);
        for line in &action.sees {
            if let SeenAs::Partly(effects) = &line.seen_as {
                written(effects);
            }
        }
    }
    problem
        .triggers
        .iter()
        .for_each(|trigger| written(&trigger.effects));
    for line in &problem.start {
        match line {
            Start::Holds { .. } => {}
            Start::Secret { place, .. } | Start::Belief { place, .. } => {
                facts_of(problem, place, &mut |fact| fixed[fact] = false);
            }
            Start::Impose(effect) => each_effect(std::slice::from_ref(effect), &mut |one| {
                // Only what is so for everybody stays fixed.
                let place = shape::written(one).filter(|_| !matches!(one, Effect::Set(..)));
                if let Some((place, _)) = place {
                    facts_of(problem, place, &mut |fact| fixed[fact] = false);
                }
            }),
        }
    }
    problem
        .visible
        .iter()
        .for_each(|visible| fixed[visible.fact] = false);
    fixed
}

/// The expression has one value in every state and every mind.
pub fn is_fixed(expr: &Expr, fixed: &[bool]) -> bool {
    let all = |parts: &[Expr]| parts.iter().all(|part| is_fixed(part, fixed));
    let known = |fact: &FactId| fixed[*fact];
    match expr {
        Expr::Fact(fact, args) => known(fact) && all(args),
        Expr::Topic(_) | Expr::Believes(..) | Expr::Knows(..) => false,
        _ => {
            let mut fixed_so_far = true;
            each_part(expr, &mut |part| {
                fixed_so_far = fixed_so_far && is_fixed(part, fixed);
            });
            fixed_so_far
        }
    }
}
