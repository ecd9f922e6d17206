"""Forms of listings: a proposal, a photo to add, a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.actions.listings import Proposal
from berdaya.catalog.calc import SeenPhoto
from berdaya.catalog.models import CHECKS, ListingVersion, Photo
from berdaya.catalog.rules import photo_check_incomplete
from berdaya.institutions.models import Party
from berdaya.look.forms import RupiahField

MOST_PHOTOS = 12
PROPOSED = (
    "name", "name_en", "story", "story_en", "care", "care_en", "price_rp", "weight_g",
    "lead_time_days", "is_no_share_confirmed",
)  # fmt: skip


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProposalForm(forms.Form):
    """Ajukan Tayang: words, price, weight, lead time, and which photos in which order."""

    seller = forms.ChoiceField(label=_lazy("Penjual"))
    name = forms.CharField(label=_lazy("Nama"), max_length=120)
    name_en = forms.CharField(
        label=_lazy("Nama dalam bahasa Inggris"), max_length=120, required=False
    )
    story = forms.CharField(
        label=_lazy("Cerita"),
        max_length=2000,
        required=False,
        widget=_long(4),
        help_text=_lazy(
            "Dua atau tiga kalimat: dari apa, bagaimana dibuat, untuk apa. Jangan menyebut orang."
        ),
    )
    story_en = forms.CharField(
        label=_lazy("Cerita dalam bahasa Inggris"),
        max_length=2000,
        required=False,
        widget=_long(4),
    )
    care = forms.CharField(
        label=_lazy("Perawatan atau penyimpanan"), max_length=400, required=False, widget=_long(2)
    )
    care_en = forms.CharField(
        label=_lazy("Perawatan dalam bahasa Inggris"),
        max_length=400,
        required=False,
        widget=_long(2),
    )
    weight_g = forms.IntegerField(
        label=_lazy("Berat terbungkus (gram)"),
        min_value=1,
        max_value=500_000,
        help_text=_lazy("Timbang bersama bungkusnya; ongkos kirim dihitung dari sini."),
    )
    lead_time_days = forms.IntegerField(
        label=_lazy("Lama membuat (hari)"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_lazy("Isi bila boleh dipesan saat stok habis. Kosongkan bila hanya dari stok."),
    )
    price_rp = RupiahField(label=_lazy("Harga"), min_value=1)
    is_no_share_confirmed = forms.BooleanField(
        label=_lazy("Saya tahu: dengan harga ini bagian pembuat Rp0."), required=False
    )

    def __init__(
        self,
        *args: Any,
        sellers: Sequence[Party],
        shelf: Sequence[Photo],
        address: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        seller: Any = self.fields["seller"]
        seller.choices = [(str(one.pk), one.name) for one in sellers]
        self.sellers = {str(one.pk): one for one in sellers}
        self.shelf = {place_name(photo): photo for photo in shelf}
        for name in self.shelf:
            self.fields[name] = forms.IntegerField(
                label=_lazy("Urutan"), min_value=1, max_value=MOST_PHOTOS, required=False
            )
        # The hint follows the typing; without script the button beside it asks for it.
        self.fields["price_rp"].widget.attrs |= {
            "hx-post": address, "hx-trigger": "input changed delay:500ms",
            "hx-target": "#hitungan", "hx-swap": "outerHTML", "hx-vals": '{"count": "1"}',
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        places = [facts[name] for name in self.shelf if facts.get(name)]
        for name in self.shelf:
            if facts.get(name) and places.count(facts[name]) > 1:
                self.add_error(name, _lazy("Dua foto punya urutan yang sama."))
        return facts

    @property
    def photo_fields(self) -> list[tuple[Photo, forms.BoundField]]:
        """Each photo of the shelf with the field for its place."""
        return [(photo, self[name]) for name, photo in self.shelf.items()]

    @property
    def seller_chosen(self) -> Party:
        """Who sells."""
        return self.sellers[self.cleaned_data["seller"]]

    @property
    def proposal(self) -> Proposal:
        """What is proposed."""
        return Proposal(**{name: self.cleaned_data[name] for name in PROPOSED})

    @property
    def photos(self) -> list[Photo]:
        """The photos that were given a place, in that order."""
        placed = [(self.cleaned_data[name], one) for name, one in self.shelf.items()]
        return [one for place, one in sorted(placed, key=lambda row: row[0] or 0) if place]


def place_name(photo: Photo) -> str:
    """The field for a photo's place."""
    return f"photo_{photo.pk}"


def first_values(version: ListingVersion | None, photos: Sequence[int]) -> dict[str, Any]:
    """A form begins with what was proposed last; `photos` are the ids in their order."""
    places = {f"photo_{pk}": place for place, pk in enumerate(photos, start=1)}
    if version is None:
        return places
    facts = {name: getattr(version, name) for name in PROPOSED if name != "is_no_share_confirmed"}
    return facts | places | {"seller": str(version.listing.seller_id)}


class UploadForm(forms.Form):
    """One photo with what it shows."""

    file = forms.FileField(
        label=_lazy("Berkas foto"),
        help_text=_lazy("JPEG, PNG, atau WebP, paling besar 12 MB. Tangan dan barang saja."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_lazy("Apa yang tampak"),
        max_length=160,
        help_text=_lazy("Dibacakan kepada pembeli yang tidak dapat melihat."),
    )
    alt_en = forms.CharField(
        label=_lazy("Apa yang tampak, dalam bahasa Inggris"), max_length=160, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Part of a larger form: the browser must not insist on it there.
        self.use_required_attribute = False


def _incomplete() -> str:
    reason = photo_check_incomplete()
    return f"{reason.text} {reason.next_text}"


class PhotoCheckForm(forms.Form):
    """What a second person has seen is not on a photo; every point or none.

    `part_of`: the id of another form with which it is sent.
    """

    def __init__(
        self, *args: Any, photo: Photo | SeenPhoto, part_of: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"foto-{photo.pk}", **kwargs)
        self.photo = photo
        self.fields["seen"] = forms.MultipleChoiceField(
            label=_lazy("Anda sudah memastikan"),
            choices=list(CHECKS.items()),
            error_messages={"required": _incomplete()},
            widget=forms.CheckboxSelectMultiple(attrs={"form": part_of} if part_of else None),
        )

    @property
    def ticked(self) -> frozenset[str]:
        """The points that were ticked."""
        return frozenset(self.cleaned_data["seen"])

    def clean_seen(self) -> list[str]:
        """All of them, or it is said what to do."""
        seen: list[str] = self.cleaned_data["seen"]
        if CHECKS.keys() - set(seen):
            raise forms.ValidationError(_incomplete())
        return seen


class ReasonForm(forms.Form):
    """Why a proposal goes back, or a listing is pulled."""

    reason = forms.CharField(
        label=_lazy("Alasan"),
        max_length=200,
        help_text=_lazy("Singkat dan jelas; petugas membacanya."),
    )


class VariantForm(forms.Form):
    """Which good is to be offered."""

    variant = forms.ChoiceField(label=_lazy("Barang"))

    def __init__(self, *args: Any, variants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["variant"]
        field.choices = [(row.pk, row.full_label) for row in variants]
