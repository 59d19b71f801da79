//! A story without what is idle in it.

use super::Told;
use crate::author::Author;
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;

/// The story's shortest part that does as well, and so on until there is none.
///
/// # Errors
/// [`Stop`]: time, memory, or somebody interrupts.
pub fn spare(
    author: &mut Author<'_>,
    start: NodeId,
    mut story: Vec<EventId>,
) -> Result<Told, Stop> {
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
        // Where the parts of the story end, each by the fewest events.
        let mut parts: Vec<(NodeId, Vec<EventId>)> = vec![(start, Vec::new())];
        for &event in &story {
            for index in 0..parts.len() {
                let (node, ref before) = parts[index];
                let mut longer = before.clone();
                longer.push(event);
                if !author.engine.possible(node, event) || !author.motivated(node, event)? {
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
        match shortest {
            Some(part) => story = part,
            None => {
                let worth = author.engine.utility(end, None);
                return Ok((story, worth));
            }
        }
    }
}
