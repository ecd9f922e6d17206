"""How long photos of goods are kept: until nobody consents to them any more."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models import Photo
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose


def register() -> None:
    """Tell the nightly round."""
    declare_purpose(
        Purpose(
            "photos",
            _lazy("Foto barang"),
            _lazy("hari persetujuan dicabut atau barang ditarik"),
            _lazy("Turun dari halaman umum saat ditarik."),
            measure_photos,
        )
    )


def measure_photos(night: Round) -> Tally:
    """Nothing is due by the calendar."""
    return Tally(left=Photo.objects.filter(facility=night.facility).count())
