"""One unit's papers in detail: a kitchen's certificate, a person whose course ended, a renewal
without a gap, and what products honestly say of halal."""

from collections.abc import Mapping
from datetime import date, timedelta

from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility, Party, PartyKind
from berdaya.legality.actions.permits import (
    Answerable,
    change_responsible,
    record_permit,
    renew_permit,
)
from berdaya.legality.actions.standings import record_standing
from berdaya.legality.models import HalalStatus, Permit, PermitKind, PermitScope

UNIT = "LP-ATB"
NOTE = "Data contoh"
YEARS = timedelta(days=5 * 365)
# Product, state and basis; what is not halal is made by the unit below.
SAID = (
    ("Madu hutan Mollo", HalalStatus.EXEMPT,
     "Daftar bahan yang dikecualikan (contoh, perlu konfirmasi)"),
    ("Gula lempeng lontar", HalalStatus.IN_PROCESS, "Pengajuan SIHALAL contoh 2026-0417"),
)  # fmt: skip
PORK = ("Abon babi", "Pork floss", "Daging babi")


def load_papers(by: Actor, today: date, holders: Mapping[int, Party]) -> None:
    """Atambua's papers, and what three products say."""
    unit = Facility.objects.get(code=UNIT)
    holder = holders[unit.pk]
    _kitchen(by, today, unit)
    _ended_course(by, today, unit)
    _renewed(by, today, unit, holder)
    for name, status, basis in SAID:
        product = Product.objects.filter(name=name).select_related("facility").first()
        # A certificate in force says more than any statement.
        if product and not product.permits.filter(kind__code="halal").exists():
            _say(by, product, status, basis, today - timedelta(days=60))
    _say(by, _pork(unit, today), HalalStatus.NOT_HALAL, PORK[2], today - timedelta(days=120))


def _kitchen(by: Actor, today: date, unit: Facility) -> None:
    """It feeds the unit, and covers nothing that is sold."""
    satker = Party.objects.filter(kind=PartyKind.SATKER_UPT, facility=unit).first()
    if satker is None:
        return
    since = today - timedelta(days=400)
    record_permit(
        by=by, kind=PermitKind.objects.get(code="halal"), number="ID53110000998877001",
        holder=satker, place=unit, issued_on=since, valid_from=since,
        valid_until=since + timedelta(days=4 * 365), scope=PermitScope.KITCHEN,
        responsible=Answerable("work_officer", "kepala dapur", "halal_supervisor", "PH-53-000101"),
        note=NOTE, is_demo=True,
    )  # fmt: skip


def _ended_course(by: Actor, today: date, unit: Facility) -> None:
    """The permit holds, the certificate of who answers for it has ended."""
    permit = Permit.objects.filter(place=unit, kind__code="spp_irt").order_by("pk").last()
    if permit is not None:
        ended = Answerable(
            "cooperative_officer", "bendahara koperasi", "pkp", "PKP-53-000042",
            today - timedelta(days=12),
        )  # fmt: skip
        change_responsible(by=by, permit=permit, responsible=ended)


def _renewed(by: Actor, today: date, unit: Facility, holder: Party) -> None:
    """A standard certificate that ends in a month, and the one that follows on that day."""
    kind = PermitKind.objects.get(code="standard")
    ends = today + timedelta(days=31)
    since = ends - YEARS
    old = record_permit(
        by=by, kind=kind, number="12345678901230001", holder=holder, place=unit, issued_on=since,
        valid_from=since, valid_until=ends, responsible=Answerable("cooperative_officer"),
        note=NOTE, is_demo=True,
    )  # fmt: skip
    renew_permit(
        by=by, permit=old, number="12345678901230002", issued_on=today - timedelta(days=5),
        valid_from=ends, valid_until=ends + YEARS, note=NOTE, is_demo=True,
    )  # fmt: skip


def _pork(unit: Facility, today: date) -> Product:
    """Lawful to sell where the pack says so (UU 33/2014 article 26)."""
    year = today.year - 1
    number = draw(f"product:{unit.code}", year)
    product = Product.objects.create(
        facility=unit, code=desk_code(unit.code, year, "P", number), name=PORK[0],
        name_en=PORK[1], category=Category.objects.get(code="snack"), line_of_work="boga",
        is_demo=True,
    )  # fmt: skip
    Variant.objects.create(
        product=product, facility=unit, sku=f"{product.code}-1", name=f"{PORK[0]} 100 g",
        name_en=f"{PORK[1]} 100 g", measure=Measure.objects.get(code="bungkus"),
        list_price_rp=40_000, shelf_life_days=90,
    )  # fmt: skip
    return product


def _say(by: Actor, product: Product, status: str, basis: str, since: date) -> None:
    record_standing(by=by, product=product, status=status, basis=basis, valid_from=since)
