"""Books a plan whole, through the actions that people use, and remembers where each row went."""

from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.memo import remembering
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Verdict, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.intake import rules
from berdaya.intake.actions.book_goods import book_products
from berdaya.intake.actions.book_identities import book_identities, drop_parcel, has_parcel
from berdaya.intake.actions.book_people import book_people, end_placements
from berdaya.intake.actions.book_sales import book_sales
from berdaya.intake.actions.book_work import book_work, find_workshops
from berdaya.intake.actions.desk import Desk
from berdaya.intake.models import ImportedRow, ImportState, WorkbookImport
from berdaya.intake.plan import Plan
from berdaya.intake.progress import Reporter, silent
from berdaya.intake.queries import plan_of
from berdaya.intake.recognition import Shape
from berdaya.intake.report import report_of


def book_import(
    *, by: Actor, workbook: WorkbookImport, report: Reporter = silent
) -> WorkbookImport:
    """Book everything the plan says, or nothing: the caller's transaction is the whole of it.

    The cells are deleted, the findings stay as its report. Rows that came in before are left
    alone. Raises Refused with the first action's reasons, or go_live_missing, nothing_to_book.
    """
    required()
    require(may(by, "import.run", workbook.facility_id))
    facility = Facility.objects.get(pk=workbook.facility_id)
    shapes, plan = plan_of(workbook)
    is_open = workbook.is_open or workbook.state == ImportState.QUEUED
    has_go_live = facility.go_live_on is not None
    identities = has_parcel(workbook)
    require(
        rules.may_book(plan, is_open=is_open, has_go_live=has_go_live, has_identities=identities)
    )
    desk = Desk(by, facility, plan, workbook, report)
    with in_any_order(), remembering():
        find_workshops(desk)
        book_products(desk)
        book_people(desk)
        book_identities(desk)
        book_work(desk)
        book_sales(desk)
        end_placements(desk)
    ImportedRow.objects.bulk_create(desk.rows, batch_size=1000)
    report(desk.steps.total, desk.steps.total)
    _finish(workbook, shapes, plan, len(desk.rows))
    return workbook


def _finish(workbook: WorkbookImport, shapes: list[Shape], plan: Plan, rows: int) -> None:
    workbook.sheets.all().delete()
    drop_parcel(workbook)
    workbook.state = ImportState.BOOKED
    workbook.finished_at = clock.now()
    workbook.report = {**report_of(shapes, plan), "rows": rows}
    workbook.save(update_fields=["state", "finished_at", "report"])


def note_failure(*, by: Actor, workbook: WorkbookImport, verdict: Verdict) -> WorkbookImport:
    """Keep why nothing was booked; the cells stay, so that it can be put right and tried again."""
    required()
    with override("id"):
        reasons = [reason.as_dict() for reason in verdict.reasons]
    workbook.report = {**workbook.report, "reasons": reasons}
    workbook.state = ImportState.FAILED
    workbook.finished_at = clock.now()
    workbook.save(update_fields=["state", "finished_at", "report"])
    return workbook
