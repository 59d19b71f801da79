story The Cellar, half told

kinds
  key, coin, bottle: thing

facts
  where(person): place            visible to anyone at where(person)
  holder(thing): person or place  visible to anyone at where(holder(thing))  "{value} has {thing}"
  open(place)                     visible to anyone at place
  thirsty(p: person) = yes        known to p

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to, to != the cellar or open(the cellar)
  makes where(p) = to
  will p
  journey
  seen by anyone at where(p), anyone at to

action pay(p: person, q: person, c: coin, k: key)
  "{p} buys {k} from {q} with {c}"
  needs where(p) = where(q), holder(c) = p, holder(k) = q, p != q
  makes holder(c) = q, holder(k) = p
  will p, q
  seen by anyone at where(p)

action unlock(p: person, k: key)
  "{p} unlocks the cellar with {k}"
  needs where(p) = the yard, holder(k) = p, not open(the cellar)
  makes open(the cellar)
  will p
  seen by anyone at the yard

action drink(p: person, b: bottle)
  "{p} drinks {b}"
  needs holder(b) = where(p), thirsty(p)
  makes not thirsty(p), holder(b) = nobody
  will p
  seen by anyone at where(p)

action snatch(p: person, q: person, k: key)
  "{p} snatches {k} from {q}"
  needs where(p) = where(q), holder(k) = q, p != q
  makes holder(k) = p
  will p
  seen by anyone at where(p)

action quake()
  "The earth shakes"
  needs not open(the cellar)
  makes open(the cellar)
  fate
  seen by anyone

action tell(p: person, q: person, c: claim)
  "{p} tells {q} that {c}"
  needs where(p) = where(q), p != q
  makes p tells q c
  will p
  seen by anyone at where(p)

wants
  Ada: not thirsty(Ada) x2
  Bo: holder(the penny) = Bo; not thirsty(Bo)

cast
  Ada: person, at the yard, holding the penny
  Bo: person, at the yard, holding the iron key
  the yard, the cellar, the road: place
  the penny: coin
  the iron key: key
  the port, the sherry: bottle, at the cellar

scene The yard  [1]
  Ada buys the iron key from Bo with the penny.  [2]  # how she gets in
  Ada unlocks the cellar with the iron key.  [3]

scene The cellar
  # the point of it all
  Ada goes to the cellar.
  Ada drinks the port.
  expect holder(the penny) = Bo
