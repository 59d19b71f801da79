story A Time for Consequences
in heroic_bloodshed
include captivity
include undercover
include levers
include donors
include heights
source time_for_consequences.txt

cast
  Kit: cop, at the den, strength = 10, guard = Fai  [1]
  Wah: cop, at the station, armed, strength = 6  [14]
  the squad: cop, conscience, group of 10, at the station, armed  [4]
  Fai: fighter, at the den  [7]
  Hung: gangster, at the villa  [2]
  the brother: person, at the terminal  [3]
  the crew: dealer, group of 5, at the den, armed, loyal, boss = Hung, wanted  [1]
    aka the kidnappers
  Ko Chun: warder, gangster, keeper, at the yard, armed, loyal, strength = 20, boss = Hung, post = the yard  [8]
  Chatchai: warder, at the yard, armed, loyal, strength = 12, boss = Ko Chun, post = the yard  [10]
  Kwong: warder, at the yard, armed, loyal, strength = 5, boss = Ko Chun, post = the yard  [19]
  the surgeon: healer, keeper, at the clinic
  the doctor: healer, at the hospital  [5]

  the den, the villa, the ward, the clinic: place
  the terminal, the station, the hospital: place, public
  the yard: place
  the cells: place, closed, way_out = the yard

start
  dear(Kit, Fai)
  dear(Fai, Kit)
  secret dear(Wah, Kit) known to Wah, Kit; others believe no
  secret dear(Kit, Wah) known to Wah, Kit; others believe no
  secret handler(Kit) = Wah known to Kit, Wah; others believe nobody
  secret traitor(Hung) = Kit known to Kit, Wah; others believe nobody
  secret boss(the crew) = Hung known to Hung, the crew, Ko Chun
  secret errand(the crew) = nobody known to Hung, the crew
  secret consignee(the crew) = nobody known to Hung, the crew
  secret where(the crew) = the den known to Hung, the crew, Kit, Fai
  secret where(Kit) = the den known to Hung, the crew, Kit, Fai
  secret where(Fai) = the den known to Hung, the crew, Kit, Fai
  patient(the surgeon, Hung)
  ailing(Hung) = failing heart
  match(Hung) = the brother

scene The addict
  Kit takes the dope of the crew.  [1]
  expect the crew believes boss(Kit) = Hung, not (boss(Kit) = Hung)
  Hung sends the crew to bring the brother to the surgeon.  [4]
    because Hung: the crew goes to the terminal; the crew seizes the brother; the crew delivers the brother to the surgeon; Hung goes to the clinic; the surgeon transplants from the brother to Hung
  Kit asks the crew (errand(the crew)).  [4]
  expect Kit knows errand(the crew) = the brother
  Kit informs Wah on the crew.  [4]
    because Kit: Wah sneaks to the terminal; the crew goes to the terminal; the crew seizes the brother; Wah corners the crew; Wah arrests the crew

scene The terminal
  Wah informs the squad on the crew.
    because Wah: the squad sneaks to the terminal; the crew goes to the terminal; the squad corners the crew; the squad arrests the crew
  The squad sneaks to the terminal.
    because the squad: the crew goes to the terminal; the squad corners the crew; the squad arrests the crew
  The crew goes to the terminal.  [4]
  Kit goes to the terminal.
  The crew seizes the brother.
  The squad corners the crew.
  The crew shoots at the squad but hits the brother.  [5]
  The crew escapes to the den.  [6]
  Kit returns to the den.  [6]
    because Kit: Kit asks the crew (boss(the crew))
  The squad brings the brother to the hospital.  [5]
  The doctor treats the brother.  [5]

scene The cover
  The crew searches Kit.  [6]
  expect the crew knows handler(Kit) = Wah, the crew knows traitor(Hung) = Kit
  The crew shoots Fai.  [7]
  The crew knocks Kit out.  [7]
  The crew seizes Kit.
  The crew reports to Hung on Kit.
  Hung orders the crew to bring Kit to Ko Chun.
    because Hung: the crew delivers Kit to Ko Chun; Ko Chun locks Kit up in the cells
  The crew delivers Kit to Ko Chun.  [7]
  Ko Chun locks Kit up in the cells.  [9]

scene The offer
  Hung offers Wah Kit for the brother.  [14, 15]
    because Hung: Wah agrees to the exchange with Hung; Wah exchanges captives with Hung; Hung delivers the brother to the surgeon; the surgeon transplants from the brother to Hung
  Wah agrees to the exchange with Hung.  [16]
