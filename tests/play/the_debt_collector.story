story The Debt Collector
in heroic bloodshed

cast
  Vera: gangster, she, at the bar, armed
  Milo: hitman, he, at the bar, armed, boss = Vera
  Anton: person, he, at the pier
  the bar, the pier: place, public

wants
  Vera suffers until Anton is dead x3

ending The debt settled: health(Anton) = dead
ending The collector falls: health(Milo) = dead

scene The job
  Vera hires Milo to kill Anton.
  Milo goes to the pier.
  Milo shoots Anton.
  expect Vera knows that Anton is dead
