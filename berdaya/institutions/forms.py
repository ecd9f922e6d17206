"""Forms of staff, appointments, parties, revenue regimes, bank accounts and QRIS."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.models import (
    AppointmentKind,
    Facility,
    Office,
    Party,
    PartyKind,
    RegimeKind,
    Staff,
)
from berdaya.institutions.roles import ROLES
from berdaya.look.forms import DayField


def day_after(last_day: date | None) -> date | None:
    """The first day without it, of the last day that people write."""
    return last_day + timedelta(days=1) if last_day else None


class StaffForm(forms.ModelForm):
    """A new account; its owner chooses the password by invitation."""

    class Meta:
        model = Staff
        fields = ("username", "display_name", "nip", "email")
        labels = {
            "display_name": _lazy("Nama pada surat"),
            "email": _lazy("Surel"),
        }

    def clean_nip(self) -> str:
        """Eighteen digits, or nothing."""
        nip = self.cleaned_data["nip"].replace(" ", "")
        if nip and not (nip.isascii() and nip.isdigit() and len(nip) == 18):
            raise forms.ValidationError(_lazy("NIP terdiri atas 18 angka."), code="invalid")
        return str(nip)


class AppointmentForm(forms.Form):
    """A role at a place, as the decree (SK) says; acting ones are Plh. or Plt."""

    place = forms.ChoiceField(label=_lazy("Tempat"))
    role = forms.ChoiceField(
        label=_lazy("Peran"), choices=[(role.code, role.label) for role in ROLES.values()]
    )
    kind = forms.ChoiceField(label=_lazy("Sifat"), choices=AppointmentKind.choices)
    decree_no = forms.CharField(label=_lazy("Nomor SK"), max_length=80)
    decree_on = DayField(label=_lazy("Tanggal SK"))
    valid_from = DayField(label=_lazy("Mulai"))
    last_day = DayField(label=_lazy("Hari terakhir"), required=False)

    def __init__(
        self,
        *args: Any,
        facilities: "QuerySet[Facility]",
        offices: "QuerySet[Office]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Facility | Office] = {
            **{f"f{one.pk}": one for one in facilities},
            **{f"o{one.pk}": one for one in offices},
        }
        choices = [(key, str(one)) for key, one in self.places.items()]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role is held at a unit or at an office; a period ends after it began."""
        facts = super().clean() or {}
        place, role = self.places.get(facts.get("place", "")), ROLES.get(facts.get("role", ""))
        if place and role:
            at = "facility" if isinstance(place, Facility) else "office"
            if at not in role.at:
                self.add_error("role", _lazy("Peran ini tidak dipegang di tempat itu."))
        first, last = facts.get("valid_from"), facts.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _lazy("Hari terakhir harus sesudah hari mulai."))
        return facts

    def facts(self) -> dict[str, Any]:
        """As the action wants it."""
        given = dict(self.cleaned_data)
        until = day_after(given.pop("last_day"))
        return given | {"place": self.places[given["place"]], "valid_until": until}


class LastDayForm(forms.Form):
    """The last day on which something holds."""

    last_day = DayField(label=_lazy("Hari terakhir"))

    @property
    def on(self) -> date:
        """The first day without it."""
        return self.cleaned_data["last_day"] + timedelta(days=1)


def _contact() -> forms.CharField:
    return forms.CharField(
        label=_lazy("Kontak untuk pembeli"),
        max_length=120,
        required=False,
        help_text=_lazy("Telepon atau surel untuk pertanyaan dan pengaduan; tampil di toko."),
    )


class PartyForm(forms.Form):
    """A legal holder, seller or partner of one unit. The unit itself is there from the start."""

    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9\-]*$",
        label=_lazy("Kode"),
        max_length=20,
        help_text=_lazy("Huruf besar, angka, dan tanda hubung, misalnya KOP-LP-ATB."),
    )
    kind = forms.ChoiceField(
        label=_lazy("Jenis"),
        choices=[one for one in PartyKind.choices if one[0] != PartyKind.SATKER_UPT],
    )
    name = forms.CharField(label=_lazy("Nama resmi"), max_length=160)
    town = forms.CharField(label=_lazy("Kota"), max_length=80, required=False)
    contact = _contact()


class ContactForm(forms.Form):
    """Where buyers reach a seller."""

    contact = _contact()


class RegimeForm(forms.Form):
    """How a party's revenue is treated from a day on."""

    kind = forms.ChoiceField(label=_lazy("Rezim pendapatan"), choices=RegimeKind.choices)
    valid_from = DayField(
        label=_lazy("Berlaku mulai"), help_text=_lazy("Rezim sebelumnya berakhir hari itu.")
    )
    agreement_no = forms.CharField(
        label=_lazy("Nomor PKS"), max_length=80, required=False,
        help_text=_lazy("Wajib untuk bagi hasil."),
    )  # fmt: skip
    agreement_on = DayField(label=_lazy("Tanggal PKS"), required=False)
    legal_basis = forms.CharField(label=_lazy("Dasar hukum"), max_length=200, required=False)
    is_confirmed = forms.BooleanField(
        label=_lazy("Sudah dipastikan kedua kementerian"), required=False
    )


class AccountForm(forms.Form):
    """What bank account and QRIS share; the approval is asked for a unit's own."""

    owner = forms.ModelChoiceField(Party.objects.none(), label=_lazy("Pemilik"))
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    approval_no = forms.CharField(
        label=_lazy("Nomor persetujuan KPPN"), max_length=80, required=False,
        help_text=_lazy("Wajib untuk rekening milik UPT."),
    )  # fmt: skip
    approved_on = DayField(label=_lazy("Tanggal persetujuan"), required=False)

    def __init__(self, *args: Any, owners: "QuerySet[Party]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class BankAccountForm(AccountForm):
    """A bank account as its book says."""

    bank = forms.CharField(label=_lazy("Bank"), max_length=40)
    number = forms.RegexField(
        r"^[0-9.\- ]+$", label=_lazy("Nomor rekening"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    holder_name = forms.CharField(label=_lazy("Atas nama"), max_length=120)
    field_order = ("owner", "bank", "number", "holder_name", "valid_from")

    def clean_number(self) -> str:
        """Digits only, so that the same account is not registered twice."""
        return "".join(one for one in self.cleaned_data["number"] if one.isdigit())


class QrisForm(AccountForm):
    """A QRIS as it hangs on the wall."""

    nmid = forms.RegexField(
        r"^ID[0-9]{13,16}$",
        label="NMID",
        max_length=20,
        help_text=_lazy("Tertulis di bawah gambar QRIS, diawali ID."),
    )
    merchant_name = forms.CharField(label=_lazy("Nama pada QRIS"), max_length=60)
    payload_text = forms.CharField(
        label=_lazy("Isi QRIS statis"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_lazy("Pindai gambarnya dengan ponsel, lalu salin teksnya (mulai 000201)."),
    )
    field_order = ("owner", "nmid", "merchant_name", "payload_text", "valid_from")


class DeclineForm(forms.Form):
    """Why an account was turned down."""

    reason = forms.CharField(label=_lazy("Alasan penolakan"), max_length=200)
