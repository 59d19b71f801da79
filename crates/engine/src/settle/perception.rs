//! What shows itself: what people perceive in a state, or miss there (docs/semantics.md, section 6).

use super::*;

impl Settling<'_> {
    /// What a node becomes where everybody perceives in it what shows itself. `looked`: what people perceive in the nodes looked
    /// at in this round; whose mind a node is makes no difference to that. The flag says that there is nothing more to see.
    pub(super) fn show(
        &mut self,
        (node, owner): Owned,
        since: Option<NodeId>,
        looked: &mut FxHashMap<NodeId, Perceptions>,
    ) -> Result<Option<(NodeId, bool)>, Unrest> {
        if self.graph.laws.visible.is_empty() {
            return Ok(None);
        }
        let (imposed, all) = match looked.get(&node) {
            Some(known) => known.clone(),
            None => {
                let found = self.perceptions((node, owner), since)?;
                looked.insert(node, found.clone());
                found
            }
        };
        if imposed.is_empty() {
            return Ok(None);
        }
        let now = impose(self.world, self.graph, node, owner, imposed)?;
        Ok((now != node).then_some((now, all)))
    }

    /// What everybody perceives in a node, or misses there.
    fn perceptions(
        &mut self,
        (node, owner): Owned,
        since: Option<NodeId>,
    ) -> Result<Perceptions, Unrest> {
        let (mut imposed, mut all) = (Vec::new(), true);
        for (person, look) in self.looks(node, since).into_iter().enumerate() {
            if !look.is_empty() {
                all &= self.perceived((node, owner), person, look, &mut imposed)?;
            }
        }
        Ok((imposed, all))
    }

    /// For every person, the visible fluents to look at again: touched since then, or all.
    fn looks(&self, node: NodeId, since: Option<NodeId>) -> Vec<Vec<Visible>> {
        let mut looks = vec![Vec::new(); self.world.persons()];
        // Who holds all that is so here, as far as it matters, sees nothing new and misses nothing.
        let values = |node| self.graph.values_of(node);
        let decides = |fluent| self.graph.laws.decides(self.world, fluent);
        let differs = |person: Person| {
            let mind = self.graph.mind(self.world, node, person);
            self.graph.laws.perception_by_minds && mind != node
                || self
                    .graph
                    .values
                    .differ(values(mind), values(node), decides)
        };
        let since = since.filter(|_| !self.graph.laws.perception_by_minds);
        let Some(since) = since else {
            for (person, look) in looks.iter_mut().enumerate().filter(|one| differs(one.0)) {
                for (place, shown) in self.graph.laws.visible.iter().enumerate() {
                    let fluents = self.world.base(shown.fact)..self.world.base(shown.fact + 1);
                    let laws = &self.graph.laws;
                    let turn = |fluent| laws.turn(self.world, place, fluent, person);
                    look.extend(fluents.map(|fluent| (turn(fluent), fluent)));
                }
            }
            return looks;
        };
        let change = self.change(since, node);
        let observers = (0..self.world.persons()).filter(|&person| differs(person));
        let observers: Vec<AtomId> = observers.map(|person| self.world.atom(person)).collect();
        let mut reader = Reader::new(self.world, self.graph, Vec::new());
        let mut look = |person: Person, place, fluent| {
            let turn = self.graph.laws.turn(self.world, place, fluent, person);
            looks[person].push((turn, fluent));
        };
        if !change.here.is_empty() && !observers.is_empty() {
            let here = self.graph.at(node);
            self.graph
                .laws
                .perceived(&mut reader, here, &change.here, &observers, &mut look);
        }
        for (person, changed) in change.minds.iter().filter(|(person, _)| differs(*person)) {
            let mind = self.graph.at(self.graph.mind(self.world, node, *person));
            let observer = [self.world.atom(*person)];
            self.graph
                .laws
                .perceived(&mut reader, mind, changed, &observer, &mut look);
        }
        looks
    }

    /// What a person perceives in a node or misses there, in order; each perception counts for those after it. False if one
    /// touched something before it, which is then to be looked at again.
    fn perceived(
        &mut self,
        (node, owner): Owned,
        person: Person,
        mut look: Vec<Visible>,
        imposed: &mut Vec<Imposition>,
    ) -> Result<bool, Unrest> {
        let mut all = true;
        let mut here = self.graph.at(node);
        let mut there = self.graph.at(self.graph.mind(self.world, node, person));
        look.sort_unstable();
        look.dedup();
        let mut next = 0;
        while let Some(&this) = look.get(next) {
            next += 1;
            let (turn, fluent) = this;
            let Some(value) = perception(self.world, self.graph, here, there, person, turn, fluent)
            else {
                continue;
            };
            let one = Imposition {
                fluent,
                value,
                cover: Cover::end(&[person], false),
            };
            imposed.push(one.clone());
            if self.graph.laws.perception_by_minds {
                let now = here.node.expect("perception looks into minds");
                let now = impose(self.world, self.graph, now, owner, vec![one])?;
                here = self.graph.at(now);
                there = self.graph.at(self.graph.mind(self.world, now, person));
                all = false;
            } else {
                there.values = self.graph.values.set(there.values, &[(fluent, value)]);
                let mut reader = Reader::new(self.world, self.graph, Vec::new());
                let observer = [self.world.atom(person)];
                let laws = &self.graph.laws;
                let mut touch = |_, place, fluent| {
                    let touched = (laws.turn(self.world, place, fluent, person), fluent);
                    if touched > this {
                        if let Err(at) = look.binary_search(&touched) {
                            look.insert(at, touched);
                        }
                    }
                    all &= touched >= this;
                };
                self.graph
                    .laws
                    .perceived(&mut reader, there, &[fluent], &observer, &mut touch);
            }
        }
        Ok(all)
    }
}

/// The new value of a visible fluent in the mind of an observer, if it changes.
pub fn perception(
    world: &World,
    graph: &Graph,
    here: At,
    there: At,
    person: Person,
    turn: usize,
    fluent: FluentId,
) -> Option<Val> {
    let value = graph.values.get(here.values, fluent);
    let held = graph.values.get(there.values, fluent);
    if value == held && held.is_blank() {
        return None; // neither news nor something to miss
    }
    let mut env = Vec::new();
    bind(world, fluent, person, &mut env);
    match seen(world, graph, here, there.values, turn, &mut env) {
        (true, _) => (value != held).then_some(value),
        // Where all that decides is the same, what is not visible here is not missed there.
        (false, agrees) if agrees || held.is_blank() => None,
        (false, _) => {
            let missed = seen(world, graph, there, there.values, turn, &mut env).0;
            missed.then(|| Val::unknown(fluent))
        }
    }
}

/// The variables of a line: the fact's arguments, then the observer.
fn bind(world: &World, fluent: FluentId, person: Person, env: &mut Vec<Val>) {
    env.clear();
    env.extend(world.args_of(fluent).iter().map(|&arg| Val::atom(arg)));
    env.push(Val::atom(world.atom(person)));
}

/// Whether some line of a visible fact holds there, and whether all that was read for it is the same in values elsewhere.
fn seen(
    world: &World,
    graph: &Graph,
    at: At,
    elsewhere: ValuesId,
    turn: usize,
    env: &mut Vec<Val>,
) -> (bool, bool) {
    let trace = Agreement {
        graph,
        there: elsewhere,
        agrees: true,
    };
    let mut reader = Reader {
        world,
        graph,
        env: std::mem::take(env),
        trace,
    };
    let lines = graph.laws.shown_at(turn).lines.iter();
    let mut whens = lines.map(|&line| &world.problem.visible[line].when);
    let seen = whens.any(|when| reader.holds(at, when));
    *env = reader.env;
    (seen, reader.trace.agrees && !graph.laws.perception_by_minds)
}

/// Somebody's look round, where perception does not rest on minds. Much is visible under the same conditions (who is here sees
/// health and bearing of everybody who is here): each is asked once.
pub struct Look<'a> {
    world: &'a World,
    graph: &'a Graph,
    around: ValuesId,
    person: Person,
    env: Vec<Val>,
    known: FxHashMap<(usize, [AtomId; 2]), Seen>,
    /// How often the observer has learnt something.
    learnt: u32,
}

/// What is known of a condition: it holds in the state around; all that it reads there the observer holds, too; by what the
/// observer holds, it holds. Where it does not hold in the state around, that is so until the observer learns something.
#[derive(Clone, Copy)]
struct Seen {
    here: bool,
    agrees: bool,
    there: Option<bool>,
    learnt: u32,
}

impl<'a> Look<'a> {
    /// A person looks round in a state of these values.
    pub fn new(world: &'a World, graph: &'a Graph, around: ValuesId, person: Person) -> Self {
        Look {
            world,
            graph,
            around,
            person,
            env: Vec::new(),
            known: FxHashMap::default(),
            learnt: 0,
        }
    }

    /// As [`perception`], of somebody who holds these values.
    pub fn at(&mut self, mind: ValuesId, (turn, fluent): Visible) -> Option<Val> {
        let (world, graph) = (self.world, self.graph);
        let value = graph.values.get(self.around, fluent);
        let held = graph.values.get(mind, fluent);
        if value == held && held.is_blank() {
            return None;
        }
        let [here, there] = [self.around, mind].map(|values| At { values, node: None });
        let key = match *world.args_of(fluent) {
            [] => Some([0, 0]),
            [a] => Some([a, 0]),
            [a, b] => Some([a, b]),
            _ => None,
        };
        let key = key.map(|args| (graph.laws.shown_at(turn).like, args));
        let known = key.and_then(|key| self.known.get(&key).copied());
        let valid = known.filter(|known| known.here || known.learnt == self.learnt);
        let mut now = valid.unwrap_or_else(|| {
            bind(world, fluent, self.person, &mut self.env);
            let (holds, agrees) = seen(world, graph, here, mind, turn, &mut self.env);
            Seen {
                here: holds,
                agrees,
                there: None,
                learnt: self.learnt,
            }
        });
        let asked = now.there.is_some();
        if !now.here && !now.agrees && !held.is_blank() && now.there.is_none() {
            bind(world, fluent, self.person, &mut self.env);
            now.there = Some(seen(world, graph, there, mind, turn, &mut self.env).0);
        }
        if valid.is_none() || now.there.is_some() != asked {
            key.map(|key| self.known.insert(key, now));
        }
        if now.here {
            return (value != held).then_some(value);
        }
        let missed = !now.agrees && !held.is_blank() && now.there == Some(true);
        missed.then(|| Val::unknown(fluent))
    }

    /// The observer holds other values now.
    pub fn learnt(&mut self) {
        self.learnt += 1;
    }
}

/// Notices whether all that is read has the same value elsewhere.
struct Agreement<'a> {
    graph: &'a Graph,
    there: ValuesId,
    agrees: bool,
}

impl Trace for Agreement<'_> {
    fn read(&mut self, fluent: FluentId, value: Val) {
        self.agrees &= self.graph.values.get(self.there, fluent) == value;
    }
}
