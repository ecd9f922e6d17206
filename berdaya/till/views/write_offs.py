"""QRIS that never came: the treasurer asks to give it up, the head decides."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.money import format_rp
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, form_page
from berdaya.till.actions.write_offs import ask_write_off, decide_write_off
from berdaya.till.forms_sales import WriteOffDecisionForm, WriteOffForm
from berdaya.till.models import QrisWriteOff
from berdaya.till.views.shared_sales import find_nota


@ability_required("cash.receive", "GET POST")
def nota_write_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The money is not in any statement: ask that it be given up."""
    with reading(request):
        row = find_nota(pk)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        ask_write_off(by=by, nota=row, reason=facts["reason"])
        return "till:nota", [pk]

    return form_page(
        request, make=lambda: WriteOffForm(request.POST or None), do=do, reason="nota.write_off",
        title=_("QRIS nota %(code)s tidak masuk") % {"code": row.code},
        back=reverse("till:nota", args=[pk]), done=_("Diminta. Kepala UPT memutuskan di Hari Ini."),
        context={
            "note": _(
                "Disetujui, uangnya menjadi beban buku pemegang kas; pemilik barang tetap dibayar."
            )
        },
    )  # fmt: skip


@ability_required("settlement.approve", "GET POST")
def write_off_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The head gives the money up, or lets it be searched again."""
    with reading(request):
        rows = QrisWriteOff.objects.select_related("stall_sale__stall__event", "asked_by")
        row = get_object_or_404(rows, pk=pk)
        nota = row.stall_sale

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        decide_write_off(by=by, write_off=row, is_granted=facts["is_granted"], note=facts["note"])
        return "till:nota", [nota.pk]

    words = {
        "amount": format_rp(nota.amount_rp), "reference": nota.qris_reference,
        "who": row.asked_by.display_name if row.asked_by else "–", "reason": row.reason,
    }  # fmt: skip
    return form_page(
        request, make=lambda: WriteOffDecisionForm(request.POST or None), do=do,
        reason="nota.write_off", title=_("Hapus QRIS nota %(code)s?") % {"code": nota.code},
        back=reverse("till:nota", args=[nota.pk]), done=_("Keputusan tersimpan."),
        context={
            "note": _("%(amount)s, rujukan …%(reference)s. %(who)s: %(reason)s") % words
        },
    )  # fmt: skip
