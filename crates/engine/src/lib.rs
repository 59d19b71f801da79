//! Belief-state graph, motives and search for stories that execute. No Python in here.
//!
//! - [`problem`]: what comes in; [`world`]: the same, checked, with its tables.
//! - [`value`], [`values`], [`graph`]: values, arrays of them, states.
//! - [`expr`], [`events`]: reading conditions; events and who wills and sees them.
//! - [`engine`]: the public face.

pub mod effects;
pub mod engine;
pub mod events;
pub mod expr;
pub mod graph;
pub mod join;
pub mod laws;
pub mod peer;
pub mod problem;
pub mod settle;
pub mod start;
pub mod step;
pub mod value;
pub mod values;
pub mod wants;
pub mod world;
