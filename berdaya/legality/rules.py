"""May this be offered in that market, and may this number stand on a permit?"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.people.rules import CUSTODY_OF_CHILDREN, facility_lpka

WARN_DAYS = 90

permit_missing = declare_reason(
    "permit_missing",
    _lazy("%(product)s belum punya %(kind)s."),
    next_step=_lazy("Ajukan, lalu catat nomornya di Izin dan Sertifikat."),
)
permit_lapsed = declare_reason(
    "permit_lapsed",
    _lazy("%(kind)s %(number)s habis pada %(day)s."),
    next_step=_lazy("Catat perpanjangannya; sampai itu barang ini tidak ditayangkan."),
)
permit_not_yet = declare_reason(
    "permit_not_yet",
    _lazy("%(kind)s %(number)s baru berlaku mulai %(day)s."),
    next_step=_lazy("Tunggu sampai tanggal itu."),
)
permit_revoked = declare_reason(
    "permit_revoked",
    _lazy("%(kind)s %(number)s dicabut pada %(day)s."),
    next_step=_lazy("Selesaikan sebab pencabutannya, lalu ajukan yang baru."),
)
permit_wrong_place = declare_reason(
    "permit_wrong_place",
    _lazy("%(kind)s %(number)s terbit untuk tempat produksi lain."),
    next_step=_lazy("Ajukan untuk tempat ini: izin ini terikat pada tempatnya."),
)
lot_missing = declare_reason(
    "lot_missing",
    _lazy("Belum ada barang jadi dari %(product)s."),
    next_step=_lazy("Tutup satu batch lebih dulu, atau pasang sebagai pesanan."),
)
permit_number_malformed = declare_reason(
    "permit_number_malformed",
    _lazy("Nomor %(kind)s ini tidak lengkap atau salah ketik."),
    next_step=_lazy("Bentuknya seperti %(example)s."),
)
permit_over_already = declare_reason(
    "permit_over_already",
    _lazy("Izin ini sudah dicabut, atau tanggalnya mendahului masa berlakunya."),
    next_step=_lazy("Periksa tanggalnya."),
)


@dataclass(frozen=True)
class PermitFact:
    """What decides about one permit; `place_id` is where the goods it names are made."""

    kind: str
    label: str
    number: str
    valid_from: date
    valid_until: date | None
    revoked_on: date | None
    place_id: int
    is_bound_to_place: bool

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


def may_list(facts: ListingFacts) -> Verdict:
    """Every reason why it may not be offered; what lapses, lapses by its window.

    Sources: UU 33/2014 and PP 42/2024 (halal), PP 28/2025 (NIB), BPOM rules (P-IRT); the rows of
    legality_requirement carry the basis of each.
    """
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        return Verdict((facility_lpka(),))
    found = [one.reason for one in judge(facts) if one.reason]
    if not facts.has_lot:
        found.append(lot_missing(product=facts.product))
    return Verdict(tuple(found))


@dataclass(frozen=True)
class Judged:
    """One thing that the market asks: the permit that meets it, or why none does."""

    label: str
    permit: PermitFact | None
    reason: Reason | None


def judge(facts: ListingFacts) -> tuple[Judged, ...]:
    """Every requirement, met or not; of those with the same choice one is enough."""
    return tuple(_judged(facts, group) for group in _groups(facts.requirements))


def _judged(facts: ListingFacts, group: list[RequirementFact]) -> Judged:
    kinds = {need.kind for need in group}
    label = " / ".join(need.label for need in group)
    fitting = (one for one in facts.permits if one.kind in kinds and not _against(one, facts))
    permit = next(fitting, None)
    if permit is not None:
        return Judged(label, permit, None)
    reasons = [_reason(facts, need) for need in group]
    return Judged(label, None, _nearest([reason for reason in reasons if reason]))


def _groups(needs: tuple[RequirementFact, ...]) -> list[list[RequirementFact]]:
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
    if permit.revoked_on and permit.revoked_on <= facts.day:
        return permit_revoked(day=_told(permit.revoked_on), **said)
    if permit.valid_until and permit.valid_until <= facts.day:
        return permit_lapsed(day=_told(permit.valid_until - timedelta(days=1)), **said)
    if facts.day < permit.valid_from:
        return permit_not_yet(day=_told(permit.valid_from), **said)
    if permit.is_bound_to_place and permit.place_id != facts.facility_id:
        return permit_wrong_place(**said)
    return None


def _told(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def state_on(day: date, valid_from: date, valid_until: date | None, revoked_on: date | None) -> str:
    """not_yet, valid, ending (90 days or less left), lapsed or revoked."""
    if revoked_on and revoked_on <= day:
        return "revoked"
    if day < valid_from:
        return "not_yet"
    if valid_until is None:
        return "valid"
    if valid_until <= day:
        return "lapsed"
    return "ending" if valid_until - day <= timedelta(days=WARN_DAYS) else "valid"


def tidy_number(text: str) -> str:
    """One spelling: capitals, single spaces, P-IRT with its hyphen before the year."""
    words = " ".join(text.upper().split())
    found = re.fullmatch(r"(?:P-?IRT\s*(?:NO\.?)?\s*)?(\d{13})-?(\d{2})", words)
    return f"P-IRT {found[1]}-{found[2]}" if found else words


def may_be_number(pattern: str, number: str, label: str, example: str) -> Verdict:
    """Whether a number looks like one of its kind; lenient, see PermitKind."""
    if re.fullmatch(pattern, number):
        return Verdict()
    return Verdict((permit_number_malformed(kind=label, example=example),))
