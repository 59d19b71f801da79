//! With which events a plan may end: those that are possible as things are and serve a want at once.
//!
//! Most states that a search looks at lie at the end of its reach. What is to be tried there need not be asked of the goals as a whole:
//! no event is of use there that only leads on, and none that is not possible by now. So a goal is followed through what comes about by
//! itself alone, and of the events that write what is wanted only those are filled in whose conditions hold.

use super::*;

/// At most so many events are tried as the last of a plan from one state.
const ENDS: usize = 12;

impl Goals {
    /// The events that may bring a gain as the last of a plan, likely first.
    pub(super) fn last(
        &self,
        engine: &Engine,
        (candidates, relevance): (&mut Candidates, &Relevance),
        wish: Wish<'_>,
        [gains, at_first]: [Arc<[Need]>; 2],
        known: &mut WaysHere,
    ) -> Vec<EventId> {
        let Wish {
            node,
            before,
            person,
            ..
        } = wish;
        let mut work = Work::new(self, engine, candidates, (node, person), known);
        work.last = Some(relevance);
        work.most = far::GOALS;
        let mut found: FxHashMap<EventId, u32> = FxHashMap::default();
        let at_first: FxHashSet<&Need> = at_first.iter().collect();
        let gains = gains.iter().filter(|gain| **gain != Need::Met).cloned();
        let (new, old): (Vec<Need>, Vec<Need>) = gains.partition(|gain| !at_first.contains(gain));
        work.pursue(&Need::any(new), 1, 0, &mut found);
        // Of the events that serve what was lacking at first, those go on with the plan that its last event has made possible.
        let mut others = FxHashMap::default();
        work.looked_into = 0;
        if !wish.wide {
            let (values, was) = (&engine.graph.values, engine.values_of(before));
            work.since = Some(values.diff(was, engine.values_of(node)));
        }
        work.pursue(&Need::any(old), 1, STALE, &mut others);
        for (event, weight) in others {
            let weight = if !engine.possible(before, event) {
                EVENT
            } else if wish.wide {
                weight
            } else {
                continue;
            };
            let known = found.entry(event).or_insert(weight);
            *known = weight.min(*known);
        }
        let choices = ranked(engine, node, person, found).into_iter();
        choices.take(ENDS).map(|(event, _)| event).collect()
    }
}

impl Work<'_> {
    /// The events that may bring a goal about and are possible as things are.
    pub(super) fn find_now(&mut self, goal: Goal) -> Vec<Arc<Way>> {
        let (engine, goals) = (self.engine, self.goals);
        let (fact, args) = engine.world.fluent_of(goal.fluent);
        let at = engine.graph.at(self.node);
        let mut ways = Vec::new();
        for writer in &goals.writers[fact] {
            let Source::Action(action) = writer.source else {
                continue;
            };
            let pays = |relevance: &Relevance| relevance.can_pay(self.person, action);
            if !self.last.is_none_or(pays) {
                continue;
            }
            let params = engine.world.problem.actions[action].params.len();
            for mut env in self.unify(writer, goal, &args) {
                let given: Vec<Option<AtomId>> =
                    env[..params].iter().map(|value| value.as_atom()).collect();
                let (world, graph) = (&engine.world, &engine.graph);
                let mut possible = Vec::new();
                for given in self.turned(action, given) {
                    possible.extend(self.candidates.find(world, graph, at, action, &given, None));
                }
                for args in possible {
                    let values = args.iter().map(|&arg| Val::atom(arg));
                    env.splice(..params, values);
                    if !self.may_write(writer, &env, goal) {
                        continue;
                    }
                    ways.push(Arc::new(Way {
                        event: Some(engine.graph.events.intern(action, &args)),
                        journey: engine.world.problem.actions[action].journey,
                        luck: false,
                        doubt: 0,
                        need: Need::Met,
                    }));
                }
            }
        }
        ways
    }

    /// The effect may write what is wanted, and nothing around it says that it does not happen.
    fn may_write(&self, writer: &Writer, env: &[Val], goal: Goal) -> bool {
        let engine = self.engine;
        let at = engine.graph.at(self.node);
        self.writes(writer, env, goal)
            && (env.contains(&Val::NOTHING) || {
                let mut reader = Reader::new(&engine.world, &engine.graph, env.to_vec());
                let mut guards = writer.guards.iter();
                guards.all(|guard| reader.value(at, guard) != Val::NO)
            })
    }
}
