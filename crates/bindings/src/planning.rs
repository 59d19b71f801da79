//! What Python asks about what can come about: stories, plans, ways towards conditions.

use std::sync::Arc;
use std::time::Instant;

use intrigue_engine::author::{Aim, Limits};
use intrigue_engine::engine::Informed;
use intrigue_engine::events::EventId;
use intrigue_engine::goals::author::Ways;
use intrigue_engine::graph::NodeId;
use intrigue_engine::happenings::Part;
use intrigue_engine::motive::{Motives, Stop};
use intrigue_engine::problem::AtomId;
use intrigue_engine::search::exhaustive::stories;
use intrigue_engine::search::{named, plan, Request, Watch};
use intrigue_engine::trial::{Lack, Place, Trials};
use intrigue_engine::value::FluentId;
use pyo3::exceptions::{PyKeyboardInterrupt, PyMemoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::conversion::{
    deadline, hypothesis, known_event, known_events, known_state, raise, so_far, told,
};
use crate::{locked, Condition, Engine, MOST};

/// What a condition takes from here on, if it can be told, and events on the way to it, each with what it takes.
type OnTheWay = (Option<u32>, Vec<(EventId, u32)>);

#[pymethods]
impl Engine {
    #[pyo3(signature = (max_events, *, max_motive = 8, max_minds = 4, alphabet = None, seconds = None))]
    fn solutions(
        &self,
        py: Python<'_>,
        max_events: u32,
        max_motive: u32,
        max_minds: u32,
        alphabet: Option<Vec<EventId>>,
        seconds: Option<f64>,
    ) -> PyResult<Option<Vec<Vec<EventId>>>> {
        let limits = Limits {
            events: max_events,
            motive: max_motive,
            minds: max_minds,
            deadline: deadline(seconds)?,
        };
        known_events(&self.lock(), alphabet.iter().flatten())?;
        let (inner, motives) = (self.inner.clone(), self.motives.clone());
        let found = self.worker.interruptible(py, move || {
            let mut engine = locked(&inner);
            match &alphabet {
                None => {
                    let mut motives = locked(&motives);
                    stories(&mut engine, &mut motives, limits, None)
                }
                Some(events) => {
                    let mut motives = Motives::within(&engine, events);
                    stories(&mut engine, &mut motives, limits, Some(events))
                }
            }
        })?;
        match found {
            Ok(stories) => Ok(Some(stories)),
            Err(Stop::Memory) => Err(PyMemoryError::new_err("the memory allowed is used up")),
            Err(_) => Ok(None),
        }
    }

    #[pyo3(signature = (
        state, *, worth = None, goal = None, max_events = 12, max_motive = 8, max_minds = 4, count = 1, shortest = false,
        alphabet = None, seconds = None, memory_mb = None, seed = 0, threads = 1, search = "growing", heuristic = "layers",
        progress = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn plan<'py>(
        &self,
        py: Python<'py>,
        state: NodeId,
        worth: Option<f64>,
        goal: Option<&str>,
        max_events: u32,
        max_motive: u32,
        max_minds: u32,
        count: usize,
        shortest: bool,
        alphabet: Option<Vec<EventId>>,
        seconds: Option<f64>,
        memory_mb: Option<usize>,
        seed: u64,
        threads: usize,
        search: &str,
        heuristic: &str,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let wrong = |words: &str| Err(PyValueError::new_err(words.to_string()));
        named(search, heuristic).map_err(|mistake| PyValueError::new_err(mistake.to_string()))?;
        if count == 0 || threads == 0 || max_events > MOST || max_motive > MOST || max_minds > MOST
        {
            return wrong("count and threads are at least 1, and limits at most 1000");
        }
        let request = {
            let mut engine = self.lock();
            known_events(&engine, alphabet.iter().flatten())?;
            let aim = match (worth, goal) {
                (Some(worth), None) if worth.is_finite() => Aim::Worth(worth),
                (None, Some(goal)) => Aim::Holds((*self.asked.read(&engine, goal, &[])?.0).clone()),
                _ => return wrong("either a worth (a number) or a goal (an expression)"),
            };
            if let Some(memory_mb) = memory_mb {
                engine.allow(memory_mb.saturating_mul(1 << 20));
            }
            Request {
                start: known_state(&engine, state)?,
                aim,
                limits: Limits {
                    events: max_events,
                    motive: max_motive,
                    minds: max_minds,
                    deadline: deadline(seconds)?,
                },
                count,
                shortest,
                alphabet,
                seed,
                threads,
                search: search.to_string(),
                heuristic: heuristic.to_string(),
            }
        };
        let watch = Arc::new(Watch::default());
        let began = Instant::now();
        let look = |py: Python<'_>| match &progress {
            None => Ok(()),
            Some(progress) => {
                let counts = so_far(py, &watch, began.elapsed())?;
                progress.call1(py, (counts,)).map(|_| ())
            }
        };
        let (inner, motives, watching) = (self.inner.clone(), self.motives.clone(), watch.clone());
        let work = move || {
            let mut engine = locked(&inner);
            let mut motives = locked(&motives);
            plan(&mut engine, &mut motives, &request, &watching)
        };
        let (plans, signal) = self.worker.watched(py, work, look)?;
        match signal {
            // Who presses the button gets what there is by now.
            Err(error) if error.is_instance_of::<PyKeyboardInterrupt>(py) => {}
            signal => signal?,
        }
        let plans = plans.map_err(|mistake| PyValueError::new_err(mistake.to_string()))?;
        told(py, plans, &watch)
    }

    #[pyo3(signature = (state, expr, args, owner = None))]
    fn reachable(
        &self,
        state: NodeId,
        expr: &str,
        args: Vec<AtomId>,
        owner: Option<AtomId>,
    ) -> PyResult<bool> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        let (expr, env) = self.asked.read(&engine, expr, &args)?;
        let mut motives = locked(&self.motives);
        Ok(motives
            .relaxed
            .reachable(&engine, state, &expr, env, owner.is_none()))
    }

    fn relaxed_plan(
        &self,
        state: NodeId,
        expr: &str,
        args: Vec<AtomId>,
        but: Vec<EventId>,
    ) -> PyResult<Option<(usize, Vec<Part>)>> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        known_events(&engine, &but)?;
        let (expr, env) = self.asked.read(&engine, expr, &args)?;
        let mut motives = locked(&self.motives);
        let plan = motives.relaxed.plan(&engine, state, &expr, env, &but);
        Ok(plan.map(|plan| (plan.length, plan.helpful)))
    }

    fn towards(
        &self,
        state: NodeId,
        wanted: Vec<Condition>,
        max_events: u32,
    ) -> PyResult<OnTheWay> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        let all = self.wanted(&engine, wanted)?;
        let mut ways = locked(&self.ways);
        let ways = ways.get_or_insert_with(|| Ways::new(&engine.world));
        let found = ways.towards(&engine, state, &all, max_events.min(MOST));
        Ok((found.weight, found.events))
    }

    #[pyo3(signature = (state, came, then, wanted, *, target = None, informed = None))]
    #[allow(clippy::too_many_arguments)] // they are Python's
    fn lessening(
        &self,
        py: Python<'_>,
        state: NodeId,
        came: (NodeId, Vec<EventId>),
        then: Vec<EventId>,
        wanted: Vec<Vec<Condition>>,
        target: Option<EventId>,
        informed: Option<(Vec<FluentId>, Vec<AtomId>)>,
    ) -> PyResult<Vec<(EventId, Vec<usize>)>> {
        let mut engine = self.lock();
        known_events(&engine, came.1.iter().chain(&then))?;
        let informed = informed
            .map(|(fluents, but)| hypothesis(&engine, fluents, &but))
            .transpose()?;
        let place = Place {
            node: known_state(&engine, state)?,
            root: known_state(&engine, came.0)?,
            path: &came.1,
            informed: informed
                .as_ref()
                .map(|(fluents, but)| Informed { fluents, but: *but }),
        };
        let mut lacks = Vec::new();
        if let Some(event) = target {
            let event = known_event(&engine, event)?;
            lacks.push(Lack::Event(event, engine.meant(event)));
        }
        for each in wanted {
            lacks.push(Lack::Conditions(self.wanted(&engine, each)?.into()));
        }
        let mut trials = locked(&self.trials);
        let trials = trials.get_or_insert_with(|| Trials::new(&engine));
        let found = trials.lessening(&mut engine, place, &then, &lacks);
        found.map_err(|trouble| raise(py, &engine.world, trouble))
    }
}
