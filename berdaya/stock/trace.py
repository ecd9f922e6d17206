"""Lots, stock movements and gate passes on the thread from a slip to the item and back."""

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.codes import normalise
from berdaya.core.money import format_qty
from berdaya.core.proofs import Links, Node, declare_linker
from berdaya.papers.models import Document
from berdaya.stock.models import GatePass, GatePassLine, Lot


def lot_node(lot: Lot) -> Node:
    """A lot on the thread; rooms above link their batches and allocations to it."""
    label = f"{format_qty(lot.made_qty)} × {lot.variant.label}"
    return Node("lot", lot.code, label, reverse("stock:lot", args=[lot.code]))


def pass_node(found: GatePass) -> Node:
    """A gate pass on the thread."""
    url = reverse("stock:gate_pass", args=[found.code])
    return Node("gate_pass", found.code, found.destination, url)


def document_node(document: Document) -> Node:
    """An official document on the thread."""
    url = reverse("papers:document", args=[document.pk])
    return Node("document", document.number_text, document.type.label, url)


def _find_lot(code: str) -> Node | None:
    tidy = normalise(code)
    lot = Lot.objects.select_related("variant").filter(code=tidy).first()
    lot = lot or Lot.objects.select_related("variant").filter(public_code=tidy).first()
    return lot_node(lot) if lot else None


def _find_pass(code: str) -> Node | None:
    found = GatePass.objects.filter(code=normalise(code)).first()
    return pass_node(found) if found else None


def _find_document(code: str) -> Node | None:
    found = Document.objects.select_related("type").filter(number_text=code.strip()).first()
    return document_node(found) if found else None


def _of_lot(node: Node) -> Links:
    lot = Lot.objects.select_related("variant__product").get(code=node.code)
    product = lot.variant.product
    url = reverse("goods:product", args=[product.code])
    yield _("produk"), Node("product", product.code, product.label, url)
    yield _("kode pembeli"), Node("item", lot.public_code, lot.public_code_text)
    for moved in lot.movements.select_related("place").order_by("day", "pk")[:200]:
        words = f"{moved.get_kind_display()} {format_qty(moved.qty)}, {moved.place.name}"
        label = f"{moved.day:%Y-%m-%d} {moved.reference}".strip()
        yield words, Node("movement", str(moved.pk), label)
    for line in GatePassLine.objects.filter(lot=lot).select_related("gate_pass"):
        yield _("keluar dengan"), pass_node(line.gate_pass)


def _of_pass(node: Node) -> Links:
    found = GatePass.objects.get(code=node.code)
    for line in found.lines.select_related("lot__variant").order_by("pk"):
        yield format_qty(line.qty), lot_node(line.lot)
    papers = Document.objects.filter(subject_ref=f"gate:{found.code}").select_related("type")
    for paper in papers.order_by("pk"):
        yield _("surat"), document_node(paper)


LINKERS = [
    declare_linker("lot", _find_lot, _of_lot),
    declare_linker("gate_pass", _find_pass, _of_pass),
    declare_linker("document", _find_document),
]
