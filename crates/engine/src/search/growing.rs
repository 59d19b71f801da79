//! A story soon: best-first search under small limits on motives, then larger ones.
//!
//! A* (Hart, Nilsson and Raphael 1968) with the events to go and what is missing to the goal overrated. Most stories need but
//! short motives, and short motives are quickly found or excluded; so searches under all limits take turns, those under
//! small limits first, and each turn is four times as long as the one before. A motive under small limits is one under large.

use super::frontier::{Depth, End, Frontier, Weights, Work};
use super::guess::Guesses;
use super::proof::with_proof;
use super::spare::spare;
use super::{Mode, Plans, Request, Watch};
use crate::author::Author;
use crate::motive::Stop;

/// States looked at in the first turn under some limits.
const FIRST: u64 = 250;
/// Each turn is so many times as long as the one before.
const LONGER: u64 = 4;
/// A turn of so many states is the last.
const LONGEST: u64 = FIRST << 20;
/// So many other ways to the end of a story are looked at, for each story wanted.
const VARIANTS: usize = 8;
/// How a search ends that leaves nothing to be looked at.
const SEARCHED: &str = "all searched";
/// What leads to a story soon; in the order of true costs it would be the shortest, and late.
const WEIGHTS: Weights = Weights {
    to_go: 2.0,
    missing: 6.0,
    planned: 2.0,
    rank: 0.5,
};
/// Lengths of motives to begin with.
const LENGTHS: [u32; 5] = [1, 2, 3, 5, 8];

/// The mode.
pub const MODE: Mode = Mode {
    name: "growing",
    what: "best first under small limits on motives, then larger ones: a story soon",
    search,
};

fn search(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
) -> Plans {
    with_proof(author, guesses, request, watch, |author, guesses, plans| {
        turns(author, guesses, request, watch, plans)
    })
}

fn turns(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let mut searches: Vec<Frontier> = ladder(request)
        .into_iter()
        .map(|depth| Frontier::new(depth, WEIGHTS, request))
        .collect();
    let mut states = FIRST;
    while states <= LONGEST {
        for index in 0..searches.len() {
            let search = &mut searches[index];
            let (depth, tried) = (search.depth(), author.tried());
            let end = bring(author, guesses, search, request, watch, states, plans)?;
            plans.rounds.push(format!(
                "motives of {} events, {} minds deep, {states} states, {} events tried: {end}",
                depth.motive,
                depth.minds,
                author.tried() - tried,
            ));
            if plans.stories.len() == request.count {
                return Ok(());
            }
            if end == SEARCHED && index + 1 == searches.len() {
                if plans.stories.is_empty() {
                    plans.bound = request.limits.events + 1;
                    return Ok(());
                }
                // That every state was looked at does not say that every way there was told.
                return Err(Stop::Events);
            }
        }
        states *= LONGER;
    }
    Err(Stop::Events)
}

/// One search goes on for a turn; how it ended, in words.
fn bring(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    request: &Request,
    watch: &Watch,
    states: u64,
    plans: &mut Plans,
) -> Result<&'static str, Stop> {
    let mut work = Work {
        states,
        effort: 2 * states,
    };
    let mut words = "no end";
    loop {
        let (end, done) = search.advance(author, guesses, watch, request.start, work)?;
        work.states = work.states.saturating_sub(done);
        match end {
            End::Enough => return Ok(words),
            End::Searched => return Ok(SEARCHED),
            End::Story(story, end) => {
                words = "a story";
                let more = VARIANTS * request.count;
                let others = search.others(request.start, end, more);
                for story in std::iter::once(story).chain(others) {
                    let told = spare(author, request.start, story)?;
                    if plans.stories.iter().all(|known| known.0 != told.0) {
                        plans.stories.push(told);
                        Watch::add(&watch.stories, 1);
                    }
                    if plans.stories.len() == request.count {
                        return Ok(words);
                    }
                }
            }
        }
    }
}

/// The limits on motives, the smaller ones first.
fn ladder(request: &Request) -> Vec<Depth> {
    let limits = request.limits;
    let lengths = LENGTHS
        .into_iter()
        .filter(|&length| length < limits.motive)
        .chain([limits.motive]);
    lengths
        .flat_map(|motive| {
            (limits.minds.min(1)..=limits.minds).map(move |minds| Depth { motive, minds })
        })
        .filter(|depth| {
            let all = depth.motive == limits.motive && depth.minds == limits.minds;
            depth.motive > depth.minds || depth.minds <= 1 || all
        })
        .collect()
}
