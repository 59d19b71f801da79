story The Prank

kinds
  lamp: thing

facts
  where(person): place   visible to anyone at where(person) who they = person or not hidden(person)
  hidden(person)
  startled(person)       visible to anyone at where(person)
  whole(lamp) = yes
  culprit(lamp): person

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to, not hidden(p)
  will p
  journey
  seen by anyone at where(p), anyone at to

action slip(p: person, to: place)
  "{p} slips to {to}"
  needs where(p) != to
  makes where(p) = to, hidden(p)
  will p
  journey
  seen by p

action hide(p: person)
  "{p} hides"
  needs not hidden(p)
  makes hidden(p)
  will p
  seen by p

action startle(p: person, q: person)
  "{p} startles {q}"
  needs hidden(p), where(p) = where(q), p != q
  makes startled(q), not hidden(p)
  will p
  seen by anyone at where(p)
  or else crash(l: lamp)
    "{p} startles {q}, who drops {l}"
    needs whole(l)
    makes startled(q), not hidden(p), not whole(l), culprit(l) = p
    seen by anyone at where(p)

action mend(p: person, l: lamp)
  "{p} mends {l}"
  needs not whole(l)
  makes whole(l)
  will p
  seen by anyone at where(p)

wants
  Ada: startled(Bo) x2
  each p: person, l: lamp: p suffers until whole(l) while culprit(l) = p

cast
  Ada, Bo: person, at the barn
  the barn, the mill, the pond, the road, the yard: place
  the lantern: lamp

endings
  No harm done: culprit(the lantern) = Ada and whole(the lantern)

scene The barn
  Ada hides.
  Ada startles Bo, who drops the lantern.
  Ada mends the lantern.
