"""What is true of consents: which texts hold, who should be asked again, who is missing one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from berdaya.people.models import (
    Consent,
    ConsentPurpose,
    ConsentText,
    Placement,
    Status,
    StatusPeriod,
    WorkPlacement,
)

# How long before publicity ends it is told, so that the person can be asked in time.
SOON = timedelta(days=30)
NOT_AT_WORK = (Status.ANAK, Status.COMMUNITY_SERVICE, Status.RELEASED)


def text_for(purpose: str, language: str, day: date) -> ConsentText | None:
    """The text that is read out on `day` for this purpose in this language, if there is one."""
    return ConsentText.objects.in_force(day).filter(purpose=purpose, language=language).first()


def consent_states(rows: Any, day: date) -> Any:
    """Brings `state`: holds, soon (publicity ends), old_text (ask again), over, withdrawn.

    Whoever consented to an older text stays bound to what it said, and is asked, never forced.
    """
    newest = ConsentText.objects.filter(purpose=OuterRef("purpose"), in_force_from__lte=day)
    return rows.annotate(
        newest_version=Subquery(newest.order_by("-in_force_from").values("version")[:1])
    ).annotate(
        state=Case(
            When(withdrawn_on__isnull=False, then=Value("withdrawn")),
            When(valid_until__lte=day, then=Value("over")),
            When(valid_until__lte=day + SOON, then=Value("soon")),
            When(~Q(newest_version=F("text_version")), then=Value("old_text")),
            default=Value("holds"),
        )
    )


def without_consent(facility_ids: Iterable[int], day: date) -> "QuerySet[WorkPlacement]":
    """People placed in work without a consent to work that holds on `day`."""
    theirs = Consent.objects.on(day).filter(purpose=ConsentPurpose.WORK)  # type: ignore[attr-defined]
    barred = StatusPeriod.objects.on(day).filter(status__in=NOT_AT_WORK)
    here = Placement.objects.on(day)
    rows = WorkPlacement.objects.on(day).filter(facility_id__in=list(facility_ids))
    return rows.filter(
        ~Exists(theirs.filter(participant=OuterRef("participant"))),
        ~Exists(barred.filter(participant=OuterRef("participant"))),
        Exists(here.filter(participant=OuterRef("participant"), facility=OuterRef("facility"))),
    )
