//! Where the conditions and effects of a law read and write.

use super::*;
use crate::shape::{each_expr, each_part, inner};

/// Finds occurrences.
pub(super) struct Finder<'e> {
    /// How many members the parameters range over.
    sizes: &'e [usize],
    /// What instances must fulfil.
    conditions: &'e [Arc<Expr>],
    chain: Vec<&'e Expr>,
    pub(super) found: Vec<Occurrence>,
}

impl<'e> Finder<'e> {
    pub(super) fn new(sizes: &'e [usize], conditions: &'e [Arc<Expr>]) -> Self {
        Finder {
            sizes,
            conditions,
            chain: Vec::new(),
            found: Vec::new(),
        }
    }

    /// What an argument tells. `here`: it is read in the state of the law itself.
    fn tells(&self, arg: &Expr, here: bool, given: &mut Given, pins: &mut Vec<Expr>) -> Tells {
        let params = self.sizes.len();
        match arg {
            Expr::Var(param) if *param < params => {
                *given |= 1 << param;
                Tells::Param(*param)
            }
            Expr::Const(Value::Atom(atom)) => Tells::Only(Val::atom(*atom)),
            // What depends on variables bound within, or on what somebody holds, tells nothing.
            _ if !here || parameters(arg, usize::MAX) >> params != 0 => Tells::Nothing,
            _ => {
                pins.push(arg.clone());
                Tells::Pin(pins.len() - 1)
            }
        }
    }

    fn occurs(&mut self, fact: Option<(FactId, &'e [Expr])>) {
        let (mut given, mut pins) = (0, Vec::new());
        let here = self.chain.is_empty();
        let fact = fact.filter(|_| self.chain.len() < 2).map(|(fact, args)| {
            let args = args.iter();
            (
                fact,
                args.map(|arg| self.tells(arg, here, &mut given, &mut pins))
                    .collect(),
            )
        });
        let place = match self.chain.first() {
            None => Place::Here,
            Some(who) => Place::Mind(self.tells(who, true, &mut given, &mut pins)),
        };
        let join = Join::new(self.sizes, self.conditions.to_vec(), &pins, given);
        let pins = pins.len();
        self.found.push(Occurrence {
            place,
            fact,
            pins,
            join,
        });
    }

    fn exprs(&mut self, exprs: &'e [Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn inside(&mut self, path: &[&'e Expr], then: impl FnOnce(&mut Self)) {
        let depth = self.chain.len();
        self.chain.extend(path);
        then(self);
        self.chain.truncate(depth);
    }

    pub(super) fn expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Const(_) | Expr::Var(_) => {}
            Expr::Fact(fact, args) => {
                self.exprs(args);
                self.occurs(Some((*fact, args)));
            }
            Expr::Topic(of) => {
                self.expr(of);
                self.occurs(None);
            }
            Expr::Believes(who, what) => {
                self.expr(who);
                self.inside(&[who], |this| this.expr(what));
            }
            Expr::Knows(who, what) => {
                self.expr(who);
                self.expr(what);
                self.inside(&[who], |this| this.expr(what));
            }
            _ => each_part(expr, &mut |part| self.expr(part)),
        }
    }

    pub(super) fn effects(&mut self, effects: &'e [Effect]) {
        for effect in effects {
            each_expr(effect, &mut |expr| self.expr(expr));
            match effect {
                Effect::Share { among, .. } => among
                    .iter()
                    .for_each(|who| self.inside(&[who], |this| this.occurs(None))),
                Effect::Learn { who, from, .. } => {
                    for who in std::iter::once(who).chain(from) {
                        self.inside(&[who], |this| this.occurs(None));
                    }
                }
                Effect::Believe {
                    path,
                    place,
                    value,
                    inside,
                } => {
                    let path: Vec<&Expr> = path.iter().collect();
                    self.inside(&path, |this| {
                        this.expr(place);
                        if *inside {
                            this.expr(value);
                        }
                    });
                }
                _ => {}
            }
            inner(effect).for_each(|part| self.effects(std::slice::from_ref(part)));
        }
    }
}
