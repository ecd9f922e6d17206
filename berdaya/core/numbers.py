"""Numbers without gaps: a counter row per series and year, drawn last in a short transaction."""

from django.db import connection

from berdaya.core.scope import required


def draw(series: str, year: int) -> int:
    """The next number of `series` in `year`, from 1. A rolled-back transaction returns it.

    The counter row stays locked until commit, so draw last. Raises ScopeMissing outside a scope.
    """
    required()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_numberseries (series, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (series, year) DO UPDATE SET last = core_numberseries.last + 1"
            " RETURNING last",
            [series, year],
        )
        return int(cursor.fetchone()[0])
