"""What is signed when goods and money change hands: BAST and kuitansi, numbered when printed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from berdaya.core.scope import acting
from berdaya.institutions.access import ability_required
from berdaya.look.paper import pdf_response
from berdaya.papers.actions.documents import print_subject
from berdaya.proceeds import documents
from berdaya.proceeds.models import Payment
from berdaya.proceeds.views.consignments import find_consignment
from berdaya.proceeds.views.sales import find_sale


def _paper(request: HttpRequest) -> str:
    return request.POST.get("paper", "")


@ability_required("stock.view", "POST")
def sold(request: HttpRequest, code: str) -> HttpResponse:
    """The handover record of a sale's goods."""
    with acting(request.actor, "handover.print") as scope:  # type: ignore[attr-defined]
        row = find_sale(code)
        pdf = print_subject(
            by=scope.actor, type=documents.HANDOVER, facility=row.facility, day=row.sold_on,
            subject_ref=f"sale:{row.code}", paper=_paper(request),
        )  # fmt: skip
    return pdf_response(pdf, f"bast-{code}")


@ability_required("sale.record", "POST")
def consigned(request: HttpRequest, code: str) -> HttpResponse:
    """The handover record of what a consignee took."""
    with acting(request.actor, "handover.print") as scope:  # type: ignore[attr-defined]
        row = find_consignment(code)
        pdf = print_subject(
            by=scope.actor, type=documents.HANDOVER, facility=row.facility, day=row.handed_on,
            subject_ref=f"consignment:{row.code}", paper=_paper(request),
        )  # fmt: skip
    return pdf_response(pdf, f"bast-{code}")


@ability_required("sale.record", "POST")
def acknowledgement(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """The kuitansi of one payment; money that went back to the buyer has none."""
    with acting(request.actor, "acknowledgement.print") as scope:  # type: ignore[attr-defined]
        rows = Payment.objects.filter(amount_rp__gt=0)
        rows = rows.select_related("sale__facility__office", "sale__book__party")
        row = get_object_or_404(rows, pk=payment_id)
        pdf = print_subject(
            by=scope.actor, type=documents.ACKNOWLEDGEMENT, facility=row.sale.facility,
            day=row.paid_on, subject_ref=documents.payment_subject(row), paper=_paper(request),
            signers=documents.receivers_of(scope.actor, row),
        )  # fmt: skip
    return pdf_response(pdf, f"kuitansi-{row.sale.code}")
