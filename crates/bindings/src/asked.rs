//! Expressions as JSON, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use intrigue_engine::engine::Engine;
use intrigue_engine::problem::{AtomId, Expr};
use intrigue_engine::value::Val;
use pyo3::prelude::*;

use crate::conversion::{no, ProblemError};
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
}
