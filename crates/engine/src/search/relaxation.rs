//! Delete relaxation over a world that is laid out: nothing that was once so ceases to be so (Bonet and Geffner 2001). Asked a million
//! times, so what can happen is kept as sets of bits: of all that is laid out, those that some fluent keeps from happening
//! are out in a few words, and after a layer only what reads a fluent that has changed is looked at again.

mod history;

use super::ground::{Ground, Who};
use crate::abstraction::{hull, Cond, Interval, Mask, Options, What, ALL, EMPTY, UNKNOWN};
use crate::engine::Engine;
use crate::value::FluentId;
use crate::values::ValuesId;
pub use history::{By, Cause, History};

/// More layers than this are not looked at.
pub const FARTHEST: u32 = 200;

/// A conjunction.
#[derive(Debug, Clone, Default)]
pub struct Tests {
    /// The fluent may have one of these values.
    pub among: Box<[(FluentId, Mask)]>,
    /// What is not of that form.
    pub rest: Box<[Cond]>,
}

/// What may be written, and when.
#[derive(Debug)]
pub struct Write {
    /// When.
    pub when: Tests,
    /// Where.
    pub fluent: FluentId,
    /// What.
    pub what: What,
    /// In somebody's mind, not in the state itself.
    pub mental: bool,
}

/// Something that may come about.
#[derive(Debug)]
pub struct Happening {
    /// When.
    pub needs: Tests,
    /// What comes of it.
    pub writes: Box<[Write]>,
}

/// A set of happenings, by number.
type Bits = Vec<u64>;

/// What keeps happenings from happening, and what touches them.
#[derive(Debug, Default)]
pub struct Index {
    words: usize,
    /// By fluent and the values one of which it must have: those that need that.
    needing: Vec<(FluentId, Mask, Box<[u64]>)>,
    /// By fluent: those that read it anywhere; empty where there are none.
    reading: Vec<Box<[u64]>>,
}

/// Room for one relaxation, used again and again.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    options: Options,
    /// Events that can still add something.
    events: Bits,
    /// Of those, the ones to look at.
    fresh_events: Bits,
    triggers: Bits,
    fresh_triggers: Bits,
    added: Vec<Added>,
    changed: Vec<FluentId>,
    /// What came about by what, where that is wanted.
    history: Option<Box<History>>,
}

/// What a happening adds: where, values, numbers, and by which of its writes.
type Added = (FluentId, Mask, Interval, u32);

impl Tests {
    /// The conjunction as which a condition can be read.
    pub fn new(cond: Cond) -> Tests {
        let (mut among, mut rest) = (Vec::new(), Vec::new());
        let parts = match cond {
            Cond::All(parts) => parts,
            one => vec![one],
        };
        for part in parts {
            match part {
                Cond::True => {}
                Cond::Among(fluent, mask) => among.push((fluent, mask)),
                part => rest.push(part),
            }
        }
        Tests {
            among: among.into(),
            rest: rest.into(),
        }
    }

    /// It may hold.
    pub fn may(&self, options: &Options) -> bool {
        let masks = &options.masks;
        self.among
            .iter()
            .all(|&(fluent, mask)| masks[fluent as usize] & mask != 0)
            && self.rest.iter().all(|cond| cond.may(options))
    }

    fn reads(&self, into: &mut Vec<FluentId>) {
        into.extend(self.among.iter().map(|&(fluent, _)| fluent));
        self.rest.iter().for_each(|cond| cond.reads(into));
    }
}

impl Happening {
    /// It happens, if it may by now. True if it can never add anything more.
    fn happen(&self, options: &Options, added: &mut Vec<Added>) -> bool {
        if !self.needs.may(options) {
            return false;
        }
        let mut done = true;
        for (place, write) in self.writes.iter().enumerate() {
            if !write.when.may(options) {
                done = false;
                continue;
            }
            let here = write.fluent as usize;
            let (mask, range) = match &write.what {
                What::Values(mask) => (*mask, EMPTY),
                What::Copy(from) => {
                    done = false;
                    let from = *from as usize;
                    (options.masks[from], options.numbers[from])
                }
                What::Number(number) => {
                    done = false;
                    let blank = if number.blank(options) { UNKNOWN } else { 0 };
                    (blank, number.range(options))
                }
            };
            let old = options.numbers[here];
            if mask & !options.masks[here] != 0 || range != EMPTY && hull(old, range) != old {
                added.push((write.fluent, mask, range, place as u32));
            }
        }
        done
    }

    /// The fluents that it reads, and those numbers that it adds to.
    fn reads(&self, into: &mut Vec<FluentId>) {
        self.needs.reads(into);
        for write in &self.writes {
            write.when.reads(into);
            match &write.what {
                What::Values(_) => {}
                What::Copy(from) => into.push(*from),
                What::Number(number) => number.reads(into),
            }
        }
    }
}

fn insert(bits: &mut [u64], member: usize) {
    bits[member / 64] |= 1 << (member % 64);
}

/// The members of a set in order; those that `keep` refuses leave it.
fn retain(bits: &mut [u64], fresh: &mut [u64], mut keep: impl FnMut(usize) -> bool) {
    for (word, (all, fresh)) in bits.iter_mut().zip(fresh).enumerate() {
        let mut left = *all & *fresh;
        *fresh = 0;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            if !keep(word * 64 + bit as usize) {
                *all &= !(1 << bit);
            }
        }
    }
}

impl Index {
    /// Of so many fluents.
    pub fn new<'a>(
        fluents: usize,
        happenings: impl ExactSizeIterator<Item = &'a Happening>,
    ) -> Index {
        let words = happenings.len().div_ceil(64);
        let none: Box<[u64]> = vec![0; words].into();
        let mut reading: Vec<Box<[u64]>> = vec![Box::default(); fluents];
        let mut needing: Vec<(FluentId, Mask, Box<[u64]>)> = Vec::new();
        let mut read = Vec::new();
        for (member, happening) in happenings.enumerate() {
            for &(fluent, mask) in &happening.needs.among {
                let place = needing
                    .iter()
                    .position(|(f, m, _)| (*f, *m) == (fluent, mask));
                let place = place.unwrap_or_else(|| {
                    needing.push((fluent, mask, none.clone()));
                    needing.len() - 1
                });
                insert(&mut needing[place].2, member);
            }
            happening.reads(&mut read);
            for fluent in read.drain(..) {
                let reading = &mut reading[fluent as usize];
                if reading.is_empty() {
                    *reading = none.clone();
                }
                insert(reading, member);
            }
        }
        Index {
            words,
            needing,
            reading,
        }
    }

    /// Those that no single fluent keeps from happening.
    pub fn unhindered(&self, options: &Options, bits: &mut Bits) {
        bits.clear();
        bits.resize(self.words, u64::MAX);
        for (fluent, mask, members) in &self.needing {
            if options.masks[*fluent as usize] & mask == 0 {
                for (word, members) in bits.iter_mut().zip(members) {
                    *word &= !members;
                }
            }
        }
    }

    /// Those that read one of these fluents are added.
    fn touched(&self, fluents: &[FluentId], bits: &mut Bits) {
        for &fluent in fluents {
            for (word, reading) in bits.iter_mut().zip(&self.reading[fluent as usize]) {
                *word |= reading;
            }
        }
    }
}

/// The members of a set, in order.
pub fn members(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(word, &bits)| {
        let mut left = bits;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(word * 64 + bit as usize)
        })
    })
}

/// All numbers below `count`.
fn all(count: usize, bits: &mut Bits) {
    bits.clear();
    bits.resize(count.div_ceil(64), u64::MAX);
    if let (Some(last), left @ 1..) = (bits.last_mut(), count % 64) {
        *last = (1 << left) - 1;
    }
}

impl Layers {
    /// Begins with what is so in a state.
    pub fn from(&mut self, engine: &Engine, ground: &Ground, values: ValuesId, who: Who) {
        ground.options(engine, values, &mut self.options);
        self.begin(ground, who);
    }

    /// Begins with what may be so.
    pub fn with(&mut self, ground: &Ground, options: Options, who: Who) {
        self.options = options;
        self.begin(ground, who);
    }

    /// Begins with what is so in a state, and remembers what comes about by what.
    pub fn recorded(&mut self, engine: &Engine, ground: &Ground, values: ValuesId, who: Who) {
        let mut history = self.history.take().unwrap_or_default();
        self.from(engine, ground, values, who);
        history.begin(&self.options);
        self.history = Some(history);
    }

    /// What came about by what, where that is remembered.
    pub fn history(&self) -> Option<&History> {
        self.history.as_deref()
    }

    fn begin(&mut self, ground: &Ground, who: Who) {
        match who {
            Who::Author => all(ground.events.len(), &mut self.events),
            Who::Person => self.events.clone_from(&ground.planned),
        }
        all(ground.triggers.len(), &mut self.triggers);
        ground
            .triggers_index
            .unhindered(&self.options, &mut self.fresh_triggers);
        self.changed.clear();
        self.fresh_events.clear();
        self.fresh_events.resize(self.events.len(), 0);
        self.rest(ground);
        ground
            .events_index
            .unhindered(&self.options, &mut self.fresh_events);
    }

    /// What may be so by now.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// One more layer: all events possible by now happen, and what follows from them. False if that adds nothing.
    pub fn layer(&mut self, ground: &Ground) -> bool {
        self.added.clear();
        let (options, added) = (&self.options, &mut self.added);
        retain(&mut self.events, &mut self.fresh_events, |place| {
            let done = ground.events[place].happening.happen(options, added);
            if let Some(history) = &mut self.history {
                history.happened(By::Event(place as u32), added.len());
            }
            !done
        });
        self.changed.clear();
        self.add();
        let changed = !self.changed.is_empty();
        if changed {
            ground
                .events_index
                .touched(&self.changed, &mut self.fresh_events);
            ground
                .triggers_index
                .touched(&self.changed, &mut self.fresh_triggers);
            self.rest(ground);
        }
        changed
    }

    /// Triggers, until they add nothing.
    fn rest(&mut self, ground: &Ground) {
        let mut numbers = true;
        loop {
            self.added.clear();
            let (options, added) = (&self.options, &mut self.added);
            retain(&mut self.triggers, &mut self.fresh_triggers, |place| {
                let done = ground.triggers[place].happen(options, added);
                if let Some(history) = &mut self.history {
                    history.happened(By::Trigger(place as u32), added.len());
                }
                !done
            });
            if !numbers {
                for (fluent, _, range, _) in added {
                    // What still moves after a round may move without end.
                    let old = options.numbers[*fluent as usize];
                    if hull(old, *range) != old {
                        *range = ALL;
                    }
                }
            }
            numbers = false;
            self.changed.clear();
            self.add();
            if self.changed.is_empty() {
                return;
            }
            ground
                .events_index
                .touched(&self.changed, &mut self.fresh_events);
            ground
                .triggers_index
                .touched(&self.changed, &mut self.fresh_triggers);
        }
    }

    /// Takes over what was added. Which fluents that changes is added to `changed`.
    fn add(&mut self) {
        for &(fluent, mask, range, _) in &self.added {
            let here = fluent as usize;
            let more = self.options.masks[here] | mask;
            let mut changed = more != self.options.masks[here];
            self.options.masks[here] = more;
            if range != EMPTY {
                let wider = hull(self.options.numbers[here], range);
                changed |= wider != self.options.numbers[here];
                self.options.numbers[here] = wider;
            }
            if changed {
                self.changed.push(fluent);
            }
        }
        if let Some(history) = &mut self.history {
            history.added(&self.added, &self.options);
        }
    }
}
