"""What an officer fills in about a product and its variants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.look.forms import QtyField, RupiahField


class ProductForm(forms.ModelForm):
    """A product of the chosen facility."""

    class Meta:
        model = Product
        fields = ("name", "name_en", "category", "line_of_work", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]


class VariantForm(forms.ModelForm):
    """A size or kind of a product, with its list price."""

    list_price_rp = RupiahField(label=_lazy("Harga daftar"))
    content_qty = QtyField(
        label=_lazy("Isi"), required=False, help_text=_lazy("Misalnya 250 untuk botol 250 ml.")
    )
    low_stock_qty = QtyField(label=_lazy("Ingatkan bila stok di bawah"), required=False)

    class Meta:
        model = Variant
        fields = (
            "sku",
            "name",
            "name_en",
            "measure",
            "content_qty",
            "content_measure",
            "list_price_rp",
            "pay_basis",
            "shelf_life_days",
            "low_stock_qty",
            "is_active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("measure", "content_measure"):
            self.fields[name].queryset = Measure.objects.all()  # type: ignore[attr-defined]

    def clean_sku(self) -> str:
        """Unique in the unit; said here, because the facility is no field of the form."""
        sku = self.cleaned_data["sku"].strip().upper()
        same = Variant.objects.filter(facility=self.instance.facility_id, sku=sku)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_lazy("Kode barang ini sudah dipakai di UPT ini."))
        return sku
