//! What would somebody do next? A motive whose first event is free: a plan, believed in by the person, that begins with whatever
//! serves the person best among what is found first.
//!
//! All that holds for the later events of a motive holds for the first too: everybody else who must will it has a motive, as the
//! person sees it. Only where nothing of the person's own will do, the plan may begin with what others will: then the person waits
//! for it. So an intention is a motive for its first event, and where some event has a motive in which the others would join, a thorough search finds an intention.
//! The guesses are those of the search for motives: what the story goes on to tell, and what the goals ask for.

use super::*;

/// What is asked: what would `person`, who takes the world to be `mind`, do?
#[derive(Debug, Clone)]
pub struct Intent {
    /// The believed state.
    pub mind: NodeId,
    /// Who.
    pub person: Person,
    /// At most so many events, journeys apart.
    pub events: u32,
    /// So many levels of minds.
    pub minds: u32,
    /// Give up after so many events tried.
    pub budget: u64,
    /// Ask the goals no more after ways to so many of them were looked for, if that is bounded.
    pub goals: Option<u64>,
    /// Give up at this moment.
    pub deadline: Option<Instant>,
    /// Events that are likely parts of plans, in the order in which they are likely.
    pub familiar: Vec<EventId>,
    /// The plan begins with one of these, if any are given.
    pub among: Option<Vec<EventId>>,
    /// A condition (without variables) that the plan must bring about.
    pub brings: Option<Expr>,
    /// Events that the plan must come by after its first, in this order.
    pub waypoints: Vec<EventId>,
}

/// With so many events left to try what is to be brought about is looked for far off.
const FAR_OFF: u64 = 100;

/// No event is asked for: what an [`Ask`] of an intention holds in its place. It is never remembered.
const ANY: EventId = EventId::MAX;

impl Motives {
    /// Looks for an intention, and says what it took.
    pub fn intend(&mut self, engine: &mut Engine, intent: &Intent) -> (Verdict, Effort) {
        self.make_room();
        let before = self.goals.looked_into();
        self.memory.begin(Some(intent.person), false);
        let mut search = Search {
            budget: intent.budget,
            goals: intent.goals.map(|goals| before.saturating_add(goals)),
            deadline: intent.deadline,
            familiar: &intent.familiar,
            engine,
            memo: self,
            examined: 0,
        };
        let verdict = search.intended(intent);
        let verdict = verdict.unwrap_or_else(Verdict::Undecided);
        let events = search.examined;
        let goals = self.goals.looked_into() - before;
        (verdict, Effort { events, goals })
    }

    /// What the person's wants ask for next, or a condition that the person is to bring about, likely first, by anybody: a guess that
    /// proves nothing, and costs little.
    pub fn likely(
        &mut self,
        engine: &mut Engine,
        mind: NodeId,
        person: Person,
        events: u32,
        brings: Option<&Expr>,
    ) -> Arc<[EventId]> {
        let wish = Wish {
            node: mind,
            before: mind,
            start: mind,
            person,
            target: None,
            brings,
            wide: true,
            left: events,
            last: false,
        };
        self.goals
            .choices(engine, &mut self.candidates, &self.relevance, wish)
    }
}

impl Search<'_> {
    fn intended(&mut self, intent: &Intent) -> Result<Verdict, Stop> {
        let ask = Ask {
            mind: intent.mind,
            person: intent.person,
            event: ANY,
            events: intent.events,
            minds: intent.minds,
        };
        let Some(before) = self.worth(ask.mind, ask.person) else {
            return Ok(Verdict::None);
        };
        let small = self.memo.relaxed.small(&self.engine.world);
        let mut aim = self.aim(ask, before);
        aim.among = intent.among.as_deref();
        aim.brings = intent.brings.as_ref();
        aim.waypoints = &intent.waypoints;
        let so = |expr: &Expr| self.engine.evaluate(ask.mind, expr, Vec::new()) == Val::YES;
        if aim.brings.is_some_and(so) {
            return Ok(Verdict::None);
        }
        if small && !self.could_gain(&aim, ask.mind, ask.events)? {
            return Ok(Verdict::None);
        }
        // Who can do something does not wait for others.
        for own in [true, false] {
            aim.own = own;
            if let Some(plan) = self.guessed(&mut aim)? {
                return self.decided(&ask, before, plan);
            }
            if !small {
                continue; // a thorough search would prove nothing, and take for ever
            }
            (aim.thorough, aim.familiar, aim.steps) = (true, None, usize::MAX);
            // What pays within no event that counts is found in round 0.
            for round in 0..=ask.events {
                if let Some(plan) = self.deepened(&mut aim, round)? {
                    return self.decided(&ask, before, plan);
                }
                if !aim.cut {
                    break;
                }
            }
            aim.thorough = false;
        }
        let left = self.budget.saturating_sub(self.examined);
        let far = aim.brings.is_some() && aim.among.is_none() && !small;
        if far && left >= FAR_OFF {
            (aim.familiar, aim.steps) = (None, ask.events as usize);
            aim.until = self.budget;
            let plan = self.directed(&mut aim, Path::new(ask.mind))?;
            if let Some(plan) = plan {
                return self.decided(&ask, before, plan);
            }
        }
        Ok(if aim.doubtful || !small {
            Verdict::Undecided(Stop::Events)
        } else {
            Verdict::None
        })
    }

    /// By guesses that take turns, each by growing length.
    fn guessed(&mut self, aim: &mut Aim<'_>) -> Result<Option<Arc<Plan>>, Stop> {
        // A quarter is left for when others begin.
        let share = (self.budget - self.examined) / if aim.own { 4 } else { 3 };
        let told = if self.familiar.is_empty() {
            0
        } else {
            share.min(FAMILIAR / 2)
        };
        let mut guesses = [
            (Some(0), false, told),
            (None, false, share.min(EAGER / 2)),
            (None, true, share.min(EAGER / 2)),
        ];
        if aim.brings.is_some() {
            guesses[2].2 = 0; // wants are not asked
        }
        // Journeys are free, but a guess is for the shortest way: it lengthens plans by the journey too.
        for round in 1..=2 * aim.ask.events {
            for (familiar, wide, spare) in &mut guesses {
                if *spare == 0 {
                    continue;
                }
                (aim.familiar, aim.wide) = (*familiar, *wide);
                aim.until = self.examined + *spare;
                aim.steps = round as usize;
                if let Some(plan) = self.deepened(aim, round.min(aim.ask.events))? {
                    return Ok(Some(plan));
                }
                *spare = if aim.cut {
                    aim.until.saturating_sub(self.examined)
                } else {
                    0
                };
            }
        }
        Ok(None)
    }

    /// One round of deepening from where nothing has happened yet.
    fn deepened(&mut self, aim: &mut Aim<'_>, length: u32) -> Result<Option<Arc<Plan>>, Stop> {
        let mut path = Path::new(aim.ask.mind);
        self.deepen(aim, &mut path, length, true)
    }

    /// The intention, remembered as the motive that it is.
    fn decided(&mut self, ask: &Ask, before: f64, plan: Arc<Plan>) -> Result<Verdict, Stop> {
        let mut own = (*plan).clone();
        own.0[0].others = Vec::new();
        let ask = Ask {
            event: own.0[0].event,
            ..*ask
        };
        self.memo.memory.answered(ask, Some(Arc::new(own)));
        self.verdict(&ask, before, plan)
    }
}
