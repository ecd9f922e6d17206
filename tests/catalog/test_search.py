"""Search of what is shown: stems, beginnings, mistakes, filters whose counts tell the truth."""

import pytest

from berdaya.catalog import search
from berdaya.catalog.search import Asked, Found, asked_from
from berdaya.core import clock
from berdaya.goods.models import Category
from berdaya.institutions.access import public_scope
from tests.catalog.shelf import fill_shelf
from tests.counting import at_most
from tests.orders.scene import open_shop
from tests.world import World


@pytest.fixture
def shelf(world: World) -> World:
    """The scarf from Atambua with twenty in stock, and five goods from Kupang."""
    with world.everywhere():
        open_shop(world)
        fill_shelf(world)
    return world


def find(**params: str) -> Found:
    with public_scope():
        return search.search(asked_from(params), clock.now(), Category.objects.all())


def names(found: Found) -> list[str]:
    return [row.current.name for row in found.rows]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("selendang", "Selendang tenun ikat"),
        ("menenun", "Selendang tenun ikat"),
        ("penenun", "Selendang tenun ikat"),
        ("ditenun", "Selendang tenun ikat"),
        ("selen", "Selendang tenun ikat"),
        ("shawls", "Selendang tenun ikat"),
        ("woven", "Selendang tenun ikat"),
        ("keranjang-keranjang", "Keranjang bambu bertutup"),
        ("baskets", "Keranjang bambu bertutup"),
        ("kopi dari bajawa", "Kopi arabika Bajawa 200 g"),
        ("KOPI", "Kopi arabika Bajawa 200 g"),
    ],
)
def test_search_finds_stems_and_beginnings(shelf: World, words: str, expected: str) -> None:
    found = find(q=words)

    assert names(found) == [expected]
    assert found.meant == ""


@pytest.mark.parametrize(
    ("words", "meant", "expected"),
    [
        ("slendang", "selendang", "Selendang tenun ikat"),
        ("kopi bajwa", "kopi bajawa", "Kopi arabika Bajawa 200 g"),
        ("kranjang bmbu", "keranjang bambu", "Keranjang bambu bertutup"),
        ("cofee", "coffee", "Kopi arabika Bajawa 200 g"),
    ],
)
def test_search_understands_mistakes(shelf: World, words: str, meant: str, expected: str) -> None:
    found = find(q=words)

    assert found.meant == meant
    assert names(found) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE x; --",
        "a & | ! ( ) :* <->",
        "\x00\x01",
        "%_\\",
        "²:*",
        "🧺",
        "x" * 5000,
        "ſſſ",
    ],
)
def test_search_survives_odd_characters(shelf: World, words: str) -> None:
    found = find(q=words)

    assert len(found.rows) in (0, 6)


def test_search_ignores_what_is_no_filter() -> None:
    odd = {"kategori": "../x", "asal": "53'", "harga": "1-2", "siap": "ya", "urut": "x", "hal": "٣"}

    assert asked_from(odd) == Asked()


def test_filters_count_under_the_other_filters(shelf: World) -> None:
    everything = find()
    oil = find(kategori="soap_oil")
    cheap = find(kategori="soap_oil", harga="0-50000")

    assert everything.counts["kategori"]["soap_oil"] == 2
    assert everything.counts["kategori"]["soap"] == 1
    assert everything.counts["siap"] == {"ada": 1, "pesan": 4, "habis": 1}
    assert everything.total == 6
    assert oil.total == 2
    assert oil.counts["harga"] == {"0-50000": 2}
    assert oil.counts["kategori"] == everything.counts["kategori"]
    assert cheap.counts["kategori"] == {"soap_oil": 2, "soap": 1, "oil": 1}


def test_every_count_is_what_its_link_finds(shelf: World) -> None:
    here = find(siap="pesan")

    told = {
        (name, key): n for name in ("kategori", "harga") for key, n in here.counts[name].items()
    }

    assert told
    for (name, key), n in told.items():
        assert find(siap="pesan", **{name: key}).total == n


def test_sorts_order_by_price(shelf: World) -> None:
    up = [row.price_rp for row in find(urut="termurah").rows]
    down = [row.price_rp for row in find(urut="termahal").rows]

    assert up == sorted(up)
    assert down == up[::-1]


def test_pages_hold_24_and_end_at_the_last(world: World) -> None:
    with world.everywhere():
        fill_shelf(world, 60)

    first, last, beyond = find(), find(hal="3"), find(hal="99")

    assert (len(first.rows), first.total, first.pages) == (24, 60, 3)
    assert len(last.rows) == 12
    assert names(beyond) == names(last)


def test_search_offers_what_holds_some_of_the_words(shelf: World) -> None:
    apart = find(q="selendang bajawa")
    mistaken = find(q="slendang bajwa")

    assert sorted(names(apart)) == ["Kopi arabika Bajawa 200 g", "Selendang tenun ikat"]
    assert apart.is_partial
    assert apart.meant == ""
    assert sorted(names(mistaken)) == sorted(names(apart))
    assert mistaken.meant == "selendang bajawa"
    assert not find(q="selendang").is_partial


@pytest.mark.parametrize("n", [1, 60])
def test_search_costs_two_statements_and_three_more_for_a_mistake(world: World, n: int) -> None:
    with world.everywhere():
        fill_shelf(world, n)
    categories = list(Category.objects.all())

    with public_scope():
        with at_most(2):
            search.search(Asked(q="kopi"), clock.now(), categories)
        with at_most(5):
            search.search(Asked(q="koppi benchh"), clock.now(), categories)


def test_withdrawn_and_lapsed_are_not_found(shelf: World) -> None:
    with shelf.everywhere():
        for row in fill_shelf(shelf, 2, shelf.atb):
            row.withdrawn_at = clock.now()
            row.save()

    assert find().total == 6
