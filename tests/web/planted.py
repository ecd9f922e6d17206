"""What must be found nowhere in public: a list to which others add, and how to look for it."""

import html
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from berdaya.people.actions.identity import record_identity
from berdaya.people.actions.participants import register_participant
from berdaya.people.models import Participant, Placement
from tests.catalog.files import SECRET
from tests.people.test_identity import PLANTED as IDENTITY
from tests.world import SINCE, World


@dataclass(frozen=True)
class Plant:
    """A word nobody may find, and what it stands for."""

    word: str
    what: str


# Of a child's place neither the name nor the code is told, on no map and in no list.
CHILDREN = (
    Plant("LPKA Contoh Kenari", "the name of an LPKA"),
    Plant("LPKA-KPG", "the code of an LPKA"),
    Plant("LPKA", "that there is one"),
)
PICTURES = (Plant(SECRET.decode(), "EXIF, XMP and profile of a photo"),)
SEALED = (
    *(
        Plant(word, f"sealed {field}")
        for field, word in IDENTITY.items()
        if field not in ("born_on", "bank_account")
    ),
    Plant("0091827364", "the account of a maker"),
)


def plant(world: World) -> list[Plant]:
    """Name everybody of the cast by words found nowhere else; answers with all there is to find."""
    found = [*CHILDREN, *PICTURES, *SEALED]
    lpka = world.facilities["LPKA-KPG"]
    with world.everywhere() as scope:
        type(lpka).objects.filter(pk=lpka.pk).update(name="LPKA Contoh Kenari", town="Kenari")
        for number, (name, person) in enumerate(sorted(world.people.items())):
            found += _rename(person, f"Samaran {name.title()} Kedondong", f"NK-KDD-{number}")
        record_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            values=IDENTITY,
        )  # fmt: skip
        unseen = register_participant(
            by=scope.actor, facility=world.atb, pseudonym="Samaran Tak Bekerja Kedondong",
            work_number="NK-KDD-99", status="detainee", valid_from=SINCE,
        )  # fmt: skip
    return [*found, Plant(unseen.pseudonym, "a pseudonym"), Plant(unseen.code, "a person's code")]


def _rename(person: Participant, pseudonym: str, number: str) -> list[Plant]:
    Participant.objects.filter(pk=person.pk).update(pseudonym=pseudonym)
    Placement.objects.filter(participant=person).update(work_number=number)
    person.refresh_from_db()
    return [
        Plant(pseudonym, "a pseudonym"), Plant(number, "a work number"),
        Plant(person.code, "a person's code"),
    ]  # fmt: skip


def readings(data: bytes) -> Iterator[str]:
    """A body as it may be read: as it is, with entities and percent signs undone, unpacked."""
    text = data.decode("utf-8", "replace")
    yield text
    yield html.unescape(text)
    yield unquote_plus(text)
    yield data.decode("utf-16-be", "ignore")
    for part in data.split(b"stream")[1:]:
        try:
            yield zlib.decompressobj().decompress(part.lstrip(b"\r\n")).decode("latin-1")
        except zlib.error:
            continue


def found_in(data: bytes | str, plants: Iterable[Plant]) -> list[str]:
    """Which planted words stand in a body, whatever the case and the blanks between."""
    raw = data.encode() if isinstance(data, str) else data
    texts = [" ".join(text.casefold().split()) for text in readings(raw)]
    return [f"{one.what}: {one.word}" for one in plants
            if any(one.word.casefold() in text for text in texts)]  # fmt: skip


def but_for_the_place(plants: Iterable[Plant]) -> list[Plant]:
    """Without the plain names of institutions, for tables that keep institutions."""
    return [one for one in plants if one not in CHILDREN]
