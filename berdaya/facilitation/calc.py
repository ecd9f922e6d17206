"""The shortest way from what a product holds to what a market asks, with what it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from berdaya.core.verdicts import Reason
from berdaya.legality.rules.listing import Judged, PermitFact
from berdaya.legality.rules.permits import state_on

MARKETS = ("retail", "procurement", "export")
# A median of fewer cases says more about these cases than about the way.
LEAST = 5
LEVELS = ("regency", "province", "nation")
# What a permit needs before it (domain 2.2, 2.4, 2.5); in the order in which they are sought.
BEFORE: Mapping[str, tuple[str, ...]] = {
    "nib": (),
    "standard": ("nib",),
    "spp_irt": ("nib",),
    "bpom_md": ("nib",),
    "pkrt": ("nib",),
    "fertiliser": ("nib",),
    "halal": ("nib",),
    "sni": ("nib",),
    "merek": (),
    "ig": (),
}
ORDER = tuple(BEFORE)
# What comes before is named here: no market asked for it, so no requirement names it.
LABELS = {"nib": "NIB"}
# Which help leads to a permit; the first is proposed.
HELP: Mapping[str, tuple[str, ...]] = {
    "nib": ("nib",),
    "spp_irt": ("pirt",),
    "halal": ("halal_self", "halal_regular"),
    "merek": ("merek",),
}


@dataclass(frozen=True)
class Estimate:
    """What a kind of help takes: whole days, whole rupiah. `level` says how near the cases were,
    or `published` where too few ended; `cases` is their number."""

    days: int | None
    cost_rp: int | None
    level: str = "published"
    cases: int = 0
    note: str = ""

    @property
    def is_measured(self) -> bool:
        """From cases, not from what an office announces."""
        return self.level != "published"


@dataclass(frozen=True)
class Median:
    """Of one kind of help at one level, as the database tells it (facilitation_case_days)."""

    finished: int
    days: float
    cost_rp: float | None


def estimate_of(medians: Mapping[str, Median], published: Estimate) -> Estimate:
    """The nearest level at which LEAST cases ended, else what is published.

    A level whose cases told no cost keeps the published one.
    """
    for level in LEVELS:
        found = medians.get(level)
        if found is not None and found.finished >= LEAST:
            cost = published.cost_rp if found.cost_rp is None else round(found.cost_rp)
            return Estimate(round(found.days), cost, level, found.finished, published.note)
    return published


@dataclass(frozen=True)
class Need:
    """One thing on the way. `state`: met, ending, said (without a permit), missing, or before (not
    asked by the market, but by what comes after it). `help`: the kind of help that brings it."""

    kind: str
    label: str
    state: str
    permit: PermitFact | None = None
    reason: Reason | None = None
    said: str = ""
    help: str = ""
    estimate: Estimate | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in ("missing", "before")


@dataclass(frozen=True)
class Way:
    """What one market asks of a product, in the order in which it is got."""

    market: str
    needs: tuple[Need, ...]

    @property
    def open(self) -> tuple[Need, ...]:
        """What is still to be got."""
        return tuple(one for one in self.needs if one.is_open)

    @property
    def state(self) -> str:
        """ready, ending (ready, but not for longer than 90 days) or lacking."""
        if self.open:
            return "lacking"
        return "ending" if any(one.state == "ending" for one in self.needs) else "ready"

    @property
    def days(self) -> int | None:
        """Days until all is there: what comes before is waited for, the rest goes side by side.

        None where the time of something is not known.
        """
        found = {one.kind: one.estimate.days if one.estimate else None for one in self.open}
        if not found or None in found.values():
            return None
        return max(self._until(kind, found) for kind in found)

    def _until(self, kind: str, days: Mapping[str, int | None]) -> int:
        before = [self._until(one, days) for one in BEFORE.get(kind, ()) if one in days]
        return (days[kind] or 0) + max(before, default=0)

    @property
    def cost_rp(self) -> int | None:
        """Rupiah for all of it; None where the cost of something is not known."""
        found = [one.estimate.cost_rp if one.estimate else None for one in self.open]
        known = [one for one in found if one is not None]
        return sum(known) if found and len(known) == len(found) else None


def way_of(
    market: str,
    judged: Iterable[Judged],
    permits: Iterable[PermitFact],
    estimates: Mapping[str, Estimate],
    day: date,
) -> Way:
    """What is met, and what is still needed with all that must be there before.

    `estimates` are by kind of help.
    """
    held = {one.kind for one in permits if _state(one, day) in ("valid", "ending")}
    needs = [_need(one, estimates, day) for one in judged]
    asked = {one.kind for one in needs}
    for kind in sorted(_before({one.kind for one in needs if one.is_open}) - held - asked):
        needs.append(_open(kind, LABELS.get(kind, kind), "before", None, estimates))
    return Way(market, tuple(sorted(needs, key=_place)))


def _before(kinds: set[str]) -> set[str]:
    found: set[str] = set()
    for kind in kinds:
        own = set(BEFORE.get(kind, ()))
        found |= own | _before(own)
    return found


def _place(need: Need) -> tuple[int, str]:
    known = need.kind in ORDER
    return (ORDER.index(need.kind) if known else len(ORDER), need.label)


def _need(one: Judged, estimates: Mapping[str, Estimate], day: date) -> Need:
    if one.reason is not None:
        kind = shortest(one.kinds, estimates)
        return _open(kind, one.label, "missing", one.reason, estimates)
    if one.permit is None:
        return Need(min(one.kinds, default=""), one.label, "said", said=one.said)
    state = "ending" if _state(one.permit, day) == "ending" else "met"
    kinds = HELP.get(one.permit.kind, ())
    return Need(one.permit.kind, one.label, state, permit=one.permit, help=next(iter(kinds), ""))


def _open(
    kind: str,
    label: str,
    state: str,
    reason: Reason | None,
    estimates: Mapping[str, Estimate],
) -> Need:
    helps = HELP.get(kind, ())
    first = next(iter(helps), "")
    return Need(kind, label, state, reason=reason, help=first, estimate=estimates.get(first))


def shortest(kinds: Iterable[str], estimates: Mapping[str, Estimate]) -> str:
    """Of kinds of which one is enough: the one with help and the fewest days, "" of none."""

    def length(kind: str) -> tuple[bool, int, int]:
        found = estimates.get(next(iter(HELP.get(kind, ())), ""))
        days = found.days if found and found.days is not None else None
        return (days is None, days or 0, ORDER.index(kind) if kind in ORDER else len(ORDER))

    return min(sorted(kinds), key=length, default="")


def _state(permit: PermitFact, day: date) -> str:
    return state_on(day, permit.valid_from, permit.valid_until, permit.revoked_on)
