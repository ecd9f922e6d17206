"""What is typed about labels: texts by kind, a GTIN, and how to print."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.names import named
from berdaya.labels import calc, rules
from berdaya.labels.layouts import LAYOUT_CHOICES, LAYOUTS, MOST_COPIES
from berdaya.labels.models import LabelText
from berdaya.labels.words import CARE, FIBRES, GROUP_NAMES, GROUPS, Audience, Kind, Speech
from berdaya.look.forms import PercentField

FIBRE_ROWS = 4
ENGLISH = _lazy("dalam bahasa Inggris")


def _text(label: Any, most: int, help_text: Any = "", *, is_long: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, widget=widget, required=False
    )


def _english(label: Any, most: int, *, is_long: bool = False) -> forms.CharField:
    return _text(label, most, is_long=is_long)


class TextForm(forms.Form):
    """Nothing is asked for here: what a label lacks is said where it is printed."""

    kind: Kind

    def __init__(self, *args: Any, before: LabelText | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.initial_of(before) if before else None, **kwargs)

    def initial_of(self, before: LabelText) -> dict[str, Any]:
        """What stands there now."""
        return before.said

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        return dict(self.cleaned_data)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Fields that stand beside each other."""
        return [[bound] for bound in self.visible_fields()]


class FoodForm(TextForm):
    """Processed food (domain 2.10)."""

    ingredients = _text(
        _lazy("Komposisi"),
        600,
        _lazy(
            "Yang terbanyak lebih dulu. Alergen (kacang tanah, susu, telur, kedelai, ikan, terigu)"
            " ditebalkan sendiri; kata lain ditebalkan di antara dua bintang: *wijen*."
        ),
        is_long=True,
    )
    ingredients_en = _english(_lazy("Komposisi dalam bahasa Inggris"), 600, is_long=True)
    storage = _text(_lazy("Cara simpan"), 160, _lazy("Misalnya: di tempat sejuk dan kering."))
    storage_en = _english(_lazy("Cara simpan dalam bahasa Inggris"), 160)
    origin = _text(
        _lazy("Asal bahan tertentu"),
        160,
        _lazy("Wajib untuk gelatin, lemak, pengemulsi, kaldu: dari hewan apa, atau nabati."),
    )
    origin_en = _english(_lazy("Asal bahan dalam bahasa Inggris"), 160)
    has_pork = forms.BooleanField(
        label=_lazy("Mengandung babi"),
        required=False,
        help_text=_lazy("Dicetak pada label produk yang dinyatakan tidak halal."),
    )


class FreshForm(TextForm):
    """Produce: weight, place and day come of themselves."""

    storage = _text(_lazy("Cara simpan"), 160)
    storage_en = _english(_lazy("Cara simpan dalam bahasa Inggris"), 160)
    origin = _text(_lazy("Asal bahan"), 160, _lazy("Misalnya: kebun SAE."))
    origin_en = _english(_lazy("Asal bahan dalam bahasa Inggris"), 160)


class TextileForm(TextForm):
    """Cloth: fibres in per cent, size, care."""

    size = _text(_lazy("Ukuran"), 60, _lazy("Misalnya: 40 × 180 cm."))
    care_note = _text(_lazy("Pesan perawatan"), 200, _lazy("Misalnya: pisahkan warna gelap."))
    care_note_en = _english(_lazy("Pesan perawatan dalam bahasa Inggris"), 200)
    origin = _text(_lazy("Asal bahan"), 160, _lazy("Misalnya: benang katun dari Surabaya."))
    origin_en = _english(_lazy("Asal bahan dalam bahasa Inggris"), 160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fibres = [("", "–"), *((code, named(*names)) for code, names in FIBRES.items())]
        for number in range(1, FIBRE_ROWS + 1):
            self.fields[f"fibre_{number}"] = forms.ChoiceField(
                label=_lazy("Serat %(number)s") % {"number": number}, choices=fibres, required=False
            )
            self.fields[f"share_{number}"] = PercentField(
                label=_lazy("Bagian serat %(number)s") % {"number": number}, required=False
            )
        for group in GROUPS:
            choices = [("", "–"), *_cares(group)]
            self.fields[f"care_{group}"] = forms.ChoiceField(
                label=GROUP_NAMES[group], choices=choices, required=False
            )
        first = [f"{name}_{n}" for n in range(1, FIBRE_ROWS + 1) for name in ("fibre", "share")]
        self.order_fields([*first, "size", *(f"care_{group}" for group in GROUPS)])

    def initial_of(self, before: LabelText) -> dict[str, Any]:
        """Fibres in their rows, each care in its group."""
        found = dict(before.said)
        for number, (fibre, share) in enumerate(before.composition, start=1):
            found |= {f"fibre_{number}": fibre, f"share_{number}": share}
        return found | {f"care_{CARE[code].group}": code for code in before.care}

    def clean(self) -> dict[str, Any]:
        """A fibre needs its share and the other way round; each fibre once."""
        found = super().clean() or {}
        seen: set[str] = set()
        for number in range(1, FIBRE_ROWS + 1):
            fibre, share = found.get(f"fibre_{number}"), found.get(f"share_{number}")
            if bool(fibre) != bool(share) and f"share_{number}" not in self.errors:
                self.add_error(f"share_{number}", _lazy("Isi serat dan persennya, atau kosongkan."))
            if fibre and fibre in seen:
                self.add_error(f"fibre_{number}", _lazy("Serat ini sudah ada di atas."))
            seen.add(fibre or "")
        return found

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """A fibre beside its share, two ways of care in a row."""
        pairs = [[f"fibre_{n}", f"share_{n}"] for n in range(1, FIBRE_ROWS + 1)]
        cares = [f"care_{group}" for group in GROUPS]
        pairs += [["size"], *([*cares[n : n + 2]] for n in range(0, len(cares), 2))]
        shown = {name for pair in pairs for name in pair}
        pairs += [[name] for name in self.fields if name not in shown]
        return [[self[name] for name in pair] for pair in pairs]

    def said(self) -> dict[str, Any]:
        """Rows joined to a composition, groups to a list."""
        data = self.cleaned_data
        rows = [(data[f"fibre_{n}"], data[f"share_{n}"]) for n in range(1, FIBRE_ROWS + 1)]
        plain = ("size", "care_note", "care_note_en", "origin", "origin_en")
        return {
            "composition": [[fibre, share] for fibre, share in rows if fibre],
            "care": [data[f"care_{group}"] for group in GROUPS if data[f"care_{group}"]],
            **{name: data[name] for name in plain},
        }


class GoodsForm(TextForm):
    """Plaited goods, wood, soap and everything else."""

    material = _text(_lazy("Bahan"), 160, _lazy("Misalnya: daun lontar, pewarna tekstil."))
    material_en = _english(_lazy("Bahan dalam bahasa Inggris"), 160)
    size = _text(_lazy("Ukuran"), 60, _lazy("Misalnya: 30 × 25 cm."))
    care_note = _text(_lazy("Cara merawat atau memakai"), 200)
    care_note_en = _english(_lazy("Cara merawat atau memakai dalam bahasa Inggris"), 200)
    origin = _text(_lazy("Asal bahan"), 160)
    origin_en = _english(_lazy("Asal bahan dalam bahasa Inggris"), 160)


FORMS: dict[str, type[TextForm]] = {
    Kind.FOOD: FoodForm,
    Kind.FRESH: FreshForm,
    Kind.TEXTILE: TextileForm,
    Kind.GOODS: GoodsForm,
}


def _cares(group: str) -> list[tuple[str, str]]:
    return [
        (code, named(care.name, care.name_en)) for code, care in CARE.items() if care.group == group
    ]


class GtinForm(forms.Form):
    """The number that GS1 gave."""

    gtin = forms.CharField(
        label=_lazy("GTIN-13"),
        max_length=20,
        help_text=_lazy("13 angka dari surat GS1. Awalan 899 berarti terbit di GS1 Indonesia."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_gtin(self) -> str:
        """Digits alone, checked."""
        number = calc.tidy_number(self.cleaned_data["gtin"])
        for reason in rules.may_be_gtin(number).reasons:
            raise forms.ValidationError(f"{reason.text} {reason.next_text}")
        return number


class ChoiceForm(forms.Form):
    """Paper, market and language, in the address."""

    kertas = forms.ChoiceField(label=pgettext_lazy("labels", "Kertas"), choices=LAYOUT_CHOICES)
    untuk = forms.ChoiceField(label=_lazy("Dijual di"), choices=Audience.choices)
    bahasa = forms.ChoiceField(label=pgettext_lazy("labels", "Bahasa"), choices=Speech.choices)


class PrintForm(forms.Form):
    """How many, and from which label of a sheet on."""

    layout = forms.ChoiceField(choices=LAYOUT_CHOICES, widget=forms.HiddenInput)
    audience = forms.ChoiceField(choices=Audience.choices, widget=forms.HiddenInput)
    speech = forms.ChoiceField(choices=Speech.choices, widget=forms.HiddenInput)
    copies = forms.IntegerField(
        label=_lazy("Jumlah label"), min_value=1, max_value=MOST_COPIES, initial=1
    )
    first_cell = forms.IntegerField(
        label=_lazy("Mulai dari label nomor"),
        min_value=1,
        initial=1,
        help_text=_lazy("Lembar yang sudah terpakai sebagian: hitung dari kiri atas, per baris."),
    )

    def __init__(self, *args: Any, layout: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if layout in LAYOUTS and not LAYOUTS[layout].is_sheet:
            del self.fields["first_cell"]

    def asked(self) -> dict[str, Any]:
        """As the action takes it."""
        found = dict(self.cleaned_data)
        found.setdefault("first_cell", 1)
        return found
