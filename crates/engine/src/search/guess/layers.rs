//! The number of layers of delete relaxation until the goal may be reached (hmax of Bonet and Geffner 2001, for conditions and
//! effects of any form): never more events than it takes. Fate and what nobody meant may happen too. If wanted, a relaxed plan
//! ([`super::plan`]) is worked out from them, too.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::plan::{events, Goal};
use super::{Guess, Guesses, Heuristic};
use crate::abstraction::{Abstraction, Cond};
use crate::author::{Aim, Author};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;
use crate::relaxed::{worths_of, Worth};
use crate::search::ground::Who;
use crate::search::relaxation::{Layers, FARTHEST};
use crate::values::ValuesId;

/// The heuristic.
pub const HEURISTIC: Heuristic = Heuristic {
    name: "layers",
    what: "layers of delete relaxation until the goal may be reached (hmax)",
    admissible: true,
    new: |engine| Box::new(ByLayers::new(worths_of(engine, None).into(), false)),
};

/// The heuristic that works out relaxed plans.
pub const PLANS: Heuristic = Heuristic {
    name: "plan",
    what: "events of a relaxed plan, worked out from such layers (FF)",
    admissible: true,
    new: |engine| Box::new(ByLayers::new(worths_of(engine, None).into(), true)),
};

struct ByLayers {
    worths: Arc<[Worth]>,
    /// Relaxed plans are worked out.
    plans: bool,
    cond: Option<Cond>,
    layers: Layers,
    known: FxHashMap<ValuesId, Option<Guess>>,
}

impl ByLayers {
    fn new(worths: Arc<[Worth]>, plans: bool) -> ByLayers {
        ByLayers {
            worths,
            plans,
            cond: None,
            layers: Layers::default(),
            known: FxHashMap::default(),
        }
    }
}

impl Guesses for ByLayers {
    fn fresh(&self) -> Box<dyn Guesses> {
        Box::new(ByLayers::new(self.worths.clone(), self.plans))
    }

    fn other(&self) -> Option<Box<dyn Guesses>> {
        let worths = self.worths.clone();
        Some(Box::new(ByLayers::new(worths, !self.plans)))
    }

    fn after(
        &mut self,
        author: &mut Author<'_>,
        node: NodeId,
        event: EventId,
    ) -> Result<Option<Guess>, Stop> {
        let Some(ground) = author.ground.clone() else {
            return Ok(Some(Guess {
                to_go: 0,
                likely: 0,
                missing: 1.0,
            }));
        };
        let Some(place) = ground.place(event) else {
            return Ok(None);
        };
        let values = if ground.events[place as usize].exact {
            match author
                .engine
                .vstep(None, author.engine.values_of(node), event)
            {
                Ok(values) => values,
                Err(_) => return Ok(None),
            }
        } else {
            match author.after(node, event)? {
                Some(next) => author.engine.values_of(next),
                None => return Ok(None),
            }
        };
        if let Some(&known) = self.known.get(&values) {
            return Ok(known);
        }
        let aim = author.aim.clone();
        let worths = &self.worths;
        if let (Aim::Holds(expr), None) = (&aim, &self.cond) {
            let world = &author.engine.world;
            let env = Vec::new();
            self.cond = Some(Abstraction::new(world, env).cond(expr, true));
        }
        let cond = &self.cond;
        let layers = &mut self.layers;
        match self.plans {
            true => layers.recorded(author.engine, &ground, values, Who::Author),
            false => layers.from(author.engine, &ground, values, Who::Author),
        }
        let mut guess = None;
        for to_go in 0..FARTHEST {
            let options = self.layers.options();
            let arrived = match &aim {
                Aim::Worth(goal) => {
                    worths.iter().map(|worth| worth.most(options)).sum::<f64>() >= *goal
                }
                Aim::Holds(_) => cond.as_ref().is_none_or(|cond| cond.may(options)),
            };
            if arrived {
                let missing = match aim {
                    Aim::Worth(goal) => match author.engine.utility_values(values, None) {
                        (Some(worth), false) => (goal - worth).clamp(0.0, 1e6),
                        _ => 1.0,
                    },
                    Aim::Holds(_) => 1.0,
                };
                let goal = match (&aim, cond) {
                    (Aim::Holds(_), Some(cond)) => Goal::Cond(cond),
                    _ => Goal::Worth(worths),
                };
                let history = self.layers.history();
                let planned = history.map_or(0, |history| events(&ground, history, &goal));
                guess = Some(Guess {
                    to_go,
                    likely: to_go.max(planned),
                    missing,
                });
                break;
            }
            if !self.layers.layer(&ground) {
                break;
            }
        }
        self.known.insert(values, guess);
        Ok(guess)
    }
}
