"""Requests that are forged, too large or malformed reach no view and change nothing."""

import pytest
from django.test import Client

from berdaya.core.headers import LONGEST_ADDRESS, MOST_AT_DESK, MOST_ELSEWHERE
from tests.web.test_methods import client_of_all_roles
from tests.web.test_outsiders import TYPED, fit_out, methods, written
from tests.world import World


def test_every_desk_post_without_a_token_is_refused(world: World) -> None:
    desk = fit_out(world)
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
    many = client.post("/keranjang/isi/", {f"f{n}": "1" for n in range(5_001)})
    odd = client.generic("POST", "/keranjang/isi/", b"x", CONTENT_LENGTH="-5")

    assert [long.status_code, many.status_code, odd.status_code] == [414, 400, 413]
    assert "Traceback" not in long.text + many.text + odd.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/", "/produk/", "/health", "/masuk/"])
def test_other_methods_are_not_served(db: None, method: str, address: str) -> None:
    answer = Client(raise_request_exception=False).generic(method, address)

    assert answer.status_code in (403, 405)


@pytest.mark.parametrize("host", ["salah.example", "localhost.salah.example", "a b", "[::1", ""])
def test_unknown_host_is_a_short_page_without_a_trace(db: None, host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": host or "."})

    assert answer.status_code == 400
    assert "DisallowedHost" not in answer.text
    assert "salah.example" not in answer.text
