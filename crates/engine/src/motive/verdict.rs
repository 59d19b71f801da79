//! Is a plan a motive, to the letter? It ends better, and nothing in it is idle.

use super::*;

impl Search<'_> {
    /// The plan has come to an end that pays: is it a motive? If so it is kept, if it is better than the one before.
    pub(super) fn arrived(&mut self, aim: &mut Aim<'_>, path: &Path) -> Result<bool, Stop> {
        let node = path.last();
        let Some(worth) = self.worth(node, aim.ask.person) else {
            return Ok(false);
        };
        let bar = aim.best.as_ref().map_or(aim.worth, |(best, _)| *best);
        if worth <= bar || passed(aim.waypoints, path) < aim.waypoints.len() {
            return Ok(false);
        }
        if aim
            .brings
            .is_some_and(|brings| self.engine.evaluate(node, brings, Vec::new()) != Val::YES)
        {
            return Ok(false);
        }
        if self.idle(aim, path, worth)? {
            aim.idled += 1;
            return Ok(false);
        }
        aim.best = Some((worth, Arc::new(Plan(path.parts.clone()))));
        Ok(true)
    }

    /// Does some part of the plan do as well? Runs what is left when something is left out, from each state on the way, and
    /// asks for the motives of the others only where such a part would end well enough. If that cannot be decided with a
    /// share of the budget, the part does not stand: a reason that nobody finds is none against the plan.
    pub(super) fn idle(&mut self, aim: &Aim<'_>, path: &Path, worth: f64) -> Result<bool, Stop> {
        /// The end of a part: where, from which other end by which event of the plan, and whether it stands.
        struct End {
            node: NodeId,
            from: Option<(usize, usize)>,
            stands: Option<bool>,
        }
        let person = aim.ask.person;
        let peer = self.engine.world.peer();
        let mut ends: Vec<End> = Vec::new();
        for (index, part) in path.parts.iter().enumerate() {
            for from in 0..ends.len() {
                let node = ends[from].node;
                if ends[from].stands == Some(false) || !self.engine.possible(node, part.event) {
                    continue;
                }
                let Some(next) = self.step(person, node, part.event)? else {
                    continue;
                };
                if ends
                    .iter()
                    .any(|end| end.node == next && end.stands == Some(true))
                {
                    continue;
                }
                let willing = self.engine.willing(node, part.event);
                let alone =
                    !(willing.iter().any(|&other| other != person) || peer && willing.is_empty());
                let stands = if alone { ends[from].stands } else { None };
                ends.push(End {
                    node: next,
                    from: Some((from, index)),
                    stands,
                });
            }
            ends.push(End {
                node: path.nodes[index],
                from: None,
                stands: Some(true),
            });
        }
        for index in 0..ends.len() {
            let reached = self.worth(ends[index].node, person);
            let as_well = reached.is_some_and(|reached| {
                if peer {
                    reached == worth
                } else {
                    reached >= worth
                }
            });
            if !as_well {
                continue;
            }
            // From the beginning of this part on: does everybody in it have a motive?
            let mut chain = vec![index];
            while let Some((from, _)) = ends[chain[chain.len() - 1]].from {
                chain.push(from);
            }
            let mut stands = Some(true);
            for &at in chain.iter().rev() {
                if ends[at].stands.is_none() {
                    let (from, position) = ends[at].from.expect("only such ends are open");
                    let event = path.parts[position].event;
                    ends[at].stands =
                        self.would_stand(aim, ends[from].node, event, path.used[position])?;
                    // An end that stands by itself may still hang on one that does not.
                    if ends[at].stands == Some(true) && stands != Some(true) {
                        ends[at].stands = stands;
                    }
                }
                match ends[at].stands {
                    Some(true) => {}
                    Some(false) => {
                        stands = Some(false);
                        break;
                    }
                    None => stands = None,
                }
            }
            if stands == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Would everybody else will the event there? None: not known.
    pub(super) fn would_stand(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        event: EventId,
        used: u32,
    ) -> Result<Option<bool>, Stop> {
        let willing = self.engine.willing(node, event);
        if self.engine.world.peer() && willing.is_empty() {
            return Ok(Some(false));
        }
        let mut result = Some(true);
        for other in willing.into_iter().filter(|&other| other != aim.ask.person) {
            let mind = self.engine.believed(node, other);
            let ask = Ask {
                mind,
                person: other,
                event,
                events: aim.ask.events - used,
                minds: aim.ask.minds - 1,
            };
            match self.prove(ask, 50)? {
                Answer::Yes(_) => {}
                Answer::No => return Ok(Some(false)),
                Answer::Unknown => result = None,
            }
        }
        Ok(result)
    }

    /// A plan put forward: it is taken if it is a motive, to the letter.
    pub(super) fn verify(
        &mut self,
        aim: &Aim<'_>,
        plan: &[EventId],
    ) -> Result<Option<Arc<Plan>>, Stop> {
        if plan.first() != Some(&aim.ask.event) {
            return Ok(None);
        }
        let Some(mut path) = self.begin(&aim.ask)? else {
            return Ok(None);
        };
        let mut own = self.aim(aim.ask, aim.worth);
        own.waypoints = aim.waypoints;
        own.brings = aim.brings;
        own.until = self.examined + 4 * EAGER; // a claim is worth some effort
        for (index, &event) in plan.iter().enumerate().skip(1) {
            self.tick()?;
            let (node, at) = (path.last(), path.parts.len());
            let (used, travelled) = (path.used[at], path.travelled[at]);
            let lifted = &self.engine.world.problem.actions[self.engine.event_of(event).0];
            let planned = lifted.mode == Mode::Chosen && lifted.meant.is_none();
            let Some((cost, travelled)) = self.cost(node, event, travelled) else {
                return Ok(None);
            };
            let fits = used + cost <= aim.ask.events && aim.ask.minds > 0;
            if !planned || !fits || !self.engine.possible(node, event) {
                return Ok(None);
            }
            let Some(next) = self.step(aim.ask.person, node, event)? else {
                return Ok(None);
            };
            self.share(aim, node, &plan[index..], used)?;
            let Some(others) = self.reasons(&mut own, node, event, used)? else {
                return Ok(None);
            };
            path.parts.push(Part { event, others });
            path.nodes.push(next);
            path.used.push(used + cost);
            path.travelled.push(travelled);
        }
        self.arrived(&mut own, &path)?;
        Ok(own.best.map(|(_, plan)| plan))
    }
}
