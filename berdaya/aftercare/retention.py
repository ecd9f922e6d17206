"""How long follow-ups are kept: two years after release, then nobody asks any more."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.aftercare.models import FollowUp
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose, kept_for, kept_unnamed


def register() -> None:
    """Tell the nightly round."""
    declare_purpose(
        Purpose(
            "aftercare",
            _lazy("Catatan tindak lanjut sesudah bebas"),
            _lazy("hari bebasnya"),
            _lazy(
                "Tersimpan di bawah kode tanpa nama; sesudah itu tidak ada lagi yang ditanyakan."
            ),
            measure,
        )
    )


def measure(night: Round) -> Tally:
    """Follow-ups of those who were released before; they stand under a code."""
    rows = FollowUp.objects.filter(facility=night.facility)
    old = rows.filter(supervision__valid_from__lte=night.before) if night.before else rows.none()
    return kept_for(kept_unnamed)(old.count(), rows.count())
