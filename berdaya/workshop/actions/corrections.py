"""What a sheet should have said about a batch that is already closed."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol, cast

from django.db.models import Sum

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.workshop import rules
from berdaya.workshop.models import Batch, BatchClosing, BatchCorrection

Key = tuple[int, int | None]


class Amounts(Protocol):
    @property
    def minutes(self) -> int: ...

    @property
    def pieces(self) -> Decimal: ...


def closed_among(batches: Mapping[int, Batch]) -> frozenset[int]:
    """Those of the (locked) batches that are closed."""
    if not batches:
        return frozenset()
    rows = BatchClosing.objects.filter(batch_id__in=batches.keys())
    return frozenset(rows.values_list("batch_id", flat=True))


class Ledger:
    """Corrections of one filing; what was corrected before counts as already said."""

    def __init__(self, by: Actor, closed: frozenset[int], reason: str, facility: Facility) -> None:
        self.by, self.closed, self.reason, self.facility = by, closed, reason.strip(), facility
        self._said = _corrected(closed)
        self._rows: list[BatchCorrection] = []

    def compare(self, day: date, key: Key, row: Amounts | None, log: Amounts | None) -> None:
        """Note the difference between what should stand and what stands."""
        minutes, pieces = self._said.get((*key, day), (0, Decimal(0)))
        minutes_delta = (row.minutes if row else 0) - (log.minutes if log else 0) - minutes
        pieces_delta = (row.pieces if row else 0) - (log.pieces if log else Decimal(0)) - pieces
        if minutes_delta or pieces_delta:
            self._rows.append(self._correction(day, key, minutes_delta, pieces_delta))

    def _correction(self, day: date, key: Key, minutes: int, pieces: Decimal) -> BatchCorrection:
        return BatchCorrection(
            participant_id=key[0],
            batch_id=cast(int, key[1]),  # only closed batches come here
            facility=self.facility,
            day=day,
            booked_on=clock.today(self.facility.timezone),
            minutes_delta=minutes,
            pieces_delta=pieces,
            reason=self.reason,
            recorded_by_id=self.by.user_id,
            recorded_at=clock.now(),
        )

    def write(self) -> None:
        """Keep them; Refused `correction_reason_missing` without a reason."""
        if self._rows and not self.reason:
            raise Refused(rules.correction_reason_missing())
        BatchCorrection.objects.bulk_create(self._rows)


def _corrected(closed: Iterable[int]) -> dict[tuple[int, int | None, date], tuple[int, Decimal]]:
    if not closed:
        return {}
    rows = BatchCorrection.objects.filter(batch_id__in=closed).values_list(
        "participant_id", "batch_id", "day"
    )
    sums = rows.annotate(minutes=Sum("minutes_delta"), pieces=Sum("pieces_delta"))
    return {(person, batch, day): (minutes, pieces) for person, batch, day, minutes, pieces in sums}
