"""A seller's goods and their photos."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.uploads.serving import private_file
from berdaya.market import pictures, rules
from berdaya.market.access import market_view
from berdaya.market.actions.selling import add_picture, add_product, change_product, drop_picture
from berdaya.market.forms.selling import PictureForm, ProductForm
from berdaya.market.models import Picture, Product, ShopPermit
from berdaya.market.views.shared import Address, form_page, press, seller_page, shop_of

FIELDS = ("name", "about", "trade", "is_fresh", "price_rp", "on_hand", "is_shown")


@seller_page()
def products(request: HttpRequest) -> HttpResponse:
    """Everything the shop has, shown or not, and why not."""
    shop, day = shop_of(request), clock.today()
    permits = list(ShopPermit.objects.filter(shop=shop))
    rows = list(Product.objects.filter(shop=shop).prefetch_related("pictures"))
    told = []
    for row in rows:
        photos = list(row.pictures.all())
        verdict = rules.may_be_offered(row, permits, day, pictures=len(photos))
        told.append((row, photos[0] if photos else None, verdict))
    return render(request, "market/own/products.html", {"shop": shop, "rows": told})


@seller_page("GET POST")
def new_product(request: HttpRequest) -> HttpResponse:
    """A further thing to sell; its photos come next."""
    shop = shop_of(request)

    def do(by: Actor, form: forms.Form) -> Address:
        made = add_product(by=by, shop=shop, facts=form.cleaned_data)
        return "usaha:product", [made.code]

    return form_page(
        request,
        make=lambda: ProductForm(
            request.POST or None, initial={"is_shown": True, "trade": shop.trade}
        ),
        do=do,
        title=_("Barang baru"),
        back=reverse("usaha:products"),
        done=_("Tercatat. Sekarang tambahkan fotonya."),
    )


@seller_page("GET POST")
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product: change it, and see to its photos."""
    row = _own(request, code)

    def do(by: Actor, form: forms.Form) -> Address:
        change_product(by=by, product=row, facts=form.cleaned_data)
        return "usaha:products", []

    first = {name: getattr(row, name) for name in FIELDS}
    with market_view():
        photos = list(Picture.objects.filter(product=row))
    return form_page(
        request,
        make=lambda: ProductForm(request.POST or None, initial=first),
        do=do,
        title=row.name,
        back=reverse("usaha:products"),
        done=_("Tersimpan."),
        template="market/own/product.html",
        product=row,
        photos=photos,
        photo_form=PictureForm(),
    )


@seller_page("POST")
def new_photo(request: HttpRequest, code: str) -> HttpResponse:
    """Judge a photo and keep it."""
    row = _own(request, code)

    def do(by: Actor, form: forms.Form) -> Address:
        add_picture(by=by, product=row, file=form.cleaned_data["photo"])
        return "usaha:product", [code]

    return form_page(
        request,
        make=lambda: PictureForm(request.POST, request.FILES),
        do=do,
        title=_("Foto baru"),
        back=reverse("usaha:product", args=[code]),
        done=_("Fotonya tersimpan."),
        is_upload=True,
    )


@seller_page("POST")
def photo_removal(request: HttpRequest, name: str) -> HttpResponse:
    """Take a photo away."""
    row = _own_photo(request, name)

    def do(by: Actor) -> Address:
        code = row.product.code
        drop_picture(by=by, picture=row)
        return "usaha:product", [code]

    return press(request, do, _("Fotonya dihapus."))


@seller_page()
def own_photo(request: HttpRequest, name: str) -> HttpResponse:
    """A photo of one's own, also while nobody else sees it."""
    row = _own_photo(request, name)
    return private_file(pictures.path_of(row.name), title=row.product.code)


def _own(request: HttpRequest, code: str) -> Product:
    """A product of the seller's own shop; every other is unknown."""
    with market_view():
        return get_object_or_404(Product, shop=shop_of(request), code=code)


def _own_photo(request: HttpRequest, name: str) -> Picture:
    with market_view():
        rows = Picture.objects.select_related("product")
        return get_object_or_404(rows, name=name, product__shop=shop_of(request))
