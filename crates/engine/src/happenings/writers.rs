//! The effects of actions and triggers one by one, by what they may write.

use crate::abstraction::{Abstraction, Mask};
use crate::problem::{Effect, Expr, FactId, Range, SetId};
use crate::value::{FluentId, Val};
use crate::world::World;

/// A fact that is written: its arguments and the value, as far as they are said outright.
#[derive(Debug)]
pub(super) struct Target {
    pub fact: FactId,
    args: Vec<Expr>,
    value: Option<Expr>,
}

impl Target {
    /// The parameters so bound that it is this fluent, if it can be, and can get one of the values. Others are bound to nothing.
    pub fn unified(
        &self,
        world: &World,
        sets: &[SetId],
        fluent: FluentId,
        values: Mask,
    ) -> Option<Vec<Val>> {
        let mut env = vec![Val::NOTHING; sets.len()];
        for (expr, &arg) in self.args.iter().zip(world.args_of(fluent)) {
            match expr {
                Expr::Const(value) if world.constant(*value) != Val::atom(arg) => return None,
                Expr::Var(param) if *param < sets.len() => {
                    world.position(sets[*param], arg)?;
                    let bound = std::mem::replace(&mut env[*param], Val::atom(arg));
                    if bound != Val::NOTHING && bound != Val::atom(arg) {
                        return None;
                    }
                }
                _ => {}
            }
        }
        if world.problem.facts[self.fact].range == Range::Number {
            return Some(env);
        }
        let value = match self.value {
            Some(Expr::Const(value)) => world.constant(value),
            Some(Expr::Var(param)) if param < sets.len() => env[param],
            _ => Val::NOTHING,
        };
        let abstraction = Abstraction::new(world, Vec::new());
        let fits = value == Val::NOTHING || abstraction.bit(self.fact, value) & values != 0;
        fits.then_some(env)
    }
}

/// The effects one by one, each with the conditions under which it is one. In a true state what is written into minds does not count.
pub(super) fn singly(effects: &[Effect], truth: bool, into: &mut Vec<Effect>) {
    for effect in effects {
        let mut inner = Vec::new();
        match effect {
            Effect::When(when, then, otherwise) => {
                let when = |then, otherwise| Effect::When(when.clone(), then, otherwise);
                singly(then, truth, &mut inner);
                into.extend(inner.drain(..).map(|one| when(vec![one], Vec::new())));
                singly(otherwise, truth, &mut inner);
                into.extend(inner.drain(..).map(|one| when(Vec::new(), vec![one])));
            }
            Effect::Each(set, when, body) => {
                singly(body, truth, &mut inner);
                let each = |one| Effect::Each(*set, when.clone(), vec![one]);
                into.extend(inner.into_iter().map(each));
            }
            Effect::Set(..) => into.push(effect.clone()),
            _ if truth => {}
            _ => into.push(effect.clone()),
        }
    }
}

/// What a single effect writes.
pub(super) fn targets(world: &World, effect: &Effect) -> Vec<Target> {
    let (place, value) = match effect {
        Effect::When(_, then, otherwise) => {
            let parts = then.iter().chain(otherwise);
            return parts.flat_map(|part| targets(world, part)).collect();
        }
        Effect::Each(_, _, body) => {
            return body.iter().flat_map(|part| targets(world, part)).collect();
        }
        Effect::Set(place, value) => (place, Some(value)),
        Effect::Share { place, value, .. } => (place, value.as_ref()),
        Effect::Believe { place, .. } | Effect::Show(place) | Effect::Learn { place, .. } => {
            (place, None)
        }
    };
    if let Expr::Fact(fact, args) = place {
        return vec![Target {
            fact: *fact,
            args: args.clone(),
            value: value.cloned(),
        }];
    }
    // No telling which: whatever something can be said about.
    let claims = world.problem.claims.iter();
    let target = |fact| Target {
        fact,
        args: Vec::new(),
        value: None,
    };
    claims.map(|claim| target(claim.fact)).collect()
}
