//! All that can happen in a world, made abstract ([`crate::abstraction`]): its events and trigger instances with their conditions
//! and what they may write, and layers of delete relaxation over them.
//!
//! A film has tens of thousands of conceivable events, but most of their conditions are about one or two persons or things and
//! the same for many actions. So conditions and effects are filled in once for each choice of the few parameters that occur in
//! them and shared, and a condition is looked at once in a layer.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::abstraction::{hull, Abstraction, Cond, Interval, Options, What, Write, ALL, EMPTY};
use crate::candidates::conjuncts;
use crate::engine::Engine;
use crate::problem::{Effect, Expr, Mode, SetId};
use crate::value::{FluentId, Val};
use crate::wants::fixed_facts;

/// Worlds with more events and trigger instances than this are not looked at: everything is taken as possible there.
const LARGEST: usize = 300_000;

/// What may be written together.
#[derive(Debug)]
struct Group {
    writes: Vec<Write>,
    /// It is written into minds, of a true state into minds only.
    mental: bool,
}

/// An event or trigger instance.
#[derive(Debug)]
struct Happening {
    /// Its conditions.
    needs: Box<[u32]>,
    /// What it may write.
    groups: Box<[u32]>,
    kind: Kind,
}

/// Whose doing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It follows by itself, or is a journey: it costs nothing.
    Free,
    /// People choose it and plan on it.
    Planned,
    /// Fate, a reaction, what nobody meant.
    Other,
}

/// All that can happen.
#[derive(Debug, Default)]
pub struct Happenings {
    conds: Vec<Cond>,
    groups: Vec<Group>,
    all: Vec<Happening>,
}

impl Happenings {
    /// None if there are too many.
    pub fn new(engine: &Engine) -> Option<Happenings> {
        let world = &engine.world;
        if world.size() > LARGEST {
            return None;
        }
        let mut laying = Laying::new(engine);
        let problem = &world.problem;
        for trigger in &problem.triggers {
            laying.happenings(
                &trigger.params,
                &[&trigger.when],
                &trigger.effects,
                Kind::Free,
            );
        }
        for action in &problem.actions {
            let planned = action.mode == Mode::Chosen && action.meant.is_none();
            let kind = match (planned, action.journey) {
                (true, true) => Kind::Free,
                (true, false) => Kind::Planned,
                (false, _) => Kind::Other,
            };
            let needs: Vec<&Expr> = action.needs.iter().map(|need| &need.expr).collect();
            laying.happenings(&action.params, &needs, &action.effects, kind);
        }
        Some(laying.found)
    }
}

/// An expression or effect about a few of the parameters, which are its first variables now.
struct Part<T> {
    number: usize,
    params: Vec<usize>,
    what: Arc<T>,
}

/// Fills in parameters.
struct Laying<'a> {
    engine: &'a Engine,
    fixed: Vec<bool>,
    found: Happenings,
    /// Parts that are written in the same way are one.
    parts: FxHashMap<String, usize>,
    conds: FxHashMap<(usize, Bound), u32>,
    groups: FxHashMap<(usize, Bound), Vec<u32>>,
}

/// The parameters of a part; almost none has more.
const MOST_SHARED: usize = 4;
type Bound = [Val; MOST_SHARED];

impl<T> Part<T> {
    /// Its parameters.
    fn bound(&self, env: &[Val]) -> Vec<Val> {
        self.params.iter().map(|&param| env[param]).collect()
    }

    /// What it is remembered by; nothing where it has too many parameters.
    fn key(&self, env: &[Val]) -> Option<(usize, Bound)> {
        let mut bound = [Val::NOTHING; MOST_SHARED];
        for (place, &param) in self.params.iter().enumerate() {
            *bound.get_mut(place)? = env[param];
        }
        Some((self.number, bound))
    }
}

/// Always true, always false.
const TRUE: u32 = 0;
const FALSE: u32 = 1;

impl<'a> Laying<'a> {
    fn new(engine: &'a Engine) -> Self {
        let found = Happenings {
            conds: vec![Cond::True, Cond::False],
            ..Happenings::default()
        };
        Laying {
            engine,
            fixed: fixed_facts(&engine.world),
            found,
            parts: FxHashMap::default(),
            conds: FxHashMap::default(),
            groups: FxHashMap::default(),
        }
    }

    /// A part of something with so many parameters, its own parameters renamed to be the first variables.
    fn part<T: Clone + std::fmt::Debug>(
        &mut self,
        what: &T,
        count: usize,
        rename: impl Fn(&mut T, &mut dyn FnMut(&mut usize)),
    ) -> Part<T> {
        let (mut what, mut params) = (what.clone(), Vec::new());
        rename(&mut what, &mut |var| {
            if *var < count && !params.contains(var) {
                params.push(*var);
            }
        });
        let bound = params.len();
        rename(&mut what, &mut |var| {
            let place = params.iter().position(|param| param == var);
            *var = place.unwrap_or_else(|| *var - count + bound);
        });
        let next = self.parts.len();
        let number = *self.parts.entry(format!("{what:?}")).or_insert(next);
        Part {
            number,
            params,
            what: Arc::new(what),
        }
    }

    fn happenings(&mut self, sets: &[SetId], needs: &[&Expr], effects: &[Effect], kind: Kind) {
        let mut all = Vec::new();
        needs.iter().for_each(|need| conjuncts(need, &mut all));
        let count = sets.len();
        let needs: Vec<Part<Expr>> = all
            .iter()
            .map(|need| self.part(&**need, count, variables))
            .collect();
        let effects: Vec<Part<Effect>> = effects
            .iter()
            .map(|effect| self.part(effect, count, effect_variables))
            .collect();
        // A condition is asked as soon as its parameters are bound.
        let ready = |bound: usize| {
            let last = |part: &&Part<Expr>| part.params.iter().max().map_or(0, |&last| last + 1);
            needs
                .iter()
                .filter(move |part| last(part) == bound)
                .collect()
        };
        let ready: Vec<Vec<&Part<Expr>>> = (0..=count).map(ready).collect();
        self.bind(
            sets,
            &ready,
            &effects,
            kind,
            &mut Vec::new(),
            &mut Vec::new(),
        );
    }

    fn bind(
        &mut self,
        sets: &[SetId],
        ready: &[Vec<&Part<Expr>>],
        effects: &[Part<Effect>],
        kind: Kind,
        env: &mut Vec<Val>,
        needs: &mut Vec<u32>,
    ) {
        let before = needs.len();
        for part in &ready[env.len()] {
            match self.cond(part, env) {
                TRUE => {}
                FALSE => return needs.truncate(before),
                cond => needs.push(cond),
            }
        }
        if let Some(&set) = sets.get(env.len()) {
            let world = &self.engine.world;
            for &member in world.members(set) {
                env.push(Val::atom(member));
                self.bind(sets, ready, effects, kind, env, needs);
                env.pop();
            }
        } else {
            let groups = effects.iter().flat_map(|part| self.groups(part, env));
            let groups: Box<[u32]> = groups.collect();
            if !groups.is_empty() {
                self.found.all.push(Happening {
                    needs: needs.as_slice().into(),
                    groups,
                    kind,
                });
            }
        }
        needs.truncate(before);
    }

    fn abstraction(&self, env: Vec<Val>) -> Abstraction<'a> {
        let world = &self.engine.world;
        Abstraction { world, env }
    }

    fn cond(&mut self, part: &Part<Expr>, env: &[Val]) -> u32 {
        let key = part.key(env);
        if let Some(&known) = key.and_then(|key| self.conds.get(&key)) {
            return known;
        }
        let cond = self.abstraction(part.bound(env)).cond(&part.what, true);
        let cond = match self.certain(&cond) {
            Some(true) => TRUE,
            Some(false) => FALSE,
            None => {
                self.found.conds.push(cond);
                self.found.conds.len() as u32 - 1
            }
        };
        key.map(|key| self.conds.insert(key, cond));
        cond
    }

    /// What a condition comes to where it rests on what never changes.
    fn certain(&self, cond: &Cond) -> Option<bool> {
        let engine = self.engine;
        let constant = |fluent: FluentId| self.fixed[engine.world.fact_of(fluent)];
        match cond {
            Cond::True => Some(true),
            Cond::False => Some(false),
            Cond::Among(fluent, mask) if constant(*fluent) => {
                let value = engine.value(engine.start(), *fluent);
                let fact = engine.world.fact_of(*fluent);
                Some(self.abstraction(Vec::new()).bit(fact, value) & mask != 0)
            }
            Cond::All(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match self.certain(part) {
                        Some(true) => {}
                        Some(false) => return Some(false),
                        None => all = None,
                    }
                }
                all
            }
            Cond::Any(parts) => {
                let mut any = Some(false);
                for part in parts {
                    match self.certain(part) {
                        Some(false) => {}
                        Some(true) => return Some(true),
                        None => any = None,
                    }
                }
                any
            }
            _ => None,
        }
    }

    fn groups(&mut self, part: &Part<Effect>, env: &[Val]) -> Vec<u32> {
        let key = part.key(env);
        if let Some(known) = key.and_then(|key| self.groups.get(&key)) {
            return known.clone();
        }
        let mut found = Vec::new();
        for mental in [false, true] {
            let effect = of_kind(&part.what, mental);
            let mut writes = Vec::new();
            let mut abstraction = self.abstraction(part.bound(env));
            abstraction.writes(effect.as_slice(), &Cond::True, &mut writes);
            writes.retain_mut(|write| match self.certain(&write.when) {
                Some(false) => false,
                Some(true) => {
                    write.when = Cond::True;
                    true
                }
                None => true,
            });
            if !writes.is_empty() {
                self.found.groups.push(Group { writes, mental });
                found.push(self.found.groups.len() as u32 - 1);
            }
        }
        key.map(|key| self.groups.insert(key, found.clone()));
        found
    }
}

/// Of an effect, what is written into minds (of the true state: into minds only), or the rest.
fn of_kind(effect: &Effect, mental: bool) -> Vec<Effect> {
    let inner = |effects: &[Effect]| -> Vec<Effect> {
        effects
            .iter()
            .flat_map(|part| of_kind(part, mental))
            .collect()
    };
    match effect {
        Effect::When(when, then, otherwise) => {
            let (then, otherwise) = (inner(then), inner(otherwise));
            if then.is_empty() && otherwise.is_empty() {
                return Vec::new();
            }
            vec![Effect::When(when.clone(), then, otherwise)]
        }
        Effect::Each(set, when, body) => {
            let body = inner(body);
            if body.is_empty() {
                return Vec::new();
            }
            vec![Effect::Each(*set, when.clone(), body)]
        }
        Effect::Set(..) if mental => Vec::new(),
        Effect::Set(..) => vec![effect.clone()],
        _ if mental => vec![effect.clone()],
        _ => Vec::new(),
    }
}

/// Calls `f` on every variable of an expression.
fn variables(expr: &mut Expr, f: &mut dyn FnMut(&mut usize)) {
    if let Expr::Var(var) = expr {
        f(var);
    }
    crate::candidates::each_part_mut(expr, &mut |part| variables(part, f));
}

/// Calls `f` on every variable of an effect.
fn effect_variables(effect: &mut Effect, f: &mut dyn FnMut(&mut usize)) {
    match effect {
        Effect::Set(place, value) => {
            variables(place, f);
            variables(value, f);
        }
        Effect::Show(place) => variables(place, f),
        Effect::Share {
            among,
            speaker,
            place,
            value,
        } => {
            let exprs = among.iter_mut().chain(speaker).chain([place]).chain(value);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::Learn { who, place, from } => {
            let exprs = [who, place].into_iter().chain(from);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::Believe {
            path, place, value, ..
        } => {
            let exprs = path.iter_mut().chain([place, value]);
            exprs.for_each(|expr| variables(expr, f));
        }
        Effect::When(when, then, otherwise) => {
            variables(when, f);
            let parts = then.iter_mut().chain(otherwise);
            parts.for_each(|part| effect_variables(part, f));
        }
        Effect::Each(_, when, body) => {
            variables(when, f);
            body.iter_mut().for_each(|part| effect_variables(part, f));
        }
    }
}

/// What a condition may come to so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Yes,
    /// Not with the options of this number.
    NotAt(u32),
}

/// Layers in the making: what might be the case, and what has happened.
pub struct Layers<'a> {
    happenings: &'a Happenings,
    /// What might be the case.
    pub options: Options,
    /// In a true state nothing that is written into minds counts.
    truth: bool,
    /// How often the options have changed.
    version: u32,
    met: Vec<Met>,
    /// By kind, what has not happened so far.
    waiting: [Vec<u32>; 3],
    /// By kind, what is written since something of that kind happened and may still bring something new.
    active: [Vec<u32>; 3],
    /// By group, whether it is active already: of which kinds, one bit each.
    known: Vec<u8>,
}

impl<'a> Layers<'a> {
    /// Nothing has happened.
    pub fn new(happenings: &'a Happenings, options: Options, truth: bool) -> Self {
        let mut waiting: [Vec<u32>; 3] = Default::default();
        for (index, one) in happenings.all.iter().enumerate() {
            waiting[one.kind as usize].push(index as u32);
        }
        Layers {
            happenings,
            options,
            truth,
            version: 1,
            met: vec![Met::NotAt(0); happenings.conds.len()],
            waiting,
            active: Default::default(),
            known: vec![0; happenings.groups.len()],
        }
    }

    fn met(&mut self, cond: u32) -> bool {
        match self.met[cond as usize] {
            Met::Yes => true,
            Met::NotAt(version) if version == self.version => false,
            Met::NotAt(_) => {
                let met = self.happenings.conds[cond as usize].may(&self.options);
                self.met[cond as usize] = if met {
                    Met::Yes
                } else {
                    Met::NotAt(self.version)
                };
                met
            }
        }
    }

    /// Everything of a kind that is possible by now happens: what that may write is added.
    fn happen(&mut self, kind: Kind, added: &mut Vec<(FluentId, u64, Interval)>) {
        let happenings = self.happenings;
        let mut waiting = std::mem::take(&mut self.waiting[kind as usize]);
        let mut active = std::mem::take(&mut self.active[kind as usize]);
        waiting.retain(|&index| {
            let one = &happenings.all[index as usize];
            if !one.needs.iter().all(|&need| self.met(need)) {
                return true;
            }
            for &group in &one.groups {
                // What costs nothing need not happen for a price.
                let known = &mut self.known[group as usize];
                let bits = 1 << Kind::Free as u8 | 1 << kind as u8;
                let counts = !self.truth || !happenings.groups[group as usize].mental;
                if counts && *known & bits == 0 {
                    *known |= 1 << kind as u8;
                    active.push(group);
                }
            }
            false
        });
        active.retain(|&group| {
            let writes = &happenings.groups[group as usize].writes;
            let done = writes
                .iter()
                .map(|write| write.happen(&self.options, added));
            !done.fold(true, |all, done| all & done)
        });
        self.waiting[kind as usize] = waiting;
        self.active[kind as usize] = active;
    }

    fn add(&mut self, added: &[(FluentId, u64, Interval)]) -> bool {
        let mut changed = false;
        for &(fluent, mask, range) in added {
            let fluent = fluent as usize;
            let more = self.options.masks[fluent] | mask;
            let wider = hull(self.options.numbers[fluent], range);
            changed |= more != self.options.masks[fluent] || wider != self.options.numbers[fluent];
            self.options.masks[fluent] = more;
            self.options.numbers[fluent] = wider;
        }
        self.version += u32::from(changed);
        changed
    }

    /// One layer: everything of that kind which is possible by now happens. True if that added anything.
    pub fn step(&mut self, kind: Kind) -> bool {
        let mut added = Vec::new();
        self.happen(kind, &mut added);
        self.add(&added)
    }

    /// What costs nothing, until it adds nothing. (Numbers change once.) True if that added anything.
    pub fn rest(&mut self) -> bool {
        let mut numbers = true;
        let before = self.version;
        loop {
            let mut added = Vec::new();
            self.happen(Kind::Free, &mut added);
            if !numbers {
                for (fluent, _, range) in &mut added {
                    // What still moves after a round may move without end.
                    let old = self.options.numbers[*fluent as usize];
                    if hull(old, *range) != old {
                        *range = ALL;
                    }
                }
            }
            numbers = false;
            if !self.add(&added) {
                return self.version != before;
            }
        }
    }

    /// A number that has grown since then may grow without end.
    pub fn widen(&mut self, before: &[Interval]) {
        let mut changed = false;
        for (new, old) in self.options.numbers.iter_mut().zip(before) {
            if new != old && old.0 <= old.1 {
                let low = if new.0 < old.0 { ALL.0 } else { new.0 };
                let high = if new.1 > old.1 { ALL.1 } else { new.1 };
                changed |= (low, high) != *new;
                *new = (low, high);
            }
        }
        self.version += u32::from(changed);
    }
}

impl Write {
    /// It may be written by now: what that adds. True if it can never add anything more.
    fn happen(&self, options: &Options, added: &mut Vec<(FluentId, u64, Interval)>) -> bool {
        if !self.when.may(options) {
            return false;
        }
        let here = self.fluent as usize;
        let (mask, range, done) = match &self.what {
            What::Values(mask) => (*mask, EMPTY, true),
            What::Copy(from) => {
                let from = *from as usize;
                (options.masks[from], options.numbers[from], false)
            }
            What::Number(number) => (0, number.range(options), false),
        };
        let old = options.numbers[here];
        if options.masks[here] | mask != options.masks[here] || hull(old, range) != old {
            added.push((self.fluent, mask, range));
        }
        done
    }
}
