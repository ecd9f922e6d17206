"""Certificates that wait for a second person, on Hari Ini."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.training.models import Certificate, Withdrawal

MOST = 20


def register() -> None:
    """Put both on Hari Ini."""
    waits("training.certificates", certificates_that_wait)
    waits("training.withdrawals", withdrawals_that_wait)


def certificates_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a session whose certificates somebody else has asked for."""
    ids = places_of(actor, "certificate.approve", facility_ids)
    if not ids:
        return
    rows = Certificate.objects.filter(facility__in=ids, is_live=True, credential__isnull=True)
    rows = rows.exclude(proposed_by=actor.user_id).order_by()
    told = rows.values("session__code", "title").annotate(n=Count("pk"), oldest=Min("proposed_at"))
    yield Waiting(told.order_by("oldest")[:MOST], _session)


def _session(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Sertifikat untuk %(n)s peserta menunggu persetujuan") % {"n": row["n"]},
        url=reverse("training:session_decision", args=[row["session__code"]]),
        age_on=_day(row["oldest"]),
        detail=row["title"],
        state="warn",
        state_text=_("Putuskan"),
    )


def withdrawals_that_wait(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a certificate that somebody else wants revoked or replaced."""
    ids = places_of(actor, "certificate.approve", facility_ids)
    if not ids:
        return
    rows = Withdrawal.objects.filter(facility__in=ids, is_open=True)
    rows = rows.exclude(proposed_by=actor.user_id).order_by("proposed_at")[:MOST]
    yield Waiting(rows.values("pk", "kind", "proposed_at", "certificate__code"), _withdrawal)


def _withdrawal(row: dict[str, Any]) -> Item:
    words = {"code": row["certificate__code"]}
    is_revoked = row["kind"] == "revoked"
    return Item(
        text=(_("Cabut sertifikat %(code)s?") if is_revoked else _("Ganti sertifikat %(code)s?"))
        % words,
        url=reverse("training:certificate_withdrawal_decision", args=[row["pk"]]),
        age_on=_day(row["proposed_at"]),
        state="warn",
        state_text=_("Putuskan"),
    )


def _day(told: str) -> Any:
    return clock.local(datetime.fromisoformat(told)).date()
