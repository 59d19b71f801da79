story The Killer
in heroic_bloodshed
source the_killer.txt

cast
  Ah Jong: gangster, he, at the nightclub, armed, conscience, boss = Wong Hoi, client = Fung Sei, home = the house  [1]
    aka the assassin
  Jennie: person, she, at the nightclub, conscience, home = the apartment  [1]
    aka the singer
  Li: cop, he, at the harbour, armed, conscience, hidden             [5]
    aka Li Ying
  Tsang: cop, he, at the station, armed, conscience                  [8]
  Fung Sei: gangster, he, at the tea house, loyal, boss = Wong Hoi, client = Wong Hoi  [14]
  Wong Hoi: gangster, he, at the villa, guard = the escort           [6]
  the escort: person, group of 2, at the villa, armed, loyal, boss = Wong Hoi  [17]
    aka the driver
  the hitmen: hitman, group of 6, at the villa, armed, well_armed, loyal, boss = Wong Hoi  [6]
  the gunmen: hitman, group of 15, at the villa, armed, well_armed, loyal, boss = Wong Hoi  [15]
  the raiders: hitman, group of 20, at the villa, armed, well_armed, loyal, boss = Wong Hoi  [20]
  Lam: person, at the nightclub, armed                               [1]
  the target: person, at the harbour, armed                          [4]
  the thugs: fighter, group of 3, at the nightclub, armed            [2]
  the child: person, at the beach                                    [7]
  the doctor: healer, at the hospital                                [9]
  the squadron: cop, group of 20, at the station, armed              [30]

  the nightclub: place, public, in
  the harbour, the tea house, the villa: place, public
  the beach: place, public, on
  the hospital, the church, the station: place, public
  the apartment: place, in
  the house: place, refuge_of = Ah Jong                              [18]

  the arsenal: weapon, holder = Fung Sei                             [19]
  the revolver: weapon, at the villa
  the suitcase: case, holder = Wong Hoi                              [15]
  the bag: case, at the villa, contents = money                      [24]
  the purse of Jennie: thing, holder = Jennie

  her new eyes: claim = new_eyes(Jennie) = Ah Jong                   [23]
  her journey: claim = abroad(Jennie)                                [23]
  she cannot see: claim = sight(Jennie) = blind                      [1]
  "who saved the life of the child": question = saved_by(the child)  [10]
  "where Ah Jong is to be found": question = haunt(Ah Jong)          [11]

wants
  # the operation costs two fees: first they must be earned, then got, then paid to the hospital
  Ah Jong suffers until earned(self) > 1 while sight(Jennie) = blind  [4]
  Ah Jong suffers until purse(self) or funded(Jennie) x2 while sight(Jennie) = blind
  Ah Jong suffers until funded(Jennie) x4 while sight(Jennie) = blind
  Ah Jong suffers until where(self) = where(Jennie) x0.5 while dear(self, Jennie)
  Ah Jong suffers until where(self) = home(self) x0.4 while wanted(self)
  Ah Jong: promised(Li, her new eyes); promised(Li, her journey)      [23]
  Jennie suffers until where(self) = where(Ah Jong) while dear(self, Ah Jong)
  Tsang suffers until where(self) = where(Fung Sei) while wanted(Ah Jong)  [18]
  Fung Sei suffers until self knows where(Ah Jong) x0.5 while wanted(Ah Jong)
  Wong Hoi: holder(the bag) in (the villa, Wong Hoi) x2
  the thugs: holder(the purse of Jennie) = self while health(self) = fit

start
  secret mark(Ah Jong) = Lam known to Ah Jong, Fung Sei; others believe nobody  [1]
  secret mark(Fung Sei) = the target known to Fung Sei, Wong Hoi; others believe nobody  [4]
  secret contents(the suitcase) = paper known to Wong Hoi
  dear(Ah Jong, Fung Sei)
  dear(Fung Sei, Ah Jong)
  dear(Li, Tsang)
  dear(Tsang, Li)
  secret where(Li) = the harbour known to Li, Tsang; others believe the station  [5]
  secret home(Ah Jong) = the house known to Ah Jong, Fung Sei

endings
  Both lie dead: health(Ah Jong) = dead and health(Wong Hoi) = dead and custody(Li) != nobody  [29-31]
  She sees again: blinded_by(Jennie) = Ah Jong and sight(Jennie) = clear
  Two friends get away: health(Wong Hoi) = dead and health(Ah Jong) <= wounded and health(Li) <= wounded and dear(Li, Ah Jong)
  The law has him: custody(Ah Jong) != nobody
  The boss buys his safety: health(Ah Jong) = dead and custody(Wong Hoi) != nobody

allow secret-never-revealed: what gets out is where he is, not that he lives there

scene The last job                                         [1]
  Ah Jong watches Lam from the dark.                       [1]
  Ah Jong shoots Lam, and the muzzle flash blinds Jennie.  [1]
  expect blinded_by(Jennie) = Ah Jong, Ah Jong knows blinded_by(Jennie)

scene The singer                           [2]
  Ah Jong watches Jennie.                  [2]
  expect Jennie does not know blinded_by(Jennie), Ah Jong knows blinded_by(Jennie)
  expect not (Jennie knows Ah Jong knows blinded_by(Jennie) = Ah Jong)
  The thugs attack Jennie.                 [2]
  Ah Jong beats the thugs.                 [2]
    because Ah Jong: Ah Jong brings Jennie to the apartment; Jennie confides in Ah Jong
  Ah Jong brings Jennie to the apartment.  [2]

scene Love                     [3]
  Jennie confides in Ah Jong.  [3]
  Ah Jong confides in Jennie.  [3]
  expect dear(Jennie, Ah Jong), dear(Ah Jong, Jennie), Jennie does not know blinded_by(Jennie)

scene One more contract                       [4]
  Fung Sei hires Ah Jong to kill the target.  [4]
    because Fung Sei: Ah Jong sneaks to the harbour; Ah Jong shoots the target
    because Ah Jong: Ah Jong sneaks to the harbour; Ah Jong shoots the target; Ah Jong goes to the apartment

scene The harbour                 [5]
  Ah Jong sneaks to the harbour.  [5]
  Ah Jong shoots the target.      [5]
  Li corners Ah Jong.             [5]
  Ah Jong escapes to the beach.   [5]

scene The double cross                        [6]
  Ah Jong phones Fung Sei.                    [6]
  Fung Sei reports to Wong Hoi on Ah Jong.    [6]
  Wong Hoi sends the hitmen to kill Ah Jong.  [6]
    because Wong Hoi: the hitmen sneak to the beach; the hitmen shoot Ah Jong

scene The beach                                   [7-8]
  The hitmen sneak to the beach.                  [6]
  The hitmen shoot at Ah Jong but hit the child.  [7]
  Ah Jong shoots the hitmen.                      [8]
  Li sneaks to the beach.                         [8]
    because Li: Li corners Ah Jong; Li arrests Ah Jong
  Tsang sneaks to the beach.                      [8]
    because Tsang: Tsang corners Ah Jong; Tsang arrests Ah Jong
  Ah Jong brings the child to the hospital.       [8]
  Li follows Ah Jong.                             [8]
    because Li: Li corners Ah Jong; Li arrests Ah Jong
  Tsang follows Ah Jong.                          [8]
    because Tsang: Tsang corners Ah Jong; Tsang arrests Ah Jong

scene The casualty ward                                [9-10]
  The doctor treats the child.                         [9]
  Li corners Ah Jong.                                  [9]
  Ah Jong flees to the house.                          [9]
  Li asks the doctor who saved the life of the child.  [10]
    because Li: Li goes to the apartment; Li investigates what happened to Jennie
  expect admires(Li, Ah Jong)

scene A trail to Jennie                         [10-11]
  Li goes to the apartment.                     [10]
    because Li: Li investigates what happened to Jennie
  Li investigates what happened to Jennie.      [10]
    because Li: Li asks Jennie where Ah Jong is to be found
  Li asks Jennie where Ah Jong is to be found.  [11]
  Li reports to Tsang on Ah Jong.               [11]
    because Li: Tsang sneaks to the apartment; Ah Jong goes to the apartment; Tsang corners Ah Jong; Tsang arrests Ah Jong

scene The visit                                 [12-13]
  Tsang sneaks to the apartment.                [11, 12]
    because Tsang: Ah Jong goes to the apartment; Tsang corners Ah Jong; Tsang arrests Ah Jong
  Ah Jong goes to the apartment.                [12]
  Tsang corners Ah Jong.                        [12]
  Ah Jong flees to the house.                   [12]
  expect Jennie does not know blinded_by(Jennie)
  Li tells Jennie that Ah Jong blinded Jennie.  [13]
  expect Jennie knows blinded_by(Jennie) = Ah Jong
  expect Li knows Jennie knows blinded_by(Jennie) = Ah Jong

scene The suitcase                                         [14-16]
  Ah Jong goes to the tea house.                           [14]
    because Ah Jong: Ah Jong demands his pay from Fung Sei; Fung Sei goes to the villa; Fung Sei takes the bag; Fung Sei goes to the tea house;
        Fung Sei gives the bag to Ah Jong
  Ah Jong demands his pay from Fung Sei.                   [14]
    because Ah Jong: Fung Sei goes to the villa; Fung Sei takes the bag; Fung Sei goes to the tea house; Fung Sei gives the bag to Ah Jong
  Fung Sei goes to the villa.                              [15]
    because Fung Sei: Fung Sei takes the bag; Fung Sei goes to the tea house; Fung Sei gives the bag to Ah Jong
  Fung Sei reports to Wong Hoi on Ah Jong.                 [15]
  Wong Hoi sends the gunmen to kill Ah Jong.               [15]
    because Wong Hoi: the gunmen sneak to the tea house; the gunmen corner Ah Jong; the gunmen shoot Ah Jong
  Wong Hoi gives the suitcase to Fung Sei.                 [15]
    because Wong Hoi: Fung Sei goes to the tea house; the gunmen sneak to the tea house; Fung Sei lies to Ah Jong that the suitcase holds money;
        Fung Sei gives the suitcase to Ah Jong; the gunmen shoot Ah Jong
  Fung Sei opens the suitcase.                             [15]
  Fung Sei goes to the tea house.                          [15]
    because Fung Sei: Fung Sei lies to Ah Jong that the suitcase holds money; Fung Sei gives the suitcase to Ah Jong
  The gunmen sneak to the tea house.                       [15]
    because the gunmen: the gunmen corner Ah Jong; the gunmen shoot Ah Jong
  Fung Sei lies to Ah Jong that the suitcase holds money.  [15]
  Fung Sei gives the suitcase to Ah Jong.                  [15]
  expect Ah Jong believes contents(the suitcase) = money, contents(the suitcase) = paper
  expect Fung Sei knows contents(the suitcase), Wong Hoi knows contents(the suitcase)
  expect Fung Sei knows Ah Jong believes contents(the suitcase) = money
  Ah Jong opens the suitcase.                              [15]
    because Ah Jong: Ah Jong goes to the hospital; Ah Jong pays the doctor for the operation of Jennie with the suitcase
  The gunmen shoot at Ah Jong and miss.                    [15]
  Ah Jong shoots the gunmen.                               [16]
  expect health(Fung Sei) = fit, dear(Ah Jong, Fung Sei)   [16]

scene Hit and run                               [17]
  later: 1 day
  Fung Sei goes to the villa.                   [17]
    because Fung Sei: Fung Sei takes the bag; Fung Sei goes to the tea house; Fung Sei gives the bag to Ah Jong
  Fung Sei pleads with Wong Hoi for the money.  [17]
    because Fung Sei: Wong Hoi takes the bag; Wong Hoi gives the bag to Fung Sei; Fung Sei goes to the tea house; Fung Sei gives the bag to Ah Jong
  expect holder(the bag) = the villa            [17]
  Ah Jong sneaks to the villa.                  [17]
  Ah Jong shoots the escort.                    [17]
  Ah Jong shoots and wounds Wong Hoi.           [17]
  Ah Jong goes to the house.                    [17]

scene The house                                [18-19]
  Tsang goes to the villa.                     [18]
    because Tsang: Tsang investigates what happened to the escort
  Fung Sei goes to the house.                  [18, 19]
    because Fung Sei: Ah Jong goes to the house; Fung Sei gives the arsenal to Ah Jong
  Tsang follows Fung Sei.                      [18]
  Fung Sei leaves the arsenal for Ah Jong.     [19]
  Fung Sei goes to the villa.                  [18]
    because Fung Sei: Fung Sei takes the bag; Fung Sei goes to the house; Fung Sei gives the bag to Ah Jong
  Tsang follows Fung Sei.                      [18]
  Tsang reports to Li on Ah Jong.              [18]
    because Tsang: Li sneaks to the house; Li corners Ah Jong; Li arrests Ah Jong
  Wong Hoi sends the raiders to kill Ah Jong.  [20]
    because Wong Hoi: the raiders sneak to the house; the raiders corner Ah Jong; the raiders shoot Ah Jong
  The raiders shoot Tsang.                     [18]

scene Another ambush                    [20-21]
  Li sneaks to the house.               [18, 20]
    because Li: Li corners Ah Jong; Li arrests Ah Jong
  The raiders sneak to the house.       [20]
  Li corners Ah Jong.                   [20]
  The raiders shoot at Li and miss.     [20, 21]
  The raiders shoot and wound Ah Jong.  [21]
  Ah Jong flees to the church.          [22]
  Li flees to the church.               [22]

scene Friends                        [22-23]
  Li mends the wounds of Ah Jong.    [22]
    because Li: Ah Jong confides in Li; Li confides in Ah Jong
  Ah Jong confides in Li.            [22]
    because Ah Jong: Li promises Ah Jong her new eyes
  Li confides in Ah Jong.            [22]
    because Li: Li promises Ah Jong her new eyes
  expect dear(Li, Ah Jong), dear(Ah Jong, Li)
  Li promises Ah Jong her new eyes.  [23]
    because Li: Li promises Ah Jong her journey
    allow promise-broken: the eyes are shot
  Li promises Ah Jong her journey.   [23]
    allow promise-broken: he is led away

scene Waiting in the church           [24-25]
  Ah Jong phones Jennie.              [24]
    because Ah Jong: Jennie goes to the church
  Jennie goes to the church.          [24]
  Ah Jong phones Fung Sei.            [24]
    because Ah Jong: Fung Sei goes to the villa; Fung Sei takes the bag; Fung Sei goes to the church; Fung Sei gives the bag to Ah Jong
  The raiders return to the villa.    [25]
  Fung Sei takes the bag.             [24]
    because Fung Sei: Fung Sei goes to the church; Fung Sei gives the bag to Ah Jong
  The raiders beat up Fung Sei.       [25]
  Fung Sei flees to the church.       [25]
    because Fung Sei: Fung Sei gives the bag to Ah Jong
  The raiders follow Fung Sei.        [25]
    because the raiders: the raiders rob Fung Sei of the bag
  Wong Hoi takes the revolver.        [28]
    because Wong Hoi: Wong Hoi follows Fung Sei; Wong Hoi robs Fung Sei of the bag
  Wong Hoi follows Fung Sei.          [28]
    because Wong Hoi: Wong Hoi robs Fung Sei of the bag
  Fung Sei gives the bag to Ah Jong.  [25]

scene The battle                                  [26-29]
  The raiders shoot at Ah Jong but hit Fung Sei.  [26]
  Ah Jong shoots Fung Sei.                        [27]
  Li shoots the raiders.                          [27]
  Wong Hoi corners Ah Jong.                       [28]
  Li corners Wong Hoi.                            [28]
  Ah Jong shoots and wounds Wong Hoi.             [29]
  expect open: new_eyes(Jennie) = Ah Jong
  Wong Hoi hits Ah Jong in the eyes.              [29]
  expect lost: eyes(Ah Jong) = sound              [29]
  Ah Jong dies of the wounds.                     [29]

scene Custody                              [30-31]
  The squadron goes to the church.         [30]
    because the squadron: the squadron corner Ah Jong; the squadron arrest Ah Jong
  Wong Hoi begs the squadron for custody.  [30]
  Li shoots Wong Hoi.                      [31]
  Li gives himself up to the squadron.     [31]
  The squadron arrests Li.                 [31]
