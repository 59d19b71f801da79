//! What came about by what, in which order, as layer follows on layer: for relaxed plans.

use super::Added;
use crate::abstraction::{Mask, Options, EMPTY};
use crate::value::FluentId;

/// What came about by what. A moment is what may be so at some time; there are several in a layer where triggers follow on triggers.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Moment for moment, what may be so: at first what is so from the beginning.
    moments: Vec<Options>,
    /// So many of them count; the others are room for later.
    count: usize,
    causes: Vec<Cause>,
    /// By moment: its first cause.
    begins: Vec<usize>,
    /// By what was added since the last moment.
    by: Vec<By>,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// An event, by its place.
    Event(u32),
    /// A trigger, by its place.
    Trigger(u32),
}

/// Something that may be so from some moment on, and why.
#[derive(Debug, Clone, Copy)]
pub struct Cause {
    /// Where.
    pub fluent: FluentId,
    /// Values that it could not have before.
    pub values: Mask,
    /// It may be a smaller number than before.
    pub lower: bool,
    /// It may be a larger number than before.
    pub higher: bool,
    /// By what.
    pub by: By,
    /// By which of its writes.
    pub write: u32,
}

impl History {
    /// Begins with what may be so.
    pub(super) fn begin(&mut self, options: &Options) {
        self.causes.clear();
        self.by.clear();
        self.begins.clear();
        self.begins.push(0);
        self.count = 0;
        self.moment(options);
    }

    fn moment(&mut self, options: &Options) {
        match self.moments.get_mut(self.count) {
            Some(room) => room.clone_from(options),
            None => self.moments.push(options.clone()),
        }
        self.count += 1;
        self.begins.push(self.causes.len());
    }

    /// By this comes what was added last, up to so much in all since the last moment.
    pub(super) fn happened(&mut self, by: By, added: usize) {
        self.by.resize(added, by);
    }

    /// All this was added, and makes the next moment.
    pub(super) fn added(&mut self, added: &[Added], options: &Options) {
        let before = &self.moments[self.count - 1];
        for (&(fluent, mask, range, write), &by) in added.iter().zip(&self.by) {
            let (here, old) = (fluent as usize, before.numbers[fluent as usize]);
            self.causes.push(Cause {
                fluent,
                values: mask & !before.masks[here],
                lower: range != EMPTY && range.0 < old.0,
                higher: range != EMPTY && range.1 > old.1,
                by,
                write,
            });
        }
        self.by.clear();
        if !added.is_empty() {
            self.moment(options);
        }
    }

    /// Moment for moment, what may be so.
    pub fn moments(&self) -> &[Options] {
        &self.moments[..self.count]
    }

    /// What may be so from a moment on, and could not be before.
    pub fn causes(&self, moment: usize) -> &[Cause] {
        &self.causes[self.begins[moment]..self.begins[moment + 1]]
    }
}
