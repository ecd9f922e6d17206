"""Adoptions of the demo: a group sold below a fair premi, an offer and a request that wait."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from berdaya.catalog.actions.listings import approve_listing
from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.goods.models import Product, Variant
from berdaya.institutions.demo import demo_scope
from berdaya.institutions.models import Facility, Office, Staff
from berdaya.institutions.queries import actor_of, head_of, staff_with
from berdaya.mentoring.actions.adoptions import (
    accept_proposal,
    ask_for_mentor,
    propose_mentoring,
)
from berdaya.mentoring.actions.findings import mend_finding, record_finding
from berdaya.mentoring.actions.meetings import Step, finish_step, note_meeting, plan_meeting
from berdaya.mentoring.actions.prices import save_exercise, take_price
from berdaya.mentoring.models import Adoption, Meeting, NextStep, PriceExercise
from berdaya.mentoring.queries import (
    exercise_of,
    figures_of,
    mentoring_offices,
    since_of,
    variants_of,
)
from berdaya.workshop.models import Workshop

UNIT, LINE = "LPP-KPG", "tenun"
OFFERED, ASKING = "LP-ATB", "RT-BJW"
WANTED_RP = 4_000
STEPS = 500
KBLI = "13122"


@dataclass(frozen=True)
class _Cast:
    """Who acts: the mentor, and the unit's officer and head."""

    office: Office
    mentor: Actor
    officer: Actor
    head: Actor


def load(ctx: DemoContext) -> None:
    """Once; a world that has adoptions keeps them."""
    with demo_scope():
        unit = Facility.objects.get(code=UNIT)
        office = mentoring_offices(ctx.today).first()
        group = Workshop.objects.filter(facility=unit, line_of_work=LINE).first()
        if Adoption.objects.exists() or office is None or group is None:
            return
        cast = _cast(unit, office, ctx.today)
    adoption = _adopt(cast, unit, group, ctx.today - timedelta(days=95))
    _first_session(cast, adoption, ctx.today - timedelta(days=80))
    exercise = _reckon(cast, adoption, ctx.today - timedelta(days=62))
    if exercise:
        _take(cast, exercise, ctx.today - timedelta(days=55))
    _go_on(cast, adoption, ctx.today)
    _waiting(cast, ctx.today)
    ctx.say(f"mentoring: a price {'kept' if exercise else 'left out'}")


def _cast(unit: Facility, office: Office, today: date) -> _Cast:
    mentor = Staff.objects.filter(appointments__role="mentor", appointments__office=office).first()
    head = head_of(unit.pk, today)
    if mentor is None or head is None:
        raise LookupError("the demo's mentor or head is missing")
    officer = staff_with("mentoring.ask", unit.pk, today)[0]
    return _Cast(office, *(actor_of(one, today) for one in (mentor, officer, head.staff)))


def _noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def _adopt(cast: _Cast, unit: Facility, group: Workshop, day: date) -> Adoption:
    wish = "Menata harga dan kemasan selendang supaya menutup bahan dan jam kerja."
    with clock.travel(_noon(day)):
        with acting(cast.mentor, "mentoring.propose"):
            row = propose_mentoring(by=cast.mentor, facility=unit, office=cast.office, wish=wish)
        with acting(cast.head, "mentoring.accept"):
            return accept_proposal(by=cast.head, adoption=row, workshop=group)


def _plan(cast: _Cast, adoption: Adoption, day: date, topic: str, goal: str) -> Meeting:
    return plan_meeting(
        by=cast.mentor, adoption=adoption, day=day, title=f"Pendampingan tenun: {topic.lower()}",
        topic=topic, goal=goal, location=adoption.facility.name, provider=cast.office.label,
        sector_kbli=KBLI,
    )  # fmt: skip


def _first_session(cast: _Cast, adoption: Adoption, day: date) -> None:
    with clock.travel(_noon(day)), acting(cast.mentor, "mentoring.note"):
        meeting = _plan(cast, adoption, day, "Harga pokok", "Tahu biaya satu helai selendang")
        note_meeting(
            by=cast.mentor, meeting=meeting, people=11,
            done="Benang, pewarna, kemasan, dan jam menenun dihitung bersama. Harga"
            " sekarang menutup bahan, tetapi belum premi yang layak bagi jam menenun.",
            steps=[
                Step("unit", "Timbang benang untuk tiga ukuran selendang", day + timedelta(days=9)),
                Step("mentor", "Bandingkan harga di tiga galeri Kupang", day + timedelta(days=14)),
            ],
        )  # fmt: skip
        record_finding(
            by=cast.mentor, adoption=adoption,
            before="Tepi selendang terurai setelah dicuci", remedy="Jahit rangkap atau dipilin",
        )  # fmt: skip
    with clock.travel(_noon(day + timedelta(days=8))), acting(cast.officer, "mentoring.step"):
        finish_step(by=cast.officer, step=NextStep.objects.get(adoption=adoption, side="unit"))
        mend_finding(
            by=cast.officer, finding=adoption.findings.get(), after="Tepi kini dijahit rangkap."
        )
    with clock.travel(_noon(day + timedelta(days=13))), acting(cast.mentor, "mentoring.step"):
        finish_step(by=cast.mentor, step=NextStep.objects.get(adoption=adoption, side="mentor"))


def _reckon(cast: _Cast, adoption: Adoption, day: date) -> PriceExercise | None:
    """The variant on show whose hour brings least, at the least price that brings enough."""
    with demo_scope():
        shown = set(
            Listing.objects.filter(facility=adoption.facility_id, current__isnull=False)
            .values_list("variant_id", flat=True)
        )  # fmt: skip
    with clock.travel(_noon(day)), acting(cast.mentor, "mentoring.price"):
        variants = variants_of(adoption)
        worst = None
        for figures in figures_of(adoption, since_of(day)):
            variant = variants[figures.variant_id]
            told = exercise_of(figures, variant, figures.price_rp, WANTED_RP, day)
            if told is None or told.now.hourly_rp is None or variant.pk not in shown:
                continue
            if told.least_rp and (worst is None or told.now.hourly_rp < worst[0]):
                worst = told.now.hourly_rp, variant, told.least_rp
        return _keep(cast, adoption, worst[1], worst[2]) if worst else None


def _keep(cast: _Cast, adoption: Adoption, variant: Variant, least_rp: int) -> PriceExercise:
    price = -(-least_rp // (10 * STEPS)) * 10 * STEPS
    return save_exercise(
        by=cast.mentor, adoption=adoption, variant_id=variant.pk, price_rp=price,
        wanted_hourly_rp=WANTED_RP, note="Dihitung bersama kelompok pada sesi kedua.",
    )  # fmt: skip


def _take(cast: _Cast, exercise: PriceExercise, day: date) -> None:
    with clock.travel(_noon(day)):
        with acting(cast.officer, "mentoring.take_price"):
            taken = take_price(by=cast.officer, exercise=exercise)
        if taken.version:
            with acting(cast.head, "listing.approve"):
                approve_listing(by=cast.head, version=taken.version)


def _go_on(cast: _Cast, adoption: Adoption, today: date) -> None:
    """A second session with a step that is due, a third that nobody noted, one to come."""
    day = today - timedelta(days=24)
    with clock.travel(_noon(day)), acting(cast.mentor, "mentoring.note"):
        meeting = _plan(cast, adoption, day, "Kemasan", "Kemasan yang menjelaskan asal kain")
        note_meeting(
            by=cast.mentor, meeting=meeting, people=4,
            done="Label gantung dan pita dicoba; ukuran dan cara mencuci kini tertulis.",
            steps=[Step("unit", "Cetak 200 label gantung", today + timedelta(days=3))],
        )  # fmt: skip
    with acting(cast.mentor, "mentoring.plan"):
        _plan(cast, adoption, today - timedelta(days=2), "Foto", "Foto yang menunjukkan tenunan")
        _plan(cast, adoption, today + timedelta(days=12), "Pasar", "Menjawab pesanan 50 helai")
        record_finding(
            by=cast.mentor, adoption=adoption,
            before="Warna mengkudu berbeda antara dua celupan", remedy="Catat resep dan suhu",
        )  # fmt: skip


def _waiting(cast: _Cast, today: date) -> None:
    unit = Facility.objects.get(code=OFFERED)
    wish = "Kemasan dan izin edar untuk keripik dan sabun."
    with acting(cast.mentor, "mentoring.propose"):
        propose_mentoring(by=cast.mentor, facility=unit, office=cast.office, wish=wish)
    other = Facility.objects.get(code=ASKING)
    officers = staff_with("mentoring.ask", other.pk, today)
    if officers:
        asking = actor_of(officers[0], today)
        with acting(asking, "mentoring.ask"):
            product = Product.objects.filter(facility=other, is_active=True).first()
            ask_for_mentor(
                by=asking, facility=other, office=cast.office, product=product,
                wish="Harga kopi sangrai dibanding biji hijau.",
            )  # fmt: skip
