"""How long each step takes, by district, for whoever helps and whoever waits."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core import clock
from berdaya.facilitation.calc import LEAST
from berdaya.facilitation.models import Kind
from berdaya.facilitation.queries.figures import StepLine, kind_lines, step_lines
from berdaya.facilitation.tables_readiness import provinces
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import own_units
from berdaya.look import exports


@ability_required("facilitation.view")
def figures(request: HttpRequest) -> HttpResponse:
    """Steps of one kind (`jenis`) in a province (`provinsi`), as a page or a file (`ekspor`)."""
    known = provinces()
    province = _chosen(request, [code for code, _name in known])
    kind = request.GET.get("jenis", "")
    kind = kind if kind in Kind.values else Kind.PIRT.value
    today = clock.today()
    lines = step_lines(province, kind, today)
    if writer := exports.WRITERS.get(request.GET.get("ekspor", "")):
        heads, kinds = zip(*_columns(), strict=True)
        name = f"lama-langkah-{kind}-{province or 'nasional'}-pihak-umkm"
        return writer(name, heads, kinds, [_cells(line) for line in lines])
    is_all = "semua" in request.GET
    told = [one for one in lines if is_all or not one.place or one.is_told]
    context = {
        "lines": told,
        "left_out": len({one.place for one in lines} - {one.place for one in told}),
        "kinds": kind_lines(province, today),
        "kind": kind,
        "kind_label": Kind(kind).label,
        "choices": Kind.choices,
        "province": province,
        "provinces": known,
        "least": LEAST,
    }
    return render(request, "facilitation/figures.html", context)


def _chosen(request: HttpRequest, known: list[str]) -> str:
    """The province asked for; else the one of most of the actor's units, the nation for who has
    none."""
    asked = request.GET.get("provinsi")
    if asked is not None:
        return asked if asked in known else ""
    own = own_units(request.actor)  # type: ignore[attr-defined]
    rows = Facility.objects.filter(pk__in=own).values_list("region__parent", flat=True)
    found = Counter(rows).most_common(1)
    return found[0][0] or "" if found else ""


def _columns() -> list[tuple[str, str]]:
    return [
        (pgettext("facilitation", "Langkah"), "text"),
        (_("Kantor yang bertindak"), "text"),
        (_("Kabupaten atau kota"), "text"),
        (_("Selesai (banyaknya)"), "number"),
        (_("Hari (median)"), "text"),
        (_("Sedang berjalan"), "number"),
        (_("Sudah berjalan, hari (median)"), "number"),
        (_("Dijanjikan, hari"), "number"),
    ]


def _cells(line: StepLine) -> list[Any]:
    return [
        line.step, line.who, line.place or _("semua"), line.finished,
        _("terlalu sedikit") if line.days is None else line.days, line.running,
        line.running_days, line.promised_days,
    ]  # fmt: skip
