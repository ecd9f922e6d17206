"""May goods carry a protected name or a motif? Names of a place belong to those who keep them.

Sources: UU 20/2016 (geographical indications: name only by the book of requirements
and with the permission of its keepers, the MPIG); UU 28/2014 article 38 (traditional expressions);
some motifs are woven for ceremonies alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, declare_reason

ig_not_registered = declare_reason(
    "ig_not_registered",
    _lazy("%(name)s belum terdaftar sebagai indikasi geografis."),
    next_step=_lazy("Pakai nama barang tanpa sebutan itu sampai terdaftar."),
)
ig_outside_area = declare_reason(
    "ig_outside_area",
    _lazy("%(name)s hanya untuk barang dari %(area)s."),
    next_step=_lazy("Hapus sebutan itu dari asal produk; asal yang sebenarnya tetap ditulis."),
)
ig_motif_not_in_book = declare_reason(
    "ig_motif_not_in_book",
    _lazy("Motif ini tidak tercantum dalam buku persyaratan %(name)s."),
    next_step=_lazy("Pilih motif dari buku itu, atau jual tanpa sebutan indikasi geografis."),
)
ig_name_unclaimed = declare_reason(
    "ig_name_unclaimed",
    _lazy("Nama ini memakai %(name)s, sebutan yang dilindungi."),
    next_step=_lazy("Catat asal dan persetujuan MPIG pada produknya, atau ganti namanya."),
)

APPROVAL = "ig"
CONSENT = "motif_consent"


@dataclass(frozen=True)
class OriginFact:
    """What a product claims of a place and a motif; an empty `name` claims no indication.

    `is_inside`: made inside the area, or of material from it where the indication binds that.
    `is_listed`: its motif stands in the book; true where the book names no motifs.
    """

    name: str = ""
    area: str = ""
    registered_on: date | None = None
    ended_on: date | None = None
    is_inside: bool = True
    is_listed: bool = True
    motif: str = ""
    is_ceremonial: bool = False


NO_CLAIM = OriginFact()


def against_origin(fact: OriginFact, day: date) -> list[Reason]:
    """What stands against the claim on a day, papers aside."""
    if not fact.name:
        return []
    found = []
    if not _is_registered(fact, day):
        found.append(ig_not_registered(name=fact.name))
    if not fact.is_inside:
        found.append(ig_outside_area(name=fact.name, area=fact.area))
    if not fact.is_listed:
        found.append(ig_motif_not_in_book(name=fact.name))
    return found


def _is_registered(fact: OriginFact, day: date) -> bool:
    begun = fact.registered_on is not None and fact.registered_on <= day
    return begun and (fact.ended_on is None or day < fact.ended_on)


def papers_for(fact: OriginFact) -> list[str]:
    """Kinds of permits that the claim needs."""
    kinds = [APPROVAL] if fact.name else []
    return [*kinds, CONSENT] if fact.is_ceremonial else kinds


def names_used(text: str, names: Iterable[str]) -> list[str]:
    """Protected names whose every word stands in the text, in any order; longest first.

    `Kopi Arabika Bajawa` uses `Kopi Arabika Bajawa`, `Selendang Sikka` does not use `Tenun Ikat
    Sikka`: a place alone is nobody's.
    """
    words = set(_words(text))
    used = [name for name in names if set(_words(name)) <= words]
    return sorted(used, key=lambda name: (-len(name), name))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
