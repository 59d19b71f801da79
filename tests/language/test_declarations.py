"""Sections of rules and of the opening: a text in, declarations out."""

from __future__ import annotations

from intrigue.language.tree import Observers, Pattern
from language.texts import effects, plain, story


def names(nodes: object) -> list[str]:
    assert isinstance(nodes, tuple)
    return [node.text for node in nodes]


def test_kinds() -> None:
    file = story("""\
story s
kinds
  gun: weapon
  cop, gangster: person
  singer: person, employee
  health = fit < wounded < dying < dead
  sight = clear | blind
  a: person; b: place
""")
    gun, cops, singer, health, sight, a, b = file.kinds
    assert (names(gun.names), names(gun.parents)) == (["gun"], ["weapon"])
    assert names(cops.names) == ["cop", "gangster"]
    assert names(singer.parents) == ["person", "employee"]
    assert (names(health.members), health.ordered) == (["fit", "wounded", "dying", "dead"], True)
    assert (names(sight.members), sight.ordered) == (["clear", "blind"], False)
    assert names(a.names) + names(b.names) == ["a", "b"]


def test_facts() -> None:
    file = story("""\
story s
facts
  where(person): place                visible to anyone at where(person)
  holder(held: thing): person or place
    visible to anyone at where(holder(held)) who awake(they), boss(held)
  health(p: person): health = fit
  blinded_by(p: person): person = nobody   "{value} blinded {p}"  promise
  loves(p: person, q: person)   known to p   "{p} loves {q}", "{p} is in love with {q}"
  money(p: person): number = -3
  brave(p: person): yes/no = unknown  "{p} is brave"
  alarm()
""")
    where, holder, health, blinded, loves, money, brave, alarm = file.facts
    assert [(p.name.text, names(p.kind)) for p in where.params] == [("person", ["person"])]
    assert describe(where.visible) == ["anyone at where(person)"]
    assert names(holder.range) == ["person", "place"]
    assert describe(holder.visible) == [
        "anyone at where(holder(held)) who awake(they)",
        "boss(held)",
    ]
    assert plain(health.default) == "fit"
    assert blinded.promise
    assert sentence(blinded.phrases[0]) == "{value} blinded {p}"
    assert list(map(plain, loves.known_to)) == ["p"]
    assert len(loves.phrases) == 2
    assert plain(money.default) == "[- 3]"
    assert (brave.range, plain(brave.default)) == ((), "<unknown>")
    assert (alarm.name.text, alarm.params) == ("alarm", ())


def describe(observers: tuple[Observers, ...]) -> list[str]:
    result = []
    for each in observers:
        place = f" at {plain(each.place)}" if each.place else ""
        who = f" who {plain(each.condition)}" if each.condition else ""
        word = ", ".join(map(plain, each.persons)) if each.word == "persons" else each.word
        result.append(word + place + who)
    return result


def sentence(pattern: Pattern) -> str:
    return "".join(part if isinstance(part, str) else f"{{{part.text}}}" for part in pattern.parts)


def test_definitions() -> None:
    file = story("""\
story s
define
  able(p: person) = health(p) <= wounded
    and awake(p)
  rival(p: person, q: person) = loves(p, r), loves(q, r)
    p != q
""")
    able, rival = file.definitions
    assert plain(able.body) == "[[health(p) <= wounded] and awake(p)]"
    assert plain(rival.body) == "[[loves(p, r) and loves(q, r)] and [p != q]]"


def test_an_action_with_all_its_clauses() -> None:
    file = story("""\
story s
action shoot(shooter: person, victim: person,
    gun: gun or knife)
  "{shooter} shoots {victim}"
  "{shooter} fires at {victim}", "{shooter} kills {victim} with {gun}"
  needs able(shooter), holder(gun) = shooter
    where(shooter) = where(victim), shooter != victim
  needs secretly loaded(gun), hopes not armed(victim)
    secretly (angry(shooter) or mad(shooter))
  makes health(victim) = dead
  will shooter, boss(shooter) if serves(shooter)
    victim if weary(victim)
  seen as accident(victim) by anyone at where(victim) who asleep(they)
  seen by anyone at where(victim), boss(shooter)
  heard by anyone: shots(where(victim)), alarm()
  takes 1 hour 30 minutes
  or else miss
    "{shooter} shoots at {victim} and misses"
    makes alert(victim)
  or else stray(other: person)
    "{shooter} shoots at {victim} but hits {other}"
    needs where(other) = where(victim), other != victim
    makes health(other) = wounded
    seen by nobody
action walk(walker: person, goal: place)
  "{walker} walks to {goal}"
  makes where(walker) = goal
  will walker
  journey
action storm
  "a storm breaks"
  fate
  seen by nobody
action weep(p: person)
  reaction
""")
    shoot, walk, storm, weep = file.actions
    assert [names(p.kind) for p in shoot.params] == [["person"], ["person"], ["gun", "knife"]]
    assert [sentence(p) for p in shoot.patterns] == [
        "{shooter} shoots {victim}",
        "{shooter} fires at {victim}",
        "{shooter} kills {victim} with {gun}",
    ]
    assert [(plain(n.condition), n.secret, n.hope) for n in shoot.needs] == [
        ("able(shooter)", False, False),
        ("[holder(gun) = shooter]", False, False),
        ("[where(shooter) = where(victim)]", False, False),
        ("[shooter != victim]", False, False),
        ("loaded(gun)", True, False),
        ("[not armed(victim)]", False, True),
        ("[angry(shooter) or mad(shooter)]", True, False),
    ]
    assert shoot.mode == "will"
    assert [(list(map(plain, w.who)), plain(w.when)) for w in shoot.will] == [
        (["shooter", "boss(shooter)"], "serves(shooter)"),
        (["victim"], "weary(victim)"),
    ]
    masked, seen, heard = shoot.seen
    assert plain(masked.call) == "accident(victim)"
    assert describe(masked.observers) == ["anyone at where(victim) who asleep(they)"]
    assert describe(seen.observers) == ["anyone at where(victim)", "boss(shooter)"]
    assert heard.effects is not None
    assert effects(heard.effects) == "shots(where(victim)) := <yes>; alarm() := <yes>"
    assert shoot.takes is not None
    assert shoot.takes.minutes == 90
    miss, stray = shoot.outcomes
    assert sentence(miss.patterns[0]) == "{shooter} shoots at {victim} and misses"
    assert [p.name.text for p in stray.params] == ["other"]
    assert len(stray.needs) == 2
    assert describe(stray.seen[0].observers) == ["nobody"]
    assert (walk.journey, shoot.journey) == (True, False)
    assert (storm.name.text, storm.params, storm.mode) == ("storm", (), "fate")
    assert weep.mode == "reaction"


def test_triggers_and_inferences() -> None:
    file = story("""\
story s
trigger grief(p: person, q: person)
  when p believes health(q) = dead, loves(p, q)
    not grieving(p)
  makes grieving(p)
infer confession(p: person)
  when confessed(p)
  makes guilty(p)
""")
    grief, confession = file.triggers
    assert list(map(plain, grief.when)) == [
        "[p believes [health(q) = dead]]",
        "loves(p, q)",
        "[not grieving(p)]",
    ]
    assert (grief.minds_only, confession.minds_only) == (False, True)


def test_wants() -> None:
    file = story("""\
story s
wants
  Jennie: sight(Jennie) = clear x5
  Ah Jong: alive(self) x5; sight(Jennie) = clear x3 while loves(self, Jennie)
    suffers until paid(self)
  Li suffers until jailed(Ah Jong) x2.5 while heeds_law(Li)   [3]
  Li wants to know killer_of(Lam)
  Sgt. Tsang shares Li x0.5
  each p: person, q: cop or gangster: p wants health(q) = fit x2 while kin(p, q)
""")
    assert [
        (plain(w.who), w.form, plain(w.what), w.to_know, w.weight, plain(w.during), w.citations)
        for w in file.wants
    ] == [
        ("Jennie", "wants", "[sight(Jennie) = clear]", False, 5, "as said", ()),
        ("Ah Jong", "wants", "alive(self)", False, 5, "as said", ()),
        ("Ah Jong", "wants", "[sight(Jennie) = clear]", False, 3, "loves(self, Jennie)", ()),
        ("Ah Jong", "suffers", "paid(self)", False, 1, "as said", ()),
        ("Li", "suffers", "jailed(Ah Jong)", False, 2.5, "heeds_law(Li)", (3,)),
        ("Li", "wants", "killer_of(Lam)", True, 1, "as said", ()),
        ("Sgt. Tsang", "shares", "Li", False, 0.5, "as said", ()),
        ("p", "wants", "[health(q) = fit]", False, 2, "kin(p, q)", ()),
    ]
    assert [(p.name.text, names(p.kind)) for p in file.wants[-1].params] == [
        ("p", ["person"]),
        ("q", ["cop", "gangster"]),
    ]


def test_cast() -> None:
    file = story("""\
story s
cast
  Ah Jong: gangster, at the nightclub, holding the pistol and the case    [1]
    aka the assassin, 阿莊      [2]
    brave, not drunk
  the hitmen: gangster, group of 6, boss = Wong Hoi
  the nightclub, "Life and Death": place
  Jennie's song: claim = sings(Jennie)
  the question: question = where(Ah Jong)
""")
    jong, hitmen, places, song, question = file.cast
    assert (names(jong.names), names(jong.kinds)) == (["Ah Jong"], ["gangster", "brave"])
    assert names(jong.aliases) == ["the assassin", "阿莊"]
    assert jong.citations == (1, 2)
    assert [(p.word, p.name and p.name.text, plain(p.value)) for p in jong.properties] == [
        ("at", None, "the nightclub"),
        ("holding", None, "the pistol"),
        ("holding", None, "the case"),
        ("fact", "drunk", "<no>"),
    ]
    assert [(p.word, p.name and p.name.text, plain(p.value)) for p in hitmen.properties] == [
        ("group", None, "6"),
        ("fact", "boss", "Wong Hoi"),
    ]
    assert names(places.names) == ["the nightclub", "Life and Death"]
    assert (names(song.kinds), plain(song.stands_for)) == (["claim"], "sings(Jennie)")
    assert plain(question.stands_for) == "where(Ah Jong)"


def test_start() -> None:
    file = story("""\
story s
start
  employer(Ah Jong) = Wong Hoi   [1]
  alarm
  not armed(Li)
  secret employer(Ah Jong) = Wong Hoi known to Ah Jong, Fung Sei; others believe nobody
  secret traitor(Kit) known to Kit
  secret cursed(Kit) known to nobody
  Li believes blinded_by(Jennie) = nobody
  Li believes that Jennie believes not armed(Li)
""")
    assert [
        (
            line.form,
            list(map(plain, line.path)),
            plain(line.place),
            plain(line.value),
            list(map(plain, line.known)),
            plain(line.others),
            line.citations,
        )
        for line in file.start
    ] == [
        ("holds", [], "employer(Ah Jong)", "Wong Hoi", [], "as said", (1,)),
        ("holds", [], "alarm", "<yes>", [], "as said", ()),
        ("holds", [], "armed(Li)", "<no>", [], "as said", ()),
        ("secret", [], "employer(Ah Jong)", "Wong Hoi", ["Ah Jong", "Fung Sei"], "<none>", ()),
        ("secret", [], "traitor(Kit)", "<yes>", ["Kit"], "as said", ()),
        ("secret", [], "cursed(Kit)", "<yes>", [], "as said", ()),
        ("belief", ["Li"], "blinded_by(Jennie)", "<none>", [], "as said", ()),
        ("belief", ["Li", "Jennie"], "armed(Li)", "<no>", [], "as said", ()),
    ]


def test_endings_includes_and_allows() -> None:
    file = story("""\
story The Killer   # a comment
include guns.world
in heroic bloodshed
source the_killer.txt
allow fate-heavy: accidents are what it is about,
  from beginning to end
ending happy: sight(Jennie) = clear
  alive(Ah Jong)
""")
    assert file.title == "The Killer"
    assert [include.target for include in file.includes] == ["guns.world", "heroic bloodshed"]
    assert file.source_document is not None
    assert file.source_document.target == "the_killer.txt"
    assert [(a.code.text, a.reason) for a in file.allows] == [
        ("fate-heavy", "accidents are what it is about, from beginning to end")
    ]
    (happy,) = file.endings
    assert (happy.name.text, plain(happy.condition)) == (
        "happy",
        "[[sight(Jennie) = clear] and alive(Ah Jong)]",
    )
