//! States as nodes: an array of fact values, and for every person the node that the person takes the world to be.
//!
//! The tower of beliefs about beliefs is infinite. A node can be written down in two ways:
//! - a *finished* node points to the nodes of all minds. Two nodes are the same state if they agree on every fluent along every
//!   chain of persons, that is, if they are bisimilar; finished nodes are kept so that no two of them are. New ones are sketched
//!   as a [`Draft`], a graph that may point to permanent nodes and to itself, and then made permanent (`graph/draft.rs`);
//! - a node with a [`Birth`] knows how it came about instead: from which node before, by what. Its minds are worked out when
//!   somebody reads them, by [`crate::minds`]: of the hundreds of minds in which an event is mirrored, few are ever asked for.
//!   Such nodes are the same if they were born in the same way; [`crate::minds::Minds::finished`] tells which finished node one is.

pub mod draft;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use crate::effects::Imposition;
use crate::events::{EventId, Events};
use crate::expr::{At, Reader};
use crate::laws::{Instance, Laws, Visible};
use crate::minds::Minds;
use crate::value::{FluentId, Val};
use crate::values::{Values, ValuesId};
use crate::world::{Person, World};
pub use draft::{Draft, Link};

/// A permanent node: a state.
pub type NodeId = u32;

/// Stands for "the node itself" in keys.
const SELF: u32 = ITSELF;
/// Stands for "the node itself" among the minds of a node to be.
pub const ITSELF: NodeId = NodeId::MAX;
/// A mind that nobody has asked for.
const PENDING: u32 = u32::MAX - 1;
/// Of finished nodes.
const NO_BIRTH: u32 = u32::MAX;

/// A list that is kept once; the empty one is 0.
pub type ListId = u32;

/// The way in which a node came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// It is as before, but for what was imposed.
    Keep,
    /// An event happened there, or was seen there to happen around: these were its assignments there.
    Event(EventId, ListId),
    /// Its owner saw only so much of the event.
    Part(EventId, ListId),
}

/// How a node came about, from which its minds follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Birth {
    /// The node before; a surprised witness' mind is repaired first.
    pub origin: NodeId,
    /// Whose mind it is; nobody's: the true state.
    pub owner: Option<Person>,
    /// How it changed.
    pub way: Way,
    /// What was imposed on it and on minds within it.
    pub imposed: ListId,
    /// How far it has settled, and its minds are to do so.
    pub settled: Settled,
}

/// How far a node has settled: the list says what its minds have been shown so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Settled {
    /// Only so far; the empty list: not at all.
    SoFar(ListId),
    /// To the end: what comes last stays so. The empty list: its values, in one round.
    Done(ListId),
}

impl Settled {
    /// Not yet.
    pub const NOT: Settled = Settled::SoFar(0);
}

/// Values that a node had when its minds were shown what can be seen there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stage {
    /// The values.
    pub values: ValuesId,
    /// The round ends with it: it is shown until nothing changes by that, and then the minds come to rest.
    pub last: bool,
}

/// Lists, each kept once.
#[derive(Debug, Clone)]
struct Lists<T> {
    all: Vec<Arc<[T]>>,
    index: FxHashMap<Arc<[T]>, ListId>,
}

impl<T: Eq + Hash> Lists<T> {
    fn new() -> Self {
        let mut lists = Lists {
            all: Vec::new(),
            index: FxHashMap::default(),
        };
        lists.intern(Arc::new([]));
        lists
    }

    fn intern(&mut self, list: Arc<[T]>) -> ListId {
        if let Some(&id) = self.index.get(&list) {
            return id;
        }
        let id = self.all.len() as ListId;
        self.all.push(list.clone());
        self.index.insert(list, id);
        id
    }
}

/// The nodes.
#[derive(Debug, Clone)]
struct Nodes {
    persons: usize,
    values: Vec<ValuesId>,
    minds: Vec<NodeId>,
    /// By node, its place among the births.
    born: Vec<u32>,
    births: Vec<Birth>,
    /// By node, in which roles it is known to be at rest by itself: bits of [`role`].
    at_rest: Vec<u8>,
    /// Finished nodes by values and minds, a mind that is the node itself written as such.
    index: HashTable<NodeId>,
    /// Finished nodes that lie on cycles through other nodes, by a hash of what the first levels of their towers hold.
    cyclic: FxHashMap<u64, Vec<NodeId>>,
    /// The other nodes, by values and birth.
    by_birth: HashTable<NodeId>,
    /// Which finished node a node with a birth is, where that is known.
    finished: FxHashMap<NodeId, NodeId>,
    assigned: Lists<(FluentId, Val)>,
    imposed: Lists<Imposition>,
    histories: Lists<Stage>,
    /// What somebody with such a mind makes of what he sees in such a state.
    shown: FxHashMap<Looking, ValuesId>,
    /// The visible fluents of which a person's perception may read a fluent.
    shown_by: FxHashMap<(FluentId, Person), Arc<[Visible]>>,
    /// See [`Laws::awake`].
    awake: FxHashMap<(ValuesId, bool), Arc<[Instance]>>,
    /// See [`Graph::firing`].
    firing: FxHashMap<(NodeId, bool), Arc<[Instance]>>,
}

/// The values of a state, those of a mind in it, and whose mind it is.
pub type Looking = (ValuesId, ValuesId, u32);

/// So much is remembered of what people see, and of what may fire.
const MOST_SHOWN: usize = 200_000;

/// Of so many hypotheses it is remembered what could follow.
const MOST_FIRING: usize = 5_000;

fn hash_of(item: &impl Hash) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    item.hash(&mut hasher);
    hasher.finish()
}

/// As a mind, or as the true state.
fn role(mind: bool) -> u8 {
    1 << u8::from(mind)
}

impl Nodes {
    fn value(&self, node: NodeId) -> ValuesId {
        self.values[node as usize]
    }

    fn minds(&self, node: NodeId) -> &[NodeId] {
        &self.minds[node as usize * self.persons..(node as usize + 1) * self.persons]
    }

    fn set_mind(&mut self, node: NodeId, person: Person, mind: NodeId) {
        self.minds[node as usize * self.persons + person] = mind;
    }

    fn add(&mut self, values: ValuesId, birth: u32) -> NodeId {
        let node = self.values.len() as NodeId;
        self.values.push(values);
        let minds = self.minds.len() + self.persons;
        self.minds.resize(minds, PENDING);
        self.born.push(birth);
        self.at_rest.push(0);
        node
    }

    fn key(&self, node: NodeId) -> (ValuesId, Birth) {
        let birth = self.births[self.born[node as usize] as usize];
        (self.value(node), birth)
    }

    fn born(&mut self, values: ValuesId, birth: Birth) -> NodeId {
        let key = (values, birth);
        let hash = hash_of(&key);
        if let Some(&node) = self.by_birth.find(hash, |&node| self.key(node) == key) {
            return node;
        }
        let place = self.births.len() as u32;
        self.births.push(birth);
        let node = self.add(values, place);
        if let Some(owner) = birth.owner {
            self.set_mind(node, owner, node);
        }
        let (values, born, births) = (&self.values, &self.born, &self.births);
        let rehash = |&node: &NodeId| {
            let birth = births[born[node as usize] as usize];
            hash_of(&(values[node as usize], birth))
        };
        self.by_birth.insert_unique(hash, node, rehash);
        node
    }
}

/// All permanent nodes of one world, with what it takes to work out their minds. Nodes are added while others are read, so
/// what is inside may change behind a shared reference.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The arrays of values.
    pub values: Values,
    /// The events spoken of.
    pub events: Events,
    /// What follows by itself.
    pub laws: Laws,
    persons: usize,
    nodes: RefCell<Nodes>,
}

impl Graph {
    /// For states of this many fluents and persons, in a world of these laws.
    pub fn new(fluents: usize, persons: usize, laws: Laws) -> Self {
        let nodes = Nodes {
            persons,
            values: Vec::new(),
            minds: Vec::new(),
            born: Vec::new(),
            births: Vec::new(),
            at_rest: Vec::new(),
            index: HashTable::new(),
            cyclic: FxHashMap::default(),
            by_birth: HashTable::new(),
            finished: FxHashMap::default(),
            assigned: Lists::new(),
            imposed: Lists::new(),
            histories: Lists::new(),
            shown: FxHashMap::default(),
            shown_by: FxHashMap::default(),
            awake: FxHashMap::default(),
            firing: FxHashMap::default(),
        };
        Graph {
            values: Values::new(fluents),
            events: Events::default(),
            laws,
            persons,
            nodes: RefCell::new(nodes),
        }
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.nodes.borrow().values.len()
    }

    /// No state yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        let nodes = self.nodes.borrow();
        let births = nodes.births.capacity() * (size_of::<Birth>() + 6);
        let each = size_of::<ValuesId>() + size_of::<u32>() + 1 + 6;
        self.values.bytes() + nodes.values.capacity() * each + nodes.minds.capacity() * 4 + births
    }

    /// What a person takes the world to be.
    pub fn mind(&self, world: &World, node: NodeId, person: Person) -> NodeId {
        let known = self.nodes.borrow().minds[node as usize * self.persons + person];
        if known != PENDING {
            return known;
        }
        let mind = Minds { world, graph: self }.grown(node, person).0;
        self.nodes.borrow_mut().set_mind(node, person, mind);
        mind
    }

    /// What everybody takes the world to be.
    pub fn minds<'a>(
        &'a self,
        world: &'a World,
        node: NodeId,
    ) -> impl Iterator<Item = NodeId> + 'a {
        (0..self.persons).map(move |person| self.mind(world, node, person))
    }

    /// The values of a state.
    pub fn values_of(&self, node: NodeId) -> ValuesId {
        self.nodes.borrow().value(node)
    }

    /// The value of a fluent in a state.
    pub fn value(&self, node: NodeId, fluent: FluentId) -> Val {
        self.values.get(self.values_of(node), fluent)
    }

    /// A state as a place to read in.
    pub fn at(&self, node: NodeId) -> At {
        At {
            values: self.values_of(node),
            node: Some(node),
        }
    }

    /// The finished node of these values and minds, which are finished nodes or [`ITSELF`].
    pub fn finished_node(&self, values: ValuesId, minds: &[NodeId]) -> NodeId {
        self.nodes.borrow_mut().single(values, minds)
    }

    /// Makes a draft permanent; the answer says which permanent node each drafted one is.
    pub fn settle(&self, draft: &Draft) -> Vec<NodeId> {
        self.nodes.borrow_mut().settle(draft)
    }

    /// The node of these values that came about in this way.
    pub fn born(&self, values: ValuesId, birth: Birth) -> NodeId {
        self.nodes.borrow_mut().born(values, birth)
    }

    /// How a node came about; none of a finished one.
    pub fn birth(&self, node: NodeId) -> Option<Birth> {
        let nodes = self.nodes.borrow();
        let place = nodes.born[node as usize];
        (place != NO_BIRTH).then(|| nodes.births[place as usize])
    }

    /// Which finished node a node is, if that is known.
    pub fn known_finished(&self, node: NodeId) -> Option<NodeId> {
        let nodes = self.nodes.borrow();
        if nodes.born[node as usize] == NO_BIRTH {
            return Some(node);
        }
        nodes.finished.get(&node).copied()
    }

    /// Remembers which finished node a node is.
    pub fn finish(&self, node: NodeId, finished: NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        let bits = nodes.at_rest[node as usize];
        nodes.at_rest[finished as usize] |= bits;
        if node != finished {
            nodes.finished.insert(node, finished);
        }
    }

    /// The node is known to be at rest by itself, as a mind or as the true state.
    pub fn at_rest(&self, node: NodeId, mind: bool) -> bool {
        self.nodes.borrow().at_rest[node as usize] & role(mind) != 0
    }

    /// The node has settled with all minds in it: how it came about says so, or it is finished and at rest.
    pub fn settled(&self, node: NodeId) -> bool {
        let nodes = self.nodes.borrow();
        match nodes.born[node as usize] {
            NO_BIRTH => nodes.at_rest[node as usize] != 0,
            place => matches!(nodes.births[place as usize].settled, Settled::Done(_)),
        }
    }

    /// From now on the node is known to be.
    pub fn rests(&self, node: NodeId, mind: bool) {
        self.nodes.borrow_mut().at_rest[node as usize] |= role(mind);
    }

    /// The values of a mind after its owner has looked round, if they are remembered.
    pub fn known_shown(&self, looking: Looking) -> Option<ValuesId> {
        self.nodes.borrow().shown.get(&looking).copied()
    }

    /// Remembers them.
    pub fn keep_shown(&self, looking: Looking, shown: ValuesId) {
        let known = &mut self.nodes.borrow_mut().shown;
        if known.len() >= MOST_SHOWN {
            known.clear();
        }
        known.insert(looking, shown);
    }

    /// The visible fluents of which a person's perception may read a fluent: see [`Laws::shown_by`].
    pub fn shown_by(&self, world: &World, fluent: FluentId, observer: Person) -> Arc<[Visible]> {
        let known = &mut self.nodes.borrow_mut().shown_by;
        known
            .entry((fluent, observer))
            .or_insert_with(|| self.laws.shown_by(world, fluent, observer))
            .clone()
    }

    /// The instances of watchful triggers that nothing but minds can keep from firing: see [`Laws::awake`].
    pub fn awake(&self, world: &World, values: ValuesId, mind: bool) -> Arc<[Instance]> {
        let known = self.nodes.borrow().awake.get(&(values, mind)).cloned();
        known.unwrap_or_else(|| {
            let found: Arc<[Instance]> = self.laws.awake(world, self, values, mind).into();
            let known = &mut self.nodes.borrow_mut().awake;
            if known.len() >= MOST_SHOWN {
                known.clear();
            }
            known.insert((values, mind), found.clone());
            found
        })
    }

    /// The instances of triggers, apart from the watchful, whose condition holds in a state: see [`Laws::all`].
    pub fn firing(&self, world: &World, node: NodeId, mind: bool) -> Arc<[Instance]> {
        let known = self.nodes.borrow().firing.get(&(node, mind)).cloned();
        known.unwrap_or_else(|| {
            let mut reader = Reader::new(world, self, Vec::new());
            let mut found = BTreeSet::new();
            self.laws.all(&mut reader, self.at(node), mind, &mut found);
            let found: Arc<[Instance]> = found.into_iter().collect();
            let known = &mut self.nodes.borrow_mut().firing;
            if known.len() >= MOST_FIRING {
                known.clear();
            }
            known.insert((node, mind), found.clone());
            found
        })
    }

    /// A list of assignments, kept.
    pub fn keep_assigned(&self, list: Vec<(FluentId, Val)>) -> ListId {
        self.nodes.borrow_mut().assigned.intern(list.into())
    }

    /// A list of assignments.
    pub fn assigned(&self, list: ListId) -> Arc<[(FluentId, Val)]> {
        self.nodes.borrow().assigned.all[list as usize].clone()
    }

    /// A list of impositions, kept.
    pub fn keep_imposed(&self, list: Vec<Imposition>) -> ListId {
        self.nodes.borrow_mut().imposed.intern(list.into())
    }

    /// A list of impositions.
    pub fn imposed(&self, list: ListId) -> Arc<[Imposition]> {
        self.nodes.borrow().imposed.all[list as usize].clone()
    }

    /// What the minds of a node are shown, kept.
    pub fn keep_history(&self, list: Vec<Stage>) -> ListId {
        self.nodes.borrow_mut().histories.intern(list.into())
    }

    /// What the minds of a node are shown.
    pub fn history(&self, list: ListId) -> Arc<[Stage]> {
        self.nodes.borrow().histories.all[list as usize].clone()
    }
}
