"""The label proposed for somebody who consented, and the day of a clean page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.models import Listing, Photo
from berdaya.catalog.queries import photo_shelf
from berdaya.look.forms import DayField


class MentionForm(forms.Form):
    """How this person wishes to be called on the page."""

    label = forms.CharField(
        label=_lazy("Sebutan yang dipilih"),
        max_length=60,
        help_text=_lazy("Nama kelompok atau sebutan lain; bukan nama asli, bukan nama samaran."),
    )
    label_en = forms.CharField(
        label=_lazy("Sebutan dalam bahasa Inggris"), max_length=60, required=False
    )
    photo = forms.TypedChoiceField(
        label=_lazy("Foto yang ikut"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_lazy("Foto tangan atau barangnya; ikut hilang bila kesediaannya berakhir."),
    )

    def __init__(self, *args: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shelf = photo_shelf(listing.facility_id, listing.pk, [])
        self.photos: dict[int, Photo] = {photo.pk: photo for photo in shelf}
        told = [(photo.pk, photo.alt) for photo in shelf]
        nothing = ("", _lazy("tanpa foto"))
        self.fields["photo"].choices = [nothing, *told]  # type: ignore[attr-defined]

    def clean_photo(self) -> Photo | None:
        return self.photos.get(self.cleaned_data["photo"])


class CleanPageForm(forms.Form):
    """When the person asked."""

    asked_on = DayField(label=_lazy("Diminta pada"))


class NothingForm(forms.Form):
    """Only a question, answered by the button."""
