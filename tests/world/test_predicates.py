"""What is said of somebody, denied as in English."""

from __future__ import annotations

import pytest

from intrigue.world.predicates import denied


@pytest.mark.parametrize(
    ("said", "so"),
    [
        ("trusts Tomas", "Li does not trust Tomas"),
        ("is dear to Tomas", "Li is not dear to Tomas"),
        ("has something to get off the chest", "Li does not have something to get off the chest"),
        ("has had his pay", "Li has not had his pay"),
        ("has given Tomas his word", "Li has not given Tomas his word"),
        ("promised Tomas a boat", "it is not so that Li promised Tomas a boat"),
        ("does not keep his word", "it is not so that Li does not keep his word"),
    ],
)
def test_what_is_not_so(said: str, so: str) -> None:
    assert denied("Li", said, many=False) == so


def test_many_do_not() -> None:
    assert denied("the twins", "trust Tomas", many=True) == "the twins do not trust Tomas"


def test_what_is_about_nobody_is_denied_as_a_whole() -> None:
    assert denied("", "the police want Li", many=False) == "it is not so that the police want Li"
