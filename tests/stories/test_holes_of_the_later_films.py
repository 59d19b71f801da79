"""What the sources of the two later films leave open: told without the event that answers it, `check` asks where it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .holes import asked, excerpt


@dataclass(frozen=True)
class Hole:
    """What a source does not say, what mends it, the scene before which the excerpt ends, and what is said without the mending:
    codes (or that there is no motive), and the text that they underline."""

    film: str
    question: str
    mended_by: str
    until: str
    found: tuple[tuple[str, str], ...]


TIME, DUO = "time_for_consequences", "heroic_duo"
HOLES = (
    Hole(
        TIME,
        "How is his cover blown? [6]",
        "The crew searches Kit.",
        "Two escapes",
        (("failed-expectation", "the crew knows traitor(Hung) = Kit"),),
    ),
    Hole(
        TIME,
        "On what new error does the second escape rest? [10]",
        "Kit asks Kwong (where(Chatchai)).",
        "The offer",
        (
            ("failed-expectation", "Kit believes where(Chatchai) = the ward"),
            ("no motive", "Kit fights Kwong"),
            ("no motive", "Kit breaks out of the cell"),
        ),
    ),
    Hole(
        TIME,
        "How does Hung learn whom he has, and who guards the brother? [14]",
        "The crew reports to Hung on Kit.",
        "The cells again",
        (
            ("no motive", "Hung orders the crew to bring Kit to Ko Chun"),
            ("no motive", "Hung offers Wah Kit for the brother"),
        ),
    ),
    Hole(
        TIME,
        "How does Wah find the prison? [16]",
        "Kit phones Wah.",
        "The hideout",
        (("no motive", "Wah goes to the office"), ("no motive", "Wah gives Kwong the envelope")),
    ),
    Hole(
        TIME,
        "When does Chatchai learn who the donor is? [22]",
        "Anong tells Chatchai that Kit is the donor for Sa.",
        "The clinic",
        (
            ("impossible-event", "Chatchai tells Kwong that Kit is the donor for Sa"),
            ("no motive", "Chatchai brings Kwong to the hideout"),
        ),
    ),
    Hole(
        TIME,
        "How does Kit find the clinic? [25]",
        "Kit searches the butchers.",
        "The window",
        (
            ("failed-expectation", "Kit knows home(Hung) = the clinic"),
            ("no motive", "Kit seizes Hung"),
        ),
    ),
    Hole(
        TIME,
        "How does Kit learn that Chatchai was taken? [25]",
        "Kwong reports to Kit on Chatchai.",
        "The window",
        (("no motive", "Kit seizes Hung"), ("no motive", "Kit offers Ko Chun Hung for Chatchai")),
    ),
    Hole(
        DUO,
        "Who tells Jack that his picture has been read? [26, 29]",
        "Ken promises Jack his freedom.",
        "The shore",
        (("impossible-event", "Ken lets Jack die for show"),),
    ),
    Hole(
        DUO,
        "How did Brenda get free? [32, 35]",
        "Brenda breaks free of the keepers.",
        "Fire",
        (("impossible-event", "The keepers shoot and wound Brenda"),),
    ),
    Hole(
        DUO,
        "What became of the chief? [33, 37]",
        "The lair explodes.",
        "The door",
        (("failed-expectation", "health(the patron) = dead"),),
    ),
)


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.question)
def test_a_hole_of_the_source_is_found(tmp_path: Path, hole: Hole) -> None:
    found = asked(excerpt(tmp_path, hole.film, hole.mended_by, hole.until))
    for one in hole.found:
        assert one in found
