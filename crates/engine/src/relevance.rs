//! What could matter to whom, by facts alone: lifted, the same in every state, worked out once.
//!
//! An action can raise what the world is worth to a person at once only if it writes a fact that the person's wants rest on,
//! directly, through triggers, or in somebody's mind where the wants look into minds. It can matter at all only if it writes
//! something that any want, condition, trigger, or rule of who sees what rests on.

use std::collections::BTreeSet;

use crate::problem::{ActionId, Effect, Expr, FactId, Problem, SeenAs, Trigger};
use crate::shape::{each_part, facts_written};
use crate::world::{Person, World};

type Facts = BTreeSet<FactId>;

/// What an expression reads: in the state where it stands, and in minds.
#[derive(Debug, Default, Clone)]
struct Reads {
    here: Facts,
    minds: Facts,
}

impl Reads {
    fn expr(&mut self, problem: &Problem, expr: &Expr, in_mind: bool) {
        match expr {
            Expr::Fact(fact, _) => self.add(*fact, in_mind),
            Expr::Topic(_) => problem
                .claims
                .iter()
                .for_each(|claim| self.add(claim.fact, in_mind)),
            Expr::Believes(who, what) => {
                self.expr(problem, who, in_mind);
                self.expr(problem, what, true);
                return;
            }
            Expr::Knows(_, what) => self.expr(problem, what, true),
            _ => {}
        }
        each_part(expr, &mut |part| self.expr(problem, part, in_mind));
    }

    fn add(&mut self, fact: FactId, in_mind: bool) {
        if in_mind {
            self.minds.insert(fact);
        } else {
            self.here.insert(fact);
        }
    }

    fn merge(&mut self, other: &Reads) -> bool {
        let before = self.here.len() + self.minds.len();
        self.here.extend(&other.here);
        self.minds.extend(&other.minds);
        self.here.len() + self.minds.len() > before
    }

    fn effects(&mut self, problem: &Problem, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Set(place, value) => {
                    each_part(place, &mut |part| self.expr(problem, part, false));
                    self.expr(problem, value, false);
                }
                Effect::Show(place) => self.expr(problem, place, false),
                Effect::Share {
                    among,
                    speaker,
                    place,
                    value,
                } => {
                    among
                        .iter()
                        .chain(speaker)
                        .chain(value)
                        .for_each(|part| self.expr(problem, part, false));
                    self.expr(problem, place, false);
                }
                Effect::Learn { who, place, from } => {
                    self.expr(problem, who, false);
                    self.expr(problem, place, from.is_some());
                    self.expr(problem, place, false);
                    from.iter().for_each(|from| self.expr(problem, from, false));
                }
                Effect::Believe {
                    path,
                    place,
                    value,
                    inside,
                } => {
                    path.iter().for_each(|part| self.expr(problem, part, false));
                    each_part(place, &mut |part| self.expr(problem, part, false));
                    self.expr(problem, value, *inside);
                }
                Effect::When(when, then, otherwise) => {
                    self.expr(problem, when, false);
                    self.effects(problem, then);
                    self.effects(problem, otherwise);
                }
                Effect::Each(_, when, body) => {
                    self.expr(problem, when, false);
                    self.effects(problem, body);
                }
            }
        }
    }
}

fn writes(problem: &Problem, effects: &[Effect], into: &mut Facts) {
    facts_written(problem, effects, &mut |fact| {
        into.insert(fact);
    });
}

/// What an action or trigger reads and writes.
#[derive(Debug, Default)]
struct Profile {
    reads: Reads,
    /// What its effects write.
    writes: Facts,
    /// What it can change in minds: also what a surprised witness learns, and what it is taken for.
    impressions: Facts,
}

/// For each person and action, what could matter.
#[derive(Debug)]
pub struct Relevance {
    /// By person, then action.
    pays: Vec<Vec<bool>>,
    matters: Vec<bool>,
    plain: Vec<bool>,
}

impl Relevance {
    /// Works it out.
    pub fn new(world: &World) -> Relevance {
        let problem = &world.problem;
        let actions: Vec<Profile> = (0..problem.actions.len())
            .map(|action| profile(problem, action))
            .collect();
        let triggers: Vec<Profile> = problem
            .triggers
            .iter()
            .map(|trigger| trigger_profile(problem, trigger))
            .collect();
        let own: Vec<Reads> = (0..world.persons())
            .map(|person| own_wants(world, person))
            .collect();
        let mut everything = Reads::default();
        let pays = (0..world.persons())
            .map(|person| {
                let mut rests_on = wants(world, person, &own);
                close(problem, &triggers, &mut rests_on);
                everything.merge(&rests_on);
                actions
                    .iter()
                    .map(|action| {
                        !action.writes.is_disjoint(&rests_on.here)
                            || !action.impressions.is_disjoint(&rests_on.minds)
                    })
                    .collect()
            })
            .collect();
        // Whatever an action that matters reads matters; and so do the minds in which others find their reasons.
        let mut all: Facts = everything.here.union(&everything.minds).copied().collect();
        loop {
            let mut reads = Reads {
                here: all.clone(),
                minds: all.clone(),
            };
            for action in actions
                .iter()
                .filter(|action| !action.impressions.is_disjoint(&all))
            {
                reads.merge(&action.reads);
            }
            close(problem, &triggers, &mut reads);
            let more: Facts = reads.here.union(&reads.minds).copied().collect();
            if more.len() == all.len() {
                break;
            }
            all = more;
        }
        let matters = actions
            .iter()
            .map(|action| !action.impressions.is_disjoint(&all))
            .collect();
        let of_minds = |trigger: &Trigger, profile: &Profile| {
            trigger.minds_only || !profile.reads.minds.is_empty()
        };
        let looked_into = problem
            .triggers
            .iter()
            .zip(&triggers)
            .any(|(trigger, profile)| of_minds(trigger, profile));
        let plain = problem
            .actions
            .iter()
            .map(|action| {
                let mut reads = Reads::default();
                reads.effects(problem, &action.effects);
                !looked_into && reads.minds.is_empty()
            })
            .collect();
        Relevance {
            pays,
            matters,
            plain,
        }
    }

    /// The action could raise at once what the world is worth to the person.
    pub fn can_pay(&self, person: Person, action: ActionId) -> bool {
        self.pays[person][action]
    }

    /// The action could matter to anybody in any way.
    pub fn matters(&self, action: ActionId) -> bool {
        self.matters[action]
    }

    /// What the action does to the facts of a state can be told without looking into minds.
    pub fn plain(&self, action: ActionId) -> bool {
        self.plain[action]
    }
}

/// What actions and triggers read and write, to tell which actions touch something.
#[derive(Debug)]
pub struct Touching {
    actions: Vec<Profile>,
    triggers: Vec<Profile>,
}

impl Touching {
    /// Works it out.
    pub fn new(problem: &Problem) -> Touching {
        let actions = 0..problem.actions.len();
        let triggers = problem.triggers.iter();
        Touching {
            actions: actions.map(|action| profile(problem, action)).collect(),
            triggers: triggers.map(|one| trigger_profile(problem, one)).collect(),
        }
    }

    /// By action, whether it could change at once how any of some expressions reads; each is read in truth, or in somebody's mind.
    pub fn any<'a>(
        &self,
        problem: &Problem,
        read: impl IntoIterator<Item = (&'a Expr, bool)>,
    ) -> Vec<bool> {
        let mut reads = Reads::default();
        for (expr, in_mind) in read {
            reads.expr(problem, expr, in_mind);
        }
        close(problem, &self.triggers, &mut reads);
        let touches = |profile: &Profile| {
            !profile.writes.is_disjoint(&reads.here)
                || !profile.impressions.is_disjoint(&reads.minds)
        };
        self.actions.iter().map(touches).collect()
    }
}

fn profile(problem: &Problem, action: ActionId) -> Profile {
    let action = &problem.actions[action];
    let mut profile = Profile::default();
    let mut needed = Reads::default();
    for condition in &action.needs {
        needed.expr(problem, &condition.expr, false);
    }
    profile.reads.merge(&needed);
    profile.reads.effects(problem, &action.effects);
    for will in &action.will {
        profile.reads.expr(problem, &will.who, false);
        will.when
            .iter()
            .for_each(|when| profile.reads.expr(problem, when, false));
    }
    writes(problem, &action.effects, &mut profile.writes);
    profile.impressions.extend(
        profile
            .writes
            .iter()
            .chain(&needed.here)
            .chain(&needed.minds),
    );
    for line in &action.sees {
        profile.reads.expr(problem, &line.when, false);
        match &line.seen_as {
            SeenAs::Itself => {}
            SeenAs::Partly(effects) => {
                profile.reads.effects(problem, effects);
                writes(problem, effects, &mut profile.impressions);
            }
            SeenAs::Other(other, args) => {
                args.iter()
                    .for_each(|arg| profile.reads.expr(problem, arg, false));
                profile
                    .reads
                    .effects(problem, &problem.actions[*other].effects);
                writes(
                    problem,
                    &problem.actions[*other].effects,
                    &mut profile.impressions,
                );
            }
        }
    }
    profile
}

fn trigger_profile(problem: &Problem, trigger: &Trigger) -> Profile {
    let mut profile = Profile::default();
    profile.reads.expr(problem, &trigger.when, false);
    profile.reads.effects(problem, &trigger.effects);
    writes(problem, &trigger.effects, &mut profile.writes);
    profile
}

/// What follows by itself: through triggers, and through what shows itself.
fn close(problem: &Problem, triggers: &[Profile], reads: &mut Reads) {
    loop {
        let mut more = false;
        for trigger in triggers {
            if !trigger.writes.is_disjoint(&reads.here) {
                more |= reads.merge(&trigger.reads);
            }
            if !trigger.writes.is_disjoint(&reads.minds) {
                let all: Facts = trigger
                    .reads
                    .here
                    .union(&trigger.reads.minds)
                    .copied()
                    .collect();
                more |= reads.merge(&Reads {
                    here: Facts::new(),
                    minds: all,
                });
            }
        }
        for visible in &problem.visible {
            if !reads.minds.contains(&visible.fact) {
                continue;
            }
            let mut shown = Reads::default();
            shown.expr(problem, &visible.when, false);
            shown.expr(problem, &visible.when, true);
            shown.add(visible.fact, false);
            more |= reads.merge(&shown);
        }
        if !more {
            return;
        }
    }
}

/// The expression may have this person as its value.
fn may_be(world: &World, who: &Expr, person: Person) -> bool {
    match who {
        Expr::Const(value) => world.person_of(world.constant(*value)) == Some(person),
        _ => true,
    }
}

/// What a person's own wants read.
fn own_wants(world: &World, person: Person) -> Reads {
    let problem = &world.problem;
    let mut reads = Reads::default();
    if world.peer() {
        return reads; // there the whole expression counts alone
    }
    let wants = problem.wants.iter();
    for want in wants.filter(|want| may_be(world, &want.who, person)) {
        reads.expr(problem, &want.who, false);
        reads.expr(problem, &want.what, false);
        want.during
            .iter()
            .for_each(|during| reads.expr(problem, during, false));
    }
    reads
}

/// What all that counts for a person reads; `own`: by person, what the own wants do.
fn wants(world: &World, person: Person, own: &[Reads]) -> Reads {
    let problem = &world.problem;
    let mut reads = own[person].clone();
    for share in problem
        .shares
        .iter()
        .filter(|share| may_be(world, &share.who, person))
    {
        reads.expr(problem, &share.who, false);
        reads.expr(problem, &share.of, false);
        share
            .during
            .iter()
            .for_each(|during| reads.expr(problem, during, false));
        for of in (0..world.persons()).filter(|&of| may_be(world, &share.of, of)) {
            reads.merge(&own[of]);
        }
    }
    for utility in problem
        .utilities
        .iter()
        .filter(|utility| utility.who == Some(world.atom(person)))
    {
        reads.expr(problem, &utility.what, false);
    }
    reads
}
