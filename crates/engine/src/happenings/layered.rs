//! Relaxed plans for one condition: the ways that were found backwards from it, in layers forwards.

use rustc_hash::{FxHashMap, FxHashSet};

use super::backward::widened;
use super::filling::{FALSE, TRUE};
use super::ways::{Course, Law, Ways};
use crate::abstraction::{hull, Cond, Mask, Num, Options, What};
use crate::engine::Engine;
use crate::problem::{ActionId, AtomId};
use crate::value::{FluentId, Val};

/// An action with its parameters as far as they are settled.
pub type Part = (ActionId, Vec<Option<AtomId>>);

/// A relaxed plan.
#[derive(Debug, Clone, Default)]
pub struct RelaxedPlan {
    /// How many actions it has.
    pub length: usize,
    /// What it does first, and what would do as well.
    pub helpful: Vec<Part>,
}

/// How many layers there are at most.
const LAYERS: u32 = 12;

/// A value that came to be possible.
#[derive(Debug, Clone, Copy)]
struct Came {
    values: Mask,
    layer: u32,
    /// How much the way needs that was not so before.
    dear: u32,
    way: u32,
}

/// The layers, and what came to be possible in them.
pub(super) struct Layered<'e> {
    engine: &'e Engine,
    all: &'e mut Ways,
    /// The ways of actions, and those of what follows by itself.
    ways: [Vec<u32>; 2],
    /// By way, what its parameters were bound to when it came to be open.
    open: FxHashMap<u32, Vec<Val>>,
    options: Options,
    before: Options,
    came: FxHashMap<FluentId, Vec<Came>>,
    /// By fluent and layer, the values that came to be possible.
    risen: FxHashMap<FluentId, [Mask; LAYERS as usize + 1]>,
    layer: u32,
    /// What does not happen.
    but: &'e FxHashSet<(ActionId, Vec<Val>)>,
}

impl<'e> Layered<'e> {
    /// No layer so far. `ways`: those that happen; `but`: what does not.
    pub fn new(
        engine: &'e Engine,
        all: &'e mut Ways,
        ways: impl Iterator<Item = u32>,
        before: Options,
        but: &'e FxHashSet<(ActionId, Vec<Val>)>,
    ) -> Self {
        let (actions, free) = ways.partition(|&way| {
            let writer = all.all[way as usize].writer;
            all.action_of(writer).is_some()
        });
        Layered {
            engine,
            all,
            ways: [actions, free],
            risen: FxHashMap::default(),
            open: FxHashMap::default(),
            options: before.clone(),
            before,
            came: FxHashMap::default(),
            layer: 0,
            but,
        }
    }

    /// Layers are put on each other until the condition may hold. False if it never does.
    pub fn rise(&mut self, question: &Cond) -> bool {
        while !question.may(&self.options) && self.layer < LAYERS {
            self.layer += 1;
            let acted = self.happen(false);
            let mut followed = true;
            while followed {
                followed = self.happen(true);
            }
            if !acted {
                break;
            }
        }
        question.may(&self.options)
    }

    /// All ways of actions, or of what follows by itself (`free`), that are possible by now happen. True if that brings something new.
    fn happen(&mut self, free: bool) -> bool {
        let mut new: Vec<(FluentId, Came, (f64, f64))> = Vec::new();
        let ways = std::mem::take(&mut self.ways[usize::from(free)]);
        for &way in &ways {
            let writer = self.all.all[way as usize].writer;
            if !self.opened(way, writer) {
                continue;
            }
            let group = self.all.all[way as usize].group;
            for write in &self.all.filling.groups[group as usize] {
                if !write.when.may(&self.options) {
                    continue;
                }
                let here = write.fluent as usize;
                let old = self.options.numbers[here];
                let (mask, range) = match &write.what {
                    What::Values(mask) => (*mask, old),
                    What::Copy(from) => {
                        let from = *from as usize;
                        (self.options.masks[from], self.options.numbers[from])
                    }
                    What::Number(Num::Const(number)) => (0, (*number, *number)),
                    What::Number(number) => (0, widened(old, number.range(&self.options))),
                };
                let values = mask & !self.options.masks[here];
                let range = hull(old, range);
                if values != 0 || range != old {
                    let came = Came {
                        values,
                        layer: self.layer,
                        dear: 0,
                        way,
                    };
                    new.push((write.fluent, came, range));
                }
            }
        }
        self.ways[usize::from(free)] = ways;
        let any = !new.is_empty();
        let mut dear: FxHashMap<u32, u32> = FxHashMap::default();
        for (_, came, _) in &mut new {
            let way = came.way;
            let known = dear.get(&way).copied();
            came.dear = known.unwrap_or_else(|| self.dear(way));
            dear.insert(way, came.dear);
        }
        for (fluent, came, range) in new {
            self.options.masks[fluent as usize] |= came.values;
            let number = &mut self.options.numbers[fluent as usize];
            *number = hull(*number, range);
            self.came.entry(fluent).or_default().push(came);
            let risen = self.risen.entry(fluent).or_default();
            risen[came.layer as usize] |= came.values;
        }
        any
    }

    /// The way is open by now.
    fn opened(&mut self, way: u32, writer: usize) -> bool {
        if self.open.contains_key(&way) {
            return true;
        }
        let (law, course) = self.all.course(&self.engine.world, writer);
        let mut env = self.all.all[way as usize].env.clone();
        let first = course.first.iter().all(|&need| self.met(&law, need, &env));
        let open = first && self.others(&law, &course, &mut env, 0);
        if open {
            self.open.insert(way, env);
        }
        open
    }

    fn met(&mut self, law: &Law, need: usize, env: &[Val]) -> bool {
        let filling = &mut self.all.filling;
        match filling.cond(self.engine, &law.needs[need], env) {
            TRUE => true,
            FALSE => false,
            cond => filling.conds[cond as usize].may(&self.options),
        }
    }

    fn others(&mut self, law: &Law, course: &Course, env: &mut [Val], from: usize) -> bool {
        let Some((param, needs)) = course.others.get(from) else {
            return self.but.is_empty() || !self.excluded(law, env);
        };
        let world = &self.engine.world;
        for &member in world.members(law.sets[*param]) {
            env[*param] = Val::atom(member);
            if needs.iter().all(|&need| self.met(law, need, env))
                && self.others(law, course, env, from + 1)
            {
                return true;
            }
        }
        env[*param] = Val::NOTHING;
        false
    }

    fn excluded(&self, law: &Law, env: &[Val]) -> bool {
        let action = law.action;
        action.is_some_and(|action| self.but.contains(&(action, env.to_vec())))
    }

    /// The conditions of an open way.
    fn needs(&self, way: u32) -> impl Iterator<Item = &Cond> {
        let ways = &self.all;
        let needs = ways.needs_of(ways.all[way as usize].writer, &self.open[&way]);
        let conds = &ways.filling.conds;
        needs.into_iter().map(move |need| &conds[need as usize])
    }

    fn dear(&self, way: u32) -> u32 {
        self.needs(way).map(|need| self.height(need)).sum()
    }

    /// In which layer values came to be possible; 0: they were before.
    fn came(&self, fluent: FluentId, values: Mask) -> Option<Came> {
        let came = self.came.get(&fluent)?.iter();
        came.filter(|came| came.values & values != 0 || came.values == 0)
            .min_by_key(|came| (came.layer, came.dear))
            .copied()
    }

    fn rose(&self, fluent: FluentId, values: Mask) -> u32 {
        if self.before.masks[fluent as usize] & values != 0 {
            return 0;
        }
        let risen = self.risen.get(&fluent);
        let layer = risen.and_then(|risen| risen.iter().position(|mask| mask & values != 0));
        layer.map_or(LAYERS, |layer| layer as u32)
    }

    /// In which layer the condition came to be possible, as far as that can be told apart.
    fn height(&self, cond: &Cond) -> u32 {
        if cond.may(&self.before) {
            return 0;
        }
        match cond {
            Cond::True => 0,
            Cond::False => LAYERS,
            Cond::Among(fluent, mask) => self.rose(*fluent, *mask),
            Cond::Same(f, g) => self.shared(*f, *g).map_or(LAYERS, |(_, layer)| layer),
            Cond::Differ(..) | Cond::Less(..) => 1,
            Cond::All(parts) => parts
                .iter()
                .map(|part| self.height(part))
                .max()
                .unwrap_or(0),
            Cond::Any(parts) => parts
                .iter()
                .map(|part| self.height(part))
                .min()
                .unwrap_or(0),
        }
    }

    /// The value that two come to share first, and in which layer.
    fn shared(&self, f: FluentId, g: FluentId) -> Option<(Mask, u32)> {
        let masks = &self.options.masks;
        let mut left = masks[f as usize] & masks[g as usize];
        let mut best: Option<(Mask, u32, u32)> = None;
        while left != 0 {
            let value = left & left.wrapping_neg();
            left ^= value;
            let (a, b) = (self.rose(f, value), self.rose(g, value));
            if best.is_none_or(|(_, high, sum)| (a.max(b), a + b) < (high, sum)) {
                best = Some((value, a.max(b), a + b));
            }
        }
        best.map(|(value, high, _)| (value, high))
    }

    /// A relaxed plan, taken out of the layers.
    pub fn extract(&self, question: &Cond) -> RelaxedPlan {
        let mut plan = Extracted {
            layers: self,
            taken: FxHashSet::default(),
            actions: FxHashSet::default(),
            asked: FxHashSet::default(),
            helpful: Vec::new(),
        };
        plan.support(question);
        let mut seen = FxHashSet::default();
        plan.helpful.retain(|part| seen.insert(part.clone()));
        RelaxedPlan {
            length: plan.actions.len(),
            helpful: plan.helpful,
        }
    }
}

/// A relaxed plan in the making.
struct Extracted<'l, 'e> {
    layers: &'l Layered<'e>,
    taken: FxHashSet<u32>,
    actions: FxHashSet<Part>,
    /// Values that were asked for in the first layer.
    asked: FxHashSet<(FluentId, Mask)>,
    helpful: Vec<Part>,
}

impl Extracted<'_, '_> {
    /// What the condition needs that was not so before.
    fn support(&mut self, cond: &Cond) {
        let layers = self.layers;
        if cond.may(&layers.before) {
            return;
        }
        match cond {
            Cond::True | Cond::False => {}
            Cond::Among(fluent, mask) => self.value(*fluent, *mask),
            Cond::Same(f, g) => {
                if let Some((value, _)) = layers.shared(*f, *g) {
                    self.value(*f, value);
                    self.value(*g, value);
                }
            }
            Cond::Differ(f, g) => {
                let one = if layers.came.contains_key(f) { *f } else { *g };
                self.value(one, !layers.before.masks[one as usize]);
            }
            Cond::Less(a, b, _) => {
                let mut read = Vec::new();
                a.reads(&mut read);
                b.reads(&mut read);
                let came = read.into_iter().filter(|one| layers.came.contains_key(one));
                came.take(1).for_each(|fluent| self.grown(fluent));
            }
            Cond::All(parts) => parts.iter().for_each(|part| self.support(part)),
            Cond::Any(parts) => {
                let part = parts.iter().filter(|part| part.may(&layers.options));
                if let Some(part) = part.min_by_key(|part| layers.height(part)) {
                    self.support(part);
                }
            }
        }
    }

    /// The first and cheapest way to one of these values.
    fn value(&mut self, fluent: FluentId, values: Mask) {
        let layers = self.layers;
        if layers.before.masks[fluent as usize] & values != 0 {
            return;
        }
        if let Some(came) = layers.came(fluent, values) {
            self.by(came, fluent, values);
        }
    }

    /// The first way by which a number changes.
    fn grown(&mut self, fluent: FluentId) {
        if let Some(came) = self.layers.came(fluent, Mask::MAX) {
            self.by(came, fluent, Mask::MAX);
        }
    }

    fn by(&mut self, came: Came, fluent: FluentId, values: Mask) {
        let layers = self.layers;
        if came.layer == 1 && self.asked.insert((fluent, values)) {
            let others = layers.came[&fluent].iter();
            for other in others.filter(|one| one.layer == 1 && one.values & values != 0) {
                self.helpful.extend(self.part(other.way));
            }
        }
        if !self.taken.insert(came.way) {
            return;
        }
        let ways = &layers.all;
        for need in layers.needs(came.way) {
            self.support(need);
        }
        let group = ways.all[came.way as usize].group;
        let mut writes = ways.filling.groups[group as usize].iter().filter(|write| {
            let fits = match write.what {
                What::Values(mask) => mask & values != 0,
                What::Copy(_) | What::Number(_) => true,
            };
            write.fluent == fluent && fits && write.when.may(&layers.options)
        });
        if let Some(write) = writes.next() {
            self.support(&write.when);
            if let What::Copy(from) = write.what {
                self.value(from, values);
            }
        }
        if let Some(part) = self.part(came.way) {
            if came.layer == 1 {
                self.helpful.push(part.clone());
            }
            self.actions.insert(part);
        }
    }

    /// The action of a way; none if it follows by itself.
    fn part(&self, way: u32) -> Option<Part> {
        let all = &self.layers.all;
        let action = all.action_of(all.all[way as usize].writer)?;
        let args = self.layers.open[&way].iter().map(|value| value.as_atom());
        Some((action, args.collect()))
    }
}
