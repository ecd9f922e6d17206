"""The totals of a line of goods handed out: one conditional UPDATE each, never read then write."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from django.db.models import F

from berdaya.till.models import HandOutLine

Column = Literal["returned_qty", "lost_qty", "sold_qty"]


def claim(column: Column, asked: Mapping[int, Decimal]) -> int | None:
    """Let a total of lines (id -> quantity above zero) rise, in the order of their ids.

    Returns the id of the first line that has not so much left, is closed by its settlement, or,
    for what is sold, was not counted in yet: the caller refuses and everything is rolled back.
    """
    for pk in sorted(asked):
        rows = HandOutLine.objects.filter(
            pk=pk,
            is_closed=False,
            qty__gte=F("returned_qty") + F("lost_qty") + F("sold_qty") + asked[pk],
        )
        if column == "sold_qty":
            rows = rows.filter(received_qty__isnull=False)
        if asked[pk] <= 0 or not rows.update(**{column: F(column) + asked[pk]}):
            return pk
    return None
