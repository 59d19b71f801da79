story The Letter

kinds
  health = fit < dead

facts
  where(person): place           visible to anyone at where(person)
  holder(thing): person or place visible to anyone at where(holder(thing))
  health(person): health
  read_by(t: thing, p: person)   known to p
  thief(t: thing): person        "{value} stole {t}"

define
  able(p: person) = health(p) = fit

action go(p: person, to: place)
  "{p} goes to {to}"
  needs able(p), where(p) != to
  makes where(p) = to
  will p
  journey
  seen by anyone at where(p)

action steal(p: person, t: thing)
  "{p} steals {t}"
  needs able(p), where(holder(t)) = where(p), holder(t) != p
  makes holder(t) = p, thief(t) = p
  will p
  seen by p

action read(p: person, t: thing)
  "{p} reads {t}"
  needs able(p), holder(t) = p
  makes read_by(t, p)
  will p
  seen by anyone at where(p)

action kill(p: person, q: person)
  "{p} kills {q}"
  needs able(p), able(q), where(p) = where(q), p != q
  makes health(q) = dead
  will p
  seen by anyone at where(p)

action tell(p: person, q: person, c: claim)
  "{p} tells {q} {c}"
  needs able(p), able(q), where(p) = where(q), p != q
  makes p tells q c
  will p
  seen by p, q

wants
  Kit: read_by(the letter, Kit) x2
  Wah suffers until health(thief(the letter)) = dead x3 while known thief(the letter)

cast
  Kit: person, at the inn
  Wah: person, at the house, holding the letter
  the inn, the house: place
  the letter: thing

scene Dawn
  Kit goes to the house.
  Kit steals the letter.
  Kit reads the letter.
  expect Wah does not know thief(the letter) = Kit

scene Noon
  Wah kills Kit.
