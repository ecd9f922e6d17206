"""What rooms above show of a person: links on the person's page, for whoever may follow them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from berdaya.core.scope import Actor
from berdaya.institutions.rules import may


@dataclass(frozen=True)
class PersonLink:
    """A page about one person, by the name of its address, which takes the person's code."""

    label: str | Promise
    url_name: str
    ability: str


_links: dict[str, PersonLink] = {}


def person_link(label: str | Promise, url_name: str, *, ability: str) -> None:
    """Register a page about a person, in AppConfig.ready."""
    _links[url_name] = PersonLink(label, url_name, ability)


def links_of(code: str, actor: Actor, facility_id: int) -> list[tuple[str | Promise, str]]:
    """Label and address of the pages about this person that the actor may open there."""
    return [
        (one.label, reverse(one.url_name, args=[code]))
        for one in _links.values()
        if may(actor, one.ability, facility_id).ok
    ]
