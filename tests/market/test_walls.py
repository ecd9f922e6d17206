"""That nothing leads from a shop to anybody's past: not a key, not a row, not a log."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from berdaya.core.logs import masked
from berdaya.core.models import AuditRow
from berdaya.core.scope import ClosedToPublic, ScopeMissing, acting
from berdaya.institutions.access import public_scope, shop_scope
from berdaya.market.models import Application, Shop
from tests.market.scene import Market, open_shop, place
from tests.world import UNIT_ROLES

pytestmark = pytest.mark.usefixtures("db")
ROOM = list(apps.get_app_config("market").get_models())
PAST = {"people", "training", "aftercare", "workshop", "stock", "ledger", "catalog", "proceeds"}


def reached(start: type[models.Model]) -> Iterator[type[models.Model]]:
    """Every table that foreign keys lead to, however many steps away."""
    seen, todo = set(), [start]
    while todo:
        model = todo.pop()
        for field in model._meta.get_fields(include_hidden=True):
            # What points here from elsewhere is no column of this room's.
            if not (field.concrete and field.is_relation and field.related_model):
                continue
            if field.related_model not in seen:
                seen.add(field.related_model)
                todo.append(field.related_model)
                yield field.related_model


def past_of(start: type[models.Model]) -> set[str]:
    return {
        model._meta.label
        for model in reached(start)
        if model._meta.app_label in PAST or model._meta.label == "institutions.Facility"
    }


def test_no_chain_of_keys_leads_to_a_past() -> None:
    assert {model._meta.label: past_of(model) for model in ROOM if past_of(model)} == {}


def test_nobody_points_at_the_room_either() -> None:
    """No table of another room has a key into this one."""
    from_elsewhere = {
        field.related_model._meta.label
        for model in ROOM
        for field in model._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and field.related_model not in ROOM
    }

    assert from_elsewhere == set()


def test_the_walk_over_keys_would_find_one() -> None:
    """The failing twin: a certificate reaches its person and its unit."""
    certificate = apps.get_model("training", "Certificate")

    assert {"people.Participant", "institutions.Facility"} <= past_of(certificate)


def test_no_column_is_named_after_a_past() -> None:
    words = ("participant", "facility", "placement", "work_number", "pseudonym", "certificate",
             "released", "register", "nik", "created", "joined", "opened")  # fmt: skip
    found = [
        f"{model.__name__}.{field.name}"
        for model in ROOM
        for field in model._meta.concrete_fields
        if any(word in field.name.split("_") for word in words)
    ]

    assert found == []


def test_keys_and_codes_are_chance() -> None:
    keys = {model.__name__: type(model._meta.pk).__name__ for model in ROOM}

    assert set(keys.values()) == {"UUIDField", "CharField", "OneToOneField"}
    assert all(
        model._meta.pk.default.__name__ == "uuid4"
        for model in ROOM
        if isinstance(model._meta.pk, models.UUIDField)
    )


def test_staff_of_corrections_read_no_row(market: Market) -> None:
    open_shop(market, "Kain Senja")
    names = [name for name, _role in UNIT_ROLES]

    for name in (*names, "regional", "national", "auditor", "counsellor", "mentor"):
        with pytest.raises(ClosedToPublic), market.world.acting(name):
            list(Shop.objects.all())


def test_umkm_officer_reads_them(market: Market) -> None:
    open_shop(market, "Kain Senja")

    with acting(market.desk, "test"):
        assert Shop.objects.count() == Application.objects.count() == 1


def test_public_pages_and_buyers_of_units_read_no_row(market: Market) -> None:
    open_shop(market, "Kain Senja")

    for scope in (public_scope, shop_scope):
        with pytest.raises(ClosedToPublic), scope():
            list(Shop.objects.all())
    with pytest.raises(ScopeMissing):
        list(Shop.objects.all())


def test_audit_of_the_units_says_nothing_of_shops(market: Market) -> None:
    place(open_shop(market, "Kain Senja"))

    with market.world.everywhere():
        assert not AuditRow.objects.filter(table__startswith="market_").exists()


def test_desk_account_opens_no_shop_and_seller_opens_no_desk(market: Market) -> None:
    shop = open_shop(market, "Kain Senja")
    staff = market.world.client("umkm_officer")

    assert staff.get("/usaha")["Location"].endswith("/usaha/masuk")
    told = {"login": "petugas.atb", "password": "lontar-di-sabana-7"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert Client(headers=headers).post("/usaha/masuk", told).status_code == 409
    told = {"username": "toko1@contoh.id", "login": "toko1@contoh.id", "password": "kelapa-muda"}
    Client().post("/masuk/", told)
    assert Client().get("/desk/")["Location"].startswith("/masuk/")
    assert shop.state == "admitted"


def test_codes_of_orders_and_applications_stand_in_no_log() -> None:
    for path in ("/toko/pesanan/7K2QM4XTRH9CDFW/qris.svg", "/usaha/pendaftaran/7K2QM4XTRH9CDFW"):
        assert "7K2QM4XTRH9CDFW" not in masked(f"GET {path}")


def test_tries_are_counted_before_they_are_judged(market: Market) -> None:
    open_shop(market, "Kain Senja")
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    told = {"login": "toko1@contoh.id", "password": "salah-sekali-kata"}

    found = [browser.post("/usaha/masuk", told).status_code for _turn in range(7)]

    assert found == [409] * 6 + [429]
