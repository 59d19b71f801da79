//! How expressions and effects are put together: the one place that goes through all their forms. Whoever looks for something in
//! them says only what.

use crate::problem::{Effect, Expr, FactId, Place, Problem};

/// The direct parts of an expression, by reference of either kind.
macro_rules! parts {
    ($expr:expr, $f:expr, $iter:ident) => {
        match $expr {
            Expr::Const(_) | Expr::Var(_) => {}
            Expr::Fact(_, parts) | Expr::And(parts) | Expr::Or(parts) => parts.$iter().for_each($f),
            Expr::Topic(a)
            | Expr::Claimed(a)
            | Expr::Not(a)
            | Expr::Next(a, _)
            | Expr::Prev(a, _)
            | Expr::IsIn(a, _)
            | Expr::Any(_, a)
            | Expr::All(_, a)
            | Expr::Count(_, a)
            | Expr::Sum(_, a)
            | Expr::Product(_, a)
            | Expr::Known(a)
            | Expr::Maybe(a) => $f(a),
            Expr::Eq(a, b)
            | Expr::Ne(a, b)
            | Expr::Lt(a, b, _)
            | Expr::Le(a, b, _)
            | Expr::Add(a, b)
            | Expr::Sub(a, b)
            | Expr::Mul(a, b)
            | Expr::Div(a, b)
            | Expr::Believes(a, b)
            | Expr::Knows(a, b) => {
                $f(a);
                $f(b);
            }
            Expr::If(a, b, c) => {
                $f(a);
                $f(b);
                $f(c);
            }
        }
    };
}

/// The expressions that an effect itself is made of, by reference of either kind.
macro_rules! exprs {
    ($effect:expr, $f:expr, $iter:ident) => {
        match $effect {
            Effect::Set(place, value) => {
                $f(place);
                $f(value);
            }
            Effect::Show(place) => $f(place),
            Effect::Share {
                among,
                speaker,
                place,
                value,
            } => {
                among.$iter().for_each(&mut *$f);
                $f(place);
                speaker.$iter().chain(value).for_each($f);
            }
            Effect::Learn { who, place, from } => {
                $f(who);
                $f(place);
                from.$iter().for_each($f);
            }
            Effect::Believe {
                path, place, value, ..
            } => {
                path.$iter().for_each(&mut *$f);
                $f(place);
                $f(value);
            }
            Effect::When(when, ..) | Effect::Each(_, when, _) => $f(when),
        }
    };
}

/// The effects that stand within an effect, by reference of either kind.
macro_rules! inner {
    ($effect:expr, $iter:ident) => {{
        let (some, others) = match $effect {
            Effect::When(_, then, otherwise) => (Some(then), Some(otherwise)),
            Effect::Each(_, _, body) => (Some(body), None),
            _ => (None, None),
        };
        some.into_iter().chain(others).flat_map(|part| part.$iter())
    }};
}

/// Calls `f` on every direct part of an expression.
pub fn each_part<'a>(expr: &'a Expr, f: &mut dyn FnMut(&'a Expr)) {
    parts!(expr, f, iter);
}

/// The same, to change them.
pub fn each_part_mut(expr: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    parts!(expr, f, iter_mut);
}

/// The expression looks into somebody's mind.
pub fn reads_minds(expr: &Expr) -> bool {
    let mut found = matches!(expr, Expr::Believes(..) | Expr::Knows(..));
    each_part(expr, &mut |part| found = found || reads_minds(part));
    found
}

/// Calls `f` on every expression that an effect itself is made of, not on those of effects within it.
pub fn each_expr<'a>(effect: &'a Effect, f: &mut dyn FnMut(&'a Expr)) {
    exprs!(effect, f, iter);
}

/// The same, to change them.
pub fn each_expr_mut(effect: &mut Effect, f: &mut dyn FnMut(&mut Expr)) {
    exprs!(effect, f, iter_mut);
}

/// The effects that stand within an effect: of both branches, or for every member.
pub fn inner(effect: &Effect) -> impl Iterator<Item = &Effect> {
    inner!(effect, iter)
}

/// The same, to change them.
pub fn inner_mut(effect: &mut Effect) -> impl Iterator<Item = &mut Effect> {
    inner!(effect, iter_mut)
}

/// One of the effects, or of those within them, is such.
pub fn some_effect(effects: &[Effect], such: &dyn Fn(&Effect) -> bool) -> bool {
    let mut all = effects.iter();
    all.any(|effect| such(effect) || inner(effect).any(|part| some_effect(slice(part), such)))
}

/// Calls `f` on every effect, those within others too.
pub fn each_effect<'a>(effects: &'a [Effect], f: &mut dyn FnMut(&'a Effect)) {
    for effect in effects {
        f(effect);
        inner(effect).for_each(|part| each_effect(slice(part), f));
    }
}

fn slice(effect: &Effect) -> &[Effect] {
    std::slice::from_ref(effect)
}

/// What a single effect writes, in the state or in minds: the place, and the value where one is given.
pub fn written(effect: &Effect) -> Option<(&Place, Option<&Expr>)> {
    match effect {
        Effect::Set(place, value) | Effect::Believe { place, value, .. } => {
            Some((place, Some(value)))
        }
        Effect::Share { place, value, .. } => Some((place, value.as_ref())),
        Effect::Show(place) | Effect::Learn { place, .. } => Some((place, None)),
        Effect::When(..) | Effect::Each(..) => None,
    }
}

/// Calls `f` on the fact of a place; where a claim or question says which, on all that something can be said about.
pub fn facts_of(problem: &Problem, place: &Place, f: &mut dyn FnMut(FactId)) {
    match place {
        Expr::Fact(fact, _) => f(*fact),
        _ => problem.claims.iter().for_each(|claim| f(claim.fact)),
    }
}

/// Calls `f` on every fact that effects write, in the state or in minds.
pub fn facts_written(problem: &Problem, effects: &[Effect], f: &mut dyn FnMut(FactId)) {
    each_effect(effects, &mut |effect| {
        if let Some((place, _)) = written(effect) {
            facts_of(problem, place, f);
        }
    });
}
