//! A story without what is idle in it.

use rustc_hash::{FxHashMap, FxHashSet};

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
        match shorter(author, start, &story, worth)? {
            Some(part) => story = part,
            None => {
                let worth = author.engine.utility(end, None);
                return Ok((story, worth));
            }
        }
    }
}

/// By the first events of a story: the states to which parts of them lead, whether motivated or not.
type Ways = Vec<FxHashMap<NodeId, Way>>;

/// A state to which some part of the first events leads.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// What the next event leads to, if it is possible.
    next: Option<NodeId>,
    /// So many of the events to come, at least, lead to an end that does as well; none if no part of them does.
    left: Option<usize>,
}

/// All parts of a story.
fn ways(
    author: &mut Author<'_>,
    start: NodeId,
    story: &[EventId],
    worth: f64,
) -> Result<Ways, Stop> {
    let mut ways: Ways = vec![FxHashMap::default(); story.len() + 1];
    let (mut nodes, mut known) = (vec![start], FxHashSet::from_iter([start]));
    for (index, &event) in story.iter().enumerate() {
        for at in 0..nodes.len() {
            let node = nodes[at];
            let next = match author.engine.possible(node, event) {
                true => author.after(node, event)?,
                false => None,
            };
            ways[index].insert(node, Way { next, left: None });
            nodes.extend(next.filter(|&next| known.insert(next)));
        }
    }
    for index in (0..=story.len()).rev() {
        let (here, later) = ways.split_at_mut(index + 1);
        if let Some(later) = later.first() {
            for (node, way) in &mut here[index] {
                let with = way.next.and_then(|next| later[&next].left);
                let without = later[node].left;
                way.left = with.map(|left| left + 1).into_iter().chain(without).min();
            }
        } else {
            for &node in &nodes {
                let left = author.as_good(node, worth).then_some(0);
                here[index].insert(node, Way { next: None, left });
            }
        }
    }
    Ok(ways)
}

/// The shortest part of a story, motivated all through, that ends as well as the story itself. Motives are looked for only where
/// such an end can be reached by fewer events: mostly no part does as well, motivated or not.
fn shorter(
    author: &mut Author<'_>,
    start: NodeId,
    story: &[EventId],
    worth: f64,
) -> Result<Option<Vec<EventId>>, Stop> {
    let ways = ways(author, start, story, worth)?;
    let promises = |index: usize, node: NodeId, used: usize| {
        let left = ways[index][&node].left;
        left.is_some_and(|left| used + left < story.len())
    };
    // Where the parts of the story end, each by the fewest events.
    let mut parts: Vec<(NodeId, Vec<EventId>)> = vec![(start, Vec::new())];
    for (index, &event) in story.iter().enumerate() {
        for at in 0..parts.len() {
            let (node, ref before) = parts[at];
            let Some(next) = ways[index][&node].next else {
                continue;
            };
            if !promises(index + 1, next, before.len() + 1)
                || author.willed(node, event, EFFORT)? != Some(true)
            {
                continue;
            }
            let mut longer = before.clone();
            longer.push(event);
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
