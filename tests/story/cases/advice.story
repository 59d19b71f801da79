# Advice: idle scenes, secrets, wants and people; endings; a promise of chance.
story The Quiet Town

facts
  lit()
  dead(person)
  guilty(person)
  rich(person)

action light(p: person)
  "{p} lights the lamp"
  makes lit()
  fate

action darken(p: person)
  "{p} puts out the lamp"
  makes not lit()
  fate

action kill(p: person, q: person)
  "{p} kills {q}"
  needs not dead(p)
  makes dead(q)
  will p

action retire(p: person)
  "{p} retires"
  makes rich(p)
  will p

wants
  Kit: dead(Wah)
  Wah: rich(Ling)

cast
  Kit, Wah, Ling: person
  the pistol: thing

start
  secret guilty(Kit) = yes known to Kit

ending peace: dead(Kit)
ending wealth: rich(Ling)

scene Dawn
  Wah lights the lamp.
  Wah puts out the lamp.

scene Noon
  Kit kills Wah.
  Wah kills Ling.
