"""Names on the day sheet: filled into the cells, or on a roll to print; both answer a POST only."""

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.access import ability_required
from berdaya.look.paper import pdf_response
from berdaya.people.actions.reveals import Opened, open_identities
from berdaya.people.models import RevealPurpose
from berdaya.people.names_page import MINUTES_SHOWN, work_numbers
from berdaya.workshop import prints, sheet_page
from berdaya.workshop.assigning import roll_subject
from berdaya.workshop.models import Workshop
from berdaya.workshop.views.sheets import a_day, show_sheet, workshop_or_404


def people_on(post: QueryDict) -> list[int] | None:
    """Whom the page that asks shows; None where it did not say, which means the whole roll."""
    texts = (post.get(f"orang-{n}", "") for n in range(len(post)))
    found = {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18}
    return sorted(found) or None


def _open(request: HttpRequest, workshop: int, day: date) -> tuple[Workshop, Opened]:
    with acting(request.actor, "identity.roll") as scope:  # type: ignore[attr-defined]
        shop = workshop_or_404(workshop)
        opened = open_identities(
            by=scope.actor, facility=shop.facility, purpose=RevealPurpose.ROLL,
            subject=roll_subject(shop, day), participants=people_on(request.POST),
        )  # fmt: skip
    return shop, opened


@ability_required("identity.roll", "POST")
@never_cache
def names(request: HttpRequest, workshop: int, day: str) -> HttpResponse:
    """The names of the sheet's people: cells for htmx, else the sheet as typed, with names."""
    when = a_day(day)
    if not request.htmx:  # type: ignore[attr-defined]
        _shop, opened = _open(request, workshop, when)
        return _whole_sheet(request, workshop, when, opened)
    try:
        _shop, opened = _open(request, workshop, when)
    except Refused as refusal:
        context = {"names_refused": refusal.verdict, "is_oob": True}
        return render(request, "people/names_note.html", context, status=refusal.verdict.status)
    return render(request, "workshop/sheet_names.html", _context(opened) | {"is_oob": True})


def _context(opened: Opened) -> dict[str, object]:
    return {"reveal": opened.reveal, "opened": opened, "minutes": MINUTES_SHOWN}


def _whole_sheet(request: HttpRequest, workshop: int, day: date, opened: Opened) -> HttpResponse:
    typed = sheet_page.read_typed(request.POST) or None
    with reading(request):
        page = sheet_page.load(workshop_or_404(workshop), day, typed=typed)
        for line in page.lines:
            shown = opened.people.get(line.place.participant_id)
            line.name = shown.words if shown else ""
        return show_sheet(request, page, more=_context(opened))


@ability_required("identity.roll", "POST")
@never_cache
def roll_print(request: HttpRequest, workshop: int, day: str) -> HttpResponse:
    """The roll on paper, with the number under which its opening is logged."""
    when = a_day(day)
    shop, opened = _open(request, workshop, when)
    with reading(request):
        numbers = work_numbers(shop.facility_id, opened.people)
        content = prints.roll_pdf(shop, when, opened, numbers, request.POST.get("paper", ""))
    return pdf_response(content, opened.reveal.code)
