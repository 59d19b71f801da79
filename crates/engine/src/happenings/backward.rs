//! Whether something can come about at all, worked out backwards from it: only what the question hangs on is filled in.
//!
//! What a condition lacks is asked for: values of fluents. Each effect that may write such a value, its place unified with what is
//! asked for, is a *way*. A way asks for what the first condition of its action lacks, and only when that may hold for what the next
//! lacks; parameters that do not occur in its effect are tried in turn, each choice up to the first condition that does not hold so
//! far. What is once possible stays so (delete relaxation), so a way that is open stays open. (Tabled top-down evaluation of a logic
//! program: Vieille 1986; Bancilhon, Maier, Sagiv and Ullman 1986 write the same into the program, as "magic sets".)

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::filling::{Filling, Part, FALSE, NOTHING, TRUE};
use super::writers::{singly, targets, Target};
use super::LARGEST;
use crate::abstraction::{hull, Cond, Interval, Mask, Num, Options, What, Write, ALL};
use crate::candidates::conjuncts;
use crate::engine::Engine;
use crate::problem::{Effect, Expr, SetId};
use crate::value::{FluentId, Val};
use crate::world::World;

/// The effects of a world by what they may write, and what of them is filled in by now.
#[derive(Debug)]
pub struct Backward {
    filling: Filling,
    /// The triggers, then the actions; as soon as one is asked for.
    laws: Vec<Option<Arc<Law>>>,
    writers: Vec<Writer>,
    /// By fact, the effects that may write it.
    of: Vec<Vec<usize>>,
}

/// A trigger or an action.
#[derive(Debug)]
struct Law {
    sets: Vec<SetId>,
    needs: Vec<Part<Expr>>,
}

/// One effect of a trigger or an action.
#[derive(Debug)]
struct Writer {
    law: usize,
    effect: Effect,
    targets: Vec<Target>,
    course: Option<Arc<Course>>,
}

/// In which order parameters are bound: those of the effect, then one after the other; and the conditions that can be asked then.
#[derive(Debug)]
struct Course {
    effect: Part<Effect>,
    first: Vec<usize>,
    others: Vec<(usize, Vec<usize>)>,
}

/// An effect with its parameters filled in.
struct Way {
    writer: usize,
    /// All parameters of the action; those that do not occur in the effect are bound to nothing.
    env: Vec<Val>,
    group: u32,
    /// Its action may happen.
    open: bool,
    /// It will be looked at again.
    queued: bool,
}

/// What waits for a fluent to have more options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Waiting {
    /// What the whole question is about.
    Question,
    /// A condition of actions.
    Need(u32),
    /// The condition of something written: group, place in it.
    When(u32, u32),
    /// A way that reads the fluent.
    Way(u32),
}

/// What is possible so far, and what has been asked for.
struct Asked {
    options: Options,
    /// By fluent, the values in demand (of a number: any).
    wanted: Vec<Mask>,
    /// What has come into demand and has not been followed so far.
    fresh: VecDeque<(FluentId, Mask)>,
    /// Fluents with new options that those who wait have not been told of.
    changed: Vec<FluentId>,
    waiting: FxHashMap<FluentId, Vec<Waiting>>,
    told: FxHashSet<(FluentId, Waiting)>,
    /// The ways that lack a condition.
    lacking: FxHashMap<Waiting, Vec<u32>>,
}

/// A question being answered.
struct Search<'e> {
    engine: &'e Engine,
    all: &'e mut Backward,
    asked: Asked,
    ways: Vec<Way>,
    /// By writer and what its parameters are bound to.
    known: FxHashMap<(usize, Vec<Val>), u32>,
    queue: VecDeque<u32>,
}

impl Backward {
    /// Nothing is filled in yet. `truth`: for true states, where nothing that is written into minds counts. None if the world is too
    /// large: everything is taken as possible there.
    pub fn new(engine: &Engine, truth: bool) -> Option<Backward> {
        let world = &engine.world;
        if world.size() > LARGEST {
            return None;
        }
        let (triggers, actions) = (&world.problem.triggers, &world.problem.actions);
        let effects = triggers.iter().map(|trigger| &trigger.effects);
        let effects = effects.chain(actions.iter().map(|action| &action.effects));
        let (mut laws, mut writers) = (Vec::new(), Vec::new());
        for (law, effects) in effects.enumerate() {
            laws.push(None);
            let mut single = Vec::new();
            singly(effects, truth, &mut single);
            writers.extend(single.into_iter().map(|effect| Writer {
                law,
                targets: targets(world, &effect),
                effect,
                course: None,
            }));
        }
        let mut of = vec![Vec::new(); world.problem.facts.len()];
        for (index, writer) in writers.iter().enumerate() {
            for target in &writer.targets {
                if of[target.fact].last() != Some(&index) {
                    of[target.fact].push(index);
                }
            }
        }
        Some(Backward {
            filling: Filling::new(engine),
            laws,
            writers,
            of,
        })
    }

    /// May the condition come to hold, from these options on? False only if no events at all can bring it about.
    pub fn reach(&mut self, engine: &Engine, options: Options, cond: &Cond) -> bool {
        if cond.may(&options) {
            return true;
        }
        let asked = Asked {
            wanted: vec![0; options.masks.len()],
            options,
            fresh: VecDeque::new(),
            changed: Vec::new(),
            waiting: FxHashMap::default(),
            told: FxHashSet::default(),
            lacking: FxHashMap::default(),
        };
        let search = Search {
            engine,
            all: self,
            asked,
            ways: Vec::new(),
            known: FxHashMap::default(),
            queue: VecDeque::new(),
        };
        search.run(cond)
    }

    /// A trigger or action with its conditions.
    fn law(&mut self, world: &World, law: usize) -> Arc<Law> {
        if let Some(known) = &self.laws[law] {
            return known.clone();
        }
        let (problem, mut all) = (&world.problem, Vec::new());
        let sets = match problem.triggers.get(law) {
            Some(trigger) => {
                conjuncts(&trigger.when, &mut all);
                &trigger.params
            }
            None => {
                let action = &problem.actions[law - problem.triggers.len()];
                let needs = action.needs.iter();
                needs.for_each(|need| conjuncts(&need.expr, &mut all));
                &action.params
            }
        };
        let needs = all.iter();
        let needs = needs.map(|need| self.filling.condition(need, sets.len()));
        let made = Arc::new(Law {
            needs: needs.collect(),
            sets: sets.clone(),
        });
        self.laws[law] = Some(made.clone());
        made
    }

    /// How the parameters of an effect's action are bound: next always that with which most conditions can be asked, of these the one
    /// with the fewest choices.
    fn course(&mut self, world: &World, writer: usize) -> (Arc<Law>, Arc<Course>) {
        let law = self.law(world, self.writers[writer].law);
        if let Some(known) = &self.writers[writer].course {
            return (law, known.clone());
        }
        let effect = &self.writers[writer].effect;
        let effect = self.filling.effect(effect, law.sets.len());
        let mut bound: Vec<bool> = vec![false; law.sets.len()];
        effect.params.iter().for_each(|&param| bound[param] = true);
        let mut left: Vec<usize> = (0..law.needs.len()).collect();
        let mut ready = |bound: &[bool]| -> Vec<usize> {
            let can = |&need: &usize| law.needs[need].params.iter().all(|&param| bound[param]);
            let (ready, later) = left.iter().partition(|&need| can(need));
            left = later;
            ready
        };
        let (first, mut others) = (ready(&bound), Vec::new());
        while let Some(next) =
            (0..bound.len())
                .filter(|&param| !bound[param])
                .max_by_key(|&param| {
                    let needs = law.needs.iter().filter(|need| {
                        need.params.contains(&param)
                            && need
                                .params
                                .iter()
                                .all(|&other| other == param || bound[other])
                    });
                    let choices = world.members(law.sets[param]).len();
                    (needs.count(), std::cmp::Reverse((choices, param)))
                })
        {
            bound[next] = true;
            others.push((next, ready(&bound)));
        }
        let made = Arc::new(Course {
            effect,
            first,
            others,
        });
        self.writers[writer].course = Some(made.clone());
        (law, made)
    }
}

impl Search<'_> {
    fn run(mut self, question: &Cond) -> bool {
        self.asked.ask(question, Waiting::Question);
        // What is possible already comes first, what it hangs on later.
        loop {
            if let Some(fluent) = self.asked.changed.pop() {
                if self.tell(fluent, question) {
                    return true;
                }
            } else if let Some(way) = self.queue.pop_front() {
                self.ways[way as usize].queued = false;
                self.follow(way);
            } else if let Some((fluent, values)) = self.asked.fresh.pop_front() {
                self.find(fluent, values);
            } else {
                return false;
            }
        }
    }

    /// A fluent has new options. True if the question is answered by that.
    fn tell(&mut self, fluent: FluentId, question: &Cond) -> bool {
        let waiting = self.asked.waiting.get(&fluent);
        for one in waiting.cloned().unwrap_or_default() {
            let filling = &self.all.filling;
            let cond = match one {
                Waiting::Way(way) => {
                    self.look_again(way);
                    continue;
                }
                Waiting::Question => question,
                Waiting::Need(need) => &filling.conds[need as usize],
                Waiting::When(group, place) => &filling.groups[group as usize][place as usize].when,
            };
            if !cond.may(&self.asked.options) {
                self.asked.ask(cond, one); // another part of it may be lacking now
            } else if one == Waiting::Question {
                return true;
            } else {
                let ways = self.asked.lacking.remove(&one).unwrap_or_default();
                ways.into_iter().for_each(|way| self.look_again(way));
            }
        }
        false
    }

    fn look_again(&mut self, way: u32) {
        let queued = &mut self.ways[way as usize].queued;
        if !std::mem::replace(queued, true) {
            self.queue.push_back(way);
        }
    }

    /// The ways to one of these values of a fluent.
    fn find(&mut self, fluent: FluentId, values: Mask) {
        let world = &self.engine.world;
        let fact = world.fact_of(fluent);
        for index in 0..self.all.of[fact].len() {
            let writer = self.all.of[fact][index];
            let (law, course) = self.all.course(world, writer);
            for target in 0..self.all.writers[writer].targets.len() {
                let target = &self.all.writers[writer].targets[target];
                if target.fact != fact {
                    continue;
                }
                if let Some(mut env) = target.unified(world, &law.sets, fluent, values) {
                    self.bind(writer, (&law, &course), (fluent, values), &mut env, 0);
                }
            }
        }
    }

    /// Binds the parameters of an effect that are not bound so far, from this one on.
    fn bind(
        &mut self,
        writer: usize,
        (law, course): (&Law, &Course),
        wanted: (FluentId, Mask),
        env: &mut [Val],
        from: usize,
    ) {
        let mut params = course.effect.params.iter().enumerate().skip(from);
        if let Some((place, &param)) = params.find(|(_, &param)| env[param] == Val::NOTHING) {
            for &member in self.engine.world.members(law.sets[param]) {
                env[param] = Val::atom(member);
                self.bind(writer, (law, course), wanted, env, place + 1);
            }
            env[param] = Val::NOTHING;
            return;
        }
        let group = self.all.filling.group(self.engine, &course.effect, env);
        if group == NOTHING {
            return;
        }
        let mut writes = self.all.filling.groups[group as usize].iter();
        if !writes.any(|write| write.fluent == wanted.0 && self.asked.serves(write, wanted.1)) {
            return;
        }
        let next = self.ways.len() as u32;
        let way = *self.known.entry((writer, env.to_vec())).or_insert(next);
        if way == next {
            self.ways.push(Way {
                writer,
                env: env.to_vec(),
                group,
                open: false,
                queued: false,
            });
        }
        self.look_again(way);
    }

    /// What a way brings about of what is in demand; or what it lacks.
    fn follow(&mut self, way: u32) {
        let here = &mut self.ways[way as usize];
        if !here.open {
            let (law, course) = self.all.course(&self.engine.world, here.writer);
            let mut trying = Trying {
                engine: self.engine,
                filling: &mut self.all.filling,
                asked: &mut self.asked,
                law: &law,
                course: &course,
                way,
            };
            here.open = trying.may(&course.first, &here.env) && trying.others(&mut here.env, 0);
        }
        if !here.open {
            return;
        }
        let group = here.group;
        let writes = self.all.filling.groups[group as usize].iter();
        for (place, write) in writes.enumerate() {
            let wanted = self.asked.wanted[write.fluent as usize];
            if !self.asked.serves(write, wanted) {
                continue;
            }
            if write.when.may(&self.asked.options) {
                self.asked.write(write, way);
            } else {
                let when = Waiting::When(group, place as u32);
                self.asked.lack(&write.when, when, way);
            }
        }
    }
}

/// The parameters of an action that do not occur in a way's effect are tried.
struct Trying<'t> {
    engine: &'t Engine,
    filling: &'t mut Filling,
    asked: &'t mut Asked,
    law: &'t Law,
    course: &'t Course,
    way: u32,
}

impl Trying<'_> {
    /// The conditions may hold. The first that cannot so far is asked for.
    fn may(&mut self, needs: &[usize], env: &[Val]) -> bool {
        needs.iter().all(
            |&need| match self.filling.cond(self.engine, &self.law.needs[need], env) {
                TRUE => true,
                FALSE => false,
                need => {
                    let cond = &self.filling.conds[need as usize];
                    let may = cond.may(&self.asked.options);
                    if !may {
                        self.asked.lack(cond, Waiting::Need(need), self.way);
                    }
                    may
                }
            },
        )
    }

    /// All conditions may hold with some choice of the parameters from here on.
    fn others(&mut self, env: &mut [Val], from: usize) -> bool {
        let Some((param, needs)) = self.course.others.get(from) else {
            return true;
        };
        let set = self.law.sets[*param];
        let found = self.engine.world.members(set).iter().any(|&member| {
            env[*param] = Val::atom(member);
            self.may(needs, env) && self.others(env, from + 1)
        });
        env[*param] = Val::NOTHING;
        found
    }
}

impl Asked {
    /// What would make it hold is asked for, as far as it lacks that first.
    fn ask(&mut self, cond: &Cond, by: Waiting) {
        if cond.may(&self.options) {
            return;
        }
        match cond {
            Cond::True | Cond::False => {}
            Cond::Among(fluent, mask) => self.want(*fluent, *mask, by),
            Cond::Same(f, g) | Cond::Differ(f, g) => {
                self.want(*f, Mask::MAX, by);
                self.want(*g, Mask::MAX, by);
            }
            Cond::Less(a, b, _) => {
                self.number(a, by);
                self.number(b, by);
            }
            Cond::All(parts) => {
                let lacking = parts.iter().find(|part| !part.may(&self.options));
                lacking.into_iter().for_each(|part| self.ask(part, by));
            }
            Cond::Any(parts) => parts.iter().for_each(|part| self.ask(part, by)),
        }
    }

    /// What would change what it may be is asked for.
    fn number(&mut self, number: &Num, by: Waiting) {
        match number {
            Num::Const(_) | Num::Any => {}
            Num::Fluent(fluent) => self.want(*fluent, Mask::MAX, by),
            Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) => {
                self.number(a, by);
                self.number(b, by);
            }
            Num::Either(yes, a, no, b) => {
                self.ask(yes, by);
                self.ask(no, by);
                self.number(a, by);
                self.number(b, by);
            }
        }
    }

    /// Values of a fluent come into demand, and somebody waits for any of them.
    fn want(&mut self, fluent: FluentId, values: Mask, by: Waiting) {
        let wanted = &mut self.wanted[fluent as usize];
        let more = values & !*wanted;
        if more != 0 {
            *wanted |= more;
            self.fresh.push_back((fluent, more));
        }
        if self.told.insert((fluent, by)) {
            self.waiting.entry(fluent).or_default().push(by);
        }
    }

    /// The way waits for the condition.
    fn lack(&mut self, cond: &Cond, which: Waiting, way: u32) {
        if let Some(ways) = self.lacking.get_mut(&which) {
            if ways.last() != Some(&way) {
                ways.push(way);
            }
            return; // it has been asked for
        }
        self.lacking.insert(which, vec![way]);
        self.ask(cond, which);
    }

    /// It may write one of these values which is not possible so far.
    fn serves(&self, write: &Write, wanted: Mask) -> bool {
        match write.what {
            What::Values(mask) => mask & wanted & !self.options.masks[write.fluent as usize] != 0,
            What::Copy(_) | What::Number(_) => wanted != 0,
        }
    }

    /// It is written.
    fn write(&mut self, write: &Write, way: u32) {
        let here = write.fluent as usize;
        let (mask, range, constant) = match &write.what {
            What::Values(mask) => (*mask, self.options.numbers[here], true),
            What::Copy(from) => {
                self.want(*from, self.wanted[here], Waiting::Way(way));
                let from = *from as usize;
                (self.options.masks[from], self.options.numbers[from], false)
            }
            What::Number(number) => {
                self.number(number, Waiting::Way(way));
                let constant = matches!(number, Num::Const(_));
                (0, number.range(&self.options), constant)
            }
        };
        let (values, old) = (self.options.masks[here] | mask, self.options.numbers[here]);
        let new = if constant {
            hull(old, range)
        } else {
            widened(old, range)
        };
        if values != self.options.masks[here] || new != old {
            self.options.masks[here] = values;
            self.options.numbers[here] = new;
            self.changed.push(write.fluent);
        }
    }
}

/// A number that grows once may grow without end.
fn widened(old: Interval, more: Interval) -> Interval {
    let new = hull(old, more);
    if old.0 > old.1 {
        return new;
    }
    let low = if new.0 < old.0 { ALL.0 } else { new.0 };
    let high = if new.1 > old.1 { ALL.1 } else { new.1 };
    (low, high)
}
