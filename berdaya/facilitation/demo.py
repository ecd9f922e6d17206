"""Cases of the demo in every state: finished ones that explain permits, open ones that wait."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.facilitation.actions.asking import ask_for_help
from berdaya.facilitation.actions.helping import assign_case, take_case
from berdaya.facilitation.actions.working import (
    finish_case,
    give_up_case,
    record_step,
    write_message,
)
from berdaya.facilitation.models import Case, CaseStep
from berdaya.facilitation.queries.cases import OVER
from berdaya.goods.models import Product
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Appointment, Facility, Office, Staff
from berdaya.institutions.queries import actor_of, staff_with
from berdaya.legality.models import PermitProduct

# Home food permits that stand already: a case led to each. Five give the province a median.
LED = ("LP-KPG", "RT-LRT", "RT-SOE", "LP-END", "LPT-WKB")
# Packaging that was made ready, so many days ago: five in one city give it a median of its own.
PACKED = (
    ("LP-KPG", 300),
    ("LP-KPG", 210),
    ("LPP-KPG", 150),
    ("LPP-KPG", 95),
    ("RT-KPG", 60),
)
LONGEST_AGO = timedelta(days=1000)
ANSWERS = {
    "scale": "micro", "no_risk_materials": True, "simple_process": True, "sites": 1, "outlets": 1,
}  # fmt: skip
COSTS = {"pirt": (0, 50_000, 150_000), "packaging": (400_000, 650_000)}
WISHES = {
    "pirt": "Izin edar supaya dapat dijual di toko.",
    "halal_self": "Sertifikat halal untuk penjualan eceran.",
    "merek": "Merek sabun supaya tidak ditiru.",
    "packaging": "Kemasan yang tahan lama dan menyebut asalnya.",
    "export": "Kain untuk pembeli di Jepang.",
}


@dataclass(frozen=True)
class _Cast:
    """Who acts for the UMKM side, and one source of chance."""

    today: date
    office: Office
    mentor: Staff
    by_mentor: Actor
    by_umkm: Actor
    chance: Random
    officers: dict[int, Actor] = field(default_factory=dict)

    def officer(self, unit: Facility) -> Actor:
        """Who asks for a unit."""
        if unit.pk not in self.officers:
            with demo_scope():
                staff = staff_with("facilitation.ask", unit.pk, self.today)[0]
                self.officers[unit.pk] = actor_of(staff, self.today)
        return self.officers[unit.pk]


def load(ctx: DemoContext) -> None:
    """Once; a world that has cases keeps them."""
    with demo_scope():
        if Case.objects.exists():
            return
        cast = _cast(ctx)
        permits = _led_permits(ctx.today)
    if cast is None:
        return
    for product, issued_on in permits:
        _finished(cast, "pirt", product, issued_on)
    for unit, days in PACKED:
        if product := _product(unit, days):
            _finished(cast, "packaging", product, ctx.today - timedelta(days=days))
    _open_ones(cast)
    with demo_scope():
        ctx.say(f"facilitation: {Case.objects.count()} cases")


def _cast(ctx: DemoContext) -> _Cast | None:
    held = Appointment.objects.on(ctx.today).filter(office__isnull=False).select_related("staff")
    mentor = held.filter(role="mentor").select_related("office").first()
    if mentor is None or mentor.office is None:
        return None
    umkm = held.filter(role="umkm_officer", office=mentor.office).first()
    if umkm is None:
        return None
    return _Cast(
        ctx.today, mentor.office, mentor.staff, actor_of(mentor.staff, ctx.today),
        actor_of(umkm.staff, ctx.today), ctx.chance("facilitation"),
    )  # fmt: skip


def _led_permits(today: date) -> list[tuple[Product, date]]:
    """Permits of the demo that a case can have led to: the newest of each unit."""
    rows = PermitProduct.objects.filter(
        permit__kind__code="spp_irt",
        permit__revoked_on__isnull=True,
        permit__valid_from__lt=today,
        permit__valid_from__gt=today - LONGEST_AGO,
        facility__code__in=LED,
    )
    rows = rows.select_related("permit", "product__facility").order_by("permit__valid_from")
    newest = {row.facility_id: row for row in rows}
    return [(row.product, row.permit.valid_from) for row in newest.values()]


def _product(unit: str, place: int) -> Product | None:
    """One of a unit's goods; another `place` another one, as long as there are any."""
    with demo_scope():
        rows = Product.objects.filter(
            facility__code=unit, is_active=True, category__is_service=False
        ).select_related("facility")
        goods = list(rows.order_by("code"))
    return goods[place % len(goods)] if goods else None


@contextmanager
def _as(by: Actor, day: date) -> Iterator[Actor]:
    with clock.travel(_noon(day)), acting(by, "demo"):
        yield by


def _noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def _ask(cast: _Cast, kind: str, products: Sequence[Product], day: date) -> tuple[Actor, Case]:
    facility = products[0].facility
    by = cast.officer(facility)
    with _as(by, day):
        row = ask_for_help(
            by=by, facility=facility, office=cast.office, kind=kind, products=products,
            wish=WISHES[kind], told=ANSWERS if kind == "halal_self" else None,
        )  # fmt: skip
    return by, row


def _give(cast: _Cast, row: Case, day: date) -> None:
    with _as(cast.by_umkm, day) as by:
        assign_case(by=by, case=row, mentor=cast.mentor)


def _take(cast: _Cast, row: Case, day: date, promised_on: date) -> None:
    with _as(cast.by_mentor, day) as by:
        take_case(by=by, case=row, promised_on=promised_on)


def _walk(cast: _Cast, row: Case, days: Sequence[date]) -> None:
    """Steps done on these days, the first open ones first."""
    with acting(cast.by_mentor, "demo"):
        steps = list(CaseStep.objects.filter(~OVER, case=row).order_by("position"))
        for step, day in zip(steps, days, strict=False):
            with clock.travel(_noon(day)):
                number = f"{step.code.upper()}/{cast.chance.randint(100, 999)}/{day.year}"
                record_step(by=cast.by_mentor, step=step, done_on=day, paper_no=number)


def _finished(cast: _Cast, kind: str, product: Product, issued_on: date) -> None:
    """Asked before the permit was issued, walked, and closed when it was there."""
    # Renewed at most ninety days before the one that stood there ended.
    length = cast.chance.randint(45, 88)
    asked_on = issued_on - timedelta(days=length)
    by, row = _ask(cast, kind, [product], asked_on)
    _give(cast, row, asked_on + timedelta(days=cast.chance.randint(1, 4)))
    began = asked_on + timedelta(days=5)
    _take(cast, row, began, began + timedelta(days=90))
    with acting(cast.by_mentor, "demo"):
        left = CaseStep.objects.filter(~OVER, case=row).count()
    cuts = sorted(cast.chance.sample(range(1, length - 5), left - 1)) if left > 1 else []
    _walk(cast, row, [*(began + timedelta(days=cut) for cut in cuts), issued_on])
    with _as(by, issued_on + timedelta(days=1)):
        finish_case(by=by, case=row, cost_rp=cast.chance.choice(COSTS[kind]))


def _open_ones(cast: _Cast) -> None:
    """One of every state that waits for somebody."""
    today = cast.today
    _asked(cast, "pirt", "LP-BAA", 5)
    _asked(cast, "halal_self", "LP-BAA", 1)
    if row := _begun(cast, "pirt", "RT-KFM", 4):
        _give(cast, row, today - timedelta(days=1))
    _late(cast)
    _awaited(cast)
    if row := _running(cast, "packaging", "RT-LRT", 40, 60):
        _walk(cast, row, [today - timedelta(days=one) for one in (30, 20, 9, 2)])
    _running(cast, "export", "LPP-KPG", 12, 45)
    _given_up(cast)


def _goods(kind: str, unit: str) -> Product | None:
    """What that kind of help is for, at that unit."""
    category = {"merek": "soap", "export": "tenun"}.get(kind)
    rows = Product.objects.filter(facility__code=unit, is_active=True).select_related("facility")
    if category:
        rows = rows.filter(category__code=category)
    elif kind != "packaging":
        rows = rows.filter(category__is_food=True)
    with demo_scope():
        return rows.order_by("code").first()


def _begun(cast: _Cast, kind: str, unit: str, days: int) -> Case | None:
    product = _goods(kind, unit)
    return product and _ask(cast, kind, [product], cast.today - timedelta(days=days))[1]


def _asked(cast: _Cast, kind: str, unit: str, days: int) -> None:
    _begun(cast, kind, unit, days)


def _running(cast: _Cast, kind: str, unit: str, days: int, promised: int) -> Case | None:
    """Asked so many days ago, given and taken soon after."""
    row = _begun(cast, kind, unit, days)
    if row:
        day = cast.today - timedelta(days=days - 2)
        _give(cast, row, day)
        _take(cast, row, day, day + timedelta(days=promised))
    return row


def _late(cast: _Cast) -> None:
    """Packaging past its promised day, and a renewal that waits for the health office."""
    if row := _running(cast, "packaging", "LP-ATB", 80, 60):
        _walk(cast, row, [cast.today - timedelta(days=one) for one in (60, 45)])
        with _as(cast.by_mentor, cast.today - timedelta(days=3)) as by:
            text = "Percetakan menunda seminggu. Contoh kedua sudah dikirim untuk diuji."
            write_message(by=by, case=row, text=text)
    if row := _running(cast, "pirt", "LP-KLB", 16, 70):
        _walk(cast, row, [cast.today - timedelta(days=one) for one in (5,)])


def _awaited(cast: _Cast) -> None:
    """A trade mark whose mentor asks for drafts of the logo."""
    row = _running(cast, "merek", "LP-ATB", 30, 240)
    if row is None:
        return
    _walk(cast, row, [cast.today - timedelta(days=one) for one in (20, 12)])
    by = cast.officer(row.facility)
    with _as(by, cast.today - timedelta(days=11)):
        write_message(by=by, case=row, text="Nama mana yang paling aman dipakai?", asks=True)
    with _as(cast.by_mentor, cast.today - timedelta(days=4)) as mentor:
        text = "Nama kedua belum dipakai siapa pun di PDKI. Kirim tiga rancangan logo."
        write_message(by=mentor, case=row, text=text, asks=True)


def _given_up(cast: _Cast) -> None:
    """A unit that sells for itself cannot hold a home food permit."""
    if row := _running(cast, "pirt", "LP-WGP", 50, 60):
        with _as(cast.by_mentor, cast.today - timedelta(days=30)) as by:
            reason = "UPT tidak dapat memegang P-IRT; dimulai lagi sesudah ada koperasi."
            give_up_case(by=by, case=row, reason=reason)
