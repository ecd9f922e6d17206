"""How long training records are kept: what somebody learned counts for years."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.people.retention import Purpose, Round, Tally, declare_purpose, kept_for, kept_unnamed
from berdaya.training.models import Enrolment


def register() -> None:
    """Tell the nightly round."""
    declare_purpose(
        Purpose(
            "training",
            _lazy("Catatan pelatihan dan keterampilan"),
            _lazy("hari terakhir sesinya"),
            _lazy("Tersimpan di bawah kode tanpa nama; sertifikat harus tetap dapat diperiksa."),
            measure,
        )
    )


def measure(night: Round) -> Tally:
    """Enrolments whose session ended before; they stand under a code."""
    rows = Enrolment.objects.filter(facility=night.facility)
    gone = rows.filter(session__ends_on__lte=night.before) if night.before else rows.none()
    return kept_for(kept_unnamed)(gone.count(), rows.count())
