"""Gaps in a telling, completed by the planner.

`telling.py`: what stands fast and what is open. `flaws.py`: what goes wrong first; `lacking.py`: what motives may lack, of which
`hypotheses.py` tries what would truly give them; `untold.py`: what of the truth would; `reasons.py`: motives, each looked for once.
`search.py`: all flaws, one after the other, with what was chosen before taken back. Ways past one flaw (`best_first.py`): `chains.py`
(backwards by trial, where there is a telling to go by) and `ways.py` (towards what is to be so, guessed by `towards.py`), both with
`plans.py` (plans carried on); `spots.py`: where events are put in; `limits.py`: how far to look. `text.py`: the author's text with
them. `fill.py`: all of it for the gaps of a story; `goal.py`: for a goal.
"""

from intrigue.filling.fill import Filled, Fillings, fill

__all__ = ["Filled", "Fillings", "fill"]
