//! Whether a problem keeps the contract of the border; and its form under the peer's rules, negations at the leaves.

use super::*;
use crate::shape::{each_expr, each_part, inner, inner_mut, some_effect, written};

/// Looks for numbers that point nowhere.
pub(super) struct Checker<'a> {
    pub(super) problem: &'a Problem,
}

impl Checker<'_> {
    pub(super) fn problem(&self) -> Result<(), ProblemError> {
        let problem = self.problem;
        for fact in &problem.facts {
            self.value(fact.default, &fact.name)?;
        }
        for claim in &problem.claims {
            if let Some(value) = claim.value {
                self.value(value, "claims")?;
            }
        }
        for action in &problem.actions {
            let bound = self.params(&action.params, &action.name)?;
            for condition in &action.needs {
                self.expr(&condition.expr, bound, &action.name)?;
            }
            for effect in &action.effects {
                self.effect(effect, bound, &action.name)?;
            }
            for will in &action.will {
                self.expr(&will.who, bound, &action.name)?;
                if let Some(when) = &will.when {
                    self.expr(when, bound, &action.name)?;
                }
            }
            for line in &action.sees {
                self.expr(&line.when, bound + 1, &action.name)?;
                match &line.seen_as {
                    SeenAs::Itself => {}
                    SeenAs::Other(other, args) => {
                        self.action(*other, args.len(), &action.name)?;
                        for arg in args {
                            self.expr(arg, bound + 1, &action.name)?;
                        }
                    }
                    SeenAs::Partly(effects) => {
                        for effect in effects {
                            self.plain_effect(effect, bound + 1, &action.name)?;
                        }
                    }
                }
            }
            if let Some(meant) = action.meant {
                let fits = problem.actions.get(meant).is_some_and(|other| {
                    other.params.len() <= action.params.len() && other.meant.is_none()
                });
                if !fits {
                    return Err(ProblemError(format!(
                        "{}: nobody can mean {meant}",
                        action.name
                    )));
                }
            }
        }
        for trigger in &problem.triggers {
            let bound = self.params(&trigger.params, &trigger.name)?;
            self.expr(&trigger.when, bound, &trigger.name)?;
            for effect in &trigger.effects {
                self.effect(effect, bound, &trigger.name)?;
            }
        }
        for visible in &problem.visible {
            let Some(fact) = problem.facts.get(visible.fact) else {
                return Err(ProblemError(format!(
                    "visible: there is no fact {}",
                    visible.fact
                )));
            };
            self.expr(&visible.when, fact.args.len() + 1, &fact.name)?;
        }
        for want in &problem.wants {
            let bound = self.params(&want.params, "wants")?;
            self.expr(&want.who, bound, "wants")?;
            self.expr(&want.what, bound, "wants")?;
            if let Some(during) = &want.during {
                self.expr(during, bound, "wants")?;
            }
        }
        for share in &problem.shares {
            let bound = self.params(&share.params, "shares")?;
            self.expr(&share.who, bound, "shares")?;
            self.expr(&share.of, bound, "shares")?;
            if let Some(during) = &share.during {
                self.expr(during, bound, "shares")?;
            }
        }
        for utility in &problem.utilities {
            self.expr(&utility.what, 0, "utilities")?;
        }
        for line in &problem.start {
            match line {
                Start::Holds { place, value } => {
                    self.place(place, 0, "start")?;
                    self.expr(value, 0, "start")?;
                }
                Start::Secret {
                    place,
                    value,
                    known,
                    others,
                } => {
                    self.place(place, 0, "start")?;
                    self.expr(value, 0, "start")?;
                    self.exprs(known, 0, "start")?;
                    self.value(*others, "start")?;
                }
                Start::Belief { path, place, value } => {
                    self.exprs(path, 0, "start")?;
                    self.place(place, 0, "start")?;
                    self.expr(value, 0, "start")?;
                }
                Start::Impose(effect) => self.effect(effect, 0, "start")?,
            }
        }
        Ok(())
    }

    fn set(&self, set: SetId, whose: &str) -> Result<(), ProblemError> {
        if set < self.problem.sets.len() {
            Ok(())
        } else {
            Err(ProblemError(format!("{whose}: there is no set {set}")))
        }
    }

    fn params(&self, params: &[SetId], whose: &str) -> Result<usize, ProblemError> {
        for &set in params {
            self.set(set, whose)?;
        }
        Ok(params.len())
    }

    fn value(&self, value: Value, whose: &str) -> Result<(), ProblemError> {
        match value {
            Value::Atom(atom) if atom as usize >= self.problem.atoms.len() => {
                Err(ProblemError(format!("{whose}: there is no atom {atom}")))
            }
            _ => Ok(()),
        }
    }

    fn action(&self, action: ActionId, args: usize, whose: &str) -> Result<(), ProblemError> {
        match self.problem.actions.get(action) {
            Some(other) if other.params.len() == args => Ok(()),
            _ => Err(ProblemError(format!(
                "{whose}: action {action} with {args} arguments is none"
            ))),
        }
    }

    fn exprs(&self, exprs: &[Expr], bound: usize, whose: &str) -> Result<(), ProblemError> {
        exprs
            .iter()
            .try_for_each(|expr| self.expr(expr, bound, whose))
    }

    pub(super) fn expr(&self, expr: &Expr, bound: usize, whose: &str) -> Result<(), ProblemError> {
        match expr {
            Expr::Const(value) => self.value(*value, whose),
            Expr::Var(index) if *index < bound => Ok(()),
            Expr::Var(index) => Err(ProblemError(format!(
                "{whose}: variable {index} is not bound"
            ))),
            Expr::Fact(fact, args) => {
                match self.problem.facts.get(*fact) {
                    Some(known) if known.args.len() == args.len() => {}
                    _ => {
                        let count = args.len();
                        let text = format!("{whose}: fact {fact} with {count} arguments is none");
                        return Err(ProblemError(text));
                    }
                }
                self.exprs(args, bound, whose)
            }
            _ => {
                let (set, binds) = match expr {
                    Expr::Any(set, _)
                    | Expr::All(set, _)
                    | Expr::Count(set, _)
                    | Expr::Sum(set, _)
                    | Expr::Product(set, _) => (Some(*set), 1),
                    Expr::Next(_, set) | Expr::Prev(_, set) | Expr::IsIn(_, set) => (Some(*set), 0),
                    Expr::Lt(_, _, set) | Expr::Le(_, _, set) => (*set, 0),
                    _ => (None, 0),
                };
                set.map_or(Ok(()), |set| self.set(set, whose))?;
                let mut found = Ok(());
                each_part(expr, &mut |part| {
                    if found.is_ok() {
                        found = self.expr(part, bound + binds, whose);
                    }
                });
                found
            }
        }
    }

    fn place(&self, place: &Expr, bound: usize, whose: &str) -> Result<(), ProblemError> {
        if !matches!(place, Expr::Fact(..) | Expr::Topic(_)) {
            return Err(ProblemError(format!(
                "{whose}: only a fact can be given a value"
            )));
        }
        self.expr(place, bound, whose)
    }

    fn effect(&self, effect: &Effect, bound: usize, whose: &str) -> Result<(), ProblemError> {
        if matches!(effect, Effect::Believe { path, .. } if path.is_empty()) {
            return Err(ProblemError(format!("{whose}: nobody believes it")));
        }
        let mut within = bound;
        if let Effect::Each(set, ..) = effect {
            self.set(*set, whose)?;
            within += 1;
        }
        let mut found =
            written(effect).map_or(Ok(()), |(place, _)| self.place(place, within, whose));
        each_expr(effect, &mut |expr| {
            if found.is_ok() {
                found = self.expr(expr, within, whose);
            }
        });
        found?;
        inner(effect).try_for_each(|part| self.effect(part, within, whose))
    }

    /// What a witness of a part takes over can only be values.
    fn plain_effect(&self, effect: &Effect, bound: usize, whose: &str) -> Result<(), ProblemError> {
        self.effect(effect, bound, whose)?;
        if has_mental(std::slice::from_ref(effect)) {
            return Err(ProblemError(format!(
                "{whose}: who sees a part takes over values only"
            )));
        }
        Ok(())
    }
}

/// Some effect writes into minds.
pub fn has_mental(effects: &[Effect]) -> bool {
    some_effect(effects, &|effect| {
        matches!(
            effect,
            Effect::Share { .. } | Effect::Learn { .. } | Effect::Believe { .. }
        )
    })
}

/// The peer pushes negations to the leaves before it evaluates; with its unknowns that makes a difference.
pub(super) fn normalise(problem: &mut Problem) {
    for action in &mut problem.actions {
        action
            .needs
            .iter_mut()
            .for_each(|condition| push_negation(&mut condition.expr));
        action
            .sees
            .iter_mut()
            .for_each(|line| push_negation(&mut line.when));
        action.effects.iter_mut().for_each(normalise_effect);
    }
    for trigger in &mut problem.triggers {
        push_negation(&mut trigger.when);
        trigger.effects.iter_mut().for_each(normalise_effect);
    }
    for utility in &mut problem.utilities {
        push_negation(&mut utility.what);
    }
    for line in &mut problem.start {
        if let Start::Impose(effect) = line {
            normalise_effect(effect);
        }
    }
}

fn normalise_effect(effect: &mut Effect) {
    match effect {
        Effect::Set(_, what)
        | Effect::Believe { value: what, .. }
        | Effect::When(what, ..)
        | Effect::Each(_, what, _) => push_negation(what),
        Effect::Show(_) | Effect::Share { .. } | Effect::Learn { .. } => {}
    }
    inner_mut(effect).for_each(normalise_effect);
}

pub(super) fn push_negation(expr: &mut Expr) {
    let whole = std::mem::replace(expr, Expr::Const(Value::Unknown));
    *expr = pushed(whole, false);
}

/// The expression, negated or not, with negations at its leaves.
fn pushed(expr: Expr, negate: bool) -> Expr {
    let inner = |part: Box<Expr>| Box::new(pushed(*part, false));
    let same = |part: Box<Expr>| Box::new(pushed(*part, negate));
    let all = |parts: Vec<Expr>| parts.into_iter().map(|part| pushed(part, negate)).collect();
    match expr {
        Expr::Not(of) => pushed(*of, !negate),
        Expr::And(parts) if negate => Expr::Or(all(parts)),
        Expr::Or(parts) if negate => Expr::And(all(parts)),
        Expr::And(parts) => Expr::And(all(parts)),
        Expr::Or(parts) => Expr::Or(all(parts)),
        Expr::Any(set, body) if negate => Expr::All(set, same(body)),
        Expr::All(set, body) if negate => Expr::Any(set, same(body)),
        Expr::Any(set, body) => Expr::Any(set, same(body)),
        Expr::All(set, body) => Expr::All(set, same(body)),
        Expr::If(a, b, c) => Expr::If(inner(a), same(b), same(c)),
        Expr::Believes(who, what) => Expr::Believes(who, same(what)),
        Expr::Eq(a, b) if negate => Expr::Ne(inner(a), inner(b)),
        Expr::Ne(a, b) if negate => Expr::Eq(inner(a), inner(b)),
        Expr::Lt(a, b, set) if negate => Expr::Le(inner(b), inner(a), set),
        Expr::Le(a, b, set) if negate => Expr::Lt(inner(b), inner(a), set),
        Expr::Eq(a, b) => Expr::Eq(inner(a), inner(b)),
        Expr::Ne(a, b) => Expr::Ne(inner(a), inner(b)),
        Expr::Const(Value::Bool(value)) => Expr::Const(Value::Bool(value != negate)),
        other if negate => Expr::Not(Box::new(other)),
        other => other,
    }
}
