//! What can be told of a state without looking for motives in it: what is possible there, what it leads to, what it is worth to
//! somebody, and what it could be worth if all went well. All of it is remembered.

use std::sync::Arc;

use super::Reasons;
use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::Stop;
use crate::search::ground::Who;
use crate::values::ValuesId;
use crate::world::Person;

impl Reasons {
    /// The state after an event in somebody's imagination, if that can be imagined to its end.
    pub(super) fn step(
        &mut self,
        engine: &mut Engine,
        person: Person,
        node: NodeId,
        event: EventId,
    ) -> Result<Option<NodeId>, Stop> {
        match engine.imagine(person, node, event) {
            Ok(node) => Ok(Some(node)),
            Err(Trouble::Memory) => Err(Stop::Memory),
            Err(Trouble::Interrupt) => Err(Stop::Interrupt),
            Err(Trouble::Clash { .. } | Trouble::Loop(_) | Trouble::Problem(_)) => Ok(None),
        }
    }

    /// The values after an event, where they can be told without looking into minds.
    pub(super) fn look_ahead(
        &mut self,
        engine: &mut Engine,
        node: NodeId,
        person: Person,
        event: EventId,
    ) -> Option<ValuesId> {
        let place = self.ground.place(event)?;
        if !self.ground.events[place as usize].exact {
            return None;
        }
        let values = engine.values_of(node);
        engine.vstep(Some(person), values, event).ok()
    }

    /// What a state is worth to a person.
    pub fn worth(&mut self, engine: &Engine, node: NodeId, person: Person) -> Option<f64> {
        *self
            .worth
            .entry((node, person))
            .or_insert_with(|| engine.utility(node, Some(person)))
    }

    pub(super) fn worth_of_values(
        &mut self,
        engine: &Engine,
        values: ValuesId,
        person: Person,
    ) -> (Option<f64>, bool) {
        *self
            .worth_of_values
            .entry((values, person))
            .or_insert_with(|| engine.utility_values(values, Some(person)))
    }

    /// The most that a state of these values can be worth to a person after `left` more events, or any number above `bar`.
    pub(super) fn bound(
        &mut self,
        engine: &Engine,
        values: ValuesId,
        person: Person,
        left: u32,
        bar: f64,
    ) -> f64 {
        let key = (values, person);
        if let Some(known) = self.bounds.get(&key) {
            let last = known[known.len() - 1];
            match known.get(left as usize) {
                Some(&bound) => return bound,
                None if last > bar => return last,
                None => {}
            }
        }
        let ground = self.ground.clone();
        self.layers.from(engine, &ground, values, Who::Person);
        let mut bounds = Vec::new();
        let mut changed = true;
        for layer in 0..=left {
            if layer > 0 && changed {
                changed = self.layers.layer(&ground);
            }
            bounds.push(ground.most(self.layers.options(), person));
            if bounds[bounds.len() - 1] > bar {
                break;
            }
        }
        let bound = bounds[bounds.len() - 1];
        self.bounds.insert(key, bounds.into());
        bound
    }

    /// What is possible there, fate and what nobody meant among it, in order.
    pub fn all_possible(&mut self, engine: &Engine, node: NodeId) -> Arc<[EventId]> {
        let mut options = Default::default();
        self.ground
            .options(engine, engine.values_of(node), &mut options);
        let mut found = Vec::new();
        self.ground.possible(&options, |laid| {
            let allowed = self.alphabet.as_ref();
            if allowed.is_none_or(|all| all.contains(&laid.event))
                && engine.possible(node, laid.event)
            {
                found.push(laid.event);
            }
        });
        found.into()
    }

    /// What somebody may plan on that is possible there, in order.
    pub(super) fn possible(&mut self, engine: &mut Engine, node: NodeId) -> Arc<[EventId]> {
        let values = engine.values_of(node);
        let look = match self.looks.get(&values) {
            Some(look) => look.clone(),
            None => {
                let ground = self.ground.clone();
                let mut options = Default::default();
                ground.options(engine, values, &mut options);
                let mut look = Vec::new();
                ground.possible(&options, |laid| {
                    let allowed = self.alphabet.as_ref();
                    if laid.planned
                        && allowed.is_none_or(|all| all.contains(&laid.event))
                        && (!laid.plain || engine.possible(node, laid.event))
                    {
                        look.push(laid.event);
                    }
                });
                let look: Arc<[EventId]> = look.into();
                self.looks.insert(values, look.clone());
                look
            }
        };
        if let Some(here) = self.here.get(&node) {
            return here.clone();
        }
        let ground = self.ground.clone();
        let plain = |event: &EventId| {
            let place = ground.place(*event).expect("it was laid out");
            ground.events[place as usize].plain
        };
        if look.iter().all(plain) {
            return look;
        }
        let here: Arc<[EventId]> = look
            .iter()
            .copied()
            .filter(|event| plain(event) || engine.possible(node, *event))
            .collect();
        self.here.insert(node, here.clone());
        here
    }
}
