//! Finding all bindings of parameters under which conditions hold, without going through the product of all parameters:
//! conditions are tested as soon as their variables are bound, and a condition `variable = value` binds the variable.

use std::ops::ControlFlow;

use crate::expr::{At, Reader, Trace};
use crate::problem::{AtomId, Expr};
use crate::value::Val;

/// What a binding must fulfil.
#[derive(Debug, Clone, Copy)]
pub enum Goal<'e> {
    /// The condition holds.
    True(&'e Expr),
    /// The expression has this value.
    Is(&'e Expr, Val),
}

/// The variables below `params` that occur in an expression, one bit each (the rest are bound within it).
pub fn variables(expr: &Expr, params: usize) -> u64 {
    let both = |a: &Expr, b: &Expr| variables(a, params) | variables(b, params);
    let all = |parts: &[Expr]| {
        parts
            .iter()
            .fold(0, |sum, part| sum | variables(part, params))
    };
    match expr {
        Expr::Const(_) => 0,
        Expr::Var(index) => {
            if *index < params {
                1 << index.min(&63)
            } else {
                0
            }
        }
        Expr::Fact(_, args) => all(args),
        Expr::And(parts) | Expr::Or(parts) => all(parts),
        Expr::Topic(of)
        | Expr::Claimed(of)
        | Expr::Not(of)
        | Expr::Known(of)
        | Expr::Maybe(of)
        | Expr::Next(of, _)
        | Expr::Prev(of, _)
        | Expr::IsIn(of, _)
        | Expr::Any(_, of)
        | Expr::All(_, of)
        | Expr::Count(_, of)
        | Expr::Sum(_, of)
        | Expr::Product(_, of) => variables(of, params),
        Expr::Eq(a, b)
        | Expr::Ne(a, b)
        | Expr::Lt(a, b, _)
        | Expr::Le(a, b, _)
        | Expr::Add(a, b)
        | Expr::Sub(a, b)
        | Expr::Mul(a, b)
        | Expr::Div(a, b)
        | Expr::Believes(a, b)
        | Expr::Knows(a, b) => both(a, b),
        Expr::If(a, b, c) => both(a, b) | variables(c, params),
    }
}

/// The parts of a condition all of which must hold.
pub fn conjuncts<'e>(expr: &'e Expr, into: &mut Vec<Goal<'e>>) {
    match expr {
        Expr::And(parts) => parts.iter().for_each(|part| conjuncts(part, into)),
        _ => into.push(Goal::True(expr)),
    }
}

/// A search for bindings.
pub struct Join<'a, 'r, 'g, T: Trace> {
    reader: &'r mut Reader<'a, T>,
    at: At,
    params: &'g [&'g [AtomId]],
    goals: Vec<(Goal<'g>, u64)>,
}

impl<'a, 'r, 'g, T: Trace> Join<'a, 'r, 'g, T> {
    /// Prepares a search: `params` are the members that each parameter ranges over, `goals` what must hold in `at`. The
    /// reader's variables are overwritten.
    pub fn new(
        reader: &'r mut Reader<'a, T>,
        at: At,
        params: &'g [&'g [AtomId]],
        goals: &[Goal<'g>],
    ) -> Self {
        let goals = goals
            .iter()
            .map(|&goal| match goal {
                Goal::True(expr) | Goal::Is(expr, _) => (goal, variables(expr, params.len())),
            })
            .collect();
        Join {
            reader,
            at,
            params,
            goals,
        }
    }

    /// Calls `found` with every binding until it breaks. `fixed`: parameters bound beforehand. The order is deterministic but
    /// no particular one.
    pub fn run(
        mut self,
        fixed: &[Option<AtomId>],
        mut found: impl FnMut(&mut Reader<'a, T>, At) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.reader.env.clear();
        self.reader.env.resize(self.params.len(), Val::NOTHING);
        let mut bound = 0;
        for (index, atom) in fixed.iter().enumerate() {
            if let Some(atom) = atom {
                if !self.params[index].contains(atom) {
                    return ControlFlow::Continue(());
                }
                self.reader.env[index] = Val::atom(*atom);
                bound |= 1 << index;
            }
        }
        let open = (0..self.goals.len()).collect();
        self.search(bound, open, &mut found)
    }

    fn search(
        &mut self,
        mut bound: u64,
        mut open: Vec<usize>,
        found: &mut impl FnMut(&mut Reader<'a, T>, At) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        loop {
            let mut failed = false;
            open.retain(|&index| {
                let (goal, needed) = self.goals[index];
                if failed || needed & !bound != 0 {
                    return true;
                }
                failed = match goal {
                    Goal::True(expr) => !self.reader.holds(self.at, expr),
                    Goal::Is(expr, value) => self.reader.value(self.at, expr) != value,
                };
                false
            });
            if failed {
                return ControlFlow::Continue(());
            }
            match open.iter().find_map(|&index| self.binding(index, bound)) {
                Some((param, value)) => {
                    let fits = value
                        .as_atom()
                        .is_some_and(|atom| self.params[param].contains(&atom));
                    if !fits {
                        return ControlFlow::Continue(());
                    }
                    self.reader.env[param] = value;
                    bound |= 1 << param;
                }
                None => break,
            }
        }
        let Some(param) = self.next(bound, &open) else {
            return found(self.reader, self.at);
        };
        for &member in self.params[param] {
            self.reader.env[param] = Val::atom(member);
            self.search(bound | 1 << param, open.clone(), found)?;
        }
        ControlFlow::Continue(())
    }

    /// A variable that a goal determines, with its value.
    fn binding(&mut self, index: usize, bound: u64) -> Option<(usize, Val)> {
        let free = |expr: &Expr| match expr {
            Expr::Var(var) if *var < self.params.len() && bound & (1 << var) == 0 => Some(*var),
            _ => None,
        };
        match self.goals[index].0 {
            Goal::Is(expr, value) => Some((free(expr)?, value)),
            Goal::True(Expr::Eq(a, b)) => {
                let (var, other) = match (free(a), free(b)) {
                    (Some(var), _) => (var, b),
                    (_, Some(var)) => (var, a),
                    _ => return None,
                };
                if variables(other, self.params.len()) & !bound != 0 {
                    return None;
                }
                Some((var, self.reader.value(self.at, other)))
            }
            Goal::True(_) => None,
        }
    }

    /// The unbound parameter to go through next: one that most goals wait for alone, then the one with fewest members.
    fn next(&self, bound: u64, open: &[usize]) -> Option<usize> {
        (0..self.params.len())
            .filter(|&param| bound & (1 << param) == 0)
            .min_by_key(|&param| {
                let waiting = open
                    .iter()
                    .filter(|&&index| self.goals[index].1 & !bound == 1 << param);
                (
                    std::cmp::Reverse(waiting.count()),
                    self.params[param].len(),
                    param,
                )
            })
    }
}
