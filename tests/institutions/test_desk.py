"""Sign-in, Hari Ini, my account, the choice of facility: pages as staff meet them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from berdaya.core.models import AuditRow
from berdaya.institutions import today
from berdaya.institutions.models import Facility, Staff
from tests.counting import at_most
from tests.world import PASSWORD, TODAY, World


def sign_in(username: str, password: str, **more: str) -> tuple[Client, object]:
    client = Client()
    data = {"login": username, "password": password, **more}
    return client, client.post("/masuk/", data)


def test_sign_in_without_a_factor_leads_to_get_one(world: World) -> None:
    client, response = sign_in("officer", PASSWORD)

    assert (response.status_code, response.url) == (302, "/desk/")
    assert client.get("/desk/").url == "/akun/faktor/"


def test_sign_in_in_english_stays_english(world: World) -> None:
    page = Client().get("/en/masuk/")

    assert page.status_code == 200
    assert b'lang="en"' in page.content
    response = Client().post("/en/masuk/", {"login": "officer", "password": PASSWORD})
    assert response.url == "/en/desk/"


def test_sign_in_returns_to_the_wanted_page(world: World) -> None:
    _client, response = sign_in("officer", PASSWORD, next="/desk/wbp/")

    assert response.url == "/desk/wbp/"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_sign_in_never_leads_outside(world: World, evil: str) -> None:
    _client, response = sign_in("officer", PASSWORD, next=evil)

    assert response.url == "/desk/"


def test_wrong_password_is_told_without_saying_which(world: World) -> None:
    _client, known = sign_in("officer", "salah")
    _client, unknown = sign_in("siapa", "salah")

    assert known.status_code == unknown.status_code == 422
    assert "tidak cocok" in known.content.decode()
    assert "tidak cocok" in unknown.content.decode()


def test_guessing_is_stopped(world: World) -> None:
    codes = [sign_in("officer", f"salah {n}")[1].status_code for n in range(9)]

    assert codes[:7] == [422] * 7
    assert codes[8] == 429
    assert sign_in("officer", PASSWORD)[1].status_code == 429
    assert sign_in("head", PASSWORD)[1].status_code == 302


def test_inactive_account_does_not_get_in(world: World) -> None:
    with world.everywhere():
        Staff.objects.filter(username="officer").update(is_active=False)

    client, _response = sign_in("officer", PASSWORD)

    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/akun/lupa/"])
def test_nobody_signs_up(db: None, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_sign_out_needs_a_button(world: World) -> None:
    client = world.client()

    assert client.get("/keluar/").status_code == 200
    assert client.get("/desk/").status_code == 200
    assert client.post("/keluar/").status_code == 302
    assert client.get("/desk/").status_code == 302


def test_password_change_is_audited_without_the_password(world: World) -> None:
    client = world.client()
    new = "jagung-titi-alor-9"

    response = client.post(
        "/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert (response.status_code, response.url) == (302, "/desk/akun/")
    assert sign_in("officer", new)[1].status_code == 302
    with world.everywhere():
        row = AuditRow.objects.filter(table="institutions_staff", operation="U").last()
    assert row is not None
    assert (row.actor, row.reason, row.after["password"]) == (
        f"staff:{world.staff['officer'].pk}",
        "password.change",
        "•",
    )


def test_weak_password_comes_back_with_422(world: World) -> None:
    data = {"oldpassword": PASSWORD, "password1": "123", "password2": "123"}

    response = world.client().post("/akun/kata-sandi/", data)

    assert response.status_code == 422


@pytest.mark.parametrize("path", ["/desk/", "/desk/akun/", "/en/desk/", "/en/desk/akun/"])
@pytest.mark.parametrize("name", ["officer", "regional", "administrator", "nobody"])
def test_pages_open_within_their_budget(world: World, name: str, path: str) -> None:
    client = world.client(name)

    with at_most(12):
        response = client.get(path)

    assert response.status_code == 200


def test_today_without_appointment_says_whom_to_ask(world: World) -> None:
    page = world.client("nobody").get("/desk/").content.decode()

    assert "not_appointed" in page
    assert "Minta administrator" in page


@pytest.fixture
def waiting() -> Iterator[None]:
    """Two rooms with something that waits."""

    def provider(code: str, text: str, day: date) -> today.Provider:
        def find(actor: object, facility_ids: frozenset[int]) -> list[today.Waiting]:
            rows = Facility.objects.filter(code=code, pk__in=facility_ids).values("name")
            return [today.Waiting(rows, lambda row: today.Item(text, "/desk/x/", day, row["name"]))]

        return find

    sheets = provider("LP-ATB", "Daftar hadir belum diisi", TODAY)
    batches = provider("LP-ATB", "Batch siap ditutup", TODAY.replace(day=1))
    others = provider("LPP-KPG", "Milik UPT lain", TODAY)
    before = dict(today._providers)
    today.waits("sheets", sheets)
    today.waits("batches", batches)
    today.waits("others", others)
    yield
    today._providers.clear()
    today._providers.update(before)


def test_today_shows_the_oldest_first(world: World, waiting: None) -> None:
    page = world.client().get("/desk/").content.decode()

    assert page.index("Batch siap ditutup") < page.index("Daftar hadir belum diisi")
    assert "1 November 2026" in page
    assert "Milik UPT lain" not in page


def test_facility_chosen_narrows_the_view(world: World) -> None:
    client = world.client("regional")

    response = client.post("/desk/unit/", {"code": "LP-ATB", "next": "/desk/akun/"})

    assert response.url == "/desk/akun/"
    assert client.get("/desk/").context["facility"] == world.atb
    client.post("/desk/unit/", {"code": ""})
    assert client.get("/desk/").context["facility"] is None


def test_facility_of_others_cannot_be_chosen(world: World) -> None:
    client = world.client("officer")

    response = client.post("/desk/unit/", {"code": "LP-KPG"})

    assert response.status_code == 404
    assert client.get("/desk/").context["facility"] == world.atb


def test_desk_pages_send_strangers_to_sign_in(world: World) -> None:
    response = Client().get("/desk/akun/")

    assert (response.status_code, response.url) == (302, "/masuk/?next=/desk/akun/")


def test_older_hash_is_renewed_at_sign_in(world: World) -> None:
    staff = world.staff["officer"]
    with world.everywhere():
        older = PBKDF2PasswordHasher().encode(PASSWORD, "garam-lama", iterations=1000)
        Staff.objects.filter(pk=staff.pk).update(password=older)

    response = sign_in("officer", PASSWORD)[1]

    assert response.status_code == 302
    staff.refresh_from_db()
    assert f"${PBKDF2PasswordHasher.iterations}$" in staff.password
