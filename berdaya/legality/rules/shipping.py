"""May goods of a lot go to that country on that day?

A lot is custody-made if any step of its work was done in custody (domain.md 3.1); New Zealand also
bars what was made in a prison by anybody. Who stands in no row of the table is asked about first.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.legality.rules.listing import OverrideFact
from berdaya.people.rules import CUSTODY_OF_CHILDREN, facility_lpka

HOME = "ID"
# The members of the European Union, in which one row holds for all.
EU = {
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
    "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
}  # fmt: skip

market_barred = declare_reason(
    "market_barred",
    _lazy("%(country)s melarang masuk barang ini: %(basis)s."),
    next_step=_lazy("Kirim hanya lot yang tidak satu pun langkahnya dikerjakan dalam tahanan."),
)
market_barred_but = declare_reason(
    "market_barred_but",
    _lazy("%(country)s melarang masuk barang ini: %(basis)s. Pengecualiannya: %(exceptions)s"),
    next_step=_lazy("Bila pengecualian itu berlaku, minta izin khusus dengan dasar hukumnya."),
    next_url=reverse_lazy("legality:new_override"),
)
market_needs_review = declare_reason(
    "market_needs_review",
    _lazy("Ekspor ke %(country)s perlu ditelaah dulu: %(conditions)s"),
    next_step=_lazy("Minta telaah; kantor pusat yang memutuskan."),
    next_url=reverse_lazy("legality:new_override"),
)
market_unknown = declare_reason(
    "market_unknown",
    _lazy("Aturan masuk %(country)s belum tercatat."),
    next_step=_lazy("Minta telaah; kantor pusat yang memutuskan."),
    next_url=reverse_lazy("legality:new_override"),
)
plots_missing = declare_reason(
    "plots_missing",
    _lazy("Kebun asal bahan lot ini belum lengkap tercatat: %(basis)s."),
    next_step=_lazy("Catat koordinat kebun setiap bahan yang dipakai."),
)


@dataclass(frozen=True)
class EntryFact:
    """One row of the market-entry table that holds for a destination on a day.

    `reach`: all, custody (a step was done in custody) or prison (or made within one). `answer`:
    allowed, review or barred. `needs`: "" or plots. `exceptions`: what an override may name.
    """

    destination: str
    reach: str
    answer: str
    basis: str
    conditions: str = ""
    exceptions: str = ""
    needs: str = ""
    is_unsure: bool = False


@dataclass(frozen=True)
class ShipFacts:
    """What decides whether goods of one lot may go to `destination` (ISO 3166) on `day`.

    `has_plots`: every plot its material comes from is known; None where nobody looked.
    """

    destination: str
    country: str
    day: date
    facility_kind: str
    is_custody_made: bool
    is_made_in_prison: bool
    entries: tuple[EntryFact, ...]
    has_plots: bool | None = None
    overrides: tuple[OverrideFact, ...] = ()

    @property
    def market(self) -> str:
        return f"export:{self.destination}"


def groups_of(destination: str) -> tuple[str, ...]:
    """The country itself, the group it belongs to, and every country, the nearest first."""
    return (destination, "EU", "*") if destination in EU else (destination, "*")


def reaches(entry: EntryFact, facts: ShipFacts) -> bool:
    """Whether a row speaks of goods made like these."""
    if entry.reach == "custody":
        return facts.is_custody_made
    if entry.reach == "prison":
        return facts.is_custody_made or facts.is_made_in_prison
    return True


def may_ship_to(facts: ShipFacts) -> Verdict:
    """Every reason why not. Goods of children never go anywhere; home is no export.

    Reasons that two people lifted (an override on a named basis) are gone; where the law knows no
    exception, nobody can lift it.
    """
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        return Verdict((facility_lpka(),))
    if facts.destination == HOME:
        return Verdict()
    return Verdict(tuple(one for one in _against(facts) if not _is_lifted(one, facts)))


def conditions_of(facts: ShipFacts) -> tuple[str, ...]:
    """What must go with the goods where they may enter, by every row that speaks of them."""
    return tuple(one.conditions for one in _speaking(facts) if one.conditions)


def _speaking(facts: ShipFacts) -> list[EntryFact]:
    """Rows that reach these goods; the nearest destination speaks before the wider ones."""
    found = [one for one in facts.entries if reaches(one, facts)]
    for place in groups_of(facts.destination):
        here = [one for one in found if one.destination == place]
        if here:
            return here
    return []


def _against(facts: ShipFacts) -> list[Reason]:
    speaking = _speaking(facts)
    if not speaking:
        return [market_unknown(country=facts.country)]
    return [reason for one in speaking if (reason := _reason(one, facts))]


def _reason(entry: EntryFact, facts: ShipFacts) -> Reason | None:
    said = {"country": facts.country, "basis": entry.basis}
    if entry.answer == "barred":
        if entry.exceptions:
            return market_barred_but(exceptions=entry.exceptions, **said)
        return market_barred(**said)
    if entry.needs == "plots" and not facts.has_plots:
        return plots_missing(basis=entry.basis)
    if entry.answer == "review":
        return market_needs_review(country=facts.country, conditions=entry.conditions)
    return None


# What law itself leaves no door to is not in it: market_barred, and goods of children.
LIFTABLE = frozenset(["market_barred_but", "market_needs_review", "market_unknown"])


def _is_lifted(reason: Reason, facts: ShipFacts) -> bool:
    by = (over.lifts(reason.code, frozenset(), facts.market, facts.day) for over in facts.overrides)
    return reason.code in LIFTABLE and any(by)
