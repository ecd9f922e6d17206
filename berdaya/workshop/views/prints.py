"""Paper out of the workshop: each numbered on its first print, SALINAN on the next."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import issue_document, print_subject, print_together
from berdaya.papers.models import Document
from berdaya.papers.prints import chosen_paper
from berdaya.people.models import Participant, Placement
from berdaya.people.queries import placed_in_line
from berdaya.workshop import documents, prints, rules
from berdaya.workshop.models import WorkSheet
from berdaya.workshop.views.batches import batch_or_404
from berdaya.workshop.views.sheets import a_day, workshop_or_404


def _paper(request: HttpRequest) -> str:
    return request.POST.get("paper", "")


@ability_required("people.view", "POST")
def sheet(request: HttpRequest, workshop: int, day: str, kind: str) -> HttpResponse:
    """The sheet: `kosong` to fill by pen, `isi` as filed."""
    when = a_day(day)
    with acting(request.actor, "sheet.print") as scope:  # type: ignore[attr-defined]
        shop = workshop_or_404(workshop)
        if kind == documents.FILLED:
            get_object_or_404(WorkSheet, workshop=shop, day=when)
        content = print_subject(
            by=scope.actor, type=documents.SHEET, facility=shop.facility, day=when,
            subject_ref=documents.sheet_subject(shop, when, kind), paper=_paper(request),
        )  # fmt: skip
    return pdf_response(content, f"daftar-hadir-{shop.code}-{when}-{kind}")


@ability_required("people.view", "POST")
def workshop_cards(request: HttpRequest, workshop: int, day: str) -> HttpResponse:
    """The work cards of everybody placed in this workshop's line, for the week from `day`."""
    monday = a_day(day)
    with acting(request.actor, "card.print") as scope:  # type: ignore[attr-defined]
        shop = workshop_or_404(workshop)
        places = placed_in_line(shop.facility_id, shop.line_of_work, monday)
        if not places:
            raise Refused(rules.nobody_in_line(line=shop.label))
        content = _print_cards(scope.actor, shop.facility, places, monday, _paper(request))
    return pdf_response(content, f"kartu-kerja-{shop.code}-{monday}")


@ability_required("people.view", "POST")
def card(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """One person's work card for the week from `day`."""
    monday = a_day(day)
    with acting(request.actor, "card.print") as scope:  # type: ignore[attr-defined]
        person = get_object_or_404(Participant, code=code)
        rows = Placement.objects.filter(participant=person)
        place = rows.select_related("facility", "participant").order_by("-valid_from").first()
        if place is None:
            raise Http404
        content = _print_cards(scope.actor, place.facility, [place], monday, _paper(request))
    return pdf_response(content, f"kartu-kerja-{code}-{monday}")


def _print_cards(
    by: Actor, facility: Facility, places: Sequence[Placement], monday: date, paper: str
) -> bytes:
    cards = [
        issue_document(
            by=by, type=documents.CARD, facility=facility, day=monday + timedelta(days=6),
            subject_ref=documents.card_subject(place.participant, monday),
        )
        for place in places
    ]  # fmt: skip

    def render(cards: Sequence[Document]) -> bytes:
        return prints.cards_pdf(cards, chosen_paper(cards[0], paper))

    return print_together(by=by, documents=cards, render=render)


@ability_required("batch.close", "POST")
def batch_record(request: HttpRequest, code: str) -> HttpResponse:
    """BA Hasil Produksi of a closed batch."""
    with acting(request.actor, "batch.record") as scope:  # type: ignore[attr-defined]
        one = batch_or_404(code)
        if not one.is_closed:
            raise Refused(rules.batch_still_open(code=one.code))
        content = print_subject(
            by=scope.actor, type=documents.BATCH_RECORD, facility=one.facility,
            day=one.closing.closed_on, subject_ref=f"batch:{one.code}", paper=_paper(request),
        )  # fmt: skip
    return pdf_response(content, f"ba-hasil-produksi-{one.code}")
