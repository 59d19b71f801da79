story What time does

# The sea takes everything it can: nobody is motivated here, and nobody minds.

kinds
  lamp = dark | lit

facts
  where(person): place  visible to anyone at where(person)
  free(person)
  lamp_of(place): lamp = dark

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p
  takes 30 minutes

action talk(p: person, q: person)
  "{p} talks with {q}"
  needs where(p) = where(q)
  makes p and q share free(p)
  will p
  takes 1 hour

action lock(p: person)
  "the door closes behind {p}"
  within 3 days: free(p)
  needs free(p)
  makes not free(p)
  fate

action open(p: person)
  "the door opens for {p}"
  needs not free(p)
  makes free(p)
  fate
  takes 20 minutes

action light(x: place)
  "the lamp of {x} is lit"
  makes lamp_of(x) = lit
  fate

cast
  Mira: person, at the tower, free, born 3 March 1871
  Jon: person, at the quay, free, aged 30
  Lilly: person, at the quay, free, born 1899
  the tower, the quay, the town: place

start
  lamp_of(the tower) = dark

allow unmotivated-event: this story is about time
allow fate-heavy: this story is about time
allow never-used: this story is about time
allow scene-can-go: this story is about time

scene A deadline missed
  on 1 May 1890, at 9:00
  The door closes behind Mira.  [1]
    within 1 hour: free(Mira)
  Jon goes to the town.
  Jon goes to the quay.
  The door opens for Mira.      [2]

scene A deadline met, because it is done meanwhile
  later: 1 hour
  The door closes behind Mira.
    within 1 hour: free(Mira)
  Jon goes to the town.
  meanwhile
  The door opens for Mira.
    takes 5 minutes

scene A deadline that nothing meets
  The door closes behind Jon.
    within 2 days: free(Jon)
    within 1 day: lamp_of(the tower) = lit

scene Two places at once
  Jon goes to the quay.  [5]
  meanwhile
  Jon goes to the tower.

scene Against the clock
  at 18:00
  Mira goes to the quay.  [6]
  at least 2 hours after [6]
  Jon goes to the town.
    within 1 hour of [6]

scene Nobody acts before being born
  Lilly goes to the town.
  10 years later
  Lilly goes to the quay.

scene How it began
  earlier
  The lamp of the tower is lit.  [8]
    on 2 May 1890
  expect lamp_of(the tower) = lit, where(Lilly) = the town
  at least 1 day after [8]
  The lamp of the tower is lit.

scene Marks on nothing
  now
  Mira talks with Jon.
    before [99]
  meanwhile: scene Nowhere
  Mira goes to the town.
    allow two-places-at-once: nothing of that kind is found here
  later: 5 minutes
