//! All that can happen in a world, made abstract ([`crate::abstraction`]): its events and trigger instances with their conditions
//! and what they may write, and layers of delete relaxation over them.
//!
//! A film has tens of thousands of conceivable events, but most of their conditions are about one or two persons or things and
//! the same for many actions. So conditions and effects are filled in once for each choice of the few parameters that occur in
//! them and shared (`happenings/filling.rs`), and a condition is looked at once in a layer. Where it is only asked whether something
//! can come about at all, only that is filled in which the answer hangs on (`happenings/backward.rs`).

mod backward;
mod filling;
mod layered;
mod laying;
mod ways;

use crate::abstraction::{hull, Interval, Options, What, Write, ALL, EMPTY};
use crate::value::FluentId;
pub use backward::Backward;
use filling::Filling;
pub use layered::{Part, RelaxedPlan};

/// Worlds with more events and trigger instances than this are not looked at: everything is taken as possible there.
const LARGEST: usize = 300_000;

/// An event or trigger instance.
#[derive(Debug)]
struct Happening {
    /// Its conditions.
    needs: Box<[u32]>,
    /// What it may write.
    groups: Box<[u32]>,
    kind: Kind,
}

/// Whose doing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It follows by itself, or is a journey: it costs nothing.
    Free,
    /// People choose it and plan on it.
    Planned,
}

/// What people can plan on and what follows by itself.
#[derive(Debug)]
pub struct Happenings {
    filling: Filling,
    all: Vec<Happening>,
}

/// What a condition may come to so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Yes,
    /// Not with the options of this number.
    NotAt(u32),
}

/// Layers in the making: what might be the case, and what has happened.
pub struct Layers<'a> {
    happenings: &'a Happenings,
    /// What might be the case.
    pub options: Options,
    /// How often the options have changed.
    version: u32,
    met: Vec<Met>,
    /// By kind, what has not happened so far.
    waiting: [Vec<u32>; 2],
    /// By kind, what is written since something of that kind happened and may still bring something new.
    active: [Vec<u32>; 2],
    /// By group, whether it is active already: of which kinds, one bit each.
    known: Vec<u8>,
}

impl<'a> Layers<'a> {
    /// Nothing has happened.
    pub fn new(happenings: &'a Happenings, options: Options) -> Self {
        let mut waiting: [Vec<u32>; 2] = Default::default();
        for (index, one) in happenings.all.iter().enumerate() {
            waiting[one.kind as usize].push(index as u32);
        }
        Layers {
            happenings,
            options,
            version: 1,
            met: vec![Met::NotAt(0); happenings.filling.conds.len()],
            waiting,
            active: Default::default(),
            known: vec![0; happenings.filling.groups.len()],
        }
    }

    fn met(&mut self, cond: u32) -> bool {
        match self.met[cond as usize] {
            Met::Yes => true,
            Met::NotAt(version) if version == self.version => false,
            Met::NotAt(_) => {
                let met = self.happenings.filling.conds[cond as usize].may(&self.options);
                self.met[cond as usize] = if met {
                    Met::Yes
                } else {
                    Met::NotAt(self.version)
                };
                met
            }
        }
    }

    /// Everything of a kind that is possible by now happens: what that may write is added.
    fn happen(&mut self, kind: Kind, added: &mut Vec<(FluentId, u64, Interval)>) {
        let happenings = self.happenings;
        let mut waiting = std::mem::take(&mut self.waiting[kind as usize]);
        let mut active = std::mem::take(&mut self.active[kind as usize]);
        waiting.retain(|&index| {
            let one = &happenings.all[index as usize];
            if !one.needs.iter().all(|&need| self.met(need)) {
                return true;
            }
            for &group in &one.groups {
                // What costs nothing need not happen for a price.
                let known = &mut self.known[group as usize];
                let bits = 1 << Kind::Free as u8 | 1 << kind as u8;
                if *known & bits == 0 {
                    *known |= 1 << kind as u8;
                    active.push(group);
                }
            }
            false
        });
        active.retain(|&group| {
            let writes = happenings.filling.groups[group as usize].iter();
            let done = writes.map(|write| write.happen(&self.options, added));
            !done.fold(true, |all, done| all & done)
        });
        self.waiting[kind as usize] = waiting;
        self.active[kind as usize] = active;
    }

    fn add(&mut self, added: &[(FluentId, u64, Interval)]) -> bool {
        let mut changed = false;
        for &(fluent, mask, range) in added {
            let fluent = fluent as usize;
            let more = self.options.masks[fluent] | mask;
            let wider = hull(self.options.numbers[fluent], range);
            changed |= more != self.options.masks[fluent] || wider != self.options.numbers[fluent];
            self.options.masks[fluent] = more;
            self.options.numbers[fluent] = wider;
        }
        self.version += u32::from(changed);
        changed
    }

    /// One layer: everything of that kind which is possible by now happens. True if that added anything.
    pub fn step(&mut self, kind: Kind) -> bool {
        let mut added = Vec::new();
        self.happen(kind, &mut added);
        self.add(&added)
    }

    /// What costs nothing, until it adds nothing. (Numbers change once.) True if that added anything.
    pub fn rest(&mut self) -> bool {
        let mut numbers = true;
        let before = self.version;
        loop {
            let mut added = Vec::new();
            self.happen(Kind::Free, &mut added);
            if !numbers {
                for (fluent, _, range) in &mut added {
                    // What still moves after a round may move without end.
                    let old = self.options.numbers[*fluent as usize];
                    if hull(old, *range) != old {
                        *range = ALL;
                    }
                }
            }
            numbers = false;
            if !self.add(&added) {
                return self.version != before;
            }
        }
    }
}

impl Write {
    /// It may be written by now: what that adds. True if it can never add anything more.
    fn happen(&self, options: &Options, added: &mut Vec<(FluentId, u64, Interval)>) -> bool {
        if !self.when.may(options) {
            return false;
        }
        let here = self.fluent as usize;
        let (mask, range, done) = match &self.what {
            What::Values(mask) => (*mask, EMPTY, true),
            What::Copy(from) => {
                let from = *from as usize;
                (options.masks[from], options.numbers[from], false)
            }
            What::Number(number) => (0, number.range(options), false),
        };
        let old = options.numbers[here];
        if options.masks[here] | mask != options.masks[here] || hull(old, range) != old {
            added.push((self.fluent, mask, range));
        }
        done
    }
}
