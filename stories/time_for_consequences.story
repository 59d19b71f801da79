story A Time for Consequences
in heroic_bloodshed
include captivity
include prisons
include undercover
include levers
include justice
include donors
include heights
source time_for_consequences.txt

cast
  Kit: cop, he, bargainer, at the den, conscience, strength = 9       [1]
  Wah: commander, he, bargainer, at the station, armed, strength = 6  [14]
  the squad: cop, group of 10, at the station, armed, conscience      [4]
  the detectives: cop, group of 4, at the hospital, armed             [16]
  Fai: fighter, he, at the den                                        [7]
  Hung: gangster, he, bargainer, at the villa, strength = 2, guard = Ah-Zai  [2]
  the brother: person, he, at the terminal, strength = 3              [3]
  the crew: dealer, group of 5, at the den, armed, loyal, boss = Hung, wanted  [1]
    aka the kidnappers
  Ah-Zai: gangster, he, at the villa, armed, loyal, strength = 14, boss = Hung  [17]
  Ko Chun: warder, he, gangster, keeper, bargainer, at the bungalow, armed, loyal, strength = 20, post = the bungalow  [8]
  Chatchai: warder, he, at the yard, armed, loyal, conscience, strength = 12, boss = Ko Chun, post = the yard  [10]
  Kwong: warder, he, at the office, armed, loyal, strength = 4, boss = Ko Chun, post = the cells  [19]
  the posse: warder, gangster, group of 10, at the bungalow, armed, well_armed, loyal, boss = Ko Chun, post = the bungalow  [24]
  the butchers: butcher, group of 4, at the hideout, armed, well_armed, loyal, strength = 2, boss = Ko Chun  [1, 20]
  the victims: person, group of 8, at the yard, strength = 0          [1, 8]
  the surgeon: healer, keeper, at the clinic, boss = Hung             [25]
  the doctor: healer, at the hospital                                 [5]
  Anong: healer, she, at the ward                                     [11]
  the registry: register, at the hospital                             [13]
  Sa: person, she, at the ward                                        [11]

  the den, the villa, the office, the hideout, the house, the harbour: place
  the ward: place, in
  the clinic: place, high                                             [25]
  the terminal, the station, the hospital: place, public
  the yard: place, in, closed, way_out = the office
  the bungalow: place, in, way_out = the office
  the cells: place, in, closed, way_out = the yard                    [8]

  the knife: knife, holder = Ah-Zai                                   [17]
  the blade: knife, holder = Ko Chun                                  [32]
  the phone: telephone, holder = Kwong                                [16]
  the envelope: case, holder = Wah                                    [19]

  "the crew are to bring in the brother": claim = errand(the crew) = the brother  [3, 4]
  "who is the boss of the crew": question = boss(the crew)            [1, 4]
  "where Chatchai is": question = where(Chatchai)                     [10]

start
  secret guard(Kit) = Fai known to Kit, Fai, the crew; others believe nobody
  secret boss(Ko Chun) = Hung known to Hung, the crew, Ah-Zai, Ko Chun, Chatchai, Kwong, the butchers, the posse, the surgeon  [8]
  dear(Kit, Fai)
  dear(Fai, Kit)
  dear(Chatchai, Sa)                                                  [11]
  dear(Sa, Chatchai)
  dear(Chatchai, Kwong)
  dear(Kwong, Chatchai)
  dear(Kwong, Sa)
  secret dear(Wah, Kit) known to Wah, Kit; others believe no          [14]
  secret dear(Kit, Wah) known to Wah, Kit; others believe no
  secret handler(Kit) = Wah known to Kit, Wah; others believe nobody  [1]
  secret traitor(Hung) = Kit known to Kit, Wah; others believe nobody
  secret boss(the crew) = Hung known to Hung, the crew, Ah-Zai, Ko Chun, the butchers, the posse  [2]
  secret errand(the crew) = nobody known to Hung, the crew
  secret consignee(the crew) = nobody known to Hung, the crew
  secret where(the crew) = the den known to Hung, the crew, Kit, Fai
  secret where(Kit) = the den known to Hung, the crew, Kit, Fai
  secret where(Fai) = the den known to Hung, the crew, Kit, Fai
  secret home(Hung) = the clinic known to Hung, the crew, Ah-Zai, Ko Chun, the butchers, the posse, the surgeon  [25]
  secret match(Sa) = Kit known to the registry                        [13]
  secret captor(the victims) = Hung known to Hung, the crew, Ah-Zai, Ko Chun, Chatchai, Kwong, the butchers, the posse, the victims  [1, 8]
  secret contents(the envelope) = money known to Wah                  [19]
  willing_donor(Kit)                                                  [13]
  patient(the surgeon, Hung)
  patient(Anong, Sa)
  patient(the registry, Sa)
  ailing(Hung) = failing heart                                        [2]
  match(Hung) = the brother                                           [3]
  ailing(Sa) = leukaemia                                              [11]
  Kit believes strength(Chatchai) = 4
  secret strength(Ko Chun) = 20 known to Ko Chun; others believe 10   [31]

endings
  Marrow for Sa: ailing(Sa) = hale and health(Kit) <= wounded and health(Hung) = dead  [30, 36]
  A heart for Hung: ailing(Hung) = hale
  Kit never comes home: health(Kit) = dead
  Behind bars: custody(Hung) != nobody and custody(Ko Chun) != nobody

scene The addict                                            [1-4]
  Kit takes the dope of the crew.                           [1]
  expect the crew believes boss(Kit) = Hung, not (boss(Kit) = Hung)
  Ko Chun goes to the yard.
    because Ko Chun: Ko Chun beats the victims; Ko Chun seizes the victims; Ko Chun delivers the victims to the butchers; the butchers put the victims to death
  Ko Chun beats the victims.                                [8, 12]
  Ko Chun seizes the victims.                               [8]
    because Ko Chun: Ko Chun delivers the victims to the butchers; the butchers put the victims to death
  expect possible: Chatchai informs the squad on Ko Chun    [12]
  Ko Chun delivers the victims to the butchers.             [1, 8]
    because Ko Chun: the butchers put the victims to death
  The butchers put the victims to death.                    [1]
  Ko Chun goes to the bungalow.
  Hung sends the crew to bring the brother to the surgeon.  [2, 3, 4]
    because Hung: the crew goes to the terminal; the crew seizes the brother; the crew delivers the brother to the surgeon; Hung goes to the clinic; the surgeon transplants from the brother to Hung
  Kit asks the crew (errand(the crew)).                     [4]
  expect Kit knows errand(the crew) = the brother
  Kit reports to Wah on the crew.                           [4]
    because Kit: Wah sneaks to the terminal; the crew goes to the terminal; Wah corners the crew; Wah arrests the crew

scene The terminal                                               [4-6]
  Wah tells the squad that the crew is to bring in the brother.  [4]
    because Wah: the squad sneaks to the terminal; the crew goes to the terminal; the squad corners the crew; the squad arrests the crew
  The squad sneaks to the terminal.                              [4]
    because the squad: the crew goes to the terminal; the squad corners the crew; the squad arrests the crew
  The crew goes to the terminal.                                 [4]
    because the crew: the crew seizes the brother; the crew delivers the brother to the surgeon
  Kit goes to the terminal.
  The crew seizes the brother.                                   [4]
  The squad corners the crew.                                    [4]
    because the squad: the squad arrests the crew
  The crew shoots at the squad but hits the brother.             [4, 5]
    because the crew: the crew delivers the brother to the surgeon
  The crew escapes to the den.                                   [6]
  Kit returns to the den.                                        [6]
    because Kit: Kit asks the crew (boss(the crew))
  The squad brings the brother to the hospital.                  [5]
  The doctor treats the brother.                                 [5]

scene The cover                                  [6-9]
  The crew searches Kit.                         [6]
  expect the crew knows handler(Kit) = Wah, the crew knows traitor(Hung) = Kit
  The crew shoots Fai.                           [7]
  Kit weeps over Fai.                            [7]
  The crew knocks Kit out.                       [7]
  The crew seizes Kit.                           [7]
  The crew reports to Hung on Kit.               [7]
    because the crew: Hung orders the crew to bring Kit to Ko Chun; the crew delivers Kit to Ko Chun; Ko Chun locks Kit up in the cells
  Hung orders the crew to bring Kit to Ko Chun.  [7]
    because Hung: the crew delivers Kit to Ko Chun; Ko Chun locks Kit up in the cells
  The crew delivers Kit to Ko Chun.              [7]
    because the crew: Ko Chun locks Kit up in the cells
  Ko Chun locks Kit up in the cells.             [8, 9]
    because Ko Chun: Ko Chun goes to the bungalow
  Ko Chun goes to the bungalow.

scene Two escapes                      [10-11]
  Kit breaks out of the cell.          [10]
    because Kit: Kit fights Chatchai; Kit knocks Chatchai out; Kit goes to the harbour
  Kit fights Chatchai.                 [10]
  Chatchai beats Kit.                  [10]
  Chatchai seizes Kit.                 [10]
    because Chatchai: Chatchai locks Kit up in the cells
  Chatchai locks Kit up in the cells.  [10]
    because Chatchai: Chatchai goes to the yard
  expect Kit knows strength(Chatchai) = 12
  Chatchai goes to the ward.           [11]
    because Chatchai: Chatchai asks Anong (match(Sa))
  Chatchai asks Anong (match(Sa)).     [11]
    because Chatchai: Chatchai goes to the yard
  Kwong goes to the ward.              [11]
    because Kwong: Kwong asks Anong (match(Sa))
  Kwong asks Anong (match(Sa)).
    because Kwong: Kwong goes to the cells
  Kwong goes to the cells.
  Chatchai goes to the yard.
  Kit asks Kwong (where(Chatchai)).    [10]
  expect Kit believes where(Chatchai) = the ward, where(Chatchai) = the yard
  Kit fights Kwong.                    [10]
    because Kit: Kit knocks Kwong out; Kit breaks out of the cell; Kit goes to the harbour
  Kit knocks Kwong out.                [10]
    because Kit: Kit breaks out of the cell; Kit goes to the harbour
  Kit robs Kwong of the phone.
    because Kit: Kit phones Wah
  Kit breaks out of the cell.          [10]
    because Kit: Kit goes to the harbour
  Chatchai knocks Kit out.             [10]
  Chatchai locks Kit up in the cells.  [10]
    because Chatchai: Chatchai goes to the yard
  Kwong comes to with Chatchai in mind.
  Kwong goes to the office.

scene The offer                                           [14-17]
  Wah goes to the hospital.                               [14]
  Wah keeps watch over the brother.                       [14]
  Hung offers Wah Kit for the brother.                    [14, 15]
    because Hung: Wah agrees to the exchange with Hung; Hung goes to the hospital; Wah exchanges captives with Hung; Hung delivers the brother to the surgeon; the surgeon transplants from the brother to Hung
  Wah agrees to the exchange with Hung.                   [16]
    because Wah: Hung goes to the hospital; Wah exchanges captives with Hung
  Kit phones Wah.                                         [16]
  Wah goes back on his word to Hung.                      [16]
  Wah tells the brother that the crew is to bring in the brother.
  Wah brings the brother to the house.                    [16]
  Hung goes to the hospital.                              [17]
    because Hung: Wah exchanges captives with Hung
  Ah-Zai goes to the hospital.                            [17]
  Wah orders the detectives to protect the brother.       [16]
    because Wah: the detectives go to the house; Wah goes to the office; Wah gives Kwong the envelope; Kwong opens the envelope; Kwong lets Wah slip in; Wah goes to the cells; Wah sets Kit free
  Hung sends Ah-Zai to bring the brother to the surgeon.  [17]
  The detectives go to the house.                         [16]
  Ah-Zai follows the detectives.                          [17]
  Ah-Zai stabs the detectives.                            [18]
  Ah-Zai seizes the brother.                              [17, 18]
  Ah-Zai sends Hung a picture of the brother.             [18]

scene The cells again                                    [19-20]
  Hung orders Ko Chun to bring Kit to the butchers.      [20]
  Wah goes to the office.                                [19]
    because Wah: Wah gives Kwong the envelope; Kwong opens the envelope; Kwong lets Wah slip in; Wah goes to the cells; Wah sets Kit free
  Wah gives Kwong the envelope.                          [19]
    because Wah: Kwong opens the envelope; Kwong lets Wah slip in; Wah goes to the cells; Wah sets Kit free
  Kwong opens the envelope.                              [19]
  Kwong lets Wah slip in.                                [19]
  Wah goes to the cells.                                 [19]
    because Wah: Wah sets Kit free
  Wah treats Kit.                                        [20]
  Wah tries in vain to set Kit free.                     [20]
    because Wah: Kit goes to the harbour
  Ko Chun goes to the cells.                             [20]
    because Ko Chun: Ko Chun seizes Kit; Ko Chun delivers Kit to the butchers
  Ko Chun seizes Wah.                                    [20]
  Ko Chun seizes Kit.                                    [20]
  Ko Chun orders Chatchai to bring Kit to the butchers.  [20]
    because Ko Chun: Chatchai delivers Kit to the butchers
  Ko Chun orders Kwong to bring Wah to the butchers.     [20]
    because Ko Chun: Kwong delivers Wah to the butchers; the butchers put Wah to death
  expect Chatchai does not know match(Sa)
  Chatchai delivers Kit to the butchers.                 [20]
    because Chatchai: Chatchai goes to the yard
  Kwong delivers Wah to the butchers.                    [20]

scene The hideout                                              [21-24]
  Chatchai takes Kwong to the yard.
  Kit breaks free of the butchers.                             [21]
    because Kit: Kit fights the butchers; Kit knocks the butchers out
  The butchers report to Ko Chun on Kit.                       [24]
  Kit fights the butchers.                                     [21]
    because Kit: Kit knocks the butchers out
  The registry tells Anong that Kit is the donor for Sa.       [13]
  Anong tells Chatchai that Kit is the donor for Sa.           [13]
  expect Chatchai knows match(Sa) = Kit
  Chatchai tells Kwong that Kit is the donor for Sa.           [22]
    because Chatchai: Chatchai brings Kwong to the hideout; Chatchai fights the butchers; Chatchai and Kwong knock the butchers out
  Chatchai brings Kwong to the hideout.                        [22]
    because Chatchai: Chatchai fights the butchers; Chatchai and Kwong knock the butchers out
    because Kwong: Chatchai fights the butchers; Chatchai and Kwong knock the butchers out
  The butchers shoot and wound Kit.                            [21, 23]
  Wah breaks free of the butchers.                             [21]
  The butchers shoot at Kit but hit Wah.                       [21, 23]
  Ko Chun orders the posse to bring Kit to the butchers.       [24]
    because Ko Chun: the posse goes to the hideout; the posse seizes Kit; the posse delivers Kit to the butchers
  Chatchai and Kit knock the butchers out.                     [21, 22]
    because Kit: Kit brings Wah to the ward; Anong treats Wah
  expect saved_by(Kit) = Chatchai
  Kit searches the butchers.                                   [25]
  expect Kit knows home(Hung) = the clinic
  Kit brings Wah to the ward.                                  [23]
    because Kit: Anong treats Wah
  Anong treats Wah.                                            [23]
  The posse goes to the hideout.                               [24]
    because the posse: the posse seizes Kit; the posse delivers Kit to the butchers
  The posse asks Kwong (where(Kit)) and hears nothing.         [23]
  The posse seizes Kwong.                                      [23]
    because the posse: the posse tortures Kwong (where(Kit))
  The posse tortures Kwong (where(Kit)) and hears nothing.     [23]
  Chatchai fights the posse.                                   [23]
    because Chatchai: Kwong breaks free of the posse
  Kwong breaks free of the posse.                              [23]
    because Kwong: Kwong goes to the ward
  The posse beats Chatchai.                                    [24]
    because the posse: the posse seizes Chatchai; the posse tortures Chatchai (where(Kit))
  The posse seizes Chatchai.                                   [24]
    because the posse: the posse tortures Chatchai (where(Kit))
  The posse reports to Ko Chun on Chatchai.                    [24]
  Kwong goes to the ward.                                      [23]
    because Kwong: Kwong reports to Kit on Chatchai
  The posse tortures Chatchai (where(Kit)) and hears nothing.  [24]
  Kwong reports to Kit on Chatchai.                            [25]

scene The clinic                                          [25-30]
  Ah-Zai delivers the brother to the surgeon.             [25]
    because Ah-Zai: Hung goes to the clinic; the surgeon transplants from the brother to Hung
  Hung goes to the clinic.                                [25]
    because Hung: the surgeon transplants from the brother to Hung
  Kit sneaks to the clinic.                               [25]
    because Kit: Kit seizes Hung; Kit offers Ko Chun Hung for Chatchai
  Kit knocks Ah-Zai out.                                  [25]
    because Kit: Kit seizes Hung; Kit offers Ko Chun Hung for Chatchai
  Kit seizes Hung.                                        [25]
    because Kit: Kit offers Ko Chun Hung for Chatchai
  Kit offers Ko Chun Hung for Chatchai.                   [25]
  Ko Chun agrees to the exchange with Kit.                [25]
    because Ko Chun: Ko Chun goes to the clinic; Ko Chun exchanges captives with Kit
  Ko Chun goes to the clinic.                             [26]
  Ko Chun orders the posse to bring Chatchai to Ko Chun.  [25]
    because Ko Chun: the posse delivers Chatchai to Ko Chun
  The posse delivers Chatchai to Ko Chun.                 [26]
  Ko Chun goes back on his word to Kit.                   [26]
    because Ko Chun: Ko Chun seizes Kit
  Ko Chun tries to seize Kit, who fights back.            [26]
    because Ko Chun: Ko Chun delivers Kit to the butchers
  Chatchai breaks free of Ko Chun.                        [27]
    because Chatchai: Chatchai and Kit knock Ko Chun out
  The posse tries to seize Chatchai, who fights back.     [26]
    because the posse: the posse delivers Chatchai to Ko Chun
  Chatchai and Kit knock the posse out.                   [27]
    because Kit: Chatchai and Kit knock Ko Chun out
    because Chatchai: Chatchai and Kit knock Ko Chun out
  The brother breaks free of the surgeon.
  Hung breaks free of Kit.                                [28]
    because Hung: Hung seizes the brother; the surgeon transplants from the brother to Hung
  Hung tries to seize the brother, who fights back.       [28]
    because Hung: the surgeon transplants from the brother to Hung
  Hung collapses.                                         [28]
  Hung tells the brother not to be afraid.                [29, 30]
  Hung dies of the wounds.                                [29, 30]

scene The window                                                      [31-35]
  expect Kit believes strength(Ko Chun) = 10, strength(Ko Chun) = 20  [31]
  Ko Chun stabs and wounds Chatchai.                                  [31, 32]
  Ko Chun knocks Chatchai out.                                        [32]
    because Ko Chun: Ko Chun seizes Kit
  Ko Chun pounds Kit against the window until it breaks.              [32]
  Chatchai comes to with Sa in mind.                                  [33]
  Chatchai hurls Ko Chun out of the window.                           [33]
  Chatchai throws Kit a chain, and Ko Chun grabs it.                  [34]
  Kit strangles Ko Chun.                                              [35]
    because Kit: Chatchai pulls Kit back to safety
  Chatchai pulls Kit back to safety.                                  [35]
    because Chatchai: Chatchai tells Kit that Kit is the donor for Sa; Kit goes to the ward; Anong transplants from Kit to Sa

scene Years later                                   [36]
  Chatchai goes to the ward.                        [36]
    because Chatchai: Chatchai tells Kit that Kit is the donor for Sa; Kit goes to the ward; Anong transplants from Kit to Sa
  Chatchai tells Kit that Kit is the donor for Sa.  [36]
    because Chatchai: Kit goes to the ward; Anong transplants from Kit to Sa
  Kit goes to the ward.                             [36]
    because Kit: Anong transplants from Kit to Sa
  Anong transplants from Kit to Sa.                 [36]
  Chatchai comforts Sa.                             [36]
  expect ailing(Sa) = hale, where(Kit) = where(Sa), health(Kit) <= wounded
