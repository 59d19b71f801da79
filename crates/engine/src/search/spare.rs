//! A story without what is idle in it.

use super::Told;
use crate::author::Author;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;
use crate::search::frontier::Depth;

/// So many events are tried for a motive in a part: a reason that nobody finds is none.
const EFFORT: u64 = 10_000;

/// The story's shortest part that does as well, with motives under these limits, and so on until there is none.
///
/// # Errors
/// [`Stop`]: time, memory, or somebody interrupts.
pub fn spare(
    author: &mut Author<'_>,
    start: NodeId,
    depth: Depth,
    mut story: Vec<EventId>,
) -> Result<Told, Stop> {
    author.depth(depth);
    loop {
        let mut end = start;
        for (index, &event) in story.iter().enumerate() {
            end = author.after(end, event)?.unwrap_or(end);
            if author.arrived(end) {
                story.truncate(index + 1);
                break;
            }
        }
        let worth = author.worth(end).unwrap_or(author.goal());
        // Mostly no part does as well, whether it has motives or not.
        let any = shorter(author, start, &story, worth, false)?;
        let shortest = match any {
            Some(_) => shorter(author, start, &story, worth, true)?,
            None => None,
        };
        match shortest {
            Some(part) => story = part,
            None => {
                let worth = author.engine.utility(end, None);
                return Ok((story, worth));
            }
        }
    }
}

/// The shortest part of a story that ends as well as the story itself; of those in which everything is motivated, if that is asked.
fn shorter(
    author: &mut Author<'_>,
    start: NodeId,
    story: &[EventId],
    worth: f64,
    motivated: bool,
) -> Result<Option<Vec<EventId>>, Stop> {
    // Where the parts of the story end, each by the fewest events.
    let mut parts: Vec<(NodeId, Vec<EventId>)> = vec![(start, Vec::new())];
    for &event in story {
        for index in 0..parts.len() {
            let (node, ref before) = parts[index];
            let mut longer = before.clone();
            longer.push(event);
            if !author.engine.possible(node, event)
                || motivated && author.willed(node, event, EFFORT)? != Some(true)
            {
                continue;
            }
            let Some(next) = author.after(node, event)? else {
                continue;
            };
            match parts.iter_mut().find(|(end, _)| *end == next) {
                Some((_, known)) if known.len() <= longer.len() => {}
                Some((_, known)) => *known = longer,
                None => parts.push((next, longer)),
            }
        }
    }
    let mut shortest: Option<Vec<EventId>> = None;
    for (end, part) in parts {
        let shorter = shortest.as_ref().map_or(story.len(), Vec::len);
        if part.len() < shorter && author.as_good(end, worth) {
            shortest = Some(part);
        }
    }
    Ok(shortest)
}
