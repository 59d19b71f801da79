"""Arguments of the library's functions: one text where several may be; what is of another kind than is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Kind = TypeVar("Kind", bound=type)


def texts(given: object, name: str, *others: type) -> tuple[str, ...]:
    """One text or several, as several; what is of one of the `others` counts as its text. Raises TypeError, with the argument's name,
    for anything else."""
    kinds = (str, *others)
    if isinstance(given, kinds):
        return (str(given),)
    several = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in several:
        if not isinstance(each, kinds):
            raise TypeError(f"{name} must be a text or several, not {given!r}")
    return tuple(map(str, several))


_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "Path": "a path",
    "Limits": "a Limits",
    "Change": "a Change",
    "Choice": "a choice",
    "None": "None",
}
"""What an annotation may say that is checked, and what it says."""


def as_annotated(kind: Kind) -> Kind:
    """Has the methods of a class refuse, with a TypeError, an argument that is of none of the kinds that its annotation names. Only
    what is in `_WORDS` is looked at."""
    for name, method in list(vars(kind).items()):
        if isinstance(method, FunctionType):
            setattr(kind, name, checked(method))
    return kind


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """The same of one function."""
    said = {each: noted.split(" | ") for each, noted in function.__annotations__.items()}
    looked_at = {each: kinds for each, kinds in said.items() if _WORDS.keys() >= {*kinds}}
    looked_at.pop("return", None)
    if not looked_at:
        return function
    plain: Any = function
    order = plain.__code__.co_varnames[: plain.__code__.co_argcount]

    @wraps(function)
    def called(*values: P.args, **named: P.kwargs) -> R:
        for name, value in (*zip(order, values, strict=False), *named.items()):
            kinds = looked_at.get(name)
            if kinds is not None and not any(_is(value, kind) for kind in kinds):
                wanted = " or ".join(_WORDS[kind] for kind in kinds)
                raise TypeError(f"{called.__name__}: {name} must be {wanted}, not {value!r}")
        return function(*values, **named)

    return called


def _is(value: object, kind: str) -> bool:
    if kind in ("int", "float"):
        return hasattr(value, "__index__" if kind == "int" else "__float__")
    if value is None:
        return kind == "None"
    return kind in (each.__name__ for each in type(value).__mro__)
