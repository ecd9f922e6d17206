"""One proposal: what would change; the other side answers, the own side may take it back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act, form_page
from berdaya.programme.actions.proposals import (
    agree_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from berdaya.programme.changes import told_facts
from berdaya.programme.forms import ProposalAnswerForm
from berdaya.programme.models import Proposal, ProposalKind
from berdaya.programme.rules.changes import may_answer, may_withdraw
from berdaya.programme.views.shared import rights


def proposal_or_404(pk: int) -> Proposal:
    """With its agreement and the offices that signed."""
    rows = Proposal.objects.select_related(
        "agreement__corrections_office", "agreement__umkm_office", "office", "answer_office"
    )
    return get_object_or_404(rows, pk=pk)


@ability_required("programme.view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change, who wants it, what the other side said."""
    row = proposal_or_404(pk)
    held = rights(request, row.agreement)
    seat = held["seat"]
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "proposal": row,
        "agreement": row.agreement,
        "facts": told_facts(row),
        "can_answer": seat is not None and may_answer(actor, seat.side, row).ok,
        "can_withdraw": seat is not None and may_withdraw(actor, seat.side, row).ok,
        **held,
    }
    return render(request, "programme/proposal.html", context)


def _after(row: Proposal) -> Address:
    """Where the change can be seen."""
    if row.kind == ProposalKind.VERSION or not row.subject:
        return "programme:agreement", [row.agreement.code]
    return "programme:commitment", [row.agreement.code, row.subject]


@ability_required("programme.agree", "GET POST")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The other side's yes or no."""
    with reading(request):
        row = proposal_or_404(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        if facts["outcome"] == "agreed":
            agree_proposal(by=by, proposal=row, comment=facts["comment"])
            return _after(row)
        refuse_proposal(by=by, proposal=row, comment=facts["comment"])
        return "programme:proposal", [pk]

    return form_page(
        request, make=lambda: ProposalAnswerForm(request.POST or None), do=do,
        reason="programme.answer", title=_("Jawab usulan pihak lain"),
        back=reverse("programme:proposal", args=[pk]), done=_("Jawaban tercatat."),
    )  # fmt: skip


@ability_required("programme.edit", "POST")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    with reading(request):
        row = proposal_or_404(pk)

    def do(by: Actor) -> Address:
        withdraw_proposal(by=by, proposal=row)
        return "programme:proposal", [pk]

    return act(request, "programme.withdraw", do, _("Usulan ditarik."))
