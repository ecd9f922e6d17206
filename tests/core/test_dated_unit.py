"""Periods are half-open: what can be said about them without a database."""

from datetime import date

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps

from berdaya.core.dated import DatedRow, end_on, no_overlap


@pytest.fixture
def lease_class() -> type[DatedRow]:
    with isolate_apps("django.contrib.postgres"):

        class Lease(DatedRow):
            bench = models.IntegerField()

            class Meta(DatedRow.Meta):
                app_label = "core"
                constraints = [
                    *DatedRow.Meta.constraints,
                    no_overlap("%(class)s_once", "bench", condition=models.Q(bench__gt=0)),
                ]

            def save(self, *args: object, **kwargs: object) -> None:
                self.saved_with = kwargs

        return Lease


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_period_includes_its_first_day_and_not_its_end(
    lease_class: type[DatedRow], day: date, holds: bool
) -> None:
    row = lease_class(valid_from=date(2026, 3, 1), valid_until=date(2026, 4, 1))

    assert row.holds_on(day) is holds
    assert row.last_day == date(2026, 3, 31)


def test_period_without_end_has_no_last_day(lease_class: type[DatedRow]) -> None:
    row = lease_class(valid_from=date(2026, 3, 1))

    assert row.last_day is None
    assert row.holds_on(date(2099, 1, 1))


def test_end_on_hands_over_on_that_day(lease_class: type[DatedRow]) -> None:
    row = lease_class(valid_from=date(2026, 3, 1))

    end_on(row, date(2026, 3, 10))

    assert not row.holds_on(date(2026, 3, 10))
    assert row.last_day == date(2026, 3, 9)
    assert row.saved_with == {"update_fields": ["valid_until"]}


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 3, 1), date(2026, 5, 1)])
def test_end_on_before_its_beginning_or_after_its_end_is_refused(
    lease_class: type[DatedRow], day: date
) -> None:
    row = lease_class(valid_from=date(2026, 3, 1), valid_until=date(2026, 4, 1))

    with pytest.raises(ValueError):
        end_on(row, day)

    assert row.valid_until == date(2026, 4, 1)
    assert not hasattr(row, "saved_with")


def test_constraints_carry_the_name_of_their_class(lease_class: type[DatedRow]) -> None:
    period, once = lease_class._meta.constraints

    assert period.name == "core_lease_period"
    assert isinstance(once, ExclusionConstraint)
    assert once.name == "lease_once"
    assert [operator for _, operator in once.expressions] == ["=", "&&"]


def test_meta_that_drops_the_period_does_not_start(lease_class: type[DatedRow]) -> None:
    with isolate_apps("django.contrib.postgres"):

        class Careless(DatedRow):
            class Meta:
                app_label = "core"
                constraints = [no_overlap("careless_once")]

    def errors(model: type[DatedRow]) -> list[str]:
        return [found.id for found in model.check() if found.id.startswith("core.")]

    assert errors(Careless) == ["core.E001"]
    assert errors(lease_class) == []


def test_questions_about_days_are_half_open(lease_class: type[DatedRow]) -> None:
    day = date(2026, 3, 1)
    rows = lease_class._default_manager.all()

    on = str(rows.on(day).query)
    later = str(rows.current_from(day).query)
    overlapping = str(rows.overlapping(day, date(2026, 4, 1)).query)

    assert '"valid_until" IS NULL' in on
    assert '"valid_until" > 2026-03-01' in on
    assert '"valid_from" <= 2026-03-01' in on
    assert '"valid_from" <' not in later
    assert '"valid_from" < 2026-04-01' in overlapping


def test_empty_period_is_told_in_words(lease_class: type[DatedRow]) -> None:
    row = lease_class(valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 1))
    period = lease_class._meta.constraints[0]

    with pytest.raises(ValidationError) as caught:
        raise ValidationError(period.get_violation_error_message(), period.violation_error_code)

    assert not row.holds_on(date(2026, 3, 1))
    assert caught.value.code == "period_empty"
