"""Paper out of the workshop: sheets and cards as often as wanted, the batch record numbered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.papers.actions.documents import issue_document, record_print
from berdaya.people.models import Participant, Placement
from berdaya.people.queries import placed_in_line
from berdaya.workshop import prints, rules
from berdaya.workshop.views.batches import batch_or_404
from berdaya.workshop.views.sheets import a_day, workshop_or_404


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@ability_required("people.view")
def sheet(request: HttpRequest, workshop: int, day: str, kind: str) -> HttpResponse:
    """The sheet on F4 (or `?kertas=a4`): `kosong` to fill by pen, `isi` as filed."""
    when, shop = a_day(day), workshop_or_404(workshop)
    paper = "a4" if request.GET.get("kertas") == "a4" else "f4"
    content = prints.sheet_pdf(shop, when, paper, is_blank=kind == "kosong")
    return _pdf(content, f"daftar-hadir-{shop.code}-{when}-{kind}")


@ability_required("people.view")
def workshop_cards(request: HttpRequest, workshop: int, day: str) -> HttpResponse:
    """The work cards of everybody placed in this workshop's line, for the week from `day`."""
    monday, shop = a_day(day), workshop_or_404(workshop)
    places = placed_in_line(shop.facility_id, shop.line_of_work, monday)
    return _pdf(
        prints.cards_pdf(shop.facility, places, monday), f"kartu-kerja-{shop.code}-{monday}"
    )


@ability_required("people.view")
def card(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """One person's work card for the week from `day`."""
    monday = a_day(day)
    person = get_object_or_404(Participant, code=code)
    rows = Placement.objects.filter(participant=person).select_related("facility", "participant")
    place = get_object_or_404(rows.order_by("-valid_from")[:1])
    return _pdf(prints.cards_pdf(place.facility, [place], monday), f"kartu-kerja-{code}-{monday}")


@ability_required("batch.close", "POST")
def batch_record(request: HttpRequest, code: str) -> HttpResponse:
    """BA Hasil Produksi: numbered on the first print, SALINAN on the next."""
    actor = request.actor  # type: ignore[attr-defined]
    with acting(actor, "batch.record"):
        one = batch_or_404(code)
        if not one.is_closed:
            raise Refused(rules.batch_still_open(code=one.code))
        document = issue_document(
            by=actor,
            type=prints.BATCH_RECORD,
            facility=one.facility,
            day=one.closing.closed_on,
            subject_ref=f"batch:{one.code}",
        )
        document = record_print(by=actor, document=document)
        content = prints.batch_record_pdf(document, one)
        return _pdf(content, f"ba-hasil-produksi-{one.code}")
