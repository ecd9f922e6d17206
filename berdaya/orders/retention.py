"""How long buyers' data is kept: blanked 30 days after delivery, the masked shell counted."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.orders.models import OrderContact
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose, kept_unnamed


def register() -> None:
    """Tell the nightly round."""
    declare_purpose(
        Purpose(
            "buyer",
            _lazy("Alamat dan nomor telepon pembeli"),
            _lazy("hari pesanan dibuat"),
            _lazy("Dikosongkan 30 hari sesudah diserahkan."),
            measure_contacts,
        )
    )


def measure_contacts(night: Round) -> Tally:
    """Contacts not blanked are left; those past their time and blanked are kept as a shell."""
    rows = OrderContact.objects.filter(facility=night.facility)
    start = clock.start_of(night.before, night.facility.timezone) if night.before else None
    old = rows.filter(order__placed_at__lt=start) if start else rows.none()
    masked = old.filter(masked_at__isnull=False).count()
    held = {kept_unnamed.code: masked} if masked else {}
    return Tally(due=old.count(), held=held, left=rows.filter(masked_at__isnull=True).count())
