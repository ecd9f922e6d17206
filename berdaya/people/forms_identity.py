"""What an officer copies from papers into the sealed identity; only what is typed is replaced."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.verdicts import Refused
from berdaya.look.forms import DayField
from berdaya.people import sealed
from berdaya.people.portraits import accepted_portrait
from berdaya.people.rules_identity import may_record

LABELS = {
    "name": _lazy("Nama sesuai dokumen"),
    "register_no": _lazy("Nomor register"),
    "nik": _lazy("NIK"),
    "born_on": _lazy("Tanggal lahir"),
    "bank_account": _lazy("Rekening"),
    "heirs": _lazy("Ahli waris"),
    "phone": _lazy("Telepon"),
    "photo": _lazy("Foto"),
}
ACCOUNT = ("bank", "number", "holder")


class IdentityForm(forms.Form):
    """Every field may stay empty: an empty one leaves what is sealed, a ticked one clears it."""

    name = forms.CharField(label=LABELS["name"], max_length=120, required=False)
    register_no = forms.CharField(
        label=LABELS["register_no"],
        max_length=40,
        required=False,
        help_text=_lazy("Seperti di buku register, misalnya B.I 12/2026."),
    )
    nik = forms.CharField(
        label=LABELS["nik"],
        max_length=20,
        required=False,
        help_text=_lazy("16 angka. Boleh kosong: banyak orang tidak memilikinya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    born_on = DayField(label=LABELS["born_on"], required=False)
    bank = forms.CharField(label=_lazy("Bank"), max_length=60, required=False)
    number = forms.CharField(
        label=_lazy("Nomor rekening"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    holder = forms.CharField(
        label=pgettext_lazy("people", "Atas nama"), max_length=120, required=False
    )
    heirs = forms.CharField(
        label=LABELS["heirs"],
        max_length=300,
        required=False,
        help_text=_lazy("Nama dan hubungan, untuk hak yang belum dibayar."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(
        label=LABELS["phone"],
        max_length=30,
        required=False,
        help_text=_lazy("Untuk menghubunginya sesudah bebas; di dalam UPT kosongkan."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    photo = forms.FileField(
        label=_lazy("Foto wajah"),
        required=False,
        help_text=_lazy("JPG, PNG, atau WebP, paling besar 8 MB. Dikecilkan lalu disegel."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    cleared = forms.MultipleChoiceField(
        label=_lazy("Kosongkan yang sudah tersegel"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, today: date, held: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [(field, label) for field, label in LABELS.items() if field in held]
        self.fields["cleared"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["cleared"]
        for name in self.fields:
            self.fields[name].widget.attrs.setdefault("autocomplete", "off")

    def clean_photo(self) -> bytes:
        """The photo as it may be sealed; what is wrong with it is told at the field."""
        file = self.cleaned_data["photo"]
        if not file:
            return b""
        try:
            return accepted_portrait(file)
        except Refused as refused:
            told = refused.verdict.first
            raise forms.ValidationError(f"{told.text} {told.next_text}") from refused

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be true at its field, before anything is sealed."""
        data = super().clean() or self.cleaned_data
        if any(data.get(part) for part in ACCOUNT) and not all(data.get(part) for part in ACCOUNT):
            self.add_error("number", _lazy("Isi bank, nomor, dan atas nama, atau kosongkan."))
        for reason in may_record(self.values(), self.today).reasons:
            self.add_error("nik" if reason.code == "nik_invalid" else "born_on", reason.text)
        return data

    def values(self) -> dict[str, str | bytes]:
        """What `record_identity` takes: only fields that were typed or are to be cleared."""
        data = self.cleaned_data
        typed: dict[str, str | bytes] = {
            field: str(data[field]).strip() for field in sealed.TEXTS if data.get(field)
        }
        if all(data.get(part) for part in ACCOUNT):
            typed["bank_account"] = sealed.account_text(*(data[part] for part in ACCOUNT))
        if data.get("photo"):
            typed["photo"] = data["photo"]
        return dict.fromkeys(data.get("cleared", ()), "") | typed
