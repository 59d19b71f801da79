# What nobody meant is expected of somebody, and planned, as it is judged where it is told: as it was meant.
story The Duel

facts
  alive(person) = yes     visible to anyone
  armed(person)
  alarmed(person)

action draw(p: person)
  "{p} draws"
  needs not armed(p)
  makes armed(p)
  will p

action shoot(p: person, q: person)
  "{p} shoots {q}"
  needs armed(p), p != q, alive(q)
  makes not alive(q)
  will p
  or else miss
    "{p} shoots at {q} and misses"
    makes alarmed(q)

wants
  Kit: not alive(Wah)
  Wah: alive(Kit)

cast
  Kit, Wah: person

start
  armed(Wah)

scene Dawn
  expect Kit plans: Kit draws; Kit shoots at Wah and misses
  Kit draws.
  expect Kit would Kit shoots at Wah and misses
  expect Kit plans: Kit shoots at Wah and misses
  expect Wah would not Wah shoots at Kit and misses
  expect Wah would Wah shoots at Kit and misses
  expect Kit would not Kit shoots at Wah and misses
  Kit shoots at Wah and misses.
