story The Gossip

facts
  where(person): place  visible to anyone at where(person)
  thief(thing): person  "{value} stole {thing}"
  told_off(person)
  known_thief()

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p
  journey
  seen by anyone at where(p), anyone at to

action tell(p: person, q: person, c: claim)
  "{p} tells {q} that {c}"
  needs where(p) = where(q), p != q, p believes c
  makes p tells q c
  will p
  seen by anyone at where(p)

action scold(p: person, q: person)
  "{p} scolds {q}"
  needs where(p) = where(q), p believes thief(the pie) = q, p != q
  makes told_off(q), known_thief()
  will p
  seen by anyone at where(p)

wants
  Ann: told_off(Cal) x2
  Ben: told_off(Cal)

cast
  Ann: person, at the mill
  Ben: person, at the inn
  Cal: person, at the inn
  the mill, the inn: place
  the pie: thing

start
  secret thief(the pie) = Cal known to Ann, Cal

scene The mill
  Ann goes to the inn.
  Ann tells Ben that Cal stole the pie.
  Ben scolds Cal.
