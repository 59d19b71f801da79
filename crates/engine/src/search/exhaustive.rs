//! All stories that the author can tell: sequences of events that end better than the opening, with a motive for everything
//! that happens.
//!
//! Each event is possible and motivated where it happens, the end is worth more to the author than the opening and
//! everything between, and nothing is idle: no part of the story does as well (the peer: exactly as well). The search is
//! exhaustive, for small limits: depth first over states, carrying along the ends of all parts of the path, so that
//! idleness is decided exactly and as early as it shows.

use crate::author::{Author, Limits};
use crate::engine::Engine;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::{Motives, Stop};

/// All stories within the limits, the shorter ones first. `alphabet`: the only events that may happen; that nobody may think
/// of any others is up to `motives`.
///
/// # Errors
/// [`Stop`] if the search does not come to an end.
pub fn stories(
    engine: &mut Engine,
    motives: &mut Motives,
    limits: Limits,
    alphabet: Option<&[EventId]>,
) -> Result<Vec<Vec<EventId>>, Stop> {
    let start = engine.start();
    let mut search = Search {
        author: Author::new(engine, motives, limits, alphabet),
        path: Vec::new(),
        found: Vec::new(),
    };
    if let Some(worth) = search.author.worth(start) {
        search.extend(start, &[], worth)?;
    }
    let mut found = search.found;
    found.sort_by_key(Vec::len);
    Ok(found)
}

struct Search<'a> {
    author: Author<'a>,
    path: Vec<EventId>,
    found: Vec<Vec<EventId>>,
}

impl Search<'_> {
    /// Makes the path to `node` longer in all ways. `parts`: where its strict parts end. `most`: the best that the world was
    /// worth on the way.
    fn extend(&mut self, node: NodeId, parts: &[NodeId], most: f64) -> Result<(), Stop> {
        let length = self.path.len() as u32 + 1;
        if length > self.author.limits.events {
            return Ok(());
        }
        for &event in self.author.possible(node).iter() {
            let Some(next) = self.author.after(node, event)? else {
                continue;
            };
            if next == node || parts.contains(&next) {
                continue; // whatever follows would do without something
            }
            let worth = self.author.worth(next);
            let pays = worth.filter(|&worth| worth > most);
            let last = length == self.author.limits.events;
            if last && pays.is_none() || !self.author.motivated(node, event)? {
                continue;
            }
            let mut ends = parts.to_vec();
            ends.push(node);
            for &part in parts {
                if self.author.engine.possible(part, event) && self.author.motivated(part, event)? {
                    ends.extend(self.author.after(part, event)?);
                }
            }
            ends.sort_unstable();
            ends.dedup();
            if ends.contains(&next) {
                continue;
            }
            self.path.push(event);
            if let Some(worth) = pays {
                if !ends.iter().any(|&end| self.author.as_good(end, worth)) {
                    self.found.push(self.path.clone());
                }
            }
            self.extend(next, &ends, worth.map_or(most, |worth| worth.max(most)))?;
            self.path.pop();
        }
        Ok(())
    }
}
