//! What people lack: wants that are not met, as needs.

use std::sync::Arc;

use super::*;
use crate::standing::Answer;

impl Needs {
    /// What would raise what the state is worth to a person: one need for every want that is not met.
    pub fn gains(&self, engine: &Engine, person: Person, root: NodeId) -> Arc<[Need]> {
        let chain = Chain::HERE;
        let place = Place {
            engine,
            planner: person,
            chain,
            node: root,
            root,
        };
        let mut needs = Vec::new();
        let problem = &engine.world.problem;
        let shared = if engine.world.peer() {
            &[] // and no wants: there the whole expression counts alone
        } else {
            self.wants(place, person, true, &mut needs);
            engine.all_wants().shared_by(person)
        };
        for (index, args) in shared {
            let share = &problem.shares[*index];
            let mut env: Vec<Val> = args.iter().map(|&arg| Val::atom(arg)).collect();
            let who = self.read(place, &share.who, &mut env);
            let of = self.read(place, &share.of, &mut env);
            let Some(of) = engine.world.person_of(of) else {
                continue;
            };
            if engine.world.person_of(who) != Some(person) {
                continue;
            }
            let during = share.during.as_ref();
            // To make somebody else's good count first is too far-fetched.
            if during.is_none_or(|during| self.read(place, during, &mut env) == Val::YES) {
                self.wants(place, of, share.weight > 0.0, &mut needs);
            }
        }
        for Utility { who, what } in &problem.utilities {
            if *who == Some(engine.world.atom(person)) {
                needs.push(self.raise(place, what, &mut Vec::new(), true));
            }
        }
        let mut all: Vec<Need> = Vec::new();
        for need in needs {
            match need {
                Need::Never => {}
                Need::Any(parts) => all.extend(parts.iter().cloned()),
                need if all.contains(&need) => {}
                need => all.push(need),
            }
        }
        all.into()
    }

    /// What would raise (or lower) the sum of a person's own wants, want by want as far as it has to be worked out again.
    fn wants(&self, place: Place<'_>, person: Person, up: bool, needs: &mut Vec<Need>) {
        let Place {
            engine,
            planner,
            root,
            ..
        } = place;
        let instances = engine.all_wants().of(person);
        let mut lacks = self.lacks.borrow_mut();
        let lacks = lacks.entry((planner, person, up)).or_default();
        let (world, graph) = (&engine.world, &engine.graph);
        let here = (engine.values_of(root), Some(root));
        let lacks = lacks.answers((world, graph), here, instances.len(), |question| {
            let (index, args) = &instances[question];
            let (need, reads) = self.recorder.aside(|| {
                let want = &engine.world.problem.wants[*index];
                let mut env: Vec<Val> = args.iter().map(|&arg| Val::atom(arg)).collect();
                let who = self.read(place, &want.who, &mut env);
                match engine.world.person_of(who) == Some(person) {
                    true => self.want(place, want, &mut env, up),
                    false => Need::Never,
                }
            });
            Answer {
                what: need,
                reads: reads.iter().map(|read| (read.0, read.1)).collect(),
                more: reads.iter().any(|read| read.0.longest()), // or from beyond
            }
        });
        needs.extend(lacks.filter(|need| **need != Need::Never).cloned());
    }

    fn want(&self, place: Place<'_>, want: &Want, env: &mut Vec<Val>, up: bool) -> Need {
        let during = |wanted: bool, env: &mut Vec<Val>| match &want.during {
            Some(during) => self.need(place, during, env, wanted),
            None if wanted => Need::Met,
            None => Need::Never,
        };
        let value = self.read(place, &want.what, env);
        if value.is_number() {
            let counts = during(true, env);
            return Need::all(vec![counts, self.raise(place, &want.what, env, up)]);
        }
        // Pleasure counts while both hold, a deficit while the one holds and the other does not.
        let counts = during(true, env) == Need::Met;
        match (want.suffers, up) {
            (true, true) if !counts || value == Val::YES => Need::Never,
            (true, true) => Need::any(vec![
                self.need(place, &want.what, env, true),
                during(false, env),
            ]),
            (true, false) if counts && value != Val::YES => Need::Never,
            (true, false) => Need::all(vec![
                during(true, env),
                self.need(place, &want.what, env, false),
            ]),
            (false, true) if counts && value == Val::YES => Need::Never,
            (false, true) => Need::all(vec![
                during(true, env),
                self.need(place, &want.what, env, true),
            ]),
            (false, false) if !counts || value != Val::YES => Need::Never,
            (false, false) => Need::any(vec![
                self.need(place, &want.what, env, false),
                during(false, env),
            ]),
        }
    }

    /// What would raise (or lower) a number, or make a condition that counts as one true (false).
    fn raise(&self, place: Place<'_>, expr: &Expr, env: &mut Vec<Val>, up: bool) -> Need {
        let world = &place.engine.world;
        match expr {
            Expr::Const(_) | Expr::Var(_) => Need::Never,
            Expr::Add(a, b) => Need::any(vec![
                self.raise(place, a, env, up),
                self.raise(place, b, env, up),
            ]),
            Expr::Sub(a, b) => Need::any(vec![
                self.raise(place, a, env, up),
                self.raise(place, b, env, !up),
            ]),
            Expr::Sum(set, body) => {
                let mut needs = Vec::new();
                for &member in world.members(*set) {
                    env.push(Val::atom(member));
                    needs.push(self.raise(place, body, env, up));
                    env.pop();
                }
                Need::any(needs)
            }
            Expr::If(when, then, otherwise) => {
                let holds = self.read(place, when, env) == Val::YES;
                let number = |value: Val| match value {
                    Val::YES => 1.0,
                    other => world.numbers.get(other).unwrap_or(0.0),
                };
                let (yes, no) = (
                    self.read(place, then, env),
                    self.read(place, otherwise, env),
                );
                let better = if up {
                    number(yes) > number(no)
                } else {
                    number(yes) < number(no)
                };
                let mut needs =
                    vec![self.raise(place, if holds { then } else { otherwise }, env, up)];
                if number(yes) != number(no) && better != holds {
                    needs.push(self.need(place, when, env, better));
                }
                Need::any(needs)
            }
            Expr::Fact(..) | Expr::Topic(_) if !self.read(place, expr, env).is_bool() => {
                self.change(place, expr, env)
            }
            Expr::Mul(..) | Expr::Div(..) | Expr::Count(..) | Expr::Product(..) => {
                self.change(place, expr, env)
            }
            condition => self.need(place, condition, env, up),
        }
    }

    /// Which wants of another person, as `chain` shows that person's mind, would be met by a change of `fluent` if only they
    /// counted: what would make them count. None if one of them counts already. `far`: what is met in that mind alone is not met
    /// for somebody who comes to know better.
    #[allow(clippy::too_many_arguments)]
    pub fn switches(
        &self,
        engine: &Engine,
        planner: Person,
        root: NodeId,
        chain: Chain,
        other: Person,
        fluent: FluentId,
        far: bool,
    ) -> Option<Vec<Need>> {
        let place = Place {
            engine,
            planner,
            chain,
            node: chain.node(&engine.world, &engine.graph, root),
            root,
        };
        let here = Place {
            chain: Chain::HERE,
            node: root,
            ..place
        };
        let fact = engine.world.fact_of(fluent);
        let mut found = Vec::new();
        for (index, args) in engine.all_wants().of(other) {
            if !self.concern[*index].contains(&fact) {
                continue;
            }
            let want = &engine.world.problem.wants[*index];
            let mut env: Vec<Val> = args.iter().map(|&arg| Val::atom(arg)).collect();
            let met = self.read(place, &want.what, &mut env) == Val::YES
                && (!far || self.read(here, &want.what, &mut env) == Val::YES);
            let reads = engine.reads(place.node, &want.what, env.clone());
            let about =
                |(persons, read): &(Vec<Person>, FluentId)| persons.is_empty() && *read == fluent;
            if met || !reads.iter().any(about) {
                continue;
            }
            let during = want.during.as_ref();
            match during.map_or(Need::Met, |during| self.need(place, during, &mut env, true)) {
                Need::Met => return None,
                need => found.push(need),
            }
        }
        Some(found)
    }
}
