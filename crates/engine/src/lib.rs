//! Belief-state graph, motives and search for stories that execute. No Python in here.

pub mod problem;
