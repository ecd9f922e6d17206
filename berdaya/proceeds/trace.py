"""Sales, slips, payouts, deposits and exits on the thread, and what of them hangs on a lot."""

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.clock import format_date
from berdaya.core.codes import normalise
from berdaya.core.money import format_qty, format_rp
from berdaya.core.proofs import Links, Node, declare_linker
from berdaya.proceeds.models import (
    Allocation,
    ExitSettlement,
    Objection,
    PayoutRun,
    PnbpDeposit,
    Sale,
    Slip,
)
from berdaya.stock.trace import lot_node

# A lot or a deposit may hang on thousands of sales; a person reads the first of them.
MANY = 200


def sale_node(sale: Sale) -> Node:
    """A sale by its code, with day and amount."""
    label = f"{format_date(sale.sold_on)}, {format_rp(sale.amount_rp)}, {sale.receipt_no}"
    return Node("sale", sale.code, label, reverse("proceeds:sale", args=[sale.code]))


def slip_node(slip: Slip) -> Node:
    """A slip by its code; whose it is stands inside."""
    url = reverse("proceeds:slip", args=[slip.code])
    return Node("slip", slip.code, f"{slip.month:%m/%Y}, {format_rp(slip.earned_rp)}", url)


def payout_node(run: PayoutRun) -> Node:
    """A payout list."""
    label = f"{format_date(run.prepared_on)}, {format_rp(run.total_rp)}"
    return Node("payout", run.code, label, reverse("proceeds:payout", args=[run.code]))


def deposit_node(deposit: PnbpDeposit) -> Node:
    """A deposit with its NTPN."""
    label = f"NTPN {deposit.ntpn}, {format_rp(deposit.amount_rp)}"
    return Node("deposit", deposit.code, label, reverse("proceeds:deposit", args=[deposit.code]))


def exit_node(row: ExitSettlement) -> Node:
    """A settlement on leaving."""
    label = f"{format_date(row.left_on)}, {format_rp(row.amount_rp)}"
    return Node("exit", row.code, label, reverse("proceeds:exit", args=[row.code]))


def objection_node(row: Objection) -> Node:
    """An objection."""
    url = reverse("proceeds:objection", args=[row.code])
    return Node("objection", row.code, format_date(row.raised_on), url)


def _find_sale(code: str) -> Node | None:
    sale = Sale.objects.filter(code=normalise(code)).first()
    sale = sale or Sale.objects.filter(receipt_no=code.strip()).first()
    return sale_node(sale) if sale else None


def _find_slip(code: str) -> Node | None:
    tidy = normalise(code)
    slip = Slip.objects.filter(code=tidy).first() or Slip.objects.filter(cover_code=tidy).first()
    return slip_node(slip) if slip else None


def _find_payout(code: str) -> Node | None:
    run = PayoutRun.objects.filter(code=normalise(code)).first()
    return payout_node(run) if run else None


def _find_deposit(code: str) -> Node | None:
    rows = PnbpDeposit.objects
    found = rows.filter(code=normalise(code)).first() or rows.filter(ntpn=code.strip()).first()
    return deposit_node(found) if found else None


def _find_exit(code: str) -> Node | None:
    row = ExitSettlement.objects.filter(code=normalise(code)).first()
    return exit_node(row) if row else None


def _find_objection(code: str) -> Node | None:
    row = Objection.objects.filter(code=normalise(code)).first()
    return objection_node(row) if row else None


def _of_sale(node: Node) -> Links:
    sale = Sale.objects.get(code=node.code)
    parts = Allocation.objects.filter(sale=sale).select_related("lot__variant").order_by("pk")
    for part in parts:
        yield _("%(qty)s dari lot") % {"qty": format_qty(part.qty)}, lot_node(part.lot)
    for slip in Slip.objects.filter(lines__share__sale=sale).distinct().order_by("code"):
        yield _("pada slip"), slip_node(slip)
    runs = PayoutRun.objects.filter(lines__shares__sale=sale).distinct()
    for run in runs.order_by("code"):
        yield _("dibayar dengan"), payout_node(run)
    for row in ExitSettlement.objects.filter(shares__sale=sale).distinct().order_by("code"):
        yield _("dibayar saat keluar"), exit_node(row)
    for line in sale.deposit_lines.select_related("deposit").order_by("pk"):
        words = _("PNBP %(amount)s disetor") % {"amount": format_rp(line.amount_rp)}
        yield words, deposit_node(line.deposit)
    for refund in sale.refunds.order_by("pk"):
        label = f"{format_date(refund.refunded_on)}, {format_rp(refund.amount_rp)}"
        yield _("dikembalikan"), Node("refund", str(refund.pk), label)


def _of_lot(node: Node) -> Links:
    sales = Sale.objects.filter(allocations__lot__code=node.code).distinct()
    for sale in sales.order_by("sold_on", "pk")[:MANY]:
        yield _("terjual"), sale_node(sale)


def _of_slip(node: Node) -> Links:
    slip = Slip.objects.get(code=node.code)
    for sale in Sale.objects.filter(shares__slip_line__slip=slip).distinct().order_by("pk"):
        yield _("bagian dari"), sale_node(sale)
    runs = PayoutRun.objects.filter(lines__shares__slip_line__slip=slip).distinct()
    for run in runs.order_by("code"):
        yield _("dibayar dengan"), payout_node(run)
    for row in ExitSettlement.objects.filter(shares__slip_line__slip=slip).distinct():
        yield _("dibayar saat keluar"), exit_node(row)
    for row in slip.objections.order_by("pk"):
        yield _("keberatan"), objection_node(row)


def _of_payout(node: Node) -> Links:
    slips = Slip.objects.filter(lines__share__payout_line__run__code=node.code).distinct()
    for slip in slips.order_by("code")[:MANY]:
        yield _("membayar slip"), slip_node(slip)
    sales = Sale.objects.filter(shares__payout_line__run__code=node.code).distinct()
    for sale in sales.order_by("sold_on", "pk")[:MANY]:
        yield _("dari penjualan"), sale_node(sale)


def _of_deposit(node: Node) -> Links:
    deposit = PnbpDeposit.objects.get(code=node.code)
    for line in deposit.lines.select_related("sale").order_by("pk")[:MANY]:
        yield format_rp(line.amount_rp), sale_node(line.sale)


def _of_exit(node: Node) -> Links:
    sales = Sale.objects.filter(shares__exit_settlement__code=node.code).distinct()
    for sale in sales.order_by("sold_on", "pk")[:MANY]:
        yield _("dari penjualan"), sale_node(sale)


def _of_objection(node: Node) -> Links:
    yield (
        _("tentang slip"),
        slip_node(Objection.objects.select_related("slip").get(code=node.code).slip),
    )


LINKERS = [
    declare_linker("sale", _find_sale, _of_sale),
    declare_linker("lot", links=_of_lot),
    declare_linker("slip", _find_slip, _of_slip),
    declare_linker("payout", _find_payout, _of_payout),
    declare_linker("deposit", _find_deposit, _of_deposit),
    declare_linker("exit", _find_exit, _of_exit),
    declare_linker("objection", _find_objection, _of_objection),
]
