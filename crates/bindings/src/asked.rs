//! What Python asks with: expressions as JSON, each read once, and questions about motives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use intrigue_engine::engine::Engine;
use intrigue_engine::events::EventId;
use intrigue_engine::graph::NodeId;
use intrigue_engine::motive::Question;
use intrigue_engine::problem::{AtomId, Expr};
use intrigue_engine::value::Val;
use pyo3::prelude::*;

use crate::conversion::{
    deadline, known_event, known_events, known_person, known_state, no, ProblemError,
};
use crate::locked;

/// Expressions that have been asked for, by their JSON and the number of variables bound.
#[derive(Default)]
pub struct Asked(Mutex<HashMap<(String, usize), Arc<Expr>>>);

impl Asked {
    /// An expression, with its variables bound.
    pub fn read(
        &self,
        engine: &Engine,
        expr: &str,
        args: &[AtomId],
    ) -> PyResult<(Arc<Expr>, Vec<Val>)> {
        let atoms = engine.world.problem.atoms.len();
        if let Some(&atom) = args.iter().find(|&&atom| atom as usize >= atoms) {
            return Err(no("atom", atom));
        }
        let env = args.iter().map(|&arg| Val::atom(arg)).collect();
        let mut asked = locked(&self.0);
        let key = (expr.to_string(), args.len());
        if let Some(known) = asked.get(&key) {
            return Ok((known.clone(), env));
        }
        let parsed: Expr =
            serde_json::from_str(expr).map_err(|error| ProblemError::new_err(error.to_string()))?;
        let parsed = engine
            .world
            .prepared(parsed, args.len())
            .map_err(|error| ProblemError::new_err(error.to_string()))?;
        let parsed = Arc::new(parsed);
        asked.insert(key, parsed.clone());
        Ok((parsed, env))
    }

    /// A condition without variables, if there is one.
    pub fn condition(&self, engine: &Engine, expr: Option<&str>) -> PyResult<Option<Expr>> {
        let read = expr.map(|expr| self.read(engine, expr, &[]));
        Ok(read.transpose()?.map(|(expr, _)| (*expr).clone()))
    }
}

/// A question about a motive, as Python writes it down.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Written {
    pub mind: NodeId,
    pub person: AtomId,
    pub event: EventId,
    pub waypoints: Vec<EventId>,
    pub brings: Option<String>,
    pub familiar: Vec<EventId>,
    pub passing: bool,
    pub follows: bool,
}

/// How far to look.
#[derive(Clone, Copy)]
pub struct Within {
    pub events: u32,
    pub minds: u32,
    pub budget: u64,
    pub deadline: Option<Instant>,
}

impl Within {
    /// As Python says it.
    pub fn new(events: u32, minds: u32, budget: u64, seconds: Option<f64>) -> PyResult<Self> {
        Ok(Within {
            events,
            minds,
            budget,
            deadline: deadline(seconds)?,
        })
    }
}

impl Written {
    /// The question for the engine, without hints.
    pub fn read(self, engine: &Engine, asked: &Asked, within: Within) -> PyResult<Question> {
        known_events(engine, self.waypoints.iter().chain(&self.familiar))?;
        Ok(Question {
            mind: known_state(engine, self.mind)?,
            person: known_person(engine, self.person)?,
            event: known_event(engine, self.event)?,
            events: within.events,
            minds: within.minds,
            budget: within.budget,
            goals: None,
            deadline: within.deadline,
            waypoints: self.waypoints,
            brings: asked.condition(engine, self.brings.as_deref())?,
            hints: Vec::new(),
            familiar: self.familiar,
            own: true,
            passing: self.passing,
            follows: self.follows,
        })
    }
}
