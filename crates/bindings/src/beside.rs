//! Questions about motives that are answered beside others: in a copy of the engine, on a thread of its own.
//!
//! The answers to a person's own questions rest on nothing that is asked about anybody else (`Question::own`), so it makes no difference
//! where they are worked out, nor when. The copy begins with all that was found out by then. It has half of the memory that the engine may use, and so has the engine meanwhile.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};

use intrigue_engine::engine::Engine as Inner;
use intrigue_engine::events::{Args, EventId};
use intrigue_engine::motive::{Effort, Motives, Part, Plan, Question, Stop, Verdict};
use intrigue_engine::problem::ActionId;
use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::conversion::found;
use crate::locked;
use crate::worker::{waited, STACK};

/// What was found out, and what it took.
type Answer = (Verdict, Effort);

/// The answers, as far as they could be given, with the copy's events that the engine may not know.
type Answers = (Vec<Vec<Answer>>, HashMap<EventId, (ActionId, Args)>);

/// Questions at work.
#[pyclass(frozen, module = "intrigue._engine")]
pub struct Beside {
    engine: Arc<Mutex<Inner>>,
    /// What the engine may use when this is over, in bytes.
    memory: usize,
    interrupt: Arc<AtomicBool>,
    done: Arc<AtomicUsize>,
    answers: Mutex<Option<Receiver<Answers>>>,
}

impl Beside {
    /// Begins with questions, each of them some that are asked one after the other until one has an answer. None if the engine holds so much
    /// already that there is no room for a copy.
    pub fn begin(
        engine: &Arc<Mutex<Inner>>,
        motives: &Mutex<Motives>,
        questions: Vec<Vec<Question>>,
    ) -> PyResult<Option<Self>> {
        let (mut copy, memory) = {
            let mut engine = locked(engine);
            let memory = engine.allowed();
            if engine.bytes() > memory / 8 * 3 {
                return Ok(None);
            }
            engine.allow(memory / 2);
            (engine.clone(), memory)
        };
        let (sender, answers) = std::sync::mpsc::channel();
        let mut motives = locked(motives).informed(&copy);
        copy.interrupt = Arc::default();
        let beside = Beside {
            engine: engine.clone(),
            memory,
            interrupt: copy.interrupt.clone(),
            done: Arc::default(),
            answers: Mutex::new(Some(answers)),
        };
        let done = beside.done.clone();
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || {
                // Nobody waits for it any more if it was stopped.
                let _ = sender.send(answer(&mut copy, &mut motives, questions, &done));
            })
            .map_err(|error| PyMemoryError::new_err(error.to_string()))?;
        Ok(Some(beside))
    }

    /// Nothing more is to be done, and the engine has its memory back.
    fn end(&self) {
        self.interrupt.store(true, Ordering::Relaxed);
        if locked(&self.answers).take().is_some() {
            locked(&self.engine).allow(self.memory);
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.end();
    }
}

#[pymethods]
impl Beside {
    /// How many of the questions are answered.
    fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Ends it; there will be no answers.
    fn stop(&self) {
        self.end();
    }

    #[pyo3(signature = (progress = None))]
    fn answers<'py>(
        &self,
        py: Python<'py>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Vec<Bound<'py, PyDict>>>> {
        let Some(waiting) = locked(&self.answers).take() else {
            return Err(PyRuntimeError::new_err(
                "the answers were given or given up",
            ));
        };
        let look = |py: Python<'_>| match &progress {
            None => Ok(()),
            Some(progress) => progress.call1(py, (self.done(),)).map(drop),
        };
        let waited = waited(py, waiting, &self.interrupt, look);
        let mut engine = locked(&self.engine);
        engine.allow(self.memory);
        let ((answers, events), signal) = waited?;
        signal?;
        let events = events
            .into_iter()
            .map(|(event, (action, args))| (event, engine.event(action, &args)))
            .collect();
        answers
            .iter()
            .map(|tried| {
                let told = tried.iter().map(|(verdict, effort)| {
                    found(py, &engine.world, &renamed(verdict, &events), *effort)
                });
                told.collect()
            })
            .collect()
    }
}

/// Asks question after question. Where the memory is used up it goes no further: with more there might be an answer.
fn answer(
    engine: &mut Inner,
    motives: &mut Motives,
    questions: Vec<Vec<Question>>,
    done: &AtomicUsize,
) -> Answers {
    let known = engine.graph.events.len();
    let mut answers = Vec::new();
    'questions: for question in questions {
        let mut tried = Vec::new();
        for one in question {
            let (verdict, effort) = motives.ask(engine, &one);
            if let Verdict::Undecided(Stop::Memory | Stop::Interrupt) = verdict {
                break 'questions;
            }
            let found = matches!(verdict, Verdict::Found(..));
            tried.push((verdict, effort));
            if found {
                break;
            }
        }
        answers.push(tried);
        done.fetch_add(1, Ordering::Relaxed);
    }
    let new = known..engine.graph.events.len();
    let new = new.map(|event| event as EventId);
    (
        answers,
        new.map(|event| (event, engine.event_of(event))).collect(),
    )
}

/// The verdict with the engine's numbers for the copy's events.
fn renamed(verdict: &Verdict, events: &HashMap<EventId, EventId>) -> Verdict {
    fn plan(one: &Plan, events: &HashMap<EventId, EventId>) -> Plan {
        let parts = one.0.iter().map(|part| Part {
            event: *events.get(&part.event).unwrap_or(&part.event),
            others: part
                .others
                .iter()
                .map(|(person, theirs)| (*person, Arc::new(plan(theirs, events))))
                .collect(),
        });
        Plan(parts.collect())
    }
    match verdict {
        Verdict::Found(found, before, after) => {
            Verdict::Found(Arc::new(plan(found, events)), *before, *after)
        }
        other => other.clone(),
    }
}
