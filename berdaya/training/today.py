"""What waits in training: free places, sheets, assessments, skills that end, photos."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits
from berdaya.people.models import Placement, WorkPlacement
from berdaya.training.models import (
    Assessment,
    Attendance,
    Enrolment,
    HeldSkill,
    PiecePhoto,
    Session,
    SessionDay,
)

SOON, ENDING = timedelta(days=14), timedelta(days=30)
# An old session nobody was assessed in is no longer asked about.
ASSESSED_WITHIN = timedelta(days=60)
_SESSION = ("code", "course__title", "course__title_en", "facility__name", "starts_on", "ends_on")


def register() -> None:
    """Tell Hari Ini."""
    waits("training.places", free_places)
    waits("training.sheets", sheets_empty)
    waits("training.assessments", assessments_due)
    waits("training.skills", skills_ending)
    waits("training.pieces", pieces_waiting)


def _title(row: dict[str, Any], start: str = "") -> str:
    return named(row[f"{start}course__title"], row[f"{start}course__title_en"])


def free_places(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Sessions that begin soon and still have places."""
    ids = places_of(actor, "training.enrol", facility_ids)
    if ids:
        today = clock.today()
        rows = Session.objects.filter(
            facility__in=ids,
            starts_on__range=(today, today + SOON),
            seats__taken__lt=F("seats__places"),
        ).annotate(free=F("seats__places") - F("seats__taken"))
        yield Waiting(rows.order_by("starts_on")[:20].values(*_SESSION, "free"), _free)


def _free(row: dict[str, Any]) -> Item:
    text = ngettext("%(n)s tempat kosong: %(title)s", "%(n)s tempat kosong: %(title)s", row["free"])
    return Item(
        text=text % {"n": row["free"], "title": _title(row)},
        url=reverse("training:enrolments", args=[row["code"]]),
        age_on=clock.today(),
        detail=_("mulai %(day)s, %(unit)s") % {
            "day": clock.format_date(date.fromisoformat(row["starts_on"])),
            "unit": row["facility__name"],
        },
        state_text=pgettext("training", "Daftarkan"),
    )  # fmt: skip


def sheets_empty(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Sessions with a past day on which nobody has a mark."""
    ids = places_of(actor, "training.edit", facility_ids)
    if ids:
        marked = Attendance.objects.filter(session=OuterRef("session"), day=OuterRef("day"))
        with_people = Enrolment.objects.filter(session=OuterRef("session"), has_place=True)
        days = SessionDay.objects.filter(
            ~Exists(marked), Exists(with_people), facility__in=ids, day__lt=clock.today()
        ).order_by()
        told = [f"session__{name}" for name in _SESSION[:4]]
        rows = days.values(*told).annotate(n=Count("pk"), first=Min("day"))
        yield Waiting(rows, _sheet)


def _sheet(row: dict[str, Any]) -> Item:
    text = ngettext(
        "Daftar hadir %(title)s: %(n)s hari kosong",
        "Daftar hadir %(title)s: %(n)s hari kosong",
        row["n"],
    )
    return Item(
        text=text % {"title": _title(row, "session__"), "n": row["n"]},
        url=reverse("training:attendance", args=[row["session__code"]]),
        age_on=date.fromisoformat(row["first"]),
        detail=row["session__facility__name"],
        state="warn",
        state_text=pgettext("training", "Isi"),
    )


def assessments_due(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Finished sessions with people whom nobody has assessed yet."""
    ids = places_of(actor, "training.assess", facility_ids)
    if ids:
        today = clock.today()
        done = Assessment.objects.filter(enrolment=OuterRef("pk"))
        open_ = Enrolment.objects.filter(
            ~Exists(done),
            facility__in=ids,
            has_place=True,
            session__ends_on__range=(today - ASSESSED_WITHIN, today - timedelta(days=1)),
        ).order_by()
        told = [f"session__{name}" for name in (*_SESSION[:4], "ends_on")]
        yield Waiting(open_.values(*told).annotate(n=Count("pk")), _due)


def _due(row: dict[str, Any]) -> Item:
    text = ngettext(
        "%(n)s peserta belum dinilai: %(title)s", "%(n)s peserta belum dinilai: %(title)s", row["n"]
    )
    return Item(
        text=text % {"title": _title(row, "session__"), "n": row["n"]},
        url=reverse("training:session", args=[row["session__code"]]),
        age_on=date.fromisoformat(row["session__ends_on"]),
        detail=row["session__facility__name"],
        state="warn",
        state_text=pgettext("training", "Nilai"),
    )


def skills_ending(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Skills about to end, or ended lately, of people who work in that line now."""
    ids = places_of(actor, "training.enrol", facility_ids)
    if not ids:
        return
    today = clock.today()
    here = Placement.objects.on(today).filter(participant=OuterRef("participant"), facility__in=ids)
    working = WorkPlacement.objects.on(today).filter(
        participant=OuterRef("participant"),
        facility__in=ids,
        line_of_work=OuterRef("skill__line_of_work"),
    )
    longer = HeldSkill.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        participant=OuterRef("participant"),
        skill=OuterRef("skill"),
    )
    rows = HeldSkill.objects.filter(
        Exists(here),
        Exists(working),
        ~Exists(longer),
        valid_until__range=(today - ENDING, today + ENDING),
    ).annotate(number=here.values("work_number")[:1])
    told = ("number", "participant__code", "skill__name", "skill__name_en", "valid_until")
    yield Waiting(rows.order_by("valid_until")[:50].values(*told), _ending)


def _ending(row: dict[str, Any]) -> Item:
    until = date.fromisoformat(row["valid_until"])
    skill = named(row["skill__name"], row["skill__name_en"])
    is_over = until <= clock.today()
    words = _("Keterampilan %(skill)s lewat masa") if is_over else _("%(skill)s segera lewat masa")
    return Item(
        text=words % {"skill": skill},
        url=reverse("training:person_skills", args=[row["participant__code"]]),
        age_on=min(until, clock.today()),
        detail=_("Nomor kerja %(number)s, sampai dengan %(day)s") % {
            "number": row["number"],
            "day": clock.format_date(until - timedelta(days=1)),
        },
        state="bad" if is_over else "warn",
        state_text=_("Daftarkan ulang"),
    )  # fmt: skip


def pieces_waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """Photos of pieces for whoever looks a second time; not one's own."""
    ids = places_of(actor, "photo.review", facility_ids)
    if ids:
        rows = PiecePhoto.objects.filter(facility__in=ids, review__isnull=True)
        rows = rows.exclude(uploaded_by=actor.user_id)
        start = "assessment__enrolment__session__"
        told = ("pk", "uploaded_at", f"{start}course__title", f"{start}course__title_en")
        yield Waiting(rows.order_by("uploaded_at")[:20].values(*told), _piece)


def _piece(row: dict[str, Any]) -> Item:
    return Item(
        text=_("Foto karya menunggu pemeriksaan"),
        url=reverse("training:piece", args=[row["pk"]]),
        age_on=date.fromisoformat(row["uploaded_at"][:10]),
        detail=_title(row, "assessment__enrolment__session__"),
        state_text=_("Periksa"),
    )
