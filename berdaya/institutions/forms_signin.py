"""Forms of the way in: an invitation, a PIN, a PC, an app's code."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import Facility, Staff


def _digits(label: object, help_text: object = "", secret: bool = False) -> forms.CharField:
    kind = forms.PasswordInput if secret else forms.TextInput
    attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "9"}
    return forms.CharField(label=label, help_text=help_text, widget=kind(attrs=attrs), max_length=9)


class InvitationForm(forms.Form):
    """Name, code and the password one wants."""

    username = forms.CharField(
        label=_lazy("Nama masuk"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_lazy("Kode undangan"),
        help_text=_lazy("Tiga kelompok huruf dan angka dari kertas undangan."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_lazy("Kata sandi baru"),
        help_text=_lazy("Paling sedikit 12 huruf; misalnya tiga kata yang tidak berhubungan."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_lazy("Kata sandi baru, sekali lagi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Twice the same, and strong enough for this very person."""
        facts = super().clean() or {}
        password, again = facts.get("password", ""), facts.get("again", "")
        if password and again and password != again:
            self.add_error("again", _lazy("Kedua kata sandi tidak sama."))
        elif password:
            name = facts.get("username", "")
            try:
                validate_password(password, Staff(username=name, display_name=""))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return facts


class TotpForm(forms.Form):
    """The first code that the app shows."""

    code = _digits(_lazy("Kode yang tampil di aplikasi"))


class KeyForm(forms.Form):
    """A key's name, and what the browser brings from it."""

    name = forms.CharField(label=_lazy("Nama kunci"), max_length=40)
    credential = forms.CharField(widget=forms.HiddenInput)


class PinForm(forms.Form):
    """Six digits, twice."""

    pin = _digits(_lazy("PIN baru, enam angka"), secret=True)
    again = _digits(_lazy("PIN baru, sekali lagi"), secret=True)

    def clean(self) -> dict[str, Any]:
        """Twice the same six digits."""
        facts = super().clean() or {}
        pin = facts.get("pin", "")
        if pin and not (pin.isascii() and pin.isdigit() and len(pin) == 6):
            self.add_error("pin", _lazy("PIN terdiri atas enam angka."))
        elif pin and pin != facts.get("again"):
            self.add_error("again", _lazy("Kedua PIN tidak sama."))
        return facts


class PcForm(forms.Form):
    """Which unit this very computer belongs to, and what people call it."""

    facility = forms.ModelChoiceField(label=_lazy("UPT"), queryset=Facility.objects.none())
    label = forms.CharField(
        label=_lazy("Nama komputer"),
        help_text=_lazy("Misalnya: Bengkel, meja depan."),
        max_length=60,
    )

    def __init__(self, *args: Any, facilities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
