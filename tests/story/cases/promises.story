# Promises: one kept, one taken back, one never kept; and of what is so already, one that is broken,
# one that is kept after all, one whose receiver sees that it is broken.
story The Vows

kinds
  health = fit < dead

facts
  health(p: person): health    visible to anyone
  home(person)
  promised(p: person, q: person, c: claim)  promise

action vow(p: person, q: person, c: claim)
  "{p} promises {q} {c}"
  needs health(p) = fit
  makes promised(p, q, c)
  fate

action release(q: person, p: person, c: claim)
  "{q} releases {p} from the promise {c}"
  needs promised(p, q, c)
  makes not promised(p, q, c)
  fate

action bring(p: person, q: person)
  "{p} brings {q} home"
  needs health(p) = fit, health(q) = fit
  makes home(q)
  fate

action leave(p: person)
  "{p} leaves home"
  makes not home(p)
  fate

action die(p: person)
  "{p} dies"
  makes health(p) = dead
  fate
  seen by anyone

cast
  Kit, Wah, Ling: person
    # the claims
  Ling's return: claim = home(Ling)
  Wah's return: claim = home(Wah)
  Kit's return: claim = home(Kit)
  Wah's life: claim = health(Wah) = fit

scene Dawn
  Kit promises Wah Ling's return.
    allow fate-heavy: vows are not what this story is about
  Kit promises Ling Wah's return.
    allow fate-heavy: vows are not what this story is about
  Ling promises Wah Kit's return.
    allow fate-heavy: vows are not what this story is about
  Kit brings Ling home.
    allow fate-heavy: vows are not what this story is about
  Ling releases Kit from the promise Wah's return.
    allow fate-heavy: vows are not what this story is about

scene Noon
  expect open: home(Kit)

scene Dusk
  # she is at home already, so that to bring her there is not what is promised
  Wah promises Kit Ling's return.
    allow fate-heavy: vows are not what this story is about
  Kit brings Wah home.
    allow fate-heavy: vows are not what this story is about
  Kit promises Ling Wah's return.
    allow fate-heavy: vows are not what this story is about
  Wah leaves home.
    allow fate-heavy: vows are not what this story is about
  Kit brings Wah home.
    allow fate-heavy: vows are not what this story is about
  Ling leaves home.
    allow fate-heavy: vows are not what this story is about
  # Kit sees that this one is broken
  Ling promises Kit Wah's life.
    allow fate-heavy: vows are not what this story is about
  Wah dies.
    allow fate-heavy: vows are not what this story is about
