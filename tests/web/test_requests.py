"""Requests that are forged, too large or malformed reach no view and change nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory

from berdaya.core.headers import LONGEST_ADDRESS, MOST_AT_DESK, MOST_ELSEWHERE
from berdaya.core.http import visitor_address
from tests.web.desk import Desk, methods, written
from tests.web.matrix import TYPED
from tests.web.test_methods import client_of_all_roles
from tests.world import World, codes_of


def test_every_desk_post_without_a_token_is_refused(desk: Desk, world: World) -> None:
    allowed = client_of_all_roles(world)
    client = Client(enforce_csrf_checks=True)
    client.cookies = allowed.cookies
    before = written(world)
    posted = {name: url for name, url in desk.urls.items() if "post" in methods(name)}

    answers = {name: client.post(url, TYPED) for name, url in posted.items()}
    foreign = {
        name: client.post(url, TYPED, headers={"origin": "https://salah.example"})
        for name, url in list(posted.items())[:5]
    }

    assert len(answers) > 100
    assert {name: a.status_code for name, a in answers.items() if a.status_code != 403} == {}
    # It is the missing token that refuses, not a missing right: this client holds every role.
    assert all("muat ulang" in a.text.lower() for a in answers.values())
    assert {a.status_code for a in foreign.values()} == {403}
    assert written(world) == before


@pytest.mark.parametrize("address", ["/masuk/", "/keluar/", "/akun/kata-sandi/"])
def test_accounts_ask_for_the_token_too(world: World, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client().cookies

    assert client.post(address, {"login": "x", "password": "y"}).status_code == 403
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("address", "most"),
    [("/masuk/", MOST_ELSEWHERE), ("/keranjang/isi/", MOST_ELSEWHERE),
     ("/desk/imports/new/", MOST_AT_DESK), ("/en/desk/imports/new/", MOST_AT_DESK)],
)  # fmt: skip
def test_large_body_is_refused_by_its_length(db: None, address: str, most: int) -> None:
    client = Client(raise_request_exception=False)

    refused = client.post(
        address, b"x", content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(most + 1),
    )  # fmt: skip

    assert refused.status_code == 413
    assert "terlalu besar" in refused.text or "too large" in refused.text


def test_long_address_many_fields_and_unknown_lengths_are_refused(db: None) -> None:
    client = Client(raise_request_exception=False)

    long = client.get("/produk/", {"q": "x" * LONGEST_ADDRESS})
    many = client.post(
        "/keranjang/isi/", "&".join(["a=1"] * 5_001),
        content_type="application/x-www-form-urlencoded", headers={"sec-fetch-site": "same-origin"},
    )  # fmt: skip
    odd = client.generic("POST", "/keranjang/isi/", b"x", CONTENT_LENGTH="-5")

    assert [long.status_code, many.status_code, odd.status_code] == [414, 400, 413]
    assert "Traceback" not in long.text + many.text + odd.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/produk/", "/health", "/masuk/"])
def test_other_methods_are_not_served(db: None, method: str, address: str) -> None:
    answer = Client(raise_request_exception=False).generic(method, address)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("host", ["salah.example", "localhost.salah.example", "a b", "[::1", ""])
def test_unknown_host_is_a_short_page_without_a_trace(db: None, host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": host or "."})

    assert answer.status_code == 400
    assert "DisallowedHost" not in answer.text
    assert "salah.example" not in answer.text


PASSWORD = "  Kata sandi yang sangat panjang sekali, dengan spasi dan huruf é — enam puluh empat!"


def signed_in(world: World, codes: Iterator[str], password: str = PASSWORD) -> Client:
    """The officer, signed in over the page with this password and the card's next code."""
    client = Client()
    staff = world.staff["officer"]
    client.post("/masuk/", {"login": staff.username, "password": password})
    client.post("/masuk/faktor/", {"proof_kind": "card", "proof_typed": next(codes)})
    return client


def keep_password(world: World, password: str = PASSWORD) -> Iterator[str]:
    """The codes of a card that goes with it."""
    staff = world.staff["officer"]
    staff.set_password(password)
    with world.everywhere():
        staff.save()
    world.give_card("officer")
    return iter(codes_of(staff.username))


def test_password_is_taken_as_typed_and_may_be_long(world: World) -> None:
    codes = keep_password(world)

    assert len(PASSWORD) > 64
    assert signed_in(world, codes).get("/desk/").status_code == 200
    for other in (PASSWORD.strip(), PASSWORD.lower(), PASSWORD[:64]):
        assert signed_in(world, codes, other).get("/desk/").status_code == 302


def test_sign_in_gives_a_new_session_and_sign_out_ends_it(world: World) -> None:
    codes = keep_password(world)
    planted = world.client("officer")
    planted.post("/keluar/")
    before = "a" * 32
    client = Client()
    client.cookies["sessionid"] = before
    client.post("/masuk/", {"login": world.staff["officer"].username, "password": PASSWORD})
    client.post("/masuk/faktor/", {"proof_kind": "card", "proof_typed": next(codes)})
    given = client.cookies["sessionid"].value

    assert given != before
    assert len(given) == 32
    assert client.get("/desk/").status_code == 200
    client.post("/keluar/")
    stolen = Client()
    stolen.cookies["sessionid"] = given
    assert stolen.get("/desk/").status_code == 302


def test_disabled_account_is_out_at_once(world: World) -> None:
    client = world.client("officer")
    assert client.get("/desk/").status_code == 200

    with world.everywhere():
        type(world.staff["officer"]).objects.filter(pk=world.staff["officer"].pk).update(
            is_active=False
        )

    assert client.get("/desk/").status_code == 302


def test_new_password_ends_other_sessions(world: World) -> None:
    codes = keep_password(world)
    here, there = signed_in(world, codes), signed_in(world, codes)
    fresh = "Kata sandi lain 2026 yang panjang"

    here.post(
        "/akun/kata-sandi/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )

    assert signed_in(world, codes, fresh).get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("told", "is_behind", "address"),
    [
        ("203.0.113.9", True, "203.0.113.9"),
        ("10.0.0.1, 203.0.113.9", True, "203.0.113.9"),
        ("2001:db8::1", True, "2001:db8::1"),
        ("", True, "127.0.0.1"),
        ("salah", True, "127.0.0.1"),
        ("203.0.113.9", False, "127.0.0.1"),
    ],
)
def test_visitor_is_where_the_proxy_says_and_nobody_else(
    settings: Any, told: str, is_behind: bool, address: str
) -> None:
    settings.HTTPS = is_behind
    request = RequestFactory().get("/", headers={"x-forwarded-for": told})

    assert visitor_address(request) == address
