"""Motif and goods: the same for ever, small, well formed, each its own."""

import hashlib
from xml.etree import ElementTree

import pytest
from django.test import Client

from berdaya.look import goods, motif

SEEDS = ("LPP-KPG", "LP-ATB", "RTN-BJW", "B0412", "x", "a" * 64)
LIMIT = 12_000


@pytest.mark.parametrize("kind", goods.KINDS)
def test_good_is_small_and_well_formed(kind):
    drawings = [goods.good_svg(kind, seed) for seed in SEEDS]

    roots = [ElementTree.fromstring(drawing) for drawing in drawings]

    assert all(len(drawing.encode()) < LIMIT for drawing in drawings)
    assert all(root.tag.endswith("svg") for root in roots)
    assert not any("style=" in drawing or "script" in drawing for drawing in drawings)


def test_no_two_kinds_are_alike():
    drawings = {goods.good_svg(kind, "LP-ATB") for kind in goods.KINDS}

    assert len(drawings) == len(goods.KINDS)


def test_seeds_differ_and_the_same_seed_stays():
    strips = {seed: motif.strip_svg(seed) for seed in SEEDS}
    cloths = {seed: goods.good_svg("cloth", seed) for seed in SEEDS}

    motif.strip_svg.cache_clear()
    goods.good_svg.cache_clear()

    assert len(set(strips.values())) == len(set(cloths.values())) == len(SEEDS)
    assert {seed: motif.strip_svg(seed) for seed in SEEDS} == strips
    assert {seed: goods.good_svg("cloth", seed) for seed in SEEDS} == cloths


def test_drawing_never_changes():
    """A changed drawing would change goods people already hold; change this on purpose only."""
    whole = "".join(goods.good_svg(kind, "LP-ATB-26-B0412") for kind in goods.KINDS)

    digest = hashlib.sha256((whole + motif.strip_svg("LP-ATB")).encode()).hexdigest()[:16]

    assert digest == "b5283f3f621c48f3"


@pytest.mark.parametrize("rule", motif.RULES)
@pytest.mark.parametrize("size", [4, 7, 11])
def test_band_is_mirrored_both_ways(rule, size):
    band = motif.make_band("LP-ATB", size, rule)

    assert band.rows == band.rows[::-1]
    assert all(row == row[::-1] for row in band.rows)
    assert any(any(row) for row in band.rows)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("url", ["/motif/LP-ATB.svg", "/gambar/coffee/LP-ATB.svg"])
def test_drawing_is_served_for_long_and_answers_its_etag(url):
    client = Client()
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert first.status_code == 200
    assert first["Content-Type"] == "image/svg+xml"
    assert "max-age=2592000" in first["Cache-Control"]
    assert not first.cookies
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "url", ["/gambar/gun/LP-ATB.svg", "/motif/a b.svg", f"/motif/{'a' * 65}.svg"]
)
def test_unknown_kind_or_strange_seed_is_404(url):
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Meja belajar", "table"),
        ("  tempat   PENSIL kayu", "holder"),
        ("Gelang", "bracelet"),
        ("Sofa tiga dudukan", "sofa"),
        ("Mejakursi", "chair"),
        ("Taplak meja", "chair"),
        ("", "chair"),
    ],
)
def test_name_decides_the_drawing_where_its_first_words_are_known(name, kind):
    assert goods.kind_of(name, "chair") == kind


def test_every_named_drawing_exists():
    assert set(goods.NAMED.values()) <= set(goods.KINDS)
