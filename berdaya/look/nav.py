"""The desk's navigation: rooms register entries, the desk shows those that lead somewhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, str | Promise] = {
    "": "",
    "bengkel": _("Bengkel"),
    "jual": _("Jual"),
    "uang": _("Uang"),
    "legal": _("Legal"),
    "orang": _("Orang"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `group` is a key of GROUPS, "" stands above them all."""

    group: str
    label: str | Promise
    url_name: str
    ability: str | None = None
    order: int = 100
    icon: str = ""


@dataclass(frozen=True)
class Link:
    """An entry resolved for one request."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """A heading of the navigation and what stands below it."""

    label: str | Promise
    links: list[Link]


@dataclass(frozen=True)
class SiteEntry:
    """A line of the public head: an address by name, and the query that narrows it."""

    label: str | Promise
    url_name: str
    query: str = ""


_entries: dict[str, Entry] = {}
_site: dict[tuple[str, str], SiteEntry] = {}
_ability_check: list[Callable[[Any, str], bool]] = []


def nav_entry(
    group: str,
    label: str | Promise,
    url_name: str,
    ability: str | None = None,
    order: int = 100,
    icon: str = "",
) -> None:
    """Register a line of the desk's navigation; called in a room's AppConfig.ready.

    Raises ValueError for an unknown group.
    """
    if group not in GROUPS:
        raise ValueError(f"unknown navigation group {group!r}")
    _entries[url_name] = Entry(group, label, url_name, ability, order, icon)


def site_entry(label: str | Promise, url_name: str, query: str = "") -> None:
    """Register a line of the public head, in the order of registration; in AppConfig.ready."""
    _site[url_name, query] = SiteEntry(label, url_name, query)


def site_nav(request: HttpRequest) -> list[Link]:
    """The public head's lines that lead somewhere; depends on the address alone."""
    links = []
    for entry in _site.values():
        if path := _address(entry):
            url = f"{path}?{entry.query}" if entry.query else path
            links.append(Link(entry.label, url, "", _is_here(request, path, entry.query)))
    return links


def _is_here(request: HttpRequest, path: str, query: str) -> bool:
    return request.path == path and query in request.META.get("QUERY_STRING", "").split("&")


def check_abilities_with(check: Callable[[Any, str], bool]) -> None:
    """Let the room that knows roles decide `check(actor, ability)` for every entry."""
    _ability_check[:] = [check]


def desk_nav(request: HttpRequest) -> list[Group]:
    """The groups with at least one line this request's actor can follow."""
    actor = getattr(request, "actor", None)
    entries = [(entry, _address(entry)) for entry in _sorted_entries() if _shown(entry, actor)]
    resolved = [(entry, url) for entry, url in entries if url]
    current = _current_url(request.path, (url for _entry, url in resolved))
    groups = []
    for key, label in GROUPS.items():
        links = [
            Link(entry.label, url, entry.icon, url == current)
            for entry, url in resolved
            if entry.group == key
        ]
        if links:
            groups.append(Group(label, links))
    return groups


def _sorted_entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name))


def _shown(entry: Entry, actor: object) -> bool:
    if entry.ability is None or not _ability_check:
        return True
    return actor is not None and _ability_check[0](actor, entry.ability)


def _address(entry: Entry | SiteEntry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _current_url(path: str, urls: Iterable[str]) -> str:
    """The longest address the present path lies under; the desk's root only counts exactly."""
    under = [url for url in urls if path == url or (url.count("/") > 3 and path.startswith(url))]
    return max(under, key=len, default="")
