# A story without mistakes: debt, demand, revenge; a gift that nobody planned.
story The Debt

kinds
  health = fit < dead

facts
  money(person): number = 0
  owed(p: person, q: person): number = 0   # p owes q
  health(p: person): health
  angry(p: person, q: person)      known to p

define
  able(p: person) = health(p) = fit

action find(p: person)
  "{p} finds a purse"
  makes money(p) = money(p) + 5
  fate
  seen by anyone

action demand(p: person, q: person)
  "{p} demands payment from {q}"
  needs able(p), able(q), owed(q, p) > 0
  makes angry(p, q)
  will p

action pay(p: person, q: person)
  "{p} pays {q}"
  needs able(p), able(q), money(p) >= owed(p, q), owed(p, q) > 0
  makes money(p) = money(p) - owed(p, q), money(q) = money(q) + owed(p, q)
    owed(p, q) = 0, not angry(q, p)
  will p

wants
  Wah: money(Wah) x2
  Kit suffers until not angry(Wah, Kit) x20 while angry(Wah, Kit)

cast
  Kit, Wah: person

start
  owed(Kit, Wah) = 3

scene Morning
  Kit finds a purse.
  Wah demands payment from Kit.

scene Evening
  Kit pays Wah.
  expect money(Wah) = 3, money(Kit) = 2
