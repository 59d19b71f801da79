# Claims about motives, and a shorter way to the same end.
story The Dig

kinds
  step = none yet < begun < halfway < done

facts
  progress(): step       visible to anyone
  rich(person)           visible to anyone
  hurt(person)           visible to anyone

action begin(p: person)
  "{p} begins to dig"
  needs progress() = none yet
  makes progress() = begun
  will p
  seen by anyone

action dig(p: person)
  "{p} digs"
  needs progress() = begun
  makes progress() = halfway
  will p
  seen by anyone

action find(p: person)
  "{p} finds the gold"
  needs progress() = halfway
  makes progress() = done, rich(p)
  will p
  seen by anyone

action take(p: person)
  "{p} takes the purse"
  makes rich(p)
  will p
  seen by anyone

action strike(p: person, q: person)
  "{p} strikes {q}"
  makes hurt(q)
  will p
  seen by anyone

wants
  Kit: rich(Kit) x2
  Kit suffers until not hurt(Kit) x3 while hurt(Kit)

cast
  Kit, Wah: person

scene Dawn
  Kit begins to dig.
    because Kit: Kit digs; Kit finds the gold
  Kit digs.
    because Kit wants hurt(Wah)
  Kit finds the gold.
    because Wah: Kit takes the purse
  Kit strikes Wah.
  Kit strikes Kit.
