"""On Hari Ini: agreements that end, what is late for my office, what my side has to answer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.models import Appointment
from berdaya.institutions.rules import may_anywhere
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.programme.models import (
    AgreementVersion,
    MeetingAction,
    Proposal,
    QuarterAnswer,
    QuarterReport,
    QuarterState,
    QuarterVersion,
    Side,
    Telling,
)
from berdaya.programme.seats import ROLES, offices_of

MOST = 20
# A renewal takes half a year; it is urgent in the last month.
ENDING_DAYS = (180, 90, 30)


def register() -> None:
    """Tell Hari Ini."""
    for name, provider in (
        ("endings", endings), ("tellings", tellings), ("proposals", proposals),
        ("reports", reports), ("actions", actions),
    ):  # fmt: skip
        waits(f"programme.{name}", provider)


def signs(actor: Actor, agreement: str, side: Side) -> Exists:
    """Whether the actor speaks for a side of the agreement that a row names: a subquery."""
    party = OuterRef(f"{agreement}__{side.value}_office__path")
    mine = Appointment.objects.on(clock.today()).filter(
        staff=actor.user_id, role__in=ROLES[side], office__isnull=False
    )
    # The party's own office, or one above it.
    above = mine.annotate(
        party=Concat(party, Value("/"), output_field=CharField()),
        root=Concat("office__path", Value("/")),
    ).filter(party__startswith=F("root"))
    return Exists(above)


def _mine(actor: Actor, agreement: str = "agreement") -> Q:
    return Q(signs(actor, agreement, Side.CORRECTIONS)) | Q(signs(actor, agreement, Side.UMKM))


def _is_signing(actor: Actor) -> bool:
    return actor.user_id is not None and may_anywhere(actor, "programme.agree")


def endings(actor: Actor, _ids: frozenset[int]) -> Iterator[Waiting]:
    """Agreements that end within half a year and have no version that follows."""
    if not _is_signing(actor):
        return
    today = clock.today()
    later = AgreementVersion.objects.filter(
        agreement=OuterRef("agreement"), number__gt=OuterRef("number")
    )
    rows = AgreementVersion.objects.filter(
        _mine(actor), ~Exists(later), valid_until__lte=today + timedelta(days=ENDING_DAYS[0] + 1)
    )
    yield Waiting(
        rows.order_by("valid_until")[:MOST].values("agreement__code", "valid_until"), _ending
    )


def reminder_of(days: int) -> int | None:
    """Which reminder is due so many days before the end: 180, 90 or 30; None before the first."""
    return next((one for one in reversed(ENDING_DAYS) if days <= one), None)


def _ending(row: dict[str, Any]) -> Item:
    today = clock.today()
    last = date.fromisoformat(row["valid_until"]) - timedelta(days=1)
    days = (last - today).days
    reminder = reminder_of(days) or ENDING_DAYS[0]
    text = _("Kesepakatan berakhir dalam %(n)s hari") if days >= 0 else _("Kesepakatan berakhir")
    return Item(
        text=text % {"n": days},
        url=reverse("programme:agreement", args=[row["agreement__code"]]),
        age_on=min(today, last - timedelta(days=reminder)),
        detail=_("%(code)s, sampai %(day)s")
        % {"code": row["agreement__code"], "day": clock.format_date(last)},
        state="bad" if days <= ENDING_DAYS[2] else "warn",
        state_text=_("Perpanjang"),
        is_urgent=days <= ENDING_DAYS[2],
    )


def tellings(actor: Actor, _ids: frozenset[int]) -> Iterator[Waiting]:
    """Commitments of which the actor's office was told that they are late, until it is read."""
    if _is_signing(actor):
        rows = Telling.objects.filter(
            office__in=offices_of(actor), over_on__isnull=True, seen_on__isnull=True
        ).order_by("late_since")[:MOST]
        yield Waiting(
            rows.values(
                "level", "late_since", "commitment__code", "commitment__deliverable",
                "commitment__deliverable_en", "commitment__agreement__code",
            ),
            _telling,
        )  # fmt: skip


def _telling(row: dict[str, Any]) -> Item:
    told = [_("Komitmen terlambat"), _("Komitmen terlambat lama: perlu kantor Anda")]
    address = [row["commitment__agreement__code"], row["commitment__code"]]
    return Item(
        text=told[row["level"]],
        url=reverse("programme:commitment", args=address),
        age_on=date.fromisoformat(row["late_since"]),
        detail=named(row["commitment__deliverable"], row["commitment__deliverable_en"]),
        state="bad",
        state_text=_("Lihat"),
    )


def proposals(actor: Actor, _ids: frozenset[int]) -> Iterator[Waiting]:
    """What the other side wants to change."""
    if _is_signing(actor):
        theirs = Q(signs(actor, "agreement", Side.CORRECTIONS), side=Side.UMKM)
        theirs |= Q(signs(actor, "agreement", Side.UMKM), side=Side.CORRECTIONS)
        rows = Proposal.objects.filter(theirs, outcome="").order_by("proposed_on", "pk")[:MOST]
        yield Waiting(rows.values("pk", "subject", "proposed_on", "agreement__code"), _proposal)


def _proposal(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Usulan pihak lain menunggu jawaban"),
        url=reverse("programme:proposal", args=[row["pk"]]),
        age_on=date.fromisoformat(row["proposed_on"]),
        detail=f"{row['agreement__code']} {row['subject']}".strip(),
        state="warn",
        state_text=_("Jawab"),
    )


def reports(actor: Actor, _ids: frozenset[int]) -> Iterator[Waiting]:
    """Joint reports that the actor's side has not agreed to yet, or that were returned."""
    if not _is_signing(actor):
        return
    newest = QuarterVersion.objects.filter(report=OuterRef("pk")).order_by("-number").values("pk")
    waiting = Q(state=QuarterState.RETURNED) & _mine(actor)
    for side in Side:
        said = QuarterAnswer.objects.filter(version=OuterRef("newest"), side=side)
        mine = Q(signs(actor, "agreement", side))
        waiting |= Q(state__in=[QuarterState.DRAFT, QuarterState.HALF]) & mine & ~Q(Exists(said))
    rows = QuarterReport.objects.annotate(newest=newest[:1]).filter(waiting)
    yield Waiting(
        rows.order_by("drawn_on")[:MOST].values("quarter", "state", "drawn_on", "agreement__code"),
        _report,
    )


def _report(row: dict[str, Any]) -> Item:
    quarter = date.fromisoformat(row["quarter"])
    code = f"{quarter.year}-Q{quarter.month // 3 + 1}"
    returned = row["state"] == QuarterState.RETURNED
    return Item(
        text=_("Laporan triwulan dikembalikan") if returned
        else _("Laporan triwulan menunggu persetujuan pihak Anda"),
        url=reverse("programme:report", args=[row["agreement__code"], code]),
        age_on=date.fromisoformat(row["drawn_on"]),
        detail=f"{row['agreement__code']}, {code}",
        state="bad" if returned else "warn",
        state_text=_("Perbaiki") if returned else _("Setujui"),
    )  # fmt: skip


def actions(actor: Actor, _ids: frozenset[int]) -> Iterator[Waiting]:
    """What the actor's office has to do after a meeting: two weeks before its day."""
    if _is_signing(actor):
        soon = clock.today() + timedelta(days=14)
        rows = MeetingAction.objects.filter(
            office__in=offices_of(actor), done_on__isnull=True, due_on__lte=soon
        ).order_by("due_on")[:MOST]
        yield Waiting(rows.values("words", "due_on", "meeting", "meeting__held_on"), _action)


def _action(row: dict[str, Any]) -> Item:
    due, today = date.fromisoformat(row["due_on"]), clock.today()
    return Item(
        text=row["words"],
        url=reverse("programme:meeting", args=[row["meeting"]]),
        age_on=min(today, date.fromisoformat(row["meeting__held_on"])),
        detail=_("Tindak lanjut rapat, paling lambat %s") % clock.format_date(due),
        state="bad" if due < today else "warn",
        state_text=_("Lewat waktu") if due < today else _("Kerjakan"),
    )
