"""The desk's pages of a workbook: thin doors, few queries, nothing for outsiders."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from berdaya.core.models import AuditRow
from berdaya.intake.models import ColumnMap, StagedSheet, WorkbookImport
from tests.counting import at_most
from tests.intake.conftest import Unit
from tests.world import signed_in


def officer_of(unit: Unit) -> Client:
    return signed_in(unit.officer)


def staged(unit: Unit, client: Client, sample: bytes) -> int:
    upload = SimpleUploadedFile("buku 5371012345678901.xlsx", sample)
    answer = client.post("/desk/workbooks/new/", {"file": upload})
    assert answer.status_code == 302
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


def test_upload_shows_the_dry_run_and_books_nothing(unit: Unit, sample: bytes) -> None:
    client = officer_of(unit)
    pk = staged(unit, client, sample)

    page = client.get(f"/desk/workbooks/{pk}/")

    assert page.status_code == 200
    words = page.content.decode()
    assert "Nota 218 tertulis dua kali" in words
    assert "11 jam sehari" in words
    assert "Warga Contoh" not in words
    with unit.importing():
        assert "Warga Contoh" not in str([sheet.cells for sheet in StagedSheet.objects.all()])
        assert "5371012345678901" not in WorkbookImport.objects.get().file_name


def test_pages_cost_at_most_twelve_queries(unit: Unit, sample: bytes) -> None:
    client = officer_of(unit)
    pk = staged(unit, client, sample)

    for path in ("", "new/", f"{pk}/", f"{pk}/columns/"):
        with at_most(12):
            assert client.get(f"/desk/workbooks/{path}").status_code == 200


def test_choices_are_kept_and_change_the_plan(unit: Unit, sample: bytes) -> None:
    client = officer_of(unit)
    pk = staged(unit, client, sample)
    with unit.importing():
        before = WorkbookImport.objects.get(pk=pk).report["fresh"]

    client.post(f"/desk/workbooks/{pk}/choices/", {"choice:receipt_twice@PENJUALAN!A13": "book"})

    with unit.importing():
        assert WorkbookImport.objects.get(pk=pk).report["fresh"] == before + 1


def test_teaching_an_identity_column_is_refused(unit: Unit, sample: bytes) -> None:
    client = officer_of(unit)
    pk = staged(unit, client, sample)

    answer = client.post(f"/desk/workbooks/{pk}/columns/", {"field:0:2": "note"})

    assert answer.status_code == 409
    assert "identity_in_workbook" in answer.content.decode()
    with unit.importing():
        assert not ColumnMap.objects.exists()


def test_discarding_deletes_the_cells(unit: Unit, sample: bytes) -> None:
    client = officer_of(unit)
    pk = staged(unit, client, sample)

    client.post(f"/desk/workbooks/{pk}/discarding/")

    with unit.importing():
        assert not StagedSheet.objects.exists()
        assert WorkbookImport.objects.get(pk=pk).report == {}
        kept = AuditRow.objects.filter(table="intake_workbookimport")
        assert {row.after["report"] for row in kept} == {"•"}


def test_first_day_is_not_put_off(unit: Unit, sample: bytes) -> None:
    """Work before the first day asks for no consent: nobody moves that day ahead of the work."""
    with unit.importing():
        type(unit.facility).objects.filter(pk=unit.facility.pk).update(go_live_on=None)
    upload = SimpleUploadedFile("buku.xlsx", sample)

    answer = officer_of(unit).post(
        "/desk/workbooks/new/", {"file": upload, "go_live_on": "2027-01-01"}
    )

    assert answer.status_code == 422
    assert "go_live_in_future" in answer.content.decode()
    with unit.importing():
        assert not WorkbookImport.objects.exists()


def test_outsider_finds_no_such_workbook(unit: Unit, sample: bytes) -> None:
    pk = staged(unit, officer_of(unit), sample)
    outsider = unit.world.client("outsider")

    assert outsider.get(f"/desk/workbooks/{pk}/").status_code == 404
    assert outsider.post(f"/desk/workbooks/{pk}/booking/").status_code == 404


def test_wrong_file_is_told_in_the_form(unit: Unit) -> None:
    answer = officer_of(unit).post(
        "/desk/workbooks/new/", {"file": SimpleUploadedFile("a.xlsx", b"not a workbook")}
    )

    assert answer.status_code == 422
    assert "workbook_wrong_type" in answer.content.decode()


def test_templates_are_offered(unit: Unit) -> None:
    client = officer_of(unit)

    book = client.get("/desk/workbooks/template.xlsx")
    sheet = client.get("/desk/workbooks/template/sales.csv")

    assert book.content[:2] == b"PK"
    assert "No Nota;Tanggal;Pembeli" in sheet.content.decode("utf-8-sig")
