//! A story soon: best-first search under small limits on motives, then larger ones.
//!
//! A* (Hart, Nilsson and Raphael 1968) with the events to go and what is missing to the goal overrated. Most stories need but
//! short motives, and short motives are quickly found or excluded; so searches under all limits take turns, those under
//! small limits first, and each turn is four times as long as the one before. A motive under small limits is one under large.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::frontier::{Depth, End, Frontier, Weights, Work};
use super::guess::Guesses;
use super::proof::finish;
use super::spare::spare;
use super::{Mode, Plans, Request, Told, Watch};
use crate::author::Author;
use crate::motive::{Motives, Stop};

/// States looked at in the first turn under some limits.
const FIRST: u64 = 250;
/// Each turn is so many times as long as the one before.
const LONGER: u64 = 4;
/// A turn of so many states is the last.
const LONGEST: u64 = FIRST << 20;
/// So many other ways to the end of a story are looked at, for each story wanted.
const VARIANTS: usize = 8;
/// Plans within plans: room for deep recursion (address space, not memory).
const STACK: usize = 256 << 20;
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
    let mut plans = Plans::default();
    let outcome = turns(author, guesses, request, watch, &mut plans);
    finish(author, guesses, request, watch, plans, outcome)
}

/// Some of the limits, with an author of their own: what they find does not hang on what the others do meanwhile.
struct Lane<'l, 'a> {
    author: &'l mut Author<'a>,
    guesses: &'l mut dyn Guesses,
    /// Each with its place in the order of all.
    searches: Vec<(usize, Frontier)>,
}

/// What one of the searches brought in a turn.
struct Brought {
    place: usize,
    stories: Vec<Told>,
    depth: Depth,
    end: &'static str,
    searched: bool,
}

fn turns(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
) -> Result<(), Stop> {
    let ladder = ladder(request);
    let last = ladder.len() - 1;
    let new = |place: usize| (place, Frontier::new(ladder[place], WEIGHTS, request));
    let deep = |place: &usize| ladder[*place].minds > 1;
    let (second, first): (Vec<usize>, Vec<usize>) = (0..ladder.len()).partition(deep);
    // Motives that look into one mind share nothing with those that look into more: they can be sought side by side.
    let twin = author.reasons.is_some() && !second.is_empty() && !first.is_empty();
    let mut one = Lane {
        author,
        guesses,
        searches: Vec::new(),
    };
    if !twin {
        one.searches = (0..ladder.len()).map(new).collect();
        return take_turns(&mut one, None, request, watch, plans, last);
    }
    one.searches = first.into_iter().map(new).collect();
    let mut engine = one.author.engine.clone();
    let mut motives = Motives::new(&engine);
    let mut author = one.author.twin(&mut engine, &mut motives);
    let mut two = Lane {
        author: &mut author,
        guesses: &mut *one.guesses.fresh(),
        searches: second.into_iter().map(new).collect(),
    };
    take_turns(&mut one, Some(&mut two), request, watch, plans, last)
}

fn take_turns(
    one: &mut Lane<'_, '_>,
    mut two: Option<&mut Lane<'_, '_>>,
    request: &Request,
    watch: &Watch,
    plans: &mut Plans,
    last: usize,
) -> Result<(), Stop> {
    let mut states = FIRST;
    loop {
        // Nobody need look under limits that come after those under which enough was found.
        let enough = AtomicUsize::new(usize::MAX);
        let outcomes = match &mut two {
            None => vec![one.turn(request, watch, states, &enough)],
            Some(two) if request.threads > 1 => std::thread::scope(|scope| {
                let worker = std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, || two.turn(request, watch, states, &enough));
                let own = one.turn(request, watch, states, &enough);
                match worker.map(|worker| worker.join()) {
                    Ok(Ok(other)) => vec![own, other],
                    _ => vec![own, (Vec::new(), Some(Stop::Memory))],
                }
            }),
            Some(two) => {
                let own = one.turn(request, watch, states, &enough);
                vec![own, two.turn(request, watch, states, &enough)]
            }
        };
        let stop = outcomes.iter().find_map(|(_, stop)| *stop);
        let mut brought: Vec<Brought> = outcomes.into_iter().flat_map(|(all, _)| all).collect();
        brought.sort_by_key(|one| one.place);
        let mut searched = false;
        for one in brought {
            plans.rounds.push(format!(
                "motives of {} events, {} minds deep, {states} states: {}",
                one.depth.motive, one.depth.minds, one.end
            ));
            for story in one.stories {
                if plans.stories.iter().all(|known| known.0 != story.0) {
                    plans.stories.push(story);
                }
                if plans.stories.len() == request.count {
                    return Ok(());
                }
            }
            searched |= one.searched && one.place == last;
        }
        if let Some(stop) = stop {
            return Err(stop);
        }
        if searched {
            if plans.stories.is_empty() {
                plans.bound = request.limits.events + 1;
            }
            return Ok(());
        }
        if states >= LONGEST {
            return Err(Stop::Events);
        }
        states *= LONGER;
    }
}

impl Lane<'_, '_> {
    /// A turn of all searches of the lane: what they bring, and what stopped them.
    fn turn(
        &mut self,
        request: &Request,
        watch: &Watch,
        states: u64,
        enough: &AtomicUsize,
    ) -> (Vec<Brought>, Option<Stop>) {
        let mut all = Vec::new();
        for (place, search) in &mut self.searches {
            if *place > enough.load(Ordering::Relaxed) {
                break;
            }
            let mut brought = Brought {
                place: *place,
                stories: Vec::new(),
                depth: search.depth(),
                end: "no end",
                searched: false,
            };
            let (author, guesses) = (&mut *self.author, &mut *self.guesses);
            let outcome = bring(
                author,
                guesses,
                search,
                request,
                watch,
                states,
                &mut brought,
            );
            if brought.stories.len() >= request.count {
                enough.fetch_min(*place, Ordering::Relaxed);
            }
            all.push(brought);
            if let Err(stop) = outcome {
                return (all, Some(stop));
            }
        }
        (all, None)
    }
}

/// One search goes on for a turn.
fn bring(
    author: &mut Author<'_>,
    guesses: &mut dyn Guesses,
    search: &mut Frontier,
    request: &Request,
    watch: &Watch,
    states: u64,
    brought: &mut Brought,
) -> Result<(), Stop> {
    let mut work = Work {
        states,
        effort: 2 * states,
    };
    loop {
        let (end, done) = search.advance(author, guesses, watch, request.start, work)?;
        work.states = work.states.saturating_sub(done);
        match end {
            End::Enough => return Ok(()),
            End::Searched => {
                (brought.end, brought.searched) = ("all searched", true);
                return Ok(());
            }
            End::Story(story, end) => {
                brought.end = "a story";
                let more = VARIANTS * request.count;
                let others = search.others(request.start, end, more);
                for story in std::iter::once(story).chain(others) {
                    let told = spare(author, request.start, story)?;
                    if brought.stories.iter().all(|known| known.0 != told.0) {
                        brought.stories.push(told);
                        Watch::add(&watch.stories, 1);
                    }
                    if brought.stories.len() == request.count {
                        return Ok(());
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
