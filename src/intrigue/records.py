"""Records: immutable dataclasses with slots that cost little to define.

What `dataclass` would write and compile for each of many classes whenever they are imported is here once, so that every run of
the program begins sooner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[Class]) -> type[Class]:
    """A dataclass with slots, immutable for the type checker; equal records have the same kind and equal fields."""
    made: Any = dataclass(slots=True, repr=False, eq=False)(kind)
    made.__eq__ = _equal
    made.__hash__ = _hash
    made.__repr__ = _shown
    return made  # type: ignore[no-any-return]


def _equal(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    return all(getattr(self, name) == getattr(other, name) for name in self.__dataclass_fields__)


def _hash(self: Any) -> int:
    return hash(tuple([getattr(self, name) for name in self.__dataclass_fields__]))


def _shown(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{self.__class__.__name__}({fields})"
