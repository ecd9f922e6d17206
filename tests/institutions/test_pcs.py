"""The unit's shared PC: PIN, lock and switch, and everything somebody might try there."""

from datetime import timedelta

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.institutions.models import PcUser, StaffSession, UnitPc
from berdaya.institutions.pc_cookie import NAME
from berdaya.institutions.tasks import forget_sessions
from tests.counting import at_most
from tests.institutions.entrance import (
    PIN,
    at_pc,
    give_pin,
    make_pc,
    signed_in_fully,
    take_over,
)
from tests.world import World


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def name_on(client: Client) -> str:
    return str(client.get("/desk/akun/").context["request"].user.username)


@pytest.fixture
def pc(world: World) -> UnitPc:
    """A PC at which officer and seller signed in fully this morning, both with a PIN."""
    made, cookie = make_pc(world)
    made.cookie = cookie  # type: ignore[attr-defined]
    for name in ("seller", "officer"):
        made.browser = signed_in_fully(world, name, at_pc(cookie))  # type: ignore[attr-defined]
        give_pin(world, name, made)
    return made


def test_pc_is_registered_in_the_browser_that_stands_there(world: World) -> None:
    client = world.client("head")

    answer = client.post("/desk/pcs/new/", {"facility": world.atb.pk, "label": "Meja depan"})

    pc = UnitPc.objects.get()
    assert (answer.status_code, pc.facility, pc.registered_by) == (
        302, world.atb, world.staff["head"],
    )  # fmt: skip
    morsels = [one for one in answer.cookies.values() if one.key == NAME]
    assert {one["path"] for one in morsels} >= {"/desk", "/masuk", "/en/desk"}
    assert all(one["httponly"] and one["samesite"] == "Lax" for one in morsels)
    assert not any(one["path"] == "/" for one in morsels)


def test_pc_of_the_neighbour_is_not_ours_to_register(world: World) -> None:
    answer = world.client("head").post(
        "/desk/pcs/new/", {"facility": world.kpg.pk, "label": "Meja"}
    )

    assert (answer.status_code, UnitPc.objects.count()) == (422, 0)


def test_officer_registers_no_pc(world: World) -> None:
    answer = world.client().post("/desk/pcs/new/", {"facility": world.atb.pk, "label": "Meja"})

    assert (answer.status_code, UnitPc.objects.count()) == (403, 0)


def test_pin_takes_over_with_the_roles_of_that_person(world: World, pc: UnitPc) -> None:
    client = pc.browser
    before = client.session.session_key
    assert name_on(client) == "officer"

    answer = take_over(client, world, "seller")

    assert (answer.status_code, name_on(client)) == (302, "seller")
    assert client.session.session_key != before
    assert not StaffSession.objects.filter(session_key=before).exists()
    assert client.get("/desk/sheets/").status_code == 403
    assert StaffSession.objects.get(pk=client.session.session_key).proof == "pin"


def test_lists_who_is_known_here_today(world: World, pc: UnitPc) -> None:
    with at_most(12):
        page = pc.browser.get("/masuk/ganti/").text

    assert "Officer Contoh" in page
    assert "Seller Contoh" in page
    assert "Head Contoh" not in page


def test_nobody_takes_over_who_did_not_sign_in_fully_today(world: World, pc: UnitPc) -> None:
    with world.everywhere():
        yesterday = clock.today() - timedelta(days=1)
        PcUser.objects.filter(staff=world.staff["seller"]).update(enrolled_on=yesterday)

    old = take_over(pc.browser, world, "seller")
    never = take_over(pc.browser, world, "head")

    assert (old.status_code, never.status_code) == (422, 422)
    assert name_on(pc.browser) == "officer"


def test_pin_of_one_pc_opens_no_other(world: World, pc: UnitPc) -> None:
    _other, cookie = make_pc(world, "Gudang")
    elsewhere, unknown = at_pc(cookie), Client()

    answers = [take_over(one, world, "officer") for one in (elsewhere, unknown)]

    assert [one.url for one in answers if one.status_code == 302] == ["/masuk/", "/masuk/"]
    assert not any(is_in(one) for one in (elsewhere, unknown))


def test_forged_cookie_is_no_pc(world: World, pc: UnitPc) -> None:
    forged = at_pc(f"{pc.cookie[:-3]}abc")

    answer = take_over(forged, world, "officer")

    assert answer.url == "/masuk/"
    assert not is_in(forged)


def test_session_shown_by_another_device_is_over(world: World, pc: UnitPc) -> None:
    thief = Client()
    thief.cookies["sessionid"] = pc.browser.cookies["sessionid"].value

    answer = thief.get("/desk/")

    assert (answer.status_code, answer.url) == (302, "/masuk/?next=%2Fdesk%2F")
    assert not is_in(pc.browser)


def test_pin_is_guessed_five_times_at_most(world: World, pc: UnitPc) -> None:
    client = pc.browser

    told = [take_over(client, world, "seller", "000111").status_code for _ in range(5)]
    right = take_over(client, world, "seller")

    assert (told, right.status_code) == ([422] * 5, 422)
    assert "lima kali" in right.text
    assert name_on(client) == "officer"
    signed_in_fully(world, "seller", at_pc(pc.cookie), nth=1)
    assert take_over(client, world, "seller").status_code == 302


def test_no_other_proof_passes_for_a_pin(world: World, pc: UnitPc) -> None:
    who = str(world.staff["seller"].pk)
    for kind in ("password", "card", "recovery", ""):
        answer = pc.browser.post(
            "/masuk/ganti/", {"staff": who, "proof_kind": kind, "proof_typed": "lontar-di-sabana-7"}
        )
        assert answer.status_code == 422

    assert name_on(pc.browser) == "officer"


def test_locked_screen_answers_every_page_with_the_lock(world: World, pc: UnitPc) -> None:
    client = pc.browser

    locked = client.post("/masuk/kunci/", {"next": "/desk/sheets/"})
    page = client.get("/desk/wbp/")
    posted = client.post("/desk/wbp/baru/", {"pseudonym": "X"})
    fragment = client.get("/desk/wbp/", headers={"HX-Request": "true"})

    assert locked.url == "/masuk/ganti/?next=/desk/sheets/"
    assert page.url == "/masuk/ganti/?next=%2Fdesk%2Fwbp%2F"
    assert posted.url == "/masuk/ganti/"
    assert (fragment["HX-Redirect"][:13], fragment.content) == ("/masuk/ganti/", b"")
    for path in ("/akun/faktor/", "/akun/kata-sandi/", "/akun/pin/"):
        assert client.get(path).status_code == 302
    answer = client.get("/masuk/ganti/?next=/desk/wbp/")
    assert "Cendana" not in answer.text
    assert answer["Cache-Control"] != ""
    opened = client.post("/masuk/ganti/", {
        "staff": str(world.staff["officer"].pk), "proof_kind": "pin", "proof_typed": PIN,
        "next": "/desk/wbp/",
    })  # fmt: skip
    assert opened.url == "/desk/wbp/"
    assert is_in(client)


def test_slow_answer_does_not_unlock(world: World, pc: UnitPc) -> None:
    """A request that read its session before the lock, and saves it after, changes no lock."""
    slow = pc.browser.session
    slow["facility"] = world.atb.pk
    pc.browser.post("/masuk/kunci/")

    slow.save()

    assert pc.browser.get("/desk/").status_code == 302


def test_screen_left_alone_is_locked_without_any_script(world: World, pc: UnitPc) -> None:
    past = clock.now() - timedelta(minutes=6)
    StaffSession.objects.update(seen_at=past)
    mine = world.client("head")
    StaffSession.objects.filter(staff=world.staff["head"]).update(seen_at=past)

    assert pc.browser.get("/desk/").url.startswith("/masuk/ganti/")
    assert is_in(mine)


def test_typing_keeps_the_screen_open(world: World, pc: UnitPc) -> None:
    StaffSession.objects.update(seen_at=clock.now() - timedelta(minutes=4))

    answer = pc.browser.get("/akun/ada/")

    assert answer.status_code == 204
    row = StaffSession.objects.get(pk=pc.browser.session.session_key)
    assert clock.now() - row.seen_at < timedelta(minutes=1)
    pc.browser.post("/masuk/kunci/")
    assert pc.browser.get("/akun/ada/").status_code == 302


def test_pin_is_offered_where_there_is_none(world: World, pc: UnitPc) -> None:
    assert "Buat PIN" not in pc.browser.get("/desk/").text

    newcomer = signed_in_fully(world, "head", at_pc(pc.cookie))

    assert "Buat PIN" in newcomer.get("/desk/").text


def test_old_sessions_are_forgotten_at_night(world: World) -> None:
    world.client()
    world.client("head")
    past = clock.now() - timedelta(minutes=1)
    StaffSession.objects.filter(staff=world.staff["officer"]).update(expire_date=past)

    forget_sessions(0)

    assert [one.staff for one in StaffSession.objects.all()] == [world.staff["head"]]


def test_session_left_alone_for_long_is_over(world: World) -> None:
    client = world.client()
    StaffSession.objects.update(seen_at=clock.now() - timedelta(minutes=121))

    answer = client.get("/desk/")

    assert answer.url == "/masuk/?next=%2Fdesk%2F"
    assert not StaffSession.objects.filter(staff=world.staff["officer"]).exists()


def test_session_that_is_over_is_not_unlocked(world: World) -> None:
    client = world.client()
    StaffSession.objects.update(seen_at=clock.now() - timedelta(minutes=121))

    answer = client.post(
        "/masuk/ganti/", {"proof_kind": "password", "proof_typed": "lontar-di-sabana-7"}
    )

    assert answer.url == "/masuk/"
    assert not StaffSession.objects.exclude(staff=None).exists()


def test_use_does_not_lengthen_the_day(world: World) -> None:
    client = world.client("regional")
    end = StaffSession.objects.get(staff=world.staff["regional"]).expire_date

    client.post("/desk/unit/", {"code": "LP-ATB"})

    assert StaffSession.objects.get(staff=world.staff["regional"]).expire_date == end


def test_own_device_unlocks_by_password(world: World) -> None:
    client = world.client("head")
    before = client.session.row.proved_at
    client.post("/masuk/kunci/")

    wrong = client.post("/masuk/ganti/", {"proof_kind": "password", "proof_typed": "salah"})
    right = client.post(
        "/masuk/ganti/", {"proof_kind": "password", "proof_typed": "lontar-di-sabana-7"}
    )

    assert (wrong.status_code, right.url) == (422, "/desk/")
    assert is_in(client)
    assert client.session.row.proved_at == before


def test_sign_out_ends_the_day_at_the_pc(world: World, pc: UnitPc) -> None:
    pc.browser.post("/keluar/")

    assert take_over(pc.browser, world, "officer").status_code == 422
    assert take_over(pc.browser, world, "seller").status_code == 302


def test_full_sign_in_of_another_keeps_the_first_known(world: World, pc: UnitPc) -> None:
    answer = pc.browser.post("/masuk/kunci/", {"leave": "1"})

    assert answer.url == "/masuk/"
    assert take_over(pc.browser, world, "officer").status_code == 302


def test_ended_pc_is_out_at_once(world: World, pc: UnitPc) -> None:
    answer = world.client("head").post(f"/desk/pcs/{pc.pk}/ending/")

    assert answer.status_code == 302
    assert not is_in(pc.browser)
    assert take_over(pc.browser, world, "officer").url == "/masuk/"


def test_pc_of_the_neighbour_is_not_found(world: World, pc: UnitPc) -> None:
    answer = world.client("outside_head").post(f"/desk/pcs/{pc.pk}/ending/")

    assert answer.status_code == 404
    assert is_in(pc.browser)


def test_pin_is_set_at_the_pc_and_nowhere_else(world: World, pc: UnitPc) -> None:
    new = {"pin": "904417", "again": "904417"}

    elsewhere = world.client("officer").post("/akun/pin/", new)
    weak = pc.browser.post("/akun/pin/", {"pin": "123456", "again": "123456"})
    here = pc.browser.post("/akun/pin/", new)

    assert (elsewhere.status_code, weak.status_code, here.status_code) == (409, 422, 302)
    assert take_over(pc.browser, world, "officer", "904417").status_code == 302
    assert "904417" not in PcUser.objects.get(staff=world.staff["officer"]).pin_hash


def test_sessions_are_listed_and_ended(world: World, pc: UnitPc) -> None:
    mine = world.client()

    page = mine.get("/desk/akun/")
    names = [one.name for one in page.context["sessions"] if not one.is_here]
    answer = mine.post("/akun/sesi/", {"session": names[0]})

    assert "Bengkel · kartu sekali pakai" in page.text
    assert pc.browser.session.session_key not in page.text
    assert answer.status_code == 302
    assert not is_in(pc.browser)
    assert take_over(pc.browser, world, "officer").status_code == 422
    assert is_in(mine)


def test_all_other_sessions_end_and_this_one_stays(world: World) -> None:
    mine, others = world.client(), [world.client(), world.client()]
    stranger = world.client("head")

    mine.post("/akun/sesi/")

    assert [is_in(one) for one in (mine, *others, stranger)] == [True, False, False, True]


def test_session_of_another_is_not_found(world: World) -> None:
    head = world.client("head")
    name = head.get("/desk/akun/").context["sessions"][0].name

    answer = world.client().post("/akun/sesi/", {"session": name})

    assert answer.status_code == 404
    assert is_in(head)


def test_form_of_the_one_before_is_not_sent_as_the_next(world: World, pc: UnitPc) -> None:
    """An old tab's token dies with the switch, so that nobody posts another's page."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = pc.browser.cookies
    page = client.get("/desk/akun/").text
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    lock = client.get("/masuk/ganti/").text
    lock_token = lock.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/masuk/ganti/", {
        "staff": str(world.staff["seller"].pk), "proof_kind": "pin", "proof_typed": PIN,
        "csrfmiddlewaretoken": lock_token,
    })  # fmt: skip
    assert name_on(client) == "seller"

    answer = client.post("/desk/unit/", {"code": "", "csrfmiddlewaretoken": token})

    assert answer.status_code == 403


def test_public_pages_never_see_the_pc(world: World, pc: UnitPc) -> None:
    plain, at_the_pc = Client().get("/produk/"), pc.browser.get("/produk/")

    assert plain.content == at_the_pc.content
    assert not at_the_pc.cookies
