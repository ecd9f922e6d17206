"""May this be offered in that market on that day, and if not, what is missing?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.legality.rules.origins import (
    APPROVAL,
    NO_CLAIM,
    OriginFact,
    against_origin,
    papers_for,
)
from berdaya.people.rules import CUSTODY_OF_CHILDREN, facility_lpka

permit_missing = declare_reason(
    "permit_missing",
    _lazy("%(product)s belum punya %(kind)s."),
    next_step=_lazy("Ajukan, lalu catat nomornya di Izin dan Sertifikat."),
    next_url=reverse_lazy("legality:new_permit"),
)
permit_lapsed = declare_reason(
    "permit_lapsed",
    _lazy("%(kind)s %(number)s habis pada %(day)s."),
    next_step=_lazy("Catat perpanjangannya; sampai itu barang ini tidak ditayangkan."),
    next_url=reverse_lazy("legality:permits"),
)
permit_not_yet = declare_reason(
    "permit_not_yet",
    _lazy("%(kind)s %(number)s baru berlaku mulai %(day)s."),
    next_step=_lazy("Tunggu sampai tanggal itu."),
    next_url=reverse_lazy("legality:permits"),
)
permit_revoked = declare_reason(
    "permit_revoked",
    _lazy("%(kind)s %(number)s dicabut pada %(day)s."),
    next_step=_lazy("Selesaikan sebab pencabutannya, lalu ajukan yang baru."),
    next_url=reverse_lazy("legality:permits"),
)
permit_wrong_place = declare_reason(
    "permit_wrong_place",
    _lazy("%(kind)s %(number)s terbit untuk tempat produksi lain."),
    next_step=_lazy("Ajukan untuk tempat ini: izin ini terikat pada tempatnya."),
    next_url=reverse_lazy("legality:permits"),
)
permit_wrong_scope = declare_reason(
    "permit_wrong_scope",
    _lazy("%(kind)s %(number)s adalah untuk dapur, bukan untuk barang yang dijual."),
    next_step=_lazy("Ajukan sertifikat untuk barangnya; sertifikat dapur tidak mencakupnya."),
    next_url=reverse_lazy("legality:permits"),
)
permit_wrong_variant = declare_reason(
    "permit_wrong_variant",
    _lazy("%(kind)s %(number)s tidak menyebut varian %(product)s."),
    next_step=_lazy("Centang variannya bila tercetak pada sertifikatnya, atau ajukan untuknya."),
    next_url=reverse_lazy("legality:permits"),
)
lot_missing = declare_reason(
    "lot_missing",
    _lazy("Belum ada barang jadi dari %(product)s."),
    next_step=_lazy("Tutup satu batch lebih dulu, atau pasang sebagai pesanan."),
)


@dataclass(frozen=True)
class PermitFact:
    """What decides about one permit; `place_id` is where the goods it names are made.

    `is_for_kitchen`: it stands for the kitchen that feeds the unit, and covers nothing that is
    sold. `names_variant`: it names the product whole, or this variant of it.
    """

    kind: str
    label: str
    number: str
    valid_from: date
    valid_until: date | None
    revoked_on: date | None
    place_id: int
    is_bound_to_place: bool
    is_for_kitchen: bool = False
    names_variant: bool = True

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as papers print it."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None


@dataclass(frozen=True)
class RequirementFact:
    """One kind that is needed; of those with the same `choice` one is enough."""

    kind: str
    label: str
    choice: str = ""


@dataclass(frozen=True)
class StandingFact:
    """What a product says of halal without a certificate: in_process, exempt or not_halal."""

    status: str
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True)
class OverrideFact:
    """An exception that two people granted on a legal basis: for one reason, perhaps one kind."""

    code: str
    kind: str
    valid_from: date
    valid_until: date
    market: str = ""

    def lifts(self, code: str, kinds: frozenset[str], market: str, day: date) -> bool:
        """Whether it answers this reason on that day."""
        fits = self.code == code and (not self.kind or self.kind in kinds)
        here = self.market in (market, market.partition(":")[0])
        return fits and here and self.valid_from <= day < self.valid_until


@dataclass(frozen=True)
class ListingFacts:
    """What decides whether a product may be offered in a market on `day`."""

    product: str
    facility_id: int
    facility_kind: str
    market: str
    day: date
    requirements: tuple[RequirementFact, ...]
    permits: tuple[PermitFact, ...]
    has_lot: bool
    standings: tuple[StandingFact, ...] = ()
    origin: OriginFact = NO_CLAIM
    overrides: tuple[OverrideFact, ...] = ()

    @property
    def standing(self) -> str:
        """What is said of halal on the day, "" for nothing."""
        return next((one.status for one in self.standings if one.holds_on(self.day)), "")


HALAL = "halal"
# Goods that say so on the pack may be sold without a certificate (UU 33/2014 article 26).
WITHOUT_CERTIFICATE = ("exempt", "not_halal")
# What two people may lift on a legal basis; goods of children and food past its day never are.
LIFTABLE = (
    "permit_missing",
    "permit_lapsed",
    "permit_not_yet",
    "permit_wrong_place",
    "ig_not_registered",
    "ig_outside_area",
    "ig_motif_not_in_book",
)


def may_list(facts: ListingFacts) -> Verdict:
    """Every reason why it may not be offered; what lapses, lapses by its window.

    Sources: UU 33/2014 and PP 42/2024 (halal), PP 28/2025 (NIB), BPOM rules (P-IRT), UU 20/2016
    (protected names); the rows of legality_requirement carry the basis of each.
    """
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        return Verdict((facility_lpka(),))
    found = [one.reason for one in judge(facts) if one.reason]
    if not facts.has_lot:
        found.append(lot_missing(product=facts.product))
    return Verdict(tuple(found))


@dataclass(frozen=True)
class Judged:
    """One thing that the market or a claim asks: what meets it, or why nothing does.

    `said` is a standing (exempt, not_halal) or `override` that meets it without a permit; `kinds`
    are the kinds of permits of which one would do.
    """

    label: str
    permit: PermitFact | None
    reason: Reason | None
    kinds: frozenset[str] = frozenset()
    said: str = ""


def judge(facts: ListingFacts) -> tuple[Judged, ...]:
    """Every requirement, met or not; of those with the same choice one is enough."""
    asked = [*facts.requirements, *(_paper(facts, kind) for kind in papers_for(facts.origin))]
    judged = [_judged(facts, group) for group in _groups(asked)]
    claims = [
        Judged(facts.origin.name, None, one) for one in against_origin(facts.origin, facts.day)
    ]
    return tuple(_lifted(facts, one) for one in (*judged, *claims))


def _paper(facts: ListingFacts, kind: str) -> RequirementFact:
    """What a claim needs on paper, named by what is claimed."""
    origin = facts.origin
    return RequirementFact(kind, origin.name if kind == APPROVAL else origin.motif)


def _lifted(facts: ListingFacts, one: Judged) -> Judged:
    """A reason that an override answers is none."""
    code = one.reason.code if one.reason else ""
    by = (over.lifts(code, one.kinds, facts.market, facts.day) for over in facts.overrides)
    if code in LIFTABLE and any(by):
        return replace(one, reason=None, said="override")
    return one


def _judged(facts: ListingFacts, group: list[RequirementFact]) -> Judged:
    kinds = frozenset(need.kind for need in group)
    label = " / ".join(need.label for need in group)
    fitting = (one for one in facts.permits if one.kind in kinds and not _against(one, facts))
    permit = next(fitting, None)
    if permit is not None:
        return Judged(label, permit, None, kinds)
    if HALAL in kinds and facts.standing in WITHOUT_CERTIFICATE:
        return Judged(label, None, None, kinds, facts.standing)
    reasons = [_reason(facts, need) for need in group]
    return Judged(label, None, _nearest([reason for reason in reasons if reason]), kinds)


def _groups(needs: Iterable[RequirementFact]) -> list[list[RequirementFact]]:
    groups: dict[str, list[RequirementFact]] = {}
    for need in needs:
        groups.setdefault(need.choice or need.kind, []).append(need)
    return list(groups.values())


def _nearest(reasons: list[Reason]) -> Reason:
    """Of several ways to comply, the one where a permit exists already."""
    return next((reason for reason in reasons if reason.code != "permit_missing"), reasons[0])


def _reason(facts: ListingFacts, need: RequirementFact) -> Reason | None:
    """Why this need is not met; None when one permit meets it."""
    permits = [permit for permit in facts.permits if permit.kind == need.kind]
    reasons = [_against(permit, facts) for permit in permits]
    if not permits:
        return permit_missing(product=facts.product, kind=need.label)
    return None if None in reasons else reasons[0]


def _against(permit: PermitFact, facts: ListingFacts) -> Reason | None:
    said = {"kind": permit.label, "number": permit.number}
    # First what no renewal would mend.
    if permit.is_for_kitchen:
        return permit_wrong_scope(**said)
    if not permit.names_variant:
        return permit_wrong_variant(product=facts.product, **said)
    if permit.revoked_on and permit.revoked_on <= facts.day:
        return permit_revoked(day=_told(permit.revoked_on), **said)
    if permit.valid_until and permit.valid_until <= facts.day:
        return permit_lapsed(day=_told(permit.valid_until - timedelta(days=1)), **said)
    if facts.day < permit.valid_from:
        return permit_not_yet(day=_told(permit.valid_from), **said)
    if permit.is_bound_to_place and permit.place_id != facts.facility_id:
        return permit_wrong_place(**said)
    return None


def change_days(facts: ListingFacts) -> set[date]:
    """Every day on which the answer may change, requirements aside."""
    days: set[date | None] = {facts.origin.registered_on, facts.origin.ended_on}
    for permit in facts.permits:
        days |= {permit.valid_from, permit.valid_until, permit.revoked_on}
    for row in (*facts.standings, *facts.overrides):
        days |= {row.valid_from, row.valid_until}
    return {day for day in days if day}


def _told(day: date) -> str:
    return day.strftime("%d-%m-%Y")
