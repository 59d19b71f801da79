# What people write who do not know the words yet.
story The Debt Collector

facts
  where(person): place
  dead(person)        "{person} is dead"

action shoot(p: person, q: person)
  "{p} shoots {q}"
  makes dead(q)
  will p

action stab(p: person, q: person)
  "{p} stabs {q}"
  makes dead(q)
  will p

action phone(p: person, q: person)
  "{p} phones {q}"
  makes where(p) = unknown
  will p

action expire(p: person)
  "{p} dies of the wounds"
  makes dead(p)
  fate

action operate(p: person, q: person)
  "{p} operates on the eyes of {q}"
  makes not dead(q)
  will p

cast
  Vera, Milo, Harlow: person, at the bar
  the bar: place

scene The job
  # mood
  Vera feels the cold rain on the skin.
  # one word too many
  Milo shoots Vera dead.
  # pronouns
  He shoots Vera.
  Milo phones her.
  # other words for the same
  Milo kills Vera.
  Milo calls Vera.
  Vera dies.
  # lines of another sort
  expects Vera is dead
  becuase Milo: Milo shoots Vera
  # nothing but a name that nobody has
  Milo shoots Verra.
  # whoever is called nearly as such a line begins
  Harlow shoots the moon.
  # time in no form that is read
  the night before
  on Monday, at nine o'clock
