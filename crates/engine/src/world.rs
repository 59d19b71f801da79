//! A checked problem with the tables that reading it needs: where an atom stands in a set, which fluent a fact with its
//! arguments is, which atoms have minds.

mod check;

use std::fmt;

use crate::problem::{
    ActionId, AtomId, Effect, Expr, FactId, Problem, Range, Rules, SeenAs, SetId, Start, Value,
};
use crate::value::{FluentId, Numbers, Val};
pub use check::has_mental;
use check::{normalise, push_negation, Checker};

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
