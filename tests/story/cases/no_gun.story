# A sentence may leave out what it is done with, if there is any.
story No Gun
kinds
  gun: thing
facts
  dead(p: person)
action shoot(p: person, q: person, g: gun)
  "{p} shoots {q}"
  makes dead(q)
  will p
action wait(p: person)
  "{p} waits"
  will p
cast
  Ann, Bob: person
wants
  Ann: dead(Bob)
scene One
  Ann shoots Bob.
  Bob waits.
    because Bob: Ann shoots Bob
  expect possible: Ann shoots Bob
  expect Ann would Ann shoots Bob
  expect Ann plans: Ann shoots Bob
