"""Gaps in a telling, completed by the planner.

`telling.py`: what stands fast and what is open; `flaws.py`: what goes wrong first, and what is missing for it; `search.py`: events put
into gaps until nothing goes wrong; `text.py`: the author's text with them; `fill.py`: all of it.
"""

from intrigue.filling.fill import Filled, Fillings, fill

__all__ = ["Filled", "Fillings", "fill"]
