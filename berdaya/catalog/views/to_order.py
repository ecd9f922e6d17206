"""How many pieces of a listing may wait to be made."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.catalog.actions.to_order import set_to_order
from berdaya.catalog.forms_to_order import ToOrderForm
from berdaya.catalog.models import MadeToOrder
from berdaya.catalog.views.shared import find_listing
from berdaya.core.clock import format_date
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page


@ability_required("listing.propose", "GET POST")
def to_order(request: HttpRequest, slug: str) -> HttpResponse:
    """The maximum, and what the shop promises now."""
    with reading(request):
        listing = find_listing(slug)
        row = MadeToOrder.objects.filter(listing=listing).first()
    first = {"most_open_qty": row.most_open_qty, "is_open": row.is_open} if row else None

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        set_to_order(by=by, listing=find_listing(slug), **facts)
        return "catalog:listing", [slug]

    return form_page(
        request, make=lambda: ToOrderForm(request.POST or None, initial=first), do=do,
        reason="listing.to_order", title=_("Dibuat setelah dipesan"),
        back=reverse("catalog:listing", args=[slug]), done=_("Tersimpan."),
        context={"note": _told(row)},
    )  # fmt: skip


def _told(row: MadeToOrder | None) -> str:
    """What stands in the shop now."""
    if row is None:
        return _("Belum dibatasi: toko menyebut lama membuat dari versi yang disetujui.")
    day = row.promise_after(1)
    if day is None:
        return _("Sekarang belum ada tanggal yang dapat dijanjikan, jadi toko tidak menerimanya.")
    facts = {"open": row.open_qty, "day": format_date(day, get_language() or "id")}
    return (
        _("%(open)s buah menunggu dibuat. Yang dipesan sekarang selesai sekitar %(day)s.") % facts
    )
