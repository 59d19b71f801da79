//! A story soon: best-first search under small limits on motives, then larger ones.
//!
//! A* (Hart, Nilsson and Raphael 1968) with the events to go and what is missing to the goal overrated. Most stories need but
//! short motives, and short motives are quickly found or excluded; so they are looked for under small limits first, and what
//! has none there waits until it is its turn under larger ones. A motive under small limits is one under large. What
//! does not find a story for long is joined by a second strand ([`super::strands`]), with another heuristic that is trusted less.

use super::frontier::{Depth, End, Frontier, Weights};
use super::guess::Guesses;
use super::proof::with_proof;
use super::spare::spare;
use super::strands::race;
use super::{Mode, Plans, Request, Watch};
use crate::author::Author;
use crate::events::EventId;
use crate::motive::Stop;

/// A search that has looked at so many states is the last.
const LONGEST: u64 = 1 << 28;
/// Where the shortest is wanted, it is looked for so many times as long as the first took, before it is proved.
const FURTHER: u64 = 8;
/// So many other ways to the end of a story are looked at, for each story wanted.
const VARIANTS: usize = 8;
/// So many are gone through at the end, to each end, when there are fewer stories than wanted.
const MANY: usize = 10_000;
/// What leads to a story soon; in the order of true costs it would be the shortest, and late.
const WEIGHTS: Weights = Weights {
    to_go: 0.0,
    likely: 2.0,
    missing: 6.0,
    planned: 2.0,
    rank: 0.5,
};
/// The same in the second strand: where the first was mistaken in what it took to be close, what is far must have its turn.
const OTHER_WEIGHTS: Weights = Weights {
    likely: 0.5,
    ..WEIGHTS
};
/// Events that are tried for the motives of one at first.
const EFFORT: u64 = 500;
/// The same in the second strand.
const OTHER_EFFORT: u64 = 1000;
/// The first strand has done so much work (states looked at) when the second begins: most searches are over long before.
const ALONE: u64 = 8192;
/// Events of the shortest motives that are looked for first.
const SHORT: u32 = 2;

/// The mode.
pub const MODE: Mode = Mode {
    name: "growing",
    what: "best first, with motives under small limits before larger ones: a story soon",
    search,
};

fn search(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
) -> Plans {
    with_proof(author, guesses, request, watch, |author, guesses, plans| {
        seek(author, guesses, request, watch, plans)
    })
}

fn seek(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let mut search = Frontier::new(ladder(request), WEIGHTS, EFFORT, request);
    let outcome = in_strands(author, guesses, &mut search, request, watch, plans);
    if plans.rounds.is_empty() {
        plans.rounds = search.report();
    }
    outcome
}

/// One search, and after long a second beside it.
fn in_strands(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let end = search.advance(author, guesses, watch, request.start, ALONE)?;
    let other = guesses.other().filter(|_| author.reasons.is_some());
    let (End::Enough, Some(other)) = (&end, other) else {
        return go_on(author, guesses, search, end, request, watch, plans);
    };
    let second = Frontier::new(ladder(request), OTHER_WEIGHTS, OTHER_EFFORT, request);
    // Where a proof is wanted it takes a thread.
    let parallel = request.threads > 1 + usize::from(request.shortest);
    race(
        (author, guesses, search),
        (other, second),
        (request, watch, parallel),
        |author, guesses, search, end| go_on(author, guesses, search, end, request, watch, plans),
    )
}

/// Goes on with a search that has come so far.
fn go_on(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    end: End,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let mut outcome = collect(author, guesses, search, end, request, watch, plans);
    if outcome.is_ok() && request.shortest {
        outcome = shorten(author, guesses, search, request, watch, plans);
    }
    plans.rounds = search.report();
    outcome
}

/// Goes on for shorter stories, [`FURTHER`] times as long as it took: who has a shorter one has less to prove.
fn shorten(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    while let Some(best) = plans.stories.iter().map(|story| story.0.len()).min() {
        search.shorten(best.saturating_sub(1) as u32);
        let work = FURTHER * search.done();
        let End::Story(story, _) = search.advance(author, guesses, watch, request.start, work)?
        else {
            break;
        };
        let told = spare(author, request.start, Depth::all(request), story)?;
        plans.stories.insert(0, told);
    }
    plans.stories.truncate(request.count);
    Ok(())
}

fn collect(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    mut end: End,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    loop {
        match end {
            End::Enough if search.done() < LONGEST => {}
            End::Enough | End::Undecided => return Err(Stop::Events),
            End::Searched if plans.stories.is_empty() => {
                plans.bound = request.limits.events + 1;
                return Ok(());
            }
            End::Searched => {
                // All events are known that are motivated somewhere: every story is a way through them.
                let mut all = true;
                for &end in search.ends() {
                    let (stories, complete) = search.others(request.start, end, MANY);
                    all &= complete;
                    if add(author, request, watch, plans, stories)? {
                        return Ok(());
                    }
                }
                return all.then_some(()).ok_or(Stop::Events);
            }
            End::Story(story, end) => {
                let (others, _) = search.others(request.start, end, VARIANTS * request.count);
                let stories = std::iter::once(story).chain(others);
                if add(author, request, watch, plans, stories)? {
                    return Ok(());
                }
            }
        }
        end = search.advance(author, guesses, watch, request.start, LONGEST)?;
    }
}

/// Adds stories, without what is idle in them, to those that are known; true if these are as many as wanted.
fn add(
    author: &mut Author<'_>,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
    stories: impl IntoIterator<Item = Vec<EventId>>,
) -> Result<bool, Stop> {
    for story in stories {
        if plans.stories.iter().all(|known| known.0 != story) {
            let told = spare(author, request.start, Depth::all(request), story)?;
            if plans.stories.iter().all(|known| known.0 != told.0) {
                plans.stories.push(told);
                Watch::add(&watch.stories, 1);
            }
        }
        if plans.stories.len() == request.count {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The limits on motives, the smaller ones first: twice as long each time, then as deep as is allowed, too. (Most motives need no
/// more than what others would do at once; where they need more, all in between has been of no use.)
fn ladder(request: &Request) -> Vec<Depth> {
    let limits = request.limits;
    let lengths = std::iter::successors(Some(SHORT), |length| Some(2 * length));
    let lengths = lengths.take_while(|&length| length < limits.motive);
    let minds = limits.minds.min(1);
    let small = lengths.map(|motive| Depth { motive, minds });
    small.chain([Depth::all(request)]).collect()
}
