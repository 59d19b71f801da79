//! The thin layer between Python and the engine: it converts, and decides nothing.

mod asked;
mod beside;
mod conversion;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use intrigue_engine::author::{Aim, Limits};
use intrigue_engine::effects::bit;
use intrigue_engine::engine::{Engine as Inner, Informed};
use intrigue_engine::events::EventId;
use intrigue_engine::goals::author::{Wanted, Ways};
use intrigue_engine::graph::NodeId;
use intrigue_engine::happenings::Part;
use intrigue_engine::motive::{Intent, Motives, Question, Stop};
use intrigue_engine::problem::{AtomId, Problem};
use intrigue_engine::search::exhaustive::stories;
use intrigue_engine::search::guess::HEURISTICS;
use intrigue_engine::search::{named, plan, Request, Watch, MODES};
use intrigue_engine::trial::{Lack, Place, Trials};
use intrigue_engine::value::FluentId;
use intrigue_engine::world::{Group, Person, World};
use pyo3::exceptions::{PyKeyboardInterrupt, PyMemoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::asked::{Asked, Within, Written};
use crate::beside::Beside;
use crate::conversion::{
    deadline, found, known_event, known_events, known_fluent, known_person, known_state, no, raise,
    so_far, to_python, told, EventError, ProblemError, TriggerLoopError,
};
use crate::worker::Worker;

/// The search makes and drops many small vectors, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// No story and no motive is longer.
const MOST: u32 = 1000;

/// What a condition takes from here on, if it can be told, and events on the way to it, each with what it takes.
type OnTheWay = (Option<u32>, Vec<(EventId, u32)>);

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
        Ok(Engine {
            motives: Arc::new(Mutex::new(Motives::new(&inner))),
            worker: Worker::new(inner.interrupt.clone()),
            inner: Arc::new(Mutex::new(inner)),
            ways: Mutex::default(),
            trials: Mutex::default(),
            asked: Asked::default(),
        })
    }

    fn apart(&self) -> Self {
        let inner = self.lock();
        Engine {
            motives: Arc::new(Mutex::new(Motives::new(&inner))),
            worker: Worker::new(inner.interrupt.clone()),
            inner: self.inner.clone(),
            ways: Mutex::default(),
            trials: Mutex::default(),
            asked: Asked::default(),
        }
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
        let mut motives = self.motives.lock().unwrap_or_else(PoisonError::into_inner);
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

/// What all but some persons are supposed to know, as far as there are such fluents and persons.
fn hypothesis(
    engine: &Inner,
    fluents: Vec<FluentId>,
    but: &[AtomId],
) -> PyResult<(Vec<FluentId>, Group)> {
    for &fluent in &fluents {
        known_fluent(engine, fluent)?;
    }
    let mut group = 0;
    for &atom in but {
        group |= bit(known_person(engine, atom)?);
    }
    Ok((fluents, group))
}
