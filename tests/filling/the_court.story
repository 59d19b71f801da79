story The Court

kinds
  cup: thing

facts
  where(person): place          visible to anyone at where(person)
  holder(cup): person or place  visible to anyone at where(holder(cup))  "{value} has {cup}"
  alive(person) = yes           visible to anyone at where(person)       "{person} is alive"
  poisoned(cup)                                                          "{cup} is poisoned"
  crowned(person)               visible to anyone at where(person)       "{person} wears the crown"
  thirsty(p: person)                                                     "{p} is thirsty"

action take(p: person, c: cup)
  "{p} takes {c}"
  needs alive(p), holder(c) = where(p)
  makes holder(c) = p
  will p
  seen by anyone at where(p)

action give(p: person, q: person, c: cup)
  "{p} gives {c} to {q}"
  needs alive(p), alive(q), where(p) = where(q), holder(c) = p, p != q
  makes holder(c) = q
  will p, q
  seen by anyone at where(p)

action poison(p: person, c: cup)
  "{p} poisons {c}"
  needs alive(p), holder(c) = p
  makes poisoned(c)
  will p
  seen by p

action drink(p: person, c: cup)
  "{p} drinks from {c}"
  needs alive(p), holder(c) = p
  makes if poisoned(c): not alive(p)
    if not poisoned(c): not thirsty(p)
  will p
  seen by anyone at where(p)

action crown(p: person, q: person)
  "{p} crowns {q}"
  needs alive(p), alive(q), where(p) = where(q), p != q
    every r: person where crowned(r): not alive(r)
  makes crowned(q)
  will p, q
  seen by anyone at where(p)

wants
  the King: not thirsty(self) x2; alive(self) x5
  the Duke: crowned(self) x3; alive(self) x5
  the Priest: crowned(the Duke)

cast
  the King: person, at the hall, crowned, thirsty
  the Duke, the Priest: person, at the hall
  the hall: place
  the goblet: cup, holder = the hall

scene The toast
  ...
  The King drinks from the goblet.
  expect not the King is alive
  The Priest crowns the Duke.
