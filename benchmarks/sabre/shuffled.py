"""The same problem with its declarations in another order: as easy to say, and for a search another problem.

What is as good is decided by the order in which it is declared, and so is how long a search takes. The order of triggers has a
meaning and stays.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

from benchmarks.sabre.instances import Instance

KINDS = ("entity", "property", "action")
"""What may come in another order."""


def shuffled(instance: Instance, number: int, folder: Path) -> Instance:
    """The instance with its declarations in an order of that number; its file is written into the folder."""
    declarations = split(instance.file.read_text(encoding="utf-8"))
    order = random.Random(f"{instance.file.name} {number}")
    for kind in KINDS:
        places = [at for at, text in enumerate(declarations) if re.match(rf"{kind}\s", text)]
        taken = [declarations[at] for at in places]
        order.shuffle(taken)
        for at, text in zip(places, taken, strict=True):
            declarations[at] = text
    file = folder / f"{instance.file.stem}~{number}.txt"
    file.write_text("".join(f"{text};\n" for text in declarations), encoding="utf-8")
    return replace(instance, name=f"{instance.name}~{number}", file=file)


def split(text: str) -> list[str]:
    """The declarations of a problem, without comments."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
    found, depth = [""], 0
    for part in re.split(r"([{}();])", text):
        depth += (part in ("{", "(")) - (part in ("}", ")"))
        if part == ";" and depth == 0:
            found.append("")
        else:
            found[-1] += part
    return [each.strip() for each in found if each.strip()]
