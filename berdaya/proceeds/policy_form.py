"""The form of a proposed policy; works its split out as it is typed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import WHOLE_BP
from berdaya.goods.models import Category
from berdaya.ledger.models import Book
from berdaya.look.forms import DayField, PercentField, RupiahField
from berdaya.proceeds.calc import Policy
from berdaya.proceeds.example import percent, told
from berdaya.proceeds.forms import BookField
from berdaya.proceeds.models.policies import SplitBase
from berdaya.proceeds.queries import policy_neighbours
from berdaya.proceeds.rules import may_begin_policy

SHARES = ("makers_bp", "capital_bp", "state_bp", "cooperative_bp")
POCKET_SHARES = ("saved_bp", "spendable_bp", "family_bp")


class PolicyForm(forms.Form):
    """A policy to propose: any shares and pockets that are a whole, from a day on."""

    book = BookField(Book.objects.none(), label=_lazy("Penjual"))
    category = forms.ModelChoiceField(
        Category.objects.all(),
        label=_lazy("Kelompok barang"),
        required=False,
        empty_label=_lazy("semua"),
    )
    valid_from = DayField(label=_lazy("Berlaku mulai"))
    base = forms.ChoiceField(
        label=_lazy("Dasar pembagian"),
        choices=SplitBase.choices,
        help_text=_lazy("Keuntungan: sesudah bahan dan kemasan. Hasil penjualan: sebelum itu."),
    )
    makers_bp = PercentField(label=_lazy("Pembuat"))
    capital_bp = PercentField(label=_lazy("Modal kerja"))
    state_bp = PercentField(label="PNBP")
    cooperative_bp = PercentField(label=_lazy("Koperasi"))
    saved_bp = PercentField(label=_lazy("Kantong tabungan"))
    spendable_bp = PercentField(label=_lazy("Kantong dapat dipakai"))
    family_bp = PercentField(label=_lazy("Kantong untuk keluarga"))
    floor_rp = RupiahField(
        label=_lazy("Batas bawah sebulan"),
        help_text=_lazy("Diperiksa dan ditunjukkan pada slip; tidak menambah uang."),
    )
    legal_basis = forms.CharField(
        label=_lazy("Dasar hukum atau PKS"), max_length=200, help_text=_lazy("Nomor dan tanggal.")
    )

    def __init__(self, *args: Any, books: "QuerySet[Book]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].queryset = books  # type: ignore[attr-defined]
        self.fields["book"].initial = next(iter(books), None)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for names in (SHARES, POCKET_SHARES):
            parts = [facts.get(name) for name in names]
            if None not in parts and sum(parts) != WHOLE_BP:  # type: ignore[arg-type]
                words = _lazy("Jumlahnya %(sum)s, harus 100 %%.") % {"sum": percent(sum(parts))}  # type: ignore[arg-type]
                self.add_error(names[0], words)
        if facts.get("book") and facts.get("valid_from"):
            category = facts["category"].pk if facts.get("category") else None
            asked = policy_neighbours(facts["book"].party_id, category, facts["valid_from"])
            for reason in may_begin_policy(*asked).reasons:
                self.add_error("valid_from", f"{reason.text} {reason.next_text}")
        return facts

    def example(self) -> list[str]:
        """The split as typed so far in plain words; nothing while it is no whole."""
        source = getattr(self, "cleaned_data", None) if self.is_bound else self.initial
        shares = {name: (source or {}).get(name) for name in (*SHARES, *POCKET_SHARES)}
        try:
            return told(Policy(0, False, **shares))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return []

    def terms(self) -> dict[str, Any]:
        """The columns of SplitTerms."""
        names = ("base", *SHARES, *POCKET_SHARES, "floor_rp", "legal_basis")
        return {name: self.cleaned_data[name] for name in names}
