"""The checked model: every name resolved, every type known."""

from intrigue.world.check import check

__all__ = ["check"]
