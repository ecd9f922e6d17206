"""The demo's clock: back to a moment of the past and home again, never ahead."""

from datetime import timedelta

import pytest

from berdaya.core import clock


def test_travel_goes_back_and_comes_home() -> None:
    then = clock.now() - timedelta(days=40)

    with clock.travel(then):
        inside = clock.now()

    assert inside == then
    assert clock.now() > then + timedelta(days=39)


def test_travel_never_goes_ahead() -> None:
    with pytest.raises(ValueError), clock.travel(clock.now() + timedelta(days=1)):
        pass
