"""Sessions: the list, one of them with its people, and who comes in and goes out."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import FacilityKind
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.people.models import Placement
from berdaya.training.actions.courses import change_session
from berdaya.training.actions.enrolments import enrol_people, move_up, withdraw
from berdaya.training.actions.proofs import issue_proof
from berdaya.training.forms import EnrolForm, ProofForm, SessionChangeForm, WithdrawForm
from berdaya.training.models import AttendanceProof, Enrolment, Session
from berdaya.training.queries import lengths_of, members_of, with_places
from berdaya.training.tables import STATES, OpenSessionTable, SessionTable, state_of
from berdaya.training.views.shared import (
    abilities,
    enrolment_or_404,
    readable,
    session_of_ours,
    session_or_404,
)


@ability_required("training.sessions")
def sessions(request: HttpRequest) -> HttpResponse:
    """Every session: with places at one's own units, without a count of people elsewhere."""
    context = {"tab": "sessions", "new_url": ""}
    actor = request.actor  # type: ignore[attr-defined]
    if actor.facility_ids and can_see_people(request):
        rows = with_places(Session.objects.filter(facility__in=seen(request)))
        return SessionTable(request, rows).response("training/list.html", context)
    rows = readable(request, Session.objects.select_related("course__skill", "facility", "count"))
    return OpenSessionTable(request, rows).response("training/list.html", context)


def can_see_people(request: HttpRequest) -> bool:
    """Whether the actor sees people of training at every facility on view."""
    return all(can(request, "training.view", pk) for pk in seen(request))


@ability_required("training.sessions")
def session(request: HttpRequest, code: str) -> HttpResponse:
    """One session; its people only for whoever sees people there."""
    row = session_or_404(request, code)
    allowed = abilities(request, row.facility_id)
    today = clock.today(row.facility.timezone)
    context: dict[str, Any] = {
        "facility": row.facility,
        "session": row,
        "state": STATES[state_of(row)],
        "lengths": lengths_of(row),
        "is_over": row.ends_on < today,
        **allowed,
    }
    if allowed["can_view"]:
        context |= _people(row, context["lengths"], today)
    return render(request, "training/session.html", context)


def _people(row: Session, lengths: dict[date, int], today: date) -> dict[str, Any]:
    members = members_of(row, lengths)
    marked = {day for one in members for day in one.marks}
    past = {day for day in lengths if day <= today}
    return {
        "members": [one for one in members if one.enrolment.has_place],
        "queue": [one for one in members if not one.enrolment.has_place],
        "empty_days": len(past - marked) if row.seats.taken else 0,
        "proofs": AttendanceProof.objects.filter(session=row).select_related("document"),
        "is_of_children": row.facility.kind == FacilityKind.LPKA,
    }


@ability_required("training.edit", "GET POST")
def edit_session(request: HttpRequest, code: str) -> HttpResponse:
    """More or fewer places, another instructor; who waits moves up into new places."""
    with reading(request):
        row = session_of_ours(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        change_session(by=by, session=row, **facts)
        move_up(by=by, session=row)
        return "training:session", [code]

    return form_page(
        request, make=lambda: SessionChangeForm(request.POST or None, instance=row), do=do,
        reason="session.change", title=row.course.label, done=_("Tersimpan."),
        back=reverse("training:session", args=[code]),
    )  # fmt: skip


@ability_required("training.enrol", "GET POST")
def enrolments(request: HttpRequest, code: str) -> HttpResponse:
    """Tick who takes part; whoever finds no place is put on the waiting list."""
    with reading(request):
        row = session_of_ours(request, code)
        standing = Enrolment.objects.filter(session=row, withdrawn_at__isnull=True)
        placed = Placement.objects.on(row.starts_on).filter(facility=row.facility_id)
        others = placed.exclude(participant__in=standing.values("participant"))
        places = list(others.select_related("participant"))
    form = EnrolForm(request.POST or None, places=places)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        enrol_people(
            by=by, session=row, participants=form.chosen, is_own_request=facts["is_own_request"]
        )
        return "training:session", [code]

    free = row.seats.free
    note = ngettext(
        "%(n)s tempat masih kosong; sesudah itu pendaftar masuk daftar tunggu.",
        "%(n)s tempat masih kosong; sesudah itu pendaftar masuk daftar tunggu.",
        free,
    ) % {"n": free}
    return form_page(
        request, make=lambda: form, do=do, reason="session.enrol",
        title=_("Daftarkan peserta: %s") % row.course.label,
        back=reverse("training:session", args=[code]), done=_("Terdaftar."),
        context={"note": note},
    )  # fmt: skip


@ability_required("training.enrol", "GET POST")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out; the place goes to who waits longest."""
    with reading(request):
        row = enrolment_or_404(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        withdraw(by=by, enrolment=row, **facts)
        return "training:session", [row.session.code]

    return form_page(
        request, make=lambda: WithdrawForm(request.POST or None), do=do,
        reason="session.withdraw", title=_("Batalkan pendaftaran %s") % row.participant.pseudonym,
        back=reverse("training:session", args=[row.session.code]),
        done=_("Dibatalkan; tempatnya untuk yang menunggu."),
    )  # fmt: skip


@ability_required("training.prove", "GET POST")
def new_proof(request: HttpRequest, code: str) -> HttpResponse:
    """A list of codes and hours for whoever paid."""
    with reading(request):
        row = session_of_ours(request, code)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        proof = issue_proof(by=by, session=row, **facts)
        return "papers:document", [proof.document_id]

    return form_page(
        request, make=lambda: ProofForm(request.POST or None), do=do, reason="session.prove",
        title=_("Surat keterangan kehadiran"), back=reverse("training:session", args=[code]),
        done=_("Diterbitkan. Cetak, tanda tangani, lalu serahkan."),
        context={"note": _("Memuat kode acak, hari, dan jam; tanpa nama dan nomor kerja.")},
    )  # fmt: skip
