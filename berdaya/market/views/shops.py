"""What everybody sees under the neutral address: shops, one shop, one product, its photos."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from berdaya.core import clock
from berdaya.core.http import takes
from berdaya.core.uploads.serving import public_picture
from berdaya.market import pictures
from berdaya.market.access import market_view
from berdaya.market.models import Picture, Product, Shop, ShopState, Trade
from berdaya.market.queries import offered, open_shops, permit_kinds, shown_products, shown_shops
from berdaya.market.views.shared import shop_page

ON_A_PAGE = 24
LONGEST = 60
A_DAY = "public, max-age=86400"


@shop_page
def shops(request: HttpRequest) -> HttpResponse:
    """Every shop that has something to sell, in the order of the day."""
    trade = request.GET.get("jenis", "")
    trade = trade if trade in Trade.values else ""
    words = " ".join(request.GET.get("cari", "")[:LONGEST].split())
    rows = shown_shops(clock.today(), trade, words)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("halaman"))
    facts = {"page": page, "trade": trade, "words": words, "trades": Trade.choices}
    return render(request, "market/shop/list.html", facts)


@shop_page
def shop(request: HttpRequest, code: str) -> HttpResponse:
    """One shop with everything it offers."""
    day = clock.today()
    row = _shop(code)
    facts = {
        "shop": row,
        "products": shown_products(row, day),
        "permits": permit_kinds(row, day),
    }
    return render(request, "market/shop/shop.html", facts)


@shop_page
def product(request: HttpRequest, code: str, goods: str) -> HttpResponse:
    """One product, and the way to order it."""
    row = _shop(code)
    one = get_object_or_404(offered(clock.today()), shop=row, code=goods)
    facts = {"shop": row, "product": one, "photos": list(Picture.objects.filter(product=one))}
    return render(request, "market/shop/product.html", facts)


def _shop(code: str) -> Shop:
    return get_object_or_404(open_shops(), code=code)


@takes("GET")
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """A photo of goods that are on show; its name says nothing."""
    with market_view():
        is_shown = Product.objects.filter(
            pictures__name=name, is_shown=True, shop__state=ShopState.ADMITTED
        ).exists()
    if not is_shown:
        raise Http404
    return public_picture(request, pictures.path_of(name), A_DAY)
