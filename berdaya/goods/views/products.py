"""The desk's pages of products and their variants."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.http import reading
from berdaya.core.numbers import draw
from berdaya.core.scope import acting
from berdaya.core.verdicts import require
from berdaya.goods.forms import ProductForm, VariantForm
from berdaya.goods.models import Product, Variant
from berdaya.goods.parts import parts_of
from berdaya.goods.rules import one_facility
from berdaya.goods.tables import ProductTable
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.models import line_label


def _seen(request: HttpRequest) -> frozenset[int]:
    """The chosen facility, or all that the actor sees."""
    chosen = request.facility  # type: ignore[attr-defined]
    return frozenset({chosen.pk}) if chosen else request.actor.facility_ids  # type: ignore


def _product(request: HttpRequest, code: str) -> Product:
    """Goods are open to read, so a foreign one must be hidden here: 404 like an unknown one."""
    seen = request.actor.facility_ids  # type: ignore[attr-defined]
    rows = Product.objects.filter(facility__in=seen).select_related("facility", "category")
    return get_object_or_404(rows, code=code)


@ability_required("stock.view")
def products(request: HttpRequest) -> HttpResponse:
    """Every product of the facilities on view."""
    rows = Product.objects.filter(facility__in=_seen(request)).select_related(
        "category", "facility"
    )
    facility = request.facility  # type: ignore[attr-defined]
    return ProductTable(request, rows, reckoned={"variant_count": Count("variants")}).response(
        "goods/products.html",
        {
            "facility": facility,
            "can_edit": facility and may(request.actor, "goods.edit", facility.pk).ok,  # type: ignore
        },
    )


@ability_required("stock.view")
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product: its drawing, what is known of it, its variants."""
    row = _product(request, code)
    variants = row.variants.select_related("measure", "content_measure")
    context = {
        "facility": row.facility,
        "product": row,
        "line_of_work": line_label(row.line_of_work),
        "variants": list(variants),
        "parts": parts_of(row, request.actor),  # type: ignore[attr-defined]
        "can_edit": may(request.actor, "goods.edit", row.facility_id).ok,  # type: ignore
    }
    return render(request, "goods/product.html", context)


@ability_required("goods.edit", "GET POST")
def new_product(request: HttpRequest) -> HttpResponse:
    """A new product of the chosen facility; POST draws its code and keeps it."""
    facility: Facility = one_facility(request.facility)  # type: ignore[attr-defined]
    row = Product(facility=facility)
    with reading(request):
        form = ProductForm(request.POST or None, instance=row)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        with acting(request.actor, "product.add"):  # type: ignore[attr-defined]
            require(may(request.actor, "goods.edit", facility.pk))  # type: ignore
            year = clock.today(facility.timezone).year
            number = draw(f"product:{facility.code}", year)
            row.code = desk_code(facility.code, year, "P", number)
            form.save()
        messages.success(request, _("Produk dicatat. Sekarang catat variannya."))
        return redirect("goods:new_variant", row.code)
    return _form_page(request, form, _("Produk baru"), facility)


@ability_required("goods.edit", "GET POST")
def product_details(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is known of a product."""
    with reading(request):
        row = _product(request, code)
        form = ProductForm(request.POST or None, instance=row)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        return _keep(request, form, row, "product.change")
    return _form_page(request, form, _("Ubah produk"), row.facility, row)


@ability_required("goods.edit", "GET POST")
def new_variant(request: HttpRequest, code: str) -> HttpResponse:
    """A further size or kind of a product."""
    with reading(request):
        row = _product(request, code)
    return _variant_form(request, row, Variant(product=row, facility=row.facility))


@ability_required("goods.edit", "GET POST")
def variant(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a variant; what is sold already keeps its frozen figures."""
    with reading(request):
        row = _product(request, code)
        found = get_object_or_404(Variant, pk=pk, product=row)
    return _variant_form(request, row, found)


def _variant_form(request: HttpRequest, row: Product, found: Variant) -> HttpResponse:
    with reading(request):
        form = VariantForm(request.POST or None, instance=found)
        valid = request.method == "POST" and form.is_valid()
    if valid:
        return _keep(request, form, row, "variant.keep")
    title = _("Ubah varian") if found.pk else _("Varian baru")
    return _form_page(request, form, title, row.facility, row)


def _keep(request: HttpRequest, form: forms.ModelForm, row: Product, reason: str) -> HttpResponse:
    with acting(request.actor, reason):  # type: ignore[attr-defined]
        require(may(request.actor, "goods.edit", row.facility_id))  # type: ignore
        form.save()
    messages.success(request, _("Tersimpan."))
    return redirect("goods:product", row.code)


def _form_page(
    request: HttpRequest,
    form: forms.ModelForm,
    title: str,
    facility: Facility,
    row: Product | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "facility": facility, "product": row}
    with reading(request):
        return render(request, "goods/form.html", context, status=422 if form.is_bound else 200)
