"""Every example is put to the reference and to the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .sides import Engine, Reference
from .sketch import Sketch
from .story import Story


@pytest.fixture(params=[Reference, Engine], ids=["reference", "engine"])
def tell(request: pytest.FixtureRequest) -> Callable[[Sketch], Story]:
    """Starts the story of a sketch."""
    return lambda sketch: Story(sketch, request.param(sketch.problem()))
