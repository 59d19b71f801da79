//! What people can plan on and what follows by itself, laid out: the parameters of such actions and triggers filled in.

use super::filling::{Filling, Part, FALSE, NOTHING, TRUE};
use super::{Happening, Happenings, Kind, LARGEST};
use crate::candidates::conjuncts;
use crate::engine::Engine;
use crate::problem::{Effect, Expr, Mode, SetId};
use crate::value::Val;

/// What is being laid out.
struct Law<'l> {
    engine: &'l Engine,
    sets: &'l [SetId],
    /// Its conditions, by the number of parameters that must be bound.
    ready: Vec<Vec<&'l Part<Expr>>>,
    effects: Vec<Part<Effect>>,
    kind: Kind,
}

impl Happenings {
    /// Lays everything out. None if there is too much of it.
    pub fn new(engine: &Engine) -> Option<Happenings> {
        let problem = &engine.world.problem;
        if engine.world.size() > LARGEST {
            return None;
        }
        let mut found = Happenings {
            filling: Filling::new(engine),
            all: Vec::new(),
        };
        for trigger in &problem.triggers {
            let (needs, effects) = ([&trigger.when], &trigger.effects);
            found.lay(engine, &trigger.params, &needs, effects, Kind::Free);
        }
        for action in &problem.actions {
            if action.mode != Mode::Chosen || action.meant.is_some() {
                continue;
            }
            let kind = if action.journey {
                Kind::Free
            } else {
                Kind::Planned
            };
            let needs: Vec<&Expr> = action.needs.iter().map(|need| &need.expr).collect();
            found.lay(engine, &action.params, &needs, &action.effects, kind);
        }
        Some(found)
    }

    fn lay(
        &mut self,
        engine: &Engine,
        sets: &[SetId],
        needs: &[&Expr],
        effects: &[Effect],
        kind: Kind,
    ) {
        let mut all = Vec::new();
        needs.iter().for_each(|need| conjuncts(need, &mut all));
        let count = sets.len();
        let needs = all.iter().map(|need| self.filling.condition(need, count));
        let needs: Vec<Part<Expr>> = needs.collect();
        let effects = effects.iter();
        let effects = effects.map(|effect| self.filling.effect(effect, count));
        // A condition is asked as soon as its parameters are bound.
        let ready = |bound: usize| {
            let last = |part: &&Part<Expr>| part.params.iter().max().map_or(0, |&last| last + 1);
            needs
                .iter()
                .filter(move |part| last(part) == bound)
                .collect()
        };
        let law = Law {
            engine,
            sets,
            effects: effects.collect(),
            ready: (0..=count).map(ready).collect(),
            kind,
        };
        self.bind(&law, &mut Vec::new(), &mut Vec::new());
    }

    fn bind(&mut self, law: &Law<'_>, env: &mut Vec<Val>, needs: &mut Vec<u32>) {
        let before = needs.len();
        for part in &law.ready[env.len()] {
            match self.filling.cond(law.engine, part, env) {
                TRUE => {}
                FALSE => return needs.truncate(before),
                cond => needs.push(cond),
            }
        }
        if let Some(&set) = law.sets.get(env.len()) {
            for &member in law.engine.world.members(set) {
                env.push(Val::atom(member));
                self.bind(law, env, needs);
                env.pop();
            }
        } else {
            let parts = law.effects.iter();
            let groups = parts.map(|part| self.filling.group(law.engine, part, env));
            let groups: Box<[u32]> = groups.filter(|&group| group != NOTHING).collect();
            if !groups.is_empty() {
                self.all.push(Happening {
                    needs: needs.as_slice().into(),
                    groups,
                    kind: law.kind,
                });
            }
        }
        needs.truncate(before);
    }
}
