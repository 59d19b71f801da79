# Who knows what: an act without the knowledge it needs, a plan that fails, expectations of all forms.
story The Key

kinds
  health = fit < dead

facts
  where(person): place           visible to anyone at where(person)
  holder(thing): person or place visible to anyone at holder(thing), anyone at where(holder(thing))
  health(p: person): health
  inside(t: thing): thing
  rich(person)

define
  able(p: person) = health(p) = fit

action go(p: person, to: place)
  "{p} goes to {to}"
  needs able(p), where(p) != to
  makes where(p) = to
  will p
  journey
  seen by anyone at where(p)

action take(p: person, t: thing)
  "{p} takes {t}"
  needs able(p), holder(t) = where(p)
  makes holder(t) = p
  will p
  seen by anyone at where(p)

action open(p: person, t: thing)
  "{p} opens {t}"
  needs able(p), holder(t) = p
  makes if inside(t) = the gold: rich(p)
  will p
  seen by anyone at where(p)

action kill(p: person, q: person)
  "{p} kills {q}"
  needs able(p), able(q), where(p) = where(q), p != q
  makes health(q) = dead
  will p
  seen by anyone at where(p)

wants
  Kit: rich(Kit) x2
  Wah: rich(Wah) x2

cast
  Kit: person, at the inn
  Wah: person, at the house
  the inn, the house: place
  the chest, the box: thing, holder = the house
  the gold: thing

start
  secret inside(the chest) = the gold known to Wah
  inside(the box) = nothing

scene Dawn
  expect Wah would Wah takes the chest
  expect Kit would not Kit goes to the house
  expect Wah plans: Wah takes the chest; Wah opens the chest
  expect possible: Wah takes the box
  expect impossible: Kit takes the box
  expect open: rich(Kit)
  expect inside(the chest) = the gold, Kit does not know inside(the chest)
  Kit goes to the house.
  Kit takes the chest.

scene Noon
  expect Kit would Kit opens the chest
  expect possible: Wah opens the chest
  expect lost: rich(Wah)
  expect Kit knows inside(the chest) = the gold, where(Kit) = the inn
  Wah opens the chest.
