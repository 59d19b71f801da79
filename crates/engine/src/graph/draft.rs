//! Drafts of states, and how they become permanent: component by component, from the bottom up (Tarjan's strongly connected
//! components; partition refinement after Hopcroft and Moore within one), so that no two permanent nodes of drafts are the
//! same state.

use super::*;

/// Where a drafted mind points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// To a permanent node.
    Node(NodeId),
    /// To a node of the same draft.
    Draft(usize),
}

/// Nodes to be.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    persons: usize,
    values: Vec<ValuesId>,
    minds: Vec<Link>,
}

impl Draft {
    /// An empty draft.
    pub fn new(persons: usize) -> Self {
        Draft {
            persons,
            values: Vec::new(),
            minds: Vec::new(),
        }
    }

    /// A new node whose minds point to itself until they are set.
    pub fn add(&mut self, values: ValuesId) -> usize {
        let index = self.values.len();
        self.values.push(values);
        self.minds
            .extend(std::iter::repeat_n(Link::Draft(index), self.persons));
        index
    }

    /// Gives a drafted node other values.
    pub fn value(&mut self, index: usize, values: ValuesId) {
        self.values[index] = values;
    }

    /// Lets a mind of a drafted node be another.
    pub fn link(&mut self, index: usize, person: Person, to: Link) {
        self.minds[index * self.persons + person] = to;
    }

    /// How many nodes are drafted.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Nothing is drafted.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    fn minds(&self, index: usize) -> &[Link] {
        &self.minds[index * self.persons..(index + 1) * self.persons]
    }
}

impl Nodes {
    /// Makes a draft permanent; the answer says which permanent node each drafted one is.
    pub(super) fn settle(&mut self, draft: &Draft) -> Vec<NodeId> {
        let mut done: Vec<Option<NodeId>> = vec![None; draft.len()];
        for component in components(draft) {
            let inner = component.len() > 1;
            let classes = if inner {
                refine(draft, &component, &done)
            } else {
                vec![0]
            };
            let count = classes.iter().max().map_or(0, |&last| last + 1);
            if count == 1 {
                let index = component[0];
                let minds: Vec<u32> = draft
                    .minds(index)
                    .iter()
                    .map(|&link| resolve(link, &done))
                    .collect();
                let node = self.single(draft.values[index], &minds);
                component.iter().for_each(|&index| done[index] = Some(node));
            } else {
                self.cycle(draft, &component, &classes, count, &mut done);
            }
        }
        done.into_iter()
            .map(|node| node.expect("every drafted node is in one component"))
            .collect()
    }

    /// A state whose minds are permanent nodes or itself.
    pub(super) fn single(&mut self, values: ValuesId, minds: &[u32]) -> NodeId {
        // It may be the same as one of its own minds: then all that points to itself would point there.
        for &mind in minds {
            if mind != SELF && self.value(mind) == values {
                let theirs = self.minds(mind);
                let same = |(&mine, &theirs): (&u32, &u32)| {
                    theirs == if mine == SELF { mind } else { mine }
                };
                if minds.iter().zip(theirs).all(same) {
                    return mind;
                }
            }
        }
        let hash = key_hash(values, minds.iter().copied());
        let found = self.index.find(hash, |&node| {
            let own =
                |(&mine, &theirs): (&u32, &u32)| mine == if theirs == node { SELF } else { theirs };
            self.value(node) == values && minds.iter().zip(self.minds(node)).all(own)
        });
        match found {
            Some(&node) => node,
            None => {
                let node = self.values.len() as NodeId;
                self.push(
                    values,
                    minds
                        .iter()
                        .map(|&mind| if mind == SELF { node } else { mind }),
                );
                node
            }
        }
    }

    /// A component of several states that lead to each other.
    fn cycle(
        &mut self,
        draft: &Draft,
        component: &[usize],
        classes: &[usize],
        count: usize,
        done: &mut [Option<NodeId>],
    ) {
        let mut speaker = vec![usize::MAX; count];
        let mut class_of = FxHashMap::default();
        for (&index, &class) in component.iter().zip(classes) {
            speaker[class] = index;
            class_of.insert(index, class);
        }
        // Either all of them exist already or none: whoever leads to a permanent node leads to permanent nodes only.
        let root = component[0];
        let hash = self.unfolding(draft, done, root);
        let values = draft.values[root];
        let outside = component
            .iter()
            .flat_map(|&index| draft.minds(index))
            .filter_map(|&link| {
                let node = resolve(link, done);
                (node != SELF && self.value(node) == values).then_some(node)
            });
        let known = self.cyclic.get(&hash).into_iter().flatten().copied();
        let match_found = known
            .chain(outside)
            .find_map(|node| self.bisimilar(draft, done, root, node));
        if let Some(pairs) = match_found {
            pairs
                .into_iter()
                .for_each(|(index, node)| done[index] = Some(node));
            return;
        }
        let first = self.values.len() as NodeId;
        let hashes: Vec<u64> = speaker
            .iter()
            .map(|&index| self.unfolding(draft, done, index))
            .collect();
        for &index in &speaker {
            let minds: Vec<NodeId> = draft
                .minds(index)
                .iter()
                .map(|&link| match link {
                    Link::Draft(to) if done[to].is_none() => first + class_of[&to] as NodeId,
                    _ => resolve(link, done),
                })
                .collect();
            self.push(draft.values[index], minds.into_iter());
        }
        for (class, hash) in hashes.into_iter().enumerate() {
            self.cyclic
                .entry(hash)
                .or_default()
                .push(first + class as NodeId);
        }
        for (&index, &class) in component.iter().zip(classes) {
            done[index] = Some(first + class as NodeId);
        }
    }

    fn push(&mut self, values: ValuesId, minds: impl Iterator<Item = NodeId>) {
        let node = self.values.len() as NodeId;
        self.add(values, NO_BIRTH);
        let minds: Vec<NodeId> = minds.collect();
        for (person, mind) in minds.into_iter().enumerate() {
            self.set_mind(node, person, mind);
        }
        let (all, node_values, persons) = (&self.minds, &self.values, self.persons);
        let hash = |&node: &NodeId| {
            let minds = &all[node as usize * persons..(node as usize + 1) * persons];
            let own = minds
                .iter()
                .map(|&mind| if mind == node { SELF } else { mind });
            key_hash(node_values[node as usize], own)
        };
        self.index.insert_unique(hash(&node), node, hash);
    }

    /// A hash of the values two levels deep.
    fn unfolding(&self, draft: &Draft, done: &[Option<NodeId>], index: usize) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        draft.values[index].hash(&mut hasher);
        for &link in draft.minds(index) {
            match link {
                Link::Draft(to) if done[to].is_none() => {
                    draft.values[to].hash(&mut hasher);
                    for &next in draft.minds(to) {
                        match next {
                            Link::Draft(to) if done[to].is_none() => {
                                draft.values[to].hash(&mut hasher)
                            }
                            _ => self.value(resolve(next, done)).hash(&mut hasher),
                        }
                    }
                }
                _ => {
                    let node = resolve(link, done);
                    self.value(node).hash(&mut hasher);
                    for &next in self.minds(node).iter().filter(|&&next| next != PENDING) {
                        self.value(next).hash(&mut hasher);
                    }
                }
            }
        }
        hasher.finish()
    }

    /// Coinduction: supposes that a drafted node is a permanent one and follows both until all agrees or something does not.
    fn bisimilar(
        &self,
        draft: &Draft,
        done: &[Option<NodeId>],
        root: usize,
        node: NodeId,
    ) -> Option<FxHashMap<usize, NodeId>> {
        let mut supposed = FxHashMap::default();
        supposed.insert(root, node);
        let mut open = vec![(root, node)];
        while let Some((index, node)) = open.pop() {
            if draft.values[index] != self.value(node) {
                return None;
            }
            for (&link, &mind) in draft.minds(index).iter().zip(self.minds(node)) {
                match link {
                    Link::Draft(to) if done[to].is_none() => match supposed.get(&to) {
                        Some(&other) if other != mind => return None,
                        Some(_) => {}
                        None => {
                            supposed.insert(to, mind);
                            open.push((to, mind));
                        }
                    },
                    _ if resolve(link, done) != mind => return None,
                    _ => {}
                }
            }
        }
        Some(supposed)
    }
}

/// The permanent node of a link; what is not permanent yet belongs to the component at hand.
fn resolve(link: Link, done: &[Option<NodeId>]) -> u32 {
    match link {
        Link::Node(node) => node,
        Link::Draft(index) => done[index].unwrap_or(SELF),
    }
}

fn key_hash(values: ValuesId, minds: impl Iterator<Item = u32>) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    values.hash(&mut hasher);
    minds.for_each(|mind| mind.hash(&mut hasher));
    hasher.finish()
}

/// Divides a component into classes of nodes that cannot be told apart, numbered in order of appearance.
fn refine(draft: &Draft, component: &[usize], done: &[Option<NodeId>]) -> Vec<usize> {
    let mut place = FxHashMap::default();
    component.iter().enumerate().for_each(|(at, &index)| {
        place.insert(index, at);
    });
    let number = |keys: Vec<Vec<u32>>| {
        let mut seen = FxHashMap::default();
        let classes: Vec<usize> = keys
            .into_iter()
            .map(|key| {
                let next = seen.len();
                *seen.entry(key).or_insert(next)
            })
            .collect();
        (classes, seen.len())
    };
    let (mut classes, mut count) = number(
        component
            .iter()
            .map(|&index| vec![draft.values[index]])
            .collect(),
    );
    loop {
        let keys = component.iter().enumerate().map(|(at, &index)| {
            let mut key = Vec::with_capacity(2 * draft.persons + 1);
            key.push(classes[at] as u32);
            for &link in draft.minds(index) {
                match link {
                    Link::Draft(to) if done[to].is_none() => {
                        key.extend([SELF, classes[place[&to]] as u32])
                    }
                    _ => key.push(resolve(link, done)),
                }
            }
            key
        });
        let (finer, more) = number(keys.collect());
        if more == count {
            return classes;
        }
        (classes, count) = (finer, more);
    }
}

/// Strongly connected components, every one after those it leads to (Tarjan 1972, without recursion).
fn components(draft: &Draft) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let count = draft.len();
    let (mut order, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let mut on_stack = vec![false; count];
    let (mut stack, mut result, mut clock) = (Vec::new(), Vec::new(), 0);
    for start in 0..count {
        if order[start] != UNSEEN {
            continue;
        }
        let mut calls = vec![(start, 0)];
        while let Some(&mut (index, ref mut next)) = calls.last_mut() {
            if *next == 0 {
                order[index] = clock;
                low[index] = clock;
                clock += 1;
                stack.push(index);
                on_stack[index] = true;
            }
            let rest = &draft.minds(index)[*next..];
            let child = rest
                .iter()
                .position(|link| matches!(link, Link::Draft(to) if *to != index));
            match child {
                Some(offset) => {
                    *next += offset + 1;
                    let Link::Draft(to) = rest[offset] else {
                        unreachable!("found as one")
                    };
                    if order[to] == UNSEEN {
                        calls.push((to, 0));
                    } else if on_stack[to] {
                        low[index] = low[index].min(order[to]);
                    }
                }
                None => {
                    calls.pop();
                    if let Some(&(parent, _)) = calls.last() {
                        low[parent] = low[parent].min(low[index]);
                    }
                    if low[index] == order[index] {
                        let from = stack
                            .iter()
                            .rposition(|&i| i == index)
                            .expect("it is on the stack");
                        let component = stack.split_off(from);
                        component.iter().for_each(|&i| on_stack[i] = false);
                        result.push(component);
                    }
                }
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph over one yes/no fluent with its two arrays.
    fn graph(persons: usize) -> (Graph, ValuesId, ValuesId) {
        let graph = Graph::new(1, persons, Laws::default());
        let no = graph.values.intern(&[Val::NO]);
        let yes = graph.values.intern(&[Val::YES]);
        (graph, no, yes)
    }

    fn draft(persons: usize, nodes: &[(ValuesId, &[Link])]) -> Draft {
        let mut draft = Draft::new(persons);
        for (values, minds) in nodes {
            let index = draft.add(*values);
            minds
                .iter()
                .enumerate()
                .for_each(|(person, &link)| draft.link(index, person, link));
        }
        draft
    }

    use Link::{Draft as D, Node as N};

    #[test]
    fn what_everybody_knows_is_one_node() {
        let (graph, no, yes) = graph(2);
        // Two persons who both hold the truth, of each other too, however it is drawn.
        let one = graph.settle(&draft(2, &[(no, &[D(0), D(0)])]));
        let many = graph.settle(&draft(
            2,
            &[
                (no, &[D(1), D(2)]),
                (no, &[D(1), D(2)]),
                (no, &[D(0), D(2)]),
            ],
        ));
        assert_eq!(many, [one[0]; 3]);
        assert_ne!(graph.settle(&draft(2, &[(yes, &[D(0), D(0)])]))[0], one[0]);
        assert_eq!(graph.len(), 2);
    }

    #[test]
    fn a_node_that_is_its_own_mind_again() {
        let (graph, no, _) = graph(2);
        let one = graph.settle(&draft(2, &[(no, &[D(0), D(0)])]))[0];
        assert_eq!(graph.settle(&draft(2, &[(no, &[N(one), D(0)])])), [one]);
        assert_eq!(
            graph.settle(&draft(2, &[(no, &[D(1), N(one)]), (no, &[D(0), D(0)])])),
            [one, one]
        );
        assert_eq!(graph.len(), 1);
    }

    #[test]
    fn two_who_disagree_and_know_it() {
        let (graph, no, yes) = graph(2);
        // Person 0 holds no, person 1 yes; each knows the other's mind.
        let first = graph.settle(&draft(2, &[(no, &[D(0), D(1)]), (yes, &[D(0), D(1)])]));
        assert_eq!(graph.len(), 2);
        // The same, drawn from the other side and unrolled twice.
        let again = graph.settle(&draft(
            2,
            &[
                (yes, &[D(1), D(0)]),
                (no, &[D(1), D(2)]),
                (yes, &[D(3), D(2)]),
                (no, &[D(3), D(0)]),
            ],
        ));
        assert_eq!(again, [first[1], first[0], first[1], first[0]]);
        // A third state above them.
        let above = graph.settle(&draft(
            2,
            &[
                (yes, &[D(1), D(2)]),
                (no, &[D(1), D(2)]),
                (yes, &[D(1), D(2)]),
            ],
        ));
        assert_eq!(above, [first[1], first[0], first[1]]);
        assert_eq!(graph.len(), 2);
    }

    #[test]
    fn what_differs_only_deep_down_differs() {
        let (graph, no, yes) = graph(2);
        // 0 thinks that 1 thinks that 0 thinks ... and at the fourth level something else.
        let chain = |last: ValuesId| {
            vec![
                (no, vec![D(0), D(1)]),
                (no, vec![D(2), D(1)]),
                (no, vec![D(2), D(3)]),
                (last, vec![D(0), D(3)]),
            ]
        };
        let settle = |graph: &Graph, nodes: Vec<(ValuesId, Vec<Link>)>| {
            let nodes: Vec<(ValuesId, &[Link])> =
                nodes.iter().map(|(v, m)| (*v, m.as_slice())).collect();
            graph.settle(&draft(2, &nodes))
        };
        let plain = settle(&graph, chain(no));
        let odd = settle(&graph, chain(yes));
        assert!(plain.iter().all(|&node| node == plain[0]));
        assert!(odd.iter().all(|&node| node != plain[0]));
        assert_eq!(settle(&graph, chain(yes)), odd);
    }

    #[test]
    fn components_come_from_the_bottom_up() {
        let links = draft(1, &[(0, &[D(1)]), (0, &[D(2)]), (0, &[D(1)]), (0, &[D(0)])]);
        let parts = components(&links);
        let sizes: Vec<usize> = parts.iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1, 1]);
        assert_eq!(parts[1], [0]);
    }
}
