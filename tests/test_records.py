"""Records: dataclasses to whoever uses them, quicker to define."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from typing import ClassVar

import pytest

from intrigue.records import FEW, dataclass
from intrigue.story.motives import Limits


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes how much."""

    CURRENCY: ClassVar[str] = "HK$"

    debtor: str
    sum: int = 10
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loan(Debt):
    lender: str = "the bank"


@dataclass(slots=True)
class Purse:
    coins: int = 0
    heavy: bool = False

    def __post_init__(self) -> None:
        self.heavy = self.coins > 100


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_it_is_made_as_a_dataclass_is() -> None:
    assert Debt("Li") == Debt("Li", 10, [])
    assert Debt("Li").notes is not Debt("Li").notes
    assert Debt(sum=3, debtor="Li") != Debt("Li")
    assert repr(Debt("Li", 3)) == "Debt(debtor='Li', sum=3, notes=[])"
    assert Purse(101).heavy and Debt.CURRENCY == "HK$"
    assert Nothing() == Nothing() and hash(Nothing()) == hash(Nothing())


def test_the_first_few_are_like_the_many() -> None:
    made = [Debt(debtor="Li", sum=each) for each in range(2 * FEW)]
    assert [each.sum for each in made] == [*range(2 * FEW)]
    assert len({id(each.notes) for each in made}) == 2 * FEW
    wrongs: list[tuple[object, ...]] = [("Li", 1, [], "more"), ()]
    for wrong in wrongs:
        with pytest.raises(TypeError):
            Debt(*wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="interest"):
        Loan("Li", interest=3)  # type: ignore[call-arg]


def test_what_a_field_says_of_itself_is_heeded() -> None:
    @dataclass(frozen=True, slots=True)
    class Letter:
        to: str
        text: str = field(repr=False)

    assert repr(Letter("Li", "a long text")) == f"{Letter.__qualname__}(to='Li')"
    with pytest.raises(TypeError, match="text"):
        Letter("Li")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="sum says more"):

        @dataclass(frozen=True, slots=True)
        class Tally:
            sum: int = field(compare=False)


def test_one_that_inherits_has_all_the_fields() -> None:
    assert Loan("Li", 5).lender == "the bank"
    assert Loan("Li", 5, [], "Sa") == Loan(debtor="Li", sum=5, lender="Sa")
    assert Loan("Li") != Debt("Li")


def test_the_standard_functions_know_it() -> None:
    assert dataclasses.asdict(Loan("Li", lender="Sa")) == {
        "debtor": "Li",
        "sum": 10,
        "notes": [],
        "lender": "Sa",
    }
    assert dataclasses.replace(Debt("Li"), sum=3) == Debt("Li", 3)
    assert [each.name for each in dataclasses.fields(Purse)] == ["coins", "heavy"]


def test_its_signature_names_what_it_takes() -> None:
    taken = inspect.signature(Loan).parameters
    assert [*taken] == ["debtor", "sum", "notes", "lender"]
    assert (taken["debtor"].annotation, taken["sum"].default) == ("str", 10)
    assert [*inspect.signature(Limits).parameters][:2] == ["events", "minds"]
    assert not inspect.signature(Nothing).parameters


def test_what_is_frozen_stays_as_it_is_and_can_be_copied() -> None:
    debt = Debt("Li", 3, ["soon"])
    with pytest.raises(dataclasses.FrozenInstanceError, match="'sum' of a Debt"):
        debt.sum = 4  # type: ignore[misc]
    assert copy.deepcopy(debt) == debt
    assert pickle.loads(pickle.dumps(debt)) == debt
    with pytest.raises(AttributeError):
        Purse().weight = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="debtor"):
        Debt()  # type: ignore[call-arg]
