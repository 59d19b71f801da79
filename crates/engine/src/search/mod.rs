//! Looking for stories: what is asked, what is answered, and by which searches.
//!
//! A *mode* is a way of going through what might be told; a *heuristic* guesses how far a state is from what is wanted. Each is
//! one file here and one line in a list ([`MODES`], [`HEURISTICS`]); docs/planning.md says how to add one.

pub mod exhaustive;
pub mod frontier;
pub mod ground;
pub mod growing;
pub mod guess;
pub mod proof;
pub mod reasons;
pub mod relaxation;
pub mod spare;
pub mod strands;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use crate::author::{Aim, Author, Limits};
use crate::engine::Engine;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::{Motives, Stop};
use guess::{Guesses, Heuristic, HEURISTICS};

/// A way of searching.
#[derive(Debug)]
pub struct Mode {
    /// What it is called.
    pub name: &'static str,
    /// What it does, in a line.
    pub what: &'static str,
    search: fn(&mut Author<'_>, &mut dyn Guesses, &Request, &Watch) -> Plans,
}

/// All ways of searching.
pub const MODES: &[Mode] = &[growing::MODE, proof::MODE];

/// What stories are wanted.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where they begin.
    pub start: NodeId,
    /// What they must reach.
    pub aim: Aim,
    /// How far to look.
    pub limits: Limits,
    /// How many, all different.
    pub count: usize,
    /// Prove that the first is as short as any.
    pub shortest: bool,
    /// The only events that may happen or be thought of, if not all.
    pub alphabet: Option<Vec<EventId>>,
    /// Decides between what is as good.
    pub seed: u64,
    /// How many may work at once.
    pub threads: usize,
    /// The name of a mode.
    pub search: String,
    /// The name of a heuristic.
    pub heuristic: String,
}

/// A story with what its end is worth to the author.
pub type Told = (Vec<EventId>, Option<f64>);

/// What was found.
#[derive(Debug, Default, Clone)]
pub struct Plans {
    /// Stories, each with what its end is worth to the author.
    pub stories: Vec<Told>,
    /// What stopped the search before its end.
    pub stopped: Option<Stop>,
    /// No story is shorter than the first.
    pub shortest: bool,
    /// No story has fewer events.
    pub bound: u32,
    /// How the limits grew.
    pub rounds: Vec<String>,
}

/// How far the search has come, for those who wait.
#[derive(Debug, Default)]
pub struct Watch {
    /// States looked at.
    pub examined: AtomicU64,
    /// Ways to go on that were found.
    pub generated: AtomicU64,
    /// Stories found.
    pub stories: AtomicU64,
    /// No story has fewer events.
    pub bound: AtomicU64,
}

impl Watch {
    /// One more.
    pub fn add(counter: &AtomicU64, more: u64) {
        counter.fetch_add(more, Ordering::Relaxed);
    }
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// No mode is called so.
    Mode(String),
    /// No heuristic is called so.
    Heuristic(String),
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, name, names): (_, _, Vec<&str>) = match self {
            Mistake::Mode(name) => ("search", name, MODES.iter().map(|one| one.name).collect()),
            Mistake::Heuristic(name) => (
                "heuristic",
                name,
                HEURISTICS.iter().map(|one| one.name).collect(),
            ),
        };
        write!(
            f,
            "there is no {kind} \"{name}\"; there are: {}",
            names.join(", ")
        )
    }
}

/// The mode and the heuristic that are asked for.
///
/// # Errors
/// [`Mistake`]: there is none of that name.
pub fn named(
    search: &str,
    heuristic: &str,
) -> Result<(&'static Mode, &'static Heuristic), Mistake> {
    let mode = MODES.iter().find(|one| one.name == search);
    let guess = HEURISTICS.iter().find(|one| one.name == heuristic);
    Ok((
        mode.ok_or_else(|| Mistake::Mode(search.to_string()))?,
        guess.ok_or_else(|| Mistake::Heuristic(heuristic.to_string()))?,
    ))
}

/// Looks for the stories that are wanted.
///
/// # Errors
/// [`Mistake`]: the request names what does not exist.
pub fn plan(
    engine: &mut Engine,
    motives: &mut Motives,
    request: &Request,
    watch: &Arc<Watch>,
) -> Result<Plans, Mistake> {
    let (mode, heuristic) = named(&request.search, &request.heuristic)?;
    let alphabet = request.alphabet.as_deref();
    let mut own;
    let motives = match alphabet {
        Some(events) => {
            own = Motives::within(engine, events);
            &mut own
        }
        None => motives,
    };
    let mut author = Author::new(engine, motives, request.limits, alphabet);
    author.aim = request.aim.clone();
    author.start = request.start;
    author.ground = ground::Ground::new(author.engine, request.start).map(Arc::new);
    // Journeys count nothing in motives, which only the other search for them knows.
    let journeys = author.engine.world.problem.actions.iter();
    if !journeys.clone().any(|action| action.journey) {
        if let Some(ground) = author.ground.clone() {
            let mut reasons = reasons::Reasons::new(ground, alphabet);
            reasons.deadline = request.limits.deadline;
            author.reasons = Some(reasons);
        }
    }
    if author.arrived(request.start) {
        let worth = author.engine.utility(request.start, None);
        return Ok(Plans {
            stories: vec![(Vec::new(), worth)],
            shortest: true,
            ..Plans::default()
        });
    }
    // A proof needs a guess that never overrates.
    let proves = request.shortest || mode.name == proof::MODE.name;
    let heuristic = match heuristic.admissible || !proves {
        true => heuristic,
        false => HEURISTICS
            .iter()
            .find(|one| one.admissible)
            .unwrap_or(heuristic),
    };
    let mut guesses = (heuristic.new)(author.engine);
    Ok((mode.search)(&mut author, &mut *guesses, request, watch))
}
