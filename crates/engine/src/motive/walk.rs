//! The walk of the search for motives: which events may come next in a plan, what they cost, who must have reasons for them.

use super::*;

/// To find out with which events a plan may end takes as long as to try so many.
const AN_END: u64 = 16;

impl Search<'_> {
    /// The path of the first event, if that is possible.
    pub(super) fn begin(&mut self, ask: &Ask) -> Result<Option<Path>, Stop> {
        self.tick()?;
        if !self.engine.possible(ask.mind, ask.event) {
            return Ok(None);
        }
        let Some(next) = self.step(ask.person, ask.mind, ask.event)? else {
            return Ok(None);
        };
        let (cost, travelled) = self
            .cost(ask.mind, ask.event, 0)
            .expect("nobody has travelled yet");
        Ok(Some(Path {
            parts: vec![Part {
                event: ask.event,
                others: Vec::new(),
            }],
            nodes: vec![ask.mind, next],
            used: vec![0, cost],
            travelled: vec![0, travelled],
        }))
    }

    /// What an event costs, and who has travelled without a break after it; none if somebody would travel twice.
    /// Journeys are free, except those that nobody must will.
    pub(super) fn cost(
        &self,
        node: NodeId,
        event: EventId,
        travelled: Group,
    ) -> Option<(u32, Group)> {
        if !self.engine.world.problem.actions[self.engine.event_of(event).0].journey {
            return Some((1, 0));
        }
        let willing = self.engine.willing(node, event);
        let travellers = willing
            .into_iter()
            .fold(0, |group: Group, person| group | 1 << person);
        (travellers & travelled == 0)
            .then_some((u32::from(travellers == 0), travelled | travellers))
    }

    /// Makes the plan longer, up to `length` events that count.
    pub(super) fn extend(
        &mut self,
        aim: &mut Aim<'_>,
        path: &mut Path,
        length: u32,
        best: bool,
    ) -> Result<(), Stop> {
        let node = path.last();
        let at = path.parts.len();
        let (used, travelled) = (path.used[at], path.travelled[at]);
        let left = length - used;
        let passed = passed(aim.waypoints, path);
        let depth = match aim.familiar {
            Some(from) => from << 8 | at,
            None if aim.thorough => 0,
            None => at,
        };
        let key = (node, left, used, travelled, passed, depth);
        if aim.barren.contains(&key) {
            return Ok(());
        }
        if at >= aim.steps {
            aim.cut = true;
            return Ok(());
        }
        let idled = aim.idled;
        let familiar = aim.familiar;
        let choices = match familiar {
            Some(from) => self.familiar_choices(aim.ask.person, node, from),
            None => self.choices(aim, path, left)?,
        };
        for &event in choices.iter() {
            if let Some(from) = familiar {
                let place = self.familiar[from..]
                    .iter()
                    .position(|&known| known == event)
                    .expect("it was chosen from there");
                aim.familiar = Some(from + place + 1);
            }
            if aim.better_until.is_some_and(|end| self.examined > end) {
                return Ok(());
            }
            if !aim.thorough && self.examined > aim.until {
                aim.cut = true;
                return Ok(());
            }
            if aim.own && at == 0 && !self.engine.willing(node, event).contains(&aim.ask.person) {
                continue; // somebody else's
            }
            let Some((cost, travelled)) = self.cost(node, event, travelled) else {
                continue;
            };
            if cost > left {
                aim.cut = true;
                continue;
            }
            self.tick()?;
            let (more, last) = if aim.thorough {
                (left > cost || self.memo.journeys, left == cost)
            } else {
                (at + 1 < aim.steps, at + 1 == aim.steps)
            };
            if !more && aim.waypoints.is_empty() && !self.could_pay(aim, node, event)? {
                aim.cut = true;
                continue;
            }
            if aim.thorough && !self.promising(aim, node, event, left - cost)? {
                aim.cut = true;
                continue;
            }
            let Some(next) = self.step(aim.ask.person, node, event)? else {
                continue;
            };
            if path.nodes.contains(&next) {
                continue; // what lies between would be idle
            }
            let pays = last
                && self
                    .worth(next, aim.ask.person)
                    .is_some_and(|worth| worth > aim.worth);
            let onward = more && (!aim.thorough || self.could_gain(aim, next, left - cost)?);
            aim.cut |= last || !onward; // a bound for few events says nothing of more
            if !pays && !onward {
                continue;
            }
            let Some(others) = self.reasons(aim, node, event, used)? else {
                continue;
            };
            path.parts.push(Part { event, others });
            path.nodes.push(next);
            path.used.push(used + cost);
            path.travelled.push(travelled);
            if pays && self.arrived(aim, path)? && aim.better_until.is_none() {
                let end = if best {
                    self.examined + self.examined / 4 + 8
                } else {
                    0
                };
                aim.better_until = Some(end);
                if best {
                    self.budget = self.budget.min(end);
                }
            }
            if onward && aim.better_until != Some(0) {
                self.extend(aim, path, length, best)?;
            }
            path.parts.pop();
            path.nodes.pop();
            path.used.pop();
            path.travelled.pop();
        }
        aim.familiar = familiar;
        if aim.best.is_none() && aim.idled == idled {
            aim.barren.insert(key);
        }
        Ok(())
    }

    /// The last event could raise what the world is worth to the person: by what it writes, and by a look ahead at values.
    pub(super) fn could_pay(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        event: EventId,
    ) -> Result<bool, Stop> {
        let (action, _) = self.engine.event_of(event);
        if !self.memo.relevance.can_pay(aim.ask.person, action) {
            return Ok(false);
        }
        if !self.memo.relevance.plain(action) {
            return Ok(true);
        }
        let values = self.engine.values_of(node);
        let Ok(values) = self.engine.vstep(Some(aim.ask.person), values, event) else {
            return Ok(true);
        };
        let (worth, blind) = self.engine.utility_values(values, Some(aim.ask.person));
        Ok(blind || worth.is_some_and(|worth| worth > aim.worth))
    }

    /// After this event so many more could end in a gain, by the values alone: most events are out by that, before they are
    /// run in all minds.
    pub(super) fn promising(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        event: EventId,
        left: u32,
    ) -> Result<bool, Stop> {
        let (person, values) = (aim.ask.person, self.engine.values_of(node));
        let Ok(values) = self.engine.vstep(Some(person), values, event) else {
            return Ok(true);
        };
        let relaxed = &mut self.memo.relaxed;
        Ok(relaxed.bound(self.engine, values, person, left, aim.worth) > aim.worth)
    }

    /// So many more events could end in a gain.
    pub(super) fn could_gain(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        left: u32,
    ) -> Result<bool, Stop> {
        let values = self.engine.values_of(node);
        let relaxed = &mut self.memo.relaxed;
        Ok(relaxed.bound(self.engine, values, aim.ask.person, left, aim.worth) > aim.worth)
    }

    /// Why the others will an event of the plan; none if somebody would not, or it is not known why.
    pub(super) fn reasons(
        &mut self,
        aim: &mut Aim<'_>,
        node: NodeId,
        event: EventId,
        used: u32,
    ) -> Result<Option<Reasons>, Stop> {
        let willing = self.engine.willing(node, event);
        if self.engine.world.peer() && willing.is_empty() {
            return Ok(None);
        }
        let others: Vec<Person> = willing
            .into_iter()
            .filter(|&other| other != aim.ask.person)
            .collect();
        for &other in &others {
            if !self
                .engine
                .possible(self.engine.believed(node, other), event)
            {
                return Ok(None);
            }
        }
        let mut reasons = Vec::with_capacity(others.len());
        for other in others {
            let ask = Ask {
                mind: self.engine.believed(node, other),
                person: other,
                event,
                events: aim.ask.events - used,
                minds: aim.ask.minds - 1,
            };
            let answer = if aim.thorough {
                self.prove(ask, 8)?
            } else {
                // Short plans should do with little for the reasons of others: they are asked again when plans grow.
                let spare = aim.until.saturating_sub(self.examined) / 8 + 8;
                let steps = aim.steps.min(1 << 8) as u64;
                self.explain(ask, false, spare.min(8 * steps * steps))?
            };
            match answer {
                Answer::Yes(plan) => reasons.push((other, plan)),
                Answer::No => return Ok(None),
                Answer::Unknown => {
                    aim.doubtful |= aim.thorough;
                    return Ok(None);
                }
            }
        }
        Ok(Some(reasons))
    }

    /// The events to try next, in order.
    pub(super) fn choices(
        &mut self,
        aim: &mut Aim<'_>,
        path: &Path,
        left: u32,
    ) -> Result<Arc<[EventId]>, Stop> {
        let first = path.parts.is_empty();
        if let Some(among) = aim.among.filter(|_| first) {
            let stands = |event: &EventId| {
                self.may_be_planned(*event) && self.engine.possible(path.last(), *event)
            };
            return Ok(among.iter().copied().filter(stands).collect());
        }
        let choices = if aim.thorough {
            self.all_possible(path.last())?
        } else if self.out_of_goals() {
            aim.cut = true;
            return Ok(Arc::new([]));
        } else {
            // In a small world a guess costs little, and all events are tried in the end.
            let ends = path.parts.len() + 1 == aim.steps && !first;
            let free = aim.waypoints.is_empty() && aim.brings.is_none();
            let last = ends && free && !self.memo.relaxed.small(&self.engine.world);
            if last {
                aim.until = aim.until.saturating_sub(AN_END);
                aim.cut = true; // what only leads on is left out
            }
            let wish = Wish {
                node: path.last(),
                before: path.nodes[path.nodes.len().saturating_sub(2)],
                start: path.nodes[0],
                person: aim.ask.person,
                target: aim.waypoints.get(passed(aim.waypoints, path)).copied(),
                brings: aim.brings,
                wide: aim.wide || first, // where nothing has happened yet there are no other goals
                left,
                last,
            };
            let memo = &mut *self.memo;
            memo.goals
                .choices(self.engine, &mut memo.candidates, &memo.relevance, wish)
        };
        let unsure = !aim.thorough && self.engine.world.peer();
        if self.memo.alphabet.is_none() && !unsure {
            return Ok(choices);
        }
        let node = path.last();
        let stands = |event: &EventId| match aim.thorough {
            true => self.thought_of(*event),
            false => self.guess_stands(node, *event),
        };
        Ok(choices.iter().copied().filter(stands).collect())
    }

    /// The goals are asked no more.
    pub(super) fn out_of_goals(&self) -> bool {
        let looked_into = self.memo.goals.looked_into();
        self.goals.is_some_and(|most| looked_into >= most)
    }

    /// It is among the events that anybody thinks of.
    fn thought_of(&self, event: EventId) -> bool {
        let alphabet = self.memo.alphabet.as_ref();
        alphabet.is_none_or(|alphabet| alphabet.contains(&event))
    }

    /// An event that goals ask for in a state may be planned there. Goals take what somebody believes of the own beliefs for the
    /// beliefs themselves: so it is under our rules only.
    pub(super) fn guess_stands(&self, node: NodeId, event: EventId) -> bool {
        self.thought_of(event) && (!self.engine.world.peer() || self.engine.possible(node, event))
    }

    /// What the story goes on to tell is what people tried: the familiar events from a place in their list on that are possible
    /// here, those first for which nobody else must be asked.
    pub(super) fn familiar_choices(
        &self,
        person: Person,
        node: NodeId,
        from: usize,
    ) -> Arc<[EventId]> {
        let all = &self.familiar[from..];
        let possible = |&(place, &event): &(usize, &EventId)| {
            !all[..place].contains(&event)
                && self.may_be_planned(event)
                && self.engine.possible(node, event)
        };
        let asks_others = |&event: &EventId| {
            let willing = self.engine.willing(node, event);
            willing.into_iter().any(|other| other != person)
        };
        let events = all
            .iter()
            .enumerate()
            .filter(possible)
            .map(|(_, &event)| event);
        let (shared, own): (Vec<EventId>, Vec<EventId>) = events.partition(asks_others);
        [own, shared].concat().into()
    }

    /// Chosen by somebody, and the outcome that is meant.
    pub(super) fn may_be_planned(&self, event: EventId) -> bool {
        let action = &self.engine.world.problem.actions[self.engine.event_of(event).0];
        action.mode == Mode::Chosen && action.meant.is_none()
    }

    /// All events that are possible there and that somebody may plan on.
    pub(super) fn all_possible(&mut self, node: NodeId) -> Result<Arc<[EventId]>, Stop> {
        if let Some(events) = self.memo.possible.get(&node) {
            return Ok(events.clone());
        }
        let at = self.engine.graph.at(node);
        let mut events = Vec::new();
        for action in 0..self.engine.world.problem.actions.len() {
            let lifted = &self.engine.world.problem.actions[action];
            if lifted.mode != Mode::Chosen
                || lifted.meant.is_some()
                || !self.memo.relevance.matters(action)
            {
                continue;
            }
            let any = vec![None; lifted.params.len()];
            let found = self.memo.candidates.find(
                &self.engine.world,
                &self.engine.graph,
                at,
                action,
                &any,
                None,
            );
            events.extend(
                found
                    .into_iter()
                    .map(|args| self.engine.graph.events.intern(action, &args)),
            );
        }
        let events: Arc<[EventId]> = events.into();
        self.memo.possible.insert(node, events.clone());
        Ok(events)
    }
}
