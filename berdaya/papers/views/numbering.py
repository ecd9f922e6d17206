"""How the units number their papers: the list, and one unit's own pattern."""

from typing import Any

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page, one_unit, seen
from berdaya.papers.actions.numbering import set_number_pattern
from berdaya.papers.forms import PatternForm
from berdaya.papers.models import DocumentType, UnitNumbering
from berdaya.papers.tables import NumberingTable


def _own(request: HttpRequest) -> Subquery:
    """The pattern of the chosen unit, or those of all on view, each behind its unit's code."""
    rows = UnitNumbering.objects.filter(type=OuterRef("pk"), facility__in=seen(request))
    if request.facility:  # type: ignore[attr-defined]
        return Subquery(rows.values("number_pattern")[:1])
    told = Concat(F("facility__code"), Value(": "), F("number_pattern"))
    listed = rows.order_by().values("type").annotate(all=StringAgg(told, " · "))
    return Subquery(listed.values("all"))


@ability_required("stock.view")
def numberings(request: HttpRequest) -> HttpResponse:
    """Every kind with its usual pattern and the units' own."""
    unit = request.facility  # type: ignore[attr-defined]
    rows = DocumentType.objects.annotate(own=_own(request), unit=Value(unit.code if unit else ""))
    note = "" if unit else _("Pilih satu UPT untuk mengubah polanya.")
    return NumberingTable(request, rows).response("look/list_page.html", {"note": note})


@ability_required("numbering.edit", "GET POST")
def numbering(request: HttpRequest, code: str) -> HttpResponse:
    """The chosen unit's own pattern for one kind."""
    unit = one_unit(request)
    with reading(request):
        kind = get_object_or_404(DocumentType, code=code)
        own = UnitNumbering.objects.filter(facility=unit, type=kind).first()

    def make() -> forms.Form:
        first = {"pattern": own.number_pattern if own else kind.number_pattern}
        return PatternForm(request.POST or None, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_number_pattern(by=by, facility=unit, type=kind, pattern=facts["pattern"])
        return "papers:numberings", []

    return form_page(
        request, make=make, do=do, reason="numbering.set",
        title=_("Pola nomor: %(kind)s") % {"kind": kind.label},
        back=reverse("papers:numberings"), done=_("Surat berikutnya bernomor begitu."),
        context={"note": _("Surat yang sudah bernomor tidak berubah.")},
    )  # fmt: skip
