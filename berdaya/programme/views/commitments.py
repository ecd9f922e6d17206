"""One commitment: how its state came about; changes proposed to it; milestones accepted."""

from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.insight.grids import AUDIENCES
from berdaya.insight.queries import PUBLIC
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.programme.actions.milestones import accept_milestone
from berdaya.programme.actions.proposals import propose
from berdaya.programme.actions.tellings import see_telling
from berdaya.programme.evidence import standings
from berdaya.programme.forms import AcceptanceForm, CommitmentForm, MeasureForm, MilestoneForm
from berdaya.programme.models import (
    Acceptance,
    Commitment,
    Milestone,
    Proposal,
    ProposalKind,
    Risk,
    RiskState,
    Telling,
)
from berdaya.programme.views.agreements import newest_clauses
from berdaya.programme.views.shared import FORM, agreement_or_404, rights

SENT = _lazy("Terkirim kepada pihak lain; berlaku sesudah disepakati.")


@ability_required("programme.view")
def commitment(request: HttpRequest, code: str, no: str) -> HttpResponse:
    """What was promised, by whom, and from which numbers, documents and risks it is judged."""
    today = clock.today()
    rows = Commitment.objects.filter(agreement__code=code, code=no).select_related(
        "agreement__corrections_office", "agreement__umkm_office"
    )
    # What stands beside it comes with the row itself: three statements saved.
    rows = rows.annotate(
        told=ArraySubquery(_tellings()),
        weighed=ArraySubquery(_risks()),
        open=ArraySubquery(_open()),
    )
    found = standings(request.actor, today, rows)  # type: ignore[attr-defined]
    if not found:
        raise Http404
    one = found[0]
    row = one.commitment
    context = {
        "agreement": row.agreement,
        "commitment": row,
        "standing": one,
        "risks": [one | {"word": RiskState(one["state"]).label} for one in row.weighed],
        "waiting": [one | {"what": ProposalKind(one["kind"]).label} for one in row.open],
        "tellings": row.told,
        "audience_text": AUDIENCES[PUBLIC],
        "day": today,
        **rights(request, row.agreement),
    }
    return render(request, "programme/commitment.html", context)


def _tellings() -> "QuerySet[Telling, Any]":
    """Offices that were told and for which it is not over."""
    rows = Telling.objects.filter(commitment=OuterRef("pk"), over_on__isnull=True)
    return rows.order_by("level", "pk").values(
        json=JSONObject(pk="pk", level="level", office="office", name="office__name",
                        seen_on="seen_on")
    )  # fmt: skip


def _risks() -> "QuerySet[Risk, Any]":
    rows = Risk.objects.filter(commitment=OuterRef("pk")).order_by("state", "-likelihood", "pk")
    weight = F("likelihood") * F("impact")
    return rows.annotate(product=weight).values(
        json=JSONObject(words="words", owner="owner_office__name", weight="product", state="state")
    )


def _open() -> "QuerySet[Proposal, Any]":
    """Proposals about it that wait for an answer."""
    rows = Proposal.objects.filter(
        agreement=OuterRef("agreement"), subject=OuterRef("code"), outcome=""
    )
    return rows.order_by("pk").values(json=JSONObject(pk="pk", kind="kind"))


def _commitment_or_404(code: str, no: str) -> Commitment:
    rows = Commitment.objects.select_related(
        "agreement__corrections_office", "agreement__umkm_office", "agreement__region",
        "corrections_office", "umkm_office",
    )  # fmt: skip
    return get_object_or_404(rows, agreement__code=code, code=no)


@ability_required("programme.edit", "GET POST")
def new_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Propose what a clause is to come to."""
    with reading(request):
        row = agreement_or_404(code)
        clauses = newest_clauses(row)
    first = {
        "corrections_office": row.corrections_office.code, "umkm_office": row.umkm_office.code,
        "starts_on": clock.today(),
    }  # fmt: skip

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = propose(by=by, agreement=row, kind=ProposalKind.COMMITMENT, facts=facts)
        return "programme:proposal", [made.pk]

    return form_page(
        request, make=lambda: CommitmentForm(request.POST or None, clauses=clauses, initial=first),
        do=do, reason="programme.propose", title=_("Usulkan komitmen"), template=FORM,
        back=reverse("programme:agreement", args=[code]), done=str(SENT),
    )  # fmt: skip


def _proposing(
    request: HttpRequest, row: Commitment, kind: ProposalKind, title: str, make: Any
) -> HttpResponse:
    """A form whose facts become a proposal about one commitment."""

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        made = propose(by=by, agreement=row.agreement, kind=kind, facts=facts, subject=row.code)
        return "programme:proposal", [made.pk]

    back = reverse("programme:commitment", args=[row.agreement.code, row.code])
    return form_page(
        request, make=make, do=do, reason="programme.propose", title=title, back=back,
        done=str(SENT), template=FORM,
    )  # fmt: skip


@ability_required("programme.edit", "GET POST")
def new_terms(request: HttpRequest, code: str, no: str) -> HttpResponse:
    """Propose other words, offices or dates for a commitment."""
    with reading(request):
        row = _commitment_or_404(code, no)
        clauses = newest_clauses(row.agreement)
    first = {
        "clause_number": row.clause_number, "code": row.code,
        "deliverable": row.deliverable, "deliverable_en": row.deliverable_en,
        "corrections_office": row.corrections_office.code, "umkm_office": row.umkm_office.code,
        "starts_on": row.starts_on, "due_on": row.due_on,
    }  # fmt: skip

    def make() -> forms.Form:
        return CommitmentForm(request.POST or None, clauses=clauses, initial=first, is_change=True)

    return _proposing(request, row, ProposalKind.COMMITMENT, _("Usulkan perubahan komitmen"), make)


@ability_required("programme.edit", "GET POST")
def new_measure(request: HttpRequest, code: str, no: str) -> HttpResponse:
    """Propose an indicator's target for a year, or another one."""
    with reading(request):
        row = _commitment_or_404(code, no)
    first = {"year": clock.today().year, "region": row.agreement.region}

    def make() -> forms.Form:
        return MeasureForm(request.POST or None, initial=first)

    return _proposing(request, row, ProposalKind.MEASURE, _("Usulkan target"), make)


@ability_required("programme.edit", "GET POST")
def new_milestone(request: HttpRequest, code: str, no: str) -> HttpResponse:
    """Propose a document that is due, or another day for one."""
    with reading(request):
        row = _commitment_or_404(code, no)

    def make() -> forms.Form:
        return MilestoneForm(request.POST or None)

    return _proposing(request, row, ProposalKind.MILESTONE, _("Usulkan keluaran"), make)


@ability_required("programme.agree", "GET POST")
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a deliverable for one's side; whoever is first brings the document."""
    with reading(request):
        rows = Milestone.objects.select_related(
            "commitment__agreement__corrections_office", "commitment__agreement__umkm_office"
        ).prefetch_related("acceptances")
        row = get_object_or_404(rows, pk=pk)
        has_document = any(one.document for one in row.acceptances.all())
    address = [row.commitment.agreement.code, row.commitment.code]

    def make() -> forms.Form:
        return AcceptanceForm(
            request.POST or None, request.FILES or None, has_document=has_document
        )

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        accept_milestone(by=by, milestone=row, **facts)
        return "programme:commitment", address

    return form_page(
        request, make=make, do=do, reason="programme.accept",
        title=_("Terima keluaran: %s") % row.title, template=FORM,
        back=reverse("programme:commitment", args=address), done=_("Tercatat untuk pihak Anda."),
    )  # fmt: skip


@ability_required("programme.view")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document that was handed in, to be saved."""
    row = Acceptance.objects.filter(milestone=pk).exclude(document="").first()
    if row is None:
        raise Http404
    return private_file(row.document, title=f"keluaran-{pk}")


@ability_required("programme.edit", "POST")
def seeing(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the side that was told has read it."""
    with reading(request):
        rows = Telling.objects.select_related(
            "commitment__agreement__corrections_office", "commitment__agreement__umkm_office"
        )
        row = get_object_or_404(rows, pk=pk)
    promise = row.commitment

    def do(by: Actor) -> Address:
        see_telling(by=by, telling=row)
        return "programme:commitment", [promise.agreement.code, promise.code]

    return act(request, "programme.see", do, _("Tercatat sudah dibaca."))
