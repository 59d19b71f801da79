# A claim may stand in a condition by the phrase of its fact, in brackets, or as the condition that it is.
story The Vow
facts
  jailed(p: person)                       "{p} is in jail"
  vowed(p: person, q: person, c: claim)   "{p} vowed {q} that {c}"

action vow(p: person, q: person, c: claim)
  "{p} vows {q} that {c}"
  makes vowed(p, q, c)
  will p

wants
  Ann wants vowed(Ann, Bo, not jailed(Cid))

cast
  Ann, Bo, Cid: person

scene One
  Ann vows Bo that Cid is not in jail.
  expect vowed(Ann, Bo, (not jailed(Cid)))
  expect vowed(Ann, Bo, jailed(Cid) = no)
  expect Ann vowed Bo that (not jailed(Cid))
  expect Bo knows vowed(Ann, Bo, Cid is not in jail)
  expect not vowed(Ann, Bo, jailed(Cid))
