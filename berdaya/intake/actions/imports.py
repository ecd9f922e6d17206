"""Take a workbook in, teach what it means, decide what is doubtful, let it be booked or put away."""

import hashlib
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.intake import rules
from berdaya.intake.identity import NIK, REGISTER
from berdaya.intake.models import ColumnMap, ImportState, StagedSheet, WorkbookImport
from berdaya.intake.queries import memory_of, plan_of
from berdaya.intake.staging import left_out_to_json, open_workbook, to_json
from berdaya.intake.values import name_key

ABILITY = "import.run"


def stage_workbook(*, by: Actor, facility: Facility, data: bytes, name: str) -> WorkbookImport:
    """Read a file and keep its cells without people's identity; the file itself is not kept.

    Refused: as reading.read_workbook, and without the ability.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    stripped = open_workbook(data, name, memory_of(facility.pk))
    workbook = WorkbookImport.objects.create(
        facility=facility,
        file_digest=hashlib.sha256(data).hexdigest(),
        file_name=_harmless(name),
        left_out=left_out_to_json(stripped.left_out),
        uploaded_by_id=by.user_id,
        uploaded_at=clock.now(),
    )
    StagedSheet.objects.bulk_create(
        StagedSheet(
            workbook=workbook,
            facility=facility,
            position=place,
            name=sheet.name[:80],
            cells=to_json(sheet.rows),
        )
        for place, sheet in enumerate(stripped.sheets)
    )
    return workbook


def _harmless(name: str) -> str:
    """A file name without numbers that could be a person's."""
    return REGISTER.sub("…", NIK.sub("…", name))[:80]


def set_go_live(*, by: Actor, facility: Facility, day: date) -> Facility:
    """Say from which day the program is the unit's book; once, as history depends on it."""
    required()
    require(may(by, ABILITY, facility.pk))
    told = Facility.objects.filter(pk=facility.pk, go_live_on__isnull=True).update(go_live_on=day)
    if not told:
        raise Refused(rules.go_live_set_already())
    facility.go_live_on = day
    return facility


def teach_sheet(*, by: Actor, workbook: WorkbookImport, sheet: str, kind: str) -> None:
    """Remember for the facility what a sheet of this name is. Refused: meaning_unknown."""
    _require_open(by, workbook)
    require(rules.may_be_kind(kind))
    ColumnMap.objects.update_or_create(
        facility=workbook.facility, sheet=name_key(sheet)[:80], header="", defaults={"meaning": kind}
    )


def teach_column(
    *, by: Actor, workbook: WorkbookImport, kind: str, header: str, meaning: str
) -> None:
    """Remember for the facility what a column means in sheets of this kind; "" is not read.

    Refused: identity_in_workbook, meaning_unknown.
    """
    _require_open(by, workbook)
    hidden = {row["header"] for row in workbook.left_out if row["header"]}
    require(rules.may_mean(kind, header, meaning, hidden))
    ColumnMap.objects.update_or_create(
        facility=workbook.facility,
        sheet=kind,
        header=name_key(header)[:80],
        defaults={"meaning": meaning},
    )


def choose(*, by: Actor, workbook: WorkbookImport, choices: dict[str, str]) -> WorkbookImport:
    """Keep what was decided for findings, by their keys; what is no choice is left out."""
    _require_open(by, workbook)
    sound = {
        key: choice
        for key, choice in choices.items()
        if rules.is_choice(key.partition("@")[0], choice)
    }
    workbook.choices = {**workbook.choices, **sound}
    workbook.save(update_fields=["choices"])
    return workbook


def confirm_import(*, by: Actor, workbook: WorkbookImport) -> WorkbookImport:
    """Let it be booked by a background job. Refused: workbook_closed, go_live_missing,
    nothing_to_book, import_under_way.
    """
    from berdaya.intake.tasks import book_workbook

    _require_open(by, workbook)
    _shapes, plan = plan_of(workbook)
    has_go_live = workbook.facility.go_live_on is not None
    require(rules.may_book(plan, is_open=workbook.is_open, has_go_live=has_go_live))
    workbook.state = ImportState.QUEUED
    workbook.confirmed_by_id = by.user_id
    workbook.confirmed_at = clock.now()
    try:
        with transaction.atomic():
            workbook.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    except IntegrityError as error:
        raise Refused(rules.import_under_way()) from error
    book_workbook.queue(facility_id=workbook.facility_id, workbook_id=workbook.pk)
    return workbook


def discard_import(*, by: Actor, workbook: WorkbookImport) -> WorkbookImport:
    """Put it away: the cells are deleted, nothing is booked."""
    _require_open(by, workbook)
    workbook.sheets.all().delete()
    workbook.state = ImportState.DISCARDED
    workbook.finished_at = clock.now()
    workbook.save(update_fields=["state", "finished_at"])
    return workbook


def _require_open(by: Actor, workbook: WorkbookImport) -> None:
    required()
    require(may(by, ABILITY, workbook.facility_id))
    if not workbook.is_open:
        raise Refused(rules.workbook_closed())
