"""The pages' templates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> Template:
    """A template, by its path below this folder; read once."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("intrigue", "views"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
