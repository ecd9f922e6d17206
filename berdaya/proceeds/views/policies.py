"""Split policies: what holds, what is proposed, and who agrees."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.proceeds.actions.policies import decide_policy, propose_policy
from berdaya.proceeds.example import percent, told
from berdaya.proceeds.forms import ReasonForm
from berdaya.proceeds.models import PolicyProposal, SplitPolicy
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.policies import VARIANTS
from berdaya.proceeds.policy_form import POCKET_SHARES, SHARES, PolicyForm
from berdaya.proceeds.tables import CORRECTION_STATES, PolicyTable
from berdaya.proceeds.views.shared import Address, act, books_on_view, can, form_page, seen

USUAL = {"saved_bp": 7500, "spendable_bp": 2500, "family_bp": 0, "floor_rp": 700_000}


@ability_required("books.view")
def policies(request: HttpRequest) -> HttpResponse:
    """Policies of the parties on view and the default; above them what waits for a decision."""
    parties = books_on_view(request).order_by().values("party")
    rows = SplitPolicy.objects.filter(Q(party__in=parties) | Q(party__isnull=True))
    waiting = PolicyProposal.objects.filter(facility__in=seen(request), decision__isnull=True)
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_policy") if can(request, "policy.edit") else "",
        "new_label": _("Usulkan kebijakan"),
        "waiting": waiting.select_related("party", "category").order_by("pk")[:20],
    }
    return PolicyTable(request, rows.select_related("party", "category")).response(
        "proceeds/policies.html", context
    )


@ability_required("policy.edit", "GET POST")
def new_policy(request: HttpRequest) -> HttpResponse:
    """Propose a policy; `?pola=` begins with one found in the field. `contoh` only works it out."""
    pattern = VARIANTS.get(request.GET.get("pola", ""), VARIANTS["kepmenkeh_1990"])
    first = {**USUAL, **pattern.terms(), "valid_from": clock.today()}
    with reading(request):
        form = PolicyForm(request.POST or None, books=books_on_view(request), initial=first)
        is_valid = form.is_valid()
    context = {"patterns": VARIANTS.values(), "pattern": pattern.code}
    if "contoh" in request.POST:
        facts = {"form": form, "facility": request.facility, **_words(), **context}  # type: ignore[attr-defined]
        with reading(request):
            return render(request, "proceeds/new_policy.html", facts)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        assert is_valid
        book = facts["book"]
        row = propose_policy(
            by=by, book=book, category=facts["category"], valid_from=facts["valid_from"],
            terms=form.terms(), proposed_on=clock.today(book.facility.timezone),
        )  # fmt: skip
        return "proceeds:policy_proposal", [row.pk]

    return form_page(
        request, make=lambda: form, do=do, reason="policy.propose",
        done=_("Diusulkan. Orang lain menyetujuinya di Hari Ini."),
        template="proceeds/new_policy.html", context=context, **_words(),
    )  # fmt: skip


def _words() -> dict[str, str]:
    return {"title": _("Usulkan kebijakan bagi hasil"), "back": reverse("proceeds:policies")}


def find_proposal(pk: int) -> PolicyProposal:
    """A proposal with what its page needs; 404 outside the scope."""
    rows = PolicyProposal.objects.select_related(
        "facility", "party", "category", "recorded_by", "decision__recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


@ability_required("books.view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, worked out on the example, and its decision."""
    row = find_proposal(pk)
    labels = PolicyForm.base_fields
    others = request.actor.user_id != row.recorded_by_id  # type: ignore[attr-defined]
    context = {
        "facility": row.facility,
        "proposal": row,
        "state": CORRECTION_STATES[row.state],
        "shares": [
            (labels[name].label, percent(getattr(row, name))) for name in (*SHARES, *POCKET_SHARES)
        ],
        "example": told(row.terms()),
        "can_decide": row.state == "waiting"
        and others
        and can(request, "policy.approve", row.facility_id),
    }
    return render(request, "proceeds/policy_proposal.html", context)


@ability_required("policy.approve", "POST")
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person agrees."""

    def do(by: Actor) -> Address:
        row = find_proposal(pk)
        today = clock.today(row.facility.timezone)
        decide_policy(by=by, proposal=row, outcome=Decision.APPROVED, decided_on=today)
        return "proceeds:policy_proposal", [pk]

    return act(request, "policy.approve", do, _("Disetujui. Berlaku mulai tanggal itu."))


@ability_required("policy.approve", "GET POST")
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person says no, and why."""
    with reading(request):
        row = find_proposal(pk)

    def make() -> forms.Form:
        return ReasonForm(request.POST or None)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        decide_policy(
            by=by, proposal=row, outcome=Decision.REFUSED, reason=facts["reason"],
            decided_on=clock.today(row.facility.timezone),
        )  # fmt: skip
        return "proceeds:policy_proposal", [pk]

    return form_page(
        request, make=make, do=do, reason="policy.refuse", title=_("Tolak usulan"),
        back=reverse("proceeds:policy_proposal", args=[pk]), done=_("Ditolak, dengan alasannya."),
    )  # fmt: skip
