"""The furnished desk, and a day that stands still: figures told by then are the same for ever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from berdaya.core import clock
from tests.web.conftest import desk, furnished, sealed
from tests.world import TODAY

__all__ = ["desk", "furnished", "sealed"]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """Noon of the world's day."""
    with time_machine.travel(clock.start_of(TODAY) + timedelta(hours=12)):
        yield
