//! Arrays of fact values, interned. An array is a table of pages of 32 values, each page kept once, so that a changed
//! fact costs a page and a table whatever the size of the world. Two arrays are equal if their numbers are.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::value::{FluentId, Val};

/// An interned array of values.
pub type ValuesId = u32;

const PAGE: usize = 32;

fn hash_of<T: Hash + ?Sized>(item: &T) -> u64 {
    let mut hasher = FxHasher::default();
    item.hash(&mut hasher);
    hasher.finish()
}

/// Slices of one length, each kept once, one after the other.
#[derive(Debug, Clone)]
struct Interner<T> {
    stride: usize,
    items: Vec<T>,
    index: HashTable<u32>,
}

impl<T: Copy + Eq + Hash> Interner<T> {
    fn new(stride: usize) -> Self {
        Interner {
            stride,
            items: Vec::new(),
            index: HashTable::new(),
        }
    }

    fn get(&self, id: u32) -> &[T] {
        let from = id as usize * self.stride;
        &self.items[from..from + self.stride]
    }

    fn intern(&mut self, item: &[T]) -> u32 {
        let (items, stride) = (&self.items, self.stride);
        let slice = |id: u32| &items[id as usize * stride..(id as usize + 1) * stride];
        let hash = hash_of(item);
        if let Some(&id) = self.index.find(hash, |&id| slice(id) == item) {
            return id;
        }
        let id = self.index.len() as u32;
        self.index.insert_unique(hash, id, |&id| hash_of(slice(id)));
        self.items.extend_from_slice(item);
        id
    }

    fn bytes(&self) -> usize {
        self.items.capacity() * size_of::<T>() + self.index.capacity() * 6
    }
}

/// All arrays of one world. Arrays are added while others are read, so what is inside may change behind a shared reference.
#[derive(Debug, Clone)]
pub struct Values {
    fluents: usize,
    tables: RefCell<Tables>,
}

#[derive(Debug, Clone)]
struct Tables {
    pages: Interner<Val>,
    tables: Interner<u32>,
}

impl Tables {
    /// The pages, by number, in which two arrays differ.
    fn pages_between(
        &self,
        a: ValuesId,
        b: ValuesId,
    ) -> impl Iterator<Item = (usize, u32, u32)> + '_ {
        let pages = self.tables.get(a).iter().zip(self.tables.get(b));
        let pages = pages.enumerate().map(|(number, (&p, &q))| (number, p, q));
        pages.filter(|(_, p, q)| p != q)
    }

    /// The fluents of a page that differ.
    fn between(&self, (number, p, q): (usize, u32, u32)) -> impl Iterator<Item = FluentId> + '_ {
        let values = self.pages.get(p).iter().zip(self.pages.get(q)).enumerate();
        let differing = values.filter(|(_, (v, w))| v != w);
        differing.map(move |(offset, _)| (number * PAGE + offset) as FluentId)
    }
}

impl Values {
    /// For arrays of this many values.
    pub fn new(fluents: usize) -> Self {
        let tables = Tables {
            pages: Interner::new(PAGE),
            tables: Interner::new(fluents.div_ceil(PAGE)),
        };
        Values {
            fluents,
            tables: RefCell::new(tables),
        }
    }

    /// The array with these values.
    pub fn intern(&self, values: &[Val]) -> ValuesId {
        debug_assert_eq!(values.len(), self.fluents);
        let tables = &mut *self.tables.borrow_mut();
        let mut table = Vec::with_capacity(tables.tables.stride);
        for chunk in values.chunks(PAGE) {
            let mut page = [Val::NO; PAGE];
            page[..chunk.len()].copy_from_slice(chunk);
            table.push(tables.pages.intern(&page));
        }
        tables.tables.intern(&table)
    }

    /// One value.
    pub fn get(&self, id: ValuesId, fluent: FluentId) -> Val {
        let tables = self.tables.borrow();
        let page = tables.tables.items[id as usize * tables.tables.stride + fluent as usize / PAGE];
        tables.pages.items[page as usize * PAGE + fluent as usize % PAGE]
    }

    /// All values, in order.
    pub fn each(&self, id: ValuesId, mut what: impl FnMut(usize, Val)) {
        let tables = self.tables.borrow();
        let pages = tables.tables.get(id).iter().enumerate();
        for (number, &page) in pages {
            let count = PAGE.min(self.fluents - number * PAGE);
            for (offset, &value) in tables.pages.get(page)[..count].iter().enumerate() {
                what(number * PAGE + offset, value);
            }
        }
    }

    /// The array has all of these values.
    pub fn holds(&self, id: ValuesId, mut values: impl Iterator<Item = (FluentId, Val)>) -> bool {
        let tables = self.tables.borrow();
        let table = tables.tables.get(id);
        values.all(|(fluent, value)| {
            let page = table[fluent as usize / PAGE] as usize;
            tables.pages.items[page * PAGE + fluent as usize % PAGE] == value
        })
    }

    /// The array with some values changed; later changes of one fluent win.
    pub fn set(&self, id: ValuesId, changes: &[(FluentId, Val)]) -> ValuesId {
        if changes
            .iter()
            .all(|&(fluent, value)| self.get(id, fluent) == value)
        {
            return id;
        }
        let tables = &mut *self.tables.borrow_mut();
        let mut table = tables.tables.get(id).to_vec();
        // Changes to one page mostly stand together: write them in one go.
        let mut at = 0;
        while at < changes.len() {
            let number = changes[at].0 as usize / PAGE;
            let mut page = [Val::NO; PAGE];
            page.copy_from_slice(tables.pages.get(table[number]));
            while at < changes.len() && changes[at].0 as usize / PAGE == number {
                page[changes[at].0 as usize % PAGE] = changes[at].1;
                at += 1;
            }
            table[number] = tables.pages.intern(&page);
        }
        tables.tables.intern(&table)
    }

    /// The fluents that differ, in order.
    pub fn diff(&self, a: ValuesId, b: ValuesId) -> Vec<FluentId> {
        if a == b {
            return Vec::new();
        }
        let tables = self.tables.borrow();
        let pages = tables.pages_between(a, b);
        pages.flat_map(|page| tables.between(page)).collect()
    }

    /// Some of the fluents that differ is wanted.
    pub fn differ(&self, a: ValuesId, b: ValuesId, wanted: impl Fn(FluentId) -> bool) -> bool {
        if a == b {
            return false;
        }
        let tables = self.tables.borrow();
        let mut pages = tables.pages_between(a, b);
        pages.any(|page| tables.between(page).any(&wanted))
    }

    /// How many arrays there are.
    pub fn len(&self) -> usize {
        self.tables.borrow().tables.index.len()
    }

    /// No array yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        let tables = self.tables.borrow();
        tables.pages.bytes() + tables.tables.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_arrays_have_equal_numbers() {
        let values = Values::new(100);
        let a = values.intern(&[Val::NO; 100]);
        let b = values.set(
            a,
            &[
                (3, Val::YES),
                (99, Val::NONE),
                (4, Val::YES),
                (3, Val::atom(2)),
            ],
        );
        assert_ne!(a, b);
        assert_eq!(values.get(b, 3), Val::atom(2));
        assert_eq!(values.diff(a, b), [3, 4, 99]);
        assert_eq!(
            values.set(b, &[(99, Val::NO), (3, Val::NO), (4, Val::NO)]),
            a
        );
        assert_eq!(values.set(a, &[(5, Val::NO)]), a);
    }

    #[test]
    fn a_world_without_facts_has_one_array() {
        let values = Values::new(0);
        assert_eq!(values.intern(&[]), values.intern(&[]));
    }
}
