"""How long cells of a workbook wait for somebody to book them."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.intake.actions.imports import discard_import
from berdaya.intake.models import StagedSheet, WorkbookImport
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose


def register() -> None:
    """Tell the nightly round."""
    declare_purpose(
        Purpose(
            "import_staging",
            _lazy("Isi buku kerja yang belum dibukukan"),
            _lazy("hari buku kerja diunggah"),
            _lazy("Dihapus sendiri; yang sudah dibukukan dihapus saat itu juga."),
            drop_staging,
        )
    )


def drop_staging(night: Round) -> Tally:
    """Put away workbooks that nobody booked in time, their cells with them."""
    start = clock.start_of(night.before, night.facility.timezone) if night.before else None
    waiting = WorkbookImport.objects.filter(facility=night.facility, sheets__isnull=False)
    old = [
        workbook
        for workbook in (waiting.filter(uploaded_at__lt=start).distinct() if start else ())
        if workbook.is_open
    ]
    for workbook in old:
        discard_import(by=night.by, workbook=workbook)
    left = StagedSheet.objects.filter(facility=night.facility).count()
    return Tally(due=len(old), done=len(old), left=left)
