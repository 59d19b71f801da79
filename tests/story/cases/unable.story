# Somebody believes impossible what is possible; showing it would make him act.
# What others alone will, nobody else would, whatever it would bring.
story The Boat

facts
  where(person): place      visible to anyone at where(person)
  moored(thing): place
  escaped(person)

action sail(p: person, boat: thing)
  "{p} sails away in {boat}"
  needs moored(boat) = where(p)
  makes escaped(p), moored(boat) = nowhere
  will p
  seen by anyone at where(p)

action moor(p: person, boat: thing, at: place)
  "{p} moors {boat} at {at}"
  makes moored(boat) = at
  fate
  seen by p

action show(p: person, q: person, boat: thing)
  "{p} shows {boat} to {q}"
  needs moored(boat) = where(p), where(p) = where(q), p != q
  makes shows moored(boat)
  will p

wants
  Kit: escaped(Kit)
  Wah: escaped(Kit)

cast
  Kit, Wah: person, at the pier
  the pier: place
  the sloop: thing

scene Dusk
  Wah moors the sloop at the pier.
    allow fate-heavy: it must lie somewhere
  expect Wah would Wah shows the sloop to Kit
  expect Kit would not Wah shows the sloop to Kit
  expect Wah would not Kit sails away in the sloop
  expect Wah would Kit sails away in the sloop
  Kit sails away in the sloop.
