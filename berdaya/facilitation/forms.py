"""What is typed about help: asking, assigning, promising, recording steps, writing, ending."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.facilitation import rules
from berdaya.facilitation.models import Kind
from berdaya.facilitation.queries.cases import office_near
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Office, Staff
from berdaya.look.forms import DayField, RupiahField

GOODS_ONLY = _lazy("Barang dan kertasnya saja. Jangan menyebut orang.")
SCALES = (
    ("", "–"),
    ("micro", _lazy("Mikro: modal sampai Rp1 miliar atau omzet sampai Rp2 miliar")),
    ("small", _lazy("Kecil: modal sampai Rp5 miliar atau omzet sampai Rp15 miliar")),
    ("medium", _lazy("Menengah")),
    ("large", _lazy("Besar")),
)
ANSWERS = ("scale", "no_risk_materials", "simple_process", "sites", "outlets")


class AskForm(forms.Form):
    """Which help, for which products, from which office; and what self-declaration depends on."""

    # The kind may be changed in the browser, and with it what is needed.
    use_required_attribute = False
    kind = forms.ChoiceField(label=_lazy("Bantuan yang diminta"), choices=Kind.choices)
    products = forms.ModelMultipleChoiceField(
        Product.objects.none(), label=_lazy("Produk"), widget=forms.CheckboxSelectMultiple
    )
    office = forms.ModelChoiceField(Office.objects.none(), label=_lazy("Kantor UMKM"))
    wish = forms.CharField(
        label=_lazy("Yang diminta"), max_length=300, help_text=GOODS_ONLY, widget=forms.Textarea
    )
    scale = forms.ChoiceField(
        label=_lazy("Besarnya usaha pemegang"), choices=SCALES, required=False
    )
    no_risk_materials = forms.BooleanField(
        label=_lazy("Semua bahan tanpa risiko: nabati, atau sudah bersertifikat halal"),
        required=False,
    )
    simple_process = forms.BooleanField(
        label=_lazy("Prosesnya sederhana, dengan alat yang tidak dipakai untuk bahan tidak halal"),
        required=False,
    )
    sites = forms.IntegerField(
        label=_lazy("Banyaknya tempat produksi"), min_value=1, max_value=99, required=False
    )
    outlets = forms.IntegerField(
        label=_lazy("Banyaknya tempat penjualan"), min_value=0, max_value=99, required=False
    )

    def __init__(self, *args: Any, facility: Facility, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goods = Product.objects.filter(facility=facility, is_active=True)
        goods = goods.filter(category__is_service=False)
        self.fields["products"].queryset = goods.order_by("name")  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        for name in ("scale", "sites", "outlets"):
            self.fields[name].required = self.is_self_declare
        if "office" not in self.initial:
            self.initial["office"] = office_near(offices, facility)

    @property
    def answers(self) -> dict[str, Any]:
        """What self-declaration depends on; nothing for another kind."""
        told = self.cleaned_data
        return {name: told[name] for name in ANSWERS} if self.is_self_declare else {}

    @property
    def is_self_declare(self) -> bool:
        """Whether these answers are asked for."""
        return self.data.get("kind", self.initial.get("kind")) == rules.SELF_DECLARE

    @property
    def asked_always(self) -> list[Any]:
        """Fields of every kind of help."""
        return [self[name] for name in ("kind", "products", "office", "wish")]

    @property
    def asked_for_halal(self) -> list[Any]:
        """Fields of self-declaration alone."""
        return [self[name] for name in ANSWERS]


class AssignForm(forms.Form):
    """To whom."""

    mentor = forms.ModelChoiceField(Staff.objects.none(), label=_lazy("Pendamping"))

    def __init__(self, *args: Any, mentors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        field.queryset = mentors  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.display_name  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """Until when it will be done."""

    promised_on = DayField(
        label=_lazy("Dijanjikan selesai"),
        help_text=_lazy("Terisi dari lamanya tiap langkah; ubah bila perlu."),
    )


class PromiseForm(forms.Form):
    """Other days, and why; the unit reads the reason."""

    promised_on = DayField(label=_lazy("Seluruhnya selesai"))
    step_on = DayField(label=_lazy("Langkah sekarang selesai"), required=False)
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200, help_text=GOODS_ONLY)


class StepForm(forms.Form):
    """The day on the paper, its number, and a scan of it."""

    done_on = DayField(label=_lazy("Selesai pada"))
    paper_no = forms.CharField(label=_lazy("Nomor kertas"), max_length=60, required=False)
    document = forms.FileField(
        label=_lazy("Pindaian kertas"),
        required=False,
        help_text=_lazy("PDF, JPEG, atau PNG. Jangan kertas yang memuat nama warga binaan."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_lazy("Alasan"), max_length=200, help_text=GOODS_ONLY)


class MessageForm(forms.Form):
    """A line of the conversation."""

    text = forms.CharField(
        label=_lazy("Tulis pesan"), max_length=1000, help_text=GOODS_ONLY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    asks = forms.BooleanField(label=_lazy("Perlu dijawab"), required=False, initial=True)


class FinishForm(forms.Form):
    """What it cost, for those who come after."""

    cost_rp = RupiahField(
        label=_lazy("Biaya yang dibayar"),
        required=False,
        help_text=_lazy("Seluruhnya, dari siapa pun; 0 bila gratis. Menjadi perkiraan unit lain."),
    )


def chosen(form: AskForm) -> dict[str, Any]:
    """The form's answers as the action takes them."""
    told = form.cleaned_data
    goods: Sequence[Product] = list(told["products"])
    return {
        "kind": told["kind"], "products": goods, "office": told["office"], "wish": told["wish"],
        "told": form.answers,
    }  # fmt: skip


def goods_of(codes: Iterable[str], facility: Facility) -> list[int]:
    """Keys of a unit's products by their codes, to begin the form with."""
    rows = Product.objects.filter(facility=facility, code__in=list(codes))
    return list(rows.values_list("pk", flat=True))
