//! Belief-state graph, motives and search for stories that execute. No Python in here.
//!
//! - [`problem`]: what comes in; [`world`]: the same, checked, with its tables.
//! - [`shape`]: one walk through expressions and effects.
//! - [`value`], [`values`], [`graph`]: values, arrays of them, states.
//! - [`expr`], [`events`]: reading conditions; events and who wills and sees them.
//! - [`start`], [`effects`], [`step`], [`laws`], [`settle`]: the opening state, what an event makes of a state, and what follows by
//!   itself; [`peer`], [`parts`]: surprise, and steps, under the peer's rules; [`wants`]: what a state is worth, as far as it has to
//!   be worked out again ([`standing`]).
//! - [`engine`]: the public face.
//! - [`motive`]: why somebody would do something, with [`candidates`] (possible events), [`goals`] and [`needs`] (what would
//!   help), [`relevance`] (what could matter), [`relaxed`] and [`abstraction`] (what could still be reached).
//! - [`author`], [`search`]: what the author can tell; [`trial`]: what every single event would do.

pub mod abstraction;
pub mod author;
pub mod candidates;
pub mod effects;
pub mod engine;
pub mod events;
pub mod expr;
pub mod goals;
pub mod graph;
pub mod happenings;
pub mod laws;
pub mod minds;
pub mod motive;
pub mod needs;
pub mod parts;
pub mod peer;
pub mod problem;
pub mod relaxed;
pub mod relevance;
pub mod search;
pub mod settle;
pub mod shape;
pub mod standing;
pub mod start;
pub mod step;
pub mod trial;
pub mod value;
pub mod values;
pub mod wants;
pub mod world;
