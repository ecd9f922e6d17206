"""How somebody comes in: the application, an answer, an invitation, a sign-in."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
)
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Region
from berdaya.look.phones import PhoneField
from berdaya.market.models import Trade

LEAST_PASSWORD = 12


def text(label: Any, most: int, *, rows: int = 0, **kwargs: Any) -> forms.CharField:
    """A line of text, or a box of so many rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


class RegionField(forms.ChoiceField):
    """A regency, listed under its province; asked for once a form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_regencies, label=_lazy("Kabupaten atau kota"), **kwargs)

    def clean(self, value: Any) -> Region:
        """The region itself."""
        return Region.objects.get(pk=super().clean(value))


def _regencies() -> list[tuple[str, Any]]:
    rows = Region.objects.filter(level="regency").select_related("parent")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows.order_by("parent__name", "name"):
        found.setdefault(row.parent.name if row.parent else "", []).append((row.pk, row.name))
    return [("", _lazy("Pilih")), *found.items()]


class ApplicationForm(forms.Form):
    """The one form for whoever wants to sell here; nothing is asked of anybody's past."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    shop_name = text(_lazy("Nama usaha"), 60)
    trade = forms.ChoiceField(label=_lazy("Yang dijual"), choices=Trade.choices)
    about = text(
        _lazy("Tentang usaha"),
        600,
        rows=4,
        help_text=_lazy("Apa yang dibuat, dari bahan apa, bagaimana. Pembeli membacanya."),
    )
    owner = text(_lazy("Nama pemilik"), 80)
    shows_owner = forms.BooleanField(
        label=_lazy("Tampilkan nama pemilik di toko"),
        required=False,
        help_text=_lazy("Bila tidak dicentang, pembeli hanya melihat nama usaha."),
    )
    region = RegionField()
    phone = PhoneField(
        label=_lazy("Nomor telepon"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_lazy("Surel"),
        required=False,
        help_text=_lazy("Untuk undangan dan kabar pesanan. Tanpa surel, dinas menghubungi Anda."),
    )
    nib = forms.RegexField(
        r"^\d{13}$",
        label="NIB",
        required=False,
        help_text=_lazy("13 angka. Belum punya? Kosongkan; dinas membantu mengurusnya."),
        error_messages={"invalid": _lazy("NIB terdiri dari 13 angka.")},
    )
    agree = forms.BooleanField(
        label=_lazy(
            "Saya menjual barang saya sendiri, menerima uangnya langsung dari pembeli, dan setuju"
            " data di atas dipakai untuk memeriksa dan membuka toko ini."
        )
    )

    def facts(self) -> dict[str, Any]:
        """For the action."""
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key not in ("request_key", "agree")
        }


class AnswerForm(forms.Form):
    """What the applicant says to the office's question."""

    answer = text(_lazy("Jawaban Anda"), 600, rows=4)


class ReasonForm(forms.Form):
    """Why: kept in the journal and told to the applicant."""

    note = text(_lazy("Keterangan"), 400, rows=3)


class LoginForm(forms.Form):
    """Sign in."""

    login = text(
        _lazy("Surel atau nomor telepon"), 254, help_text=_lazy("Yang ditulis saat mendaftar.")
    )
    password = forms.CharField(
        label=_lazy("Kata sandi"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_login(self) -> str:
        """As it is kept."""
        return tidy_login(self.cleaned_data["login"])


def tidy_login(typed: str) -> str:
    """An e-mail address in small letters; a telephone number in E.164, else as it was typed."""
    words = typed.strip()
    if "@" in words:
        return words.lower()
    try:
        return PhoneField(max_length=40).clean(words)
    except forms.ValidationError:
        return words


class InvitationForm(forms.Form):
    """The code from the invitation, and a password of one's own."""

    login = text(_lazy("Surel atau nomor telepon"), 254)
    code = text(_lazy("Kode undangan"), 40)
    password = forms.CharField(
        label=_lazy("Kata sandi baru"),
        max_length=128,
        strip=False,
        help_text=_lazy("Paling sedikit 12 huruf; tiga kata yang tidak berhubungan sudah baik."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_login(self) -> str:
        """As it is kept."""
        return tidy_login(self.cleaned_data["login"])

    def clean_password(self) -> str:
        """Long, not common, not of digits alone."""
        typed: str = self.cleaned_data["password"]
        for rule in (
            MinimumLengthValidator(LEAST_PASSWORD),
            CommonPasswordValidator(),
            NumericPasswordValidator(),
        ):
            rule.validate(typed)
        return typed
