//! The ways to a goal: instances of the effects that write what is wanted, with what still stands in their way.

use super::author::AUTHOR;
use super::*;
use crate::events::willing_by;
use crate::expr::At;
use crate::needs::recorder::Listener;

impl Work<'_> {
    /// What stands in the way of an event: its conditions here, and what the others who must will it lack to will it.
    pub(super) fn conditions(&mut self, event: EventId) -> Need {
        let here = self.here(event);
        match here {
            Need::Never => here,
            here => Need::all(vec![here, self.others(event)]),
        }
    }

    /// The conditions of an event that do not hold here.
    fn here(&mut self, event: EventId) -> Need {
        if let Some(need) = self.hindered.get(&event) {
            return need.clone();
        }
        let (goals, place) = (self.goals, (self.engine, self.node));
        let key = (self.person, event);
        let (memo, recorder) = (&goals.memo.conditions, &goals.needs.recorder);
        let need = memo.get(recorder, place, key, || self.unmet(event));
        self.hindered.insert(event, need.clone());
        need
    }

    fn unmet(&mut self, event: EventId) -> Need {
        let (action, mut reader, at) = self.at_event(event, Chain::HERE);
        let lifted = &self.engine.world.problem.actions[action];
        let unmet = lifted
            .needs
            .iter()
            .filter(|one| !reader.holds(at, &one.expr));
        let unmet: Vec<&Expr> = unmet.map(|one| &one.expr).collect();
        let env = reader.env;
        let need = |expr| self.need_of(Chain::HERE, expr, &env);
        Need::all(unmet.into_iter().map(need).collect())
    }

    /// What the others who must will an event lack to will it: conditions that hold here, but not in their minds, and what they would have to
    /// hold so that it pays.
    pub(super) fn others(&mut self, event: EventId) -> Need {
        if self.last.is_some() {
            return Need::Met; // they are asked when the event is tried
        }
        if let Some(need) = self.unwilling.get(&event) {
            return need.clone();
        }
        let (goals, place) = (self.goals, (self.engine, self.node));
        let key = (self.person, event, self.far.is_some());
        let (memo, recorder) = (&goals.memo.others, &goals.needs.recorder);
        let need = memo.get(recorder, place, key, || self.lacking(event));
        self.unwilling.insert(event, need.clone());
        need
    }

    fn lacking(&mut self, event: EventId) -> Need {
        let (action, mut reader, at) = self.at_event(event, Chain::HERE);
        let lifted = &self.engine.world.problem.actions[action];
        let mut others = willing_by(&mut reader, at, action);
        others.retain(|&other| other != self.person);
        if others.is_empty() {
            return Need::Met;
        }
        let holding = lifted
            .needs
            .iter()
            .filter(|one| reader.holds(at, &one.expr));
        let holding: Vec<&Expr> = holding.map(|one| &one.expr).collect();
        let env = reader.env;
        let mut parts = Vec::new();
        for &other in &others {
            let chain = Chain::HERE.then(other, self.person);
            let (_, mut reader, at) = self.at_event(event, chain);
            let unmet = holding.iter().filter(|expr| !reader.holds(at, expr));
            let unmet: Vec<&Expr> = unmet.copied().collect();
            let need = |expr| self.need_of(chain, expr, &env);
            parts.extend(unmet.into_iter().map(need));
        }
        // What lies near need not be anybody's reason: the author asks for reasons when an event is told, and so does who looks farther.
        if self.person != AUTHOR && self.far.is_none() {
            for other in others {
                parts.push(self.consent(other, action, &env));
            }
        }
        Need::all(parts)
    }

    /// An event's action, and a reader of its conditions in the mind at the end of a chain.
    fn at_event(&self, event: EventId, chain: Chain) -> (ActionId, Reader<'_, Listener<'_>>, At) {
        let (world, graph) = (&self.engine.world, &self.engine.graph);
        let (action, env) = (graph.events.action(event), graph.events.env(event));
        let at = graph.at(chain.node(world, graph, self.node));
        (action, self.reader(chain, env), at)
    }

    fn need_of(&self, chain: Chain, expr: &Expr, env: &[Val]) -> Need {
        let needs = &self.goals.needs;
        needs.of(self.engine, self.person, self.node, chain, expr, env, true)
    }

    /// What another person would have to hold so that an event pays: wants of theirs that it meets, but that do not count in
    /// their mind as it is. Met if one that it meets does count, or if it meets none (then the reason lies further on).
    pub(super) fn consent(&mut self, other: Person, action: ActionId, env: &[Val]) -> Need {
        match self.switches(other, action, env) {
            Some(switches) if !switches.is_empty() => Need::any(switches),
            _ => Need::Met,
        }
    }

    /// What would make wants of a person count that an event meets; none if one that it meets does.
    fn switches(&mut self, other: Person, action: ActionId, env: &[Val]) -> Option<Vec<Need>> {
        let chain = Chain::HERE.then(other, self.person);
        let mut switches = Vec::new();
        let lifted = &self.engine.world.problem.actions[action];
        for effect in &lifted.effects {
            let Effect::Set(place, _) = effect else {
                continue;
            };
            let mut reader = self.reader(Chain::HERE, env.to_vec());
            let Some(fluent) = reader.place(self.engine.graph.at(self.node), place) else {
                continue;
            };
            let (goals, engine, person, node) = (self.goals, self.engine, self.person, self.node);
            let (needs, far) = (&goals.needs, self.far.is_some());
            let key = (person, other, fluent, far);
            let known = goals
                .memo
                .switches
                .get(&needs.recorder, (engine, node), key, || {
                    let found = needs.switches(engine, person, node, chain, other, fluent, far);
                    found.map(Into::into)
                });
            switches.extend(known?.iter().cloned());
        }
        Some(switches)
    }

    /// The ways to a goal that cost nothing, or the others, those with least open first; none if too many goals were looked
    /// into.
    pub(super) fn ways(&mut self, goal: Goal, free: bool) -> Option<Arc<Vec<Arc<Way>>>> {
        let entry = self.table.entry(goal).or_default();
        if let Some(ways) = if free { &entry.free } else { &entry.paid } {
            return Some(ways.clone());
        }
        if self.looked_into >= self.most {
            return None;
        }
        self.looked_into += 1;
        let sort = match (self.last.is_some(), free) {
            (false, true) => Sort::Free,
            (false, false) => Sort::Paid,
            (true, true) => Sort::Alone,
            (true, false) => Sort::Now,
        };
        let known = self.known.get(&(goal, sort)).cloned();
        let ways = known.unwrap_or_else(|| {
            let all = &self.goals.looked_into;
            all.set(all.get() + 1);
            let ways = match sort {
                Sort::Now => self.find_now(goal),
                _ => self.find_ways(goal, sort),
            };
            let ways = Arc::new(ways);
            if sort != Sort::Now || self.since.is_none() {
                self.known.insert((goal, sort), ways.clone());
            }
            ways
        });
        let entry = self.table.entry(goal).or_default();
        *(if free {
            &mut entry.free
        } else {
            &mut entry.paid
        }) = Some(ways.clone());
        Some(ways)
    }

    /// A reader in the mind at the end of a chain, listened to.
    fn reader(&self, chain: Chain, env: Vec<Val>) -> Reader<'_, Listener<'_>> {
        Reader {
            world: &self.engine.world,
            graph: &self.engine.graph,
            env,
            trace: self.goals.needs.recorder.listen(chain, self.person),
        }
    }

    fn find_ways(&mut self, goal: Goal, sort: Sort) -> Vec<Arc<Way>> {
        let fact = self.engine.world.fact_of(goal.fluent);
        let (_, args) = self.engine.world.fluent_of(goal.fluent);
        let mut ways: Vec<(usize, Way)> = Vec::new();
        let goals = self.goals;
        let counts = |writer: &&Arc<Writer>| match (sort, writer.source) {
            (Sort::Alone, Source::Action(_)) => false,
            _ => writer.free == (sort != Sort::Paid),
        };
        for writer in goals.writers[fact].iter().filter(counts) {
            for env in self.unify(writer, goal, &args) {
                match writer.source {
                    Source::Action(action) => self.events(writer, action, env, goal, &mut ways),
                    Source::Trigger(trigger) => self.firings(writer, trigger, env, goal, &mut ways),
                }
            }
        }
        if let Some((outer, observer)) = goal.chain.last().filter(|_| sort != Sort::Paid) {
            for visible in self
                .engine
                .world
                .problem
                .visible
                .iter()
                .filter(|visible| visible.fact == fact)
            {
                let mut env: Vec<Val> = args.iter().map(|&arg| Val::atom(arg)).collect();
                env.push(Val::atom(self.engine.world.atom(observer)));
                let shown = goals.needs.of(
                    self.engine,
                    self.person,
                    self.node,
                    outer,
                    &visible.when,
                    &env,
                    true,
                );
                let so = goals.needs.goal(
                    self.engine,
                    self.node,
                    Goal {
                        chain: outer,
                        ..goal
                    },
                );
                let need = Need::all(vec![so, shown]);
                if need != Need::Never {
                    ways.push((
                        1,
                        Way {
                            event: None,
                            journey: false,
                            luck: false,
                            doubt: 0,
                            need,
                        },
                    ));
                }
            }
        }
        ways.sort_by_key(|(open, _)| *open);
        ways.truncate(WAYS);
        ways.into_iter().map(|(_, way)| Arc::new(way)).collect()
    }

    /// The bindings under which an effect writes the fluent with a fitting value; what stays open is [`Val::NOTHING`].
    pub(super) fn unify(&self, writer: &Writer, goal: Goal, args: &[AtomId]) -> Vec<Vec<Val>> {
        let problem = &self.engine.world.problem;
        let params = match writer.source {
            Source::Action(action) => problem.actions[action].params.len(),
            Source::Trigger(trigger) => problem.triggers[trigger].params.len(),
        };
        let mut env = vec![Val::NOTHING; params + writer.binders];
        let bind = |env: &mut Vec<Val>, expr: &Expr, value: Val| match expr {
            Expr::Var(index) if env[*index] == Val::NOTHING => {
                env[*index] = value;
                value.as_atom().is_some()
            }
            Expr::Var(index) => env[*index] == value,
            Expr::Const(constant) => self.engine.world.constant(*constant) == value,
            _ => true, // seen to when all is bound
        };
        let mut found = Vec::new();
        match &writer.place {
            Expr::Fact(_, places) => {
                let mut pairs = places.iter().zip(args);
                let fits = pairs.all(|(place, &arg)| bind(&mut env, place, Val::atom(arg)));
                found.extend(fits.then_some(env));
            }
            Expr::Topic(topic) => {
                for claim in &problem.claims {
                    if self.engine.world.fluent(claim.fact, &claim.args) == Some(goal.fluent) {
                        let mut env = env.clone();
                        if bind(&mut env, topic, Val::atom(claim.atom)) {
                            found.push(env);
                        }
                    }
                }
            }
            _ => {}
        }
        if let (Some(value), Aim::Is(wanted)) = (&writer.value, goal.aim) {
            found.retain_mut(|env| bind(env, value, wanted));
        }
        if writer.minds.is_empty() {
            return found;
        }
        // Whose mind it must be.
        let planner = (self.person != AUTHOR).then_some(self.person);
        let Some(owner) = goal.chain.first().or(planner) else {
            return Vec::new();
        };
        let owner = Val::atom(self.engine.world.atom(owner));
        let mut result: Vec<Vec<Val>> = Vec::new();
        for env in found {
            for who in &writer.minds {
                let mut env = env.clone();
                if bind(&mut env, who, owner) && !result.contains(&env) {
                    result.push(env);
                }
            }
        }
        result
    }

    /// The events of an action that write what is wanted.
    pub(super) fn events(
        &mut self,
        writer: &Writer,
        action: ActionId,
        env: Vec<Val>,
        goal: Goal,
        ways: &mut Vec<(usize, Way)>,
    ) {
        let lifted = &self.engine.world.problem.actions[action];
        let (params, journey) = (lifted.params.len(), lifted.journey);
        let luck = lifted.mode != Mode::Chosen || lifted.meant.is_some();
        for env in self.instances(writer, env, Chain::HERE).iter() {
            if !self.writes(writer, env, goal) {
                continue;
            }
            let args: Vec<AtomId> = env[..params]
                .iter()
                .filter_map(|value| value.as_atom())
                .collect();
            let event = self.engine.graph.events.intern(action, &args);
            let mut parts = self.guards(writer, env, Chain::HERE);
            if parts.contains(&Need::Never) {
                continue;
            }
            parts.push(self.here(event));
            let need = Need::all(parts);
            if need == Need::Never {
                continue;
            }
            let mut add = |need: Need, doubt: u32| {
                let way = Way {
                    event: Some(event),
                    journey,
                    luck,
                    doubt,
                    need,
                };
                ways.push((way.need.open(), way));
            };
            if self.far.is_none() && (self.person != AUTHOR || journey) {
                add(need, 0); // on the way, nobody asks what for
                continue;
            }
            let (consent, reluctant, undecided) = self.consents(event);
            let doubt = match &self.far {
                Some(far) => far.doubt(goal, reluctant),
                None if reluctant != 0 => Some(DOUBT),
                None if undecided => Some(DOUBT / 2),
                None => Some(0),
            };
            if consent != Need::Met && consent != Need::Never && doubt != Some(0) {
                add(Need::all(vec![need.clone(), consent]), 0);
            }
            if let Some(doubt) = doubt {
                add(need, doubt);
            }
        }
    }

    /// What everybody but the planner who must will an event would have to hold so that it pays at once, who has wants that it would meet
    /// of which none counts, and whether somebody has none that it meets.
    fn consents(&mut self, event: EventId) -> (Need, Group, bool) {
        let (action, args) = self.engine.event_of(event);
        let env: Vec<Val> = args.iter().map(|&arg| Val::atom(arg)).collect();
        let mut reader = self.reader(Chain::HERE, env.clone());
        let willing = willing_by(&mut reader, self.engine.graph.at(self.node), action);
        let meant = self.engine.world.problem.actions[action]
            .meant
            .unwrap_or(action);
        let (mut needs, mut reluctant, mut undecided) = (Vec::new(), 0, false);
        let planner = self.person;
        for person in willing.into_iter().filter(|&one| one != planner) {
            match self.switches(person, meant, &env) {
                None => {}
                Some(switches) if switches.is_empty() => undecided = true,
                Some(switches) => {
                    reluctant |= 1 << person;
                    needs.push(Need::any(switches));
                }
            }
        }
        (Need::all(needs), reluctant, undecided)
    }

    /// The instances of a trigger that write what is wanted.
    pub(super) fn firings(
        &mut self,
        writer: &Writer,
        trigger: usize,
        env: Vec<Val>,
        goal: Goal,
        ways: &mut Vec<(usize, Way)>,
    ) {
        for env in self.instances(writer, env, goal.chain).iter() {
            if !self.writes(writer, env, goal) {
                continue;
            }
            let when = &self.engine.world.problem.triggers[trigger].when;
            let needs = &self.goals.needs;
            let mut parts = vec![needs.of(
                self.engine,
                self.person,
                self.node,
                goal.chain,
                when,
                env,
                true,
            )];
            parts.extend(self.guards(writer, env, goal.chain));
            let need = Need::all(parts);
            if need != Need::Never && need != Need::Met {
                ways.push((
                    need.open(),
                    Way {
                        event: None,
                        journey: false,
                        luck: false,
                        doubt: 0,
                        need,
                    },
                ));
            }
        }
    }

    /// The conditions around an effect, where all its variables are known.
    pub(super) fn guards(&self, writer: &Writer, env: &[Val], chain: Chain) -> Vec<Need> {
        if env.contains(&Val::NOTHING) {
            return Vec::new();
        }
        let needs = &self.goals.needs;
        let of = |guard| needs.of(self.engine, self.person, self.node, chain, guard, env, true);
        writer.guards.iter().map(of).collect()
    }

    /// With everything bound: is it this fluent, and may the value be the one wanted?
    pub(super) fn writes(&self, writer: &Writer, env: &[Val], goal: Goal) -> bool {
        let at = self.engine.graph.at(self.node);
        let mut reader = self.reader(Chain::HERE, env.to_vec());
        if reader.place(at, &writer.place) != Some(goal.fluent) {
            return false;
        }
        if self.person != AUTHOR && self.far.is_none() && writer.found_out {
            return true; // who looks no farther asks little
        }
        let now = self.engine.value(self.node, goal.fluent);
        // What somebody knows, finding it out leaves as it is; what he does not, he knows then, but not now what it will be. And nobody
        // plans on being told what is not so.
        let told = writer.found_out || !writer.minds.is_empty();
        if self.far.is_some() && told && goal.chain == Chain::HERE {
            return !now.is_known() && !matches!(goal.aim, Aim::Is(_));
        }
        let value = match &writer.value {
            Some(value) => reader.value(at, value),
            None if goal.chain == Chain::HERE => return false, // in truth, finding out changes nothing
            None => now,
        };
        match goal.aim {
            Aim::Is(wanted) => value == wanted || value.is_number() && wanted.is_number(),
            Aim::Not(unwanted) => value != unwanted,
            Aim::Known | Aim::Change => true,
        }
    }

    /// Fills in what is not bound, so that few conditions stay open: by what conditions name, else by trying all.
    pub(super) fn instances(
        &mut self,
        writer: &Writer,
        env: Vec<Val>,
        chain: Chain,
    ) -> Arc<[Vec<Val>]> {
        let (goals, place) = (self.goals, (self.engine, self.node));
        let key = (self.person, writer.number, chain, env.clone());
        let (memo, recorder) = (&goals.memo.instances, &goals.needs.recorder);
        memo.get(recorder, place, key, || {
            self.filled(writer, env, chain).into()
        })
    }

    fn filled(&mut self, writer: &Writer, env: Vec<Val>, chain: Chain) -> Vec<Vec<Val>> {
        let world = &self.engine.world;
        let sets = match writer.source {
            Source::Action(action) => &world.problem.actions[action].params,
            Source::Trigger(trigger) => &world.problem.triggers[trigger].params,
        };
        for (&set, value) in sets.iter().zip(&env) {
            if value
                .as_atom()
                .is_some_and(|atom| world.position(set, atom).is_none())
            {
                return Vec::new();
            }
        }
        let node = chain.node(&self.engine.world, &self.engine.graph, self.node);
        let planner = (self.person != AUTHOR).then(|| Val::atom(world.atom(self.person)));
        let join = self
            .candidates
            .join(world, Whose::List(writer.number), sets, &env, || {
                writer.conditions.clone()
            });
        let mut filling = Filling {
            sets,
            goals: self.goals,
            at: self.engine.graph.at(node),
            reader: Reader {
                world,
                graph: &self.engine.graph,
                env,
                trace: self.goals.needs.recorder.listen(chain, self.person),
            },
            planner,
            found: Vec::new(),
            looked_at: 0,
        };
        if let Some(open) = filling.open(&join.first, 0) {
            filling.fill(&join, 0, open);
        }
        filling.found.sort_by_key(|(open, _)| *open);
        filling
            .found
            .into_iter()
            .take(WAYS)
            .map(|(_, env)| env)
            .collect()
    }
}

/// Parameters being filled in.
struct Filling<'a> {
    sets: &'a [SetId],
    goals: &'a Goals,
    at: At,
    reader: Reader<'a, Listener<'a>>,
    planner: Option<Val>,
    found: Vec<(usize, Vec<Val>)>,
    looked_at: usize,
}

impl Filling<'_> {
    /// How many conditions are open with these; none if too many, or one that nothing can change.
    fn open(&mut self, conditions: &[Arc<Expr>], mut open: usize) -> Option<usize> {
        for condition in conditions {
            if !self.reader.holds(self.at, condition) {
                open += 1;
                if open > OPEN || self.goals.needs.fixed_expr(condition) {
                    return None;
                }
            }
        }
        Some(open)
    }

    fn fill(&mut self, join: &Join, index: usize, open: usize) {
        let Some(step) = join.steps.get(index) else {
            self.found.push((open, self.reader.env.clone()));
            return;
        };
        let world = self.reader.world;
        let set = self.sets[step.param];
        let mut values: Vec<Val> = Vec::new();
        for named in &step.named {
            let value = self.reader.value(self.at, named);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        // A person thinks of oneself where a condition names somebody else; the author of everybody.
        if values.is_empty() || self.planner.is_none() {
            let members = world.members(set).iter().map(|&atom| Val::atom(atom));
            let others: Vec<Val> = members.filter(|value| !values.contains(value)).collect();
            values.extend(others);
            let own = |&value: &Val| Some(value) == self.planner;
            if let Some(place) = values.iter().position(own) {
                values[..=place].rotate_right(1);
            }
        } else if let Some(planner) = self.planner.filter(|planner| !values.contains(planner)) {
            values.push(planner);
        }
        for value in values {
            if self.looked_at >= LOOKED_AT {
                break;
            }
            if value
                .as_atom()
                .is_none_or(|atom| world.position(set, atom).is_none())
            {
                continue;
            }
            self.looked_at += 1;
            self.reader.env[step.param] = value;
            if let Some(open) = self.open(&step.then, open) {
                self.fill(join, index + 1, open);
            }
        }
        self.reader.env[step.param] = Val::NOTHING;
    }
}
