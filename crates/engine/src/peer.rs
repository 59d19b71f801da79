//! Surprise under the peer's rules: what a witness corrects who held the event to be impossible.
//!
//! The peer puts the precondition into disjunctive normal form and lets every literal correct the mind that stands in a clause true
//! in the source and is false in the mind. A clause of a conjunction is true exactly if its parts are, so the literals can be
//! collected part by part, without multiplying anything out.

use crate::effects::{Cover, Imposition};
use crate::expr::{At, Reader};
use crate::graph::{Graph, NodeId};
use crate::problem::{Condition, Expr};
use crate::value::{FluentId, Val};
use crate::world::{Person, World};

/// The corrections of `mind` on seeing an event with these needs happen in `source`.
pub fn surprise(
    world: &World,
    graph: &Graph,
    needs: &[Condition],
    env: &[Val],
    mind: NodeId,
    source: NodeId,
) -> Vec<Imposition> {
    let mut reader = Reader::new(world, graph, env.to_vec());
    let mut hold = |node| {
        needs
            .iter()
            .all(|need| reader.holds(graph.at(node), &need.expr))
    };
    if hold(mind) || !hold(source) {
        return Vec::new();
    }
    let reader = Reader::new(world, graph, env.to_vec());
    let mut literals = Literals {
        reader,
        chain: Vec::new(),
        found: Vec::new(),
    };
    for need in needs {
        literals.collect(&need.expr, graph.at(source), graph.at(mind));
    }
    literals.found
}

struct Literals<'a> {
    reader: Reader<'a, crate::expr::Deaf>,
    chain: Vec<Person>,
    found: Vec<Imposition>,
}

impl Literals<'_> {
    /// Goes through an expression that is true in `source`.
    fn collect(&mut self, expr: &Expr, source: At, mind: At) {
        match expr {
            Expr::And(parts) => parts
                .iter()
                .for_each(|part| self.collect(part, source, mind)),
            Expr::Or(parts) => parts
                .iter()
                .for_each(|part| self.if_true(part, source, mind)),
            Expr::Any(set, body) | Expr::All(set, body) => {
                for &member in self.reader.world.members(*set) {
                    self.reader.env.push(Val::atom(member));
                    self.if_true(body, source, mind);
                    self.reader.env.pop();
                }
            }
            Expr::If(when, then, otherwise) => {
                if self.reader.holds(source, when) {
                    self.collect(when, source, mind);
                    self.collect(then, source, mind);
                } else {
                    self.collect(otherwise, source, mind);
                }
            }
            Expr::Believes(who, what) => {
                let who = self.reader.value(source, who);
                let inner = self
                    .reader
                    .mind(source, who)
                    .zip(self.reader.mind(mind, who));
                if let Some(((person, source), (_, mind))) = inner {
                    self.chain.push(person);
                    self.collect(what, source, mind);
                    self.chain.pop();
                }
            }
            Expr::Fact(..) => self.equal(expr, source, mind),
            Expr::Not(of) => self.equal(of, source, mind),
            Expr::IsIn(of, _) => self.equal(of, source, mind),
            Expr::Eq(a, b) => {
                let number = self.reader.value(source, a).is_number();
                if !number {
                    self.equal(a, source, mind);
                    self.equal(b, source, mind);
                } else if !self.reader.holds(mind, expr) {
                    self.all(expr, source, true);
                }
            }
            Expr::Ne(a, _) if !self.reader.holds(mind, expr) => {
                let truth = self.reader.value(source, a).is_bool();
                self.all(expr, source, truth);
            }
            Expr::Lt(..) | Expr::Le(..) if !self.reader.holds(mind, expr) => {
                self.all(expr, source, false);
            }
            _ => {}
        }
    }

    fn if_true(&mut self, expr: &Expr, source: At, mind: At) {
        if self.reader.holds(source, expr) {
            self.collect(expr, source, mind);
        }
    }

    /// The literal "the fluent has the value that it has in the source".
    fn equal(&mut self, of: &Expr, source: At, mind: At) {
        if let Some(fluent) = self.reader.place(source, of) {
            let value = self.reader.graph.values.get(source.values, fluent);
            if self.reader.graph.values.get(mind.values, fluent) != value {
                self.correct(fluent, value);
            }
        }
    }

    /// Every fluent in a literal gets its value in the source, or becomes unknown.
    fn all(&mut self, expr: &Expr, source: At, truth: bool) {
        match expr {
            Expr::Fact(..) => {
                if let Some(fluent) = self.reader.place(source, expr) {
                    let value = self.reader.graph.values.get(source.values, fluent);
                    self.correct(fluent, if truth { value } else { Val::PLAIN_UNKNOWN });
                }
            }
            Expr::Eq(a, b)
            | Expr::Ne(a, b)
            | Expr::Lt(a, b, _)
            | Expr::Le(a, b, _)
            | Expr::Add(a, b)
            | Expr::Sub(a, b)
            | Expr::Mul(a, b)
            | Expr::Div(a, b) => {
                self.all(a, source, truth);
                self.all(b, source, truth);
            }
            _ => {}
        }
    }

    fn correct(&mut self, fluent: FluentId, value: Val) {
        self.found.push(Imposition {
            fluent,
            value,
            cover: Cover::end(&self.chain, false),
        });
    }
}
