"""Small stories in the shared world: what it does where no film goes."""

from __future__ import annotations

import intrigue

KIDNAPPER = """story The Kidnapper
in heroic bloodshed
include captivity
allow unmotivated-event: only what becomes of the captive is asked here
cast
  Li: cop, at the bar, strength = 3
  Rook: gangster, at the bar, strength = 2
  Lena: person, at the bar, strength = 1
  the bar: place, public
scene The bar
  Rook seizes Lena.
  expect custody(Lena) = Rook, captor(Lena) = Rook
  Li seizes Rook.
  expect custody(Rook) = Li, custody(Lena) = nobody, captor(Lena) = nobody
"""


def test_whoever_is_seized_lets_go_of_his_captive() -> None:
    """He has nobody in his power any more, and what he held does not come back into it."""
    report = intrigue.loads(KIDNAPPER).check()
    assert report.ok, str(report)
    assert report.counts["expectations_held"] == report.counts["expectations"]
