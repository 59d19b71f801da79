//! The shortest story, proved.
//!
//! A* (Hart, Nilsson and Raphael 1968) with a heuristic that never overrates: what is open costs at least as much as its least
//! estimate, and no story is shorter than that. The limits on motives are the full ones. A story that is already known says
//! how far to look: only shorter ones are of interest.

use super::frontier::{Depth, End, Frontier, Weights, Work};
use super::guess::Guesses;
use super::spare::spare;
use super::{Mode, Plans, Request, Watch};
use crate::author::Author;
use crate::motive::Stop;
use std::sync::atomic::Ordering;

/// True costs, and nothing else.
const WEIGHTS: Weights = Weights {
    to_go: 1.0,
    missing: 0.0,
    planned: 0.0,
    rank: 0.0,
};
/// States between two looks at the bound.
const STRIDE: u64 = 64;

/// The mode.
pub const MODE: Mode = Mode {
    name: "shortest",
    what: "A* under the full limits: the first story is as short as any, and late",
    search,
};

fn search(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
) -> Plans {
    let mut plans = Plans::default();
    let outcome = prove(author, guesses, request, watch, &mut plans);
    plans.stopped = outcome.err();
    plans
}

/// What is left to do when some other mode has ended: the proof, where it is asked for.
pub fn finish(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    mut plans: Plans,
    mut outcome: Result<(), Stop>,
) -> Plans {
    if request.shortest {
        plans.stories.sort_by_key(|story| story.0.len());
        if outcome.is_ok() && !plans.stories.is_empty() {
            outcome = prove(author, guesses, request, watch, &mut plans);
        }
    }
    plans.stopped = outcome.err();
    plans
}

/// Goes on until no story can be shorter than the first.
fn prove(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    if author.reasons.is_none() {
        return Err(Stop::Events); // in a world too large to look at as a whole nothing of the kind is proved
    }
    let depth = Depth {
        motive: request.limits.motive,
        minds: request.limits.minds,
    };
    let mut search = Frontier::new(depth, WEIGHTS, request);
    let work = Work {
        states: STRIDE,
        effort: u64::MAX,
    };
    loop {
        if let Some(known) = plans.stories.first() {
            search.shorten((known.0.len() as u32).saturating_sub(1));
        }
        let (end, _) = search.advance(author, guesses, watch, request.start, work)?;
        let least = search.least();
        match end {
            End::Story(story, _) => {
                let told = spare(author, request.start, story)?;
                plans.stories.retain(|known| known.0 != told.0);
                plans.stories.insert(0, told);
                plans.stories.truncate(request.count);
                Watch::add(&watch.stories, 1);
            }
            End::Enough => {}
            End::Searched => {
                let known = plans.stories.first().map(|story| story.0.len() as u32);
                plans.shortest = known.is_some();
                plans.bound = known.unwrap_or(request.limits.events + 1);
                watch.bound.store(u64::from(plans.bound), Ordering::Relaxed);
                return Ok(());
            }
        }
        plans.bound = plans.bound.max(least.unwrap_or(0));
        if let Some(known) = plans.stories.first() {
            plans.bound = plans.bound.min(known.0.len() as u32);
        }
        watch.bound.store(u64::from(plans.bound), Ordering::Relaxed);
    }
}
