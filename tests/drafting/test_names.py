"""Who is named: small synopses with all persons, and what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.drafting.names import find
from intrigue.drafting.sentences import split

SOURCES = Path(__file__).parents[3] / "shared" / "sources"


def persons(text: str) -> dict[str, list[str]]:
    return {each.name: each.aliases for each in find(split(text).sentences).persons}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Young architect Elena Petrova moves from Moscow to Lisbon after her husband Viktor dies. "
            "In Lisbon, Inspector Salgado of the Judicial Police follows Elena to the Douro Valley.",
            {"Elena Petrova", "Viktor", "Salgado"},
        ),
        (
            "After the war, Sam returns to Nebraska with his brother Joe and Joe's wife Caroline.\n"
            "The Midland Railroad wants the land.\n"
            "Its agent, a smooth man called Bartholomew P. Crane, offers Joe money.\n"
            "Sam learns it from Widow Abernathy at church, and drives to Omaha.",
            {"Sam", "Joe", "Caroline", "Bartholomew P Crane", "Abernathy"},
        ),
        (
            "Tom's roommate Will says that Tom was with him in Paris.\nTom will not speak.\n"
            "Rose, the cat of St Mary's College, is adopted by Will.",
            {"Tom", "Will"},
        ),
        (
            "In Marseille, Jean-Luc Moreau owes money to Madame de la Croix.\n"
            "De la Croix sends two thugs, Rocco and Little Mario, to collect.\n"
            "Mario is beaten by Moreau, but Rocco asks Police Captain O'Neill, an Irishman, for help.\n"
            "At the Café du Port, Moreau meets de la Croix's son Luc.",
            {"Moreau", "Croix", "Rocco", "Mario", "O'Neill", "Luc"},
        ),
        (
            "April Jones, a reporter for the Daily Star, loses her job.\n"
            "Sir Hugh McDonald tells April why.\nApril breaks into McDonald Tower in March.\n"
            "The FBI arrests McDonald at JFK Airport.",
            {"April", "Hugh McDonald"},
        ),
        (
            "Vera Lund plans to rob the bank with her brother Emil. Poor Emil tells the police. Vera runs.",
            {"Vera Lund", "Emil"},
        ),
        ("Kit, Wah and Kwong escape. The FBI arrests Kwong on Monday.", {"Kit", "Wah", "Kwong"}),
        ("The swordsman 李慕 leaves for Luoyang. There 李慕's master dies.", {"李慕"}),
        ("Анна встречает у моря Сергея и Ольгу.", {"Сергея", "Ольгу"}),
        (
            "Her handler, Commander Brandt, believes she is dead. Brandt sells her name to Admiral Voss.",
            {"Brandt", "Voss"},
        ),
        ("Nobody here has a name. It rains.", set()),
        (
            "The Kwan brothers rob the bank of Father O'Malley and hide in St. Mary's church, the church of St. Anne.\n"
            '"Run!" shouts Jean-Luc de Bourbon. He is caught by the twins Ada and Ida.',
            {"O'Malley", "Jean-Luc de Bourbon", "Ada", "Ida"},
        ),
        (
            "Mr. Is meets O'Hara. \"I'll kill you,\" says O'Hara. \"Don't!\" says Mr. Is. You'd run.",
            {"Mr Is", "O'Hara"},
        ),
    ],
)
def test_persons_are_told_from_the_rest(text: str, names: set[str]) -> None:
    assert set(persons(text)) == names


def test_forms_of_one_name_are_joined() -> None:
    found = persons(
        "Detective Li Ying meets Dr. Jane Moss. Li asks Moss about Mr Hung. Hung kills Jane's friend."
    )
    assert found == {
        "Li Ying": ["Detective Li Ying", "Li"],
        "Jane Moss": ["Dr Jane Moss", "Moss", "Jane"],
        "Hung": ["Mr Hung"],
    }


def test_a_name_in_brackets_is_another_of_the_same_person() -> None:
    found = persons("Jack married Mandy (Chui Jing Lui). A friend (Wong Tak Ban) saw Mandy's eyes.")
    assert found["Mandy"] == ["Chui Jing Lui"]
    assert "Wong Tak Ban" in found


def test_of_two_with_one_family_name_none_is_the_other() -> None:
    found = persons("Anna Berg loves Tom Berg. Berg's wife asks Anna. Tom cries.")
    assert "Anna Berg" in {name for each, aliases in found.items() for name in (each, *aliases)}
    assert len({"Anna", "Anna Berg"} & set(found)) == 1
    assert len({"Tom", "Tom Berg"} & set(found)) == 1


NAMED = {
    "the_killer": {"Ah Jong", "Jennie", "Li", "Wong Hoi", "Tsang", "Fung Sei"},
    "time_for_consequences": {"Kit", "Hung", "Ko Chun", "Chatchai", "Sa", "Wah", "Ah-Zai", "Kwong"},
    "heroic_duo": {"Ken", "Brenda", "Jack", "Mandy", "Grace", "Wong Tak Ban"},
}


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the sources are not here")
@pytest.mark.parametrize("film", NAMED)
def test_the_persons_of_the_sources_are_found(film: str) -> None:
    found = set(persons((SOURCES / f"{film}.txt").read_text(encoding="utf-8")))
    assert len(found & NAMED[film]) >= 0.9 * len(NAMED[film])
    assert len(found - NAMED[film]) <= 2
