"""Two who issue the same paper at once get one number, and no number is lost."""

import pytest

from berdaya.core.scope import acting
from berdaya.papers.actions.documents import issue_document
from berdaya.papers.models import Document
from tests.stock.test_races import together
from tests.world import TODAY, make_world

pytestmark = pytest.mark.race


def test_same_paper_issued_at_once_has_one_number(real_db: str) -> None:
    world = make_world()
    officer = world.actor("officer")
    given: list[int] = []

    def issue(subject: str) -> Document:
        with acting(officer, "race"):
            return issue_document(
                by=officer, type="SIKB", facility=world.atb, day=TODAY, subject_ref=subject
            )

    ends = together(lambda _place: given.append(issue("gate:1").number))

    assert ends == [None] * 4
    assert given == [1, 1, 1, 1]
    assert issue("gate:2").number == 2
    with world.acting():
        assert Document.objects.count() == 2
