"""Text to syntax tree: `load` a file with its includes, `parse` one text, `parse_expression` for a question."""

from intrigue.language.effects import parse_effects
from intrigue.language.expressions import parse_expression
from intrigue.language.load import load
from intrigue.language.parse import parse

__all__ = ["load", "parse", "parse_effects", "parse_expression"]
