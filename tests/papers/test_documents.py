"""Numbers without gaps, signers as on the day, scans by what they hold, SALINAN on reprint."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from berdaya.core.uploads import SCAN, storing
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.papers import calc
from berdaya.papers.actions.documents import attach_scan, issue_document, record_print
from berdaya.papers.models import Document, DocumentType, UnitNumbering
from berdaya.papers.queries import letterhead, signer_for
from tests.catalog import files
from tests.core.uploads.pdf import pdf
from tests.storage import names, stored
from tests.world import TODAY, World

PDF = pdf()


def issue(world: World, subject: str = "gate:1", day: date = TODAY) -> Document:
    with world.acting():
        return issue_document(
            by=world.actor("officer"), type="SIKB", facility=world.atb, day=day,
            subject_ref=subject,
        )  # fmt: skip


def test_numbers_run_per_unit_type_and_year(world: World) -> None:
    numbers = [issue(world, f"gate:{n}").number_text for n in (1, 2)]
    next_year = issue(world, "gate:3", date(2027, 1, 4)).number_text

    assert numbers == ["001/SIKB/LP-ATB/XI/2026", "002/SIKB/LP-ATB/XI/2026"]
    assert next_year == "001/SIKB/LP-ATB/I/2027"


def test_same_subject_gets_the_same_document(world: World) -> None:
    first, again = issue(world), issue(world)

    assert first.pk == again.pk
    assert issue(world, "gate:2").number == 2


def test_rolled_back_document_leaves_no_gap(world: World) -> None:
    with pytest.raises(RuntimeError), world.acting():
        issue(world)
        raise RuntimeError

    assert issue(world, "gate:9").number == 1


def test_own_pattern_of_a_unit_is_used(world: World) -> None:
    with world.acting():
        UnitNumbering.objects.create(
            facility=world.atb,
            type=DocumentType.objects.get(code="SIKB"),
            number_pattern="W.22.PAS.PAS.5-{number}.{month:02d}/{year}",
        )

    assert issue(world).number_text == "W.22.PAS.PAS.5-1.11/2026"


def test_pattern_with_unknown_word_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no number pattern"):
        calc.number_text("{nomor}", number=1, code="X", unit="Y", day=TODAY)


def test_acting_head_signs_before_the_definitive_one(world: World) -> None:
    with world.everywhere() as scope:
        staff = add_staff(
            by=scope.actor, username="plh", display_name="Pengganti Contoh", nip="1" * 18
        )
        appoint(
            by=scope.actor, staff=staff, role="head", place=world.atb, decree_no="SK-PLH",
            decree_on=TODAY, valid_from=TODAY, kind="plh",
        )  # fmt: skip
        signer = signer_for(world.atb, "head", TODAY)
        before = signer_for(world.atb, "head", date(2026, 11, 1))

    assert (signer["name"], signer["acting"], signer["nip"]) == (
        "Pengganti Contoh", "Plh.", "1" * 18,
    )  # fmt: skip
    assert (before["name"], before["acting"]) == ("Head Contoh", "")


def test_nobody_in_a_role_leaves_a_line_for_the_pen(world: World) -> None:
    signer = signer_for(world.facilities["BP-KPG"], "officer", TODAY)

    assert (signer["post"], signer["name"]) == ("Petugas kegiatan kerja", "")


def test_letterhead_names_the_offices_above(world: World) -> None:
    head = letterhead(world.atb)

    assert head["above"] == ["IMIPAS", "IMIPAS-PAS", "NTT-KWL"]
    assert head["name"] == "Lapas Kelas IIB Atambua"


def test_second_print_is_a_copy_and_the_first_hash_stays(world: World) -> None:
    document = issue(world)

    with world.acting():
        document = record_print(by=world.actor("officer"), document=document, pdf=b"one")
        first = (document.is_copy, document.pdf_sha256)
        document = record_print(by=world.actor("officer"), document=document, pdf=b"two")

    assert first == (False, hashlib.sha256(b"one").hexdigest())
    assert (document.is_copy, document.pdf_sha256) == (True, first[1])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"MZ\x90\x00 not a scan", "upload_wrong_type"),
        (b"<svg onload=x>", "upload_wrong_type"),
        (PDF + b"0" * SCAN.max_bytes, "upload_too_heavy"),
        (pdf("/OpenAction << /S /JavaScript /JS (x) >>"), "pdf_active"),
    ],
)
def test_scan_that_is_none_is_refused(
    world: World, storage: Path, content: bytes, code: str
) -> None:
    document = issue(world)

    with world.acting(), pytest.raises(Refused) as refusal:
        attach_scan(
            by=world.actor("officer"), document=document,
            file=SimpleUploadedFile("surat.pdf", content),
        )  # fmt: skip

    assert refusal.value.verdict.codes == (code,)
    assert stored(storage) == []
    with world.acting():
        assert Document.objects.get().scan == ""


@pytest.mark.parametrize(
    ("content", "ending"),
    [(PDF, "pdf"), (files.jpeg(), "jpeg"), (files.png(), "png")],
)
def test_scan_is_kept_with_its_hash_whatever_its_name(
    world: World, storage: Path, content: bytes, ending: str
) -> None:
    document = issue(world)

    with world.acting():
        attach_scan(
            by=world.actor("officer"), document=document,
            file=SimpleUploadedFile("../../Nama Orang.exe", content),
        )  # fmt: skip

    with world.acting():
        kept = Document.objects.get()
    digest = kept.scan_sha256
    assert hashlib.sha256(stored(storage)[0]).hexdigest() == digest
    assert names(storage) == [kept.scan.name]
    assert kept.scan.name == f"papers/{world.atb.pk}/2026/{digest[:2]}/{digest}.{ending}"
    assert files.SECRET not in stored(storage)[0]


def keep_scan(world: World, document: Document, content: bytes = PDF) -> Document:
    with world.acting():
        return attach_scan(
            by=world.actor("officer"), document=document, file=SimpleUploadedFile("a", content)
        )


@pytest.mark.parametrize(
    ("content", "told", "way"),
    [
        (PDF, "application/pdf", "attachment"),
        (files.jpeg(), "image/jpeg", "inline"),
        (files.png(), "image/png", "inline"),
    ],
)
def test_a_scan_is_handed_out_so_that_it_cannot_act(
    world: World, storage: Path, content: bytes, told: str, way: str
) -> None:
    document = keep_scan(world, issue(world), content)

    answer = world.client().get(f"/desk/documents/{document.pk}/scan/")

    assert answer["Content-Type"] == told
    assert answer["Content-Disposition"].startswith(f'{way}; filename="')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content == stored(storage)[0]


def test_an_outsider_gets_no_scan(world: World, storage: Path) -> None:
    document = keep_scan(world, issue(world))

    found = world.client("outsider").get(f"/desk/documents/{document.pk}/scan/")
    unknown = world.client("outsider").get("/desk/documents/987654321/scan/")

    assert (found.status_code, unknown.status_code) == (404, 404)


def test_a_scan_that_took_anothers_place_leaves_the_first_as_evidence(
    world: World, storage: Path
) -> None:
    first = keep_scan(world, issue(world)).scan.name
    second = keep_scan(world, issue(world), pdf(pages=2))
    orphan = first.replace("/2026/", "/2025/")
    (storage / orphan).parent.mkdir(parents=True)
    (storage / orphan).write_bytes(PDF)
    for name in names(storage):
        os.utime(storage / name, (0, 0))

    removed = storing.remove_orphans()

    assert removed == 1
    assert names(storage) == sorted([first, second.scan.name])


def test_outsider_has_no_documents(world: World) -> None:
    issue(world)

    with world.acting("outsider"):
        assert not Document.objects.exists()
