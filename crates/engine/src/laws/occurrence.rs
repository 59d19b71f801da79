//! From what changed to the instances that it touches.

use super::*;

impl Occurrence {
    /// Calls `found` with the parameters of every instance that the change touches here.
    pub(super) fn touched<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        domains: &[Domain<'_>],
        change: &Change,
        found: &mut dyn FnMut(&[Val]),
    ) {
        match self.place {
            Place::Here => self.fluents(reader, at, domains, &change.here, None, found),
            Place::Mind(tells) => {
                for (person, changed) in &change.minds {
                    let owner = Val::atom(reader.world.atom(*person));
                    self.fluents(reader, at, domains, changed, Some((tells, owner)), found);
                }
            }
        }
    }

    fn fluents<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        domains: &[Domain<'_>],
        changed: &[FluentId],
        owner: Option<(Tells, Val)>,
        found: &mut dyn FnMut(&[Val]),
    ) {
        let world = reader.world;
        let Some((fact, args)) = &self.fact else {
            // Any change counts: in a mind, also one that is further down.
            if owner.is_some() || !changed.is_empty() {
                self.instances(reader, at, domains, owner, found);
            }
            return;
        };
        for &fluent in changed
            .iter()
            .filter(|&&fluent| world.fact_of(fluent) == *fact)
        {
            let atoms = world.args_of(fluent).iter().map(|&atom| Val::atom(atom));
            let told = args.iter().copied().zip(atoms).chain(owner);
            self.instances(reader, at, domains, told, found);
        }
    }

    /// The instances that fit what was told.
    fn instances<T: Trace>(
        &self,
        reader: &mut Reader<'_, T>,
        at: At,
        domains: &[Domain<'_>],
        told: impl IntoIterator<Item = (Tells, Val)>,
        found: &mut dyn FnMut(&[Val]),
    ) {
        let mut env = std::mem::take(&mut reader.env);
        env.clear();
        env.resize(domains.len(), Val::NOTHING);
        let mut pins = vec![Val::NOTHING; self.pins];
        let fits = told.into_iter().all(|(tells, value)| match tells {
            Tells::Nothing => true,
            Tells::Only(only) => only == value,
            Tells::Pin(pin) => {
                pins[pin] = value;
                true
            }
            Tells::Param(param) => {
                let atom = value.as_atom().expect("arguments are atoms");
                let free =
                    env[param] == Val::NOTHING && domains[param].contains(reader.world, atom);
                let fits = free || env[param] == value;
                env[param] = value;
                fits
            }
        });
        reader.env = env;
        if fits {
            self.join.run(reader, at, domains, &pins, found);
        }
    }
}
