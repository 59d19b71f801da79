"""A story played from within: one person's acts are the player's, everybody else acts on motives of their own.

`session.py` holds the rules of a turn; `answers.py` what a turn answers; `minds.py` what everybody else is about to do; `scene.py` what
the person lives through; `choices.py` what that person could do; `transcript.py` a game written down; `talk.py` what is typed at the
prompt.
"""

from intrigue.play.answers import Hint, Scene
from intrigue.play.choices import Choice
from intrigue.play.session import Session, play

__all__ = ["Choice", "Hint", "Scene", "Session", "play"]
