//! The border: a story world as numbers, before grounding. What comes in from Python, as JSON.
//!
//! Everything is *lifted*: actions have parameters, and the engine grounds them itself.
//! Atoms are all named values that are neither numbers nor yes/no: persons, places, things, members of closed sets, claims.
//! Atom 0 is always `none` ("nobody", "nothing", "nowhere"): a known value that is no object.

use serde::Deserialize;

/// Index into [`Problem::atoms`].
pub type AtomId = u32;
/// Index into [`Problem::sets`].
pub type SetId = usize;
/// Index into [`Problem::facts`].
pub type FactId = usize;
/// Index into [`Problem::actions`].
pub type ActionId = usize;

/// Which of the two rule books holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rules {
    /// The rules of Intrigue's own language (`docs/semantics.md`).
    Own,
    /// The rules of the peer, for problems in its syntax.
    Peer,
}

/// A whole world with its cast and its start.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Version of this format: 1.
    pub version: u32,
    /// Rule book.
    pub rules: Rules,
    /// Names of atoms; `atoms[0]` is `none`.
    pub atoms: Vec<String>,
    /// The atoms that have minds, in declaration order.
    pub persons: Vec<AtomId>,
    /// Extensions of kinds and closed sets, in declaration order (closed ordered sets: lowest first).
    pub sets: Vec<Set>,
    /// Facts: functions of atoms to values.
    pub facts: Vec<Fact>,
    /// Claims and questions: atoms that stand for "fact(args) = value" or "what is fact(args)?".
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Triggers, in the order in which they stand (the order in which they run).
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// Facts that show themselves, in declaration order.
    #[serde(default)]
    pub visible: Vec<Visible>,
    /// What persons want.
    #[serde(default)]
    pub wants: Vec<Want>,
    /// Persons who count somebody else's gain.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// Whole utility expressions (the peer's way); `who` = null is the author.
    #[serde(default)]
    pub utilities: Vec<Utility>,
    /// The start, imposed line by line, in order.
    #[serde(default)]
    pub start: Vec<Start>,
}

/// A named extension.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// For messages.
    pub name: String,
    /// Members in order.
    pub members: Vec<AtomId>,
}

/// What values a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Range {
    /// yes or no
    Bool,
    /// IEEE double
    Number,
    /// members of a set (and `none`)
    Set(SetId),
}

/// A fact, lifted. Its ground instances ("fluents") are the row-major product of its argument sets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// For messages.
    pub name: String,
    /// Argument sets.
    pub args: Vec<SetId>,
    /// Range.
    pub range: Range,
    /// Value where the start says nothing.
    pub default: Value,
}

/// A value at the border.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// not known (in our own rules: labelled by the fluent in which it stands)
    Unknown,
    /// yes / no
    Bool(bool),
    /// a number
    Number(f64),
    /// an atom
    Atom(AtomId),
}

/// A claim ("fact(args) = value") or, without value, a question ("what is fact(args)?").
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The atom that stands for it.
    pub atom: AtomId,
    /// Fact.
    pub fact: FactId,
    /// Arguments.
    pub args: Vec<AtomId>,
    /// Claimed value.
    pub value: Option<Value>,
}

/// Expressions. Variables are numbered by depth: an action's parameters come first, then each binder adds one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A constant.
    Const(Value),
    /// A variable.
    Var(usize),
    /// `fact(args)`.
    Fact(FactId, Vec<Expr>),
    /// The fluent that a claim or question is about.
    Topic(Box<Expr>),
    /// The value that a claim claims.
    Claimed(Box<Expr>),
    /// All hold.
    And(Vec<Expr>),
    /// Some hold.
    Or(Vec<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Same value.
    Eq(Box<Expr>, Box<Expr>),
    /// Different values.
    Ne(Box<Expr>, Box<Expr>),
    /// Less: numbers, or members of one ordered set (by position in the set).
    Lt(Box<Expr>, Box<Expr>, Option<SetId>),
    /// At most.
    Le(Box<Expr>, Box<Expr>, Option<SetId>),
    /// Sum.
    Add(Box<Expr>, Box<Expr>),
    /// Difference.
    Sub(Box<Expr>, Box<Expr>),
    /// Product.
    Mul(Box<Expr>, Box<Expr>),
    /// Quotient.
    Div(Box<Expr>, Box<Expr>),
    /// Next member of the ordered set (the last stays).
    Next(Box<Expr>, SetId),
    /// Previous member of the ordered set (the first stays).
    Prev(Box<Expr>, SetId),
    /// `if a then b else c`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The value is a member of the set.
    IsIn(Box<Expr>, SetId),
    /// Some member of the set makes the body true. Binds one variable.
    Any(SetId, Box<Expr>),
    /// Every member makes it true. Binds one variable.
    All(SetId, Box<Expr>),
    /// How many members make the body true. Binds one variable.
    Count(SetId, Box<Expr>),
    /// Sum over the members. Binds one variable.
    Sum(SetId, Box<Expr>),
    /// Product over the members. Binds one variable.
    Product(SetId, Box<Expr>),
    /// The expression's value in the person's believed state.
    Believes(Box<Expr>, Box<Expr>),
    /// True here and believed by the person; for values: known to the person and equal to the value here.
    Knows(Box<Expr>, Box<Expr>),
    /// Has a known value (is not unknown).
    Known(Box<Expr>),
    /// Not definitely false.
    Maybe(Box<Expr>),
}

/// One condition of an action.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The condition.
    pub expr: Expr,
    /// Witnesses do not learn from the event that it held.
    #[serde(default)]
    pub hidden: bool,
}

/// Something assignable: `Expr::Fact` or `Expr::Topic`.
pub type Place = Expr;

/// What an event does. Effects are simultaneous: they all read the state before.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The place takes the value.
    Set(Place, Expr),
    /// Whoever sees the event learns the place's true value.
    Show(Place),
    /// From now on it is common ground among the persons that the place has the value (null: its true value).
    /// A speaker, if given, does not change what he himself takes to be so.
    Share {
        /// Among whom.
        among: Vec<Expr>,
        /// One of `among` who tells it without necessarily believing it.
        #[serde(default)]
        speaker: Option<Expr>,
        /// What about.
        place: Place,
        /// Value; null: the true one.
        value: Option<Expr>,
    },
    /// The person learns the place's value: the true one, or, with `from`, what that other person believes
    /// (then both share it).
    Learn {
        /// Who.
        who: Expr,
        /// What.
        place: Place,
        /// From whom.
        #[serde(default)]
        from: Option<Expr>,
    },
    /// `path[0]` believes that `path[1]` believes ... that the place has the value. The value is read in the state of
    /// the event; with `inside` it is read in the mind at the end of the path.
    Believe {
        /// Chain of persons.
        path: Vec<Expr>,
        /// What about.
        place: Place,
        /// Value.
        value: Expr,
        /// Where the value is read.
        #[serde(default)]
        inside: bool,
    },
    /// Conditional effects.
    When(Expr, Vec<Effect>, #[serde(default)] Vec<Effect>),
    /// For every member of the set that meets the condition. Binds one variable.
    Each(SetId, Expr, Vec<Effect>),
}

/// Whose choice an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Somebody's: `will` says whose.
    Chosen,
    /// Nobody's. Nobody plans on it.
    Fate,
    /// Nobody's, but not chance either: a person cannot help it. Nobody plans on it.
    Reaction,
}

/// Somebody whose consent an event needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Will {
    /// Expression with a person as value. `none` or unknown: nobody.
    pub who: Expr,
    /// Only if.
    #[serde(default)]
    pub when: Option<Expr>,
}

/// What a witness takes the event to be.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenAs {
    /// Itself.
    Itself,
    /// Another action with these arguments.
    Other(ActionId, Vec<Expr>),
    /// Only these effects (a noise heard, a glimpse).
    Partly(Vec<Effect>),
}

/// One line that says who sees. The observer is bound as the next variable after the parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sees {
    /// Condition on the observer, read in the state before the event.
    pub when: Expr,
    /// What the observer sees.
    #[serde(rename = "as")]
    pub seen_as: SeenAs,
}

/// An action, lifted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// For messages.
    pub name: String,
    /// Parameter sets.
    pub params: Vec<SetId>,
    /// Conditions, all needed.
    #[serde(default)]
    pub needs: Vec<Condition>,
    /// Effects.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Whose choice.
    pub mode: Mode,
    /// Who must will it.
    #[serde(default)]
    pub will: Vec<Will>,
    /// Who sees it: the first line that fits a person decides; no line fits: that person does not see it.
    #[serde(default)]
    pub sees: Vec<Sees>,
    /// An outcome that nobody meant: the action whose first parameters are the same and which the actors had in mind.
    #[serde(default)]
    pub meant: Option<ActionId>,
    /// Travel: does not count towards the length of a motive.
    #[serde(default)]
    pub journey: bool,
}

/// Something that happens by itself whenever its condition holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// For messages.
    pub name: String,
    /// Parameter sets.
    pub params: Vec<SetId>,
    /// Condition.
    pub when: Expr,
    /// Effects (`Set`, `Believe`, `Learn`, `When`, `Each`).
    pub effects: Vec<Effect>,
    /// An inference: runs in minds, never in the true state.
    #[serde(default)]
    pub minds_only: bool,
}

/// A fact that shows itself. Variables: the fact's arguments, then the observer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visible {
    /// Fact.
    pub fact: FactId,
    /// When the observer perceives it.
    pub when: Expr,
}

/// One want, for every binding of its parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Want {
    /// Parameter sets.
    #[serde(default)]
    pub params: Vec<SetId>,
    /// Whose: an expression over the parameters.
    pub who: Expr,
    /// Weight, positive.
    pub weight: f64,
    /// yes/no (counts 1 where true) or a number.
    pub what: Expr,
    /// Counts only while this holds.
    #[serde(default)]
    pub during: Option<Expr>,
    /// A deficit: costs the weight while `during` holds and `what` does not.
    #[serde(default)]
    pub suffers: bool,
}

/// `who` counts the wants of `of` (only the wants, not what `of` shares in turn).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Parameter sets.
    #[serde(default)]
    pub params: Vec<SetId>,
    /// Who.
    pub who: Expr,
    /// Of whom.
    pub of: Expr,
    /// Factor.
    pub weight: f64,
    /// While.
    #[serde(default)]
    pub during: Option<Expr>,
}

/// A whole utility expression.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Utility {
    /// Whose; null is the author.
    pub who: Option<AtomId>,
    /// Number, or yes/no counted as 1/0.
    pub what: Expr,
}

/// One line of the start.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// Own rules: true, and believed by everybody about everybody (all chains).
    Holds {
        /// Fluent.
        place: Place,
        /// Value.
        value: Expr,
    },
    /// Own rules: true; along chains of persons who are all among `known` it is believed, and elsewhere `others`.
    Secret {
        /// Fluent.
        place: Place,
        /// True value.
        value: Expr,
        /// Who knows (expressions read in the true start so far).
        known: Vec<Expr>,
        /// What all others take it to be.
        others: Value,
    },
    /// Own rules: in the mind at the end of the path, and in every mind below that mind, the place has the value.
    Belief {
        /// Chain of persons, at least one.
        path: Vec<Expr>,
        /// Fluent.
        place: Place,
        /// Value.
        value: Expr,
    },
    /// Peer's rules: an effect, as the peer imposes it.
    Impose(Effect),
}
