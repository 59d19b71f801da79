//! No guess: every state is as near as any other. What a heuristic is worth shows beside this one.

use super::{Guess, Guesses, Heuristic};
use crate::author::Author;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;

/// The heuristic.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "blind",
    what: "no guess at all: uniform cost",
    admissible: true,
    new: |_| Box::new(Blind),
};

struct Blind;

impl Guesses for Blind {
    fn fresh(&self) -> Box<dyn Guesses> {
        Box::new(Blind)
    }

    fn after(&mut self, _: &mut Author<'_>, _: NodeId, _: EventId) -> Result<Option<Guess>, Stop> {
        Ok(Some(Guess {
            to_go: 0,
            likely: 0,
            missing: 0.0,
        }))
    }
}
