//! Answers that stand as long as nothing changes that they rest on: of a list of questions asked of one state after the other, only
//! those are worked out again that read something which differs from the state before, there or in somebody's mind. A mind is looked
//! into only if an answer that else stands rests on it: to work one out takes longer than most answers.

use rustc_hash::FxHashMap;

use crate::graph::{Graph, NodeId};
use crate::needs::Chain;
use crate::value::FluentId;
use crate::values::ValuesId;
use crate::world::World;

/// An answer with what was read for it.
pub struct Answer<T> {
    /// The answer.
    pub what: T,
    /// The fluents read, and in whose minds.
    pub reads: Vec<(Chain, FluentId)>,
    /// More was read than that: it has to be worked out each time.
    pub more: bool,
}

/// An answer that stands.
#[derive(Debug, Clone)]
struct Kept<T> {
    what: T,
    reads: Vec<(Chain, FluentId)>,
    more: bool,
    /// When it was worked out.
    turn: u32,
}

/// The answers of the state asked last.
#[derive(Debug, Clone)]
pub struct Standing<T> {
    kept: Vec<Kept<T>>,
    /// Each mind that an answer rests on, as it was in the state asked last, with how much is read there.
    minds: FxHashMap<Chain, (ValuesId, usize)>,
    /// The questions that have read a fluent in a mind.
    readers: FxHashMap<(Chain, FluentId), Vec<u32>>,
    turn: u32,
}

impl<T> Default for Standing<T> {
    fn default() -> Self {
        Standing {
            kept: Vec::new(),
            minds: FxHashMap::default(),
            readers: FxHashMap::default(),
            turn: 0,
        }
    }
}

impl<T> Standing<T> {
    /// The answers to so many questions in a state of these values; `node`: the state itself, where its minds can be read.
    /// `work`: works out an answer.
    pub fn answers(
        &mut self,
        (world, graph): (&World, &Graph),
        (values, node): (ValuesId, Option<NodeId>),
        count: usize,
        mut work: impl FnMut(usize) -> Answer<T>,
    ) -> impl Iterator<Item = &T> {
        self.turn += 1;
        let now = |chain: Chain| match node {
            _ if chain == Chain::HERE => values,
            Some(node) => graph.values_of(chain.node(world, graph, node)),
            None => unreachable!("no mind was read where there are none"),
        };
        for question in self.kept.len()..count {
            let Answer { what, reads, more } = work(question);
            self.kept.push(Kept {
                what,
                reads,
                more,
                turn: self.turn,
            });
            self.enter(question, now);
        }
        // What the state itself shows to be stale need not be asked of minds.
        let mut chains: Vec<Chain> = self.minds.keys().copied().collect();
        chains.sort_unstable();
        for chain in chains {
            let Some(&(before, read)) = self.minds.get(&chain) else {
                continue; // nothing rests on it any more
            };
            if read == 0 {
                self.minds.remove(&chain);
                continue;
            }
            let after = now(chain);
            self.minds.insert(chain, (after, read));
            for fluent in graph.values.diff(before, after) {
                let readers = self.readers.get(&(chain, fluent)).cloned();
                for question in readers.into_iter().flatten() {
                    self.again(question as usize, &mut work, now);
                }
            }
        }
        let always = |&question: &usize| self.kept[question].more;
        let always: Vec<usize> = (0..count).filter(always).collect();
        for question in always {
            self.again(question, &mut work, now);
        }
        self.kept.iter().map(|kept| &kept.what)
    }

    /// Works out an answer again, unless that has been done in this turn.
    fn again(
        &mut self,
        question: usize,
        work: &mut impl FnMut(usize) -> Answer<T>,
        now: impl Fn(Chain) -> ValuesId,
    ) {
        if self.kept[question].turn == self.turn {
            return;
        }
        let Answer { what, reads, more } = work(question);
        let turn = self.turn;
        let known = &mut self.kept[question];
        if known.reads == reads {
            (known.what, known.more, known.turn) = (what, more, turn);
            return;
        }
        let before = std::mem::replace(
            &mut self.kept[question],
            Kept {
                what,
                reads,
                more,
                turn,
            },
        );
        for read in before.reads {
            let readers = self.readers.get_mut(&read).expect("it was entered");
            readers.retain(|&reader| reader as usize != question);
            self.minds.get_mut(&read.0).expect("it was entered").1 -= 1;
        }
        self.enter(question, now);
    }

    /// Notes what an answer rests on.
    fn enter(&mut self, question: usize, now: impl Fn(Chain) -> ValuesId) {
        for &(chain, fluent) in &self.kept[question].reads {
            let readers = self.readers.entry((chain, fluent)).or_default();
            readers.push(question as u32);
            self.minds.entry(chain).or_insert_with(|| (now(chain), 0)).1 += 1;
        }
    }
}
