"""Who people are may come with the workbook: sealed on the way, sealed at the end, seen nowhere."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from berdaya.core.keystore import keystore
from berdaya.core.models import AuditRow
from berdaya.core.verdicts import Refused
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import discard_import, stage_workbook
from berdaya.intake.carrying import meant_by, parcel_of
from berdaya.intake.models import StagedIdentity, WorkbookImport
from berdaya.intake.recognition import recognise
from berdaya.intake.records import Sheet
from berdaya.people import sealed
from berdaya.people.actions.identity import record_identity
from berdaya.people.models import Placement, SealedIdentity
from tests.intake.conftest import Unit
from tests.world import signed_in

NIK = "5304014101900001"
BOOK = (
    "No. Kerja;Nama WBP;NIK;No. Register;Tgl Lahir;Status;Bidang;Mulai Kerja;Surat Kesediaan\n"
    f"A-001;Contoh Kedondong Raya;{NIK};B.I 91827/2025;1/5/90;Narapidana;tenun;"
    "2 Maret 2026;2 Maret 2026\n"
    "A-002;Contoh Kelengkeng Raya;123;B.I 5/2025;;Narapidana;tenun;2 Maret 2026;2 Maret 2026\n"
)
PLANTED = ("Kedondong", "Kelengkeng", NIK, "91827", "B.I 5/2025", "1990-05-01")

pytestmark = pytest.mark.usefixtures("db")


def stage(unit: Unit, *, seals: bool = True) -> WorkbookImport:
    with unit.acting() as scope:
        return stage_workbook(
            by=scope.actor, facility=unit.facility, data=BOOK.encode(), name="daftar wbp.csv",
            seals=seals,
        )  # fmt: skip


def everything_stored(unit: Unit) -> str:
    """Every row of every table in sight, as text."""
    told = []
    with unit.importing(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
            " FROM information_schema.table_privileges WHERE grantee = current_user"
            " AND privilege_type = 'SELECT'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)


def book(unit: Unit, workbook: WorkbookImport) -> dict[str, sealed.Identity]:
    with unit.importing() as scope:
        book_import(by=scope.actor, workbook=workbook)
    return identities(unit)


def identities(unit: Unit) -> dict[str, sealed.Identity]:
    with unit.importing():
        numbers = dict(Placement.objects.values_list("participant_id", "work_number"))
        opened = sealed.open_all(SealedIdentity.objects.all(), sealed.FIELDS)
        return {numbers[pk]: one for pk, one in opened.items()}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nama WBP", "name"), ("Nama", "name"), ("NIK", "nik"), ("No. Register", "register_no"),
        ("Tanggal lahir", "born_on"), ("Nama Panggilan", ""), ("Agama", ""), ("Perkara", ""),
    ],
)  # fmt: skip
def test_column_is_carried_as_what_it_says(header: str, field: str) -> None:
    assert meant_by(header) == field


def test_only_lists_of_people_are_carried() -> None:
    sheet = Sheet("DAFTAR HADIR", [["No. Kerja", "Nama", "Tanggal", "Hadir"], ["A-1", "X", "", ""]])

    assert parcel_of([sheet], [recognise(sheet)]) == {}


def test_identities_go_straight_into_the_sealed_table(unit: Unit) -> None:
    found = book(unit, stage(unit))

    first, second = found["A-001"], found["A-002"]
    assert (first.name, first.nik) == ("Contoh Kedondong Raya", NIK)
    assert (first.register_no, first.born_on) == ("B.I 91827/2025", "1990-05-01")
    # 123 is no NIK: left out, the rest comes in.
    assert (second.name, second.nik) == ("Contoh Kelengkeng Raya", "")
    with unit.importing():
        assert len(sealed.find("register_no", "b.i 5/2025")) == 1


def test_nothing_planted_is_stored_in_the_open_at_any_step(unit: Unit) -> None:
    workbook = stage(unit)
    waiting = everything_stored(unit)

    book(unit, workbook)

    for text in (waiting, everything_stored(unit)):
        assert [word for word in PLANTED if word in text or word.encode().hex() in text] == []


def test_without_the_wish_nothing_is_carried(unit: Unit) -> None:
    workbook = stage(unit, seals=False)

    assert book(unit, workbook) == {}


@pytest.mark.parametrize("way", ["booked", "discarded"])
def test_parcel_and_its_key_go_at_the_end(
    unit: Unit, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    workbook = stage(unit)
    with unit.importing():
        owner = StagedIdentity.objects.get().key_owner
    assert keystore().keys([owner])

    end, scope_of = {
        "booked": (book_import, unit.importing),
        "discarded": (discard_import, unit.acting),
    }[way]
    with django_capture_on_commit_callbacks(execute=True), scope_of() as scope:
        end(by=scope.actor, workbook=workbook)

    with unit.importing():
        assert not StagedIdentity.objects.exists()
    assert keystore().keys([owner]) == {}


def test_what_was_recorded_by_hand_stays(unit: Unit) -> None:
    book(unit, stage(unit))
    with unit.acting() as scope:
        person = Placement.objects.get(work_number="A-001").participant
        record_identity(
            by=scope.actor, participant=person, facility=unit.facility,
            values={"name": "Contoh Sawo", "nik": ""},
        )  # fmt: skip

    found = book(unit, stage(unit))

    assert found["A-001"].name == "Contoh Sawo"
    assert found["A-001"].nik == NIK


def test_without_the_ability_it_is_refused(unit: Unit) -> None:
    with pytest.raises(Refused) as refused, unit.world.acting("outsider") as scope:
        stage_workbook(
            by=scope.actor, facility=unit.facility, data=BOOK.encode(), name="b.csv", seals=True
        )

    assert refused.value.verdict.codes == ("facility_out_of_scope",)


def test_upload_page_tells_what_is_sealed_and_shows_none_of_it(unit: Unit) -> None:
    client = signed_in(unit.officer)
    file = SimpleUploadedFile("daftar.csv", BOOK.encode(), "text/csv")

    answer = client.post("/desk/workbooks/new/", {"file": file, "seals": "on"}, follow=True)

    words = answer.content.decode()
    assert "disegel sebagai data diri" in words
    assert [word for word in PLANTED if word in words] == []
    with unit.importing():
        assert StagedIdentity.objects.get().count == 2
        assert AuditRow.objects.filter(table="intake_stagedidentity").count() == 0
