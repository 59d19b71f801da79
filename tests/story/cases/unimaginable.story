# What an event would do contradicts itself, or sets off what never rests: somebody who sees it so does not take it to be possible.
story The Mural

facts
  hue(person): number = 0
  happy(person)
  bold(person)
  ready(person)
  masked(person)
  lit(person)
  dim(person)
  shy(person)

action paint(p: person, q: person)
  "{p} paints {q}"
  needs not shy(q)
  makes hue(p) = 1, hue(q) = 2
    happy(p)
  will p

action dress(p: person)
  "{p} dresses"
  makes ready(p)
    if masked(p): ready(p) = no
  will p

action shine(p: person)
  "{p} shines"
  makes lit(p)
  will p

action prepare(p: person)
  "{p} makes ready"
  makes bold(p)
  will p

action leave(p: person)
  "{p} sets out"
  needs bold(p)
  makes hue(p) = 5
  will p

action arrive(p: person)
  "{p} arrives"
  needs hue(p) = 5
  makes happy(p)
  will p

trigger dim(p: person)
  when masked(p), lit(p), not dim(p)
  makes dim(p)

trigger brighten(p: person)
  when masked(p), lit(p), dim(p)
  makes not dim(p)

wants
  Kit: happy(Kit) x2
  Kit: ready(Wah)

cast
  Kit, Wah: person

start
  Wah believes masked(Wah)
  Kit believes Wah believes masked(Wah)
  shy(Wah)

# to paint himself is no shorter way
scene One
  expect Kit would not Kit paints Kit
  expect Kit would Kit paints Kit
  Kit makes ready.
  Kit sets out.
  Kit arrives.

# it is possible in truth, and not as Wah sees it
scene Two
  expect Wah would Wah shines
  Wah dresses.

# a claimed plan comes by it, in the own mind or in that of somebody else in it
scene Three
  Wah makes ready.
    because Wah: Wah dresses
  Kit makes ready.
    because Kit: Kit paints Kit; Kit sets out
  Kit makes ready.
    because Kit: Wah dresses
