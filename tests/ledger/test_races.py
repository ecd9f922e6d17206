"""A month that closes while somebody books in it, over two real connections."""

import threading

import pytest
from django.db import connection

from berdaya.core.verdicts import Refused
from berdaya.ledger.actions.books import close_month
from berdaya.ledger.models import Entry, PeriodClose
from tests.ledger.test_books import DAY, book_of, post
from tests.world import make_world

pytestmark = pytest.mark.race


def test_no_entry_slips_behind_a_closing(real_db: str) -> None:
    world = make_world()
    with world.everywhere():
        by, book = book_of(world)
    booked, told = threading.Event(), threading.Event()

    def close() -> None:
        booked.wait(timeout=10)
        with world.everywhere():
            close_month(by=by, book=book, month=DAY)
        told.set()
        connection.close()

    closing = threading.Thread(target=close)
    closing.start()
    with world.everywhere():
        post(by, book)
        booked.set()
        assert not told.wait(timeout=1), "the month closed over an entry on its way"
    closing.join(timeout=30)

    with world.everywhere():
        assert (Entry.objects.count(), PeriodClose.objects.count()) == (1, 1)
        with pytest.raises(Refused):
            post(by, book)
