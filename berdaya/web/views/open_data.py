"""What the programme amounts to, for everybody: a page, datasets for machines, charts to embed."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from berdaya.insight.indicators.base import RUPIAH
from berdaya.insight.maps import mapped_provinces
from berdaya.insight.open_data import CODES, DATASETS, Dataset, Published, newest_year, published
from berdaya.institutions.models import DemoWorld
from berdaya.look.charts.drawing import told
from berdaya.look.charts.figures import Figured, download
from berdaya.look.parts import Figure
from berdaya.web import open_charts, open_files, open_metadata, share
from berdaya.web.views.common import for_machines, public_page

View = Callable[..., HttpResponse]
MONTHS_SHOWN = 12
SOLD = DATASETS["penjualan"]
HOUR = "public, max-age=3600"
JSON = {"ensure_ascii": False, "indent": 1}


def _year(codes: Sequence[str] = CODES) -> Published:
    """The last twelve months that were told."""
    return published(codes, newest=MONTHS_SHOWN)


def said(dataset: Dataset, value: Any) -> str:
    """A number as people read it."""
    if value is None:
        return _("tidak diumumkan")
    number = told(value, "Rp" if dataset.indicator.unit == RUPIAH else "")
    return _("sekitar %s") % number if dataset.is_of_people else number


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """The figures of the last twelve months, over time and by regency, and the files."""
    found = _year()
    totals = [(one, found.total.get(one.code)) for one in DATASETS.values()]
    charts = open_charts.figures(found)
    context = {
        "is_demo": DemoWorld.objects.exists(),
        "first": found.months[0] if found.months else None,
        "last": found.months[-1] if found.months else None,
        "told_at": found.told_at,
        "figures": [Figure(one.title, said(one, total), one.concept) for one, total in totals],
        "charts": [(one, _snippet(one)) for one in charts] if found.months else [],
        "datasets": [(one, open_metadata.standard(one)) for one in DATASETS.values()],
        "rules": _rules(),
        "places": _places(found),
        "silent": _silent(found),
        "editions": mapped_provinces(),
        "contact": open_metadata.contact(),
        "licence": open_metadata.LICENCE,
        "json_ld": share.json_ld(*_described(found)),
        "motif_seed": "terbuka",
    }
    return render(request, "web/open_data.html", context)


def _rules() -> list[str]:
    """Every rule of telling, each once."""
    return list(
        dict.fromkeys(rule for one in DATASETS.values() for rule in open_metadata.rules(one))
    )


def _places(found: Published) -> list[dict[str, Any]]:
    """A line a regency of which anything was told: its numbers, and how its sales stand beside
    the largest, in percent."""
    lines = []
    for region in found.regions:
        values = [(one, found.of_region.get((one.code, region.code))) for one in DATASETS.values()]
        if any(value is not None for _one, value in values):
            lines.append({"name": region.name, "values": values})
    most = max((dict(line["values"])[SOLD] or 0 for line in lines), default=0)
    for line in lines:
        sold = dict(line["values"])[SOLD] or 0
        line["share"] = int(100 * max(sold, 0) / most) if most > 0 else 0
        line["cells"] = [
            (one, "" if value is None else said(one, value)) for one, value in line["values"]
        ]
    return lines


def _silent(found: Published) -> list[str]:
    """Names of the regencies of which nothing was told."""
    told = {region for _code, region in found.of_region}
    return [region.name for region in found.regions if region.code not in told]


def _snippet(one: Figured) -> dict[str, str]:
    """What another site pastes to show a chart."""
    key = one.chart.key
    return {
        "key": key,
        "url": share.absolute(reverse("web:open_embed", args=[key])),
        "title": str(one.chart.title),
    }


def _described(found: Published) -> list[dict[str, Any]]:
    first, last = open_metadata.span(found)
    return [
        {
            "@type": "Dataset",
            "name": str(one.title),
            "description": str(one.definition),
            "license": open_metadata.LICENCE,
            "creator": {"@type": "Organization", "name": open_metadata.office()},
            "temporalCoverage": f"{first}/{last}",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": open_files.address("open_csv", one.slug),
                }
            ],
        }
        for one in DATASETS.values()
    ]


def for_programs(view: View) -> View:
    """A file that programs of any site may read, kept for an hour, dated by what was told last."""

    @public_page
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = HOUR if response.status_code == 200 else "no-store"
        return for_machines(response)

    return inner


def _dated(response: HttpResponse, found: Published) -> HttpResponse:
    if found.told_at is not None:
        response["Last-Modified"] = http_date(found.told_at.timestamp())
    return response


def _refused(code: str, words: str, status: int) -> JsonResponse:
    """A mistake told to a program: a code that stays, a sentence, and where to go on."""
    body = {"kode": code, "pesan": words, "katalog": open_files.address("open_catalogue")}
    return JsonResponse(body, status=status, json_dumps_params=JSON)


def _unknown() -> JsonResponse:
    return _refused("dataset_tidak_dikenal", _("Tidak ada dataset bernama begitu."), 404)


@for_programs
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every dataset with its metadata and files."""
    found = published(())
    body = open_metadata.catalogue(found, is_demo=DemoWorld.objects.exists())
    kind = "application/ld+json"
    return _dated(JsonResponse(body, json_dumps_params=JSON, content_type=kind), found)


@for_programs
def data_csv(request: HttpRequest, dataset: str) -> HttpResponse:
    """A dataset with all its months; its name says so where the world is invented."""
    known = DATASETS.get(dataset)
    if known is None:
        return _unknown()
    found = published([known.code])
    name = f"{'contoh-' if DemoWorld.objects.exists() else ''}{known.slug}.csv"
    response = HttpResponse(
        open_files.csv_text(known, found), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    about = open_files.address("open_metadata", known.slug)
    response["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    return _dated(response, found)


@for_programs
def data_json(request: HttpRequest, dataset: str) -> HttpResponse:
    """A dataset's year, `?tahun=2026`; the newest one where none is named."""
    known = DATASETS.get(dataset)
    if known is None:
        return _unknown()
    asked = request.GET.get("tahun", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return _refused("tahun_keliru", _("Tulis tahunnya dengan empat angka."), 400)
    year = int(asked) if asked else newest_year()
    found = published([known.code], year=year)
    if year not in found.years:
        return _refused("tahun_belum_ada", _("Dari tahun itu belum ada yang diumumkan."), 404)
    is_demo = DemoWorld.objects.exists()
    body = open_files.json_data(known, found, year, is_demo=is_demo)
    return _dated(JsonResponse(body, json_dumps_params=JSON), found)


@for_programs
def data_metadata(request: HttpRequest, dataset: str) -> HttpResponse:
    """What a dataset's columns and numbers mean."""
    known = DATASETS.get(dataset)
    if known is None:
        return _unknown()
    found = published(())
    body = open_metadata.csv_on_the_web(known, found, is_demo=DemoWorld.objects.exists())
    kind = "application/csvm+json"
    return _dated(JsonResponse(body, json_dumps_params=JSON, content_type=kind), found)


def _chart(key: str) -> tuple[Figured, Published]:
    if key not in open_charts.KEYS:
        raise Http404
    found = _year(open_charts.codes(key))
    return open_charts.figure(key, found), found


@for_programs
def chart_file(request: HttpRequest, key: str) -> HttpResponse:
    """A chart to take away: `?berkas=` svg, png or csv."""
    figure, _found = _chart(key)
    return download(figure, request.GET.get("berkas", "svg"))


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_page
def embed(request: HttpRequest, key: str) -> HttpResponse:
    """One chart alone, which any site may show in a frame: no script, a line with its source."""
    figure, found = _chart(key)
    context = {
        "figure": figure,
        "is_demo": DemoWorld.objects.exists(),
        "last": found.months[-1] if found.months else None,
        "source": open_files.address("open_data"),
    }
    response = render(request, "web/embed.html", context)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
