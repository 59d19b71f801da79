"""Dataclasses with slots that cost little to define.

`dataclasses.dataclass` writes and compiles half a dozen methods for a class when the class is defined. The program defines more
than a hundred of them before it does anything, most of which a run never makes: that took a third of a short run. Here
comparison, hash and text are written once for all, and what makes instances is compiled when there are many to be made.

To the type checker, and to `fields`, `replace` and `asdict`, they are the dataclasses of the standard library.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False, eq: bool = True, repr: bool = True):
        """As `dataclasses.dataclass`, for classes with slots whose bases have slots too. Of what a `field` can say, its default
        and `repr`.

        Raises:
            TypeError: `slots` is not true, or a `field` says more.
        """
        if not slots:
            raise TypeError("only with slots; use the dataclass of the standard library")

        def define(kind: type) -> type:
            own = [
                name
                for name, said in kind.__annotations__.items()
                if not said.startswith("ClassVar")
            ]
            fields = (*getattr(kind, "__match_args__", ()), *own)
            body = {name: value for name, value in vars(kind).items() if name not in _REPLACED}
            given = {name: body.pop(name) for name in own if name in body}
            for name, value in given.items():
                if isinstance(value, Field) and not _plain(value):
                    raise TypeError(f"{kind.__name__}.{name} says more than its default and `repr`")
            shared = {"__init__": _first, "__reduce__": _reduced}
            shared |= {"__repr__": _shown} if repr else {}
            shared |= {"__eq__": _equal, "__hash__": _hash if frozen else None} if eq else {}
            shared |= {"__setattr__": _refused, "__delattr__": _refused} if frozen else {}
            fixed = {
                "__qualname__": kind.__qualname__,
                "__slots__": tuple(own),
                "__made__": 0,
                "__match_args__": fields,
                "__given__": getattr(kind, "__given__", {}) | given,
                "__values__": attrgetter(*(fields or ["__class__"])),
                "__dataclass_fields__": _Fields(),
                "__signature__": _Signature(),
            }
            return type(kind.__name__, kind.__bases__, shared | body | fixed)

        return define


_REPLACED = {"__dict__", "__weakref__"}


def _plain(value: Field[Any]) -> bool:
    return value.init and value.compare and value.hash is None and value.kw_only is not True


def _default(kind: Any, name: str) -> tuple[Any, Any]:
    """What a field is if it is not given, and what makes it; `MISSING` for none."""
    value = kind.__given__.get(name, MISSING)
    return (value.default, value.default_factory) if isinstance(value, Field) else (value, MISSING)


FEW = 16
"""So many instances are made without an `__init__` of their own: for fewer, to compile it takes longer."""


def _first(self: Any, *values: Any, **named: Any) -> None:
    """Makes the first few instances of a kind, then what makes the others."""
    kind = type(self)
    kind.__made__ += 1
    if kind.__made__ > FEW or not _made(self, kind, values, named):
        kind.__init__ = _initialiser(kind)
        kind.__init__(self, *values, **named)


def _made(self: Any, kind: Any, values: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Fills the fields of an instance; False if the arguments do not fit."""
    fields = kind.__match_args__
    given = dict(zip(fields, values, strict=False))
    if len(given) < len(values) or given.keys() & named.keys():
        return False
    given.update(named)
    for name in fields:
        if name not in given:
            value, make = _default(kind, name)
            if value is MISSING and make is MISSING:
                return False
            given[name] = value if make is MISSING else make()
    if len(given) != len(fields):
        return False
    for name in fields:
        getattr(kind, name).__set__(self, given[name])
    if hasattr(kind, "__post_init__"):
        self.__post_init__()
    return True


def _initialiser(kind: Any) -> Any:
    """The `__init__` of a kind of records, written and compiled."""
    scope: dict[str, Any] = {"_missing": MISSING}
    taken, lines = ["self"], []
    for name in kind.__match_args__:
        (default, make), value = _default(kind, name), name
        if make is not MISSING:
            scope[f"_make_{name}"] = make
            value = f"_make_{name}() if {name} is _missing else {name}"
            taken.append(f"{name}=_missing")
        elif default is not MISSING:
            scope[f"_default_{name}"] = default
            taken.append(f"{name}=_default_{name}")
        else:
            taken.append(name)
        scope[f"_put_{name}"] = getattr(kind, name).__set__
        lines.append(f"_put_{name}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(lines or ["pass"]), scope)
    return scope["__init__"]


class _Fields:
    """What the functions of `dataclasses` know a dataclass by, worked out when one of them asks."""

    def __get__(self, _: object, kind: Any) -> dict[str, Field[Any]]:
        kind.__dataclass_fields__ = found = _twin(kind).__dataclass_fields__
        return found  # type: ignore[no-any-return]


class _Signature:
    """What `inspect.signature` says of a kind of records, worked out when it asks."""

    def __get__(self, _: object, kind: Any) -> Any:
        from inspect import signature

        return signature(_twin(kind))


def _twin(kind: Any) -> Any:
    """The dataclass of the standard library that a kind of records is like."""
    said = {}
    for each in reversed(kind.__mro__):
        said.update(vars(each).get("__annotations__", {}))
    notes = {name: said[name] for name in kind.__match_args__}
    body = {"__annotations__": notes, "__module__": kind.__module__, **kind.__given__}
    return dataclasses.dataclass(type(kind.__name__, (), body))


def _equal(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    return self.__values__(self) == self.__values__(other)


def _hash(self: Any) -> int:
    return hash(self.__values__(self))


def _shown(self: Any) -> str:
    given = self.__given__
    hidden = {name for name in given if isinstance(given[name], Field) and not given[name].repr}
    names = [name for name in self.__match_args__ if name not in hidden]
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
    return f"{self.__class__.__qualname__}({fields})"


def _refused(self: Any, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{name!r} of a {self.__class__.__name__} cannot be changed")


def _reduced(self: Any) -> Any:
    """For copies and pickles."""
    return self.__class__, tuple(getattr(self, name) for name in self.__match_args__)
