# What cannot be played: contradictory effects, a loop of triggers, sentences that nobody understands.
story The Lamp

facts
  holder(thing): person or place
  lit(thing)
  ringing()

action share(p: person, q: person, t: thing)
  "{p} and {q} take {t}"
  makes holder(t) = p, holder(t) = q
  fate

action light(p: person, t: thing)
  "{p} lights {t}"
  needs not lit(t)
  makes lit(t)
  fate

action ring(p: person)
  "{p} rings the bell"
  makes ringing()
  fate

trigger flash(t: thing)
  when ringing(), not lit(t)
  makes lit(t)

trigger darken(t: thing)
  when ringing(), lit(t)
  makes not lit(t)

cast
  Kit, Wah: person
  the lamp: thing

allow fate-heavy: this story tests what goes wrong in playing

scene Dawn
  Kit and Wah take the lamp.
  Kit rings the bell.
  ...
  Kit lights the lmap.
  Kit lights the lamp.
    because Kit: Kit rings the bell
  Wah lights the lamp.
    allow unmotivated-event: it needs no motive
    allow imposible-event: he is a magician
