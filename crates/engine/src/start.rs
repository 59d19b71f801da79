//! The opening state, before it settles (docs/semantics.md, section 3; for the peer, its rule that an unset belief is what is
//! believed one mind further out).

use std::collections::BTreeMap;

use crate::effects::{bit, Cover, Effects, Imposition, Role, EVERYBODY};
use crate::expr::Reader;
use crate::graph::{Draft, Graph, Link, NodeId};
use crate::problem::{Effect, Expr, Start};
use crate::step::{impose, Stop};
use crate::value::{FluentId, Val};
use crate::values::ValuesId;
use crate::world::{Group, Person, World};

/// Lays out the start.
///
/// # Errors
/// [`Stop::Memory`].
pub fn opening(world: &World, graph: &Graph) -> Result<NodeId, Stop> {
    let mut values = Vec::with_capacity(world.fluents());
    for (fact, lifted) in world.problem.facts.iter().enumerate() {
        let default = world.constant(lifted.default);
        values.extend(
            (world.base(fact)..world.base(fact + 1)).map(|fluent| world.stored(fluent, default)),
        );
    }
    if world.peer() {
        return Ok(opening_as_imposed(world, graph, values));
    }
    let mut state = closed(graph, world.persons(), graph.values.intern(&values));
    let mut shared = true;
    for line in &world.problem.start {
        shared &= matches!(line, Start::Holds { .. });
        let imposed = line_imposed(world, graph, state, line);
        if imposed.is_empty() {
            continue;
        }
        state = if shared {
            // Everybody knows it all so far.
            let holds = imposed.iter().map(|one| (one.fluent, one.value));
            let holds: Vec<(FluentId, Val)> = holds.collect();
            closed(
                graph,
                world.persons(),
                graph.values.set(graph.values_of(state), &holds),
            )
        } else {
            impose(world, graph, state, None, imposed)?
        };
    }
    Ok(state)
}

/// The state in which everybody shares these values, and knows it.
fn closed(graph: &Graph, persons: usize, values: ValuesId) -> NodeId {
    let mut draft = Draft::new(persons);
    draft.add(values);
    graph.settle(&draft)[0]
}

/// What a line of our own language imposes, read in the true state as the lines before have made it.
fn line_imposed(world: &World, graph: &Graph, state: NodeId, line: &Start) -> Vec<Imposition> {
    let at = graph.at(state);
    let mut reader = Reader::new(world, graph, Vec::new());
    let (place, value) = match line {
        Start::Holds { place, value }
        | Start::Secret { place, value, .. }
        | Start::Belief { place, value, .. } => (place, value),
        Start::Impose(_) => return Vec::new(),
    };
    let Some(fluent) = reader.place(at, place) else {
        return Vec::new();
    };
    let value = world.stored(fluent, reader.value(at, value));
    let mut persons = |exprs: &[Expr]| -> Vec<Option<Person>> {
        exprs
            .iter()
            .map(|expr| world.person_of(reader.value(at, expr)))
            .collect()
    };
    let one = |value, cover| Imposition {
        fluent,
        value,
        cover,
    };
    match line {
        Start::Holds { .. } | Start::Impose(_) => vec![one(value, Cover::Throughout(EVERYBODY))],
        Start::Secret { known, others, .. } => {
            let group: Group = persons(known)
                .into_iter()
                .flatten()
                .fold(0, |all, who| all | bit(who));
            let others = world.stored(fluent, world.constant(*others));
            vec![
                one(
                    others,
                    Cover::Among {
                        heads: EVERYBODY,
                        group: EVERYBODY,
                    },
                ),
                one(value, Cover::Throughout(group)),
            ]
        }
        Start::Belief { path, .. } => {
            match persons(path).into_iter().collect::<Option<Vec<Person>>>() {
                Some(chain) => vec![one(value, Cover::end(&chain, true))],
                None => Vec::new(),
            }
        }
    }
}

/// The peer's start: effects in order, each read in what is set so far, chains of persons inheriting from their beginnings.
fn opening_as_imposed(world: &World, graph: &Graph, values: Vec<Val>) -> NodeId {
    let mut set: BTreeMap<Vec<Person>, BTreeMap<FluentId, Val>> = BTreeMap::new();
    let mut state = closed(graph, world.persons(), graph.values.intern(&values));
    for line in &world.problem.start {
        let Start::Impose(effect) = line else {
            continue;
        };
        let effect = std::slice::from_ref::<Effect>(effect);
        let mut reader = Reader::new(world, graph, Vec::new());
        // Under the peer's rules effects cannot clash.
        let outcome = Effects::run(&mut reader, graph.at(state), Role::Truth, effect, None)
            .unwrap_or_default();
        for (fluent, value) in outcome.assigned {
            set.entry(Vec::new()).or_default().insert(fluent, value);
        }
        for one in outcome.imposed {
            if let Cover::End { chain, .. } = one.cover {
                set.entry(chain).or_default().insert(one.fluent, one.value);
            }
        }
        state = inherited(world, graph, &values, &set);
    }
    state
}

/// The state in which every chain holds what is set for it, else what its longest beginning holds.
fn inherited(
    world: &World,
    graph: &Graph,
    defaults: &[Val],
    set: &BTreeMap<Vec<Person>, BTreeMap<FluentId, Val>>,
) -> NodeId {
    let mut chains: Vec<&[Person]> = vec![&[]];
    for chain in set.keys() {
        chains.extend((1..=chain.len()).map(|length| &chain[..length]));
    }
    chains.sort_unstable();
    chains.dedup();
    let mut draft = Draft::new(world.persons());
    // Two nodes for each chain: itself, and what its unmentioned continuations hold.
    let mut held: Vec<Vec<Val>> = Vec::new();
    for &chain in &chains {
        let mut values = match chain.split_last() {
            Some((_, beginning)) => {
                let place = chains
                    .binary_search(&beginning)
                    .expect("beginnings stand before");
                held[place].clone()
            }
            None => defaults.to_vec(),
        };
        for (&fluent, &value) in set.get(chain).into_iter().flatten() {
            values[fluent as usize] = value;
        }
        let id = graph.values.intern(&values);
        held.push(values);
        let node = draft.add(id);
        let rest = draft.add(id);
        for person in 0..world.persons() {
            draft.link(node, person, Link::Draft(rest));
        }
    }
    for (place, chain) in chains.iter().enumerate() {
        if let Some((&person, beginning)) = chain.split_last() {
            let above = chains
                .binary_search(&beginning)
                .expect("beginnings stand before");
            draft.link(2 * above, person, Link::Draft(2 * place));
        }
    }
    graph.settle(&draft)[0]
}
