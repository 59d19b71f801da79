//! Guesses and proofs: plans are looked for eagerly, then thoroughly, each by growing length.

use super::*;

impl Search<'_> {
    /// Does the person have a motive? Unknown only where a search that is not thorough found none.
    pub(super) fn explain(
        &mut self,
        ask: Ask,
        thorough: bool,
        effort: u64,
    ) -> Result<Answer, Stop> {
        if let Some(answer) = self.memo.memory.answer(&ask) {
            return Ok(answer.clone().map_or(Answer::No, Answer::Yes));
        }
        if !thorough && self.memo.memory.fruitless(&ask, effort) {
            return Ok(Answer::Unknown);
        }
        let Some(before) = self.worth(ask.mind, ask.person) else {
            return Ok(Answer::No);
        };
        let mut aim = self.aim(ask, before);
        aim.until = self.examined.saturating_add(effort);
        self.seek(&mut aim, thorough, false)
    }

    /// The same thoroughly, with a share of the budget that is left.
    pub(super) fn prove(&mut self, ask: Ask, share: u64) -> Result<Answer, Stop> {
        if !self.memo.relaxed.small(&self.engine.world) {
            // In a large world a thorough search for somebody else's reasons would eat up everything and prove nothing.
            return self.explain(ask, false, EAGER / 4);
        }
        let (budget, spare) = (self.budget, (self.budget - self.examined) / share);
        if self.memo.memory.unproved(&ask, spare) {
            return self.explain(ask, false, EAGER / 4);
        }
        self.budget = self.examined + spare;
        let answer = self.explain(ask, true, EAGER / 4);
        self.budget = budget;
        match answer {
            Err(Stop::Events) if self.examined < budget => {
                self.memo.memory.gave_up(ask, spare);
                Ok(Answer::Unknown)
            }
            answer => answer,
        }
    }

    /// Looks for a plan: the event alone, then eagerly, then thoroughly; each by growing length.
    pub(super) fn seek(
        &mut self,
        aim: &mut Aim<'_>,
        thorough: bool,
        best: bool,
    ) -> Result<Answer, Stop> {
        let ask = aim.ask;
        let free = aim.waypoints.is_empty() && aim.brings.is_none();
        let remember = |search: &mut Self, answer: Option<Arc<Plan>>| {
            if free {
                search.memo.memory.answered(ask, answer.clone());
            }
            answer.map_or(Answer::No, Answer::Yes)
        };
        let Some(path) = self.begin(&ask)? else {
            return Ok(remember(self, None));
        };
        let counts = path.used[1];
        if counts > ask.events {
            return Ok(remember(self, None));
        }
        if self.arrived(aim, &path)? {
            if let Some((_, plan)) = aim.best.take() {
                return Ok(remember(self, Some(plan)));
            }
        }
        if ask.minds == 0 {
            return Ok(remember(self, None));
        }
        let small = self.memo.relaxed.small(&self.engine.world);
        if small && !self.could_gain(aim, path.last(), ask.events - counts)? {
            return Ok(remember(self, None));
        }
        if aim.until == u64::MAX {
            aim.until = self.examined + EAGER;
        }
        let began = self.examined;
        let effort = aim.until.saturating_sub(began);
        let known = self
            .familiar
            .iter()
            .position(|&event| event == ask.event)
            .map_or(0, |place| place + 1);
        // Guesses take turns, so that whichever finds the shortest plan finds it first.
        let mut guesses = [
            (Some(known), false, if best { FAMILIAR } else { effort }),
            (None, false, if best { effort / 2 } else { effort / 4 }),
            (None, true, if best { effort / 2 } else { 0 }),
        ];
        if known >= self.familiar.len() {
            guesses[0].2 = 0;
        }
        aim.thorough = false;
        // Of others it is enough to know some reason: what is told further on is cheap to try, goals are not.
        let turns: &[&[usize]] = if best {
            &[&[0, 1, 2]]
        } else {
            &[&[0], &[1, 2]]
        };
        for turn in turns {
            // Journeys are free, but a guess is for the shortest way: it lengthens plans by the journey too.
            for round in counts.max(1)..=2 * ask.events {
                for &guess in *turn {
                    let (familiar, wide, spare) = &mut guesses[guess];
                    if *spare == 0 {
                        continue;
                    }
                    (aim.familiar, aim.wide) = (*familiar, *wide);
                    aim.until = self.examined + *spare;
                    aim.steps = round as usize;
                    if let Some(plan) = self.round(aim, round.min(ask.events), best)? {
                        return Ok(remember(self, Some(plan)));
                    }
                    *spare = if aim.cut {
                        aim.until.saturating_sub(self.examined)
                    } else {
                        0
                    };
                }
            }
        }
        aim.familiar = None;
        // In a large world a thorough search would prove nothing, and take for ever.
        if thorough && small {
            aim.thorough = true;
            aim.steps = usize::MAX;
            // What pays within no event that counts is found in round 0.
            for round in counts..=ask.events {
                if let Some(plan) = self.round(aim, round, best)? {
                    return Ok(remember(self, Some(plan)));
                }
                if !aim.cut {
                    break;
                }
            }
        }
        if !aim.thorough {
            let proving = best && !small && self.goals.is_none();
            if proving && !self.could_gain(aim, path.last(), ask.events - counts)? {
                return Ok(remember(self, None)); // one look from the beginning can prove it in a world of any size
            }
            if !self.out_of_goals() {
                self.memo.memory.tried(ask, effort);
            }
            return Ok(Answer::Unknown);
        }
        if aim.doubtful {
            return Ok(Answer::Unknown);
        }
        Ok(remember(self, None))
    }

    /// One round of deepening: the best plan of at most this length, if any.
    pub(super) fn round(
        &mut self,
        aim: &mut Aim<'_>,
        length: u32,
        best: bool,
    ) -> Result<Option<Arc<Plan>>, Stop> {
        let Some(mut path) = self.begin(&aim.ask)? else {
            return Ok(None);
        };
        self.deepen(aim, &mut path, length, best)
    }

    /// The best plan of at most this length that begins so, if any.
    pub(super) fn deepen(
        &mut self,
        aim: &mut Aim<'_>,
        path: &mut Path,
        length: u32,
        best: bool,
    ) -> Result<Option<Arc<Plan>>, Stop> {
        aim.barren.clear();
        aim.cut = false;
        let budget = self.budget;
        let outcome = self.extend(aim, path, length, best);
        self.budget = budget;
        match outcome {
            Err(Stop::Events) if aim.best.is_some() => {}
            outcome => outcome?,
        }
        Ok(aim.best.take().map(|(_, plan)| plan))
    }
}
