"""The list of products."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.goods.models import Category, Product
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import line_label

ACTIVE = {True: State(_lazy("Masih dibuat"), "done"), False: State(_lazy("Tidak lagi"), "off")}


def address(row: Product) -> str:
    """Where a product is shown."""
    return reverse("goods:product", args=[row.code])


def categories() -> list[tuple[str, str]]:
    """Every category, as the catalogue orders them."""
    return [(row.code, row.label) for row in Category.objects.all()]


def _active(rows: QuerySet[Product], value: str) -> QuerySet[Product]:
    return rows.filter(is_active=value == "ya")


class ProductTable(Table):
    """Products with how many variants they have."""

    name = "produk"
    caption = _lazy("Daftar produk")
    columns = (
        Column("produk", _lazy("Produk"), value=lambda row: row.label, url=address, sort="name"),
        Column(
            "kategori",
            _lazy("Kategori"),
            value=lambda row: row.category.label,
            sort="category__position",
        ),
        Column(
            "bidang",
            _lazy("Bidang kerja"),
            value=lambda row: line_label(row.line_of_work),
            sort="line_of_work",
        ),
        Column("varian", _lazy("Varian"), "number", field="variant_count"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("keadaan", _lazy("Keadaan"), "state", field="is_active", states=ACTIVE),
    )
    search = (
        "name__icontains",
        "name_en__icontains",
        "code__icontains",
        "line_of_work__icontains",
    )
    search_label = _lazy("Cari nama, kode, atau bidang kerja")
    filters = (
        Filter("kategori", _lazy("Kategori"), categories, field="category__code"),
        Filter(
            "dibuat",
            _lazy("Keadaan"),
            (("ya", _lazy("Masih dibuat")), ("tidak", _lazy("Tidak lagi"))),
            apply=_active,
        ),
    )
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada produk"),
        _lazy("Catat dulu apa yang dibuat di UPT ini, lalu variannya."),
        good="basket",
    )
