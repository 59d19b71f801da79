# Claimed plans in which something is idle: it is said which step can be left out, and what is enough without it.
story The Well

facts
  where(person): place      visible to anyone at where(person)
  drawn(place)              visible to anyone
  drunk(person)

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p
  seen by anyone

action draw(p: person, x: place)
  "{p} draws water from {x}"
  needs where(p) = x
  makes drawn(x)
  will p
  seen by anyone

action drink(p: person, x: place)
  "{p} drinks from {x}"
  needs where(p) = x, drawn(x)
  makes drunk(p)
  will p
  seen by anyone

action whistle(p: person)
  "{p} whistles"
  will p
  seen by anyone

wants
  Kit: drunk(self) x2

cast
  Kit: person, at the house
  the house, the well, the garden: place

# a step in the middle
scene One
  Kit goes to the well.
    because Kit: Kit draws water from the well; Kit whistles; Kit drinks from the well

# a detour of two, of which one needs the other
scene Two
  Kit draws water from the well.
    because Kit: Kit goes to the garden; Kit goes to the well; Kit drinks from the well

# the act itself
scene Three
  Kit whistles.
    because Kit: Kit drinks from the well
