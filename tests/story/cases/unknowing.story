# Who would act if he knew: what he lacks is named.
story The Informer
kinds
  detective, crook: person

facts
  where(person): place          visible to anyone at where(person)
  jailed(p: person)
  bought(p: person): person     "{value} has bought {p}"
  sold(p: person): person       "{value} sold {p}"

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p
  seen by anyone at where(p), anyone at to

action sell(a: crook, b: crook, d: detective)
  "{a} sells {b} to {d}"
  needs where(a) = where(d), a != b
  makes sold(b) = a, bought(d) = a
  will a
  seen by a, d

action jail(d: detective, p: crook)
  "{d} arrests {p}"
  needs where(d) = where(p), d believes (any a: crook where bought(d) = a and sold(p) = a)
  makes jailed(p)
  will d
  seen by anyone at where(p)

cast
  O'Hara: detective, at the station
  Mr. Is: crook, at the bar
  Bo: crook, at the station
  the station, the bar, the villa: place

wants
  O'Hara wants jailed(Mr. Is) x2

start
  O'Hara believes where(Mr. Is) = the villa
  secret sold(Mr. Is) = Bo known to Bo
  bought(O'Hara) = Bo

scene One
  O'Hara goes to the bar.
  Bo goes to the bar.
    allow unmotivated-event: nothing is said of Bo
