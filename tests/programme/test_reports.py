"""The joint report: frozen, agreed by each side once, locked, returned and drawn up again."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from django.db import IntegrityError, transaction
from python_calamine import CalamineWorkbook

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.insight.calc import digest_of
from berdaya.institutions.actions.staff import appoint
from berdaya.programme.actions.reports import answer_report, draw_report
from berdaya.programme.checks import altered
from berdaya.programme.grids import grids_of
from berdaya.programme.models import (
    QuarterAnswer,
    QuarterReport,
    QuarterState,
    QuarterVersion,
    Risk,
)
from tests.programme.scene import (
    QUARTER,
    Pact,
    drawn,
    due,
    measured,
    met,
    risk_of,
    second_at,
    signed,
)
from tests.programme.test_evidence import told
from tests.programme.test_proposals import constraint_of
from tests.world import SINCE, TODAY, World


@pytest.fixture
def pact(world: World) -> Pact:
    made = signed(world)
    measured(world, made.commitment, "made", 120)
    due(world, made.commitment, "Kurikulum", TODAY)
    for month in (7, 8, 9, 10):
        told(world, month, 10)
    risk_of(world, made)
    with world.everywhere():
        Risk.objects.update(opened_on=QUARTER)
    met(world, made)
    made.report = drawn(world, made.agreement)
    return made


def answer(
    world: World, report: QuarterReport, who: str, outcome: str = "agreed", comment: str = ""
) -> QuarterReport:
    with world.acting(who) as scope:
        fresh = QuarterReport.objects.select_related("agreement").get(pk=report.pk)
        answer_report(by=scope.actor, report=fresh, outcome=outcome, comment=comment)
        return fresh


def newest(report: QuarterReport) -> QuarterVersion:
    return QuarterVersion.objects.filter(report=report).latest("number")


def test_a_snapshot_holds_what_both_sides_may_read(world: World, pact: Pact) -> None:
    snapshot = newest(pact.report).snapshot
    (promise,) = snapshot["commitments"]

    assert snapshot["quarter"] == "2026-Q3"
    assert snapshot["audience"] == "public"
    assert [one["numerator"] for one in snapshot["indicators"]] == ["30"]
    assert promise["measures"][0]["value"] == "30"
    assert promise["measures"][0]["expected"] == "90"
    assert promise["state"] == "late"
    assert [one["words"] for one in snapshot["risks"]] == ["Bahan terlambat"]
    assert [one["words"] for one in snapshot["decisions"]] == ["Jadwal pelatihan dipercepat"]
    told(world, 5, 500)
    assert newest(pact.report).digest == digest_of(newest(pact.report).snapshot)
    assert altered() == []


@pytest.mark.parametrize("order", [("regional", "umkm_officer"), ("umkm_officer", "national")])
def test_both_sides_agree_and_it_is_locked(
    world: World, pact: Pact, order: tuple[str, str]
) -> None:
    first = answer(world, pact.report, order[0])
    second = answer(world, pact.report, order[1])

    assert (first.state, second.state) == (QuarterState.HALF, QuarterState.AGREED)
    for who in ("regional", "umkm_officer", "national"):
        with pytest.raises(Refused, match="quarter_locked"):
            answer(world, pact.report, who)
        with pytest.raises(Refused, match="quarter_locked"):
            drawn(world, pact.agreement, who)


def test_one_side_agrees_once_whoever_comes(world: World, pact: Pact) -> None:
    answer(world, pact.report, "regional")

    for who in ("regional", "national"):
        with pytest.raises(Refused, match="quarter_answered"):
            answer(world, pact.report, who)
    assert QuarterReport.objects.get().state == QuarterState.HALF


@pytest.mark.parametrize("who", ["head", "auditor", "mentor", "administrator"])
def test_whoever_reads_does_not_sign(world: World, pact: Pact, who: str) -> None:
    with pytest.raises(Refused, match="ability_missing"):
        answer(world, pact.report, who)
    assert not QuarterAnswer.objects.exists()


def test_what_was_returned_is_drawn_up_again(world: World, pact: Pact) -> None:
    answer(world, pact.report, "regional")
    with pytest.raises(Refused, match="programme_comment_missing"):
        answer(world, pact.report, "umkm_officer", "returned")
    answer(world, pact.report, "umkm_officer", "returned", "Tambahkan hasil pameran")
    with pytest.raises(Refused, match="quarter_not_waiting"):
        answer(world, pact.report, "national")
    again = drawn(world, pact.agreement, "umkm_officer")

    assert newest(again).number == 2
    # The yes to the version before counts for nothing.
    assert answer(world, again, "umkm_officer").state == QuarterState.HALF
    assert answer(world, again, "regional").state == QuarterState.AGREED


def test_a_quarter_is_drawn_up_when_it_is_over_and_told(world: World, pact: Pact) -> None:
    with world.acting("regional") as scope:
        for quarter, code in (
            (date(2026, 10, 1), "quarter_open"), (date(2025, 7, 1), "quarter_before"),
            (QUARTER, "quarter_waits"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=code):
                draw_report(by=scope.actor, agreement=pact.agreement, quarter=quarter)


def refused(world: World, do: Any) -> str:
    with (
        world.everywhere(),
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
    ):
        do()
    return constraint_of(error.value)


def test_the_database_refuses_what_the_rules_do(world: World, pact: Pact) -> None:
    version = newest(pact.report)

    def say(who: str, side: str, office: str, **more: Any) -> QuarterAnswer:
        return QuarterAnswer.objects.create(
            version=version, side=side, office=world.offices[office], outcome="agreed",
            answered_by=world.staff[who], answered_on=clock.today(), **more,
        )  # fmt: skip

    for_the_other = refused(world, lambda: say("regional", "umkm", "NTT-KWL"))
    others_office = refused(world, lambda: say("regional", "umkm", "UMKM"))
    nobody = refused(world, lambda: say("mentor", "umkm", "UMKM"))
    alone = refused(world, lambda: QuarterReport.objects.update(state="agreed"))
    with world.everywhere():
        say("regional", "corrections", "NTT-KWL")
    twice = refused(world, lambda: say("national", "corrections", "IMIPAS-PAS"))
    half = refused(world, lambda: QuarterReport.objects.update(state="agreed"))

    assert [for_the_other, others_office, nobody] == ["programme_signed_for_side"] * 3
    assert [alone, half] == ["programme_report_both_agreed"] * 2
    assert twice == "programme_answer_once_a_side"


def test_the_database_locks_what_both_agreed(world: World, pact: Pact) -> None:
    answer(world, pact.report, "regional")
    answer(world, pact.report, "umkm_officer")
    version = newest(pact.report)
    version.pk, version.number = None, 2

    told_by = [
        refused(world, lambda: QuarterReport.objects.update(state="returned")),
        refused(world, lambda: version.save(force_insert=True)),
    ]

    assert told_by == ["programme_report_locked"] * 2


def test_one_person_of_both_sides_signs_for_one(world: World, pact: Pact) -> None:
    second_at(world, "both", "regional", world.offices["NTT-KWL"])
    answer(world, pact.report, "both")
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff["both"], role="umkm_officer",
            place=world.offices["UMKM"], decree_no="SK-2", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip

    stopped = refused(
        world,
        lambda: QuarterAnswer.objects.create(
            version=newest(pact.report), side="umkm", office=world.offices["UMKM"],
            outcome="agreed", answered_by=world.staff["both"], answered_on=clock.today(),
        ),
    )  # fmt: skip

    assert stopped == "programme_answer_two_people"


def test_screen_paper_and_workbook_say_the_same(world: World, pact: Pact) -> None:
    answer(world, pact.report, "regional")
    client = world.client("umkm_officer")
    url = "/desk/programme/mou-contoh/reports/2026-Q3/"
    page = client.get(url).content.decode()
    pdf = client.get(f"{url}paper/")
    file = client.get(f"{url}?ekspor=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file)))

    pages = pypdf.PdfReader(io.BytesIO(pdf.content)).pages
    words = " ".join("".join(one.extract_text() for one in pages).split())
    grids = grids_of(newest(pact.report).snapshot)
    assert "umum" in pdf["Content-Disposition"]
    assert "umum" in file["Content-Disposition"]
    assert f"Halaman 1 dari {len(pages)}" in words
    assert newest(pact.report).digest in words.replace(" ", "")
    assert "Disetujui" in words
    assert "Belum disetujui" in words
    assert book.sheet_names == [one.name for one in grids]
    for grid in grids:
        assert grid.rows, grid.name
        rows = book.get_sheet_by_name(grid.name).to_python()[1:]
        for row, cells in zip(rows, grid.rows, strict=True):
            assert "Untuk umum" in row[-1]
            for told_cell, cell in zip(row, cells, strict=False):
                if isinstance(cell.raw, str):
                    assert told_cell == cell.raw
                elif cell.raw is not None:
                    assert float(told_cell) == float(cell.raw)
                assert cell.text.split(" ")[0] in page
