"""Shipping rates and payment terms: what holds, and a new one from a day on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.orders.actions.rates import set_rate, set_term
from berdaya.orders.forms.desk import RateForm, TermForm
from berdaya.orders.models import PaymentTerm, ShippingRate
from berdaya.orders.tables import RateTable, TermTable
from berdaya.orders.views.desk_shared import Address, can, form_page


@ability_required("order.view")
def rates(request: HttpRequest) -> HttpResponse:
    """Every rate; a more particular place goes before a larger one."""
    facility = request.facility  # type: ignore[attr-defined]
    may_set = facility is not None and can(request, "policy.edit", facility.pk)
    context = {
        "facility": facility,
        "note": _("Yang berlaku: tujuan yang paling rinci, lalu asal yang paling rinci."),
        "new_url": reverse("orders:new_rate") if may_set else "",
        "new_label": _("Tarif baru"),
        "other_url": reverse("orders:terms"),
        "other_label": _("Ketentuan bayar"),
    }
    return RateTable(request, ShippingRate.objects.all()).response("orders/desk/list.html", context)


@ability_required("policy.edit", "GET POST")
def new_rate(request: HttpRequest) -> HttpResponse:
    """Begin a rate from this unit's place; orders already placed keep theirs."""
    facility = one_facility(request.facility)  # type: ignore[attr-defined]

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        destination, day = facts.pop("destination"), facts.pop("valid_from")
        set_rate(by=by, facility=facility, destination=destination, valid_from=day, terms=facts)
        return "orders:rates", []

    first = {"valid_from": clock.today(facility.timezone)}
    return form_page(
        request, make=lambda: RateForm(request.POST or None, initial=first), do=do,
        reason="rate.set", title=_("Tarif ongkir baru"), back=reverse("orders:rates"),
        done=_("Berlaku mulai tanggal itu."),
        context={
            "note": _("Dari %(place)s. Pesanan yang sudah dibuat tidak berubah.")
            % {"place": facility.region_id}
        },
    )  # fmt: skip


@ability_required("order.view")
def terms(request: HttpRequest) -> HttpResponse:
    """How long a buyer has, by method."""
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "note": _("Berlaku untuk semua penjual; diubah oleh administrator."),
        "other_url": reverse("orders:rates"),
        "other_label": _("Tarif ongkir"),
    }
    return TermTable(request, PaymentTerm.objects.all()).response("orders/desk/list.html", context)


@ability_required("staff.edit", "GET POST")
def new_term(request: HttpRequest) -> HttpResponse:
    """Begin a payment term for every seller."""

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        method, day = facts.pop("method"), facts.pop("valid_from")
        set_term(by=by, method=method, valid_from=day, terms=facts)
        return "orders:new_term", []

    return form_page(
        request, do=do, reason="term.set", title=_("Ketentuan bayar baru"),
        make=lambda: TermForm(request.POST or None, initial={"valid_from": clock.today()}),
        back=reverse("institutions:today"), done=_("Berlaku mulai tanggal itu."),
        context={
            "note": _("Berlaku untuk semua penjual. Pesanan yang sudah dibuat tidak berubah.")
        },
    )  # fmt: skip
