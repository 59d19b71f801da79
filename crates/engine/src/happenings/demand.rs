//! What a question hangs on: the values that would have to become possible so that a condition that cannot hold so far may hold.
//!
//! A value that is in no demand changes no answer: whatever it made possible would be a condition that does not hold so far, of
//! something that brings about what is in demand, and so it would be in demand itself.

use rustc_hash::FxHashMap;

use super::Layers;
use crate::abstraction::{Cond, Mask, Num, Options, What, Write};
use crate::problem::FactId;
use crate::value::FluentId;
use crate::world::World;

/// The values in demand (of a number: any).
#[derive(Debug, Default)]
pub struct Demand {
    fluents: FxHashMap<FluentId, Mask>,
    facts: FxHashMap<FactId, Mask>,
    /// More has come into demand.
    grew: bool,
}

impl Demand {
    /// What the condition lacks; what all lacks that waits to happen and would bring some of that about; and so on.
    pub fn of(world: &World, cond: &Cond, layers: &Layers<'_>) -> Demand {
        let mut demand = Demand::default();
        let (options, happenings) = (&layers.options, layers.happenings);
        demand.cond(world, cond, options);
        let groups = happenings.groups.iter();
        let mut writes: Vec<Vec<&Write>> = groups.map(|group| group.iter().collect()).collect();
        let mut useful = vec![false; writes.len()];
        let mut waiting = layers.waiting.concat();
        loop {
            demand.grew = false;
            let before = waiting.len();
            for (group, writes) in writes.iter_mut().enumerate() {
                writes.retain(|write| {
                    let asked = demand.serves(write, options);
                    if asked {
                        useful[group] = true;
                        demand.write(world, write, options);
                    }
                    !asked
                });
            }
            waiting.retain(|&index| {
                let one = &happenings.all[index as usize];
                let asked = one.groups.iter().any(|&group| useful[group as usize]);
                if asked {
                    for &need in &one.needs {
                        demand.cond(world, &happenings.conds[need as usize], options);
                    }
                }
                !asked
            });
            if !demand.grew && waiting.len() == before {
                return demand;
            }
        }
    }

    /// One of these values of the fact is in demand.
    pub fn wants(&self, fact: FactId, mask: Mask) -> bool {
        self.facts
            .get(&fact)
            .is_some_and(|wanted| wanted & mask != 0)
    }

    fn add(&mut self, world: &World, fluent: FluentId, mask: Mask) {
        let wanted = self.fluents.entry(fluent).or_default();
        self.grew |= *wanted | mask != *wanted;
        *wanted |= mask;
        *self.facts.entry(world.fact_of(fluent)).or_default() |= mask;
    }

    /// It may write something that is in demand and not possible so far.
    fn serves(&self, write: &Write, options: &Options) -> bool {
        let Some(wanted) = self.fluents.get(&write.fluent) else {
            return false;
        };
        match write.what {
            What::Values(mask) => mask & wanted & !options.masks[write.fluent as usize] != 0,
            What::Copy(_) | What::Number(_) => true,
        }
    }

    /// What would make it hold, if it cannot so far.
    fn cond(&mut self, world: &World, cond: &Cond, options: &Options) {
        if cond.may(options) {
            return;
        }
        match cond {
            Cond::True | Cond::False => {}
            Cond::Among(fluent, mask) => self.add(world, *fluent, *mask),
            Cond::Same(f, g) | Cond::Differ(f, g) => {
                self.add(world, *f, Mask::MAX);
                self.add(world, *g, Mask::MAX);
            }
            Cond::Less(a, b, _) => {
                self.number(world, a, options);
                self.number(world, b, options);
            }
            Cond::All(parts) | Cond::Any(parts) => {
                parts
                    .iter()
                    .for_each(|part| self.cond(world, part, options));
            }
        }
    }

    /// What would change what it may be.
    fn number(&mut self, world: &World, number: &Num, options: &Options) {
        match number {
            Num::Const(_) | Num::Any => {}
            Num::Fluent(fluent) => self.add(world, *fluent, Mask::MAX),
            Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) => {
                self.number(world, a, options);
                self.number(world, b, options);
            }
            Num::Either(yes, a, no, b) => {
                self.cond(world, yes, options);
                self.cond(world, no, options);
                self.number(world, a, options);
                self.number(world, b, options);
            }
        }
    }

    /// What would let more be written.
    fn write(&mut self, world: &World, write: &Write, options: &Options) {
        self.cond(world, &write.when, options);
        match &write.what {
            What::Values(_) => {}
            What::Copy(from) => self.add(world, *from, Mask::MAX),
            What::Number(number) => self.number(world, number, options),
        }
    }
}
