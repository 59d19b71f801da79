//! What would have to change for a condition to hold: a condition, read in one state, broken down to goals about single
//! fluents in that state or in somebody's mind. Parts that hold already are no needs.

mod gains;
pub mod recorder;

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::engine::Engine;
use crate::expr::Reader;
use crate::graph::{Graph, NodeId};
use crate::problem::{Expr, FactId, Utility, Want};
use crate::standing::Standing;
use crate::value::{FluentId, Val};
use crate::world::{Person, World};
use recorder::{Listener, Recorder};

/// Whose mind, as a chain of persons that begins in the planner's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chain(u32); // a byte each, from the lowest on: the person's number and one more

impl Chain {
    /// The planner's own picture of the world.
    pub const HERE: Chain = Chain(0);
    const LONGEST: u32 = 4;

    fn length(self) -> u32 {
        (u32::BITS - self.0.leading_zeros()).div_ceil(8)
    }

    /// It cannot become longer.
    pub fn longest(self) -> bool {
        self.length() == Chain::LONGEST
    }

    fn persons(self) -> impl Iterator<Item = Person> {
        (0..self.length()).map(move |place| (self.0 >> (8 * place) & 0xff) as Person - 1)
    }

    /// What that person there takes the world to be. (The planner's picture of the own picture is that picture. Beyond the
    /// longest chain everything looks like its end.)
    pub fn then(self, person: Person, planner: Person) -> Chain {
        let (length, owner) = (self.length(), self.persons().last().unwrap_or(planner));
        if person == owner || self.longest() {
            return self;
        }
        Chain(self.0 | (person as u32 + 1) << (8 * length))
    }

    /// The first person of the chain.
    pub fn first(self) -> Option<Person> {
        self.persons().next()
    }

    /// The chain without its last person, and that person.
    pub fn last(self) -> Option<(Chain, Person)> {
        let last = self.persons().last()?;
        let outer = self.0 & !(0xff << (8 * (self.length() - 1)));
        Some((Chain(outer), last))
    }

    /// The state at its end.
    pub fn node(self, world: &World, graph: &Graph, from: NodeId) -> NodeId {
        self.persons()
            .fold(from, |node, person| graph.mind(world, node, person))
    }
}

/// What is wanted of a fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aim {
    /// This value.
    Is(Val),
    /// Any value but this.
    Not(Val),
    /// That it is known.
    Known,
    /// Another value than now.
    Change,
}

/// Something wanted of one fluent, in one mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Goal {
    /// Where.
    pub chain: Chain,
    /// Of which fluent.
    pub fluent: FluentId,
    /// What.
    pub aim: Aim,
}

/// What would have to be achieved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Need {
    /// Nothing.
    Met,
    /// It cannot be.
    Never,
    /// One thing.
    Goal(Goal),
    /// All of these.
    All(Arc<[Need]>),
    /// One of these.
    Any(Arc<[Need]>),
}

impl Need {
    /// All of them.
    pub fn all(parts: Vec<Need>) -> Need {
        let mut left: Vec<Need> = Vec::new();
        for part in parts {
            match part {
                Need::Met => {}
                Need::Never => return Need::Never,
                Need::All(inner) => left.extend(inner.iter().cloned()),
                part if left.contains(&part) => {}
                part => left.push(part),
            }
        }
        match left.len() {
            0 => Need::Met,
            1 => left.remove(0),
            _ => Need::All(left.into()),
        }
    }

    /// One of them.
    pub fn any(parts: Vec<Need>) -> Need {
        let mut left: Vec<Need> = Vec::new();
        for part in parts {
            match part {
                Need::Met => return Need::Met,
                Need::Never => {}
                Need::Any(inner) => left.extend(inner.iter().cloned()),
                part if left.contains(&part) => {}
                part => left.push(part),
            }
        }
        match left.len() {
            0 => Need::Never,
            1 => left.remove(0),
            _ => Need::Any(left.into()),
        }
    }

    /// How many things must be achieved, one of every choice.
    pub fn open(&self) -> usize {
        match self {
            Need::Met | Need::Never => 0,
            Need::Goal(_) => 1,
            Need::All(parts) => parts.iter().map(Need::open).sum(),
            Need::Any(parts) => parts.iter().map(Need::open).min().unwrap_or(0),
        }
    }

    /// All goals in it.
    pub fn goals(&self, into: &mut Vec<Goal>) {
        match self {
            Need::Met | Need::Never => {}
            Need::Goal(goal) => into.push(*goal),
            Need::All(parts) | Need::Any(parts) => parts.iter().for_each(|part| part.goals(into)),
        }
    }
}

/// Breaks conditions down.
#[derive(Debug)]
pub struct Needs {
    /// By fact: nothing ever writes it.
    fixed: Vec<bool>,
    /// By want: the facts that it is about.
    concern: Vec<Vec<FactId>>,
    /// Writes down what is read.
    pub recorder: Recorder,
    /// By planner, person, and whether more is wanted: what is lacking for each want in the planner's state asked about last.
    lacks: RefCell<FxHashMap<(Person, Person, bool), Lacks>>,
}

/// What is lacking for each want of a person.
type Lacks = Standing<Need>;

/// Where a condition is read: the planner, the planner's state, the mind in it.
#[derive(Clone, Copy)]
struct Place<'a> {
    engine: &'a Engine,
    planner: Person,
    chain: Chain,
    node: NodeId,
    root: NodeId,
}

/// One side of a comparison.
enum Side {
    Value(Val),
    Fluent(FluentId, Val),
}

impl Needs {
    /// With the facts that nothing writes.
    pub fn new(world: &World, fixed: Vec<bool>) -> Needs {
        let concern = world.problem.wants.iter().map(|want| {
            let mut found = Vec::new();
            facts(world, &want.what, &mut found);
            found
        });
        Needs {
            fixed,
            concern: concern.collect(),
            recorder: Recorder::default(),
            lacks: RefCell::default(),
        }
    }

    /// Nothing that it reads can change.
    pub fn fixed_expr(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Fact(fact, _) if !self.fixed[*fact] => false,
            Expr::Topic(_) | Expr::Believes(..) | Expr::Knows(..) | Expr::Known(_) => false,
            _ => {
                let mut fixed = true;
                crate::shape::each_part(expr, &mut |part| fixed &= self.fixed_expr(part));
                fixed
            }
        }
    }

    /// What is needed for `expr` to be true (or, if not `wanted`, false) in the mind at the end of `chain` from `root`.
    #[allow(clippy::too_many_arguments)]
    pub fn of(
        &self,
        engine: &Engine,
        planner: Person,
        root: NodeId,
        chain: Chain,
        expr: &Expr,
        env: &[Val],
        wanted: bool,
    ) -> Need {
        let place = Place {
            engine,
            planner,
            chain,
            node: chain.node(&engine.world, &engine.graph, root),
            root,
        };
        self.need(place, expr, &mut env.to_vec(), wanted)
    }

    /// A goal, unless it is met.
    pub fn goal(&self, engine: &Engine, root: NodeId, goal: Goal) -> Need {
        let value = engine.value(
            goal.chain.node(&engine.world, &engine.graph, root),
            goal.fluent,
        );
        self.recorder.note((goal.chain, goal.fluent, value));
        let met = match goal.aim {
            Aim::Is(wanted) => value == wanted,
            Aim::Not(unwanted) => value != unwanted,
            Aim::Known => value.is_known(),
            Aim::Change => false,
        };
        if met {
            Need::Met
        } else if self.fixed[engine.world.fact_of(goal.fluent)] && goal.chain == Chain::HERE {
            Need::Never
        } else {
            Need::Goal(goal)
        }
    }

    fn at(&self, place: Place<'_>, fluent: FluentId, aim: Aim) -> Need {
        self.goal(
            place.engine,
            place.root,
            Goal {
                chain: place.chain,
                fluent,
                aim,
            },
        )
    }

    fn reader<'a>(&'a self, place: Place<'a>, env: Vec<Val>) -> Reader<'a, Listener<'a>> {
        Reader {
            world: &place.engine.world,
            graph: &place.engine.graph,
            env,
            trace: self.recorder.listen(place.chain, place.planner),
        }
    }

    fn read(&self, place: Place<'_>, expr: &Expr, env: &mut Vec<Val>) -> Val {
        let mut reader = self.reader(place, std::mem::take(env));
        let value = reader.value(place.engine.graph.at(place.node), expr);
        *env = reader.env;
        value
    }

    fn fluent(&self, place: Place<'_>, expr: &Expr, env: &mut Vec<Val>) -> Option<FluentId> {
        let mut reader = self.reader(place, std::mem::take(env));
        let fluent = reader.place(place.engine.graph.at(place.node), expr);
        *env = reader.env;
        fluent
    }

    /// The place in a person's mind.
    fn inside<'a>(&self, place: Place<'a>, who: Val) -> Option<Place<'a>> {
        let person = place.engine.world.person_of(who)?;
        let chain = place.chain.then(person, place.planner);
        Some(Place {
            chain,
            node: chain.node(&place.engine.world, &place.engine.graph, place.root),
            ..place
        })
    }

    fn need(&self, place: Place<'_>, expr: &Expr, env: &mut Vec<Val>, wanted: bool) -> Need {
        if self.read(place, expr, env) == Val::bool(wanted) {
            return Need::Met;
        }
        match expr {
            Expr::And(parts) | Expr::Or(parts) => {
                let needs = parts
                    .iter()
                    .map(|part| self.need(place, part, env, wanted))
                    .collect();
                if matches!(expr, Expr::And(_)) == wanted {
                    Need::all(needs)
                } else {
                    Need::any(needs)
                }
            }
            Expr::Not(of) => self.need(place, of, env, !wanted),
            Expr::Any(set, body) | Expr::All(set, body) => {
                let mut needs = Vec::new();
                for &member in place.engine.world.members(*set) {
                    env.push(Val::atom(member));
                    needs.push(self.need(place, body, env, wanted));
                    env.pop();
                }
                if matches!(expr, Expr::All(..)) == wanted {
                    Need::all(needs)
                } else {
                    Need::any(needs)
                }
            }
            Expr::Eq(a, b) => self.equal(place, a, b, env, wanted),
            Expr::Ne(a, b) => self.equal(place, a, b, env, !wanted),
            Expr::Fact(..) | Expr::Topic(_) => match self.fluent(place, expr, env) {
                Some(fluent) => Need::any(vec![
                    self.at(place, fluent, Aim::Is(Val::bool(wanted))),
                    self.inner(place, expr, env),
                ]),
                None => self.inner(place, expr, env),
            },
            Expr::Believes(who, what) => {
                let who = self.read(place, who, env);
                self.inside(place, who)
                    .map_or(Need::Never, |place| self.need(place, what, env, wanted))
            }
            Expr::Knows(who, what) => self.knows(place, who, what, env, wanted),
            Expr::Known(of) => match self.fluent(place, of, env) {
                Some(fluent) => {
                    self.at(place, fluent, if wanted { Aim::Known } else { Aim::Change })
                }
                None => self.change(place, of, env),
            },
            Expr::Maybe(of) => self.need(place, of, env, wanted),
            Expr::If(when, then, otherwise) => {
                let yes = vec![
                    self.need(place, when, env, true),
                    self.need(place, then, env, wanted),
                ];
                let no = vec![
                    self.need(place, when, env, false),
                    self.need(place, otherwise, env, wanted),
                ];
                Need::any(vec![Need::all(yes), Need::all(no)])
            }
            Expr::Lt(a, b, Some(_)) | Expr::Le(a, b, Some(_)) => Need::any(vec![
                self.fitting(place, expr, a, env, wanted),
                self.fitting(place, expr, b, env, wanted),
            ]),
            Expr::IsIn(of, _) => self.fitting(place, expr, of, env, wanted),
            Expr::Const(_) | Expr::Var(_) | Expr::Claimed(_) => Need::Never,
            _ => self.change(place, expr, env),
        }
    }

    /// Another value of one part that makes a comparison right: each value of its fact's range that would.
    fn fitting(
        &self,
        place: Place<'_>,
        whole: &Expr,
        part: &Expr,
        env: &mut Vec<Val>,
        wanted: bool,
    ) -> Need {
        use crate::problem::Range;
        let Some(fluent) = self.fluent(place, part, env) else {
            return if matches!(part, Expr::Var(_) | Expr::Const(_)) {
                Need::Never
            } else {
                self.change(place, part, env)
            };
        };
        let world = &place.engine.world;
        let Range::Set(set) = world.problem.facts[world.fact_of(fluent)].range else {
            return self.change(place, part, env);
        };
        // The comparison with the part put as a variable.
        let variable = Box::new(Expr::Var(env.len()));
        let put = |expr: &Expr| {
            if expr == part {
                variable.clone()
            } else {
                Box::new(expr.clone())
            }
        };
        let whole = match whole {
            Expr::Lt(a, b, set) => Expr::Lt(put(a), put(b), *set),
            Expr::Le(a, b, set) => Expr::Le(put(a), put(b), *set),
            Expr::IsIn(of, set) => Expr::IsIn(put(of), *set),
            _ => return self.change(place, part, env),
        };
        let mut needs = Vec::new();
        for &member in world.members(set) {
            env.push(Val::atom(member));
            if self.read(place, &whole, env) == Val::bool(wanted) {
                needs.push(self.at(place, fluent, Aim::Is(Val::atom(member))));
            }
            env.pop();
        }
        Need::any(needs)
    }

    /// A fact's arguments that are facts themselves could change.
    fn inner(&self, place: Place<'_>, expr: &Expr, env: &[Val]) -> Need {
        let mut needs = Vec::new();
        if let Expr::Fact(_, args) = expr {
            for arg in args
                .iter()
                .filter(|arg| !matches!(arg, Expr::Var(_) | Expr::Const(_)))
            {
                needs.push(self.change(place, arg, env));
            }
        }
        Need::any(needs)
    }

    /// Anything that it reads could change.
    fn change(&self, place: Place<'_>, expr: &Expr, env: &[Val]) -> Need {
        self.read(place, expr, &mut env.to_vec());
        let found = place.engine.reads(place.node, expr, env.to_vec());
        let goal = |(persons, fluent): (Vec<Person>, FluentId)| {
            let chain = persons.into_iter().fold(place.chain, |chain, person| {
                chain.then(person, place.planner)
            });
            self.goal(
                place.engine,
                place.root,
                Goal {
                    chain,
                    fluent,
                    aim: Aim::Change,
                },
            )
        };
        Need::any(found.into_iter().map(goal).collect())
    }

    fn side(&self, place: Place<'_>, expr: &Expr, env: &mut Vec<Val>) -> Side {
        let value = self.read(place, expr, env);
        match self.fluent(place, expr, env) {
            Some(fluent) => Side::Fluent(fluent, value),
            None => Side::Value(value),
        }
    }

    fn equal(
        &self,
        place: Place<'_>,
        a: &Expr,
        b: &Expr,
        env: &mut Vec<Val>,
        wanted: bool,
    ) -> Need {
        let mut needs = Vec::new();
        let sides = [self.side(place, a, env), self.side(place, b, env)];
        let values = sides.each_ref().map(|side| match side {
            Side::Value(value) | Side::Fluent(_, value) => *value,
        });
        for (index, (side, expr)) in sides.iter().zip([a, b]).enumerate() {
            let other = values[1 - index];
            match side {
                Side::Fluent(fluent, _) => {
                    let aim = match (wanted, other.is_known()) {
                        (true, true) => Aim::Is(other),
                        (false, true) => Aim::Not(values[index]),
                        (_, false) => Aim::Change,
                    };
                    needs.push(self.at(place, *fluent, aim));
                    needs.push(self.inner(place, expr, env));
                }
                Side::Value(_) if matches!(expr, Expr::Var(_) | Expr::Const(_)) => {}
                Side::Value(_) => needs.push(self.need_of_value(place, expr, other, env, wanted)),
            }
        }
        Need::any(needs)
    }

    /// An expression that is no plain fluent should have a value: looked up in a mind where it says so.
    fn need_of_value(
        &self,
        place: Place<'_>,
        expr: &Expr,
        value: Val,
        env: &mut Vec<Val>,
        wanted: bool,
    ) -> Need {
        if let Expr::Believes(who, what) = expr {
            let who = self.read(place, who, env);
            if let Some(inside) = self.inside(place, who) {
                if let Some(fluent) = self.fluent(inside, what, env) {
                    let aim = if wanted && value.is_known() {
                        Aim::Is(value)
                    } else {
                        Aim::Change
                    };
                    return self.at(inside, fluent, aim);
                }
            }
        }
        self.change(place, expr, env)
    }

    fn knows(
        &self,
        place: Place<'_>,
        who: &Expr,
        what: &Expr,
        env: &mut Vec<Val>,
        wanted: bool,
    ) -> Need {
        let who = self.read(place, who, env);
        let Some(inside) = self.inside(place, who) else {
            return Need::Never;
        };
        if let Some(fluent) = self.fluent(place, what, env) {
            let here = self.read(place, what, env);
            if !wanted {
                return self.at(inside, fluent, Aim::Change);
            }
            if here == Val::NO {
                return Need::all(vec![
                    self.need(place, what, env, true),
                    self.need(inside, what, env, true),
                ]);
            }
            let there = if here.is_known() {
                Aim::Is(here)
            } else {
                Aim::Known
            };
            return self.at(inside, fluent, there);
        }
        let needs = vec![
            self.need(place, what, env, wanted),
            self.need(inside, what, env, wanted),
        ];
        if wanted {
            Need::all(needs)
        } else {
            Need::any(needs)
        }
    }
}

/// The facts that an expression reads.
pub fn facts(world: &World, expr: &Expr, into: &mut Vec<FactId>) {
    match expr {
        Expr::Fact(fact, _) => into.push(*fact),
        Expr::Topic(_) => into.extend(world.problem.claims.iter().map(|claim| claim.fact)),
        _ => {}
    }
    crate::shape::each_part(expr, &mut |part| facts(world, part, into));
}
