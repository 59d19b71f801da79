# Plans of which a later part is named: the person could begin with many things, of which one is right.
story The Well

kinds
  note = low | middle | high

facts
  where(person): place  visible to anyone
  hoarse(person)
  water(person)
  sung(note)

action sing(p: person, a: note, b: note, c: note)
  "{p} sings"
  "{p} sings {a}, {b} and {c}"
  needs not hoarse(p)
  makes hoarse(p), sung(a), sung(b), sung(c)
  will p

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to, not hoarse(p)
  makes where(p) = to
  will p

action dig(p: person)
  "{p} digs"
  needs where(p) = the field, not hoarse(p)
  makes water(p)
  will p

wants
  Kit: water(Kit)

cast
  Kit: person, at the house
  the house, the field: place

scene One
  expect Kit plans: Kit goes to the field; Kit digs
  expect Kit plans: Kit digs
  # none of all beginnings leads there: who sings is too hoarse to dig
  expect Kit plans: Kit sings low, low and high; Kit digs
  # 27 songs, none of those tried leads to anything
  expect Kit plans: Kit sings
