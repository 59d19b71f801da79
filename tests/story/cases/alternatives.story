# Of a condition with alternatives that fails, only what fails in each is noted: not that Kit is awake.
story The Gate

facts
  where(person): place      visible to anyone at where(person)
  awake(person) = yes
  strong(person)
  holder(thing): person     visible to anyone
  dear(p: person, q: person)

action pass(p: person, q: person)
  "{p} gets past {q}"
  needs awake(p)
    (awake(p) and strong(p)) or (awake(p) and awake(q) and (q believes dear(p, q))) or (awake(p) and (any t: thing where holder(t) = p))
  makes where(p) = the garden
  will p

wants
  Kit: where(Kit) = the garden

cast
  Kit, Wah: person, at the gate
  the gate, the garden: place
  the ladder: thing, holder = Wah

scene Dusk
  Kit gets past Wah.
