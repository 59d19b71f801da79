//! What Python asks about motives.

use intrigue_engine::events::EventId;
use intrigue_engine::graph::NodeId;
use intrigue_engine::motive::{Intent, Question};
use intrigue_engine::problem::AtomId;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::asked::{Within, Written};
use crate::beside::Beside;
use crate::conversion::{deadline, found, known_events, known_person, known_state};
use crate::{locked, Engine, MOST};

#[pymethods]
impl Engine {
    #[pyo3(signature = (
        mind, person, event, *, max_events = 8, max_minds = 4, budget = 200_000, goals = None, seconds = None,
        waypoints = None, brings = None, hints = None, familiar = None, passing = false,
        follows = false
    ))]
    #[allow(clippy::too_many_arguments)]
    fn motive<'py>(
        &self,
        py: Python<'py>,
        mind: NodeId,
        person: AtomId,
        event: EventId,
        max_events: u32,
        max_minds: u32,
        budget: u64,
        goals: Option<u64>,
        seconds: Option<f64>,
        waypoints: Option<Vec<EventId>>,
        brings: Option<String>,
        hints: Option<Vec<Vec<EventId>>>,
        familiar: Option<Vec<EventId>>,
        passing: bool,
        follows: bool,
    ) -> PyResult<Bound<'py, PyDict>> {
        let written = Written {
            mind,
            person,
            event,
            waypoints: waypoints.unwrap_or_default(),
            brings,
            familiar: familiar.unwrap_or_default(),
            passing,
            follows,
        };
        let within = Within::new(max_events, max_minds, budget, seconds)?;
        let question = {
            let engine = self.lock();
            let hints = hints.unwrap_or_default();
            known_events(&engine, hints.iter().flatten())?;
            Question {
                hints,
                goals,
                ..written.read(&engine, &self.asked, within)?
            }
        };
        let (inner, motives) = (self.inner.clone(), self.motives.clone());
        let (verdict, effort) = self.worker.interruptible(py, move || {
            let mut engine = locked(&inner);
            let mut motives = locked(&motives);
            motives.ask(&mut engine, &question)
        })?;
        found(py, &self.lock().world, &verdict, effort)
    }

    fn forget_motives(&self, person: AtomId) -> PyResult<()> {
        let person = known_person(&self.lock(), person)?;
        locked(&self.motives).forget(person);
        Ok(())
    }

    #[pyo3(signature = (questions, *, max_events = 8, max_minds = 4, budget = 200_000, seconds = None))]
    fn beside(
        &self,
        questions: Vec<Vec<Written>>,
        max_events: u32,
        max_minds: u32,
        budget: u64,
        seconds: Option<f64>,
    ) -> PyResult<Option<Beside>> {
        let within = Within::new(max_events, max_minds, budget, seconds)?;
        let questions = {
            let engine = self.lock();
            let read = |one: Written| one.read(&engine, &self.asked, within);
            let each = |tried: Vec<Written>| tried.into_iter().map(read).collect();
            questions.into_iter().map(each).collect::<PyResult<_>>()?
        };
        Beside::begin(&self.inner, &self.motives, questions)
    }

    #[pyo3(signature = (
        mind, person, *, max_events = 8, max_minds = 4, budget = 20_000, goals = None, seconds = None, familiar = None,
        among = None, brings = None, waypoints = None
    ))]
    #[allow(clippy::too_many_arguments)]
    fn intention<'py>(
        &self,
        py: Python<'py>,
        mind: NodeId,
        person: AtomId,
        max_events: u32,
        max_minds: u32,
        budget: u64,
        goals: Option<u64>,
        seconds: Option<f64>,
        familiar: Option<Vec<EventId>>,
        among: Option<Vec<EventId>>,
        brings: Option<&str>,
        waypoints: Option<Vec<EventId>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        if max_minds == 0 || max_events > MOST || max_minds > MOST {
            return Err(PyValueError::new_err(
                "limits are at most 1000, and minds at least 1",
            ));
        }
        let intent = {
            let engine = self.lock();
            let familiar = familiar.unwrap_or_default();
            let waypoints = waypoints.unwrap_or_default();
            let given = familiar.iter().chain(among.iter().flatten());
            known_events(&engine, given.chain(&waypoints))?;
            Intent {
                mind: known_state(&engine, mind)?,
                person: known_person(&engine, person)?,
                events: max_events,
                minds: max_minds,
                budget,
                goals,
                deadline: deadline(seconds)?,
                familiar,
                among,
                brings: self.asked.condition(&engine, brings)?,
                waypoints,
            }
        };
        let (inner, motives) = (self.inner.clone(), self.motives.clone());
        let (verdict, effort) = self.worker.interruptible(py, move || {
            let mut engine = locked(&inner);
            let mut motives = locked(&motives);
            motives.intend(&mut engine, &intent)
        })?;
        found(py, &self.lock().world, &verdict, effort)
    }

    #[pyo3(signature = (mind, person, *, max_events = 8, brings = None))]
    fn likely(
        &self,
        mind: NodeId,
        person: AtomId,
        max_events: u32,
        brings: Option<&str>,
    ) -> PyResult<Vec<EventId>> {
        let mut engine = self.lock();
        let (mind, person) = (known_state(&engine, mind)?, known_person(&engine, person)?);
        let brings = self.asked.condition(&engine, brings)?;
        let mut motives = locked(&self.motives);
        let likely = motives.likely(&mut engine, mind, person, max_events, brings.as_ref());
        Ok(likely.to_vec())
    }
}
