"""A temporary table must not stand before the real one in what guards the books."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.ledger.test_books import SINCE, book_of, post, raw_leg
from tests.world import World

FORGED = """CREATE TEMP TABLE ledger_entry AS SELECT id, book_id, facility_id,
    %s::date AS booked_on, pg_current_xact_id()::text::bigint AS xid FROM public.ledger_entry"""
LEGS = """INSERT INTO public.ledger_leg
    (entry_id, account_id, facility_id, booked_on, debit_rp, credit_rp)
    VALUES (%(e)s, %(a)s, %(f)s, %(d)s, 1, 0), (%(e)s, %(a)s, %(f)s, %(d)s, 0, 1)"""


def test_temporary_table_does_not_stand_in_for_the_entry(world: World) -> None:
    with world.everywhere():
        by, book = book_of(world)
        entry = post(by, book)
        leg = raw_leg(entry, book)
        facts = {"e": entry.pk, "a": leg.account_id, "f": leg.facility_id, "d": SINCE}

        with (
            pytest.raises(DatabaseError, match=r"leg_outside|permission"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(FORGED, [SINCE])
            cursor.execute(LEGS, facts)


def test_every_guard_looks_at_temporary_tables_last(world: World) -> None:
    with world.everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND array_to_string(proconfig, '') ~ 'search_path'"
            " AND NOT array_to_string(proconfig, '') ~ 'pg_temp$'"
        )
        assert cursor.fetchall() == []
