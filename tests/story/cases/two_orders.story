story The portrait

# Told out of order: the theft is shown after its consequences.

facts
  holder(thing): person or place
  thief(thing): person
  blames(person): person

action steal(p: person, t: thing)
  "{p} steals {t}"
  needs holder(t) != p
  makes holder(t) = p, thief(t) = p
  will p
  takes 10 minutes
  seen by p

action blame(p: person, q: person)
  "{p} blames {q}"
  makes blames(p) = q
  will p
  takes 5 minutes

action find(p: person, t: thing)
  "{p} finds {t} gone"
  needs holder(t) != p
  makes p learns thief(t)
    blames(p) = thief(t)
  fate
  seen by p

cast
  Ada: person
  Ben: person
  Cora: person
  the portrait: thing, holder = Ada

wants
  Ada suffers until blames(self) = Cora while blames(self) = nobody
  Ben suffers until holder(the portrait) = Ben

scene The scene     [1]
  Ada blames Cora.  [1]
  expect thief(the portrait) = Ben, Ada does not know thief(the portrait)

scene The theft             [2]
  two hours earlier
  Ben steals the portrait.  [2]
  expect holder(the portrait) = Ben, blames(Ada) = nobody

scene The end
  later: 1 day
  Ada finds the portrait gone.
  expect blames(Ada) = Ben
