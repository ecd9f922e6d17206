"""Take a workbook in, teach what it means, decide, let it be booked or put it away."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, combine, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.intake import rules
from berdaya.intake.actions.book_identities import drop_parcel, has_parcel, keep_parcel
from berdaya.intake.identity import NIK, REGISTER
from berdaya.intake.models import ColumnMap, ImportState, StagedSheet, WorkbookImport
from berdaya.intake.queries import memory_of, plan_of
from berdaya.intake.report import report_of
from berdaya.intake.staging import left_out_to_json, open_workbook, to_json
from berdaya.intake.values import name_key

ABILITY = "import.run"


def stage_workbook(
    *,
    by: Actor,
    facility: Facility,
    data: bytes,
    name: str,
    go_live_on: date | None = None,
    seals: bool = False,
) -> WorkbookImport:
    """Read a file and keep its cells without people's identity; the file itself is not kept.

    `go_live_on` is said where the facility has none yet. With `seals`, who people are waits sealed
    beside the cells. Refused: as reading.read_workbook, and without the ability.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    if seals:
        require(may(by, "identity.record", facility.pk))
    if go_live_on is not None:
        set_go_live(by=by, facility=facility, day=go_live_on)
    stripped = open_workbook(data, name, memory_of(facility.pk), seals=seals)
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
    if stripped.parcel:
        keep_parcel(workbook, stripped.parcel)
    return refresh(by=by, workbook=workbook)


def _harmless(name: str) -> str:
    """A file name without numbers that could be a person's."""
    return REGISTER.sub("…", NIK.sub("…", name))[:80]


def set_go_live(*, by: Actor, facility: Facility, day: date) -> Facility:
    """Say from which day the program is the unit's book; once, as history depends on it.

    Never a day to come: what is worked before it is history, and asks for no consent.
    """
    required()
    require(may(by, ABILITY, facility.pk))
    if day > clock.today(facility.timezone):
        raise Refused(rules.go_live_in_future())
    told = Facility.objects.filter(pk=facility.pk, go_live_on__isnull=True).update(go_live_on=day)
    if not told:
        raise Refused(rules.go_live_set_already())
    facility.go_live_on = day
    for workbook in WorkbookImport.objects.filter(facility=facility, state=ImportState.STAGED):
        refresh(by=by, workbook=workbook)
    return facility


def teach(
    *,
    by: Actor,
    workbook: WorkbookImport,
    sheets: Mapping[str, str],
    columns: Iterable[tuple[str, str, str]],
) -> WorkbookImport:
    """Remember for the facility what sheets are (name -> kind) and what columns mean.

    `columns` are (kind, header, field), field "" for one that is not read. Refused:
    identity_in_workbook, meaning_unknown; nothing is remembered then.
    """
    _require_open(by, workbook)
    columns = list(columns)
    hidden = {row["header"] for row in workbook.left_out if row["header"]}
    verdicts = [rules.may_be_kind(kind) for kind in sheets.values()]
    verdicts += [rules.may_mean(kind, header, field, hidden) for kind, header, field in columns]
    require(combine(verdicts))
    for name, kind in sheets.items():
        _remember(workbook, name_key(name), "", kind)
    for kind, header, field in columns:
        _remember(workbook, kind, name_key(header), field)
    return refresh(by=by, workbook=workbook)


def _remember(workbook: WorkbookImport, sheet: str, header: str, meaning: str) -> None:
    ColumnMap.objects.update_or_create(
        facility=workbook.facility,
        sheet=sheet[:80],
        header=header[:80],
        defaults={"meaning": meaning},
    )


def refresh(*, by: Actor, workbook: WorkbookImport) -> WorkbookImport:
    """Work out the dry run again and keep it with the workbook."""
    _require_open(by, workbook)
    shapes, plan = plan_of(workbook)
    workbook.report = report_of(shapes, plan)
    workbook.save(update_fields=["report"])
    return workbook


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
    return refresh(by=by, workbook=workbook)


def confirm_import(*, by: Actor, workbook: WorkbookImport) -> WorkbookImport:
    """Let it be booked by a background job. Refused: workbook_closed, go_live_missing,
    nothing_to_book, import_under_way.
    """
    from berdaya.intake.tasks import book_workbook

    _require_open(by, workbook)
    _shapes, plan = plan_of(workbook)
    has_go_live = workbook.facility.go_live_on is not None
    require(
        rules.may_book(
            plan,
            is_open=workbook.is_open,
            has_go_live=has_go_live,
            has_identities=has_parcel(workbook),
        )
    )
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
    """Put it away: the cells and what was told of them are deleted, nothing is booked."""
    _require_open(by, workbook)
    workbook.sheets.all().delete()
    drop_parcel(workbook)
    workbook.state = ImportState.DISCARDED
    workbook.finished_at = clock.now()
    workbook.report = {}
    workbook.save(update_fields=["state", "finished_at", "report"])
    return workbook


def _require_open(by: Actor, workbook: WorkbookImport) -> None:
    required()
    require(may(by, ABILITY, workbook.facility_id))
    if not workbook.is_open:
        raise Refused(rules.workbook_closed())
