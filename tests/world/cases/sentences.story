story Sentences that nobody understands
kinds
  cop: person
  gun: thing
facts
  where(person): place   visible to anyone at where(person)
  holder(thing): person
  blinded_by(p: person): person   "{value} blinded {p}"
  afraid(p: person)               "{p} is afraid"
  trusts(p: person, q: person)    "{p} trusts {q}"
action shoot(shooter: person, victim: cop, gun: gun)
  "{shooter} shoots {victim} with {gun}"
  needs holder(gun) = shooter
  will shooter
action say(a: person, b: person, c: claim)
  "{a} tells {b} that {c}"
  makes a tells b c
  will a
action go(p: person, to: place)
  "{p} goes to {to}"
  makes where(p) = to
  will p
cast
  Ah Jong: person, holding the pistol
    aka the assassin
  Li: cop
  the twins: cop, group of 2
  the bridge: place
  the pistol: gun
scene All is well
  Ah Jong shoots Li with the pistol.
  The twins go to the bridge.
  The assassin tells Li that Ah Jong blinded the twins.
    because Ah Jong: Ah Jong goes to the bridge
  The assassin tells Li that Ah Jong is not afraid.
  Li tells Ah Jong that the twins do not trust Li.
scene Nothing is
  The next day Li goes to the bridge.
  On Friday Li goes to the bridge.
  Li and Ah Jong go to the bridge.
  Li goes to the bridge, and shoots Ah Jong.
  Ah Jong tells Li that Ah Jong is not at the bridge.
  Ah Jung shoots Li with the pistol.
  Li shoots Ah Jong with the pistol.
  Ah Jong shots Li with the pistol.
  Ah Jong tells Li that Li hates the twins.
  Ah Jong tells Li (blinded_by(Li) != Ah Jong).
  Ah Jong goes to the brige.
  Ah Jong shoots Li in the dark.
  It rains.
    because Ah Jong: Ah Jong flies to the bridge
  expect possible: Li goes to Ah Jong
