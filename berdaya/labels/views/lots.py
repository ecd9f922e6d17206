"""Labels of lots: the list, one label as it will look, and printing it."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Verdict
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import seen
from berdaya.labels import prints, rules
from berdaya.labels.actions.prints import print_labels
from berdaya.labels.forms import ChoiceForm, PrintForm
from berdaya.labels.layouts import LAYOUTS, MOST_COPIES
from berdaya.labels.queries import Known, goods_lots, known_of, lots_to_label
from berdaya.labels.tables import LabelTable
from berdaya.labels.words import Audience, Speech
from berdaya.look.paper import pdf_response
from berdaya.stock.models import Lot

# A label is shown larger than life: so many pixels of the screen a millimetre.
PIXELS_A_MM = 6


@ability_required("label.print")
def lots(request: HttpRequest) -> HttpResponse:
    """Lots of which something is left, each with what its label lacks."""
    table = LabelTable(request, lots_to_label(seen(request)))
    return table.response("labels/lots.html", {"facility": request.facility})  # type: ignore


def find_lot(code: str) -> Lot:
    """The lot of a code, with what its label needs; 404 outside the scope, and for services."""
    return get_object_or_404(goods_lots(), code=code)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Paper, market and language of the address; what is unknown is not asked for."""
    form = ChoiceForm(request.GET)
    form.is_valid()
    found = form.cleaned_data
    return {
        "layout": found.get("kertas", ""),
        "audience": found.get("untuk") or Audience.OWN,
        "speech": found.get("bahasa") or Speech.ID,
    }


def _sheet(known: Known, chosen: dict[str, str]) -> prints.Sheet:
    """On the paper chosen; where none was, on the first on which the label fits whole."""
    first = LAYOUTS[chosen["layout"] or next(iter(LAYOUTS))]
    sheet = prints.sheet_for(known, first, chosen["audience"], chosen["speech"])
    if chosen["layout"]:
        return sheet
    return replace(sheet, layout=prints.usual_paper(sheet, chosen["audience"]))


@ability_required("label.print")
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """One lot's label: what is missing, how it looks on a paper, what was printed."""
    return _page(request, find_lot(code))


def _page(
    request: HttpRequest, row: Lot, form: PrintForm | None = None, chosen: Any = None
) -> HttpResponse:
    chosen = chosen or _chosen(request)
    known = known_of([row], chosen["audience"])[row.pk]
    sheet = _sheet(known, chosen)
    fitted = prints.fit(sheet, chosen["audience"])
    missing = rules.may_print(known.facts)
    verdict = missing
    if fitted is None:
        verdict += prints.why_not(sheet, chosen["audience"], known.facts.pages)
    asked = {
        "kertas": sheet.layout.code, "untuk": chosen["audience"], "bahasa": chosen["speech"]
    }  # fmt: skip
    printed = row.label_prints.aggregate(n=Sum("copies"))["n"] or 0
    context = {
        "facility": row.facility,
        "lot": row,
        "known": known,
        "verdict": verdict,
        "sheet": sheet,
        "fitted": fitted,
        "drops_bars": bool(sheet.number and fitted and not fitted.with_bars),
        "choice": ChoiceForm(asked),
        "form": form or _print_form(row, sheet, chosen, printed),
        "preview_url": f"{reverse('labels:preview', args=[row.code])}?{urlencode(asked)}",
        "preview_width": round(sheet.layout.width * PIXELS_A_MM),
        "prints": list(row.label_prints.select_related("text", "printed_by")[:20]),
        "printed": printed,
    }
    return render(request, "labels/lot.html", context, status=422 if form else 200)


def _print_form(row: Lot, sheet: prints.Sheet, chosen: dict[str, str], printed: int) -> PrintForm:
    """As many as there are pieces without a label yet."""
    left = int(row.made_qty) - printed
    initial = {
        "layout": sheet.layout.code,
        "audience": chosen["audience"],
        "speech": chosen["speech"],
        "copies": max(1, min(left, MOST_COPIES)),
        "first_cell": 1,
    }
    return PrintForm(initial=initial, layout=sheet.layout.code)


@ability_required("label.print")
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The label as a picture; while something is missing, that is written across it."""
    row, chosen = find_lot(code), _chosen(request)
    known = known_of([row], chosen["audience"])[row.pk]
    sheet = _sheet(known, chosen)
    fitted = prints.fit(sheet, chosen["audience"])
    verdict: Verdict = rules.may_print(known.facts)
    draft = "" if verdict.ok and fitted else _("BELUM SIAP")
    png = prints.label_png(sheet, fitted, draft)
    return HttpResponse(
        png, content_type="image/png", headers={"Cache-Control": "private, no-store"}
    )


@ability_required("label.print", "POST")
def printing(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of so many labels; what they say is kept."""
    with reading(request):
        row = find_lot(code)
        form = PrintForm(request.POST, layout=request.POST.get("layout", ""))
        if not form.is_valid():
            chosen = {
                "layout": request.POST.get("layout", ""),
                "audience": request.POST.get("audience", ""),
                "speech": request.POST.get("speech", ""),
            }
            is_known = {"layout", "audience", "speech"}.isdisjoint(form.errors)
            return _page(request, row, form, chosen if is_known else None)
        asked = form.asked()
    with acting(request.actor, "label.print") as scope:  # type: ignore[attr-defined]
        kept, pdf = print_labels(by=scope.actor, lot=find_lot(code), **asked)
    return pdf_response(pdf, f"label-{code}-{kept.layout}")
