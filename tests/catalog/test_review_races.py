"""Several look at a photo at once: one review stands, the others are told."""

import pytest

from berdaya.catalog.actions.photos import approve_photo, refuse_photo
from berdaya.catalog.models import CHECKS, Photo, PhotoReview
from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from tests.stock.test_races import together
from tests.world import make_world

pytestmark = pytest.mark.race


def test_of_two_reviews_at_once_one_stands(real_db: str) -> None:
    world = make_world()
    head, region = world.actor("head"), world.actor("regional")
    with world.everywhere():
        photo = Photo.objects.create(
            facility=world.atb, digest="0" * 64, width=9, height=9, alt="Kain",
            uploaded_by=world.staff["officer"], uploaded_at=clock.now(),
        )  # fmt: skip
    told: list[str] = []

    def review(place: int) -> None:
        by = head if place % 2 else region
        try:
            with acting(by, "race"):
                if place % 2:
                    approve_photo(by=by, photo=photo, ticked=list(CHECKS))
                else:
                    refuse_photo(by=by, photo=photo, reason="Tembok")
        except Refused as refused:
            told.extend(refused.verdict.codes)

    ends = together(review)

    assert ends == [None] * 4
    assert told == ["photo_reviewed"] * 3
    with world.everywhere():
        assert PhotoReview.objects.count() == 1
