"""A shelf of listings beside the scene's scarf: other kinds, other places, as many as asked."""

from datetime import timedelta

from berdaya.catalog.actions.listings import _search_vector, _search_words
from berdaya.catalog.models import Listing, ListingVersion
from berdaya.core import clock
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.institutions.models import Facility, Party
from tests.world import World

Good = tuple[str, str, str, int, int | None]
Goods = tuple[Good, ...]
# name, English, category, price, days to make (None: only from stock)
GOODS: Goods = (
    ("Kopi arabika Bajawa 200 g", "Bajawa arabica coffee 200 g", "coffee", 68_000, None),
    ("Keranjang bambu bertutup", "Bamboo basket with lid", "anyaman", 145_000, 14),
    ("Minyak kelapa murni 250 ml", "Virgin coconut oil 250 ml", "oil", 35_000, 5),
    ("Sabun daun kelor", "Moringa leaf soap", "soap", 15_000, 3),
    ("Bangku kayu jati", "Teak bench", "furniture", 950_000, 21),
)


def fill_shelf(
    world: World, n: int = len(GOODS), facility: Facility | None = None, goods: Goods = GOODS
) -> list[Listing]:
    """Inside an open scope: `n` listings shown since a while, as approval would leave them.

    Written directly: what a head decides and what the law asks has tests of its own.
    """
    where = facility or world.kpg
    seller = world.parties["coop_kpg" if where == world.kpg else "coop_atb"]
    return [_show(where, seller, place, goods[place % len(goods)]) for place in range(n)]


def _show(facility: Facility, seller: Party, place: int, good: Good) -> Listing:
    name, name_en, code, price_rp, days = good
    category = Category.objects.get(code=code)
    tail = f"{facility.code}-{place:03}"
    product = Product.objects.create(
        facility=facility, code=tail, name=name, category=category, line_of_work=category.name
    )
    variant = Variant.objects.create(
        product=product,
        facility=facility,
        sku=tail,
        name=name,
        measure=Measure.objects.get(code="pcs"),
        list_price_rp=price_rp,
    )
    since = clock.now() - timedelta(days=place + 1)
    listing = Listing.objects.create(
        facility=facility,
        variant=variant,
        seller=seller,
        slug=f"barang-{tail.lower()}",
        lawful_from=since,
        price_rp=price_rp,
        first_shown_at=since,
        created_at=since,
    )
    version = ListingVersion.objects.create(
        listing=listing,
        facility=facility,
        number=1,
        name=name,
        name_en=name_en,
        story="Dibuat dengan tangan.",
        price_rp=price_rp,
        weight_g=300,
        lead_time_days=days,
        proposed_at=since,
    )
    listing.current = version
    listing.search_words = _search_words(listing, version)
    listing.save()
    Listing.objects.filter(pk=listing.pk).update(search_vector=_search_vector(listing, version))
    return listing
