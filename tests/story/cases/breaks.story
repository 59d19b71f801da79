# Claimed plans that cannot be, and why.
story The Lamp

facts
  where(person): place      visible to anyone at where(person)
  holder(thing): person     visible to anyone
  lit(thing)                visible to anyone
  tired(person)
  rich(person)              visible to anyone

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to, not tired(p)
  makes where(p) = to
  will p
  seen by anyone

action light(p: person, t: thing)
  "{p} lights {t}"
  needs holder(t) = p, where(p) = the cellar
  makes lit(t)
  will p

action give(p: person, q: person, t: thing)
  "{p} gives {t} to {q}"
  needs holder(t) = p, p != q
  makes holder(t) = q
  will p, q

action rest(p: person)
  "{p} rests"
  makes not tired(p)
  will p

action moan(p: person, q: person)
  "{p} moans to {q}"
  needs p != q
  makes q believes tired(p)
  will p
  seen by p, q

wants
  Kit: lit(the lamp) x2
  Kit: rich(Kit)

cast
  Kit, Wah: person, at the house
  the house, the cellar, the garden: place
  the lamp: thing, holder = Wah

start
  secret tired(Wah) known to Wah

# a step that is not possible by then, in the mind of who plans
scene One
  Kit goes to the cellar.
    because Kit: Kit lights the lamp

# a step for which somebody else has no reason
scene Two
  Kit goes to the garden.
    because Kit: Wah gives the lamp to Kit; Kit goes to the cellar; Kit lights the lamp

# possible, and worth nothing
scene Three
  Kit rests.
    because Kit: Kit goes to the house

# no claim, and no want that it serves
scene Four
  Wah rests.

# once more: it changes nothing
scene Five
  Wah rests.

# it changes nothing but what somebody believes
scene Six
  Wah moans to Kit.
