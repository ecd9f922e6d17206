"""Somebody who reads everything public: from the front page along every link, and every address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

STARTS = ("/", "/en/", "/sitemap.xml", "/robots.txt", "/asal", "/produk/", "/masuk/")
HERE = {"", "testserver", urlsplit(settings.PUBLIC_BASE_URL).netloc}
LINK = re.compile(r"""(?:href|src|action|content|data-[a-z-]+)=["']([^"'<>\s]+)["']""")
SOURCES = re.compile(r"""srcset=["']([^"']+)["']""")
PLACE = re.compile(r"<loc>([^<]+)</loc>")
ADDRESS = re.compile(r'"(https?://[^"\s]+)"')
STYLE = re.compile(r"url\(([^)]+)\)")
ANY = ["1"]
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Visit:
    """One answer: its status, what it is, its headers in words, its bytes."""

    url: str
    status: int
    kind: str
    head: str
    body: bytes

    @property
    def everything(self) -> bytes:
        return f"{self.url}\n{self.head}\n".encode() + self.body


@dataclass
class Crawler:
    """Asks as nobody, each address once."""

    most: int = 1_500
    seen: dict[str, Visit] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def walk(self, *starts: str) -> None:
        """Follow every link on this host until nothing new is found."""
        waiting = list(starts or STARTS)
        while waiting and len(self.seen) < self.most:
            url = waiting.pop(0)
            if url not in self.seen:
                waiting += self.visit(url)

    def visit(self, url: str) -> list[str]:
        """Ask for one address; answers with the addresses of this host that it names."""
        answer: Any = self.client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.get("Content-Type", "").partition(";")[0]
        head = "\n".join(f"{name}: {value}" for name, value in answer.items())
        head += "\n" + answer.cookies.output()
        self.seen[url] = Visit(url, answer.status_code, kind, head, body)
        return sorted(links(url, kind, body, answer.get("Location", "")))


def links(url: str, kind: str, body: bytes, location: str) -> set[str]:
    """Addresses of this host in an answer, without their fragments."""
    named = {location} if location else set()
    if kind.startswith(("text/", "application/xml", "image/svg")):
        text = body.decode("utf-8", "replace")
        for pattern in (LINK, PLACE, ADDRESS, STYLE):
            named |= {unescape(one).strip("\"'") for one in pattern.findall(text)}
        for many in SOURCES.findall(text):
            named |= {one.split()[0] for one in many.split(",") if one.split()}
    found = set()
    for one in named:
        parts = urlsplit(urljoin(f"http://testserver{url}", one))
        # Each filter of a list alone; every mixture of them would be thousands of pages.
        is_mixture = len(parts.query.split("&")) > 1
        if parts.scheme in ("http", "https") and parts.netloc in HERE and not is_mixture:
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return {one for one in found if one.startswith("/")}


def public_patterns() -> dict[str, str]:
    """Every address of the URL conf that is no desk's: name -> path with its <keys>."""
    with override("id"):
        return dict(_patterns(get_resolver(), "", ""))


def _patterns(resolver: URLResolver, room: str, start: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        path = start + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, one.namespace or room, path)
        elif isinstance(one, URLPattern) and "desk/" not in path:
            yield f"{room}:{one.name}" if room else str(one.name), path


def filled(path: str, keys: dict[str, list[str]]) -> list[str]:
    """A path with every value of its keys in turn; one address for each."""
    names = CONVERTER.findall(path)
    rounds = max((len(keys.get(name, ANY)) for name in names), default=1)
    made = []
    for turn in range(rounds):
        text = path
        for name in names:
            values = keys.get(name, ANY)
            text = CONVERTER.sub(values[turn % len(values)], text, count=1)
        made.append("/" + text.replace("\\", "").lstrip("^").rstrip("$"))
    return made
