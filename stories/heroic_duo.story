story Heroic Duo
in bodies
include things
include fights
include ties
include talk
include contracts
include law
include justice
include captivity
include levers
include minds
include hazards
source heroic_duo.txt

cast
  Ken: cop, he, commander, at the station, armed, conscience, strength = 5, haunt = the station, partner = Brenda  [1]
  Brenda: cop, she, at the station, armed, conscience, strength = 3, haunt = the station, partner = Ken  [3]
  Jack: psychologist, he, bargainer, at the house, conscience, strength = 3, boss = the patron, haunt = the house, partner = Mandy  [4]
  Mandy: fighter, she, at the house, conscience, home = the house, partner = Jack  [4]
  Wong: cop, he, at the villa, armed                                   [4]
  Grace: person, she, at the flat, partner = Wong                      [10]
  the children: child, group of 2, at the flat                         [10]
  the officer: cop, he, at the station, armed, upright, haunt = the station  [1]
  the patron: gangster, he, psychologist, bargainer, keeper, at the villa, armed, well_armed, haunt = the villa, home = the lair, post = the lair, strength = 2  [4]
  the keepers: hitman, keeper, group of 4, at the lair, armed, well_armed, loyal, boss = the patron, post = the lair  [9]
  the henchmen: hitman, group of 6, at the villa, armed, well_armed, loyal, boss = the patron  [9]
  the convicts: hitman, audience, group of 5, at the prison, loyal, boss = the patron  [11]
  the warder: warder, keeper, at the prison, post = the prison, haunt = the prison  [2]
  the crew: cop, group of 8, at the station, armed, loyal, boss = Ken, haunt = the station  [16]
  the chief: cop, he, commander, at the headquarters, armed            [18]
  the bodyguard: cop, he, at the vault, armed, holding the jewels      [18]
  the merchant: person, he, at the hall, threatened                    [18]
  the students: audience, group of 30, at the university               [5]

  the prison: place, public, closed, in
  the station, the hall, the university, the villa: place, public
  the house, the flat, the headquarters, the vault, the shore: place
  the lair: place, in, refuge_of = the patron
  the cell: place, in, closed, way_out = the lair
  the vacuum room: place, in, closed, airless, way_out = the lair
  the second room: place, in, way_out = the lair
  Shanghai: place, in

  the knife: knife, holder = Mandy                                     [6]
  the file: thing, at the station, owner = the chief, evidence = the patron
  the drawing: letter, holder = Jack
  the jewels: treasure, owner = the merchant
  the stone: treasure, at the hall, owner = the merchant
  the extinguisher: cylinder, at the lair
  he has the jewels: claim = holder(the jewels) = Jack
  his freedom: claim = buyer(Jack) = nobody                            [26]
  "who controls the will of the officer": question = controller(the officer)  [2]
  "the patron lives at the lair": claim = home(the patron) = the lair  [31]

wants
  the patron: where(self) = home(self) while wanted(self)

start
  dear(Mandy, Jack)          [4]
  dear(Mandy, the children)  [43]
  dear(Brenda, Ken)          [3]
  dear(Grace, Wong)          [10]
  dear(the patron, Jack)
  trusts(Mandy, Jack)
  trusts(Wong, the patron)
  trusts(the officer, the patron)
  suspects(Wong, the patron)
  secret home(the patron) = the lair known to the patron, the henchmen, the keepers; others believe nowhere

endings
  She sees Shanghai: health(Jack) = dead and health(the patron) = dead and sight(Mandy) = clear and where(Mandy) = Shanghai  [40, 43-44]
  They both live: health(Jack) <= wounded and health(Mandy) <= wounded and kept_in(Mandy) = nowhere and health(the patron) = dead
  Grave for two: health(Jack) = dead and health(Mandy) = dead
  The patron goes free: health(Jack) = dead and where(the patron) != the lair and health(the patron) <= wounded and holder(the jewels) = the patron
  The law gets the patron: custody(the patron) != nobody

scene Busy                       [4-6]
  Jack goes to the university.   [5]
  Jack teaches the students.     [5]
    because Jack: Jack goes to the house
  # Killed by the chief [4], or by Mandy [6]? By her hand, on his plan: one man, one death.
  The patron hypnotises Wong.    [4]
    because the patron: Wong goes to the house; Wong throws himself at Mandy; Mandy stabs Wong
  Wong goes to the house.        [6]
    because the patron: Wong throws himself at Mandy; Mandy stabs Wong
  Wong throws himself at Mandy.  [6]
    because the patron: Mandy stabs Wong
  Mandy stabs Wong.              [4, 6]
    because Mandy: Jack returns to the house; Mandy confides in Jack

scene A confession                                                     [7-8]
  Jack returns to the house.                                           [7]
  Mandy confides in Jack.                                              [7]
  expect dear(Jack, Mandy)
  Mandy tells Jack that Mandy killed Wong.                             [7]
    because Mandy: Jack tells the officer that Wong is dead; Jack lies to the officer that Jack killed Wong; Jack gives himself up to the officer; the officer goes to the house; the officer arrests Jack
  Jack tells the officer that Wong is dead.                            [8]
    because Jack: Jack lies to the officer that Jack killed Wong; Jack gives himself up to the officer; the officer goes to the house; the officer arrests Jack
  Jack lies to the officer that Jack killed Wong.                      [8]
    because Jack: Jack gives himself up to the officer; the officer goes to the house; the officer arrests Jack
  Jack gives himself up to the officer.                                [8]
    because Jack: the officer goes to the house; the officer arrests Jack
  The officer goes to the house.                                       [8]
    because the officer: the officer arrests Jack
  The officer arrests Jack.                                            [8]
  The officer delivers Jack to the warder.                             [2, 8]
  The officer returns to the station.                                  [1]
  expect Ken believes killed_by(Wong) = Jack, killed_by(Wong) = Mandy  [8]

scene Taken                                                     [9-10]
  The officer tells Grace that Wong is at the house.            [10]
  Grace brings the children to the house.                       [10]
  The patron sends the henchmen to bring Mandy to the keepers.  [9]
    because the patron: the henchmen sneak to the house; the henchmen seize Mandy; the patron demands the jewels of Jack in exchange for Mandy
  The henchmen sneak to the house.                              [9]
  The henchmen seize Mandy.                                     [9]
  The henchmen seize Grace.                                     [10]
  The henchmen seize the children.                              [10]
  The henchmen deliver Mandy to the keepers.                    [9, 10]
    because the henchmen: the keepers lock Mandy up in the cell
  The keepers lock Mandy up in the cell.                        [10]
  expect captor(Mandy) = the patron, where(Grace) = the cell    [10]
  The patron demands the jewels of Jack in exchange for Mandy.  [9]
  Jack teaches the convicts.                                    [11]

scene The model officer                                              [1-2]
  The patron sneaks to the station.                                  [1]
    because the patron: the patron hypnotises the officer; the patron returns to the villa; the officer takes the file; the officer goes to the villa; the officer gives the file to the patron
  The patron hypnotises the officer.                                 [1]
    because the patron: the patron returns to the villa; the officer takes the file; the officer goes to the villa; the officer gives the file to the patron
  The patron returns to the villa.                                   [1]
  The officer takes the file.                                        [1]
    because the patron: the officer goes to the villa; the officer gives the file to the patron
  expect mind(the officer) = the patron, Ken does not know controller(the officer) = the patron  [1]
  The crew corners the officer.                                      [1]
  The crew arrests the officer.                                      [1]
  expect Ken does not know entranced(the officer)                    [1]
  Ken investigates what happened to the officer.                     [2]
  Ken asks the officer (controller(the officer)) and hears nothing.  [2]
  expect Ken knows entranced(the officer), Ken does not know controller(the officer) = the patron  [2]

scene A picture                                       [12-15]
  Ken goes to the prison.                             [12]
    because Ken: Ken tells Jack that the officer acted in a trance; Ken recruits Jack and takes him to the station; Jack looks into the mind of the officer
  Jack tells Ken to treasure Brenda.                  [13]
    because Jack: Jack draws a cry for help into the drawing; Jack gives the drawing to Ken; Ken studies the drawing and finds the sign
  # Why a picture, if he tells openly in [16]? In prison the patron's men listen.
  Jack draws a cry for help into the drawing.         [14]
    because Jack: Jack gives the drawing to Ken; Ken studies the drawing and finds the sign
  Jack gives the drawing to Ken.                      [14]
    because Jack: Ken studies the drawing and finds the sign
  Ken studies the drawing and sees only a picture.    [15]
  expect contents(the drawing) = plea, holder(the drawing) = Ken, Ken does not know contents(the drawing)  [14, 15]
  # Recruited in [2], met for the first time in [12]: the second comes first.
  Ken tells Jack that the officer acted in a trance.  [2, 12]
    because Ken: Ken recruits Jack and takes him to the station; Jack looks into the mind of the officer
  Ken recruits Jack and takes him to the station.     [2]
    because Ken: Jack looks into the mind of the officer
    because Jack: Jack looks into the mind of the officer

scene The raid                                                [16-17]
  Jack looks into the mind of the officer.                    [2, 16]
  expect Ken knows controller(the officer) = the patron       [16]
  Jack tells Ken that the patron has Mandy in his power.      [16]
    because Jack: Ken sneaks to the villa; Ken corners the patron; Ken arrests the patron
  Ken tells Brenda that the patron has Mandy in his power.    [16]
    because Ken: Brenda sneaks to the villa; Brenda corners the patron; Brenda arrests the patron
  Ken tells the crew that the patron has Mandy in his power.  [16]
    because Ken: the crew sneak to the villa; the crew corner the patron; the crew arrest the patron
  Ken sneaks to the villa.                                    [16]
    because Ken: Ken corners the patron; Ken arrests the patron
  Brenda sneaks to the villa.                                 [16]
    because Brenda: Brenda corners the patron; Brenda arrests the patron
  The crew sneak to the villa.                                [16]
    because the crew: the crew corner the patron; the crew arrest the patron
  Ken corners the patron.                                     [17]
  The patron flees to the lair.                               [17]
  expect where(the patron) = the lair, Ken does not know where(the patron)  [17]
  expect captor(Mandy) = the patron                           [17]
  Ken returns to the station.                                 [17]
  Brenda returns to the station.                              [17]
  The crew return to the station.                             [17]

scene The exhibition                                        [18-20]
  Mandy cries herself blind for Jack.                       [23]
  The chief orders Ken to protect the merchant.             [18]
  Ken asks Brenda to look after Jack.                       [19]
    because Ken: Ken goes to the hall
  Jack tells Ken to treasure Brenda.                        [20]
    because Jack: Brenda lets Jack slip away
  expect dear(Ken, Brenda), Brenda knows dear(Ken, Brenda)  [20]
  Ken goes to the hall.                                     [18]
    because Ken wants where(Ken) = where(the merchant)

scene The first theft                                  [21-22]
  The patron phones Jack.                              [21, 23]
  Brenda lets Jack slip away.                          [21]
  Jack agrees to the exchange with the patron.         [21]
    because Jack: Jack sneaks to the vault; Jack knocks the bodyguard out; Jack robs the bodyguard of the jewels; Jack goes to the lair; Jack tells the patron that he has the jewels; Jack makes the exchange with the patron
  Jack sneaks to the vault.                            [21]
    because Jack: Jack knocks the bodyguard out; Jack robs the bodyguard of the jewels; Jack goes to the lair; Jack tells the patron that he has the jewels; Jack makes the exchange with the patron
  Jack knocks the bodyguard out.                       [21]
    because Jack: Jack robs the bodyguard of the jewels; Jack goes to the lair; Jack tells the patron that he has the jewels; Jack makes the exchange with the patron
  Jack robs the bodyguard of the jewels.               [21]
    because Jack: Jack goes to the lair; Jack tells the patron that he has the jewels; Jack makes the exchange with the patron
  expect holder(the jewels) = Jack                     [21]
  The patron sends the henchmen to kill the merchant.  [22]
    because the patron: the henchmen sneak to the hall; the henchmen shoot the merchant
  The henchmen sneak to the hall.                      [22]
    because the henchmen: the henchmen shoot the merchant
  The henchmen shoot at Ken but hit the merchant.      [22]
    because the henchmen: the henchmen shoot the merchant
  The merchant dies of the wounds.                     [22]
  The henchmen return to the lair.                     [22]

scene The meeting                                                     [23-24]
  Jack goes to the lair.                                              [23]
    because Jack: Jack tells the patron that he has the jewels; Jack makes the exchange with the patron
  Jack tells the patron that he has the jewels.                       [23]
    because Jack: Jack makes the exchange with the patron
  # Two thefts, of two things: [21] gets the jewels and buys nothing, so that [27] can ask for the stone.
  Jack makes the exchange with the patron, who keeps his captive.     [23]
  expect captor(Mandy) = the patron, holder(the jewels) = the patron  [23]
  Mandy confides in Jack.                                             [23, 24]
  expect Jack knows sight(Mandy) = blind                              [23]
  expect Jack knows captor(Grace) = the patron, Jack knows health(Grace) = fit  [24]
  The patron seizes Mandy.                                            [23]
    because the patron: the patron locks Mandy up in the cell
  The patron locks Mandy up in the cell.                              [23]

scene The dinner                                               [27]
  The patron demands the stone of Jack in exchange for Mandy.  [27]
    because the patron: the patron orders the keepers to bring Mandy to the patron; the keepers deliver Mandy to the patron; the patron puts Grace to death;
        the patron locks Mandy up in the vacuum room; Jack goes to the hall; Jack takes the stone; Jack goes to the lair; Jack gives the stone to the patron
  The patron orders the keepers to bring Mandy to the patron.  [27]
    because the patron: the keepers deliver Mandy to the patron; the patron puts Grace to death; the patron locks Mandy up in the vacuum room; Jack goes to the hall; Jack takes the stone;
        Jack goes to the lair; Jack gives the stone to the patron
  The keepers deliver Mandy to the patron.                     [27]
  # The lever needs both: that he kills [27], and that time is short [28]. Only then Jack goes.
  The patron puts Grace to death.                              [27]
    because the patron: the patron locks Mandy up in the vacuum room; Jack goes to the hall; Jack takes the stone; Jack goes to the lair; Jack gives the stone to the patron
  Mandy comforts the children.                                 [27]
  expect Jack knows ruthless(the patron)                       [27]

scene The sign                                 [25]
  Ken returns to the station.                  [25]
  Ken studies the drawing and finds the sign.  [25]
  expect Ken knows contents(the drawing) = plea, Ken knows buyer(Jack) = the patron  [25]

scene One hour                                                        [26, 28-30]
  The patron locks Mandy up in the vacuum room.                       [28]
    within 1 hour: not closed(the vacuum room)
    because the patron: Jack goes to the hall; Jack takes the stone; Jack goes to the lair; Jack gives the stone to the patron
  expect kept_in(Mandy) = the vacuum room, kept_in(the children) = the vacuum room  [28]
  Jack goes to the hall.                                              [27, 29]
    takes 8 minutes
    because Jack: Jack takes the stone; Jack goes to the lair; Jack gives the stone to the patron
  # Nobody tells Jack in the source that his picture has been read.
  Ken promises Jack his freedom.                                      [26]
    takes 1 minute
  Ken goes to the hall.                                               [26, 29]
    takes 5 minutes
    because Ken: Ken lets Jack die for show
  Ken lets Jack die for show.                                         [30]
    takes 1 minute
  expect the patron believes health(Jack) = dead, health(Jack) = fit  [30]
  The patron sneaks to the hall.                                      [30]
    takes 4 minutes
  The patron weeps over Jack.                                         [30]
    takes 1 minute
  The patron returns to the lair.                                     [30]
    takes 4 minutes
  expect the patron believes health(Jack) = dead, Jack knows health(Jack) = fit  [30]

scene The shore                                               [31]
  Jack tells Ken that the patron lives at the lair.           [31]
    takes 1 minute
    because Jack: Jack tells Ken that Mandy is locked up in the vacuum room; Ken sneaks to the lair; Ken sets Mandy free
  Jack tells Ken that Mandy is locked up in the vacuum room.  [31]
    takes 1 minute
    because Jack: Ken sneaks to the lair; Ken sets Mandy free
  Ken drives Jack to the shore.                               [31]
    takes 5 minutes
    because Ken: Jack sneaks to the lair; Jack sets Mandy free
    because Jack: Jack sneaks to the lair; Jack sets Mandy free
  Ken phones Brenda.                                          [31]
    takes 1 minute
    because Ken: Brenda goes to the shore
  Brenda goes to the shore.                                   [31]
    takes 5 minutes

scene The lair                                            [32-35]
  Jack sneaks to the lair.                                [33]
    takes 1 minute
    because Jack: Jack sets Mandy free
  Ken sneaks to the lair.                                 [31]
    takes 1 minute
    because Ken: Ken sets Mandy free
  Brenda follows Ken.                                     [31]
    takes 1 minute
  Brenda corners the patron.                              [32]
    takes 1 minute
    because Brenda: Brenda arrests the patron
  The keepers try to seize Brenda, who fights back.       [32]
    takes 1 minute
    because the keepers: the keepers lock Brenda up in the cell
  The keepers seize Brenda.                               [32]
    takes 1 minute
    because the keepers: the keepers lock Brenda up in the cell
  Jack tries in vain to set Mandy free.                   [33]
    takes 1 minute
  expect the patron knows health(Jack) = fit              [33]
  The patron shoots at Jack and misses.                   [33]
  The patron shoots at Jack and misses.                   [33]
  # A heart shot that runs in [38]: it leaves minutes.
  The patron hits Jack in the heart.                      [34]
  Ken corners the keepers.                                [35]
    takes 1 minute
    because Ken: Brenda breaks free of the keepers
  # She was caught in [32] and is hit in [35]: between them she must get free.
  Brenda breaks free of the keepers.                      [35]
    takes 1 minute
    because Brenda: Ken and Brenda knock the keepers out
  The henchmen corner Ken.                                [35]
    takes 1 minute
  Ken and Brenda knock the henchmen out.                  [35]
    takes 1 minute
  The keepers shoot and wound Ken.                        [35]
  The keepers shoot and wound Brenda.                     [35]
  expect health(Ken) = wounded, health(Brenda) = wounded  [35]

scene Fire                                                        [36-37]
  Mandy faints for want of air.                                   [39]
  Ken helps Jack push the extinguisher at the patron.             [36]
    because Ken: Ken carries Jack into the second room
    because Jack: Ken carries Jack into the second room
  expect health(the patron) = dying                               [36]
  Ken carries Jack into the second room.                          [37]
    takes 1 minute
  Brenda goes to the second room.                                 [37]
    takes 1 minute
  # With it ends the patron, of whom the source does not tell it.
  The lair explodes.                                              [37]
  expect closed(the vacuum room) = no, health(the patron) = dead  [37]

scene The door                            [38-42]
  Jack goes to the vacuum room.           [38]
    takes 1 minute
    because Jack: Jack sets Mandy free
  Jack calls Mandy in vain.               [39]
  Jack dies of the wounds.                [40]
  Mandy comes to with Jack in mind.       [41]
  Mandy weeps over Jack.                  [41]
  expect Mandy knows health(Jack) = dead  [41]
  Ken goes to the vacuum room.            [42]
    because Ken: Ken sets Mandy free
  Brenda goes to the vacuum room.         [42]
  expect Ken knows health(Jack) = dead, Brenda knows health(Jack) = dead  [42]
  Brenda sets Mandy free.                 [42]
    because Brenda: Brenda returns to the station
  Ken sets the children free.             [42]
    because Ken: Ken returns to the station
  Mandy confides in Brenda.               [42]

scene Shanghai                                  [43-45]
  some years later
  Mandy brings the children to Shanghai.        [43]
  Mandy sees again, with the children in mind.  [44]
  Ken returns to the station.                   [45]
  Brenda returns to the station.                [45]
  Brenda phones Mandy.                          [43]
  expect Brenda knows where(Mandy) = Shanghai   [43]
  expect where(Ken) = where(Brenda), dear(Ken, Brenda), dear(Brenda, Ken)  [45]
