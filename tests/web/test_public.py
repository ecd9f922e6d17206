"""The front page: the same for everybody, in both languages, with nobody in it."""

import pytest
from django.test import Client

from berdaya.institutions.demo import mark
from tests.world import TODAY, World


@pytest.mark.parametrize(("path", "words"), [("/", "Tiga janji"), ("/en/", "Three promises")])
def test_home_of_an_empty_shop_still_speaks(world: World, path: str, words: str) -> None:
    page = Client().get(path)

    assert page.status_code == 200
    assert words in page.content.decode()


def test_home_of_the_demo_world_says_so(world: World) -> None:
    assert "rekaan" not in Client().get("/").content.decode()
    with world.everywhere():
        mark(TODAY)

    assert "rekaan" in Client().get("/").content.decode()


def test_robots_keeps_crawlers_from_the_desk(db: None) -> None:
    response = Client().get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /en/desk/" in response.content.decode()
    assert "Sitemap: " in response.content.decode()
