# A kind that nobody knows is one mistake, not one in each sentence.
story The Debt Collector

facts
  dead(person)

action shoot(p: person, q: person)
  "{p} shoots {q}"
  needs p != q
  makes dead(q)
  will p

cast
  Vera: gangstr
  Milo: person

scene The job
  Vera shoots Milo.
  Milo shoots Vera.
  expect dead(Vera), Milo believes dead(Vera)
