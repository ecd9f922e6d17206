"""Planted names, numbers and places of children are in nothing that the public can fetch."""

import logging
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from berdaya.core.scope import system_scope
from berdaya.core.walls import every_wall
from berdaya.institutions.models import Facility, StaffSession
from berdaya.orders.mails import send_state
from berdaya.orders.models import Order
from berdaya.orders.tasks import TOLD
from berdaya.people.models import Participant
from berdaya.web import queries
from tests.catalog.shelf import fill_shelf
from tests.core.test_scope import query
from tests.web.crawl import Crawler, Visit, filled, public_patterns
from tests.web.desk import Desk, fit_out
from tests.web.planted import Plant, but_for_the_place, found_in, plant
from tests.world import World, make_world

# A floor, so that the crawl proves something: what a full shop of this size has at least.
LEAST = 120


@dataclass
class Scene:
    """A full world with planted words, and the keys of its public addresses."""

    desk: Desk
    plants: list[Plant]
    keys: dict[str, list[str]]

    @property
    def world(self) -> World:
        return self.desk.world


@pytest.fixture
def scene(db: None) -> Scene:
    world = make_world()
    plants = plant(world)
    desk = fit_out(world)
    with world.everywhere():
        fill_shelf(world)
        orders = list(Order.objects.select_related("checkout").order_by("pk"))
        lots = query("SELECT public_code FROM stock_lot ORDER BY id")
        listings = query("SELECT slug FROM catalog_listing ORDER BY id")
    person = world.people["tunas"]
    keys = {
        "slug": [*(slug for (slug,) in listings), "tidak-ada", person.code.lower()],
        "code": [
            "LP-ATB", "LP-KPG", "LPKA-KPG", "BP-KPG", "tidak-ada", person.code,
            *(code for (code,) in lots), orders[0].checkout.code, "ABCDEFGHJKMNPQR",
        ],
        "order_code": [orders[0].code, "LP-ATB-26-PS9999"],
        "digest": ["0" * 64, "f" * 64], "width": ["480", "9"], "kind": ["png", "svg", "exe"],
        "key": ["1-a", "x"], "uidb36": ["1"], "provider": ["x"], "path": ["look/base.css"],
    }  # fmt: skip
    return Scene(desk, plants, keys)


@dataclass
class Crawled:
    """Everything that was fetched, what was planted, and what the log said of the links."""

    seen: dict[str, Visit]
    plants: list[Plant]
    keys: dict[str, list[str]]
    log: str


@pytest.fixture(scope="module")
def kept() -> dict[str, Crawled]:
    """One crawl is enough for all who only look at what it brought."""
    return {}


@pytest.fixture
def crawled(
    request: pytest.FixtureRequest,
    kept: dict[str, Crawled],
    caplog: pytest.LogCaptureFixture,
    db: None,
) -> Crawled:
    if "all" not in kept:
        scene: Scene = request.getfixturevalue("scene")
        caplog.clear()
        crawler = Crawler()
        crawler.walk()
        log = caplog.text
        for path in public_patterns().values():
            for url in filled(path, scene.keys):
                crawler.walk(*dict.fromkeys([url, f"/en{url}"]))
        kept["all"] = Crawled(crawler.seen, scene.plants, scene.keys, log)
    return kept["all"]


def test_nothing_planted_is_found_anywhere_in_public(crawled: Crawled) -> None:
    asked_for = {url for url in crawled.seen if found_in(url, crawled.plants)}

    leaks = {
        url: found
        for url, visit in crawled.seen.items()
        if url not in asked_for and (found := found_in(visit.everything, crawled.plants))
    }
    answered = {url for url in asked_for if crawled.seen[url].status not in (301, 302, 404, 405)}

    assert leaks == {}
    assert answered == set()
    assert "GET /produk/" in crawled.log
    assert found_in(crawled.log, crawled.plants) == []


def test_the_crawl_went_everywhere(crawled: Crawled) -> None:
    fine = {url for url, visit in crawled.seen.items() if visit.status == 200}
    slug, lot = crawled.keys["slug"][0], crawled.keys["code"][6]
    checkout = next(code for code in crawled.keys["code"] if f"/pesanan/{code}/" in fine)

    assert len(fine) >= LEAST
    assert {
        *("/", "/en/", "/sitemap.xml", "/robots.txt", "/produk/", "/unit/LP-ATB/"),
        *(f"/produk/{slug}/", f"/en/produk/{slug}/", f"/asal/{lot}", f"/en/asal/{lot}"),
        *(f"/pesanan/{checkout}/", "/keranjang/", "/masuk/", "/peta/LP-ATB.svg"),
        *(f"/berbagi/{slug}.png", "/berbagi/unit/LP-ATB.png"),
    } <= fine
    kinds = {visit.kind for visit in crawled.seen.values()}
    assert {"text/html", "application/xml", "image/png", "image/svg+xml", "text/plain"} <= kinds
    assert [v.url for v in crawled.seen.values() if v.status >= 500] == []


def test_an_lpka_has_no_page_no_map_and_no_card(crawled: Crawled) -> None:
    for start in ("", "/en"):
        for path in ("/unit/LPKA-KPG/", "/peta/LPKA-KPG.svg", "/berbagi/unit/LPKA-KPG.png"):
            visit = crawled.seen[start + path]
            unknown = crawled.seen[start + path.replace("LPKA-KPG", "tidak-ada")]

            assert visit.status == unknown.status == 404
            assert visit.body.replace(b"LPKA-KPG", b"tidak-ada") == unknown.body


def test_search_suggests_nothing_planted(scene: Scene) -> None:
    client = Client()

    for one in scene.plants:
        half = one.word[: max(len(one.word) * 2 // 3, 3)]
        for asked in (half, f"{half[:-1]}q", half[::-1]):
            answer = client.get("/produk/", {"q": asked, "asal": asked, "kategori": asked})
            body = answer.content.decode().replace(asked, "")
            assert found_in(body, [one]) == [], asked


def test_error_pages_and_their_log_say_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    word = scene.plants[-2].word

    def fail(*_args: Any) -> None:
        raise RuntimeError(word)

    monkeypatch.setattr(queries, "units", fail)
    client = Client(raise_request_exception=False)

    for path in ("/", "/en/", "/sitemap.xml"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert found_in(answer.content, scene.plants) == []
        assert b"Traceback" not in answer.content
    for path in (f"/produk/{word}/", f"/asal/{word}", f"/unit/{word}/", f"/{word}"):
        answer = client.get(path)
        assert found_in(answer.content.decode().replace(word, ""), scene.plants) == []
    assert any(record.levelno >= logging.ERROR for record in caplog.records)


def test_mails_jobs_and_sessions_carry_nothing_planted(scene: Scene) -> None:
    world = scene.world
    client = world.client("officer")
    for name in ("people:participants", "workshop:sheets", "proceeds:slips"):
        assert client.get(scene.desk.urls[name]).status_code == 200
    with world.everywhere():
        for order in Order.objects.filter(state__in=TOLD):
            send_state(str(order.pk), order.state)
    words = but_for_the_place(scene.plants)

    assert mail.outbox
    for one in mail.outbox:
        assert found_in(f"{one.subject}\n{one.body}\n{one.message()}", scene.plants) == []
    jobs = [f"{job.task_name} {job.args}" for job in ProcrastinateJob.objects.all()]
    assert jobs
    assert found_in("\n".join(jobs), words) == []
    sessions = [str(one.get_decoded()) for one in StaffSession.objects.all()]
    assert sessions
    assert found_in("\n".join(sessions), words) == []


def contents(tables: list[str]) -> dict[str, str]:
    return {
        table: "\n".join(row for (row,) in query(f'SELECT t::text FROM "{table}" t'))
        for table in tables
    }


def test_tables_open_to_the_public_hold_nothing_planted(scene: Scene) -> None:
    opened = [
        one.table
        for one in every_wall()
        if "S" in one.rights
        and not one.joint_sql
        and (one.facility is None or one.readers == "public")
    ]
    with system_scope("public", list(Facility.objects.values_list("pk", flat=True)),
                      read_only=True):  # fmt: skip
        rows = contents(opened)

    words = but_for_the_place(scene.plants)
    leaks = {table: found for table, text in rows.items() if (found := found_in(text, words))}
    assert leaks == {}
    assert sum(bool(text) for text in rows.values()) > 25


def test_what_was_planted_is_really_there(scene: Scene) -> None:
    """The collector is no use if it cannot find: at the desk every pseudonym is seen."""
    world = scene.world
    page = world.client("officer").get("/desk/wbp/")
    with world.everywhere():
        people = {one.pseudonym for one in Participant.objects.filter(facility=world.atb)}

    told = {one.word for one in scene.plants} & people
    assert len(told) >= 4
    assert found_in(page.content, scene.plants)
    assert found_in(b"%4b%65dondong Raya contoh kedondong raya", scene.plants)
    assert found_in("Samaran+Tak+Bekerja%20Kedondong", scene.plants)
    assert connection.is_usable()
