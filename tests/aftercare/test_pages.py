"""The counsellor's pages: what they cost, whom they show, and what a phone may send again."""

from datetime import timedelta

import pytest

from berdaya.aftercare.models import FollowUp
from berdaya.core import clock
from berdaya.core.ids import uuid7
from berdaya.people.actions.caseload import assign_clients, cover_clients
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Reveal
from tests.aftercare.scene import TELLING, days_ago, follow, regency, supervised
from tests.counting import at_most
from tests.people.test_caseload import second
from tests.world import World

__all__ = ["second"]
CLIENTS = "/desk/clients/"


def more_clients(world: World, count: int) -> None:
    with world.everywhere() as scope:
        bapas = world.facilities["BP-KPG"]
        for number in range(count):
            person = register_participant(
                by=scope.actor, facility=bapas, pseudonym=f"Jambu {number}",
                work_number=f"P-5{number}", status="client", valid_from=days_ago(200),
            )  # fmt: skip
            world.people[f"jambu{number}"] = person
            assign_clients(
                by=scope.actor, participants=[person], staff=world.staff["counsellor"],
                facility=bapas, on=days_ago(200),
            )  # fmt: skip
            supervised(world, who=f"jambu{number}")


@pytest.mark.parametrize("extra", [0, 3])
def test_pages_cost_the_same_however_many_clients(world: World, extra: int) -> None:
    row = supervised(world)
    follow(world, row, on=days_ago(62))
    more_clients(world, extra)
    client = world.client("counsellor")

    for address in (
        CLIENTS, f"{CLIENTS}?semua=1", f"{CLIENTS}{row.participant.code}/", "/desk/fieldwork/",
        "/desk/", "/desk/plans/",
    ):  # fmt: skip
        with at_most(12):
            assert client.get(address).status_code == 200, address


def test_list_opens_on_what_is_due_by_regency(world: World) -> None:
    row = supervised(world)

    due = world.client("counsellor").get(CLIENTS).text
    follow(world, row)
    done = world.client("counsellor").get(CLIENTS).text
    everybody = world.client("counsellor").get(f"{CLIENTS}?semua=1").text

    assert "Belu" in due
    assert "Pinang" in due
    assert "Pinang" not in done
    assert "Pinang" in everybody
    assert "Asam" not in everybody


def test_another_counsellors_client_is_found_on_the_covered_day_only(
    world: World, second: object
) -> None:
    row = supervised(world)
    pages = [f"{CLIENTS}{row.participant.code}/{end}" for end in ("", "follow-ups/", "referrals/")]
    before = [world.client("second").get(page).status_code for page in pages]

    with world.acting("bapas_head") as scope:
        cover_clients(
            by=scope.actor, participants=[row.participant], staff=world.staff["second"],
            facility=row.facility, days=[clock.today()],
        )  # fmt: skip

    assert before == [404, 404, 404]
    assert [world.client("second").get(page).status_code for page in pages] == [200, 200, 200]


def field(world: World, **more: object) -> dict[str, object]:
    return {
        "client": world.people["pinang"].code, "key": str(uuid7()),
        "happened_on": clock.today().isoformat(), **TELLING, **more,
    }  # fmt: skip


def test_phone_sends_twice_and_it_counts_once(world: World) -> None:
    supervised(world)
    client, data = world.client("counsellor"), field(world, obstacles=["capital", "buyers"])

    first = client.post("/desk/fieldwork/follow-ups/", data).json()
    again = client.post("/desk/fieldwork/follow-ups/", data).json()

    assert (first["state"], again["state"]) == ("kept", "already")
    with world.everywhere():
        assert FollowUp.objects.get().obstacles == ["buyers", "capital"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"happened_on": (clock.today() + timedelta(days=2)).isoformat()}, 409, "day_ahead"),
        ({"trade": "gossip"}, 422, "form_invalid"),
        ({"client": "BP-KPG-25-W9999"}, 404, "client_unknown"),
    ],
)
def test_phone_is_told_why_something_is_refused(
    world: World, change: dict[str, str], status: int, code: str
) -> None:
    supervised(world)

    answer = world.client("counsellor").post(
        "/desk/fieldwork/follow-ups/", field(world, **change)
    )  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    with world.everywhere():
        assert not FollowUp.objects.exists()


def test_form_stands_filled_with_what_is_known(world: World) -> None:
    row = supervised(world)
    follow(world, row, on=days_ago(62), trade="other", obstacles=("permits",))

    page = world.client("counsellor").get(f"{CLIENTS}{row.participant.code}/follow-ups/").text

    assert '<option value="other" selected>' in page
    assert page.count("checked") == 1


def test_names_open_for_the_listed_in_one_act(world: World) -> None:
    supervised(world)
    data = {"orang-1": world.people["pinang"].pk}

    answer = world.client("counsellor").post("/desk/client-names/", data)
    foreign = world.client("counsellor").post(
        "/desk/client-names/", {"orang-1": world.people["asam"].pk}
    )

    assert answer.status_code == 200
    assert foreign.status_code in (403, 409)
    with world.everywhere():
        assert Reveal.objects.get().count == 1


def test_fieldwork_page_has_no_name_and_no_telephone_field(world: World) -> None:
    supervised(world)

    page = world.client("counsellor").get("/desk/fieldwork/").text

    assert "Pinang" in page
    assert "tel:" not in page
    assert world.client("counsellor").get("/desk/fieldwork/worker.js").status_code == 200
    assert world.client("bapas_head").get("/desk/fieldwork/").status_code == 403


def test_every_form_of_the_counsellor_answers_for_an_own_client(world: World) -> None:
    row, today = supervised(world), clock.today().isoformat()
    client, page = world.client("counsellor"), f"{CLIENTS}{row.participant.code}/"
    forms = {
        "follow-ups/": {"key": str(uuid7()), "happened_on": today, **TELLING},
        "supervision/": {"last_day": "2028-01-31", "region": row.region_id},
        "contact-consents/": {"given_on": today, "language": "id", "witness_role": "family"},
        "referrals/": {"to": "kur", "whom": "Bank Contoh", "made_on": today},
        "grants/": {"source": "Hibah", "what_1": "Gunting", "qty_1": 2, "value_1": "90.000"},
        "departure/": {"asked_on": today},
    }

    shown = {end: client.get(page + end).status_code for end in forms}
    sent = {end: client.post(page + end, data).status_code for end, data in forms.items()}

    assert set(shown.values()) == {200}
    assert set(sent.values()) == {302}
    with world.everywhere():
        referral, grant = row.referrals.get(), row.grants.get()
        assert (referral.state, grant.state) == ("stopped", "waiting")
    assert client.get(f"/desk/referrals/{referral.pk}/steps/").status_code == 200
    head = world.client("bapas_head")
    assert "Bantuan alat menunggu persetujuan" in head.get("/desk/").text
    assert head.post(f"/desk/tools-grants/{grant.code}/approval/").status_code == 302
    assert head.post(f"/desk/tools-grants/{grant.code}/receipt/").content.startswith(b"%PDF")
    done = client.post(f"/desk/tools-grants/{grant.code}/handover/", {"received_on": today})
    assert done.status_code == 302
    assert "Diterima" in client.get(f"/desk/tools-grants/{grant.code}/").text


def test_plan_on_pages_from_draft_to_print(world: World) -> None:
    officer, code = world.client("officer"), world.people["cendana"].code
    facts = {
        "trade": "Tenun", "tools": "ATBM", "capital_rp": "500.000", "capital_from": "savings",
        "region": regency().pk, "release_on": clock.today().isoformat(),
    }  # fmt: skip

    made = officer.post(f"/desk/wbp/{code}/plans/new/", facts)
    page = made["Location"]
    printed = officer.post(f"{page}print/", {"paper": "f4"})
    officer.post(f"{page}signing/", {"signed_on": clock.today().isoformat()})
    waits = world.client("head").get("/desk/").text
    decided = world.client("head").post(f"{page}approval/")

    assert printed.content.startswith(b"%PDF")
    assert "Rencana usaha menunggu persetujuan" in waits
    assert decided.status_code == 302
    assert "Disetujui" in officer.get(page).text
    assert "Tenun" in officer.get(f"/desk/wbp/{code}/plans/").text


def test_page_of_a_client_says_whether_supervision_runs(world: World) -> None:
    row = supervised(world)
    address = f"{CLIENTS}{row.participant.code}/"

    running = world.client("counsellor").get(address).text
    with world.everywhere():
        type(row).objects.filter(pk=row.pk).update(valid_until=days_ago(3))
    over = world.client("counsellor").get(address).text

    assert "Bimbingan baru" not in running
    assert "Bimbingan sampai" in running
    assert "Bimbingan berakhir, tidak dihubungi" in over
    assert "Bimbingan baru" in over
    assert "terlambat" not in over
