//! A story soon: best-first search under small limits on motives, then larger ones.
//!
//! A* (Hart, Nilsson and Raphael 1968) with the events to go and what is missing to the goal overrated. Most stories need but
//! short motives, and short motives are quickly found or excluded; so searches under all limits take turns, those under
//! small limits first, and each turn is four times as long as the one before. A motive under small limits is one under large.

use super::frontier::{Depth, End, Frontier, Weights, Work};
use super::guess::Guesses;
use super::spare::spare;
use super::{Mode, Plans, Request, Watch};
use crate::author::Author;
use crate::motive::Stop;

/// States looked at in the first turn under some limits.
const FIRST: u64 = 250;
/// Each turn is so many times as long as the one before.
const LONGER: u64 = 4;
/// What leads to a story soon; in the order of true costs it would be the shortest, and late.
const WEIGHTS: Weights = Weights {
    to_go: 2.0,
    missing: 6.0,
    planned: 2.0,
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
    let mut plans = Plans::default();
    if let Err(stop) = rounds(author, guesses, request, watch, &mut plans) {
        plans.stopped = Some(stop);
    }
    plans
}

fn rounds(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let mut searches = ladder(request)
        .into_iter()
        .map(|depth| Frontier::new(depth, WEIGHTS))
        .collect::<Vec<_>>();
    let mut states = FIRST;
    loop {
        for index in 0..searches.len() {
            let search = &mut searches[index];
            let depth = search.depth();
            let work = Work {
                states,
                effort: 2 * states,
            };
            let end = search.advance(author, guesses, watch, request.start, work)?;
            plans.rounds.push(format!(
                "motives of {} events, {} minds deep: {states} states: {}",
                depth.motive,
                depth.minds,
                match &end {
                    End::Story(_) => "a story",
                    End::Searched => "all searched",
                    End::Enough => "no end",
                }
            ));
            match end {
                End::Story(story) => {
                    let story = spare(author, request.start, story)?;
                    plans.stories.push(story);
                    return Ok(());
                }
                End::Searched if index + 1 == searches.len() => {
                    plans.bound = request.limits.events + 1;
                    return Ok(());
                }
                _ => {}
            }
        }
        states *= LONGER;
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
        .filter(|depth| depth.motive > depth.minds || depth.minds <= 1)
        .collect()
}
