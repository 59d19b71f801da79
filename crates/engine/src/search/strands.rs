//! Two strands of one search: where a story is long in coming, a second search with other guesses begins beside the first.
//!
//! How long a best-first search takes hangs on what its guesses happen to mistake, so two that differ are sooner, taken together,
//! than one (portfolios of algorithms: Huberman, Lukose and Hogg, *An economics approach to hard computational problems*,
//! Science 275, 1997; Gomes and Selman, *Algorithm portfolios*, Artificial Intelligence 126, 2001). The work of each is counted, and the one
//! that has its story by less work has told it, whatever the clock says: so the answer is the same with one thread, where
//! they take turns, and with two, where each has its own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use super::frontier::{End, Frontier};
use super::guess::Guesses;
use super::{Request, Watch};
use crate::author::Author;
use crate::motive::{Motives, Stop};

/// Work (states looked at) of a turn, where the strands take turns.
const TURN: u64 = 512;
/// Work between two looks at how far the other strand is.
const STRIDE: u64 = 16;
/// Plans within plans: room for deep recursion (address space, not memory).
const STACK: usize = 256 << 20;

/// One of the two.
struct Strand<'s, 'a> {
    author: &'s mut Author<'a>,
    guesses: &'s mut dyn Guesses,
    search: &'s mut Frontier,
    /// What it had done when there was but one.
    begun: u64,
    /// How it ended.
    outcome: Option<Result<End, Stop>>,
}

/// What both look at.
struct Race<'s> {
    request: &'s Request,
    watch: &'s Watch,
    /// The least work by which one of them came to an end that counts.
    least: Arc<AtomicU64>,
}

impl Strand<'_, '_> {
    fn work(&self) -> u64 {
        self.search.done() - self.begun
    }

    /// Goes on until so much work is done in all, or it has ended, or the other has won.
    fn advance(&mut self, race: &Race<'_>, until: u64) {
        while self.outcome.is_none() && self.work() < until {
            let least = race.least.load(Ordering::Relaxed);
            if self.work() > least {
                return;
            }
            let (start, work) = (race.request.start, STRIDE.min(until - self.work()));
            let end = self
                .search
                .advance(self.author, self.guesses, race.watch, start, work);
            self.outcome = match end {
                Ok(End::Enough) => continue,
                Ok(End::Undecided) => Some(Err(Stop::Events)),
                end => Some(end),
            };
            if let Some(Ok(_)) = self.outcome {
                race.least.fetch_min(self.work(), Ordering::Relaxed);
            }
        }
    }

    /// It has not ended, and could still be the first to.
    fn goes_on(&self, race: &Race<'_>) -> bool {
        self.outcome.is_none() && self.work() <= race.least.load(Ordering::Relaxed)
    }

    /// The work by which it came to an end that counts.
    fn ended(&self) -> Option<u64> {
        let ended = matches!(self.outcome, Some(Ok(_)));
        ended.then(|| self.work())
    }
}

/// Goes on with a search and a second one beside it until one of them ends, and with what is `then` to be done in that one. `parallel`:
/// the second has a thread of its own. A strand whose half of the memory is used up is out; if both are, the first goes on alone.
///
/// # Errors
/// [`Stop`]: what stopped the first, where nothing was found.
pub fn race(
    (author, guesses, search): (&mut Author<'_>, &mut dyn Guesses, &mut Frontier),
    (mut its, mut other): (Box<dyn Guesses>, Frontier),
    (request, watch, parallel): (&Request, &Watch, bool),
    then: impl FnOnce(&mut Author<'_>, &mut dyn Guesses, &mut Frontier, End) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let memory = author.engine.allowed();
    if author.bytes() > memory / 4 {
        return then(author, guesses, search, End::Enough);
    }
    author.engine.allow(memory / 2);
    let mut engine = author.engine.clone();
    let mut motives = Motives::new(&engine);
    let mut twin = author.twin(&mut engine, &mut motives);
    twin.reasons = author.reasons.clone();
    let race = Race {
        request,
        watch,
        least: Arc::new(AtomicU64::new(u64::MAX)),
    };
    author.rival(Some(&race.least));
    twin.rival(Some(&race.least));
    let (mut first, mut second) = (
        Strand {
            begun: search.done(),
            author,
            guesses,
            search,
            outcome: None,
        },
        Strand {
            begun: other.done(),
            author: &mut twin,
            guesses: &mut *its,
            search: &mut other,
            outcome: None,
        },
    );
    if parallel {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let beside = thread.spawn_scoped(scope, || second.advance(&race, u64::MAX));
            first.advance(&race, u64::MAX);
            drop(beside); // the scope waits for it
        });
    }
    let mut until = 0;
    while first.goes_on(&race) || second.goes_on(&race) {
        until += TURN;
        first.advance(&race, until);
        second.advance(&race, until);
    }
    let won = match (first.ended(), second.ended()) {
        (Some(first), Some(second)) => second < first,
        (first, second) => first.is_none() && second.is_some(),
    };
    first.author.rival(None);
    second.author.rival(None);
    if won {
        let end = second.outcome.transpose()?.unwrap_or(End::Enough);
        let outcome = then(second.author, second.guesses, second.search, end);
        first.author.engine.allow(memory);
        return outcome;
    }
    let Strand {
        author,
        guesses,
        search,
        outcome,
        ..
    } = first;
    drop(twin);
    drop((engine, motives));
    author.engine.allow(memory);
    match outcome {
        Some(Err(Stop::Memory)) | None => then(author, guesses, search, End::Enough),
        Some(end) => then(author, guesses, search, end?),
    }
}
