"""Packs: the same bytes for the same facts, true to their schema, and without a person in them."""

import hashlib
import json
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override
from jsonschema import Draft202012Validator
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from berdaya.core.locks import in_any_order
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.evidence import checks
from berdaya.evidence.actions import packs
from berdaya.evidence.actions.packs import ask_pack, make_pack
from berdaya.evidence.actions.plots import set_plots
from berdaya.evidence.models import Pack
from berdaya.evidence.pack import SCHEMA, digest_of, json_of
from berdaya.evidence.tasks import make_asked
from berdaya.evidence.zipped import DATA, zip_of
from berdaya.ledger.actions.books import open_book
from berdaya.people.models import Consent, Participant, WorkPlacement
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.workshop.models import Incident, WorkLog
from tests.evidence.scene import MONDAY, Coffee, plotted, roasted
from tests.world import SINCE, World

CHECKS = {check.code: check for check in checks.CHECKS}


@pytest.fixture
def coffee(world: World) -> Coffee:
    made = roasted(world)
    plot = plotted(world)
    with world.acting() as scope:
        set_plots(by=scope.actor, material_lot=made.beans, plots=[plot])
    return made


def asked(world: World, coffee: Coffee, countries: tuple[str, ...] = ("JP",)) -> Pack:
    with world.acting() as scope:
        return ask_pack(by=scope.actor, lot=coffee.lot, countries=countries)


def only(pack: Pack) -> dict[str, Any]:
    (lot,) = pack.content["lots"]
    return lot


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def test_a_pack_tells_who_made_it_in_shares_only(world: World, coffee: Coffee) -> None:
    lot = only(asked(world, coffee))

    assert lot["labour"]["is_prison_made"] is True
    assert lot["labour"]["steps"] == [{
        "step": "Coffee", "shares": [
            {"status": "in_custody", "label": "in custody (di dalam)", "share": "100"},
        ],
    }]  # fmt: skip
    assert lot["work"] == {
        "makers": 5, "consent": "all", "fitness": "all", "own_request": "none",
        "insured": "none", "hours_lawful": "all", "longest_day": "up_to_6",
        "mean_day": "up_to_6",
    }  # fmt: skip
    assert lot["eudr"] == {
        "applies": True, "commodity": "coffee", "is_ready": True, "reasons": [],
    }  # fmt: skip
    assert [(one["material"], one["plots"]) for one in lot["materials"]] == [
        ("Biji kopi", ["LP-ATB-26-KB0001"]), ("Kemasan", []),
    ]  # fmt: skip


def test_few_makers_are_told_in_all_or_not_all(world: World) -> None:
    coffee = roasted(world, people=3)
    with world.everywhere():
        Consent.objects.filter(participant=coffee.people[0]).update(withdrawn_on=MONDAY)

    lot = only(asked(world, coffee))

    assert lot["work"]["makers"] == 0
    assert lot["work"]["consent"] == "not_all"
    assert lot["work"]["longest_day"] == lot["work"]["mean_day"] == "unknown"


def test_consent_of_a_part_is_a_word_of_the_whole(world: World, coffee: Coffee) -> None:
    with world.everywhere():
        Consent.objects.filter(participant=coffee.people[0]).update(withdrawn_on=MONDAY)

    lot = only(asked(world, coffee))

    assert lot["work"]["consent"] == "more_than_half"


def sell(world: World, coffee: Coffee, price: int) -> None:
    with world.everywhere() as scope, in_any_order():
        book = open_book(
            by=scope.actor, party=world.parties["coop_atb"], facility=world.atb, opened_on=SINCE
        )
        record_sale(
            by=scope.actor, facility=world.atb, kind="gate", place=coffee.place, book=book,
            lines=[SaleLineInput(coffee.variant.pk, Decimal(40), price)], buyer_kind="public",
            payments=[PaymentInput("cash", 40 * price)], sold_on=MONDAY + timedelta(days=10),
        )  # fmt: skip


@pytest.mark.parametrize(("price", "reached"), [(60_000, "none"), (600_000, "all")])
def test_pay_is_told_against_policy_and_floor_without_an_amount(
    world: World, coffee: Coffee, price: int, reached: str
) -> None:
    sell(world, coffee, price)

    pay = only(asked(world, coffee))["pay"]

    assert pay["is_sold"]
    assert pay["floor_reached"] == reached
    assert pay["policy_now"]["makers_bp"] == 5_000
    assert pay["monthly_floor_rp"] == 700_000
    assert set(pay) == {
        "policy_when_made", "policy_now", "makes_premi", "monthly_floor_rp", "is_sold",
        "floor_reached", "paid_out",
    }  # fmt: skip


def test_equal_facts_give_equal_bytes_in_either_language(world: World, coffee: Coffee) -> None:
    first = asked(world, coffee, ("JP", "US"))
    with override("en"):
        second = asked(world, coffee, ("US", "JP", "JP"))

    assert first.digest == second.digest
    assert zip_of(first.content) == zip_of(second.content)
    assert first.pk != second.pk


def test_what_changes_changes_the_digest_and_a_made_pack_stays(
    world: World, coffee: Coffee
) -> None:
    first = asked(world, coffee)
    with world.everywhere():
        Incident.objects.create(
            code="LP-ATB-26-K0001", facility=world.atb, workshop=coffee.workshop,
            happened_on=MONDAY, kind="accident", severity="light", what_happened="x",
            what_was_done="y", recorded_at=coffee.beans.recorded_at,
        )  # fmt: skip

    second = asked(world, coffee)

    assert only(second)["safety"]["gravest"] == "light"
    assert first.digest != second.digest
    with (
        world.acting(),
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
    ):
        Pack.objects.filter(pk=first.pk).update(digest="0" * 64)
    with world.acting():
        assert CHECKS["evidence_packs"].rows() == []


def test_files_fit_together(world: World, coffee: Coffee) -> None:
    pack = asked(world, coffee, ("JP",))

    files = opened(zip_of(pack.content))

    assert list(files) == sorted(files)
    assert set(files) == {
        "README.txt", "SHA256SUMS", "evidence.json", "evidence.pdf", SCHEMA, "plots.geojson",
    }  # fmt: skip
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    text = "\n".join(
        page.extract_text() for page in PdfReader(BytesIO(files["evidence.pdf"])).pages
    )
    assert pack.digest in text.replace("\n", "")
    assert hashlib.sha256(files["evidence.json"]).hexdigest() == pack.digest
    feature = json.loads(files["plots.geojson"])["features"][0]
    assert feature["properties"]["ProductionPlace"] == "LP-ATB-26-KB0001"
    assert b"[124.890000,-9.110000]" in files["plots.geojson"]


@pytest.mark.parametrize("people", [2, 6])
@pytest.mark.parametrize("is_sold", [False, True])
def test_content_is_true_to_the_published_schema(world: World, people: int, is_sold: bool) -> None:
    coffee = roasted(world, people=people)
    if is_sold:
        sell(world, coffee, 60_000)
    schema = json.loads((DATA / SCHEMA).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    content = json.loads(json_of(asked(world, coffee, ("JP", "US", "DE")).content))

    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in check.iter_errors(content)] == []
    content["lots"][0]["work"]["makers"] = 3
    content["lots"][0]["maker"] = "somebody"
    assert len(list(check.iter_errors(content))) == 2


def test_destinations_are_answered_by_the_gate(world: World, coffee: Coffee) -> None:
    told = {
        one["country"]: one for one in asked(world, coffee, ("JP", "US")).content["destinations"]
    }

    assert told["JP"]["answer"] == "allowed"
    assert told["US"]["answer"] == "refused"
    assert [one["code"] for one in told["US"]["reasons"]] == ["market_barred"]
    assert told["US"]["name"] == "United States"


# Planted wherever the program keeps something about somebody.
MARKS = {
    "pseudonym": "Zamrudwangi",
    "work_number": "WNX-7741",
    "free_text": "Bapak Tellatele terjepit",
    "register": "BI-REG-99812",
    "code": "PESERTA-RAHASIA",
}


def planted(world: World, coffee: Coffee) -> None:
    with world.everywhere():
        who = coffee.people[0]
        Participant.objects.filter(pk=who.pk).update(
            pseudonym=MARKS["pseudonym"], code=MARKS["code"]
        )
        who.placements.update(work_number=MARKS["work_number"])
        who.consents.update(read_in=MARKS["free_text"][:40], text_version=MARKS["register"])
        who.fitness.update(restrictions=MARKS["register"])
        WorkPlacement.objects.filter(participant=who).update(decree_no=MARKS["register"])
        coffee.batch.note = MARKS["free_text"]
        coffee.batch.save()
        Incident.objects.create(
            code="LP-ATB-26-K0001", facility=world.atb, workshop=coffee.workshop,
            happened_on=MONDAY, kind="accident", severity="heavy",
            what_happened=MARKS["free_text"], what_was_done=MARKS["free_text"],
            recorded_at=coffee.beans.recorded_at,
        )  # fmt: skip


@pytest.mark.parametrize("people", [1, 6])
def test_no_file_of_a_pack_holds_a_person(world: World, people: int) -> None:
    coffee = roasted(world, people=people)
    planted(world, coffee)
    sell(world, coffee, 60_000)

    files = opened(zip_of(asked(world, coffee, ("JP", "US")).content))

    texts = {name: data.decode("utf-8", "replace") for name, data in files.items()}
    reader = PdfReader(BytesIO(files["evidence.pdf"]))
    texts["pdf text"] = "\n".join(page.extract_text() for page in reader.pages)
    texts["pdf metadata"] = repr(dict(reader.metadata or {}))
    with world.everywhere():
        forbidden = {*MARKS.values(), *MARKS["free_text"].split(" ")[:2]}
        for one in coffee.people:
            one.refresh_from_db()
            forbidden |= {one.pseudonym, one.code, one.placements.get().work_number + " "}
    forbidden -= {""}
    found = {
        (name, mark) for name, text in texts.items() for mark in forbidden
        if len(mark) > 4 and mark.lower() in text.lower()
    }  # fmt: skip
    assert found == set()
    assert "Zamrudwangi" in {one.pseudonym for one in coffee.people}
    # No key of the JSON speaks of somebody, and no id of a row is in it.
    keys = set(re.findall(r'"([a-z_]+)":', texts["evidence.json"]))
    assert keys.isdisjoint({"name_of", "participant", "pseudonym", "work_number", "id", "holder"})


def test_a_large_order_is_left_to_the_worker(
    world: World, coffee: Coffee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "AT_ONCE", 0)

    pack = asked(world, coffee)

    assert pack.made_at is None
    (job,) = ProcrastinateJob.objects.filter(task_name__contains="pack_asked")
    assert job.args == {"facility_id": world.atb.pk, "subject_id": pack.pk}
    with world.everywhere():
        make_asked(world.atb.pk, pack.pk)
        pack.refresh_from_db()
        first = pack.made_at
        make_pack(pack=pack)
        pack.refresh_from_db()
    assert pack.made_at == first
    assert pack.digest == digest_of(pack.content)


def test_a_worker_and_an_officer_make_the_same(
    world: World, coffee: Coffee, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = asked(world, coffee)
    monkeypatch.setattr(packs, "AT_ONCE", 0)
    later = asked(world, coffee)

    with world.everywhere():
        make_asked(world.atb.pk, later.pk)
        later.refresh_from_db()

    assert later.digest == at_once.digest


def test_an_outsider_finds_nothing_and_an_auditor_makes_none(world: World, coffee: Coffee) -> None:
    pack = asked(world, coffee)

    for who in ("outsider", "auditor", "national"):
        if who in world.staff:
            with acting(world.actor(who), "test") as scope, pytest.raises(Refused):
                ask_pack(by=scope.actor, lot=coffee.lot, countries=[])
    with acting(world.actor("outsider"), "test"):
        assert not Pack.objects.filter(pk=pack.pk).exists()
    with world.everywhere():
        assert Pack.objects.count() == 1


@pytest.mark.parametrize(
    ("countries", "code"),
    [(["usa"], "evidence_country_unknown"), ([f"A{c}" for c in "ABCDEFGHIJK"], "evidence_many")],
)
def test_countries_are_few_and_known(
    world: World, coffee: Coffee, countries: list[str], code: str
) -> None:
    with world.acting() as scope, pytest.raises(Refused, match=code):
        ask_pack(by=scope.actor, lot=coffee.lot, countries=countries)

    with world.acting():
        assert not Pack.objects.exists()


def test_clients_of_a_bapas_are_told_as_such(world: World) -> None:
    bapas = world.facilities["BP-KPG"]
    coffee = roasted(world, facility=bapas, status="client")

    with world.everywhere() as scope:
        pack = ask_pack(by=scope.actor, lot=coffee.lot, countries=["US", "NZ"])
        assert set(WorkLog.objects.values_list("labour_status", flat=True)) == {"client"}

    labour = only(pack)["labour"]
    assert (labour["is_prison_made"], labour["is_made_in_prison"]) == (False, False)
    assert labour["steps"][0]["shares"][0]["status"] == "client"
    assert {one["answer"] for one in pack.content["destinations"]} == {"allowed"}
