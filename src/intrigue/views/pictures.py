"""The pictures: their names and what they show, known without drawing any. One entry a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intrigue.records import dataclass
from intrigue.views.makers import maker

if TYPE_CHECKING:
    from intrigue.views.chronicle import Chronicle


@dataclass(frozen=True, slots=True)
class Picture:
    """`title`: its heading on the page. `about`: what it shows. Drawn by `draw/NAME.py`."""

    name: str
    title: str
    about: str

    def make(self, told: Chronicle) -> str:
        """The picture as an SVG file of its own."""
        made: str = maker(f"draw.{self.name}:{self.name}")(told)
        return made


PICTURES = {
    picture.name: picture
    for picture in (
        Picture("storyline", "Storylines", "a line a person through places, events in sentences"),
        Picture("knowledge", "Who knows what, since when", "what people know, and take it to be"),
        Picture("why", "What hangs on what", "causes and motives; on what nothing hangs"),
        Picture("tension", "Tension", "what is open, which plans are doomed, who is wrong"),
        Picture("audience", "The audience", "what it knows and they do not, and the reverse"),
        Picture("relations", "Who is what to whom", "at six moments; on the page at any"),
        Picture("orders", "Two orders", "the order of the story against that of the telling"),
    )
}
