# Two readings of one night: what holds in one only is said to.
story The Two Reports

facts
  dead(person)
  angry(person)

action insult(p: person, q: person)
  "{p} insults {q}"
  makes angry(q)
  fate

action kill(p: person, q: person)
  "{p} kills {q}"
  needs angry(p), not dead(p)
  makes dead(q)
  will p

wants
  Kit suffers until dead(Wah) while angry(Kit)

cast
  Kit, Wah: person

scene The quarrel, reading official
  Wah insults Kit.

scene The night
  Kit kills Wah.

scene The silence, reading private
  expect not dead(Wah)
