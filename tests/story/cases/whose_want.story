story The orphan firm

# The line is the boss's, whoever that is: who is nobody's boss does not have it.

facts
  boss(p: person): person
  dead(p: person)
  away(p: person)

action walk(p: person)
  "{p} walks"
  makes away(p)
  will p

wants
  each p: person: boss(p) suffers until dead(p) x3

cast
  Ann, Bob: person
  Cid: person, boss = Ann

scene One
  Ann walks.
  Bob walks.
