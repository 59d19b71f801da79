//! Answers that stand as long as nothing changes that they rest on: of a list of questions asked of one state after the other, only
//! those are worked out again that read something which differs from the state before.

use rustc_hash::FxHashMap;

use crate::graph::Graph;
use crate::value::FluentId;
use crate::values::ValuesId;

/// An answer with what was read for it.
pub struct Answer<T, M> {
    /// The answer.
    pub what: T,
    /// The fluents read in the state itself.
    pub reads: Vec<FluentId>,
    /// What was read elsewhere, in minds; none: nothing.
    pub elsewhere: Option<M>,
}

/// The answers of the state asked last.
#[derive(Debug, Clone)]
pub struct Standing<T, M> {
    values: Option<ValuesId>,
    answers: Vec<T>,
    /// By question: the fluents it is known to read, and what it read elsewhere the last time.
    reads: Vec<Vec<FluentId>>,
    elsewhere: Vec<Option<M>>,
    /// The questions that have read anything elsewhere.
    abroad: Vec<u32>,
    /// By fluent, the questions that have read it.
    readers: FxHashMap<FluentId, Vec<u32>>,
}

impl<T, M> Default for Standing<T, M> {
    fn default() -> Self {
        Standing {
            values: None,
            answers: Vec::new(),
            reads: Vec::new(),
            elsewhere: Vec::new(),
            abroad: Vec::new(),
            readers: FxHashMap::default(),
        }
    }
}

impl<T, M> Standing<T, M> {
    /// The answers to so many questions in a state of these values. `stands`: what was read elsewhere reads the same from here;
    /// `work`: works out an answer.
    pub fn answers(
        &mut self,
        graph: &Graph,
        values: ValuesId,
        count: usize,
        mut stands: impl FnMut(&M) -> bool,
        mut work: impl FnMut(usize) -> Answer<T, M>,
    ) -> &[T] {
        let Some(before) = self.values.replace(values) else {
            for question in 0..count {
                let answer = work(question);
                self.reads.push(Vec::new());
                self.elsewhere.push(None);
                let what = self.keep(question, answer);
                self.answers.push(what);
            }
            return &self.answers;
        };
        let mut stale: Vec<u32> = Vec::new();
        for fluent in graph.values.diff(before, values) {
            stale.extend(self.readers.get(&fluent).into_iter().flatten());
        }
        for &question in &self.abroad {
            let read = self.elsewhere[question as usize].as_ref();
            if read.is_some_and(|read| !stands(read)) {
                stale.push(question);
            }
        }
        stale.sort_unstable();
        stale.dedup();
        for question in stale {
            let answer = work(question as usize);
            self.answers[question as usize] = self.keep(question as usize, answer);
        }
        &self.answers
    }

    /// Notes what an answer rests on.
    fn keep(&mut self, question: usize, answer: Answer<T, M>) -> T {
        for fluent in answer.reads {
            if !self.reads[question].contains(&fluent) {
                self.reads[question].push(fluent);
                self.readers
                    .entry(fluent)
                    .or_default()
                    .push(question as u32);
            }
        }
        if answer.elsewhere.is_some() && !self.abroad.contains(&(question as u32)) {
            self.abroad.push(question as u32);
        }
        self.elsewhere[question] = answer.elsewhere;
        answer.what
    }
}
