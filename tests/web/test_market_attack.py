"""An attack on own businesses: is there anything that tells a released maker's shop from others?

The arena is `market_arena.py`. Each test has a failing twin: a tell is planted and must be caught.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from io import BytesIO
from statistics import mean
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from PIL import Image

from berdaya.core import clock
from berdaya.core.codes import is_public_code
from berdaya.ledger.models import Entry
from berdaya.market import queries
from berdaya.market.access import market_scope, market_view
from berdaya.market.actions.ordering import confirm_paid
from berdaya.market.models import Shop
from berdaya.market.queries import shown_shops
from berdaya.proceeds.models import Sale
from berdaya.training.models import Certificate
from tests.market.scene import Market, again, officer, open_shop, place
from tests.training.certificate_scene import issued
from tests.web import market_arena
from tests.web.market_arena import (
    HOST,
    HOUSE,
    PUBLIC,
    RELEASED,
    Answers,
    Fair,
    ask,
    features,
    masked,
    secrets_of,
    separating,
)
from tests.world import Stage, World

pytestmark = pytest.mark.usefixtures("db")
DAYS = 150
# A mean place over so many days strays by 0.28; six times that is no chance any more.
FAR = 1.7


@pytest.fixture(autouse=True)
def two_hosts(settings: Any) -> Any:
    for name, value in market_arena.hosts().items():
        setattr(settings, name, value)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def arena(twelve_shops: Stage, staged: Fair) -> list[Answers]:
    """Twelve shops with all their answers."""
    return staged.answers


def places(days: int) -> dict[str, float]:
    """The mean place of each shop in the list, over so many days from today on."""
    found: dict[str, list[int]] = {}
    with market_view():
        for ahead in range(days):
            day = clock.today() + timedelta(days=ahead)
            for place_, code in enumerate(shown_shops(day).values_list("code", flat=True)):
                found.setdefault(code, []).append(place_)
    return {code: mean(one) for code, one in found.items()}


def strayed(means: dict[str, float]) -> list[str]:
    """Shops that stand further from the middle than chance puts them."""
    middle = (len(means) - 1) / 2
    return [code for code, told in means.items() if abs(told - middle) > FAR]


def leaks(world: World, arena: list[Answers]) -> list[str]:
    """Secrets, and words of the other house, that stand in any answer, letter or header."""
    told = secrets_of(world)
    found = []
    for one in arena:
        texts = [*one.letters, one.tile, *one.sitemap]
        texts += [f"{answer.headers}\n{answer.text}" for answer in one.pages.values()]
        for text in texts:
            found += [secret for secret in told if secret.lower() in text.lower()]
            found += HOUSE.findall(text)
    return found


def test_no_answer_tells_the_two_from_the_ten(world: World, arena: list[Answers]) -> None:
    """Words, links, pictures, headers, statements, letters, sitemap: the same for all twelve."""
    assert sum(one.is_released for one in arena) == 2
    assert all(answer.status in (200, 404) for one in arena for answer in one.pages.values())
    assert all(len(one.letters) == 2 and one.tile and one.sitemap for one in arena)

    assert separating(arena) == []
    assert leaks(world, arena) == []


def test_codes_and_keys_are_chance(arena: list[Answers]) -> None:
    codes = [one.shop.code for one in arena]
    orders = [one.order.code for one in arena]

    for told in (codes, orders, [str(one.shop.pk) for one in arena]):
        assert len(set(told)) == len(told)
        assert told not in (sorted(told), sorted(told, reverse=True))
        assert len({one[:2] for one in told}) > 6
    assert all(is_public_code(code) for code in (*codes, *orders))
    assert {one.shop.pk.version for one in arena} == {4}


def test_place_in_the_list_is_chance(arena: list[Answers]) -> None:
    means = places(DAYS)

    assert len(means) == 12
    assert strayed(means) == []


PLANTED: dict[str, Callable[[Answers], None]] = {
    "header": lambda one: one.pages["shop"].headers.update({"X-Since": "2026"}),
    "value of a header": lambda one: one.pages["photo0"].headers.update({"Server": "berdaya"}),
    "link": lambda one: replace(one, "goods", b"</main>", b'<a href="/sertifikat">x</a></main>'),
    "class": lambda one: replace(one, "shop", b"<h1>", b'<h1 class="new">'),
    "word": lambda one: replace(one, "shop/en", b"<h1>", b"<h1>Again "),
    "statement": lambda one: setattr(one.pages["form"], "statements", 99),
    "status": lambda one: setattr(one.pages["gone"], "status", 410),
    "letter": lambda one: one.letters.append("X-Mailer: other"),
    "sitemap": lambda one: one.sitemap.append("<lastmod>2026-11-01</lastmod>"),
    "code": lambda one: setattr(one.shop, "code", one.shop.code[:-1]),
    "picture": lambda one: setattr(one.pages["photo0"], "body", smaller(one)),
}


def replace(one: Answers, page: str, was: bytes, now: bytes) -> None:
    body = one.pages[page].body
    assert was in body
    one.pages[page].body = body.replace(was, now, 1)


def smaller(one: Answers) -> bytes:
    """The same picture with fewer pixels."""
    out = BytesIO()
    with Image.open(BytesIO(one.pages["photo0"].body)) as image:
        image.resize((799, 800)).save(out, "WEBP")
    return out.getvalue()


def test_every_planted_tell_is_caught(arena: list[Answers]) -> None:
    """The failing twins of the comparison: one thing is changed on the two alone."""
    caught = {}
    for name, plant in PLANTED.items():
        copies = deepcopy(arena)
        for one in copies:
            if one.is_released:
                plant(one)
        caught[name] = bool(separating(copies))

    assert caught == dict.fromkeys(PLANTED, True)


def test_planted_secrets_and_orders_are_caught(
    world: World, arena: list[Answers], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failing twins of the search for secrets and of the places: planted in rows and code."""
    with market_scope():
        Shop.objects.filter(pk=arena[3].shop.pk).update(about="Belajar di Atambua.")
    arena[3].pages["shop"] = ask(f"/toko/{arena[3].shop.code}")
    monkeypatch.setattr(queries, "_turn", lambda day: F("name"))

    assert "Atambua" in leaks(world, arena)
    assert strayed(places(5))


def test_certificates_and_shops_do_not_know_each_other(world: World, arena: list[Answers]) -> None:
    with world.everywhere():
        rows = list(Certificate.objects.select_related("credential__issuer").order_by("pk"))
    codes = [row.credential.public_code for row in rows if row.credential]
    pages = {code: ask(f"/sertifikat/{code}") for code in codes}

    own = [row.credential.number for row in rows if row.credential] + codes
    formatted = ["-".join((code[:5], code[5:10], code[10:])) for code in codes]
    told = {masked(page.text, own + formatted) for page in pages.values()}
    assert len(codes) == 2
    assert len({page.statements for page in pages.values()}) == 1
    # Two classes differ in their day and nothing else.
    assert len({text.count("<") for text in told}) == 1
    for one in arena:
        for page in pages.values():
            assert one.shop.code not in page.text
            assert one.shop.name not in page.text
        assert not any(code in answer.text for code in codes for answer in one.pages.values())


def test_certificate_of_a_released_maker_is_as_anybodys(world: World) -> None:
    """Before and after its holder was released, and beside one who was not: the same page."""
    released, other = issued(world, "cendana", "lontar")
    before = certificate_pages(released)

    market_arena.release(world, "cendana")

    assert certificate_pages(released) == before
    assert certificate_pages(other) == before


def certificate_pages(row: Certificate) -> list[Any]:
    credential = row.credential
    assert credential is not None
    code = credential.public_code
    own = [credential.number, code, "-".join((code[:5], code[5:10], code[10:]))]
    answers = [ask(f"{language}/sertifikat/{code}") for language in ("", "/en")]
    return [
        (one.status, one.statements, sorted(one.headers), masked(one.text, own)) for one in answers
    ]


def test_the_public_host_knows_no_shop(world: World) -> None:
    """Its pages are the same bytes before and after; asked for a shop it sends everybody over."""
    paths = ("/", "/produk/", "/produk/?q=Kain+Senja", "/sitemap.xml", "/robots.txt", "/asal")
    before = [ask(path, PUBLIC).body for path in paths]

    shop = open_shop(Market(world, officer(world)), "Kain Senja")
    order = place(shop)
    with market_scope() as by:
        confirm_paid(by=by, order=again(order))

    assert [ask(path, PUBLIC).body for path in paths] == before
    for code in (shop.code, "XXXXXXXXXXXXXXX"):
        sent = ask(f"/toko/{code}", PUBLIC)
        assert (sent.status, sent.headers["Location"]) == (301, f"http://{HOST}/toko/{code}")
    posted = Client(headers={"host": PUBLIC}).post(f"/toko/{shop.code}/pesan", {})
    assert posted.status_code == 404


def test_orders_of_own_businesses_enter_no_units_books(world: World) -> None:
    def books() -> tuple[int, int]:
        with world.everywhere():
            return Entry.objects.count(), Sale.objects.count()

    before = books()
    order = place(open_shop(Market(world, officer(world)), "Kain Senja"))
    with market_scope() as by:
        confirm_paid(by=by, order=again(order))

    assert books() == before


def test_errors_under_the_neutral_name_name_no_house(world: World) -> None:
    browser = Client(headers={"host": HOST})
    answers = [
        browser.get("/toko/XXXXX"),
        browser.get("/apa-saja"),
        browser.get("/desk/"),
        browser.post("/toko", {}),
        browser.put("/toko"),
        browser.post("/usaha/daftar", {}, headers={"Sec-Fetch-Site": "cross-site"}),
        browser.get("/toko/" + "x" * 9000),
        browser.get("/toko/pesanan/XXXXX"),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404, 405, 405, 403, 414, 404]
    for one in answers:
        assert not HOUSE.findall(f"{one.headers}{one.content.decode()}")


def test_a_closed_shop_answers_as_one_that_never_was(world: World) -> None:
    shop = open_shop(Market(world, officer(world)), "Kain Senja")
    with market_scope():
        Shop.objects.filter(pk=shop.pk).update(state="paused")

    paused, unknown = ask(f"/toko/{shop.code}"), ask("/toko/XXXXXXXXXXXXXXX")

    assert (paused.status, paused.headers, paused.statements) == (
        unknown.status,
        unknown.headers,
        unknown.statements,
    )
    assert masked(paused.text, [shop.code]) == masked(unknown.text, ["XXXXXXXXXXXXXXX"])


def test_time_of_day_changes_no_order(arena: list[Answers]) -> None:
    """The list is shuffled by day, so looking often shows no more than looking once."""
    now = clock.now().replace(hour=3)
    with time_machine.travel(now, tick=False):
        first = ask("/toko").text
    with time_machine.travel(now + timedelta(hours=6), tick=False):
        assert ask("/toko").text == first
    assert set(features(arena[0])) == set(features(arena[3]))
    assert {one.number for one in arena if one.is_released} == set(RELEASED)
