//! What could still be reached if nothing that was once so ever ceased to be so, and anything might be in anybody's mind.
//!
//! In layers: first what is so, then all that events possible by then may bring about, and so on; triggers and journeys,
//! which cost nothing, run within a layer until nothing is added. Whatever real events can do in so many steps, these can:
//! so a want that no layer meets is out of reach, for certain.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::abstraction::{Abstraction, Cond, Num, Options, EMPTY};
use crate::engine::{Engine, SMALL};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::happenings::{Backward, Happenings, Kind, Layers, RelaxedPlan};
use crate::problem::{AtomId, Expr, SetId};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Person, World};

/// A want, made abstract.
#[derive(Debug)]
pub(crate) enum Worth {
    /// Counts the number, or 1, times the weight while both may hold.
    Pleasure {
        counts: Cond,
        may_not_count: Cond,
        what: Num,
        weight: f64,
    },
    /// Costs the weight while the first must hold and the second cannot.
    Deficit {
        not_counting: Cond,
        met: Cond,
        weight: f64,
    },
}

/// What is known of what can be reached.
#[derive(Debug, Default)]
pub struct Relaxed {
    /// What can happen, once it is laid out, unless it is too much.
    happenings: Option<Option<Happenings>>,
    /// What leads to what: for minds, for true states.
    backward: [Option<Option<Backward>>; 2],
    own: Own,
    worths: FxHashMap<Person, Arc<[Worth]>>,
    /// The bound after 0, 1, 2 .. events.
    bounds: FxHashMap<(ValuesId, Person), Arc<Vec<f64>>>,
}

impl Relaxed {
    /// An upper bound for what a state of these values can be worth to a person after `left` more events, or any smaller number above `bar`.
    pub fn bound(
        &mut self,
        engine: &Engine,
        values: ValuesId,
        person: Person,
        left: u32,
        bar: f64,
    ) -> f64 {
        let key = (values, person);
        let known = self.bounds.get(&key).cloned().unwrap_or_default();
        let enough = known
            .iter()
            .take(left as usize + 1)
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        if enough > bar || known.len() > left as usize {
            return enough;
        }
        let happenings = self
            .happenings
            .get_or_insert_with(|| Happenings::new(engine));
        let Some(happenings) = happenings else {
            return f64::INFINITY;
        };
        let known = self.worths.entry(person);
        let worths = known.or_insert_with(|| worths(engine, person, &mut self.own).into());
        let mut layers = Layers::new(happenings, options(engine, values));
        let mut bounds = Vec::new();
        let mut changed = true;
        layers.rest();
        for layer in 0..=left {
            if layer > 0 && changed {
                changed = layers.step(Kind::Planned);
                layers.rest();
            }
            bounds.push(worths.iter().map(|worth| worth.most(&layers.options)).sum());
            if bounds[bounds.len() - 1] > bar {
                break;
            }
        }
        let bound = bounds[bounds.len() - 1];
        self.bounds.insert(key, Arc::new(bounds));
        bound
    }

    /// False only if no events at all, fate and reactions among them, can ever make the condition hold in the state: in a true
    /// one, or (`truth` false) in somebody's mind, where being told of something is as good.
    pub fn reachable(
        &mut self,
        engine: &Engine,
        node: NodeId,
        expr: &Expr,
        env: Vec<Val>,
        truth: bool,
    ) -> bool {
        if engine.evaluate(node, expr, env.clone()) == Val::YES {
            return true;
        }
        let world = &engine.world;
        let cond = Abstraction::new(world, env).cond(expr, true);
        let backward =
            self.backward[usize::from(truth)].get_or_insert_with(|| Backward::new(engine, truth));
        match backward {
            Some(backward) => {
                let options = options(engine, engine.values_of(node));
                backward.reach(engine, options, &cond)
            }
            None => cond != Cond::False,
        }
    }

    /// How the condition would come to hold in a true state if nothing took away what is once so; none if no events make it hold, or none
    /// within a dozen rounds in each of which all happens that can, or the world is too large. `but`: events that do not happen.
    pub fn plan(
        &mut self,
        engine: &Engine,
        node: NodeId,
        expr: &Expr,
        env: Vec<Val>,
        but: &[EventId],
    ) -> Option<RelaxedPlan> {
        if engine.evaluate(node, expr, env.clone()) == Val::YES {
            return Some(RelaxedPlan::default());
        }
        let cond = Abstraction::new(&engine.world, env).cond(expr, true);
        let backward = self.backward[1].get_or_insert_with(|| Backward::new(engine, true));
        let options = options(engine, engine.values_of(node));
        let but = but.iter().map(|&event| {
            let (action, args) = engine.event_of(event);
            (action, values(&args))
        });
        backward
            .as_mut()?
            .plan(engine, options, &cond, but.collect())
    }

    /// The world is small enough to be looked at as a whole.
    pub fn small(&self, world: &World) -> bool {
        world.size() <= SMALL
    }
}

/// What is so: one value each.
fn options(engine: &Engine, values: ValuesId) -> Options {
    let world = &engine.world;
    let count = world.fluents();
    let mut options = Options {
        masks: vec![0; count],
        numbers: vec![EMPTY; count],
    };
    let abstraction = Abstraction::new(world, Vec::new());
    let ends = (1..world.problem.facts.len())
        .map(|fact| world.base(fact))
        .chain([count as FluentId]);
    let mut fluent = 0;
    for (fact, end) in ends.enumerate() {
        while fluent < end {
            let value = engine.graph.values.get(values, fluent);
            options.masks[fluent as usize] = abstraction.bit(fact, value);
            if let Some(number) = world.numbers.get(value) {
                options.numbers[fluent as usize] = (number, number);
            }
            fluent += 1;
        }
    }
    options
}

/// Every binding of parameters.
pub(crate) fn each(world: &World, params: &[SetId], mut f: impl FnMut(Vec<Val>)) {
    fn bind(world: &World, params: &[SetId], env: &mut Vec<Val>, f: &mut dyn FnMut(Vec<Val>)) {
        let Some((&set, rest)) = params.split_first() else {
            return f(env.clone());
        };
        for &member in world.members(set) {
            env.push(Val::atom(member));
            bind(world, rest, env, f);
            env.pop();
        }
    }
    bind(world, params, &mut Vec::new(), &mut f);
}

impl Worth {
    /// The most that it may count.
    pub(crate) fn most(&self, options: &Options) -> f64 {
        match self {
            Worth::Pleasure {
                counts,
                may_not_count,
                what,
                weight,
            } => {
                let mut most = f64::NEG_INFINITY;
                if counts.may(options) {
                    let (low, high) = what.range(options);
                    if low <= high {
                        most = most.max(weight * if *weight > 0.0 { high } else { low });
                    } else {
                        most = 0.0;
                    }
                }
                if may_not_count.may(options) {
                    most = most.max(0.0);
                }
                if most == f64::NEG_INFINITY {
                    0.0
                } else {
                    most
                }
            }
            Worth::Deficit {
                not_counting,
                met,
                weight,
            } => {
                // A negative weight (of a share) makes it a pleasure.
                if *weight < 0.0 || not_counting.may(options) || met.may(options) {
                    0f64.max(-weight)
                } else {
                    -weight
                }
            }
        }
    }
}

/// The wants of a person, or what the author's world is worth, made abstract.
pub(crate) fn worths_of(engine: &Engine, person: Option<Person>) -> Vec<Worth> {
    let mut found = Vec::new();
    match person {
        Some(person) => found = worths(engine, person, &mut Own::default()),
        None => whole(&engine.world, None, &mut found),
    }
    found
}

fn worths(engine: &Engine, person: Person, own: &mut Own) -> Vec<Worth> {
    let (world, wants) = (&engine.world, engine.all_wants());
    let mut found = Vec::new();
    if world.peer() {
        // Its parts may be told as wants too.
        whole(world, Some(person), &mut found);
        return found;
    }
    own_wants((engine, own), person, 1.0, &[], &mut found);
    for (index, args) in wants.shared_by(person) {
        let share = &world.problem.shares[*index];
        let mut abstraction = Abstraction::new(world, values(args));
        let me = Expr::Const(crate::problem::Value::Atom(world.atom(person)));
        let mut conds = vec![(
            abstraction.cond(&Expr::Eq(share.who.clone().into(), me.into()), true),
            Cond::True,
        )];
        if let Some(during) = &share.during {
            conds.push((
                abstraction.cond(during, true),
                abstraction.cond(during, false),
            ));
        }
        for of in 0..world.persons() {
            let them = Expr::Const(crate::problem::Value::Atom(world.atom(of)));
            let theirs = Expr::Eq(share.of.clone().into(), them.into());
            let mut conds = conds.clone();
            conds.push((abstraction.cond(&theirs, true), Cond::True));
            if conds.iter().all(|(may, _)| *may != Cond::False) {
                own_wants((engine, own), of, share.weight, &conds, &mut found);
            }
        }
    }
    found
}

/// Whole utility expressions of a person, or of the author.
fn whole(world: &World, person: Option<Person>, found: &mut Vec<Worth>) {
    let who = person.map(|person| world.atom(person));
    let all = world.problem.utilities.iter();
    for utility in all.filter(|utility| utility.who == who) {
        let what = Abstraction::new(world, Vec::new()).number(&utility.what);
        found.push(Worth::Pleasure {
            counts: Cond::True,
            may_not_count: Cond::False,
            what,
            weight: 1.0,
        });
    }
}

/// A person's own want, laid out.
#[derive(Debug)]
struct Laid {
    who: Cond,
    /// It may count, it may not.
    during: Option<[Cond; 2]>,
    what: What,
    weight: f64,
}

/// What is wanted.
#[derive(Debug)]
enum What {
    /// As much of this as may be, or that it is so.
    Number(Num),
    /// That this is so, or it is a deficit.
    Met(Cond),
}

/// The own wants of persons, laid out once: whoever shares them needs them too.
type Own = FxHashMap<Person, Vec<Laid>>;

fn lay_out(engine: &Engine, person: Person) -> Vec<Laid> {
    let world = &engine.world;
    let me = Expr::Const(crate::problem::Value::Atom(world.atom(person)));
    let mut found = Vec::new();
    for (index, args) in engine.all_wants().of(person) {
        let want = &world.problem.wants[*index];
        let mut abstraction = Abstraction::new(world, values(args));
        let theirs = Expr::Eq(want.who.clone().into(), me.clone().into());
        let who = abstraction.cond(&theirs, true);
        if who == Cond::False {
            continue;
        }
        let during = want.during.as_ref().map(|during| {
            [
                abstraction.cond(during, true),
                not_true(&mut abstraction, during),
            ]
        });
        let what = match want.suffers {
            true => What::Met(abstraction.cond(&want.what, true)),
            false => What::Number(abstraction.number(&want.what)),
        };
        found.push(Laid {
            who,
            during,
            what,
            weight: want.weight,
        });
    }
    found
}

/// The wants of a person, as long as other conditions hold (each with: it may hold, it may not).
fn own_wants(
    (engine, own): (&Engine, &mut Own),
    person: Person,
    factor: f64,
    conds: &[(Cond, Cond)],
    found: &mut Vec<Worth>,
) {
    let laid = own.entry(person).or_insert_with(|| lay_out(engine, person));
    for want in laid {
        let weight = want.weight * factor;
        let mut may = vec![want.who.clone()];
        may.extend(conds.iter().map(|(may, _)| may.clone()));
        let mut may_not: Vec<Cond> = conds.iter().map(|(_, not)| not.clone()).collect();
        if want.who != Cond::True {
            may_not.push(Cond::True);
        }
        if let Some([counts, not]) = &want.during {
            may.push(counts.clone());
            may_not.push(not.clone());
        }
        found.push(match &want.what {
            What::Met(met) => {
                may_not.push(Cond::False);
                Worth::Deficit {
                    not_counting: Cond::Any(may_not),
                    met: met.clone(),
                    weight,
                }
            }
            What::Number(what) => Worth::Pleasure {
                counts: Cond::All(may),
                may_not_count: Cond::Any(may_not),
                what: what.clone(),
                weight,
            },
        });
    }
}

fn values(args: &[AtomId]) -> Vec<Val> {
    args.iter().map(|&arg| Val::atom(arg)).collect()
}

/// The condition may be other than true: false, or open.
fn not_true(abstraction: &mut Abstraction<'_>, expr: &Expr) -> Cond {
    Cond::Any(vec![abstraction.cond(expr, false), abstraction.blank(expr)])
}
