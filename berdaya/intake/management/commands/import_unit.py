"""Bring a unit's own workbook in: look at it first (--dry-run), then book it all or not at all."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from berdaya.core.scope import Actor, system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.intake.actions.book_identities import has_parcel
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import (
    choose,
    stage_workbook,
    teach,
)
from berdaya.intake.letter import letter
from berdaya.intake.models import WorkbookImport
from berdaya.intake.queries import plan_of


class Nothing(Exception):
    """Ends a dry run: everything it wrote is taken back."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--facility", required=True, help="code, such as LP-ATB")
        parser.add_argument("--dry-run", action="store_true", help="only tell, change nothing")
        parser.add_argument(
            "--accept", action="append", default=[], metavar="FINDING=CHOICE",
            help="decide a finding, as the dry run names it",
        )  # fmt: skip
        parser.add_argument(
            "--sheet", action="append", default=[], metavar="NAME=KIND", help="say what a sheet is"
        )
        parser.add_argument(
            "--column", action="append", default=[], metavar="KIND:HEADER=FIELD",
            help="say what a column means",
        )  # fmt: skip
        parser.add_argument(
            "--seal", action="store_true", help="seal names and numbers of the lists of people"
        )
        parser.add_argument("--go-live", type=date.fromisoformat, help="first day with Berdaya")
        parser.add_argument("--language", default="id", choices=["id", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        facility = Facility.objects.filter(code=options["facility"]).first()
        if facility is None:
            raise CommandError(f"no facility {options['facility']}")
        data = _read(options["file"])
        with override(options["language"]):
            try:
                with system_scope("import", [facility.pk]) as scope:
                    self._run(scope.actor, facility, data, options)
            except Refused as refused:
                raise CommandError(_told(refused)) from refused
            except Nothing:
                self.stdout.write(self.style.WARNING("--dry-run"))

    def _run(self, by: Actor, facility: Facility, data: bytes, options: dict[str, Any]) -> None:
        first_day = options["go_live"] if facility.go_live_on is None else None
        workbook = stage_workbook(
            by=by,
            facility=facility,
            data=data,
            name=options["file"].name,
            go_live_on=first_day,
            seals=options["seal"] and not options["dry_run"],
        )
        _teach(by, workbook, options)
        choose(by=by, workbook=workbook, choices=dict(_pairs(options["accept"])))
        _shapes, plan = plan_of(workbook)
        self.stdout.write(letter(plan))
        if options["dry_run"]:
            raise Nothing
        if not plan.fresh_count and not has_parcel(workbook):
            return
        book_import(by=by, workbook=workbook, report=_show)
        self.stdout.write(f"{workbook.report['rows']} ✓")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    parts = [word.rpartition("=") for word in words]
    return [(key, value) for key, mark, value in parts if mark]


def _teach(by: Actor, workbook: WorkbookImport, options: dict[str, Any]) -> None:
    columns = []
    for column, meaning in _pairs(options["column"]):
        kind, _mark, header = column.partition(":")
        columns.append((kind, header, meaning))
    sheets = dict(_pairs(options["sheet"]))
    if sheets or columns:
        teach(by=by, workbook=workbook, sheets=sheets, columns=columns)


def _show(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done >= total else ""))
    sys.stderr.flush()


def _told(refused: Refused) -> str:
    return "\n".join(
        f"{reason.text} {reason.next_text} [{reason.code}]" for reason in refused.verdict.reasons
    )
