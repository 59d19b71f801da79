//! Whole towers: where equal states must be found equal, all minds of a state are worked out.

use super::*;

/// A tower of more minds than this is left unfinished.
const MOST_MINDS: usize = 20_000;

impl Minds<'_> {
    /// All minds in a tower, the state itself first; none if they are too many. Finished nodes are not gone into.
    fn tower(self, root: NodeId) -> Option<Vec<NodeId>> {
        let mut found = vec![root];
        let mut seen: FxHashSet<NodeId> = found.iter().copied().collect();
        let mut next = 0;
        while let Some(&node) = found.get(next) {
            next += 1;
            if found.len() > MOST_MINDS {
                return None;
            }
            if self.graph.known_finished(node).is_none() {
                for mind in self.graph.minds(self.world, node) {
                    if seen.insert(mind) {
                        found.push(mind);
                    }
                }
            }
        }
        Some(found)
    }

    /// The finished node that a node is, with its whole tower; the node itself if that is too high.
    pub fn finished(self, root: NodeId) -> NodeId {
        if let Some(known) = self.graph.known_finished(root) {
            return known;
        }
        let Some(tower) = self.tower(root) else {
            return root;
        };
        let mut draft = Draft::new(self.world.persons());
        let mut place: FxHashMap<NodeId, Link> = FxHashMap::default();
        let mut open = Vec::new();
        for &node in &tower {
            let link = match self.graph.known_finished(node) {
                Some(finished) => Link::Node(finished),
                None => {
                    open.push(node);
                    Link::Draft(draft.add(self.graph.values_of(node)))
                }
            };
            place.insert(node, link);
        }
        for (index, &node) in open.iter().enumerate() {
            for (person, mind) in self.graph.minds(self.world, node).enumerate() {
                draft.link(index, person, place[&mind]);
            }
        }
        let finished = self.graph.settle(&draft);
        for (node, finished) in open.into_iter().zip(finished) {
            self.graph.finish(node, finished);
        }
        self.graph
            .known_finished(root)
            .expect("it has just been finished")
    }

    /// The nodes of a tower that were born, each with the node that it was before and whether it is a mind.
    pub fn lineage(self, root: NodeId) -> Option<Vec<(NodeId, NodeId, bool)>> {
        let tower = self.tower(root)?;
        let born = tower.into_iter().filter_map(|node| {
            let birth = self.graph.birth(node)?;
            let repaired = self.graph.birth(birth.origin).filter(|before| {
                birth.way != Way::Keep && before.way == Way::Keep && before.settled == Settled::NOT
            });
            let before = repaired.map_or(birth.origin, |repaired| repaired.origin);
            Some((node, before, birth.owner.is_some()))
        });
        Some(born.collect())
    }
}
