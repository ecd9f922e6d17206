"""Leaving: what a person is owed, settled on one screen the same day, with its record."""

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core import clock
from berdaya.core.scope import Actor, acting
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.ledger.models import Account
from berdaya.ledger.queries import premi_balances
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import issue_document, print_subject, print_together
from berdaya.papers.prints import chosen_paper
from berdaya.people.actions.reveals import open_identities
from berdaya.people.models import Participant, Placement, RevealPurpose
from berdaya.proceeds.actions.exits import settle_exit
from berdaya.proceeds.forms import ExitForm
from berdaya.proceeds.models import ExitSettlement
from berdaya.proceeds.prints_exits import RECORD, exit_pdf, reason_of
from berdaya.proceeds.tables import ExitTable
from berdaya.proceeds.views.shared import Address, can, form_page, seen


@ability_required("leaving.settle")
def exits(request: HttpRequest) -> HttpResponse:
    """Every settlement of the facilities on view."""
    rows = ExitSettlement.objects.filter(facility__in=seen(request)).select_related("participant")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "new_url": reverse("proceeds:new_exit") if can(request, "leaving.settle") else "",
        "new_label": _("Selesaikan yang keluar"),
    }
    return ExitTable(request, rows).response("proceeds/list.html", context)


def people_at(facility_id: int) -> "QuerySet[Participant]":
    """Everybody who was ever placed here, with their latest work number here."""
    placed = Placement.objects.filter(facility_id=facility_id)
    number = placed.filter(participant=OuterRef("pk")).order_by("-valid_from").values("work_number")
    people = Participant.objects.filter(pk__in=placed.values("participant"))
    return people.annotate(work_number=Subquery(number[:1])).order_by("work_number", "pk")


def _balances(person: str, facility_id: int) -> list[tuple[str, int]]:
    """What the books owe this person now, by the account's name."""
    owed: dict[str, int] = {}
    for (_book, code), amount in premi_balances(int(person), facility_id).items():
        owed[code] = owed.get(code, 0) + amount
    labels = {
        row.code: row
        for row in Account.objects.filter(code__in=owed).distinct("code").order_by("code")
    }
    return [(labels[code].label, amount) for code, amount in owed.items()]


@ability_required("leaving.settle", "GET POST")
def new_exit(request: HttpRequest) -> HttpResponse:
    """Choose the person, see every pocket, settle."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]
    chosen = request.GET.get("participant", "")

    def make() -> forms.Form:
        first = {"left_on": clock.today(facility.timezone), "participant": chosen}
        return ExitForm(request.POST or None, people=people_at(facility.pk), initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        return "proceeds:exit", [settle_exit(by=by, facility=facility, **facts).code]

    shown = chosen.isdigit() and request.method == "GET"
    return form_page(
        request, make=make, do=do, reason="leaving.settle", title=_("Serah terima saat keluar"),
        back=reverse("proceeds:exits"), done=_("Selesai. Cetak berita acaranya."),
        template="proceeds/new_exit.html",
        context={"balances": _balances(chosen, facility.pk) if shown else None, "chosen": chosen},
    )  # fmt: skip


def find_exit(code: str) -> ExitSettlement:
    """A settlement with its person; 404 outside the scope."""
    rows = ExitSettlement.objects.select_related("facility", "participant", "recorded_by")
    return get_object_or_404(rows, code=code)


@ability_required("leaving.settle")
def exit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One settlement, book by book and pocket by pocket."""
    row = find_exit(code)
    context = {
        "facility": row.facility,
        "exit": row,
        "can_name": can(request, "identity.leaving", row.facility_id),
        "lines": list(row.lines.select_related("book__party").order_by("pk")),
    }
    return render(request, "proceeds/exit.html", context)


@ability_required("leaving.settle", "POST")
def printing(request: HttpRequest, code: str) -> HttpResponse:
    """Print the handover record (BA); from the second print on it says SALINAN."""
    with acting(request.actor, "leaving.print") as scope:  # type: ignore[attr-defined]
        row = find_exit(code)
        content = print_subject(
            by=scope.actor, type=RECORD, facility=row.facility, day=row.left_on,
            subject_ref=f"exit:{row.code}", paper=request.POST.get("paper", ""),
        )  # fmt: skip
    return pdf_response(content, row.code)


@ability_required("identity.leaving", "POST")
@never_cache
def named(request: HttpRequest, code: str) -> HttpResponse:
    """The same record with the names that are sealed; the opening is logged with it."""
    with acting(request.actor, "identity.leaving") as scope:  # type: ignore[attr-defined]
        row = find_exit(code)
        subject = f"exit:{row.code}"
        opened = open_identities(
            by=scope.actor, facility=row.facility, purpose=RevealPurpose.LEAVING,
            subject=subject, reason=reason_of(row),
        )  # fmt: skip
        document = issue_document(
            by=scope.actor, type=RECORD, facility=row.facility, day=row.left_on, subject_ref=subject
        )
        paper = chosen_paper(document, request.POST.get("paper", ""))
        content = print_together(
            by=scope.actor, documents=[document],
            render=lambda documents: exit_pdf(documents[0], paper, opened),
        )  # fmt: skip
    return pdf_response(content, row.code)
