//! What a list of effects comes to in one state: assignments to its fluents, and impositions on the minds within it
//! (docs/semantics.md, section 4).

use crate::expr::{At, Reader, Trace};
use crate::problem::{Effect, Expr};
use crate::value::{FluentId, Val};
use crate::world::{Group, Person, World};

/// Two different values for one fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// The fluent.
    pub fluent: FluentId,
    /// The value given first.
    pub first: Val,
    /// The other.
    pub second: Val,
}

/// Which minds of a tower an imposition reaches, seen from one state of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cover {
    /// This state alone.
    Here,
    /// This state and every chain within the group.
    Throughout(Group),
    /// Every chain within the group that begins with one of the heads; not this state.
    Among {
        /// Who may come first.
        heads: Group,
        /// Who may come later.
        group: Group,
    },
    /// The end of the chain (which is not empty); with `deep` also whatever continues it.
    End {
        /// The persons in whose minds it lies.
        chain: Vec<Person>,
        /// Every mind in the last mind, too.
        deep: bool,
    },
}

/// A value that a fluent takes on in some minds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Imposition {
    /// The fluent.
    pub fluent: FluentId,
    /// The value.
    pub value: Val,
    /// Where.
    pub cover: Cover,
}

/// Everybody.
pub const EVERYBODY: Group = Group::MAX;

/// A person's bit.
pub const fn bit(person: Person) -> Group {
    1 << person
}

impl Cover {
    /// The end of a chain.
    pub fn end(chain: &[Person], deep: bool) -> Cover {
        match (chain.is_empty(), deep) {
            (true, true) => Cover::Throughout(EVERYBODY),
            (true, false) => Cover::Here,
            (false, _) => Cover::End {
                chain: chain.to_vec(),
                deep,
            },
        }
    }

    /// The state itself is reached.
    pub fn is_here(&self) -> bool {
        matches!(self, Cover::Here | Cover::Throughout(_))
    }

    /// What is left of it in the mind of a person.
    fn follow(&self, person: Person) -> Option<Cover> {
        match self {
            Cover::Throughout(group) if group & bit(person) != 0 => Some(Cover::Throughout(*group)),
            Cover::Among { heads, group } if heads & bit(person) != 0 => {
                Some(Cover::Throughout(*group))
            }
            Cover::End { chain, deep } if chain[0] == person => {
                Some(Cover::end(&chain[1..], *deep))
            }
            _ => None,
        }
    }

    /// In a mind, what goes to its owner's mind stays where it is: `s.c.c = s.c`.
    fn at_home(self, owner: Option<Person>) -> Cover {
        let Some(owner) = owner else { return self };
        match self {
            Cover::Among { heads, .. } if heads & bit(owner) == 0 => self,
            Cover::Among { group, .. } => Cover::Throughout(group),
            Cover::End { ref chain, deep } => {
                let own = chain.iter().take_while(|&&person| person == owner).count();
                if own == 0 {
                    self
                } else {
                    Cover::end(&chain[own..], deep)
                }
            }
            _ => self,
        }
    }
}

/// Impositions in order (the later wins), as they stand in a mind of this owner, without those that a later one covers.
pub fn at_home(
    impositions: impl IntoIterator<Item = Imposition>,
    owner: Option<Person>,
) -> Vec<Imposition> {
    let mut all: Vec<Imposition> = impositions
        .into_iter()
        .map(|one| Imposition {
            cover: one.cover.at_home(owner),
            ..one
        })
        .collect();
    let mut at = 0;
    while at < all.len() {
        let (one, later) = (&all[at], &all[at + 1..]);
        if later
            .iter()
            .any(|other| other.fluent == one.fluent && other.cover == one.cover)
        {
            all.remove(at);
        } else {
            at += 1;
        }
    }
    all
}

/// What is left of impositions in the mind of a person, who owns it under our own rules.
pub fn within(
    impositions: &[Imposition],
    person: Person,
    owner: Option<Person>,
) -> Vec<Imposition> {
    let left = impositions.iter().filter_map(|one| {
        Some(Imposition {
            fluent: one.fluent,
            value: one.value,
            cover: one.cover.follow(person)?,
        })
    });
    at_home(left, owner)
}

/// How a state stands to the effects computed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The true state; under the peer's rules every state.
    Truth,
    /// A mind in which they are taken to happen.
    Mind,
    /// A mind whose owner sees the event happen around it.
    Witness(Person),
}

/// Computes effects in the state `at`.
pub struct Effects<'a, 'b, T: Trace> {
    world: &'a World,
    reader: &'b mut Reader<'a, T>,
    at: At,
    role: Role,
    set: Vec<(FluentId, Val)>,
    shown: Vec<(FluentId, Val)>,
    imposed: Vec<Imposition>,
    clash: Option<Clash>,
    /// The values after the event, for the part of an event that somebody sees.
    after: Option<&'b [(FluentId, Val)]>,
}

/// What effects come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Assignments, ordered by fluent.
    pub assigned: Vec<(FluentId, Val)>,
    /// Impositions, in order.
    pub imposed: Vec<Imposition>,
}

impl<'a, 'b, T: Trace> Effects<'a, 'b, T> {
    /// The outcome of effects in a state. `after`: what is assigned by the event of which these effects are the part that is seen.
    ///
    /// # Errors
    /// [`Clash`] where a fluent gets two values under our own rules; under the peer's the smaller one wins.
    pub fn run(
        reader: &'b mut Reader<'a, T>,
        at: At,
        role: Role,
        effects: &[Effect],
        after: Option<&'b [(FluentId, Val)]>,
    ) -> Result<Outcome, Clash> {
        match Effects::imagined(reader, at, role, effects, after) {
            (_, Some(clash)) if !matches!(role, Role::Witness(_)) => Err(clash),
            (outcome, _) => Ok(outcome),
        }
    }

    /// The same where nobody objects: of two values for one fluent the first counts.
    pub fn imagined(
        reader: &'b mut Reader<'a, T>,
        at: At,
        role: Role,
        effects: &[Effect],
        after: Option<&'b [(FluentId, Val)]>,
    ) -> (Outcome, Option<Clash>) {
        let world = reader.world;
        let mut this = Effects {
            world,
            reader,
            at,
            role,
            set: Vec::new(),
            shown: Vec::new(),
            imposed: Vec::new(),
            clash: None,
            after,
        };
        effects.iter().for_each(|effect| this.effect(effect));
        let mut assigned = this.set;
        for (fluent, value) in this.shown {
            if !assigned.iter().any(|&(other, _)| other == fluent) {
                assigned.push((fluent, value));
            }
        }
        assigned.sort_unstable_by_key(|&(fluent, _)| fluent);
        let imposed = match role {
            // What a witness gains from the event is decided in the source, not by what the witness believed.
            Role::Witness(owner) => this
                .imposed
                .into_iter()
                .filter_map(|one| match one.cover {
                    Cover::Among { heads, group } => {
                        let cover = Cover::Among {
                            heads: heads & !bit(owner),
                            group,
                        };
                        Some(Imposition { cover, ..one })
                    }
                    Cover::End { ref chain, .. } if chain[0] == owner => None,
                    _ => Some(one),
                })
                .collect(),
            _ => this.imposed,
        };
        (Outcome { assigned, imposed }, this.clash)
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Set(place, value) => {
                if let Some(fluent) = self.reader.place(self.at, place) {
                    let value = self.reader.value(self.at, value);
                    self.assign(fluent, self.world.stored(fluent, value));
                }
            }
            Effect::Show(place) => {
                if let Some(fluent) = self.reader.place(self.at, place) {
                    let changed = self
                        .after
                        .into_iter()
                        .flatten()
                        .find(|&&(other, _)| other == fluent);
                    let value =
                        changed.map_or_else(|| self.fluent(self.at, fluent), |&(_, value)| value);
                    self.shown.push((fluent, self.found(fluent, value)));
                }
            }
            Effect::Share {
                among,
                speaker,
                place,
                value,
            } => {
                let Some(fluent) = self.reader.place(self.at, place) else {
                    return;
                };
                let value = match value {
                    Some(value) => {
                        let value = self.reader.value(self.at, value);
                        self.world.stored(fluent, value)
                    }
                    None => {
                        let value = self.fluent(self.at, fluent);
                        self.found(fluent, value)
                    }
                };
                let group = among
                    .iter()
                    .filter_map(|who| self.person(who))
                    .fold(0, |all, who| all | bit(who));
                let speaker = speaker
                    .as_ref()
                    .and_then(|who| self.person(who))
                    .map_or(0, bit);
                self.impose(
                    fluent,
                    value,
                    Cover::Among {
                        heads: group & !speaker,
                        group,
                    },
                );
            }
            Effect::Learn { who, place, from } => {
                let Some(fluent) = self.reader.place(self.at, place) else {
                    return;
                };
                let Some(who) = self.person(who) else { return };
                match from {
                    None => {
                        let value = self.fluent(self.at, fluent);
                        let value = self.found(fluent, value);
                        self.impose(fluent, value, Cover::end(&[who], false));
                    }
                    Some(teacher) => self.ask(fluent, who, teacher),
                }
            }
            Effect::Believe {
                path,
                place,
                value,
                inside,
            } => self.believe(path, place, value, *inside),
            Effect::When(when, then, otherwise) => match self.reader.value(self.at, when) {
                Val::YES => then.iter().for_each(|part| self.effect(part)),
                Val::NO => otherwise.iter().for_each(|part| self.effect(part)),
                _ => {}
            },
            Effect::Each(set, when, body) => {
                for &member in self.world.members(*set) {
                    self.reader.env.push(Val::atom(member));
                    if self.reader.holds(self.at, when) {
                        body.iter().for_each(|part| self.effect(part));
                    }
                    self.reader.env.pop();
                }
            }
        }
    }

    /// `who` learns from the teacher what the teacher holds to be so, and both know that.
    fn ask(&mut self, fluent: FluentId, who: Person, teacher: &Expr) {
        let teacher = self.reader.value(self.at, teacher);
        let Some((teacher, mind)) = self.reader.mind(self.at, teacher) else {
            return;
        };
        if matches!(self.role, Role::Witness(owner) if owner == who || owner == teacher) {
            return;
        }
        let value = self.fluent(mind, fluent);
        let value = self.found(fluent, value);
        if value.is_known() {
            let pair = bit(who) | bit(teacher);
            self.impose(
                fluent,
                value,
                Cover::Among {
                    heads: pair,
                    group: pair,
                },
            );
        }
    }

    fn believe(&mut self, path: &[Expr], place: &Expr, value: &Expr, inside: bool) {
        let Some(fluent) = self.reader.place(self.at, place) else {
            return;
        };
        let Some(chain) = path
            .iter()
            .map(|who| self.person(who))
            .collect::<Option<Vec<Person>>>()
        else {
            return;
        };
        let mut at = self.at;
        if inside {
            for &person in &chain {
                let who = Val::atom(self.world.atom(person));
                match self.reader.mind(at, who) {
                    Some((_, mind)) => at = mind,
                    None => return,
                }
            }
        }
        let value = self.reader.value(at, value);
        self.impose(
            fluent,
            self.world.stored(fluent, value),
            Cover::end(&chain, false),
        );
    }

    fn person(&mut self, who: &Expr) -> Option<Person> {
        let who = self.reader.value(self.at, who);
        self.world.person_of(who)
    }

    fn fluent(&mut self, at: At, fluent: FluentId) -> Val {
        let value = self.reader.graph.values.get(at.values, fluent);
        self.reader.trace.read(fluent, value);
        value
    }

    /// A value as somebody finds it out here: in imagination also what is not known.
    fn found(&self, fluent: FluentId, value: Val) -> Val {
        if value.as_unknown().is_some() && self.role != Role::Truth {
            Val::answer(fluent)
        } else {
            value
        }
    }

    fn impose(&mut self, fluent: FluentId, value: Val, cover: Cover) {
        self.imposed.push(Imposition {
            fluent,
            value,
            cover,
        });
    }

    fn assign(&mut self, fluent: FluentId, value: Val) {
        match self.set.iter_mut().find(|(other, _)| *other == fluent) {
            None => self.set.push((fluent, value)),
            Some((_, old)) if *old == value => {}
            Some((_, old)) if self.world.peer() => {
                if self.world.rank(value) < self.world.rank(*old) {
                    *old = value;
                }
            }
            Some((_, old)) => {
                self.clash.get_or_insert(Clash {
                    fluent,
                    first: *old,
                    second: value,
                });
            }
        }
    }
}
