# A claim leaves out the numbers with which a safe is opened: 27 ways to open it, more than are tried.
story The Safes

kinds
  safe: thing
  digit = one | two | three

facts
  first(safe): digit = one
  second(safe): digit = one
  third(safe): digit = one
  rusty(safe)
  open(safe)
  near(person)

action approach(p: person)
  "{p} approaches"
  makes near(p)
  will p

action open(p: person, s: safe, a: digit, b: digit, c: digit)
  "{p} opens {s}"
  needs near(p), not rusty(s), first(s) = a, second(s) = b, third(s) = c
  makes open(s)
  will p

action oil(p: person, s: safe, a: digit, b: digit, c: digit)
  "{p} oils {s}"
  needs near(p)
  makes near(p)
  will p

wants
  Kit: open(the old safe) x2
  Kit: open(the rusty safe) x2

cast
  Kit: person
  the old safe: safe, first = three, second = three, third = three
  the rusty safe: safe, rusty

# the one way that there is, is the last of all
scene One
  Kit approaches.
    because Kit: Kit opens the old safe

# there is no way at all
scene Two
  Kit approaches.
    because Kit: Kit opens the rusty safe

# each of the ways that were tried gains nothing; one that was not might
scene Three
  Kit approaches.
    because Kit: Kit oils the old safe
  Kit opens the old safe.
