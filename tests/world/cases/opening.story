story An opening that contradicts itself
kinds
  health = dead < wounded < fit
  gun: thing
facts
  where(person): place
  holder(thing): person or place
  health(person): health = fit
  awake(person)
  loves(p: person, q: person)   "{p} loves {q}"
define
  able(p: person) = awake(p)
cast
  Kit: person, at the bridge, awake
    aka the boy, Ann
  Ann: person, asleep
  the bridge, Bridge: place
  the pistol: gun, at Kit, health = fit
  Fit: person
  the crowd: persons, group of 20
  the rumour: claim = loves(Kit, Ann) and awake(Kit)
  the doubt: claim
  the riddle: question = loves(Kit, Ann)
  Old Wound: health
wants
  Kit: loves(Ann, self) x-2
  Kit: where(self)
  Ben wants to know loves(Ann, Kit)
  each p: cop: p wants awake(p)
start
  where(Kit) = the bridge
  not awake(Kit)
  able(Kit)
  secret holder(the pistol) = the bridge known to the pistol; others believe where(Kit)
  Kit believes holder(the pistol) = Ann
  Kit believes holder(the pistol) = the bridge
ending peace: awake(all)
scene One
  expect Kit loves
