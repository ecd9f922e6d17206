"""Assessments by rubric, their photos, and what somebody can do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import FacilityKind
from berdaya.institutions.pages import Address, can, form_page, seen
from berdaya.institutions.rules import may_anywhere
from berdaya.training.actions.assessments import Attempt, record_assessments
from berdaya.training.actions.photos import WIDTH, add_photo, review_photo
from berdaya.training.forms import AssessmentForm, PieceCheckForm, PieceForm
from berdaya.training.models import Assessment, Enrolment, PiecePhoto
from berdaya.training.queries import criteria_of, held_by
from berdaya.training.tables import PieceTable
from berdaya.training.views.shared import (
    assessment_or_404,
    enrolment_or_404,
    person_or_404,
)


@ability_required("training.assess", "GET POST")
def new_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt: a level for every criterion; the result follows from them."""
    with reading(request):
        row = enrolment_or_404(pk)
        criteria = criteria_of(row.session.course_id)
        before = list(Assessment.objects.filter(enrolment=row))
    first = {"assessed_on": clock.today(row.facility.timezone)}
    form = AssessmentForm(request.POST or None, initial=first, criteria=criteria)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        attempt = Attempt(row, form.levels, facts["note"])
        (made,) = record_assessments(
            by=by, session=row.session, assessed_on=facts["assessed_on"],
            assessor=facts["assessor"], attempts=[attempt],
        )  # fmt: skip
        return "training:assessment", [made.pk]

    return form_page(
        request, make=lambda: form, do=do, reason="training.assess",
        title=_("Nilai %s") % row.participant.pseudonym,
        back=reverse("training:session", args=[row.session.code]), done=_("Penilaian tercatat."),
        template="training/assess.html",
        context={"enrolment": row, "before": before},
    )  # fmt: skip


@ability_required("training.view")
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt, for good: level by criterion, photos, the other attempts."""
    row = assessment_or_404(pk)
    marks = row.marks.select_related("criterion__unit")
    context = {
        "facility": row.facility,
        "row": row,
        "session": row.enrolment.session,
        "marks": marks.order_by("criterion__unit__code", "criterion__position"),
        "others": Assessment.objects.filter(enrolment=row.enrolment_id).exclude(pk=pk),
        "photos": row.photos.select_related("review"),
        "can_add": can(request, "training.assess", row.facility_id)
        and row.facility.kind != FacilityKind.LPKA,
    }
    return render(request, "training/assessment.html", context)


@ability_required("training.assess", "GET POST")
def new_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo of the piece; somebody else looks at it before it counts."""
    with reading(request):
        row = assessment_or_404(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        add_photo(by=by, assessment=row, file=facts["file"])
        return "training:assessment", [pk]

    return form_page(
        request, make=lambda: PieceForm(request.POST or None, request.FILES or None), do=do,
        reason="piece.add", title=_("Foto karya"),
        back=reverse("training:assessment", args=[pk]), template="training/upload.html",
        done=_("Tersimpan; menunggu orang kedua."),
    )  # fmt: skip


@ability_required("photo.review")
def pieces(request: HttpRequest) -> HttpResponse:
    """Photos of pieces at the facilities on view."""
    rows = PiecePhoto.objects.filter(facility__in=seen(request)).select_related(
        "facility", "review", "assessment__enrolment__session__course"
    )
    sees_sessions = may_anywhere(request.actor, "training.sessions")  # type: ignore[attr-defined]
    context = {"tab": "pieces", "is_alone": not sees_sessions}
    return PieceTable(request, rows).response("training/list.html", context)


@ability_required("photo.review", "GET POST")
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a photo as the second person: safe, or refused with a reason."""
    with reading(request):
        rows = PiecePhoto.objects.select_related("facility", "review", "uploaded_by")
        row = get_object_or_404(rows, pk=pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        review_photo(by=by, photo=row, ticked=facts["seen"], reason=facts["reason"])
        return "training:pieces", []

    return form_page(
        request, make=lambda: PieceCheckForm(request.POST or None), do=do, reason="piece.review",
        title=_("Foto karya"), back=reverse("training:pieces"), done=_("Pemeriksaan tercatat."),
        template="training/piece.html",
        context={"photo": row, "facility": row.facility},
    )  # fmt: skip


@require_safe
@ability_required("piece.view")
def piece_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture, for whoever has it in scope; 404 once it was refused."""
    rows = PiecePhoto.objects.exclude(review__outcome="refused")
    row = get_object_or_404(rows, pk=pk)
    return private_file(PiecePhoto.file_name(row.digest, WIDTH), title=row.digest[:12])


@ability_required("training.view")
def person_skills(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody can do, since when and until when, and the courses they took part in."""
    person = person_or_404(request, code)
    facility = person.facility
    rows = Enrolment.objects.filter(participant=person).select_related("session__course")
    context = {
        "person": person,
        "facility": facility,
        "today": clock.today(facility.timezone),
        "held": held_by(person),
        "enrolments": rows.order_by("-day", "-pk"),
    }
    return render(request, "training/person.html", context)
