"""Gaps in a telling, completed by the planner.

`telling.py`: what stands fast and what is open. `flaws.py`: what goes wrong first; `lacking.py`: what motives lack; `reasons.py`:
motives, each looked for once. `search.py`: all flaws, one after the other, with what was chosen before taken back; `ways.py`: ways
past one flaw, best first, made by `plans.py` (plans carried on), `single.py` (single events that mend it) and `towards.py` (several
events that lead there); `spots.py`: where they are put in; `limits.py`: how far to look. `text.py`: the author's text with them.
`fill.py`: all of it for the gaps of a story; `goal.py`: for a goal.
"""

from intrigue.filling.fill import Filled, Fillings, fill

__all__ = ["Filled", "Fillings", "fill"]
