"""The workshop's part of the thread: lot and batch, sheet and maker, material and its paper."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.clock import format_date
from berdaya.core.codes import normalise
from berdaya.core.proofs import Node, declare_linker
from berdaya.people.models import Consent, Participant, Placement
from berdaya.people.rules import hours
from berdaya.stock.trace import lot_node
from berdaya.workshop.models import Batch, BatchClosing, MaterialLot, WorkSheet


def batch_node(batch: Batch) -> Node:
    """A batch as it stands on the thread."""
    url = reverse("workshop:batch", args=[batch.code])
    return Node("batch", batch.code, f"{batch.variant.label}, {batch.workshop.label}", url)


def material_node(lot: MaterialLot) -> Node:
    """A material lot with its paper."""
    label = f"{lot.material.name}, {lot.get_source_display()} {lot.reference}".strip()
    return Node("material", lot.code, label, reverse("workshop:materials") + f"?cari={lot.code}")


def sheet_node(sheet: WorkSheet) -> Node:
    """A day sheet; its code is workshop and day, as no number is printed on it."""
    url = reverse("workshop:sheet", args=[sheet.workshop_id, sheet.day.isoformat()])
    code = f"{sheet.workshop_id}@{sheet.day.isoformat()}"
    return Node("sheet", code, f"{sheet.workshop.label}, {format_date(sheet.day)}", url)


def maker_node(participant: Participant, label: str = "") -> Node:
    """A maker by pseudonym, never by name."""
    url = reverse("people:work", args=[participant.code])
    return Node("maker", participant.code, label or participant.pseudonym, url)


def _batches() -> QuerySet[Batch]:
    return Batch.objects.select_related("variant", "workshop")


def find_batch(code: str) -> Node | None:
    batch = _batches().filter(code=normalise(code)).first()
    return batch_node(batch) if batch else None


def find_material(code: str) -> Node | None:
    lot = MaterialLot.objects.select_related("material").filter(code=normalise(code)).first()
    return material_node(lot) if lot else None


def find_maker(code: str) -> Node | None:
    person = Participant.objects.filter(code=code).first()
    return maker_node(person) if person else None


def find_sheet(code: str) -> Node | None:
    """By `<workshop id>@<day>`, as the links give it."""
    workshop, at, day = code.partition("@")
    if not (at and workshop.isdigit() and len(day) == len("2026-01-01")):
        return None
    rows = WorkSheet.objects.select_related("workshop").filter(workshop_id=workshop, day=day)
    sheet = rows.first()
    return sheet_node(sheet) if sheet else None


def batch_links(node: Node) -> Iterator[tuple[str, Node]]:
    """Down to material, sheets and makers; up to the lot."""
    batch = Batch.objects.select_related("closing__lot__variant").get(code=node.code)
    if batch.is_closed and batch.closing.lot:
        yield _("menjadi lot"), lot_node(batch.closing.lot)
    for use in batch.material_uses.select_related("material_lot__material").order_by("pk"):
        yield _("bahan"), material_node(use.material_lot)
    sheets = WorkSheet.objects.filter(logs__batch=batch).distinct().select_related("workshop")
    for sheet in sheets.order_by("day"):
        yield _("daftar hadir"), sheet_node(sheet)
    for weight in batch.weights.select_related("participant").order_by("participant_id"):
        yield _("pembuat"), maker_node(weight.participant)


def lot_links(node: Node) -> Iterator[tuple[str, Node]]:
    """From a lot back to the batch that it closed."""
    rows = BatchClosing.objects.filter(lot__code=node.code)
    for closing in rows.select_related("batch__variant", "batch__workshop"):
        yield _("batch"), batch_node(closing.batch)


def sheet_links(node: Node) -> Iterator[tuple[str, Node]]:
    """The people of a sheet with their hours, and the batches they worked on."""
    workshop, _sign, day = node.code.partition("@")
    sheet = WorkSheet.objects.get(workshop_id=workshop, day=day)
    logs = sheet.logs.select_related("participant").order_by("participant_id")
    for log in logs:
        yield _("pembuat"), maker_node(log.participant, f"{log.participant}: {hours(log.minutes)}")
    for batch in _batches().filter(logs__sheet=sheet).distinct().order_by("code"):
        yield _("batch"), batch_node(batch)


def maker_links(node: Node) -> Iterator[tuple[str, Node]]:
    """The batches a person has a weight in, and the consent they worked under."""
    person = Participant.objects.get(code=node.code)
    for batch in _batches().filter(weights__participant=person).order_by("-started_on"):
        yield _("batch"), batch_node(batch)
    url = reverse("people:work", args=[person.code])
    for consent in Consent.objects.filter(participant=person).order_by("-given_on"):
        code = f"{person.code}/{consent.given_on.isoformat()}"
        yield _("bersedia sejak"), Node("consent", code, format_date(consent.given_on), url)
    for place in (
        Placement.objects.filter(participant=person)
        .select_related("facility")
        .order_by("-valid_from")
    ):
        code = f"{person.code}/{place.work_number}"
        yield (
            _("ditempatkan"),
            Node("placement", code, f"{place.work_number}, {place.facility}", url),
        )


def material_links(node: Node) -> Iterator[tuple[str, Node]]:
    """The batches that took of a material lot."""
    for batch in _batches().filter(material_uses__material_lot__code=node.code).distinct():
        yield _("batch"), batch_node(batch)


declare_linker("batch", find_batch, batch_links)
declare_linker("material", find_material, material_links)
declare_linker("sheet", find_sheet, sheet_links)
declare_linker("maker", find_maker, maker_links)
declare_linker("lot", links=lot_links)
