//! The shortest story, proved.
//!
//! A* (Hart, Nilsson and Raphael 1968) with a heuristic that never overrates: what is open costs at least as much as its least
//! estimate, and no story is shorter than that. The limits on motives are the full ones. A story that is already known says
//! how far to look: only shorter ones are of interest.

use std::sync::atomic::{AtomicU32, Ordering};

use super::frontier::{Depth, End, Frontier, Weights};
use super::guess::Guesses;
use super::spare::spare;
use super::{Mode, Plans, Request, Watch};
use crate::author::Author;
use crate::motive::{Motives, Stop};

/// True costs, and nothing else.
const WEIGHTS: Weights = Weights {
    to_go: 1.0,
    likely: 0.0,
    missing: 0.0,
    planned: 0.0,
    rank: 0.0,
};
/// Plans within plans: room for deep recursion (address space, not memory).
const STACK: usize = 256 << 20;
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
    let longest = AtomicU32::new(request.limits.events);
    plans.stopped = prove(author, guesses, request, watch, &longest, &mut plans).err();
    plans
}

/// Another mode's search, and the proof beside it (with a second thread) or after it, where it is asked for. The answer is
/// the same: the story that the mode found, unless there is a shorter one.
pub fn with_proof(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    seek: impl FnOnce(&mut Author<'_>, &mut dyn Guesses, &mut Plans) -> Result<(), Stop>,
) -> Plans {
    let mut plans = Plans::default();
    if !request.shortest {
        plans.stopped = seek(author, guesses, &mut plans).err();
        return plans;
    }
    let longest = AtomicU32::new(request.limits.events);
    let told = |plans: &mut Plans| {
        plans.stories.sort_by_key(|story| story.0.len());
        if let Some(story) = plans.stories.first() {
            longest.store(story.0.len().saturating_sub(1) as u32, Ordering::Relaxed);
        }
    };
    let mut proof = Plans::default();
    let mut cut = None;
    let outcome = if request.threads > 1 && author.reasons.is_some() {
        let mut engine = author.engine.clone();
        let mut motives = Motives::new(&engine);
        let (mut twin, mut its) = (author.twin(&mut engine, &mut motives), guesses.fresh());
        std::thread::scope(|scope| {
            let worker = std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || {
                    prove(&mut twin, &mut *its, request, watch, &longest, &mut proof)
                });
            let own = seek(author, guesses, &mut plans);
            cut = own.err();
            told(&mut plans);
            match worker.map(|worker| worker.join()) {
                Ok(Ok(proved)) => proved,
                _ => own.and(Err(Stop::Memory)),
            }
        })
    } else {
        let own = seek(author, guesses, &mut plans);
        cut = own.err();
        told(&mut plans);
        match own {
            own if plans.stories.is_empty() => own,
            _ => prove(author, guesses, request, watch, &longest, &mut proof),
        }
    };
    let known = plans.stories.first().map(|story| story.0.len());
    for story in proof.stories {
        if known.is_none_or(|known| story.0.len() < known) {
            plans.stories.insert(0, story);
        }
    }
    plans.stories.truncate(request.count);
    let best = plans.stories.first().map(|story| story.0.len() as u32);
    plans.bound = plans.bound.max(proof.bound.min(best.unwrap_or(u32::MAX)));
    plans.shortest = best == Some(plans.bound);
    // That fewer stories were found than wanted is not made good by a proof of the first.
    let few = plans.stories.len() < request.count;
    plans.stopped = outcome.err().or(cut.filter(|_| few));
    plans
}

/// Goes on until there is no story of at most `longest` events that is shorter than the first that was found. The bound says
/// what is proved of stories in general.
fn prove(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    longest: &AtomicU32,
    plans: &mut Plans,
) -> Result<(), Stop> {
    if author.reasons.is_none() {
        return Err(Stop::Events); // in a world too large to look at as a whole nothing of the kind is proved
    }
    let mut search = Frontier::new(vec![Depth::all(request)], WEIGHTS, u64::MAX, request);
    loop {
        let length = longest.load(Ordering::Relaxed);
        search.shorten(length);
        let end = search.advance(author, guesses, watch, request.start, STRIDE)?;
        let least = match (&end, search.least()) {
            (End::Searched, _) | (_, None) => length + 1,
            (_, Some(least)) => least.min(length + 1),
        };
        plans.bound = plans.bound.max(least);
        if let End::Story(story, _) = end {
            let told = spare(author, request.start, Depth::all(request), story)?;
            plans.bound = told.0.len() as u32;
            plans.stories.push(told);
            plans.shortest = true;
            Watch::add(&watch.stories, 1);
        }
        watch.bound.store(u64::from(plans.bound), Ordering::Relaxed);
        if plans.shortest || plans.bound > length {
            return Ok(());
        }
    }
}
