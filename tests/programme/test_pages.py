"""The pages: what each reader finds and what they cost."""

from datetime import date, timedelta

import pytest

from berdaya.core import clock
from berdaya.institutions.models import Appointment
from berdaya.programme.models import AgreementVersion, Proposal
from tests.counting import at_most
from tests.programme.scene import (
    Pact,
    agree,
    begun,
    change,
    due,
    furnished,
    measured,
    met,
    promised,
    risk_of,
)
from tests.programme.test_evidence import told
from tests.world import TODAY, World

HOME = "/desk/programme/"
ONE = f"{HOME}mou-contoh/"
PROMISE = f"{ONE}commitments/1a/"
PAGES = [
    HOME, f"{HOME}?kesepakatan=mou-contoh&keadaan=late", ONE, PROMISE, f"{ONE}risks/",
    f"{ONE}meetings/", f"{ONE}reports/", f"{ONE}reports/2026-Q3/",
]  # fmt: skip
FORMS = [
    f"{HOME}agreements/new/", f"{ONE}versions/new/", f"{ONE}commitments/new/", f"{PROMISE}terms/",
    f"{PROMISE}measures/new/", f"{PROMISE}milestones/new/", f"{ONE}risks/new/",
    f"{ONE}meetings/new/", f"{ONE}reports/new/",
]  # fmt: skip


@pytest.fixture
def pact(world: World) -> Pact:
    made = furnished(world)
    measured(world, made.commitment, "made", 120)
    told(world, 1, 10)
    return made


def more_of(world: World, pact: Pact) -> None:
    """Three times as much of everything that a page lists."""
    for number in (1, 2, 3):
        promise = promised(world, pact.agreement, code=f"2{number}", clause_number=2)
        measured(world, promise, "made", 100)
        measured(world, promise, "sold", 100)
        due(world, promise, "Modul", TODAY)
        risk_of(world, pact)
        change(world, pact.agreement, "milestone", "1a", title=f"M{number}", due_on=TODAY)
        due(world, pact.commitment, f"K{number}", TODAY)
        measured(world, pact.commitment, ("sold", "trained", "listings")[number - 1], 10)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["head", "regional", "national", "mentor", "umkm_officer"])
def test_pages_take_at_most_twelve_statements(
    world: World, pact: Pact, who: str, rows: int
) -> None:
    if rows == 3:
        more_of(world, pact)
    client, keys = world.client(who), pact.keys

    for url in [*PAGES, f"{HOME}changes/{keys['changes']}/", f"{HOME}meetings/{keys['meetings']}/"]:
        with at_most(12):
            response = client.get(url)
        assert response.status_code == 200, url
        assert "None" not in response.content.decode(), url


@pytest.mark.parametrize("who", ["regional", "umkm_officer"])
def test_forms_open_for_both_sides(world: World, pact: Pact, who: str) -> None:
    client = world.client(who)

    for url in FORMS:
        with at_most(12):
            assert client.get(url).status_code == 200, url


def test_an_overview_says_state_number_and_target(world: World, pact: Pact) -> None:
    page = world.client("umkm_officer").get(HOME).content.decode()

    for words in (
        "Klausul 1",
        "Pelatihan usaha bagi pembuat",
        "Terlambat",
        "120",
        "Semestinya 100",
    ):
        assert words in page
    assert "Untuk umum dan pihak UMKM" in page


def test_a_commitment_says_why_and_leads_to_the_rows(world: World, pact: Pact) -> None:
    page = world.client("regional").get(PROMISE).content.decode()

    assert "measure_far_behind" in page
    assert "10 dari 12 bulan" in page
    assert "/desk/indicators/made/?oleh=facility&amp;masa=2026&amp;di=53" in page
    assert "di=53" in page


def test_readers_find_no_button_to_write(world: World, pact: Pact) -> None:
    for who in ("head", "mentor", "auditor"):
        for url in PAGES:
            page = world.client(who).get(url).content.decode()
            assert "/new/" not in page.split("<main", 1)[1], (who, url)
        assert world.client(who).get(f"{ONE}risks/new/").status_code == 403


def test_unknown_ones_are_answered_404(world: World, pact: Pact) -> None:
    client = world.client("regional")

    for url in (
        f"{HOME}?kesepakatan=tidak-ada", f"{HOME}tidak-ada/", f"{ONE}commitments/9/",
        f"{ONE}reports/2026-Q9/", f"{ONE}reports/2026-07/", f"{ONE}reports/2025-Q1/",
        f"{HOME}changes/999999/", f"{ONE}versions/1/scan/",
    ):  # fmt: skip
        assert client.get(url).status_code == 404, url


def test_a_change_goes_from_one_side_to_the_other(world: World, pact: Pact) -> None:
    mine, theirs = world.client("regional"), world.client("umkm_officer")
    facts = {
        "indicator": "sold", "direction": "at_least", "year": "2026", "region": "53",
        "target": "5000000", "basis": "contoh",
    }  # fmt: skip
    address = mine.post(f"{PROMISE}measures/new/", facts)["Location"]

    assert "Rp5.000.000" not in mine.get(PROMISE).content.decode().split("<main")[1]
    assert f"{address}answer/" not in mine.get(address).content.decode()
    assert f"{address}answer/" in theirs.get(address).content.decode()
    assert address in theirs.get("/desk/").content.decode()
    assert address not in mine.get("/desk/").content.decode()
    answer = {"outcome": "agreed", "comment": ""}
    assert mine.post(f"{address}answer/", answer).status_code == 403
    assert theirs.post(f"{address}answer/", answer).status_code == 302
    assert "Rp5.000.000" in mine.get(PROMISE).content.decode()


def test_an_agreement_is_proposed_on_its_page(world: World, pact: Pact) -> None:
    facts = {
        "code": "pks-contoh", "kind": "pks", "title": "PKS Contoh", "parent": "mou-contoh",
        "corrections_office": "NTT-KWL", "umkm_office": "UMKM", "region": "53",
        "signed_on": "2026-11-01", "place": "Kupang", "valid_from": "2026-11-01",
        "last_day": "2027-10-31", "clauses": "Satu\n\nDua  kata", "source": "contoh",
    }  # fmt: skip
    address = world.client("umkm_officer").post(f"{HOME}agreements/new/", facts)["Location"]
    agree(world, Proposal.objects.latest("pk"), "regional")

    version = AgreementVersion.objects.get(agreement__code="pks-contoh")
    assert version.agreement.parent == pact.agreement
    assert [one.words for one in version.clauses.all()] == ["Satu", "Dua kata"]
    assert "Disepakati" in world.client("head").get(address).content.decode()


@pytest.mark.parametrize(("days", "is_told"), [(181, False), (180, True), (30, True)])
def test_hari_ini_asks_for_a_renewal(world: World, days: int, is_told: bool) -> None:
    last = clock.today() + timedelta(days=days)
    agree(world, begun(world, last_day=last))

    for who in ("regional", "umkm_officer", "national"):
        page = world.client(who).get("/desk/").content.decode()
        assert (ONE in page) == is_told, who
    assert ONE not in world.client("mentor").get("/desk/").content.decode()


def test_hari_ini_asks_each_side_for_the_joint_report_until_it_has_agreed(
    world: World, pact: Pact
) -> None:
    url = f"{ONE}reports/2026-Q3/"
    waiting = "menunggu persetujuan pihak Anda"
    sides = ("regional", "umkm_officer")

    def seen() -> list[bool]:
        return [waiting in world.client(who).get("/desk/").content.decode() for who in sides]

    assert seen() == [True, True]
    world.client("regional").post(f"{url}answer/", {"outcome": "agreed"})
    assert seen() == [False, True]
    world.client("umkm_officer").post(
        f"{url}answer/", {"outcome": "returned", "comment": "Periksa"}
    )
    page = world.client("regional").get("/desk/").content.decode()
    assert "Laporan triwulan dikembalikan" in page
    assert "Periksa" in world.client("regional").get(url).content.decode()


def test_an_office_elsewhere_is_not_asked(world: World, pact: Pact) -> None:
    """The path of an office is compared whole: NTT-KWL is not above NTT-KWL-2."""
    with world.everywhere():
        office = world.offices["NTT-KWL"]
        near = type(office).objects.create(
            code="NTT", kind="regional_office", name="x", parent=office.parent,
            path=f"{office.parent.path}/NTT",
        )  # fmt: skip
        Appointment.objects.filter(staff=world.staff["regional"]).update(office=near)

    page = world.client("regional").get("/desk/").content.decode()
    assert "menunggu persetujuan pihak Anda" not in page
    assert date(2026, 7, 1).isoformat() not in page


def test_what_is_overdue_says_so(world: World, pact: Pact) -> None:
    due(world, pact.commitment, "Buku saku", TODAY - timedelta(days=1))
    met(world, Pact(world, pact.agreement, pact.commitment), TODAY - timedelta(days=2), "Soe")
    client = world.client("regional")

    for url in (PROMISE, f"{ONE}meetings/"):
        page = client.get(url).content.decode().split("<main", 1)[1]
        assert page.count("Lewat waktu") == 1, url
        assert "Ditunggu" in page


def test_the_overview_is_exported_for_its_audience(world: World, pact: Pact) -> None:
    answer = world.client("umkm_officer").get(f"{HOME}?keadaan=late&ekspor=csv")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()

    assert "mou-contoh-komitmen-umum" in answer["Content-Disposition"]
    assert [line.split(";")[1] for line in lines[1:]] == ["Terlambat", "Terlambat"]
    assert [line.split(";")[3] for line in lines[1:]] == ["10", ""]
    assert all(line.split(";")[-1].startswith("Untuk umum") for line in lines[1:])
