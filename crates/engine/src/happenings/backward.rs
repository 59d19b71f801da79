//! Whether something can come about at all, worked out backwards from it: only what the question hangs on is filled in.
//!
//! What a condition lacks is asked for: values of fluents. Each effect that may write such a value, its place unified with what is
//! asked for, is a *way*. A way asks for what the first condition of its action lacks, and only when that may hold for what the next
//! lacks; parameters that do not occur in its effect are tried in turn, each choice up to the first condition that does not hold so
//! far. What is once possible stays so (delete relaxation), so a way that is open stays open. (Tabled top-down evaluation of a logic
//! program: Vieille 1986; Bancilhon, Maier, Sagiv and Ullman 1986 write the same into the program, as "magic sets".)

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use super::filling::{Filling, FALSE, TRUE};
use super::layered::{Layered, RelaxedPlan};
use super::ways::{Course, Law, Way, Ways};
use super::LARGEST;
use crate::abstraction::{hull, Cond, Interval, Mask, Num, Options, What, Write, ALL};
use crate::engine::Engine;
use crate::problem::ActionId;
use crate::value::{FluentId, Val};

/// What leads to what in a world, as far as it has been asked for.
#[derive(Debug)]
pub struct Backward {
    ways: Ways,
    /// What a plan was last asked for, and the ways that may lead there.
    last: Option<(Cond, BTreeSet<u32>)>,
}

/// How far a way is looked into.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    /// It has been looked at.
    met: bool,
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
    ways: &'e mut Ways,
    asked: Asked,
    /// By way.
    progress: Vec<Progress>,
    queue: VecDeque<u32>,
}

impl Backward {
    /// Nothing is filled in yet. `truth`: for true states, where nothing that is written into minds counts. None if the world is too
    /// large: everything is taken as possible there.
    pub fn new(engine: &Engine, truth: bool) -> Option<Backward> {
        let ways = || Ways::new(engine, truth);
        (engine.world.size() <= LARGEST).then(|| Backward {
            ways: ways(),
            last: None,
        })
    }

    /// May the condition come to hold, from these options on? False only if no events at all can bring it about.
    pub fn reach(&mut self, engine: &Engine, options: Options, cond: &Cond) -> bool {
        cond.may(&options) || self.search(engine, options).run(cond, false)
    }

    /// How many actions it takes to bring the condition about from these options on, if nothing takes away what is once so, and what of that
    /// can be done at once, with all that does as well (a relaxed plan and its helpful actions: Hoffmann and Nebel, *The FF planning
    /// system*, JAIR 14, 2001, sections 4 and 6); none if nothing brings it about. `but`: what does not happen.
    pub fn plan(
        &mut self,
        engine: &Engine,
        options: Options,
        cond: &Cond,
        but: FxHashSet<(ActionId, Vec<Val>)>,
    ) -> Option<RelaxedPlan> {
        if cond.may(&options) {
            return Some(RelaxedPlan::default());
        }
        if self.last.as_ref().is_none_or(|(last, _)| last != cond) {
            self.last = Some((cond.clone(), BTreeSet::new()));
        }
        // What led there from another state mostly does from this one, and to find it takes longest.
        for again in [false, true] {
            if again {
                let mut search = self.search(engine, options.clone());
                if !search.run(cond, !but.is_empty()) {
                    return None;
                }
                let met = search.met();
                self.last.as_mut()?.1.extend(met);
            }
            let Backward { ways, last } = self;
            let known = last.as_ref()?.1.iter().copied();
            let mut layers = Layered::new(engine, ways, known, options.clone(), &but);
            if layers.rise(cond) {
                return Some(layers.extract(cond));
            }
        }
        None
    }

    fn search<'e>(&'e mut self, engine: &'e Engine, options: Options) -> Search<'e> {
        let asked = Asked {
            wanted: vec![0; options.masks.len()],
            options,
            fresh: VecDeque::new(),
            changed: Vec::new(),
            waiting: FxHashMap::default(),
            told: FxHashSet::default(),
            lacking: FxHashMap::default(),
        };
        Search {
            engine,
            ways: &mut self.ways,
            asked,
            progress: Vec::new(),
            queue: VecDeque::new(),
        }
    }
}

impl Search<'_> {
    /// The condition may come to hold. `whole`: it is gone on until there is nothing more to be found.
    fn run(&mut self, question: &Cond, whole: bool) -> bool {
        let mut found = false;
        self.asked.ask(question, Waiting::Question);
        // What is possible already comes first, what it hangs on later.
        loop {
            if let Some(fluent) = self.asked.changed.pop() {
                found |= self.tell(fluent, question);
                if found && !whole {
                    return true;
                }
            } else if let Some(way) = self.queue.pop_front() {
                self.progress[way as usize].queued = false;
                self.follow(way);
            } else if let Some((fluent, values)) = self.asked.fresh.pop_front() {
                self.find(fluent, values);
            } else {
                return found;
            }
        }
    }

    /// The ways that were looked at.
    fn met(&self) -> Vec<u32> {
        let met = self.progress.iter().enumerate().filter(|(_, one)| one.met);
        met.map(|(way, _)| way as u32).collect()
    }

    /// A fluent has new options. True if the question is answered by that.
    fn tell(&mut self, fluent: FluentId, question: &Cond) -> bool {
        let mut found = false;
        let waiting = self.asked.waiting.get(&fluent);
        for one in waiting.cloned().unwrap_or_default() {
            let filling = &self.ways.filling;
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
                found = true;
            } else {
                let ways = self.asked.lacking.remove(&one).unwrap_or_default();
                ways.into_iter().for_each(|way| self.look_again(way));
            }
        }
        found
    }

    fn look_again(&mut self, way: u32) {
        let progress = &mut self.progress[way as usize];
        progress.met = true;
        if !std::mem::replace(&mut progress.queued, true) {
            self.queue.push_back(way);
        }
    }

    /// The ways to one of these values of a fluent.
    fn find(&mut self, fluent: FluentId, values: Mask) {
        let ways = self.ways.to(self.engine, fluent, values);
        self.progress
            .resize(self.ways.all.len(), Progress::default());
        for way in ways {
            let group = self.ways.all[way as usize].group;
            let mut writes = self.ways.filling.groups[group as usize].iter();
            if writes.any(|write| write.fluent == fluent && self.asked.serves(write, values)) {
                self.look_again(way);
            }
        }
    }

    /// What a way brings about of what is in demand; or what it lacks.
    fn follow(&mut self, way: u32) {
        let group = self.ways.all[way as usize].group;
        if !self.progress[way as usize].open {
            let writer = self.ways.all[way as usize].writer;
            let (law, course) = self.ways.course(&self.engine.world, writer);
            let here = &mut self.ways.all[way as usize];
            let mut trying = Trying {
                engine: self.engine,
                filling: &mut self.ways.filling,
                asked: &mut self.asked,
                law: &law,
                course: &course,
                way,
            };
            if !trying.first(here) || !trying.others(&mut here.env, 0) {
                return;
            }
            self.progress[way as usize].open = true;
        }
        let writes = self.ways.filling.groups[group as usize].iter();
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
    /// The condition may hold. If it cannot so far, it is asked for.
    fn met(&mut self, need: u32) -> bool {
        match need {
            TRUE => true,
            FALSE => false,
            _ => {
                let cond = &self.filling.conds[need as usize];
                let may = cond.may(&self.asked.options);
                if !may {
                    self.asked.lack(cond, Waiting::Need(need), self.way);
                }
                may
            }
        }
    }

    fn need(&mut self, need: usize, env: &[Val]) -> u32 {
        let part = &self.law.needs[need];
        self.filling.cond(self.engine, part, env)
    }

    /// The conditions about the way's own parameters may hold.
    fn first(&mut self, way: &mut Way) -> bool {
        let mut needs = self.course.first.iter().enumerate();
        needs.all(|(place, &need)| {
            if place == way.needs.len() {
                way.needs.push(self.need(need, &way.env));
            }
            self.met(way.needs[place])
        })
    }

    /// All conditions may hold with some choice of the parameters from here on.
    fn others(&mut self, env: &mut [Val], from: usize) -> bool {
        let Some((param, needs)) = self.course.others.get(from) else {
            return true;
        };
        let set = self.law.sets[*param];
        let found = self.engine.world.members(set).iter().any(|&member| {
            env[*param] = Val::atom(member);
            let mut needs = needs.iter();
            let may = needs.all(|&need| {
                let need = self.need(need, env);
                self.met(need)
            });
            may && self.others(env, from + 1)
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
pub(super) fn widened(old: Interval, more: Interval) -> Interval {
    let new = hull(old, more);
    if old.0 > old.1 {
        return new;
    }
    let low = if new.0 < old.0 { ALL.0 } else { new.0 };
    let high = if new.1 > old.1 { ALL.1 } else { new.1 };
    (low, high)
}
