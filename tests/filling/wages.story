story Wages

kinds
  purse: thing

facts
  where(person): place            visible to anyone at where(person)
  holder(thing): person or place  visible to anyone at where(holder(thing))  "{value} has {thing}"
  pressed(person): person         "{value} demands wages from {person}"
  paid(person)                    "{person} is paid"

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p
  journey
  seen by anyone at where(p), anyone at to

action demand(p: person, q: person)
  "{p} demands wages from {q}"
  needs where(p) = where(q), p != q, pressed(q) != p
  makes pressed(q) = p
  will p
  seen by anyone at where(p)

action take(p: person, x: purse)
  "{p} takes {x}"
  needs holder(x) = where(p)
  makes holder(x) = p
  will p
  seen by anyone at where(p)

action give(p: person, q: person, x: purse)
  "{p} gives {x} to {q}"
  needs where(p) = where(q), holder(x) = p, p != q
  makes holder(x) = q, paid(q)
  will p
  seen by anyone at where(p)

cast
  Ada: person, she, at the yard
  Bo: person, he, at the yard

  the yard, the house: place

  the purse: purse, at the house

wants
  each p: person: p suffers until paid(pressed(p)) while pressed(p) != nobody
  Ada wants holder(the purse) = Ada

# Bo is not where the purse is, and has no reason to fetch it.
scene The house
  ...
  Bo takes the purse.
    because Bo: Bo goes to the yard; Bo gives the purse to Ada
