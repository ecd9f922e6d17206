"""Base templates, error pages, navigation, components and paper."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from berdaya.core.scope import current
from berdaya.look import bundle, nav, samples
from berdaya.look.context import other_language_url
from berdaya.look.paper import PAPERS, render_pdf
from berdaya.look.parts import SplitPart, bars_of

INLINE = re.compile(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", re.I)
CODES = (403, 404, 409, 429, 500, 503)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_error_page_needs_no_database_and_no_context(code, language):
    with translation.override(language):
        page = render_to_string(f"look/errors/{code}.html")

    assert str(code) in page
    assert not INLINE.search(page)
    assert current() is None


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/en/"),
        ("/desk/?hal=2", "/en/desk/?hal=2"),
        ("/en/", "/"),
        ("/en/desk/", "/desk/"),
        ("/entah/", "/en/entah/"),
    ],
)
def test_other_language_is_the_same_page(path, other):
    assert other_language_url(path) == other


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("url", ["/desk/komponen/", "/en/desk/komponen/"])
def test_components_page_is_whole_and_keeps_the_policy(url):
    response = Client().get(url)

    page = response.content.decode()
    assert response.status_code == 200
    assert not INLINE.search(page)
    assert "contoh_consent_missing" in page
    assert page.count('class="good"') >= 14


@pytest.mark.usefixtures("db")
def test_list_fragment_answers_htmx_alone():
    response = Client().get(
        "/desk/komponen/?cari=B0412",
        headers={"HX-Request": "true", "HX-Target": "rows-batch-contoh"},
    )

    page = response.content.decode()
    assert page.strip().startswith('<div id="rows-batch-contoh">')
    assert "LP-ATB-26-B0412" in page
    assert "LP-ATB-26-B0411" not in page


@pytest.mark.usefixtures("db")
def test_stylesheet_is_kept_for_ever_under_its_own_name():
    digest = bundle.bundle("desk").digest

    fresh = Client().get(f"/tampilan/desk.{digest}.css")
    stale = Client().get("/tampilan/desk.000000000000.css")

    assert "immutable" in fresh["Cache-Control"]
    assert "immutable" not in stale["Cache-Control"]
    assert Client().get("/tampilan/other.000000000000.css").status_code == 404
    assert len(bundle.bundle("public").gzipped) < 12_000


def test_navigation_hides_what_leads_nowhere_and_what_is_not_allowed(monkeypatch):
    monkeypatch.setattr(nav, "_entries", {})
    monkeypatch.setattr(nav, "_ability_check", [lambda actor, ability: ability == "yes"])
    nav.nav_entry("bengkel", "Nowhere", "no:such")
    nav.nav_entry("bengkel", "Components", "look:components", ability="yes")
    nav.nav_entry("uang", "Letter", "look:sample_letter", ability="no")
    request = RequestFactory().get("/desk/komponen/")
    request.actor = object()

    groups = nav.desk_nav(request)

    assert [link.label for group in groups for link in group.links] == ["Components"]
    assert groups[0].links[0].is_current


def test_unknown_navigation_group_is_refused():
    with pytest.raises(ValueError, match="unknown"):
        nav.nav_entry("other", "x", "look:components")


def test_split_bar_ends_exactly_at_the_edge():
    parts = [SplitPart("a", 1, "fee"), SplitPart("b", 1, "makers"), SplitPart("c", 1, "state")]

    bars = bars_of(parts)

    assert sum(bar.width for bar in bars) == 1000
    assert bars[1].x == bars[0].width


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_is_the_same_for_the_same_data(paper):
    first = render_pdf("letter.typ", samples.letter(), paper)

    assert first.startswith(b"%PDF")
    assert render_pdf("letter.typ", samples.letter(), paper) == first


def test_unknown_paper_or_template_is_refused():
    with pytest.raises(ValueError, match="paper"):
        render_pdf("letter.typ", {}, "letter")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="template"):
        render_pdf("../settings.py", {})


@pytest.mark.usefixtures("db")
def test_addresses_written_out_lead_to_their_views():
    page = render_to_string("look/errors/500.html")

    addresses = re.findall(r'(?:src|href)="(/(?:motif|gambar|tampilan)/[^"]+)"', page)

    assert len(addresses) == 3
    assert {Client().get(address).status_code for address in addresses} == {200}
