//! What the author's searches share: what can happen in a state, whether everybody has a motive for it, what it leads to.

use std::sync::atomic::AtomicU64;
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::graph::NodeId;
use crate::motive::{Motives, Question, Stop, Verdict};
use crate::problem::Expr;
use crate::search::frontier::Depth;
use crate::search::ground::Ground;
use crate::search::reasons::Reasons;
use crate::value::Val;
use crate::world::Person;

/// How far to look.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Events of a story.
    pub events: u32,
    /// Events of a motive.
    pub motive: u32,
    /// Depth of minds.
    pub minds: u32,
    /// Give up at this moment.
    pub deadline: Option<Instant>,
}

/// What the author is after.
#[derive(Debug, Clone)]
pub enum Aim {
    /// The end is worth at least so much to the author.
    Worth(f64),
    /// The condition (without variables) is true at the end.
    Holds(Expr),
}

/// The author at work in one world.
pub struct Author<'a> {
    /// The world.
    pub engine: &'a mut Engine,
    /// What is known of motives in it.
    pub motives: &'a mut Motives,
    /// How far to look.
    pub limits: Limits,
    /// What the author is after.
    pub aim: Aim,
    /// Where the story begins.
    pub start: NodeId,
    /// The world laid out, if it is small enough.
    pub ground: Option<Arc<Ground>>,
    /// Motives in such a world.
    pub reasons: Option<Reasons>,
    /// How many events one motive may take to find.
    pub effort: u64,
    /// How many events were tried for motives so far.
    pub tried: u64,
    alphabet: Option<&'a [EventId]>,
    possible: FxHashMap<NodeId, Arc<[EventId]>>,
    motivated: FxHashMap<(NodeId, EventId, u32, u32), bool>,
    worth: FxHashMap<NodeId, Option<f64>>,
}

impl<'a> Author<'a> {
    /// An author who has not begun. `alphabet`: the only events that may happen, if not all.
    pub fn new(
        engine: &'a mut Engine,
        motives: &'a mut Motives,
        limits: Limits,
        alphabet: Option<&'a [EventId]>,
    ) -> Author<'a> {
        Author {
            engine,
            motives,
            limits,
            aim: Aim::Worth(f64::INFINITY),
            start: 0,
            ground: None,
            reasons: None,
            effort: u64::MAX,
            tried: 0,
            alphabet,
            possible: FxHashMap::default(),
            motivated: FxHashMap::default(),
            worth: FxHashMap::default(),
        }
    }

    /// Another author of the same, who knows nothing yet, with an engine that was copied.
    pub fn twin<'b>(&self, engine: &'b mut Engine, motives: &'b mut Motives) -> Author<'b>
    where
        'a: 'b,
    {
        let mut twin = Author::new(engine, motives, self.limits, self.alphabet);
        twin.aim = self.aim.clone();
        twin.start = self.start;
        twin.ground = self.ground.clone();
        twin.reasons = self.reasons.as_ref().map(Reasons::fresh);
        twin
    }

    /// What [`Author::possible`] gives is what promises most, in that order.
    pub fn ranked(&self) -> bool {
        self.ground.is_none() && matches!(self.aim, Aim::Holds(_))
    }

    /// Goes on under other limits for motives.
    pub fn depth(&mut self, depth: Depth) {
        (self.limits.motive, self.limits.minds) = (depth.motive, depth.minds);
    }

    /// What a state is worth to the author: where a condition is to be brought about, 1 if it is true and 0 if not.
    pub fn worth(&mut self, node: NodeId) -> Option<f64> {
        let (engine, aim) = (&self.engine, &self.aim);
        *self.worth.entry(node).or_insert_with(|| match aim {
            Aim::Worth(_) => engine.utility(node, None),
            Aim::Holds(expr) => {
                let holds = engine.evaluate(node, expr, Vec::new()) == Val::YES;
                Some(f64::from(u8::from(holds)))
            }
        })
    }

    /// What the end must be worth at least.
    pub fn goal(&self) -> f64 {
        match self.aim {
            Aim::Worth(goal) => goal,
            Aim::Holds(_) => 1.0,
        }
    }

    /// The state is what the author is after.
    pub fn arrived(&mut self, node: NodeId) -> bool {
        let goal = self.goal();
        self.worth(node).is_some_and(|worth| worth >= goal)
    }

    /// Ending there makes idle what ends with this worth: the peer minds equality only.
    pub fn as_good(&mut self, end: NodeId, worth: f64) -> bool {
        let peer = self.engine.world.peer();
        self.worth(end)
            .is_some_and(|reached| reached == worth || reached > worth && !peer)
    }

    /// The state after an event; none where its effects contradict each other or triggers never rest.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn after(&mut self, node: NodeId, event: EventId) -> Result<Option<NodeId>, Stop> {
        if self
            .limits
            .deadline
            .is_some_and(|end| Instant::now() >= end)
        {
            return Err(Stop::Seconds);
        }
        match self.engine.after(node, event) {
            Ok(next) => Ok(Some(next)),
            Err(Trouble::Memory) => Err(Stop::Memory),
            Err(Trouble::Interrupt) => Err(Stop::Interrupt),
            Err(Trouble::Clash { .. } | Trouble::Loop(_) | Trouble::Problem(_)) => Ok(None),
        }
    }

    /// What can happen there, in order.
    pub fn possible(&mut self, node: NodeId) -> Arc<[EventId]> {
        if let Some(known) = self.possible.get(&node) {
            return known.clone();
        }
        if let Some(reasons) = &mut self.reasons {
            return reasons.all_possible(self.engine, node);
        }
        if self.ranked() {
            if let Aim::Holds(goal) = &self.aim {
                let wish = (node, self.start, self.limits.events);
                let choices = self.motives.towards(self.engine, goal, wish);
                self.possible.insert(node, choices.clone());
                return choices;
            }
        }
        let at = self.engine.graph.at(node);
        let mut events = Vec::new();
        for action in 0..self.engine.world.problem.actions.len() {
            let any = vec![None; self.engine.world.problem.actions[action].params.len()];
            let (world, graph) = (&self.engine.world, &self.engine.graph);
            let found = self
                .motives
                .candidates
                .find(world, graph, at, action, &any, None);
            let found = found
                .iter()
                .map(|args| self.engine.graph.events.intern(action, args));
            events
                .extend(found.filter(|event| self.alphabet.is_none_or(|all| all.contains(event))));
        }
        let events: Arc<[EventId]> = events.into();
        self.possible.insert(node, events.clone());
        events
    }

    /// Everybody who must will the event there has a motive; no answer where the effort (in events tried) does not suffice.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn willed(
        &mut self,
        node: NodeId,
        event: EventId,
        effort: u64,
    ) -> Result<Option<bool>, Stop> {
        self.effort = effort;
        if let Some(reasons) = &mut self.reasons {
            reasons.enough = reasons.tried.saturating_add(effort);
        }
        let answer = match self.motivated(node, event) {
            Err(Stop::Events) => Ok(None),
            answer => answer.map(Some),
        };
        self.effort = u64::MAX;
        if let Some(reasons) = &mut self.reasons {
            reasons.enough = u64::MAX;
        }
        answer
    }

    /// The same under some limits, as far as it is known already.
    pub fn already(&self, node: NodeId, event: EventId, depth: Depth) -> Option<bool> {
        let limits = (depth.motive, depth.minds);
        self.reasons
            .as_ref()?
            .already(self.engine, node, event, limits)
    }

    /// Events tried for motives so far.
    pub fn tried(&self) -> u64 {
        self.tried + self.reasons.as_ref().map_or(0, |reasons| reasons.tried)
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.engine.bytes() + self.reasons.as_ref().map_or(0, Reasons::bytes)
    }

    /// Looks for motives only until it is certain that a rival has won, who was done after so much work; no rival: to the end.
    pub fn rival(&mut self, least: Option<&Arc<AtomicU64>>) {
        if let Some(reasons) = &mut self.reasons {
            reasons.rival = least.map(|least| (least.clone(), reasons.tried));
        }
    }

    /// Everybody who must will the event there has a motive.
    ///
    /// # Errors
    /// [`Stop`]: time, memory, or somebody interrupts.
    pub fn motivated(&mut self, node: NodeId, event: EventId) -> Result<bool, Stop> {
        if let Some(reasons) = &mut self.reasons {
            let limits = (self.limits.motive, self.limits.minds);
            return reasons.willed(self.engine, node, event, None, limits);
        }
        let key = (node, event, self.limits.motive, self.limits.minds);
        if let Some(&known) = self.motivated.get(&key) {
            return Ok(known);
        }
        let meant = self.engine.meant(event);
        let mut all = true;
        for person in self.engine.willing(node, event) {
            if !self.has_motive(node, person, meant)? {
                all = false;
                break;
            }
        }
        self.motivated.insert(key, all);
        Ok(all)
    }

    fn has_motive(&mut self, node: NodeId, person: Person, event: EventId) -> Result<bool, Stop> {
        let question = Question {
            mind: self.engine.believed(node, person),
            person,
            event,
            events: self.limits.motive,
            minds: self.limits.minds,
            budget: self.effort,
            goals: None,
            deadline: self.limits.deadline,
            waypoints: Vec::new(),
            brings: None,
            own: false,
            passing: false,
            follows: false,
            hints: Vec::new(),
            familiar: Vec::new(),
        };
        let (verdict, effort) = self.motives.ask(self.engine, &question);
        self.tried += effort.events;
        match verdict {
            Verdict::Found(..) => Ok(true),
            Verdict::None => Ok(false),
            Verdict::Undecided(stop) => Err(stop),
        }
    }
}
