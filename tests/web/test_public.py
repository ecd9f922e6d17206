"""The front page: the same for everybody, in both languages, with nobody in it."""

import pytest
from django.test import Client

from berdaya.institutions.demo import mark
from tests.counting import at_most
from tests.world import TODAY, World


@pytest.mark.parametrize(("path", "words"), [("/", "Tiga janji"), ("/en/", "Three promises")])
def test_home_is_the_same_for_everybody(world: World, path: str, words: str) -> None:
    with at_most(2):
        stranger = Client().get(path)
    staff = world.client().get(path)

    assert words in stranger.content.decode()
    assert stranger.content == staff.content
    assert not stranger.cookies
    assert not staff.cookies
    assert "Cookie" not in stranger.get("Vary", "")


def test_home_of_the_demo_world_says_so(world: World) -> None:
    assert "rekaan" not in Client().get("/").content.decode()
    with world.everywhere():
        mark(TODAY)

    assert "rekaan" in Client().get("/").content.decode()


def test_robots_keeps_crawlers_from_the_desk(db: None) -> None:
    response = Client().get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /en/desk/" in response.content.decode()
