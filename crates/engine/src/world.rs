//! A checked problem with the tables that reading it needs: where an atom stands in a set, which fluent a fact with its
//! arguments is, which atoms have minds.

use std::fmt;

use crate::problem::{
    ActionId, AtomId, Effect, Expr, FactId, Problem, Range, Rules, SeenAs, SetId, Start, Value,
};
use crate::value::{FluentId, Numbers, Val};

/// A person: index into [`Problem::persons`]. States have one mind for each.
pub type Person = usize;

/// A problem that breaks the contract of the border.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemError(pub String);

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ProblemError {}

/// The limits of the representation: persons are bits of a mask, atoms and fluents payloads of a value.
const MOST_PERSONS: usize = 128;
const MOST_FLUENTS: usize = 1 << 20;
const MOST_ATOMS: usize = 1 << 24;

/// A set of persons, one bit each.
pub type Group = u128;

const ABSENT: u32 = u32::MAX;

/// A checked problem.
#[derive(Debug, Clone)]
pub struct World {
    /// What it was made of. Under the peer's rules negations stand at the leaves.
    pub problem: Problem,
    /// The numbers in use.
    pub numbers: Numbers,
    /// For each set, where each atom stands in it, one set after the other.
    positions: Vec<u32>,
    /// For each argument of each fact, its set and the number of its members; and where those of each fact begin.
    arguments: Vec<(u32, u32)>,
    arguments_of: Vec<u32>,
    /// For each fact, its first fluent; and the number of fluents at the end.
    bases: Vec<FluentId>,
    /// For each fluent, its fact and where its arguments stand in `args`.
    fluents: Vec<(u32, u32)>,
    args: Vec<AtomId>,
    /// For each atom, the person that it is.
    persons: Vec<Option<Person>>,
    /// For each atom, the claim or question that it stands for.
    claims: Vec<Option<usize>>,
    /// For each action, whether it writes into minds.
    mental: Vec<bool>,
}

impl World {
    /// Checks the problem.
    ///
    /// # Errors
    /// [`ProblemError`] if a number points nowhere or a variable is not bound.
    pub fn new(mut problem: Problem) -> Result<World, ProblemError> {
        let fail = |message: String| Err(ProblemError(message));
        if problem.version != 1 {
            return fail(format!(
                "version {} of the border is not known",
                problem.version
            ));
        }
        let atoms = problem.atoms.len();
        if atoms == 0 || atoms > MOST_ATOMS {
            return fail(format!(
                "{atoms} atoms; there must be 1 (`none`) to {MOST_ATOMS}"
            ));
        }
        if problem.persons.len() > MOST_PERSONS {
            return fail(format!(
                "{} persons, at most {MOST_PERSONS}",
                problem.persons.len()
            ));
        }
        let atom = |id: AtomId, what: &str| {
            if (id as usize) < atoms {
                Ok(id as usize)
            } else {
                Err(ProblemError(format!("{what}: there is no atom {id}")))
            }
        };
        let mut positions = Vec::with_capacity(problem.sets.len());
        for set in &problem.sets {
            let mut places = vec![ABSENT; atoms];
            for (place, &member) in set.members.iter().enumerate() {
                places[atom(member, &set.name)?] = place as u32;
            }
            positions.push(places);
        }
        let mut persons = vec![None; atoms];
        for (index, &person) in problem.persons.iter().enumerate() {
            if persons[atom(person, "persons")?].replace(index).is_some() || person == 0 {
                return fail(format!("atom {person} is not one person"));
            }
        }
        let mut bases = vec![0];
        let mut fluents = 0usize;
        for fact in &problem.facts {
            let mut size = 1usize;
            for &set in &fact.args {
                let Some(set) = problem.sets.get(set) else {
                    return fail(format!("fact {}: there is no set {set}", fact.name));
                };
                size = size.saturating_mul(set.members.len());
            }
            fluents = fluents.saturating_add(size);
            if fluents > MOST_FLUENTS {
                return fail(format!(
                    "fact {}: more than {MOST_FLUENTS} fluents",
                    fact.name
                ));
            }
            bases.push(fluents as FluentId);
            if let Range::Set(set) = fact.range {
                if set >= problem.sets.len() {
                    return fail(format!("fact {}: there is no set {set}", fact.name));
                }
            }
        }
        let (mut arguments, mut arguments_of) = (Vec::new(), Vec::new());
        for fact in &problem.facts {
            arguments_of.push(arguments.len() as u32);
            let size = |set: usize| problem.sets[set].members.len() as u32;
            arguments.extend(fact.args.iter().map(|&set| (set as u32, size(set))));
        }
        let (mut places, mut args) = (Vec::with_capacity(fluents), Vec::new());
        for (fact, lifted) in problem.facts.iter().enumerate() {
            let sets: Vec<&[AtomId]> = lifted
                .args
                .iter()
                .map(|&set| problem.sets[set].members.as_slice())
                .collect();
            for mut index in 0..(bases[fact + 1] - bases[fact]) as usize {
                let from = args.len();
                places.push((fact as u32, from as u32));
                for members in sets.iter().rev() {
                    args.push(members[index % members.len()]);
                    index /= members.len();
                }
                args[from..].reverse();
            }
        }
        let mut claims = vec![None; atoms];
        for (index, claim) in problem.claims.iter().enumerate() {
            claims[atom(claim.atom, "claims")?] = Some(index);
            let fits = problem.facts.get(claim.fact).is_some_and(|fact| {
                fact.args.len() == claim.args.len()
                    && fact.args.iter().zip(&claim.args).all(|(&set, &arg)| {
                        positions[set]
                            .get(arg as usize)
                            .is_some_and(|&place| place != ABSENT)
                    })
            });
            if !fits {
                return fail(format!("claim {index} is about no fluent"));
            }
        }
        Checker { problem: &problem }.problem()?;
        if problem.rules == Rules::Peer {
            normalise(&mut problem);
        }
        let mental = problem
            .actions
            .iter()
            .map(|action| has_mental(&action.effects))
            .collect();
        Ok(World {
            problem,
            numbers: Numbers::default(),
            positions: positions.concat(),
            arguments,
            arguments_of,
            bases,
            fluents: places,
            args,
            persons,
            claims,
            mental,
        })
    }

    /// The peer's rules hold.
    pub fn peer(&self) -> bool {
        self.problem.rules == Rules::Peer
    }

    /// The action has effects that write into minds.
    pub fn mental(&self, action: ActionId) -> bool {
        self.mental[action]
    }

    /// How many fluents there are.
    pub fn fluents(&self) -> usize {
        self.bases[self.bases.len() - 1] as usize
    }

    /// How many minds a state has.
    pub fn persons(&self) -> usize {
        self.problem.persons.len()
    }

    /// The person that an atom is.
    pub fn person(&self, atom: AtomId) -> Option<Person> {
        self.persons.get(atom as usize).copied().flatten()
    }

    /// The person that a value is.
    pub fn person_of(&self, value: Val) -> Option<Person> {
        self.person(value.as_atom()?)
    }

    /// The atom of a person.
    pub fn atom(&self, person: Person) -> AtomId {
        self.problem.persons[person]
    }

    /// Where an atom stands in a set.
    pub fn position(&self, set: SetId, atom: AtomId) -> Option<usize> {
        let atoms = self.problem.atoms.len();
        if atom as usize >= atoms {
            return None;
        }
        match self.positions[set * atoms + atom as usize] {
            ABSENT => None,
            place => Some(place as usize),
        }
    }

    /// The members of a set.
    pub fn members(&self, set: SetId) -> &[AtomId] {
        &self.problem.sets[set].members
    }

    /// The fluent of a fact with atoms as arguments; none if an argument is not of its set.
    pub fn fluent(&self, fact: FactId, args: &[AtomId]) -> Option<FluentId> {
        let sets = &self.problem.facts.get(fact)?.args;
        if sets.len() != args.len() {
            return None;
        }
        let mut index = 0;
        for (place, &arg) in args.iter().enumerate() {
            index = self.step(fact, place, index, arg)?;
        }
        Some(self.bases[fact] + index)
    }

    /// Where an argument more leads in the row-major product of a fact's argument sets; none if it is not of its set.
    pub fn step(&self, fact: FactId, place: usize, index: u32, arg: AtomId) -> Option<u32> {
        let (set, size) = self.arguments[self.arguments_of[fact] as usize + place];
        Some(index * size + self.position(set as SetId, arg)? as u32)
    }

    /// The fact that a fluent is an instance of.
    pub fn fact_of(&self, fluent: FluentId) -> FactId {
        self.fluents[fluent as usize].0 as FactId
    }

    /// The arguments of a fluent.
    pub fn args_of(&self, fluent: FluentId) -> &[AtomId] {
        let (fact, from) = self.fluents[fluent as usize];
        let count = self.problem.facts[fact as usize].args.len();
        &self.args[from as usize..from as usize + count]
    }

    /// The fact and the arguments of a fluent.
    pub fn fluent_of(&self, fluent: FluentId) -> (FactId, Vec<AtomId>) {
        (self.fact_of(fluent), self.args_of(fluent).to_vec())
    }

    /// The first fluent of a fact; its instances follow.
    pub fn base(&self, fact: FactId) -> FluentId {
        self.bases[fact]
    }

    /// The arguments are of the kinds that the action asks for.
    pub fn is_event(&self, action: ActionId, args: &[AtomId]) -> bool {
        let fits = |(&set, &arg): (&SetId, &AtomId)| self.position(set, arg).is_some();
        self.problem.actions.get(action).is_some_and(|action| {
            action.params.len() == args.len() && action.params.iter().zip(args).all(fits)
        })
    }

    /// How many events and instances of triggers there are, all parameters filled in with all that fits.
    pub fn size(&self) -> usize {
        let instances = |params: &[SetId]| {
            let members = params.iter().map(|&set| self.members(set).len());
            members.fold(1usize, usize::saturating_mul)
        };
        let actions = self
            .problem
            .actions
            .iter()
            .map(|action| instances(&action.params));
        let triggers = self
            .problem
            .triggers
            .iter()
            .map(|trigger| instances(&trigger.params));
        actions.chain(triggers).fold(0, usize::saturating_add)
    }

    /// The claim or question that an atom stands for.
    pub fn claim(&self, atom: AtomId) -> Option<&crate::problem::Claim> {
        let index = self.claims.get(atom as usize).copied().flatten()?;
        Some(&self.problem.claims[index])
    }

    /// A value of the border. A plain `unknown` is labelled only where it is put into a fluent.
    pub fn constant(&self, value: Value) -> Val {
        match value {
            Value::Unknown => Val::PLAIN_UNKNOWN,
            Value::Bool(value) => Val::bool(value),
            Value::Number(number) => self.numbers.val(number),
            Value::Atom(atom) => Val::atom(atom),
        }
    }

    /// A value as it is stored in a fluent: without value, open and plain unknown become the fluent's own blank
    /// (the peer keeps its one unknown).
    pub fn stored(&self, fluent: FluentId, value: Val) -> Val {
        if self.peer() {
            if value == Val::NOTHING {
                Val::PLAIN_UNKNOWN
            } else {
                value
            }
        } else if value.is_definite() || value.is_blank() {
            value
        } else {
            Val::unknown(fluent)
        }
    }

    /// The peer's order of values: no, yes, unknown, numbers, persons, other atoms.
    pub fn rank(&self, value: Val) -> (u8, f64) {
        match (value, self.numbers.get(value), value.as_atom()) {
            (Val::NO, ..) => (0, 0.0),
            (Val::YES, ..) => (1, 0.0),
            (_, Some(number), _) => (3, number),
            (_, _, Some(atom)) => match self.person(atom) {
                Some(person) => (4, person as f64),
                None => (5, f64::from(atom)),
            },
            _ => (2, 0.0),
        }
    }

    /// For messages: a fluent as `fact(argument, ..)`.
    pub fn show_fluent(&self, fluent: FluentId) -> String {
        let (fact, args) = self.fluent_of(fluent);
        let names: Vec<&str> = args.iter().map(|&arg| self.atom_name(arg)).collect();
        format!("{}({})", self.problem.facts[fact].name, names.join(", "))
    }

    /// For messages: a value.
    pub fn show(&self, value: Val) -> String {
        if let Some(atom) = value.as_atom() {
            self.atom_name(atom).to_string()
        } else if let Some(number) = self.numbers.get(value) {
            number.to_string()
        } else if let Some(fluent) = value.as_answer() {
            format!("answer({})", self.show_fluent(fluent))
        } else {
            match value {
                Val::YES => "yes",
                Val::NO => "no",
                _ => "unknown",
            }
            .to_string()
        }
    }

    /// For messages: an atom.
    pub fn atom_name(&self, atom: AtomId) -> &str {
        self.problem
            .atoms
            .get(atom as usize)
            .map_or("?", String::as_str)
    }

    /// Checks an expression that comes in on its own, over `bound` variables.
    ///
    /// # Errors
    /// [`ProblemError`] if a number points nowhere or a variable is not bound.
    pub fn check(&self, expr: &Expr, bound: usize) -> Result<(), ProblemError> {
        Checker {
            problem: &self.problem,
        }
        .expr(expr, bound, "the expression")
    }

    /// An expression that comes in on its own, checked and in the form that the rules ask for.
    ///
    /// # Errors
    /// As [`World::check`].
    pub fn prepared(&self, mut expr: Expr, bound: usize) -> Result<Expr, ProblemError> {
        self.check(&expr, bound)?;
        if self.peer() {
            push_negation(&mut expr);
        }
        Ok(expr)
    }
}

/// Looks for numbers that point nowhere.
struct Checker<'a> {
    problem: &'a Problem,
}

impl Checker<'_> {
    fn problem(&self) -> Result<(), ProblemError> {
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

    fn expr(&self, expr: &Expr, bound: usize, whose: &str) -> Result<(), ProblemError> {
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
            Expr::And(parts) | Expr::Or(parts) => self.exprs(parts, bound, whose),
            Expr::Topic(of)
            | Expr::Claimed(of)
            | Expr::Not(of)
            | Expr::Known(of)
            | Expr::Maybe(of) => self.expr(of, bound, whose),
            Expr::Eq(a, b)
            | Expr::Ne(a, b)
            | Expr::Add(a, b)
            | Expr::Sub(a, b)
            | Expr::Mul(a, b)
            | Expr::Div(a, b)
            | Expr::Believes(a, b)
            | Expr::Knows(a, b) => {
                self.expr(a, bound, whose)?;
                self.expr(b, bound, whose)
            }
            Expr::Lt(a, b, set) | Expr::Le(a, b, set) => {
                set.map_or(Ok(()), |set| self.set(set, whose))?;
                self.expr(a, bound, whose)?;
                self.expr(b, bound, whose)
            }
            Expr::Next(of, set) | Expr::Prev(of, set) | Expr::IsIn(of, set) => {
                self.set(*set, whose)?;
                self.expr(of, bound, whose)
            }
            Expr::If(a, b, c) => {
                self.expr(a, bound, whose)?;
                self.expr(b, bound, whose)?;
                self.expr(c, bound, whose)
            }
            Expr::Any(set, body)
            | Expr::All(set, body)
            | Expr::Count(set, body)
            | Expr::Sum(set, body)
            | Expr::Product(set, body) => {
                self.set(*set, whose)?;
                self.expr(body, bound + 1, whose)
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
        match effect {
            Effect::Set(place, value) => {
                self.place(place, bound, whose)?;
                self.expr(value, bound, whose)
            }
            Effect::Show(place) => self.place(place, bound, whose),
            Effect::Share {
                among,
                speaker,
                place,
                value,
            } => {
                self.exprs(among, bound, whose)?;
                self.place(place, bound, whose)?;
                speaker
                    .iter()
                    .chain(value)
                    .try_for_each(|expr| self.expr(expr, bound, whose))
            }
            Effect::Learn { who, place, from } => {
                self.expr(who, bound, whose)?;
                self.place(place, bound, whose)?;
                from.iter()
                    .try_for_each(|expr| self.expr(expr, bound, whose))
            }
            Effect::Believe {
                path, place, value, ..
            } => {
                if path.is_empty() {
                    return Err(ProblemError(format!("{whose}: nobody believes it")));
                }
                self.exprs(path, bound, whose)?;
                self.place(place, bound, whose)?;
                self.expr(value, bound, whose)
            }
            Effect::When(when, then, otherwise) => {
                self.expr(when, bound, whose)?;
                then.iter()
                    .chain(otherwise)
                    .try_for_each(|part| self.effect(part, bound, whose))
            }
            Effect::Each(set, when, body) => {
                self.set(*set, whose)?;
                self.expr(when, bound + 1, whose)?;
                body.iter()
                    .try_for_each(|part| self.effect(part, bound + 1, whose))
            }
        }
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
    effects.iter().any(|effect| match effect {
        Effect::Set(..) | Effect::Show(_) => false,
        Effect::Share { .. } | Effect::Learn { .. } | Effect::Believe { .. } => true,
        Effect::When(_, then, otherwise) => has_mental(then) || has_mental(otherwise),
        Effect::Each(_, _, body) => has_mental(body),
    })
}

/// The peer pushes negations to the leaves before it evaluates; with its unknowns that makes a difference.
fn normalise(problem: &mut Problem) {
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
        Effect::Set(_, value) | Effect::Believe { value, .. } => push_negation(value),
        Effect::When(when, then, otherwise) => {
            push_negation(when);
            then.iter_mut().chain(otherwise).for_each(normalise_effect);
        }
        Effect::Each(_, when, body) => {
            push_negation(when);
            body.iter_mut().for_each(normalise_effect);
        }
        Effect::Show(_) | Effect::Share { .. } | Effect::Learn { .. } => {}
    }
}

fn push_negation(expr: &mut Expr) {
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
