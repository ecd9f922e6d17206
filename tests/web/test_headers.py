"""Every kind of address carries the whole set of headers, and says as little as it can."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from berdaya.core import headers
from berdaya.core.http import knows_session
from tests.orders.buyer import ordered
from tests.orders.scene import Shop, open_shop
from tests.web.desk import Desk, methods
from tests.web.test_methods import client_of_all_roles
from tests.world import World

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": headers.PERMISSIONS,
    "Server": "berdaya",
}
POLICY = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
          "form-action 'self'")  # fmt: skip
TELLING = ("X-Powered-By", "X-Request-ID", "X-Correlation-ID", "X-Runtime", "Via")


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def missing(answer: HttpResponse) -> list[str]:
    """What an answer lacks of the set, or says too much."""
    said = answer.headers
    found = [
        f"{name}: {said.get(name)}" for name, value in ALWAYS.items() if said.get(name) != value
    ]
    policy = said.get("Content-Security-Policy", "")
    found += [part for part in POLICY if part not in policy]
    found += ["unsafe"] * ("unsafe" in policy)
    found += [] if said.get("Referrer-Policy") in ("same-origin", "no-referrer") else ["referrer"]
    resource = said.get("Cross-Origin-Resource-Policy")
    found += [] if resource in ("same-origin", "cross-origin") else ["resource policy"]
    found += [name for name in TELLING if name in said]
    has_body = bool(getattr(answer, "content", b"") or answer.streaming)
    kind = said.get("Content-Type", "")
    is_text = kind.startswith(("text/", "application/xml"))
    found += ["type"] if has_body and not kind else []
    return found + (["charset"] if has_body and is_text and "charset" not in kind else [])


@pytest.mark.usefixtures("static_files")
def test_public_pages_files_and_errors_carry_the_set(shop: Shop) -> None:
    slug, code = shop.listing.slug, shop.scene.lot.public_code
    _buyer, checkout = ordered(shop)
    client = Client(raise_request_exception=False)
    pages = [
        *("/", "/en/", "/produk/", f"/produk/{slug}/", "/unit/LP-ATB/", f"/asal/{code}", "/asal"),
        *("/robots.txt", "/sitemap.xml", "/health", "/ready", "/masuk/", "/keranjang/"),
        *(f"/pesanan/{checkout.code}/", f"/berbagi/{slug}.png", "/peta/LP-ATB.svg"),
        *(
            "/tidak-ada/",
            "/en/nowhere/",
            "/desk/",
            "/desk/orders/",
            "/static/look/css/tidak-ada.css",
        ),
        *("/static/look/js/draft.js", "/" + "a" * 9_000, "/asal/%00"),
    ]

    answers = {page: client.get(page) for page in pages}
    answers["host"] = client.get("/", headers={"host": "salah.example"})
    answers["method"] = client.post("/produk/")
    answers["large"] = client.post("/masuk/", {"login": "x" * 300_000})

    for answer in answers.values():
        answer.close()
    assert {page: found for page, one in answers.items() if (found := missing(one))} == {}
    assert answers["host"].status_code == 400
    assert answers["/static/look/js/draft.js"].status_code == 200


def test_every_desk_page_carries_the_set_and_is_stored_nowhere(desk: Desk) -> None:
    client = client_of_all_roles(desk.world)
    # A private file brings a stricter set of its own (tests/core/test_uploads.py).
    pages = {
        name: url
        for name, url in desk.urls.items()
        if "get" in methods(name) and name != "till:paper_photo"
    }

    answers = {name: client.get(url) for name, url in pages.items()}

    for answer in answers.values():
        answer.close()
    assert len(answers) > 100
    assert {name: found for name, one in answers.items() if (found := missing(one))} == {}
    kept = {name: one.get("Cache-Control") for name, one in answers.items()}
    assert {name: told for name, told in kept.items() if "no-store" not in (told or "")} == {}
    kinds = {one.get("Content-Type", "").partition(";")[0] for one in answers.values()}
    assert {"text/html", "application/pdf"} <= kinds


def test_order_pages_and_errors_are_stored_nowhere(shop: Shop) -> None:
    buyer, checkout = ordered(shop)

    answers = [
        buyer.client.get(f"/pesanan/{checkout.code}/"),
        buyer.cart(),
        Client().get("/tidak-ada/"),
        Client().get("/masuk/"),
    ]

    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_sign_out_empties_caches_and_ends_the_session(world: World) -> None:
    client = world.client()
    before = client.session.session_key

    answer = client.post("/keluar/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get("/desk/").status_code == 302
    assert client.session.session_key != before


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    client = Client()
    client.get("/masuk/")

    cookie = client.cookies[settings.CSRF_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["domain"]
    assert settings.SESSION_COOKIE_HTTPONLY
    assert not settings.SESSION_COOKIE_DOMAIN


def test_readiness_says_nothing_but_yes(db: None) -> None:
    assert Client().get("/health").json() == {"alive": True}
    assert Client().get("/ready").json() == {"ready": True}


@pytest.mark.parametrize(
    "wanted",
    ["https://salah.example/", "//salah.example", "javascript:alert(1)", "/\\salah.example"],
)
def test_sign_in_leads_nowhere_else(world: World, wanted: str) -> None:
    client = Client()
    page = client.get("/masuk/", {"next": wanted})
    assert wanted not in page.content.decode()

    world.staff["officer"].set_password("kata-sandi-panjang-1")
    with world.everywhere():
        world.staff["officer"].save()
    answer = client.post(
        "/masuk/",
        {"login": world.staff["officer"].username, "password": "kata-sandi-panjang-1",
         "next": wanted},
    )  # fmt: skip

    assert answer.status_code in (302, 422)
    assert not re.match(r"https?://|//|javascript|/\\", answer.get("Location", "/"))


def test_session_pages_are_known_by_their_address() -> None:
    class Asked:
        path_info = "/en/desk/orders/"

    assert knows_session(Asked())  # type: ignore[arg-type]


@pytest.fixture
def static_files(tmp_path: Path, settings: object) -> None:
    """One file of the look where the server looks for what was collected."""
    folder = tmp_path / "look" / "js"
    folder.mkdir(parents=True)
    (folder / "draft.js").write_text("export {};\n")
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
