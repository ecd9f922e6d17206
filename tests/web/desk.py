"""Something of everything in Atambua, and the address at which the desk shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from berdaya.catalog.actions.listings import Proposal, propose_listing
from berdaya.catalog.actions.mentions import propose_mention
from berdaya.catalog.models import Photo
from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.models import AuditRow
from berdaya.core.scope import Actor
from berdaya.equipment.actions.bookings import book
from berdaya.equipment.actions.care import plan_maintenance, start_maintenance
from berdaya.equipment.actions.register import open_share, register_equipment
from berdaya.equipment.actions.tools import add_tool_set, count_in, count_out
from berdaya.equipment.calc import Slot
from berdaya.evidence.actions.declarations import declare_export
from berdaya.evidence.actions.packs import ask_pack
from berdaya.evidence.models import Declaration, Pack, Plot
from berdaya.institutions.actions.accounts import register_bank_account, register_qris
from berdaya.institutions.actions.letters import record_letter
from berdaya.institutions.actions.pcs import register_pc
from berdaya.institutions.models import Appointment, AssignmentLetter, BankAccount, QrisAccount
from berdaya.intake.models import WorkbookImport
from berdaya.ledger.models import Entry
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import PermitKind
from berdaya.market import models as businesses
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.models import GoodsReturn, MoneyIn, Order
from berdaya.papers.actions.documents import issue_document
from berdaya.people.actions import papers
from berdaya.people.actions.reveals import open_identities
from berdaya.people.actions.rights import answer_case
from berdaya.people.actions.safety import record_insurance
from berdaya.people.assigning import person_subject
from berdaya.people.models import (
    Breach,
    CaseCover,
    Restriction,
    RetentionProposal,
    Reveal,
    RightsCase,
    SafetyHold,
)
from berdaya.proceeds.models import AuditSample, Payment, PayoutLine
from berdaya.stock.actions.gates import request_gate_pass
from berdaya.stock.models import Lot, Place, StockCount
from berdaya.training.actions.courses import add_course, open_session
from berdaya.training.actions.withdrawals import propose_withdrawal
from berdaya.training.models import (
    Assessment,
    Certificate,
    Enrolment,
    PiecePhoto,
    Session,
    Skill,
    Withdrawal,
)
from berdaya.workshop.actions.equipment import add_need, use_tool_set
from berdaya.workshop.actions.safety import Hurt, record_incident
from berdaya.workshop.actions.skills import require_skill
from berdaya.workshop.actions.work import add_standard_time, add_work
from berdaya.workshop.models import (
    Batch,
    BatchBooking,
    MaterialLot,
    SkillRequirement,
    WorkLog,
    WorkSheet,
    Workshop,
    WorkshopHold,
)
from tests.aftercare.scene import at_atambua
from tests.evidence.scene import plotted, received
from tests.facilitation import scene as facilitation
from tests.insight.scene import send_march
from tests.legality.scene import waiting
from tests.market import scene as business
from tests.mentoring import scene as mentoring
from tests.orders.counter import delivered, pay
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give_publicity
from tests.people.rights_scene import ask, breach
from tests.proceeds.scene import MADE
from tests.proceeds.test_pages import fill
from tests.programme import scene as programme
from tests.till.day_scene import stall_day
from tests.till.scene import own_stall
from tests.training import certificate_scene as training
from tests.web.matrix import ALSO_WRITTEN, MATRIX, OF_ANY_UNIT, ONLY_READ
from tests.world import SINCE, TODAY, World


def methods(name: str) -> tuple[str, ...]:
    """How an address is asked."""
    room, _sign, end = name.partition(":")
    looks = name in ONLY_READ or MATRIX[room][end].endswith(".view")
    return ("get",) if looks and name not in ALSO_WRITTEN else ("get", "post")


@dataclass
class Desk:
    """Every address of the desk that leads to something of Atambua."""

    world: World
    urls: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)


def addresses(
    resolver: URLResolver, room: str = "", start: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """(room:name, pattern, view) of every address of the program."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, one.namespace or room, start + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield f"{room}:{one.name}", start + str(one.pattern), one.callback


def every_view() -> dict[str, tuple[str, Any]]:
    """Address -> its pattern and its view; English ones are the same below a prefix."""
    return {name: (path, view) for name, path, view in addresses(get_resolver())}


def desk_names() -> dict[str, str]:
    """The addresses of the desk, each with its pattern."""
    return {name: path for name, (path, _view) in every_view().items() if "desk/" in path}


def fit_out(world: World) -> Desk:
    """Something of everything in Atambua, and where it is found."""
    with world.everywhere():
        shop = open_shop(world, work=lambda batch: log_work(world, batch))
        scene = shop.scene
    codes = fill(scene, 1)
    with world.everywhere():
        order, money, back = place_orders(shop)
    officer = world.actor("officer")
    with world.acting():
        consent = papers.record_consent(
            by=officer, participant=world.people["cendana"], facility=world.atb, given_on=SINCE,
            text_version="1", language="id", witness_role="family",
        )  # fmt: skip
        request = papers.record_request(
            by=officer, participant=world.people["kelor"], facility=world.atb, requested_on=SINCE
        )
        pass_ = request_gate_pass(
            by=officer, place=scene.place, to_place=Place.objects.get(name="Toko"),
            lines={scene.lot.pk: Decimal(1)}, destination="Dekranasda", day=TODAY, carrier="Giatja",
        )  # fmt: skip
        count = StockCount.objects.create(
            place=scene.place, facility=world.atb, day=TODAY, reason="", recorded_at=clock.now()
        )
        permit = record_permit(
            by=officer, kind=PermitKind.objects.get(code="spp_irt"),
            number="P-IRT 2075304010012-29", holder=world.parties["coop_atb"], place=world.atb,
            issued_on=SINCE, valid_from=SINCE, valid_until=date(2030, 1, 1),
            products=[scene.variant.product],
        )  # fmt: skip
        document = issue_document(
            by=officer, type="SIKB", facility=world.atb, day=TODAY, subject_ref=f"gate:{pass_.code}"
        )
        workbook = WorkbookImport.objects.create(
            facility=world.atb, file_digest="0", uploaded_at=clock.now()
        )
        version = propose_listing(
            by=officer, variant=scene.variant, seller=world.parties["coop_atb"],
            proposal=Proposal(name="Selendang", price_rp=385_000, weight_g=400),
        )  # fmt: skip
        photo = Photo.objects.create(
            facility=world.atb, digest="0" * 64, width=480, height=480, alt="Selendang",
            uploaded_by=world.staff["officer"], uploaded_at=clock.now(),
        )  # fmt: skip
    with world.acting() as scope:
        public = give_publicity(world, version.listing.slug)
        mention = propose_mention(
            by=scope.actor, listing=version.listing, consent=public, label="Kelompok Tenun Contoh"
        )
        incident = record_incident(
            by=scope.actor, facility=world.atb, happened_on=TODAY, kind="accident",
            severity="light", what_happened="Terjepit", what_was_done="Dibalut",
            workshop=scene.workshop, stop_reason="pelindung rusak",
            people=[Hurt(world.people["cendana"], "clinic", "terjepit")],
        )  # fmt: skip
        insurance = record_insurance(
            by=scope.actor, facility=world.atb, scheme="bpjs_jkk", policy_no="JKK-1",
            valid_from=SINCE,
        )  # fmt: skip
    shown = exported(world, scene.lot)
    things = equip(world, scene.workshop)
    with world.acting("cooperative") as scope:
        account, merchant = register_both(scope.actor, world)
    with world.everywhere() as scope:
        letter = record_letter(
            by=scope.actor, auditor=world.staff["auditor"], number="ST-2", issued_on=SINCE,
            purpose="Pemeriksaan stok", valid_from=SINCE, valid_until=date(2027, 1, 1),
            facilities=[world.atb],
        )  # fmt: skip
    appointment = Appointment.objects.get(staff=world.staff["officer"])
    lesson = Lesson.of(world)
    with world.acting("head") as scope:
        pc, _key = register_pc(by=scope.actor, facility=world.atb, label="Meja depan")
        placed = papers.place_in_work(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            line_of_work="tenun", decree_no="TPP-1", valid_from=SINCE,
        )  # fmt: skip
        wanted = ask_for_skill(scope.actor, scene.workshop)
        batch = Batch.objects.order_by("pk").first()
        entry = Entry.objects.order_by("pk").first()
        line = PayoutLine.objects.order_by("pk").first()
        payment = Payment.objects.order_by("pk").first()
        stopped = SafetyHold.objects.get().pk, WorkshopHold.objects.get().pk
    case, failure, restriction, proposal = data_rights(world)
    guided = mentoring.guided(world, scene.variant)
    helped = facilitation.running(world, scene.variant.product, kind="packaging")
    certificate, asked = certificates(world)
    with world.everywhere():
        released = at_atambua(world)
        cover = CaseCover.objects.create(
            participant=world.people["cendana"], staff=world.staff["counsellor"],
            facility=world.atb, day=clock.today(), recorded_at=clock.now(),
        )  # fmt: skip
    with world.everywhere():
        market = own_stall(scene)
        with in_any_order():
            stalled = stall_day(scene.by, market)
    send_march(world)
    applied, opened = own_business(world)
    pact = programme.furnished(world)
    code = {
        "programme": pact.agreement.code,
        "indicators": "made", "reports": world.atb.code,
        "batches": batch.code, "wbp": world.people["cendana"].code, "lots": scene.lot.code,
        "labels": scene.lot.code,
        "work-cards": world.people["cendana"].code, "books": scene.book.party.code,
        "products": scene.variant.product.code, "gate-passes": pass_.code,
        "certificates": certificate.code, "session-certificates": certificate.session.code,
        "sales": codes["sale"], "consignments": codes["consignment"], "payouts": codes["payout"],
        "deposits": codes["deposit"], "slips": codes["slip"], "objections": codes["objection"],
        "exits": codes["exit"], "corrections": codes["correction"],
        "settlements": codes["settlement"], "traces": codes["sale"],
        "parties": world.parties["coop_atb"].code, "numberings": "SIKB",
        "orders": order.code, "returns": back.code, "incidents": incident.code,
        "courses": lesson.session.course.code, "sessions": lesson.session.code,
        "rights": case.code, "breaches": failure.code, "mentoring": guided.adoption.code,
        "facilitation": helped.code, "readiness": scene.variant.product.code,
        "units": world.atb.code,
        "equipment": things["machine"].code, "clients": world.people["cendana"].code,
        "tools-grants": released.grant.code, "plans": released.plan.code,
        "plots": shown.plot.code, "plot-materials": shown.material.code,
        "export-declarations": shown.declaration.code,
        "reveals": opened_by_officer(world).code, "audit-samples": sample_of(world, letter).code,
    }  # fmt: skip
    pk = {
        **pact.keys, "evidence-packs": shown.pack.pk,
        "referrals": released.referral.pk, "stand-ins": cover.pk,
        "certificate-withdrawals": asked.pk, "mentoring-sessions": guided.meeting.pk,
        "mentoring-steps": guided.step.pk, "mentoring-prices": guided.exercise.pk,
        "mentoring-findings": guided.finding.pk,
        "facilitation-steps": facilitation.steps_of(world, helped)[0].pk,
        "consents": consent.pk, "requests": request.pk, "placements": placed.pk,
        "documents": document.pk, "places": scene.place.pk, "counts": count.pk,
        "variants": scene.variant.pk, "entries": entry.pk, "payout-lines": line.pk,
        "policy-proposals": codes["policy"],
        "insurances": insurance.pk, "consent-texts": public.text_id, "publicity": public.pk,
        "mentions": mention.pk, "holds": stopped[0], "workshop-stops": stopped[1],
        "restrictions": restriction.pk, "proposals": proposal.pk,
        "enrolments": lesson.enrolment.pk, "assessments": lesson.attempt.pk,
        "pieces": lesson.piece.pk, "skill-requirements": wanted.pk,
        "photos": photo.pk, "workshops": scene.workshop.pk, "matching": money.pk,
        "staff": world.staff["officer"].pk, "appointments": appointment.pk,
        **{name: row.pk for name, row in things.items()},
        "bank-accounts": account.pk, "letters": letter.pk, "qris": merchant.pk, "pcs": pc.pk,
        "events": market.event.pk, "hand-outs": market.hand_out.pk,
        "stall-settlements": market.settlement.pk, "stalls": market.stall.pk,
        "stall-sessions": stalled.session.pk, "notas": stalled.paper.stall_sale_id,
        "paper-blocks": stalled.paper.block_id, "papers": stalled.paper.pk,
        "market-applications": applied.pk, "market-shops": opened.pk,
        "cash-handovers": stalled.handover.pk, "qris-write-offs": stalled.write_off.pk,
    }  # fmt: skip
    rules = waiting(world, scene.variant.product)
    fixed = {
        "workshop": scene.workshop.pk, "day": MADE.isoformat(), "variant_id": scene.variant.pk,
        "permit_id": permit.pk, "change_id": rules.change.pk, "override_id": rules.override.pk,
        "product_id": scene.variant.product_id, "workbook_id": workbook.pk, "kind": "sales",
        "month": "2026-03",
        "payment_id": payment.pk, "stall_id": market.stall.pk, "book_id": scene.book.pk,
        "back_id": market.back.pk, "loss_id": market.loss.pk,
        "slug": version.listing.slug, "number": 1, "digest": "0" * 64, "width": 480,
        "key": "contoh-garis", "board": "money",
        "unit": world.atb.code, "no": pact.commitment.code, "quarter": pact.report.code,
    }  # fmt: skip
    desk = Desk(world)
    for name, path in desk_names().items():
        wanted: dict[str, object] = {}
        before = ""
        for part in path.replace(".pdf", "").replace(".csv", "").split("/"):
            if not part.startswith("<"):
                before = part
                continue
            key = part.strip("<>").partition(":")[2]
            choice = code if key == "code" else pk if key == "pk" else fixed
            wanted[key] = choice[before if key in ("code", "pk") else key]
        if name == "people:end_requests":
            wanted["code"] = world.people["kelor"].code
        desk.urls[name] = reverse(name, kwargs=wanted)
        if wanted and name not in OF_ANY_UNIT:
            desk.own.add(name)
    return desk


def own_business(world: World) -> tuple[businesses.Application, businesses.Shop]:
    """An application that waits, and a shop that was admitted; of no unit."""
    market = business.Market(world, business.officer(world))
    return business.apply(world, "Anyaman Pagi", 90), business.open_shop(market, "Kain Senja", 91)


@dataclass
class Exported:
    """What a lot of Atambua shows abroad: a pack, an answer, a plot and material to link to it."""

    pack: Pack
    declaration: Declaration
    plot: Plot
    material: MaterialLot


def exported(world: World, lot: Lot) -> Exported:
    """A pack and an allowed declaration of the lot, a plot, a receipt."""
    plot = plotted(world)
    with world.acting() as scope, in_any_order():
        return Exported(
            pack=ask_pack(by=scope.actor, lot=lot, countries=["JP"]),
            declaration=declare_export(by=scope.actor, lot=lot, country="JP"),
            plot=plot,
            material=received(scope.actor, world.atb, "Biji kopi"),
        )


def certificates(world: World) -> tuple[Certificate, Withdrawal]:
    """One that waits for the head, and an issued one that somebody wants revoked."""
    (issued,) = training.issued(world, "cendana")
    with world.acting() as scope:
        asked = propose_withdrawal(
            by=scope.actor, certificate=issued, kind="revoked", reason="Nilai tertukar"
        )
    (waiting,) = training.propose(
        world, training.make_class(world, "lontar", provider="Balai Lain")
    )
    return waiting, asked


@dataclass
class Lesson:
    """A session of Atambua with one person, an attempt and a photo of the piece."""

    session: Session
    enrolment: Enrolment
    attempt: Assessment
    piece: PiecePhoto

    @classmethod
    def of(cls, world: World) -> "Lesson":
        with world.everywhere() as scope:
            skill = Skill.objects.get(code="tenun-dasar")
            course = add_course(
                by=scope.actor, facility=world.atb, units=list(skill.units.all()), title="Tenun",
                provider=world.parties["coop_atb"], skill=skill, hours=7,
            )  # fmt: skip
            session = open_session(
                by=scope.actor, course=course, days=[MADE], minutes=420, places=9,
                instructor="Instruktur BLK",
            )  # fmt: skip
            facts = {"participant": world.people["cendana"], "facility": world.atb}
            enrolment = Enrolment.objects.create(
                session=session, day=MADE, has_place=False, enrolled_at=clock.now(), **facts
            )
            attempt = Assessment.objects.create(
                enrolment=enrolment, attempt=1, assessed_on=MADE, assessor="Asesor LSP",
                result="not_yet", recorded_at=clock.now(), **facts,
            )  # fmt: skip
            piece = PiecePhoto.objects.create(
                assessment=attempt, facility=world.atb, digest="0" * 64,
                uploaded_by=world.staff["officer"], uploaded_at=clock.now(),
            )  # fmt: skip
        return cls(session, enrolment, attempt, piece)


def ask_for_skill(by: Actor, workshop: Workshop) -> SkillRequirement:
    """Far in the future, so that no sheet here is refused."""
    skill = Skill.objects.get(code="tenun-dasar")
    return require_skill(by=by, workshop=workshop, skill=skill, valid_from=date(2030, 1, 1))


def equip(world: World, workshop: Workshop) -> dict[str, Any]:
    """A machine with all that hangs on it, and tools of which one is missing; by address."""
    today = clock.today()
    with world.acting() as scope:
        by, start, hour = scope.actor, clock.start_of(today + timedelta(days=3)), timedelta(hours=1)
        one = register_equipment(
            by=by, facility=world.atb, registered_on=SINCE, reason="Dilihat", name="ATBM",
            kind="loom", place="Ruang tenun",
        )  # fmt: skip
        share = open_share(by=by, equipment=one, to=world.facilities["BP-KPG"], valid_from=SINCE)
        plan_maintenance(by=by, equipment=one, what="Minyaki", every_days=9, last_done_on=SINCE)
        booking = book(
            by=by, facility=world.atb, equipment=one, slot=Slot(start, start + hour), purpose="Uji"
        )
        work = start_maintenance(
            by=by, equipment=one, slot=Slot(start + hour, start + 2 * hour), what="Setel"
        )
        need = add_need(by=by, workshop=workshop, kind="loom", qty=1, hours=8, valid_from=SINCE)
        BatchBooking.objects.create(
            batch=workshop.batches.order_by("pk")[0], facility=world.atb, booking=booking
        )
        time = add_standard_time(
            by=by, workshop=workshop, variant=workshop.batches.order_by("pk")[0].variant,
            minutes_each=60, setup_minutes=0, batch_qty=1, valid_from=SINCE,
        )  # fmt: skip
        open_one = add_work(by=by, workshop=workshop, variant=time.variant, qty=2)
        tools = add_tool_set(
            by=by, facility=world.atb, name="Papan", place="Lemari", tools={"Pahat": 3}
        )
        link = use_tool_set(by=by, workshop=workshop, tool_set=tools)
        given = {tool.pk: 3 for tool in tools.tools.all()}
        count = count_out(by=by, tool_set=tools, day=today, counts=given)
        (missing,) = count_in(by=by, count=count, counts={})
    return {
        "machine": one, "equipment-shares": share, "bookings": booking, "maintenance": work,
        "standard-times": time, "work-orders": open_one, "workshop-needs": need,
        "tool-sets": tools, "workshop-tools": link,
        "tool-counts": count, "missing-tools": missing,
    }  # fmt: skip


def opened_by_officer(world: World) -> Reveal:
    """What is on record of an opening in Atambua."""
    with world.acting() as scope:
        return open_identities(
            by=scope.actor, facility=world.atb, purpose="person", reason="serve",
            subject=person_subject(world.people["cendana"].code),
        ).reveal  # fmt: skip


def sample_of(world: World, letter: AssignmentLetter) -> AuditSample:
    """A sample that was drawn from Atambua's slips of March."""
    with world.everywhere():
        return AuditSample.objects.create(
            code="LP-ATB-26-SMP0001", facility=world.atb, letter=letter,
            drawn_by=world.staff["auditor"], seed="0", population=1, size=1,
            valid_from=date(2026, 3, 1), valid_until=date(2026, 4, 1), drawn_at=clock.now(),
        )  # fmt: skip


def register_both(by: Actor, world: World) -> tuple[BankAccount, QrisAccount]:
    """An account and a QRIS of Atambua's cooperative, which nobody has confirmed."""
    owner = world.parties["coop_atb"]
    return register_bank_account(
        by=by, owner=owner, bank="Bank Contoh", number="0001", holder_name=owner.name,
        valid_from=SINCE,
    ), register_qris(
        by=by, owner=owner, nmid="ID0000000000001", merchant_name="KOPERASI", valid_from=SINCE
    )  # fmt: skip


def data_rights(world: World) -> tuple[RightsCase, Breach, Restriction, RetentionProposal]:
    """A request, a breach, a restriction and a proposal to erase, all of Atambua."""
    case, restricted = ask(world, "copy"), ask(world, "restriction")
    with world.acting("head") as scope:
        answer_case(by=scope.actor, case=restricted, outcome="granted", handed_over="private")
        proposal = RetentionProposal.objects.create(
            participant=world.people["cendana"], facility=world.atb, due_on=SINCE,
            proposed_at=clock.now(), automatic_on=TODAY,
        )  # fmt: skip
        return case, breach(world, "head"), Restriction.objects.get(), proposal


def place_orders(shop: Shop) -> tuple[Order, MoneyIn, GoodsReturn]:
    """An order that is paid, money without one, and a return of what was handed over."""
    with in_any_order():
        order, other = shop.order(), delivered(shop)
        pay(shop, order)
        line = other.lines.get()
        back = ask_return(by=shop.by, order=other, pieces={line.pk: line.qty}, reason="Sobek")
        return order, pay(shop, order, 77_777, matched=False), back


def log_work(world: World, batch: Batch) -> None:
    sheet = WorkSheet.objects.create(
        workshop=batch.workshop, facility=world.atb, day=MADE, recorded_at=clock.now()
    )
    WorkLog.objects.create(
        sheet=sheet, participant=world.people["cendana"], facility=world.atb, day=MADE,
        mark="present", minutes=60, batch=batch, labour_status="in_custody",
    )  # fmt: skip


def written(world: World) -> int:
    """How many changes the audit has seen."""
    with world.everywhere():
        return AuditRow.objects.count()
