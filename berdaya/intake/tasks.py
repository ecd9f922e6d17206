"""The booking of a confirmed workbook, in the background."""

from django.db import transaction

from berdaya.core.scope import required
from berdaya.core.tasks import task
from berdaya.core.verdicts import Refused
from berdaya.intake.actions.booking import book_import, note_failure
from berdaya.intake.models import ImportState, WorkbookImport
from berdaya.intake.progress import beside_transaction


@task(purpose="task")
def book_workbook(facility_id: int, workbook_id: int) -> None:
    """Book it whole; if it is refused, nothing is booked and the reason stays with it."""
    workbook = WorkbookImport.objects.select_related("facility").get(pk=workbook_id)
    if workbook.state != ImportState.QUEUED:
        return
    by = required().actor
    try:
        with transaction.atomic(), beside_transaction(workbook_id) as report:
            book_import(by=by, workbook=workbook, report=report)
    except Refused as refused:
        note_failure(by=by, workbook=workbook, verdict=refused.verdict)
