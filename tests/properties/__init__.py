"""The engine against the reference on random worlds: 200 a test, always the same ones.

`INTRIGUE_WORLDS=5000 pytest tests/properties` tries so many instead, different ones each time.
"""

import os

from hypothesis import HealthCheck, settings

_ASKED = os.environ.get("INTRIGUE_WORLDS")

WORLDS = settings(
    max_examples=int(_ASKED or 200),
    derandomize=_ASKED is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
