story Odd
in odd

wants
  author: size(A) - 0.5
  A: if character aware(A) then 1 else if secret() = bob then size(A) else -2
  the_ Boss: (if size(A) > 2 then 0 else 3) + (if character aware(A) then -1 else 0)

cast
  A: character, in-True, size = 2.5
  the_ Boss: character, size = -0.1
  X-in-Y: island
  bob: Known, in_ = X-in-Y
  Bob2: thing, site
  Lost: other entity

start
  secret() = Bob2
  the_ Boss believes secret() = bob
  A believes A believes secret() = bob
