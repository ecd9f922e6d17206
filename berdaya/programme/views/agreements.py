"""How the agreements go, clause by clause; one agreement with its history; a new version."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.insight.grids import AUDIENCES
from berdaya.insight.queries import PUBLIC
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.institutions.rules import may_anywhere
from berdaya.look import exports
from berdaya.programme.actions.proposals import begin_agreement, propose_version
from berdaya.programme.evidence import Standing, standings
from berdaya.programme.forms import AgreementForm, VersionForm
from berdaya.programme.grids import commitments
from berdaya.programme.history import moments_of
from berdaya.programme.models import Agreement, AgreementVersion, Clause
from berdaya.programme.rules.standing import STATES
from berdaya.programme.snapshots import line_of
from berdaya.programme.views.shared import FORM, agreement_or_404, agreements, rights

VERSION_FACTS = ("number_text", "signed_on", "place", "valid_from", "last_day", "clauses", "source")


def newest_clauses(agreement: Agreement) -> list[Clause]:
    """The clauses of the version agreed last, each with that version: one statement."""
    rows = Clause.objects.filter(version__agreement=agreement).select_related("version")
    found = list(rows.order_by("-version__number", "number"))
    return [one for one in found if one.version_id == found[0].version_id]


@ability_required("programme.view")
def overview(request: HttpRequest) -> HttpResponse:
    """How an agreement goes: every commitment under its clause, with state, number and target."""
    actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    every = list(agreements().order_by("kind", "code"))
    wanted = request.GET.get("kesepakatan", "")
    chosen = next((one for one in every if one.code == wanted), every[0] if every else None)
    if wanted and (chosen is None or chosen.code != wanted):
        raise Http404
    context: dict[str, Any] = {
        "agreements": every, "chosen": chosen, "may_begin": may_anywhere(actor, "programme.edit"),
    }  # fmt: skip
    if chosen is not None:
        clauses = newest_clauses(chosen)
        found = standings(actor, today, chosen.commitments.all())
        state = request.GET.get("keadaan", "")
        shown = [one for one in found if state in ("", one.state)]
        if request.GET.get("ekspor") in exports.WRITERS:
            grid = commitments([line_of(one) for one in shown], PUBLIC)
            name, *rest = grid.export
            return exports.WRITERS[request.GET["ekspor"]](f"{chosen.code}-{name}", *rest)
        context |= {
            "version": clauses[0].version if clauses else None,
            "clauses": by_clause(clauses, shown),
            "states": _counted(found),
            "wanted": state,
            "audience_text": AUDIENCES[PUBLIC],
        }
    return render(request, "programme/overview.html", context)


def by_clause(
    clauses: list[Clause], found: list[Standing]
) -> list[tuple[int, str, list[Standing]]]:
    """Number, words and commitments; a clause that a renewal dropped keeps its commitments."""
    words = {one.number: one.words for one in clauses}
    numbers = sorted(words.keys() | {one.commitment.clause_number for one in found})
    return [
        (number, words.get(number, _("Klausul ini tidak ada lagi dalam naskah yang berlaku.")),
         [one for one in found if one.commitment.clause_number == number])
        for number in numbers
    ]  # fmt: skip


def _counted(found: list[Standing]) -> list[tuple[str, str, int]]:
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    return [(state, str(STATES[state][0]), count) for state, count in counts.items() if count]


@ability_required("programme.view")
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """One agreement: its words, its parties, what waits for an answer, and what happened."""
    row = agreement_or_404(code)
    versions = list(row.versions.order_by("-number"))
    proposals = list(row.proposals.select_related("office").order_by("-pk"))
    context = {
        "agreement": row,
        "version": versions[0] if versions else None,
        "clauses": newest_clauses(row),
        "waiting": [one for one in proposals if one.is_open],
        "moments": moments_of(row, versions, proposals, clock.today()),
        "days_left": _days_left(versions[0] if versions else None),
        **rights(request, row),
    }
    return render(request, "programme/agreement.html", context)


def _days_left(version: AgreementVersion | None) -> int | None:
    if version is None or version.last_day is None:
        return None
    return (version.last_day - clock.today()).days


@ability_required("programme.edit", "GET POST")
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Propose an agreement with its first version."""

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        version = {name: facts.pop(name) for name in VERSION_FACTS}
        proposal = begin_agreement(by=by, facts=version, **facts)
        return "programme:proposal", [proposal.pk]

    return form_page(
        request, make=lambda: AgreementForm(request.POST or None, request.FILES or None), do=do,
        reason="programme.begin", title=_("Usulkan kesepakatan baru"), template=FORM,
        back=reverse("programme:overview"), done=_("Terkirim kepada pihak lain."),
    )  # fmt: skip


@ability_required("programme.edit", "GET POST")
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a renewal or an amendment, beginning from the words that hold now."""
    with reading(request):
        row = agreement_or_404(code)
        before = row.versions.order_by("-number").first()
        words = "\n".join(one.words for one in newest_clauses(row))
    first = {"clauses": words}
    if before is not None:
        first |= {"place": before.place, "valid_from": before.valid_until}

    def make() -> forms.Form:
        return VersionForm(request.POST or None, request.FILES or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        scan = facts.pop("scan")
        proposal = propose_version(by=by, agreement=row, facts=facts, scan=scan)
        return "programme:proposal", [proposal.pk]

    return form_page(
        request, make=make, do=do, reason="programme.renew", title=_("Perpanjang atau ubah naskah"),
        back=reverse("programme:agreement", args=[code]), template=FORM,
        done=_("Terkirim kepada pihak lain."),
    )  # fmt: skip


@ability_required("programme.view")
def scan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The signed paper of a version, to be saved."""
    row = get_object_or_404(AgreementVersion, agreement__code=code, number=number)
    if not row.scan:
        raise Http404
    return private_file(row.scan, title=f"{code}-{number}")
