"""The second factor: every way in, and what must not open."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions import cards, factors
from berdaya.institutions.demo import mark
from berdaya.institutions.models import CardCode, FactorCard, Staff, StaffSession
from berdaya.institutions.rules_signin import may_be_pin
from tests.counting import at_most
from tests.institutions.entrance import password, show, signed_in_fully
from tests.world import PASSWORD, TODAY, World, codes_of


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_card_code_opens_the_desk_and_is_used_up(world: World) -> None:
    client = signed_in_fully(world, "officer")

    assert is_in(client)
    assert CardCode.objects.exclude(used_at=None).count() == 1
    row = StaffSession.objects.get(staff=world.staff["officer"])
    assert (row.proof, row.pc_id) == ("card", None)


def test_password_alone_opens_nothing(world: World) -> None:
    world.give_card()
    client = Client()

    answer = password(client, "officer")

    assert answer.url == "/masuk/faktor/"
    assert "Kode nomor 1 " in client.get("/masuk/faktor/").text
    assert client.get("/desk/").status_code == 302
    assert client.get("/akun/faktor/").status_code == 302


@pytest.mark.parametrize("kind", ["password", "pin", "key", "totp", "recovery", "", "x"])
def test_only_a_factor_that_one_has_is_taken(world: World, kind: str) -> None:
    world.give_card()
    client = Client()
    password(client, "officer")

    answer = show(client, PASSWORD, kind)

    assert answer.status_code == 422
    assert not is_in(client)


def test_used_code_is_no_code(world: World) -> None:
    signed_in_fully(world, "officer")
    client = Client()
    password(client, "officer")

    again = show(client, codes_of("officer")[0])
    page = client.get("/masuk/faktor/").text
    later = show(client, codes_of("officer")[2])

    assert (again.status_code, later.status_code) == (422, 422)
    assert "Kode nomor 2 " in page
    assert not is_in(client)
    assert CardCode.objects.exclude(used_at=None).count() == 1


def test_new_card_voids_the_old(world: World) -> None:
    world.give_card()
    with world.everywhere() as scope:
        _card, codes = cards.issue_card(by=scope.actor, staff=world.staff["officer"])
    client = Client()
    password(client, "officer")

    old, new = show(client, codes_of("officer")[0]), show(client, codes[0])

    assert (old.status_code, new.status_code) == (422, 302)
    assert FactorCard.objects.filter(voided_at=None).count() == 1


def test_card_stands_hashed_and_differs_by_place(world: World) -> None:
    codes = world.give_card()

    stored = set(CardCode.objects.values_list("code_hash", flat=True))

    assert len(stored) == 40
    assert not stored & set(codes)


def test_guessing_codes_is_stopped_for_the_account(world: World) -> None:
    world.give_card()
    client = Client()
    password(client, "officer")

    told = [show(client, "00000000").status_code for _ in range(6)]
    right = show(client, codes_of("officer")[0])

    assert told == [422] * 6
    assert right.status_code == 429
    assert not is_in(client)


def test_card_is_printed_by_another_and_audited(world: World) -> None:
    officer = world.staff["officer"]

    answer = world.client("head").post(f"/desk/staff/{officer.pk}/card/")

    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert answer["Cache-Control"] == "no-store, private"
    card = FactorCard.objects.get(staff=officer)
    assert card.issued_by == world.staff["head"]
    with world.everywhere():
        row = AuditRow.objects.get(table="institutions_factorcard")
    assert (row.actor, row.reason) == (f"staff:{world.staff['head'].pk}", "card.issue")


def test_nobody_prints_their_own_card(world: World) -> None:
    me = world.staff["head"]

    answer = world.client("head").post(f"/desk/staff/{me.pk}/card/")

    assert answer.status_code == 409
    assert "card_for_self" in answer.text
    assert not FactorCard.objects.exists()


def test_inviter_does_not_print_the_card(world: World) -> None:
    officer, regional = world.staff["officer"], world.client("regional")
    regional.post(f"/desk/staff/{officer.pk}/invitation/")

    answer = regional.post(f"/desk/staff/{officer.pk}/card/")

    assert (answer.status_code, FactorCard.objects.count()) == (409, 0)
    assert "card_same_as_inviter" in answer.text


def test_card_of_the_neighbour_is_not_found(world: World) -> None:
    answer = world.client("outside_head").post(f"/desk/staff/{world.staff['officer'].pk}/card/")

    assert (answer.status_code, FactorCard.objects.count()) == (404, 0)


def totp_code(secret: str, shift: int = 0) -> str:
    counter = int(clock.now().timestamp()) // 30 + shift
    return format_hotp_value(hotp_value(secret, counter))


def give_totp(world: World, name: str = "officer") -> str:
    secret, staff = generate_totp_secret(), world.staff[name]
    with world.acting(name) as scope:
        factors.add_totp(by=scope.actor, staff=staff, secret=secret, code=totp_code(secret, -1))
    return secret


def test_totp_opens_and_its_replay_does_not(world: World) -> None:
    secret = give_totp(world)
    first, second = Client(), Client()
    password(first, "officer")
    password(second, "officer")
    code = totp_code(secret, 1)

    answers = [show(one, code, "totp").status_code for one in (first, second)]

    assert answers == [302, 422]
    assert is_in(first)
    assert not is_in(second)


def test_totp_secret_is_encrypted_and_never_audited(world: World) -> None:
    secret = give_totp(world)

    one = Authenticator.objects.get()

    assert secret not in str(one.data)
    with world.everywhere():
        rows = list(AuditRow.objects.filter(table="mfa_authenticator"))
    assert rows
    assert {row.after["data"] for row in rows} == {"•"}


def test_recovery_code_works_once(world: World) -> None:
    give_totp(world)
    with world.acting() as scope:
        codes = factors.renew_recovery_codes(by=scope.actor, staff=world.staff["officer"])
    first, second = Client(), Client()
    password(first, "officer")
    password(second, "officer")

    answers = [show(one, codes[0], "recovery").status_code for one in (first, second)]

    assert answers == [302, 422]


def test_first_factor_is_set_up_after_the_password(world: World) -> None:
    client = Client()
    password(client, "officer")
    assert client.get("/desk/sheets/").url == "/akun/faktor/"
    before = client.session.session_key
    secret = client.get("/akun/faktor/aplikasi/").context["secret"].replace(" ", "")

    wrong = client.post("/akun/faktor/aplikasi/", {"code": "000000"})
    right = client.post("/akun/faktor/aplikasi/", {"code": totp_code(secret)})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert is_in(client)
    assert client.session.session_key != before


def test_card_handed_over_meanwhile_must_be_shown(world: World) -> None:
    client = Client()
    password(client, "officer")
    world.give_card()

    blind = client.post("/akun/faktor/aplikasi/", {"code": "000000"})
    shown = client.post(
        "/akun/faktor/", {"proof_kind": "card", "proof_typed": codes_of("officer")[0]}
    )

    assert (blind.status_code, shown.status_code) == (403, 302)
    assert is_in(client)


def test_last_factor_stays(world: World) -> None:
    give_totp(world)
    client = world.client()
    pk = Authenticator.objects.get().pk

    refused = client.post(f"/akun/faktor/{pk}/hapus/")
    world.give_card()
    removed = client.post(f"/akun/faktor/{pk}/hapus/")

    assert (refused.status_code, removed.status_code) == (409, 302)
    assert not Authenticator.objects.exists()


def test_factor_of_another_is_not_found(world: World) -> None:
    give_totp(world)
    pk = Authenticator.objects.get().pk

    answer = world.client("head").post(f"/akun/faktor/{pk}/hapus/")

    assert (answer.status_code, Authenticator.objects.count()) == (404, 1)


def test_changed_factor_ends_other_sessions(world: World) -> None:
    here, elsewhere = world.client(), world.client()
    secret = here.get("/akun/faktor/aplikasi/").context["secret"].replace(" ", "")

    here.post("/akun/faktor/aplikasi/", {"code": totp_code(secret)})

    assert is_in(here)
    assert not is_in(elsewhere)


def test_changed_password_ends_other_sessions(world: World) -> None:
    here, elsewhere, new = world.client(), world.client(), "jagung-titi-alor-9"

    here.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here)
    assert not is_in(elsewhere)


def test_demo_shows_its_code_and_a_real_world_does_not(world: World) -> None:
    with world.everywhere():
        Staff.objects.filter(username="officer").update(is_demo=True)
    world.staff["officer"].refresh_from_db()
    real = Client()
    password(real, "officer")
    assert real.get("/masuk/faktor/").url == "/masuk/"
    assert not FactorCard.objects.exists()
    with system_scope("demo", []):
        mark(TODAY)
    demo = Client()

    password(demo, "officer")
    page = demo.get("/masuk/faktor/")

    way = page.context["ways"][0]
    assert "Dunia contoh" in page.text
    assert show(demo, way.shown).url == "/desk/"
    assert is_in(demo)
    other = Client()
    world.give_card("head")
    password(other, "head")
    assert other.get("/masuk/faktor/").context["ways"][0].shown == ""


def test_demo_card_is_renewed_when_used_up(world: World) -> None:
    with world.everywhere():
        Staff.objects.filter(username="officer").update(is_demo=True)
        mark(TODAY)
    password(Client(), "officer")
    CardCode.objects.update(used_at=clock.now())

    client = Client()
    password(client, "officer")

    assert client.get("/masuk/faktor/").context["ways"][0].shown
    assert FactorCard.objects.count() == 2


@pytest.mark.parametrize("pin", ["123456", "987654", "111111", "121212", "482482", "890123"])
def test_weak_pins_are_refused(pin: str) -> None:
    assert may_be_pin(pin).codes == ("pin_weak",)


def test_factor_pages_open_within_their_budget(world: World) -> None:
    give_totp(world)
    world.give_card()
    client = world.client()

    for path in ("/akun/faktor/", "/akun/faktor/aplikasi/", "/akun/faktor/kunci/", "/desk/akun/"):
        with at_most(12):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["faktor/", "faktor/aplikasi/", "faktor/kunci/", "faktor/pemulihan/", "pin/", "sesi/"],
)
def test_strangers_open_no_way_in(world: World, path: str) -> None:
    got, posted = Client().get(f"/akun/{path}"), Client().post(f"/akun/{path}")

    for answer in (got, posted):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer.url.startswith("/masuk/")


@pytest.mark.parametrize("path", ["2fa/", "accounts/2fa/", "accounts/login/", "mfa/totp/activate/"])
def test_addresses_of_the_library_do_not_exist(db: None, path: str) -> None:
    assert Client().get(f"/{path}").status_code == 404


def test_card_refusal_changes_nothing(world: World) -> None:
    world.give_card("head")

    with world.acting("head") as scope, pytest.raises(Refused):
        cards.issue_card(by=scope.actor, staff=world.staff["head"])

    assert FactorCard.objects.get().voided_at is None
