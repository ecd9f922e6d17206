"""Rows that hold for a while: half-open periods [from, until) that cannot overlap."""

from datetime import date, timedelta
from typing import Any, ClassVar, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core import checks
from django.db import models, transaction
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _lazy

PERIOD_NAME = "%(app_label)s_%(class)s_period"

_M = TypeVar("_M", bound=models.Model)


class DatedQuerySet(models.QuerySet[_M]):
    """Questions about days; the day is always named by the asker, never today by default."""

    def on(self, day: date) -> "DatedQuerySet[_M]":
        """Rows that hold on `day`."""
        return self.filter(_not_over(day), valid_from__lte=day)

    def current_from(self, day: date) -> "DatedQuerySet[_M]":
        """Rows that hold on `day` or begin later: what is not yet over."""
        return self.filter(_not_over(day))

    def overlapping(self, start: date, until: date | None) -> "DatedQuerySet[_M]":
        """Rows that hold on at least one day of [start, until); None is for ever."""
        rows = self.filter(_not_over(start))
        return rows if until is None else rows.filter(valid_from__lt=until)


def _not_over(day: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gt=day)


def not_after_recording(name: str, field: str) -> models.CheckConstraint:
    """Nothing is dated on a day that had begun nowhere in the country when it was recorded."""
    recorded_on = Func(
        F("recorded_at"),
        template="(%(expressions)s AT TIME ZONE 'Asia/Jayapura')::date",
        output_field=models.DateField(),
    )
    return models.CheckConstraint(condition=Q(**{f"{field}__lte": recorded_on}), name=name)


class DatedRow(models.Model):
    """A fact that holds from `valid_from` until the day before `valid_until` (empty: open end).

    A subclass with a Meta of its own inherits DatedRow.Meta and keeps its constraints:
    `constraints = [*DatedRow.Meta.constraints, no_overlap("…", "field")]`; a check says so.
    """

    valid_from = models.DateField(_lazy("berlaku mulai"))
    valid_until = models.DateField(_lazy("tidak berlaku lagi sejak"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name=PERIOD_NAME,
                violation_error_code="period_empty",
                violation_error_message=_lazy("Tanggal akhir harus sesudah tanggal mulai."),
            )
        ]

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as papers print it; None for an open end."""
        return None if self.valid_until is None else self.valid_until - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in the period, without asking the database."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        """A subclass whose Meta dropped the period constraint does not start."""
        found = super().check(**kwargs)
        name = PERIOD_NAME % {"app_label": cls._meta.app_label, "class": cls._meta.model_name}
        kept = {constraint.name for constraint in cls._meta.constraints}
        if not cls._meta.proxy and name not in kept:
            hint = "constraints = [*DatedRow.Meta.constraints, ...]"
            found.append(
                checks.Error(f"constraint {name} is missing", hint=hint, obj=cls, id="core.E001")
            )
        return found


def no_overlap(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with equal `fields` (of those under `condition`) hold on the same day.

    Needs the extension btree_gist; `name` may carry %(app_label)s and %(class)s.
    """
    period = Func(
        F("valid_from"),
        F("valid_until"),
        RangeBoundary(),
        function="daterange",
        output_field=DateRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (period, RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_code="period_overlap",
        violation_error_message=_lazy("Untuk masa itu sudah ada catatan yang berlaku."),
    )


def succeed(before: DatedRow | None, new: DatedRow) -> None:
    """Let `new` begin and the row before it, if there is one, end on that day.

    In a savepoint: IntegrityError where another row holds in the new one's period.
    """
    with transaction.atomic():
        if before is not None:
            end_on(before, new.valid_from)
        new.save(force_insert=True)


def end_on(row: DatedRow, day: date) -> None:
    """Let the row end so that `day` is the first day on which it no longer holds, and save it.

    The successor begins on the same `day`. ValueError if it would not hold on any day, or if it
    has already ended before.
    """
    if day <= row.valid_from:
        raise ValueError(f"it began on {row.valid_from} and cannot be over on {day}")
    if row.valid_until is not None and row.valid_until < day:
        raise ValueError(f"it was already over on {row.valid_until}")
    row.valid_until = day
    row.save(update_fields=["valid_until"])
