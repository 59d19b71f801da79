//! What was read to work something out, so that it need not be worked out again where all of that is the same.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Chain;
use crate::engine::Engine;
use crate::expr::Trace;
use crate::graph::{Graph, NodeId};
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// A value read in the mind at the end of a chain.
pub type Read = (Chain, FluentId, Val);

/// Writes down what is read while something is worked out that is to be remembered.
#[derive(Debug, Default)]
pub struct Recorder {
    on: Cell<bool>,
    found: RefCell<Vec<Read>>,
    /// By fluent, the last recording in which it was read in the planner's own picture: most reads are, and each counts once.
    here: RefCell<Vec<u32>>,
    recording: Cell<u32>,
}

impl Recorder {
    /// Does some work, and tells what was read for it.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> (T, Vec<Read>) {
        let (on, before) = (self.on.replace(true), self.found.take());
        self.recording.set(self.recording.get() + 1);
        let result = work();
        let found = self.found.replace(before);
        self.recording.set(self.recording.get() + 1);
        self.on.set(on);
        (result, found)
    }

    /// Something was read.
    pub fn note(&self, (chain, fluent, value): Read) {
        if !self.on.get() {
            return;
        }
        if chain == Chain::HERE {
            let here = &mut *self.here.borrow_mut();
            if here.len() <= fluent as usize {
                here.resize(fluent as usize + 1, 0);
            }
            if std::mem::replace(&mut here[fluent as usize], self.recording.get())
                == self.recording.get()
            {
                return;
            }
        }
        let found = &mut *self.found.borrow_mut();
        if chain == Chain::HERE
            || !found
                .iter()
                .rev()
                .take(16)
                .any(|read| *read == (chain, fluent, value))
        {
            found.push((chain, fluent, value));
        }
    }

    /// Listens to a reader in the mind at the end of a chain.
    pub fn listen(&self, chain: Chain, planner: Person) -> Listener<'_> {
        Listener {
            recorder: self,
            chain,
            planner,
            outer: Vec::new(),
        }
    }
}

/// What has been worked out for each key, with all that it rests on; the last few for each.
#[derive(Debug)]
pub struct Memo<K, V>(RefCell<FxHashMap<K, VecDeque<Known<V>>>>);

/// A result with all that was read for it, and the state in which that was last seen to be the same.
#[derive(Debug)]
struct Known<V> {
    reads: Arc<[Read]>,
    result: V,
    seen: NodeId,
}

/// So much is remembered for one key.
const REMEMBERED: usize = 2;

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(RefCell::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// What was worked out before, if all that it rests on reads the same here; else `work` is done.
    pub fn get(
        &self,
        recorder: &Recorder,
        (engine, root): (&Engine, NodeId),
        key: K,
        work: impl FnOnce() -> V,
    ) -> V {
        let stands = |known: &&mut Known<V>| {
            let stands = || same(&engine.world, &engine.graph, root, &known.reads);
            known.seen == root || stands()
        };
        if let Some(all) = self.0.borrow_mut().get_mut(&key) {
            if let Some(known) = all.iter_mut().rev().find(stands) {
                known.seen = root;
                if recorder.on.get() {
                    known.reads.iter().for_each(|&read| recorder.note(read));
                }
                return known.result.clone();
            }
        }
        let (result, reads) = recorder.aside(work);
        if recorder.on.get() {
            reads.iter().for_each(|&read| recorder.note(read));
        }
        let mut memo = self.0.borrow_mut();
        let all = memo.entry(key).or_default();
        if all.len() >= REMEMBERED {
            all.pop_front();
        }
        all.push_back(Known {
            reads: reads.into(),
            result: result.clone(),
            seen: root,
        });
        result
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.0.take();
    }
}

/// All of it reads the same from this state on.
pub fn same(world: &World, graph: &Graph, root: NodeId, reads: &[Read]) -> bool {
    reads.chunk_by(|a, b| a.0 == b.0).all(|reads| {
        let node = reads[0].0.node(world, graph, root);
        let read = reads.iter().map(|&(_, fluent, value)| (fluent, value));
        graph.values.holds(graph.values_of(node), read)
    })
}

/// Follows a reader through minds.
pub struct Listener<'a> {
    recorder: &'a Recorder,
    chain: Chain,
    planner: Person,
    outer: Vec<Chain>,
}

impl Trace for Listener<'_> {
    fn read(&mut self, fluent: FluentId, value: Val) {
        self.recorder.note((self.chain, fluent, value));
    }
    fn enter(&mut self, person: Person) {
        self.outer.push(self.chain);
        self.chain = self.chain.then(person, self.planner);
    }
    fn leave(&mut self) {
        self.chain = self.outer.pop().expect("whoever leaves has entered");
    }
}
