story The harbour
# Everything that can be lowered, once.
kinds
  cop, gangster: person
  gun: thing
  health = dead < wounded < fit
  sky = clear | rain
facts
  where(person): place                visible to anyone at where(person)
  holder(thing): person or place      visible to anyone at where(holder(thing)) who awake(they), Li
  health(p: person): health = fit
  awake(person) = yes
  loves(p: person, q: person)         known to p
  boss(person): person = unknown
  money(person): number = 3
  sky(): sky
define
  able(p: person) = health(p) > dead and awake(p)
  richer(p: person, q: person) = money(p) > money(q) + 1
  richest(p: person) = every q: person where q != p: richer(p, q)
  aware(p: person) = awake(p)
  free = sky = clear or not any c: cop where able(c)
action expressions(p: person, q: cop, g: gun, c: claim, d: question)
  needs richest(p), free
  needs secretly c, hopes p believes c
  needs health(q) in (dead, wounded), p is not a cop, sky is not rain
  needs p knows whether loves(q, p), p does not know where(q), p knows where(holder(g))
  needs unknown d, d = p, q knows d
  needs maybe boss(p) = q, next(health(p)) < fit
  needs count(r: person where boss(r) = p) >= sum(r: person where loves(r, p): money(r)) / 2
  needs if awake(p) then money(p) > 0 else where(p) != nowhere
  will p, boss(p) if loves(p, boss(p))
action effects(p: person, q: person, r: person, g: gun, c: claim, d: question)
  makes health(p) = next(health(p)), awake(p), not loves(p, q), boss(p) = unknown
    if able(q) and c: money(q) = money(q) - 1
    else: money(q) = 0
    every s: cop where where(s) = where(p): awake(s) = not awake(s)
    shows holder(g)
    p and q and r share loves(p, r)
    p and q share where(r)
    p tells q and r c
    p tells q not loves(p, r)
    q learns d from p
    q learns holder(g)
    p believes q believes money(p) = 100
    p forgets holder(g)
    c
  fate
  seen by anyone at where(p) who they != p, q
  heard by anyone at where(q), r: awake(p), shows where(p)
  seen as effects(q, p, they, g, c, d) by anyone
action watched(p: person, q: person, t: thing)
  makes awake(p)
  reaction
  takes 2 hours
  journey
  or else unwatched(r: person)
    needs r != p
    makes awake(r)
    seen by nobody
trigger sleep(p: person)
  when not able(p), p is a gangster
  makes not awake(p)
infer suspicion(p: person, q: person)
  when loves(p, q)
  makes p believes loves(q, p)
wants
  Ah Jong: health(self) = fit x5; money(self) x0.1 while free
  Li suffers until boss(Li) = Ah Jong x2 while loves(Li, self)
  Li wants to know where(Ah Jong)
  each p: gangster, q: person: p shares q x0.5 while boss(p) = q
cast
  Ah Jong: gangster, at the pier, holding the pistol, not awake
  Li: cop, group of 3, money = 7, at the pier
  the pier: place
  the pistol: gun
  the rumour: claim = loves(Li, Ah Jong)
start
  sky = rain
  not loves(Ah Jong, Li)
  secret boss(Ah Jong) = Li known to Ah Jong, Li; others believe nobody
  Li believes Ah Jong believes where(Li) = nowhere
ending peace: free, every p: person where able(p)
