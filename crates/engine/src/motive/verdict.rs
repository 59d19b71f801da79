//! Is a plan a motive, to the letter? It ends better, and nothing in it is idle.

use super::*;

/// The end of a part of a plan.
struct End {
    node: NodeId,
    /// From which other end, by which event of the plan; nothing: a state on the way of the plan itself.
    from: Option<(usize, usize)>,
    /// Nobody else is needed to come here.
    alone: bool,
    /// The others would join in the last event, if that has been asked.
    joined: Option<bool>,
}

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
    /// share of the effort, the part does not stand: a reason that nobody finds is none against the plan. In a large world the reasons of one
    /// person for one event are looked for once, wherever in the parts it stands: what was not found there is hardly found elsewhere.
    pub(super) fn idle(&mut self, aim: &Aim<'_>, path: &Path, worth: f64) -> Result<bool, Stop> {
        let (person, peer) = (aim.ask.person, self.engine.world.peer());
        let mut ends = self.ends(person, path)?;
        let mut tried = FxHashSet::default();
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
            if self.stand(aim, path, &mut ends, &chain, &mut tried)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All ends of parts of a plan: of what is left of it from each state on the way, when at least the event there is left out.
    fn ends(&mut self, person: Person, path: &Path) -> Result<Vec<End>, Stop> {
        let peer = self.engine.world.peer();
        let mut ends: Vec<End> = Vec::new();
        for (index, part) in path.parts.iter().enumerate() {
            for from in 0..ends.len() {
                let node = ends[from].node;
                if !self.engine.possible(node, part.event) {
                    continue;
                }
                let Some(next) = self.step(person, node, part.event)? else {
                    continue;
                };
                if ends.iter().any(|end| end.node == next && end.alone) {
                    continue;
                }
                let willing = self.engine.willing(node, part.event);
                let others = willing.iter().any(|&other| other != person);
                let asks = others || peer && willing.is_empty();
                ends.push(End {
                    node: next,
                    from: Some((from, index)),
                    alone: ends[from].alone && !asks,
                    joined: (!asks).then_some(true),
                });
            }
            ends.push(End {
                node: path.nodes[index],
                from: None,
                alone: true,
                joined: Some(true),
            });
        }
        Ok(ends)
    }

    /// Would the others join in all of a part of a plan, given by its ends from the last to the first? What is plain at once is looked
    /// at before any reasons are searched for, and these of the last event first: what people do in return they do for one
    /// reason, what leads there for many.
    fn stand(
        &mut self,
        aim: &Aim<'_>,
        path: &Path,
        ends: &mut [End],
        chain: &[usize],
        tried: &mut FxHashSet<(Person, EventId)>,
    ) -> Result<bool, Stop> {
        if chain.iter().any(|&at| ends[at].joined == Some(false)) {
            return Ok(false);
        }
        for found_out in [false, true] {
            for &at in chain {
                let (None, Some((from, position))) = (ends[at].joined, ends[at].from) else {
                    continue;
                };
                let (node, event) = (ends[from].node, path.parts[position].event);
                let search = found_out.then_some(&mut *tried);
                let joined = self.would_stand(aim, node, event, path.used[position], search)?;
                ends[at].joined = joined.or(found_out.then_some(false));
                if ends[at].joined == Some(false) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Would everybody else will the event there, as far as is plain at once, or as a `search` with a share of the effort shows?
    /// None: not known.
    fn would_stand(
        &mut self,
        aim: &Aim<'_>,
        node: NodeId,
        event: EventId,
        used: u32,
        mut search: Option<&mut FxHashSet<(Person, EventId)>>,
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
            let small = self.memo.relaxed.small(&self.engine.world);
            let answer = match &mut search {
                Some(tried) if small || !tried.contains(&(other, event)) => self.prove(ask, 50)?,
                _ => self.explain(ask, false, 0)?,
            };
            match (answer, &mut search) {
                (Answer::Yes(_), _) => {}
                (Answer::No, _) => return Ok(Some(false)),
                (Answer::Unknown, Some(tried)) => {
                    tried.insert((other, event));
                    return Ok(None);
                }
                (Answer::Unknown, None) => result = None,
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
