//! What crosses between Python and the engine: values, plans, and what went wrong.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use intrigue_engine::effects::bit;
use intrigue_engine::engine::{Engine, Trouble};
use intrigue_engine::events::EventId;
use intrigue_engine::graph::NodeId;
use intrigue_engine::motive::{Effort, Plan, Stop, Verdict};
use intrigue_engine::problem::AtomId;
use intrigue_engine::search::{Plans, Watch};
use intrigue_engine::value::{FluentId, Val};
use intrigue_engine::world::{Group, Person, World};
use pyo3::exceptions::{PyException, PyKeyboardInterrupt, PyMemoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use pyo3::{create_exception, IntoPyObjectExt};

create_exception!(
    intrigue._engine,
    ProblemError,
    PyException,
    "A problem that breaks the contract of the border."
);
create_exception!(
    intrigue._engine,
    EventError,
    PyException,
    "An event whose effects contradict each other. args: (message, fluent, value, value)."
);
create_exception!(
    intrigue._engine,
    TriggerLoopError,
    PyException,
    "Triggers that never rest. args: (message, [(trigger index, [atoms])])."
);

/// What stopped a search.
pub fn stopped_by(stop: Stop) -> &'static str {
    match stop {
        Stop::Events => "events examined",
        Stop::Memory => "memory",
        Stop::Seconds => "seconds",
        Stop::Interrupt => "interrupt",
    }
}

/// The moment that lies so many seconds ahead.
pub fn deadline(seconds: Option<f64>) -> PyResult<Option<Instant>> {
    match seconds.map(Duration::try_from_secs_f64) {
        None => Ok(None),
        Some(Ok(seconds)) => Ok(Instant::now().checked_add(seconds)),
        Some(Err(error)) => Err(PyValueError::new_err(error.to_string())),
    }
}

/// A value as Python sees it; `None` for "no value" and "open".
pub fn to_python(py: Python<'_>, world: &World, value: Val) -> PyResult<Py<PyAny>> {
    if let Some(atom) = value.as_atom() {
        ("atom", atom).into_py_any(py)
    } else if let Some(number) = world.numbers.get(value) {
        number.into_py_any(py)
    } else if let Some(fluent) = value.as_answer() {
        ("answer", fluent).into_py_any(py)
    } else {
        match value {
            Val::YES => true.into_py_any(py),
            Val::NO => false.into_py_any(py),
            Val::NOTHING => Ok(py.None()),
            _ => "unknown".into_py_any(py),
        }
    }
}

pub fn raise(py: Python<'_>, world: &World, trouble: Trouble) -> PyErr {
    let message = trouble.to_string();
    match trouble {
        Trouble::Problem(_) => ProblemError::new_err(message),
        Trouble::Clash {
            fluent,
            first,
            second,
            ..
        } => {
            let values =
                to_python(py, world, first).and_then(|a| Ok((a, to_python(py, world, second)?)));
            match values {
                Ok((first, second)) => EventError::new_err((message, fluent, first, second)),
                Err(error) => error,
            }
        }
        Trouble::Loop(members) => TriggerLoopError::new_err((message, members)),
        Trouble::Memory => PyMemoryError::new_err(message),
        Trouble::Interrupt => PyKeyboardInterrupt::new_err(()),
    }
}

pub fn no(what: &str, which: impl std::fmt::Debug) -> PyErr {
    PyValueError::new_err(format!("there is no {what} {which:?}"))
}

pub fn known_state(engine: &Engine, state: NodeId) -> PyResult<NodeId> {
    if (state as usize) < engine.graph.len() {
        Ok(state)
    } else {
        Err(no("state", state))
    }
}

pub fn known_fluent(engine: &Engine, fluent: FluentId) -> PyResult<FluentId> {
    if (fluent as usize) < engine.world.fluents() {
        Ok(fluent)
    } else {
        Err(no("fluent", fluent))
    }
}

pub fn known_event(engine: &Engine, event: EventId) -> PyResult<EventId> {
    if (event as usize) < engine.graph.events.len() {
        Ok(event)
    } else {
        Err(no("event", event))
    }
}

pub fn known_events<'e>(
    engine: &Engine,
    events: impl IntoIterator<Item = &'e EventId>,
) -> PyResult<()> {
    let mut events = events.into_iter();
    events.try_for_each(|&event| known_event(engine, event).map(drop))
}

pub fn known_person(engine: &Engine, atom: AtomId) -> PyResult<Person> {
    engine.world.person(atom).ok_or_else(|| no("person", atom))
}

/// What a search for motives came to, as a dictionary.
pub fn found<'py>(
    py: Python<'py>,
    world: &World,
    verdict: &Verdict,
    effort: Effort,
) -> PyResult<Bound<'py, PyDict>> {
    let (word, stopped, plan, gain) = match verdict {
        Verdict::Found(plan, before, after) => ("found", None, Some(plan), (*before, *after)),
        Verdict::None => ("none", None, None, (0.0, 0.0)),
        Verdict::Undecided(stop) => ("undecided", Some(stopped_by(*stop)), None, (0.0, 0.0)),
    };
    let result = PyDict::new(py);
    result.set_item("verdict", word)?;
    result.set_item("stopped_by", stopped)?;
    match plan {
        Some(plan) => result.set_item("plan", tree(py, world, plan)?)?,
        None => result.set_item("plan", PyList::empty(py))?,
    }
    result.set_item("gain", gain)?;
    result.set_item("examined", effort.events)?;
    result.set_item("looked_into", effort.goals)?;
    Ok(result)
}

/// A plan as nested dictionaries.
pub fn tree<'py>(py: Python<'py>, world: &World, plan: &Plan) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for part in &plan.0 {
        let others = PyDict::new(py);
        for (person, plan) in &part.others {
            others.set_item(world.atom(*person), tree(py, world, plan)?)?;
        }
        let entry = PyDict::new(py);
        entry.set_item("event", part.event)?;
        entry.set_item("others", others)?;
        list.append(entry)?;
    }
    Ok(list)
}

/// How far a search for stories is, as a dictionary.
pub fn so_far<'py>(
    py: Python<'py>,
    watch: &Watch,
    elapsed: Duration,
) -> PyResult<Bound<'py, PyDict>> {
    let counts = PyDict::new(py);
    counts.set_item("examined", watch.examined.load(Ordering::Relaxed) as f64)?;
    counts.set_item("generated", watch.generated.load(Ordering::Relaxed) as f64)?;
    counts.set_item("stories", watch.stories.load(Ordering::Relaxed) as f64)?;
    counts.set_item("bound", watch.bound.load(Ordering::Relaxed) as f64)?;
    counts.set_item("seconds", elapsed.as_secs_f64())?;
    Ok(counts)
}

/// What a search for stories came to, as a dictionary.
pub fn told<'py>(py: Python<'py>, plans: Plans, watch: &Watch) -> PyResult<Bound<'py, PyDict>> {
    let stories = PyList::empty(py);
    for (events, worth) in &plans.stories {
        let story = PyDict::new(py);
        story.set_item("events", events)?;
        story.set_item("worth", worth)?;
        stories.append(story)?;
    }
    let verdict = match (plans.stories.is_empty(), plans.stopped) {
        (false, _) => "found",
        (true, None) => "none",
        (true, Some(_)) => "undecided",
    };
    let stopped = plans.stopped.map(|stop| match stop {
        Stop::Events => "states",
        stop => stopped_by(stop),
    });
    let result = PyDict::new(py);
    result.set_item("verdict", verdict)?;
    result.set_item("stopped_by", stopped)?;
    result.set_item("stories", stories)?;
    result.set_item("shortest", plans.shortest)?;
    result.set_item("bound", plans.bound)?;
    result.set_item("examined", watch.examined.load(Ordering::Relaxed))?;
    result.set_item("generated", watch.generated.load(Ordering::Relaxed))?;
    result.set_item("rounds", plans.rounds)?;
    Ok(result)
}

/// What all but some persons are supposed to know, as far as there are such fluents and persons.
pub fn hypothesis(
    engine: &Engine,
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
