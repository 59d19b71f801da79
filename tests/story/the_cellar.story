story The cellar
facts
  holder(thing): person or place
  open(place)
  found(person)
action take(p: person, t: thing)
  "{p} takes {t}"
  needs holder(t) != p
  makes holder(t) = p
  will p
  seen by anyone
action unlock(p: person, x: place, t: thing)
  "{p} unlocks {x} with {t}"
  needs holder(t) = p, not open(x)
  makes open(x)
  will p
  seen by anyone
action search(p: person, x: place)
  "{p} searches {x}"
  needs open(x)
  makes found(p)
  will p
  seen by p
action sing(p: person)
  "{p} sings"
  fate
cast
  Ada, Ben: person
  the key: thing, holder = Ben
  the cellar: place
wants
  Ada: found(Ada) x2
ending Found: found(Ada)
ending Open: open(the cellar) and not found(Ada)
scene The key
  Ada takes the key.
  expect holder(the key) = Ada
scene The song
  Ben sings.
scene The cellar
  Ada unlocks the cellar with the key.
  Ada searches the cellar.
  expect found(Ada)
