//! Why would somebody do this? The search for motives (docs/semantics.md, section 8).
//!
//! A motive of a person for an event is a plan that begins with it, believed in by that person, in which everybody else's
//! part has a motive too, and in which nothing is idle. Plans are looked for by iterative deepening, so the shortest is found
//! first. Three searches share one depth-first walk:
//! - the *familiar* one follows only events that the story goes on to tell, in their order: what people plan is mostly what
//!   they are then seen to try, and so most motives of a told story are found after a few events;
//! - the *eager* one follows only events that the goals of the person ask for ([`crate::goals`]); it finds most motives of a
//!   film after a handful of events, but proves nothing when it finds none;
//! - the *thorough* one then tries all possible events that could matter at all ([`crate::relevance`]) and after which a
//!   gain is not excluded ([`crate::relaxed`]); when it finds none, there is none.
//!
//! Whatever is found is checked to the letter: that nothing is idle is tested over all subsequences, at the end, for the
//! one plan that would be the answer ([`Search::idle`]).

mod directed;
mod intention;
mod memory;
mod seek;
mod verdict;
mod walk;

pub use intention::Intent;
use memory::Memory;

use std::sync::atomic::Ordering;
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::candidates::Candidates;
use crate::engine::{Engine, Trouble};
use crate::events::EventId;
use crate::goals::{Goals, Wish};
use crate::graph::NodeId;
use crate::problem::{Expr, Mode};
use crate::relaxed::Relaxed;
use crate::relevance::Relevance;
use crate::value::Val;
use crate::world::{Group, Person};

/// How many events the eager search tries for one question of the highest level; a question within it gets an eighth.
const EAGER: u64 = 300;
/// How many events the familiar search tries for one question of the highest level: its steps are cheap, and many lead to the same states.
const FAMILIAR: u64 = 800;

/// How many states' events and worth are remembered.
const REMEMBERED: usize = 1_000_000;

/// What is asked: why `person`, who takes the world to be `mind`, would will `event`.
#[derive(Debug, Clone)]
pub struct Question {
    /// The believed state.
    pub mind: NodeId,
    /// Who.
    pub person: Person,
    /// The first event of the plan.
    pub event: EventId,
    /// At most so many events, journeys apart.
    pub events: u32,
    /// So many levels of minds.
    pub minds: u32,
    /// Give up after so many events tried.
    pub budget: u64,
    /// Ask the goals no more after ways to so many of them were looked for, if that is bounded; what is familiar is tried all the same. A
    /// bounded search proves nothing where the world is too large to try everything.
    pub goals: Option<u64>,
    /// Give up at this moment.
    pub deadline: Option<Instant>,
    /// Events that must occur in the plan after the first, in this order.
    pub waypoints: Vec<EventId>,
    /// A condition (without variables) that the plan must bring about.
    pub brings: Option<Expr>,
    /// It builds on the person's own questions alone, and serves these alone.
    pub own: bool,
    /// What is found out on the way serves no other question.
    pub passing: bool,
    /// The event is told: the person goes through with the plan that is found, and what is left of it is tried first for later questions.
    pub follows: bool,
    /// Plans that may be the answer, before those that the person goes through with.
    pub hints: Vec<Vec<EventId>>,
    /// Events that are likely parts of plans, in the order in which they are likely: those that the story goes on to tell.
    pub familiar: Vec<EventId>,
}

/// A plan: its events, each with the reasons of the others who must will it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(pub Vec<Part>);

/// Why somebody wills something, person by person.
pub type Reasons = Vec<(Person, Arc<Plan>)>;

/// An event of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What happens.
    pub event: EventId,
    /// Why the others will it, as the planner sees it; nobody for the first event.
    pub others: Reasons,
}

/// What stopped a search that came to no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The budget of events.
    Events,
    /// The memory allowed.
    Memory,
    /// The time allowed.
    Seconds,
    /// Somebody pressed the button.
    Interrupt,
}

/// What it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// So many events were tried.
    pub events: u64,
    /// To so many goals ways were looked for, which takes about as long for each as to try an event.
    pub goals: u64,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// With a motive: the plan, and what the world is worth to the person before and after.
    Found(Arc<Plan>, f64, f64),
    /// There is none within the limits.
    None,
    /// It did not come to an end.
    Undecided(Stop),
}

/// A question as it comes up within a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Ask {
    mind: NodeId,
    person: Person,
    event: EventId,
    /// Events left, this one included.
    events: u32,
    /// Levels of minds left; at 0 only the event alone counts.
    minds: u32,
}

#[derive(Debug, Clone)]
enum Answer {
    Yes(Arc<Plan>),
    No,
    /// Nothing found by an eager search, which proves nothing.
    Unknown,
}

/// What is remembered of all searches in one world.
#[derive(Debug)]
pub struct Motives {
    /// Finds possible events.
    pub candidates: Candidates,
    /// What could matter to whom.
    pub relevance: Relevance,
    /// What could still be reached.
    pub relaxed: Relaxed,
    goals: Goals,
    memory: Memory,
    /// There are journeys, which do not count.
    journeys: bool,
    /// The only events that anybody thinks of, if not all.
    alphabet: Option<FxHashSet<EventId>>,
    possible: FxHashMap<NodeId, Arc<[EventId]>>,
    worth: FxHashMap<(NodeId, Person), Option<f64>>,
}

impl Motives {
    /// Nothing asked yet.
    pub fn new(engine: &Engine) -> Motives {
        Motives {
            candidates: Candidates::default(),
            relevance: Relevance::new(&engine.world),
            relaxed: Relaxed::default(),
            goals: Goals::new(&engine.world),
            memory: Memory::default(),
            journeys: engine
                .world
                .problem
                .actions
                .iter()
                .any(|action| action.journey),
            alphabet: None,
            possible: FxHashMap::default(),
            worth: FxHashMap::default(),
        }
    }

    /// Nothing asked yet, in a world where nobody thinks of any events but these.
    pub fn within(engine: &Engine, alphabet: &[EventId]) -> Motives {
        Motives {
            alphabet: Some(alphabet.iter().copied().collect()),
            ..Motives::new(engine)
        }
    }

    /// Nothing worked out yet, but with all that searches have found out.
    pub fn informed(&self, engine: &Engine) -> Motives {
        Motives {
            alphabet: self.alphabet.clone(),
            memory: self.memory.clone(),
            ..Motives::new(engine)
        }
    }

    /// Answers a question, and says what it took.
    pub fn ask(&mut self, engine: &mut Engine, question: &Question) -> (Verdict, Effort) {
        self.make_room();
        let before = self.goals.looked_into();
        let whose = question.own.then_some(question.person);
        self.memory.begin(whose, question.passing);
        let mut search = Search {
            budget: question.budget,
            goals: question.goals.map(|goals| before.saturating_add(goals)),
            deadline: question.deadline,
            familiar: &question.familiar,
            engine,
            memo: self,
            examined: 0,
        };
        let verdict = match search.top(question) {
            Ok(verdict) => verdict,
            Err(stop) => Verdict::Undecided(stop),
        };
        if let (Verdict::Found(plan, ..), true) = (&verdict, question.follows) {
            let plan = plan.0.iter().map(|part| part.event);
            search.memo.memory.goes_through_with(plan.collect());
        }
        let events = search.examined;
        let goals = self.goals.looked_into() - before;
        (verdict, Effort { events, goals })
    }

    /// Forgets what a person's own questions have found out: who is asked anew answers as if never asked before.
    pub fn forget(&mut self, person: Person) {
        self.memory.forget(person);
    }

    /// What can be worked out again is forgotten when it becomes too much; answers are kept.
    fn make_room(&mut self) {
        if self.possible.len() + self.worth.len() > REMEMBERED {
            self.possible.clear();
            self.worth.clear();
            self.goals.forget();
        }
    }

    /// What might be done next, by anybody, for a condition to come true in a state, likely first: what the goals of the author
    /// ask for. `from`: the state, the one where the story began, and how many events are left.
    pub fn towards(
        &mut self,
        engine: &mut Engine,
        goal: &Expr,
        from: (NodeId, NodeId, u32),
    ) -> Arc<[EventId]> {
        let (node, start, left) = from;
        let wish = Wish {
            node,
            before: node,
            start,
            person: 0,
            target: None,
            brings: Some(goal),
            wide: true,
            left,
            last: false,
        };
        self.goals
            .choices(engine, &mut self.candidates, &self.relevance, wish)
    }
}

/// One question at work.
struct Search<'a> {
    engine: &'a mut Engine,
    memo: &'a mut Motives,
    examined: u64,
    budget: u64,
    /// The goals are asked no more once ways to so many of them were looked for in this world, if that is bounded.
    goals: Option<u64>,
    deadline: Option<Instant>,
    familiar: &'a [EventId],
}

/// What a plan must be, and how it is looked for.
struct Aim<'q> {
    ask: Ask,
    /// What the world is worth before.
    worth: f64,
    /// Events to come by, in order.
    waypoints: &'q [EventId],
    /// What must be so in the end.
    brings: Option<&'q Expr>,
    /// The first event is one of these, if it is free.
    among: Option<&'q [EventId]>,
    /// The first event, if it is free, is one that the person wills.
    own: bool,
    /// All events, or only those that the goals ask for.
    thorough: bool,
    /// Only familiar events, from this place in their list on, in that order.
    familiar: Option<usize>,
    /// Goals that the plan has not touched so far are pursued too.
    wide: bool,
    /// The effort of an eager search: no more events than this count.
    until: u64,
    /// From these states, with so much left, nothing was found.
    barren: FxHashSet<(NodeId, u32, u32, Group, usize, usize)>,
    /// At most so many events in all, journeys among them.
    steps: usize,
    /// So many plans were turned down because part of them is idle: that hangs on the way to a state, and makes no state barren.
    idled: u64,
    /// The best plan so far with its worth.
    best: Option<(f64, Arc<Plan>)>,
    /// A plan could not be judged: "none" would be too much to say.
    doubtful: bool,
    /// Go on after the first plan to look for a better one of the same length, until so many events were tried.
    better_until: Option<u64>,
    /// Some plan was given up only for its length.
    cut: bool,
}

/// The plan in the making.
#[derive(Clone)]
struct Path {
    parts: Vec<Part>,
    /// `nodes[i]` is the state before `parts[i]`; one more at the end.
    nodes: Vec<NodeId>,
    /// How many events that count come before `parts[i]`.
    used: Vec<u32>,
    /// Who has travelled since something else happened.
    travelled: Vec<Group>,
}

impl Path {
    /// Nothing has happened yet.
    fn new(node: NodeId) -> Path {
        Path {
            parts: Vec::new(),
            nodes: vec![node],
            used: vec![0],
            travelled: vec![0],
        }
    }

    fn last(&self) -> NodeId {
        self.nodes[self.nodes.len() - 1]
    }
}

impl Search<'_> {
    fn top(&mut self, question: &Question) -> Result<Verdict, Stop> {
        let Question {
            mind,
            person,
            event,
            events,
            minds,
            ..
        } = *question;
        let ask = Ask {
            mind,
            person,
            event,
            events,
            minds,
        };
        let Some(before) = self.worth(mind, person) else {
            return Ok(Verdict::None);
        };
        let free = question.waypoints.is_empty() && question.brings.is_none();
        let mut aim = self.aim(ask, before);
        aim.waypoints = &question.waypoints;
        aim.brings = question.brings.as_ref();
        if let Some(brings) = aim.brings {
            if self.engine.evaluate(mind, brings, Vec::new()) == Val::YES {
                return Ok(Verdict::None);
            }
        }
        if free {
            if let Some(answer) = self.memo.memory.answer(&ask).cloned() {
                return match answer {
                    Some(plan) => self.verdict(&ask, before, plan),
                    None => Ok(Verdict::None),
                };
            }
        }
        let claimed = [vec![event], question.waypoints.clone()].concat();
        let goes_on = self.memo.memory.gone_on_with(event);
        let hints = question.hints.iter().chain(&goes_on);
        for hint in hints.chain((!free).then_some(&claimed)) {
            if let Some(plan) = self.verify(&aim, hint)? {
                return self.verdict(&ask, before, plan);
            }
        }
        let found = self.seek(&mut aim, true, true)?;
        match found {
            Answer::Yes(plan) => self.verdict(&ask, before, plan),
            Answer::No => Ok(Verdict::None),
            Answer::Unknown => Ok(Verdict::Undecided(Stop::Events)),
        }
    }

    fn verdict(&mut self, ask: &Ask, before: f64, plan: Arc<Plan>) -> Result<Verdict, Stop> {
        let mut node = ask.mind;
        for part in &plan.0 {
            node = self.step(ask.person, node, part.event)?.unwrap_or(node);
        }
        let after = self.worth(node, ask.person).unwrap_or(before);
        Ok(Verdict::Found(plan, before, after))
    }

    fn aim(&self, ask: Ask, worth: f64) -> Aim<'static> {
        Aim {
            ask,
            worth,
            waypoints: &[],
            brings: None,
            among: None,
            own: false,
            thorough: false,
            familiar: None,
            wide: false,
            until: u64::MAX,
            barren: FxHashSet::default(),
            steps: usize::MAX,
            idled: 0,
            best: None,
            doubtful: false,
            better_until: None,
            cut: false,
        }
    }

    /// Counts an event tried, and looks at the clock now and then.
    fn tick(&mut self) -> Result<(), Stop> {
        self.examined += 1;
        if self.examined > self.budget {
            return Err(Stop::Events);
        }
        if self.engine.interrupt.load(Ordering::Relaxed) {
            return Err(Stop::Interrupt);
        }
        // An event can take milliseconds in a large world, and many a search tries but a few.
        if self.examined % 16 == 1 && self.deadline.is_some_and(|end| Instant::now() >= end) {
            return Err(Stop::Seconds);
        }
        Ok(())
    }

    /// The state after an event in somebody's imagination; none where its effects contradict each other or triggers never rest:
    /// nobody plans that.
    fn step(
        &mut self,
        person: Person,
        node: NodeId,
        event: EventId,
    ) -> Result<Option<NodeId>, Stop> {
        match self.engine.imagine(person, node, event) {
            Ok(node) => Ok(Some(node)),
            Err(Trouble::Memory) => Err(Stop::Memory),
            Err(Trouble::Interrupt) => Err(Stop::Interrupt),
            Err(Trouble::Clash { .. } | Trouble::Loop(_) | Trouble::Problem(_)) => Ok(None),
        }
    }

    fn worth(&mut self, node: NodeId, person: Person) -> Option<f64> {
        let engine = &self.engine;
        *self
            .memo
            .worth
            .entry((node, person))
            .or_insert_with(|| engine.utility(node, Some(person)))
    }

    /// Whoever takes part in a plan often wants what it leads to: the rest of the plan, or the own part of that, is tried as
    /// the reason of each other person who must will its first event. What is found is remembered.
    fn share(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        rest: &[EventId],
        used: u32,
    ) -> Result<(), Stop> {
        for other in self.engine.willing(node, rest[0]) {
            let mind = self.engine.believed(node, other);
            let ask = Ask {
                mind,
                person: other,
                event: rest[0],
                events: aim.ask.events - used,
                minds: aim.ask.minds - 1,
            };
            if other == aim.ask.person || self.memo.memory.answer(&ask).is_some() {
                continue;
            }
            let Some(worth) = self.worth(mind, other) else {
                continue;
            };
            let theirs = self.aim(ask, worth);
            let own: Vec<EventId> = rest
                .iter()
                .copied()
                .filter(|&event| self.engine.willing(node, event).contains(&other))
                .collect();
            let before = self.memo.memory.persistent((other, rest[0])).cloned();
            let hints = (1..=rest.len())
                .map(|end| &rest[..end])
                .chain((2..=own.len()).map(|end| &own[..end]))
                .chain(before.as_deref());
            for hint in hints {
                if let Some(plan) = self.verify(&theirs, hint)? {
                    let memory = &mut self.memo.memory;
                    memory.persists((other, rest[0]), hint.to_vec());
                    memory.answered(ask, Some(plan));
                    break;
                }
            }
        }
        Ok(())
    }
}

/// How many of the waypoints the plan has come by, after its first event.
fn passed(waypoints: &[EventId], path: &Path) -> usize {
    let mut passed = 0;
    for part in path.parts.iter().skip(1) {
        if waypoints.get(passed) == Some(&part.event) {
            passed += 1;
        }
    }
    passed
}
