"""One desk for the UMKM side: who asks for help, what runs, what products still lack."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.institutions.access import ability_required
from berdaya.look import exports
from berdaya.look.parts import Figure
from berdaya.web.umkm import Desk, UnitLine, desk_of


@ability_required("umkm.view")
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of one province (`provinsi`), as a page or as a file (`ekspor`)."""
    asked = request.GET.get("provinsi", "")
    found = desk_of(request.actor, asked, clock.today())  # type: ignore[attr-defined]
    if writer := exports.WRITERS.get(request.GET.get("ekspor", "")):
        heads, kinds = zip(*_columns(), strict=True)
        name = f"meja-umkm-{found.province}-pihak-umkm"
        return writer(name, heads, kinds, [_cells(line) for line in found.lines])
    context = {"desk": found, "figures": _figures(found)}
    return render(request, "web/umkm.html", context)


def _figures(found: Desk) -> list[Figure]:
    """What to look at first."""
    permitted, products = found.total("permitted"), found.total("products")
    return [
        Figure(
            _("Permintaan bantuan"),
            str(len(found.requests) + len(found.cases)),
            _("%d menunggu pendamping") % _waiting(found),
            f"{reverse('facilitation:cases')}?keadaan=open",
        ),
        Figure(
            _("Pendampingan berjalan"),
            str(found.total("running")),
            _("%d langkah lewat waktu") % found.total("late_steps"),
            reverse("mentoring:adoptions"),
        ),
        Figure(
            _("Tempat pelatihan"),
            str(found.total("places")),
            _("dalam 60 hari mendatang"),
            reverse("training:sessions"),
        ),
        Figure(
            _("Produk berizin lengkap"),
            _("%(some)d dari %(all)d") % {"some": permitted, "all": products},
            _("%d barang tayang, akhir bulan lalu") % found.total("shown"),
        ),
    ]


def _waiting(found: Desk) -> int:
    """Requests that nobody has taken: for mentoring, and for help with a permit."""
    return len(found.requests) + sum(one.state in ("asked", "assigned") for one in found.cases)


def _columns() -> list[tuple[str, str]]:
    return [
        (_("UPT"), "text"),
        (_("Kabupaten atau kota"), "text"),
        (_("Permintaan bantuan"), "number"),
        (_("Pendampingan berjalan"), "number"),
        (_("Langkah lewat waktu"), "number"),
        (_("Sesi terakhir"), "date"),
        (_("Tempat pelatihan"), "number"),
        (_("Produk"), "number"),
        (_("Izin lengkap"), "number"),
        (_("Barang tayang"), "number"),
        (_("Yang masih kurang"), "text"),
    ]


def _cells(line: UnitLine) -> list[Any]:
    return [
        line.facility.name, line.facility.region.name, line.asked, line.running, line.late_steps,
        line.newest_meeting, line.places, line.products, line.permitted, line.shown,
        ", ".join(f"{kind} ({count})" for kind, count in line.lacking),
    ]  # fmt: skip
