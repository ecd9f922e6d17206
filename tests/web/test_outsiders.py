"""Every address of the desk, asked by those who must not: strangers, neighbours, other roles.

A new address fails here until MATRIX (matrix.py) says which ability it asks for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from berdaya.catalog.actions.listings import Proposal, propose_listing
from berdaya.catalog.actions.mentions import propose_mention
from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.models import AuditRow
from berdaya.core.scope import Actor, system_scope
from berdaya.institutions.actions.accounts import register_bank_account, register_qris
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import Appointment, BankAccount, QrisAccount
from berdaya.institutions.roles import ROLES
from berdaya.intake.models import WorkbookImport
from berdaya.ledger.models import Entry
from berdaya.legality.actions.permits import record_permit
from berdaya.legality.models import PermitKind
from berdaya.orders.actions.returning import ask_return
from berdaya.orders.models import GoodsReturn, MoneyIn, Order
from berdaya.papers.actions.documents import issue_document
from berdaya.people.actions import papers
from berdaya.people.actions.safety import record_insurance
from berdaya.people.models import SafetyHold
from berdaya.proceeds.models import Payment, PayoutLine
from berdaya.stock.actions.gates import request_gate_pass
from berdaya.stock.models import Place, StockCount
from berdaya.workshop.actions.safety import Hurt, record_incident
from berdaya.workshop.models import Batch, WorkLog, WorkSheet, WorkshopHold
from tests.orders.counter import delivered, pay
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give_publicity
from tests.proceeds.scene import MADE
from tests.proceeds.test_pages import fill
from tests.web.matrix import (
    ALSO_WRITTEN,
    LED_BACK,
    MATRIX,
    OF_ANY_UNIT,
    ONLY_READ,
    OPEN,
    PUBLIC,
    REFUSED,
    TYPED,
    WITH_EXAMPLES,
)
from tests.world import SINCE, TODAY, UNIT_ROLES, World


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


def addresses(resolver: URLResolver, room: str = "", start: str = "") -> Iterator[tuple[str, str]]:
    """(room:name, pattern) of everything below the desk."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, one.namespace or room, start + str(one.pattern))
        elif isinstance(one, URLPattern) and "desk/" in start + str(one.pattern):
            yield f"{room}:{one.name}", start + str(one.pattern)


def desk_names() -> dict[str, str]:
    return {name: path for name, path in addresses(get_resolver()) if "en/" not in path[:4]}


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
            issued_on=SINCE, valid_from=SINCE, valid_until=date(2029, 1, 1),
            products=[scene.variant.product],
        )  # fmt: skip
        document = issue_document(
            by=officer, type="SIKB", facility=world.atb, day=TODAY, subject_ref="gate:99"
        )
        workbook = WorkbookImport.objects.create(
            facility=world.atb, file_digest="0", uploaded_at=clock.now()
        )
        version = propose_listing(
            by=officer, variant=scene.variant, seller=world.parties["coop_atb"],
            proposal=Proposal(name="Selendang", price_rp=385_000, weight_g=400),
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
    with world.acting("cooperative") as scope:
        account, merchant = register_both(scope.actor, world)
    appointment = Appointment.objects.get(staff=world.staff["officer"])
    with world.acting("head") as scope:
        placed = papers.place_in_work(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            line_of_work="tenun", decree_no="TPP-1", valid_from=SINCE,
        )  # fmt: skip
        batch = Batch.objects.order_by("pk").first()
        entry = Entry.objects.order_by("pk").first()
        line = PayoutLine.objects.order_by("pk").first()
        payment = Payment.objects.order_by("pk").first()
        stopped = SafetyHold.objects.get().pk, WorkshopHold.objects.get().pk
    code = {
        "batches": batch.code, "wbp": world.people["cendana"].code, "lots": scene.lot.code,
        "work-cards": world.people["cendana"].code, "books": scene.book.party.code,
        "products": scene.variant.product.code, "gate-passes": pass_.code,
        "sales": codes["sale"], "consignments": codes["consignment"], "payouts": codes["payout"],
        "deposits": codes["deposit"], "slips": codes["slip"], "objections": codes["objection"],
        "exits": codes["exit"], "corrections": codes["correction"],
        "settlements": codes["settlement"], "traces": codes["sale"],
        "parties": world.parties["coop_atb"].code, "numberings": "SIKB",
        "orders": order.code, "returns": back.code, "incidents": incident.code,
    }  # fmt: skip
    pk = {
        "consents": consent.pk, "requests": request.pk, "placements": placed.pk,
        "documents": document.pk, "places": scene.place.pk, "counts": count.pk,
        "variants": scene.variant.pk, "entries": entry.pk, "payout-lines": line.pk,
        "policy-proposals": codes["policy"],
        "workshops": scene.workshop.pk, "matching": money.pk,
        "staff": world.staff["officer"].pk, "appointments": appointment.pk,
        "bank-accounts": account.pk, "qris": merchant.pk, "insurances": insurance.pk,
        "consent-texts": public.text_id, "publicity": public.pk, "mentions": mention.pk,
        "holds": stopped[0], "workshop-stops": stopped[1],
    }  # fmt: skip
    fixed = {
        "workshop": scene.workshop.pk, "day": MADE.isoformat(), "variant_id": scene.variant.pk,
        "permit_id": permit.pk, "workbook_id": workbook.pk, "kind": "sales", "month": "2026-03",
        "payment_id": payment.pk,
        "slug": version.listing.slug, "number": 1, "digest": "0" * 64, "width": 480,
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


def register_both(by: Actor, world: World) -> tuple[BankAccount, QrisAccount]:
    """An account and a QRIS of Atambua's cooperative, which nobody has confirmed."""
    owner = world.parties["coop_atb"]
    return register_bank_account(
        by=by, owner=owner, bank="Bank Contoh", number="0001", holder_name=owner.name,
        valid_from=SINCE,
    ), register_qris(
        by=by, owner=owner, nmid="ID0000000000001", merchant_name="KOPERASI", valid_from=SINCE
    )  # fmt: skip


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


@pytest.fixture
def desk(world: World) -> Desk:
    return fit_out(world)


def written(world: World) -> int:
    """How many changes the audit has seen."""
    with world.everywhere():
        return AuditRow.objects.count()


def test_every_address_stands_in_the_matrix() -> None:
    told = {f"{room}:{name}" for room, names in MATRIX.items() for name in names}

    assert told == set(desk_names())


def test_strangers_are_sent_to_sign_in(desk: Desk) -> None:
    stranger, before = Client(), written(desk.world)

    found = {
        (name, method): getattr(stranger, method)(url)
        for name, url in desk.urls.items()
        for method in ("get", "post")
    }

    open_doors = {
        at: answer.status_code
        for at, answer in found.items()
        if at[0] not in OPEN
        and answer.status_code != 405
        and not (answer.status_code == 302 and answer["Location"].startswith("/masuk/"))
    }
    assert open_doors == {}
    assert written(desk.world) == before


def test_neighbours_of_every_role_find_nothing(desk: Desk) -> None:
    """Somebody who may do everything next door: 404 for what is ours, and not a word of it."""
    world = desk.world
    with system_scope("tests", [one.pk for one in world.facilities.values()]) as scope:
        for role in ROLES.values():
            if "facility" in role.at and role.code not in ("officer", "auditor"):
                appoint(
                    by=scope.actor, staff=world.staff["outsider"], role=role.code,
                    place=world.kpg, decree_no=role.code, decree_on=SINCE, valid_from=SINCE,
                    kind="plh" if role.code == "head" else "definitive",
                )  # fmt: skip
    client, before = world.client("outsider"), written(world)

    seen, leaks = {}, []
    for name, url in desk.urls.items():
        for method in methods(name):
            answer = getattr(client, method)(url, TYPED if method == "post" else None)
            if name in desk.own and answer.status_code not in REFUSED:
                seen[name, method] = answer.status_code
            words = answer.content.decode("utf-8", "replace")
            ours = ("Cendana", "Lontar", "LP-ATB-2") if name not in WITH_EXAMPLES else ()
            leaks += [(name, method, word) for word in ours if word in words]

    assert {at: seen[at] for at in seen.keys() - LED_BACK if at[0] not in PUBLIC} == {}
    assert leaks == []
    assert written(world) == before


@pytest.mark.parametrize("who", [*(name for name, _role in UNIT_ROLES), "auditor", "mentor",
                             "nobody"])  # fmt: skip
def test_other_roles_are_refused_and_change_nothing(desk: Desk, who: str) -> None:
    world = desk.world
    actor = world.actor(who)
    held = frozenset().union(*(ROLES[one].abilities for r in actor.roles.values() for one in r))
    client, before = world.client(who), written(world)

    wrong = {}
    for name, url in desk.urls.items():
        room, _sign, end = name.partition(":")
        read, _sign, write = MATRIX[room][end].partition("/")
        # Where both are asked for, the one that writes: it costs half the time.
        for method, ability in [("get", read), ("post", write or read)][: len(methods(name))][-1:]:
            if ability and ability not in held:
                answer = getattr(client, method)(url, TYPED if method == "post" else None)
                # The sheet's page shows the refusal above what was typed.
                is_told = name == "workshop:sheet" and answer.status_code == 422
                if answer.status_code not in REFUSED and not is_told:
                    wrong[name, method] = answer.status_code

    assert wrong == {}
    assert written(world) == before
