"""Numbers without gaps: a counter row per series and year, drawn last in a short transaction."""

from django.db import connection

from berdaya.core.scope import required


def draw(series: str, year: int) -> int:
    """The next number of `series` in `year`, from 1. A rolled-back transaction returns it.

    The counter row stays locked until commit, so draw last. Raises ScopeMissing outside a scope.
    """
    return draw_many(series, year, 1)[0]


def draw_many(series: str, year: int, count: int) -> range:
    """The next `count` numbers, at least one, in one step; otherwise as `draw`."""
    required()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_numberseries (series, year, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (series, year)"
            " DO UPDATE SET last = core_numberseries.last + excluded.last"
            " RETURNING last",
            [series, year, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
