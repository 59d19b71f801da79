story The Photographer
in heroic_bloodshed

# Five beats, and what must come of them. `intrigue fill` tells the rest: see docs/the_photographer.md.

cast
  Mak: hitman, he, at the billiard hall, armed, conscience, boss = Boss Kwan, client = Boss Kwan
    aka the gunman
  Suet: person, she, at the studio, conscience, home = the studio
    aka the photographer
  Boss Kwan: gangster, he, at the restaurant
  Inspector Yip: cop, he, at the studio, armed, conscience, hidden
  the witness: person, he, at the studio, armed

  the billiard hall, the restaurant, the clinic: place, public, in
  the studio: place, in

wants
  Boss Kwan suffers until health(the witness) = dead x5
  Mak suffers until where(self) = where(Suet) x0.5 while dear(self, Suet)
  Suet suffers until where(self) = where(Mak) while dear(self, Mak)

start
  dear(Inspector Yip, Suet)

scene The order
  Boss Kwan hires Mak to kill the witness.
    because Boss Kwan: Mak sneaks to the studio; Mak shoots the witness
    because Mak: Mak sneaks to the studio; Mak shoots the witness
  Mak sneaks to the studio.
  Mak shoots the witness, and the muzzle flash blinds Suet.

scene The clinic
  Mak brings Suet to the clinic.
  Suet confides in Mak.
  Mak confides in Suet.

scene The inspector
  Inspector Yip follows Mak.
  Inspector Yip corners Mak.
  Inspector Yip arrests Mak.
