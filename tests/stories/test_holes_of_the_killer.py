"""The source leaves questions open. The story answers each with an event or an opening fact; without that, `check` asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .holes import asked, excerpt


@dataclass(frozen=True)
class Hole:
    """What the source does not say, what the story adds, and what is said of the story without it."""

    question: str
    sentences: str
    """Which sentences of the source raise it."""
    mended_by: str
    """The beginning of the line that answers it."""
    until: str
    """The scene before which the excerpt ends."""
    found: tuple[tuple[str, str], ...]
    """What `check` says: a code (or that there is no motive), and the text that it underlines."""
    instead: str = ""
    """What the line becomes; left out if empty."""


HOLES = (
    Hole(
        "How does the boss hear that the job is done?",
        "[5], [6]",
        "  Ah Jong phones Fung Sei.                    [6]",
        "The beach",
        (
            ("no motive", "Fung Sei reports to Wong Hoi on Ah Jong"),
            ("no motive", "Wong Hoi sends the hitmen to kill Ah Jong"),
        ),
    ),
    Hole(
        "How do the killers know where he fled?",
        "[6]",
        "  Fung Sei reports to Wong Hoi on Ah Jong.    [6]",
        "The casualty ward",
        (("no motive", "Wong Hoi sends the hitmen to kill Ah Jong"),),
    ),
    Hole(
        "How does Li know who saved the child?",
        "[8], [10]",
        "  Li asks the doctor who saved the life of the child.",
        "A trail to Jennie",
        (("failed-expectation", "admires(Li, Ah Jong)"),),
    ),
    Hole(
        "How does Li know who blinded Jennie?",
        "[11], [13]",
        "  Li investigates what happened to Jennie.",
        "The suitcase",
        (
            ("impossible-event", "Li tells Jennie that Ah Jong blinded Jennie"),
            ("failed-expectation", "Li knows Jennie knows blinded_by(Jennie) = Ah Jong"),
        ),
    ),
    Hole(
        "How do they know that he visits her?",
        "[11]",
        "  Li asks Jennie where Ah Jong is to be found.",
        "The visit",
        (("no motive", "Li reports to Tsang on Ah Jong"),),
    ),
    Hole(
        "How does Fung Sei know of his home?",
        "[18], [19]",
        "  secret home(Ah Jong) = the house known to Ah Jong, Fung Sei",
        "Another ambush",
        (
            (
                "false-motive",
                "because Fung Sei: Ah Jong goes to the house; Fung Sei gives the arsenal to Ah Jong",
            ),
        ),
        instead="  secret home(Ah Jong) = the house known to Ah Jong",
    ),
    Hole(
        "How does Li know of his home, and the Triad?",
        "[18], [20]",
        "  Tsang reports to Li on Ah Jong.              [18]",
        "Friends",
        (
            ("no motive", "Wong Hoi sends the raiders to kill Ah Jong"),
            ("no motive", "The raiders shoot Tsang"),
            ("false-motive", "because Li: Li corners Ah Jong; Li arrests Ah Jong"),
            ("no motive", "The raiders sneak to the house"),
        ),
    ),
    Hole(
        "How does Fung Sei know where they wait?",
        "[24], [25]",
        "  Ah Jong phones Fung Sei.            [24]",
        "The battle",
        (("no motive", "Fung Sei takes the bag"),),
    ),
)


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.question)
def test_a_hole_of_the_source_is_found(tmp_path: Path, hole: Hole) -> None:
    found = asked(excerpt(tmp_path, "the_killer", hole.mended_by, hole.until, hole.instead))
    for one in hole.found:
        assert one in found
