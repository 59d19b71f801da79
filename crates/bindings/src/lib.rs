//! The thin layer between Python and the engine: it converts, and decides nothing. Here: states and events; what is asked of motives and
//! plans has files of its own.

mod asked;
mod beside;
mod conversion;
mod motives;
mod planning;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use intrigue_engine::engine::{Engine as Inner, Informed};
use intrigue_engine::events::EventId;
use intrigue_engine::goals::author::{Wanted, Ways};
use intrigue_engine::graph::NodeId;
use intrigue_engine::motive::Motives;
use intrigue_engine::problem::{AtomId, Problem};
use intrigue_engine::search::guess::HEURISTICS;
use intrigue_engine::search::MODES;
use intrigue_engine::trial::Trials;
use intrigue_engine::value::FluentId;
use intrigue_engine::world::{Person, World};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::asked::Asked;
use crate::beside::Beside;
use crate::conversion::{
    hypothesis, known_event, known_fluent, known_person, known_state, no, raise, to_python,
    EventError, ProblemError, TriggerLoopError,
};
use crate::worker::Worker;

/// The search makes and drops many small vectors, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// No story and no motive is longer.
const MOST: u32 = 1000;

/// A condition in the mind at the end of a chain of persons: as JSON, with its arguments.
type Condition = (Vec<AtomId>, String, Vec<AtomId>);

/// A want that counts or can count: its index, its parameters, what it is worth now, its weight.
type Counted = (usize, Vec<AtomId>, f64, f64);

/// One grounded problem with its states. States are permanent numbers; equal numbers are the same state.
#[pyclass(frozen, module = "intrigue._engine")]
struct Engine {
    inner: Arc<Mutex<Inner>>,
    /// Always locked after `inner`.
    motives: Arc<Mutex<Motives>>,
    /// What leads where, for the author; begun with the first question.
    ways: Mutex<Option<Ways>>,
    /// Where single events are tried; begun with the first.
    trials: Mutex<Option<Trials>>,
    asked: Asked,
    worker: Worker,
}

/// Whoever failed with the lock in hand left nothing half done that matters.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// These states and events, with nothing found out about motives.
    fn of(inner: Arc<Mutex<Inner>>) -> Self {
        let engine = locked(&inner);
        let motives = Arc::new(Mutex::new(Motives::new(&engine)));
        let worker = Worker::new(engine.interrupt.clone());
        drop(engine);
        Engine {
            inner,
            motives,
            ways: Mutex::default(),
            trials: Mutex::default(),
            asked: Asked::default(),
            worker,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        locked(&self.inner)
    }

    /// Conditions in the minds at the end of chains of persons.
    fn wanted(&self, engine: &Inner, conditions: Vec<Condition>) -> PyResult<Vec<Wanted>> {
        let one = |(chain, expr, args): Condition| {
            let chain = chain.into_iter().map(|atom| known_person(engine, atom));
            let chain = chain.collect::<PyResult<_>>()?;
            let (expr, env) = self.asked.read(engine, &expr, &args)?;
            Ok(Wanted { chain, expr, env })
        };
        conditions.into_iter().map(one).collect()
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (problem, *, memory_mb = 160))]
    fn new(py: Python<'_>, problem: &str, memory_mb: usize) -> PyResult<Self> {
        let read = || {
            serde_json::from_str::<Problem>(problem)
                .map_err(|error| ProblemError::new_err(error.to_string()))
        };
        let parsed = read()?;
        let inner = match py.detach(|| Inner::new(parsed, memory_mb)) {
            Ok(inner) => inner,
            Err(trouble) => {
                let world = World::new(read()?);
                return Err(match world {
                    Ok(world) => raise(py, &world, trouble),
                    Err(error) => ProblemError::new_err(error.to_string()),
                });
            }
        };
        Ok(Engine::of(Arc::new(Mutex::new(inner))))
    }

    fn apart(&self) -> Self {
        Engine::of(self.inner.clone())
    }

    fn start(&self) -> NodeId {
        self.lock().start()
    }

    fn fluent(&self, fact: usize, args: Vec<AtomId>) -> PyResult<FluentId> {
        self.lock()
            .fluent(fact, &args)
            .ok_or_else(|| no("fluent", (fact, args)))
    }

    fn fluent_of(&self, fluent: FluentId) -> PyResult<(usize, Vec<AtomId>)> {
        let engine = self.lock();
        Ok(engine.world.fluent_of(known_fluent(&engine, fluent)?))
    }

    fn fluent_count(&self) -> usize {
        self.lock().world.fluents()
    }

    fn fluents(&self, fact: usize) -> PyResult<(FluentId, FluentId)> {
        let engine = self.lock();
        if fact >= engine.world.problem.facts.len() {
            return Err(no("fact", fact));
        }
        Ok((engine.world.base(fact), engine.world.base(fact + 1)))
    }

    fn value(&self, py: Python<'_>, state: NodeId, fluent: FluentId) -> PyResult<Py<PyAny>> {
        let engine = self.lock();
        let value = engine.value(known_state(&engine, state)?, known_fluent(&engine, fluent)?);
        to_python(py, &engine.world, value)
    }

    fn values(&self, py: Python<'_>, state: NodeId) -> PyResult<Vec<Py<PyAny>>> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        let fluents = 0..engine.world.fluents() as FluentId;
        fluents
            .map(|fluent| to_python(py, &engine.world, engine.value(state, fluent)))
            .collect()
    }

    fn believed(&self, state: NodeId, person: AtomId) -> PyResult<NodeId> {
        let engine = self.lock();
        Ok(engine.believed(known_state(&engine, state)?, known_person(&engine, person)?))
    }

    fn supposing(
        &self,
        py: Python<'_>,
        mind: NodeId,
        person: AtomId,
        values: Vec<(FluentId, String)>,
    ) -> PyResult<NodeId> {
        let mut engine = self.lock();
        let mind = known_state(&engine, mind)?;
        let person = known_person(&engine, person)?;
        let mut supposed = Vec::with_capacity(values.len());
        for (fluent, expr) in values {
            let (expr, env) = self.asked.read(&engine, &expr, &[])?;
            supposed.push((
                known_fluent(&engine, fluent)?,
                engine.evaluate(mind, &expr, env),
            ));
        }
        let state = engine.supposing(person, mind, &supposed);
        state.map_err(|trouble| raise(py, &engine.world, trouble))
    }

    fn informed(
        &self,
        py: Python<'_>,
        state: NodeId,
        fluents: Vec<FluentId>,
        but: Vec<AtomId>,
    ) -> PyResult<NodeId> {
        let mut engine = self.lock();
        let state = known_state(&engine, state)?;
        let (fluents, but) = hypothesis(&engine, fluents, &but)?;
        let informed = Informed {
            fluents: &fluents,
            but,
        };
        let state = engine.informed(state, informed);
        state.map_err(|trouble| raise(py, &engine.world, trouble))
    }

    fn changed(&self, before: NodeId, after: NodeId) -> PyResult<Vec<FluentId>> {
        let engine = self.lock();
        let before = engine.values_of(known_state(&engine, before)?);
        let after = engine.values_of(known_state(&engine, after)?);
        Ok(engine.graph.values.diff(before, after))
    }

    fn evaluate(
        &self,
        py: Python<'_>,
        state: NodeId,
        expr: &str,
        args: Vec<AtomId>,
    ) -> PyResult<Py<PyAny>> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        let (expr, env) = self.asked.read(&engine, expr, &args)?;
        to_python(py, &engine.world, engine.evaluate(state, &expr, env))
    }

    fn reads(
        &self,
        state: NodeId,
        expr: &str,
        args: Vec<AtomId>,
    ) -> PyResult<Vec<(Vec<AtomId>, FluentId)>> {
        let engine = self.lock();
        let state = known_state(&engine, state)?;
        let (expr, env) = self.asked.read(&engine, expr, &args)?;
        let read = engine.reads(state, &expr, env).into_iter();
        let atoms = |chain: Vec<Person>| {
            chain
                .into_iter()
                .map(|person| engine.world.atom(person))
                .collect()
        };
        Ok(read.map(|(chain, fluent)| (atoms(chain), fluent)).collect())
    }

    fn event(&self, action: usize, args: Vec<AtomId>) -> PyResult<EventId> {
        let mut engine = self.lock();
        if !engine.world.is_event(action, &args) {
            return Err(no("event", (action, args)));
        }
        Ok(engine.event(action, &args))
    }

    fn event_of(&self, event: EventId) -> PyResult<(usize, Vec<AtomId>)> {
        let engine = self.lock();
        let (action, args) = engine.event_of(known_event(&engine, event)?);
        Ok((action, args.to_vec()))
    }

    fn possible(&self, state: NodeId, event: EventId) -> PyResult<bool> {
        let engine = self.lock();
        Ok(engine.possible(known_state(&engine, state)?, known_event(&engine, event)?))
    }

    fn failing(&self, state: NodeId, event: EventId) -> PyResult<Vec<usize>> {
        let engine = self.lock();
        Ok(engine.failing(known_state(&engine, state)?, known_event(&engine, event)?))
    }

    fn candidates(
        &self,
        state: NodeId,
        action: usize,
        args: Vec<Option<AtomId>>,
    ) -> PyResult<Vec<EventId>> {
        let mut engine = self.lock();
        let state = known_state(&engine, state)?;
        match engine.world.problem.actions.get(action) {
            Some(lifted) if lifted.params.len() == args.len() => {
                Ok(engine.candidates(state, action, &args))
            }
            _ => Err(no("action with such arguments", (action, args))),
        }
    }

    fn willing(&self, state: NodeId, event: EventId) -> PyResult<Vec<AtomId>> {
        let engine = self.lock();
        let willing = engine.willing(known_state(&engine, state)?, known_event(&engine, event)?);
        Ok(willing
            .into_iter()
            .map(|person| engine.world.atom(person))
            .collect())
    }

    fn observers<'py>(
        &self,
        py: Python<'py>,
        state: NodeId,
        event: EventId,
    ) -> PyResult<Bound<'py, PyDict>> {
        let engine = self.lock();
        let observers =
            engine.observers(known_state(&engine, state)?, known_event(&engine, event)?);
        let result = PyDict::new(py);
        for (person, line) in observers {
            result.set_item(engine.world.atom(person), line)?;
        }
        Ok(result)
    }

    #[pyo3(signature = (state, event, owner = None))]
    fn after(
        &self,
        py: Python<'_>,
        state: NodeId,
        event: EventId,
        owner: Option<AtomId>,
    ) -> PyResult<NodeId> {
        let mut engine = self.lock();
        let (state, event) = (known_state(&engine, state)?, known_event(&engine, event)?);
        let after = match owner {
            None => engine.after(state, event),
            Some(owner) => {
                let owner = known_person(&engine, owner)?;
                engine.imagine(owner, state, event)
            }
        };
        after.map_err(|trouble| raise(py, &engine.world, trouble))
    }

    #[pyo3(signature = (state, event, owner = None))]
    fn fired(
        &self,
        py: Python<'_>,
        state: NodeId,
        event: EventId,
        owner: Option<AtomId>,
    ) -> PyResult<Vec<(usize, Vec<AtomId>)>> {
        let mut engine = self.lock();
        let (state, event) = (known_state(&engine, state)?, known_event(&engine, event)?);
        let owner = owner
            .map(|owner| known_person(&engine, owner))
            .transpose()?;
        engine
            .fired(owner, state, event)
            .map_err(|trouble| raise(py, &engine.world, trouble))
    }

    fn utility(&self, state: NodeId, person: Option<AtomId>) -> PyResult<Option<f64>> {
        let engine = self.lock();
        let person = person
            .map(|person| known_person(&engine, person))
            .transpose()?;
        Ok(engine.utility(known_state(&engine, state)?, person))
    }

    fn wants(&self, state: NodeId, person: AtomId) -> PyResult<Vec<Counted>> {
        let engine = self.lock();
        let wants = engine.wants(known_state(&engine, state)?, known_person(&engine, person)?);
        let weight = |index: usize| engine.world.problem.wants[index].weight;
        Ok(wants
            .into_iter()
            .map(|(index, args, now)| (index, args.to_vec(), now, weight(index)))
            .collect())
    }

    fn allow(&self, memory_mb: usize) {
        self.lock().allow(memory_mb.saturating_mul(1 << 20));
    }

    fn small(&self) -> bool {
        let engine = self.lock();
        locked(&self.motives).relaxed.small(&engine.world)
    }

    fn statistics(&self) -> HashMap<&'static str, usize> {
        let engine = self.lock();
        HashMap::from([
            ("states", engine.graph.len()),
            ("value arrays", engine.graph.values.len()),
            ("events", engine.graph.events.len()),
            ("bytes", engine.bytes()),
        ])
    }
}

/// The engine, as Python sees it.
#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add_class::<Engine>()?;
    module.add_class::<Beside>()?;
    module.add("SEAM", include_str!("../../../src/intrigue/_engine.pyi"))?;
    let names: Vec<_> = MODES.iter().map(|one| (one.name, one.what)).collect();
    module.add("SEARCHES", names)?;
    let names: Vec<_> = HEURISTICS.iter().map(|one| (one.name, one.what)).collect();
    module.add("HEURISTICS", names)?;
    module.add("ProblemError", py.get_type::<ProblemError>())?;
    module.add("EventError", py.get_type::<EventError>())?;
    module.add("TriggerLoopError", py.get_type::<TriggerLoopError>())?;
    Ok(())
}
