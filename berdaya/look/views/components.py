"""The page that shows every component in every state, with invented data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from berdaya.core.http import takes
from berdaya.look import samples
from berdaya.look.charts.figures import download
from berdaya.look.charts.samples import figures
from berdaya.look.paper import PAPERS, render_pdf
from berdaya.look.tables import Column, Empty, Filter, Table


class SampleRows:
    """A few rows in memory that answer like a queryset, so that the page needs no database."""

    def __init__(self, rows: tuple[samples.SampleBatch, ...]) -> None:
        self.rows = rows

    def filter(self, *any_of: object, **exact: object) -> "SampleRows":
        """Exact fields only; the sample searches by code."""
        if any_of:
            words = [str(value).lower() for _path, value in getattr(any_of[0], "children", ())]
            return SampleRows(
                tuple(r for r in self.rows if any(w in r.code.lower() for w in words))
            )
        kept = (r for r in self.rows if all(getattr(r, k) == v for k, v in exact.items()))
        return SampleRows(tuple(kept))

    def order_by(self, *names: str) -> "SampleRows":
        """By the first name that the rows have."""
        name = names[0]
        key = name.lstrip("-")
        if key == "pk":
            return self
        ordered = sorted(self.rows, key=lambda r: getattr(r, key), reverse=name.startswith("-"))
        return SampleRows(tuple(ordered))

    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def __getitem__(self, part: slice) -> tuple[samples.SampleBatch, ...]:
        return self.rows[part]


class SampleTable(Table):
    """The list every room builds on, with four invented batches."""

    name = "batch-contoh"
    caption = _("Batch produksi (contoh)")
    columns = (
        Column("kode", _("Kode"), field="code", url=lambda row: f"#{row.code}"),
        Column("produk", _("Produk"), field="product"),
        Column("jumlah", _("Jumlah"), "qty", field="output_qty"),
        Column("nilai", _("Nilai"), "amount", field="value_rp"),
        Column("mulai", pgettext_lazy("look", "Mulai"), "date", field="started_on"),
        Column("keadaan", _("Keadaan"), "state", field="state", states=samples.BATCH_STATES),
    )
    search = ("code__icontains",)
    search_label = _("Cari kode batch")
    filters = (
        Filter(
            "keadaan",
            _("Keadaan"),
            [(code, state.label) for code, state in samples.BATCH_STATES.items()],
            field="state",
        ),
    )
    empty = Empty(
        _("Belum ada batch"),
        _("Buat bengkel dahulu, lalu mulai batch pertama dari bengkel itu."),
        _("Buat bengkel"),
        "#daftar",
        "chair",
    )


class EmptySampleTable(SampleTable):
    """The same list before anything is in it."""

    name = "batch-kosong"
    search = ()
    filters = ()


@takes("GET")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    rows = SampleRows(samples.BATCHES)
    refused = samples.SampleForm({"price": "500", "weight": "banyak", "code": "A-014"})
    context = {
        "samples": samples,
        "empty_table": EmptySampleTable(request, SampleRows(())),
        "form": samples.SampleForm(prefix="isi", initial={"price": 385_000, "code": "A-014"}),
        "refused_form": refused,
        "verdict": samples.verdict(),
        "papers": PAPERS,
        "figures": figures(reverse("look:components")),
        "facility": {
            "code": "LP-ATB",
            "name": "Lapas Kelas IIB Atambua",
            "timezone": "Asia/Makassar",
        },
    }
    return SampleTable(request, rows).response("look/components.html", context)


@takes("GET")
def sample_chart(request: HttpRequest, key: str) -> HttpResponse:
    """A sample chart as a file, `?berkas=` svg, png or csv."""
    found = next((one for one in figures("") if one.chart.key == key), None)
    if found is None:
        raise Http404
    return download(found, request.GET.get("berkas", "svg"))


@takes("GET")
def sample_letter(request: HttpRequest) -> HttpResponse:
    """A sample paper as PDF; `?kertas=` chooses the paper."""
    paper = request.GET.get("kertas", "a4")
    if paper not in PAPERS:
        return render(request, "look/errors/404.html", status=404)
    pdf = render_pdf("letter.typ", samples.letter(get_language() or "id"), paper)
    return HttpResponse(pdf, content_type="application/pdf")
