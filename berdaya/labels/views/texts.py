"""What a variant's label says, and its number in bars."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.goods.models import Variant
from berdaya.institutions.access import ability_required
from berdaya.labels import calc
from berdaya.labels.actions.numbers import give_own_number, keep_gtin
from berdaya.labels.actions.texts import write_text
from berdaya.labels.forms import FORMS, GtinForm, TextForm
from berdaya.labels.words import Kind, kind_of


def _find(request: HttpRequest, pk: int) -> Variant:
    rows = Variant.objects.filter(
        facility__in=request.actor.facility_ids,  # type: ignore[attr-defined]
        product__category__is_service=False,
    )
    with_ = ("product__category", "facility", "measure", "content_measure", "number")
    return get_object_or_404(rows.select_related(*with_), pk=pk)


@ability_required("label.print", "GET POST")
def variant(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of the texts; POST keeps a further version."""
    with reading(request):
        row = _find(request, pk)
        versions = list(row.label_texts.select_related("written_by").order_by("-version")[:10])
        kind = kind_of(row.product.category.code, row.product.category.is_food)
        form = FORMS[kind](request.POST or None, before=versions[0] if versions else None)
        if request.method != "POST" or not form.is_valid():
            return _page(request, row, kind, form, GtinForm(), versions)
    with acting(request.actor, "label.text") as scope:  # type: ignore[attr-defined]
        write_text(by=scope.actor, variant=row, **form.said())
        back = _back(request, row)
    messages.success(request, _("Teks label disimpan."))
    return redirect(back)


def _back(request: HttpRequest, row: Variant) -> str:
    """To the lot from which somebody came to mend something; else the same page again."""
    lot = row.lots.filter(code=request.GET.get("lot", "")).first()
    if lot is not None:
        return reverse("labels:lot", args=[lot.code])
    return reverse("labels:variant", args=[row.pk])


def _page(
    request: HttpRequest,
    row: Variant,
    kind: Kind,
    form: TextForm,
    gtin_form: GtinForm,
    versions: list,
) -> HttpResponse:
    kept = getattr(row, "number", None)
    context = {
        "facility": row.facility,
        "variant": row,
        "kind": kind,
        "form": form,
        "gtin_form": gtin_form,
        "versions": versions,
        "number": kept,
        "gtin_says": calc.number_says(kept.gtin) if kept and kept.gtin else "",
        "lot": request.GET.get("lot", ""),
    }
    status = 422 if form.is_bound or gtin_form.is_bound else 200
    return render(request, "labels/variant.html", context, status=status)


@ability_required("label.print", "POST")
def gtin(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the GTIN."""
    with reading(request):
        row = _find(request, pk)
        given = GtinForm(request.POST)
        if not given.is_valid():
            versions = list(row.label_texts.select_related("written_by").order_by("-version")[:10])
            kind = kind_of(row.product.category.code, row.product.category.is_food)
            form = FORMS[kind](before=versions[0] if versions else None)
            return _page(request, row, kind, form, given, versions)

    with acting(request.actor, "label.number") as scope:  # type: ignore[attr-defined]
        keep_gtin(by=scope.actor, variant=row, gtin=given.cleaned_data["gtin"])
    messages.success(request, _("GTIN disimpan."))
    return redirect(_same_page(request, row))


@ability_required("label.print", "POST")
def own_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a number for our own shops and stalls."""
    with reading(request):
        row = _find(request, pk)

    with acting(request.actor, "label.number") as scope:  # type: ignore[attr-defined]
        give_own_number(by=scope.actor, variant=row)
    messages.success(request, _("Nomor toko dibuat."))
    return redirect(_same_page(request, row))


def _same_page(request: HttpRequest, row: Variant) -> str:
    """The variant's page, from which the way back to the lot is still known."""
    asked = {"lot": request.GET["lot"]} if request.GET.get("lot") else {}
    address = reverse("labels:variant", args=[row.pk])
    return f"{address}?{urlencode(asked)}" if asked else address
