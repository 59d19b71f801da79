//! Guesses: how far is it from a state to what the author is after? One file each below here.

pub mod blind;
pub mod layers;
pub mod plan;

use crate::author::Author;
use crate::engine::Engine;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;

/// A guess.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// So many events at least are still to come.
    pub to_go: u32,
    /// About so many are.
    pub likely: u32,
    /// What the world would have to be worth more to the author.
    pub missing: f64,
}

/// A way of guessing.
pub trait Guesses: Send {
    /// The same with nothing known, for another thread.
    fn fresh(&self) -> Box<dyn Guesses>;

    /// What a second strand of the same search goes by; none where these guesses are asked to stand alone.
    fn other(&self) -> Option<Box<dyn Guesses>> {
        None
    }

    /// A guess for the state after an event; none if the goal cannot be reached from there.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    fn after(
        &mut self,
        author: &mut Author<'_>,
        node: NodeId,
        event: EventId,
    ) -> Result<Option<Guess>, Stop>;
}

/// A heuristic of the list.
#[derive(Debug)]
pub struct Heuristic {
    /// What it is called.
    pub name: &'static str,
    /// What it does, in a line.
    pub what: &'static str,
    /// It never says more events than there must be: with it the shortest story can be proved.
    pub admissible: bool,
    /// A fresh one.
    pub new: fn(&Engine) -> Box<dyn Guesses>,
}

/// All ways of guessing.
pub const HEURISTICS: &[Heuristic] = &[layers::HEURISTIC, layers::PLANS, blind::HEURISTIC];
