"""What the gate of `legality` says to lots and a country, with plots looked at and law named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from berdaya.core.verdicts import Reason, Verdict, combine
from berdaya.evidence.models import Outcome
from berdaya.evidence.queries import batch_of, commodity_of, origin_facts, origins_of
from berdaya.evidence.rules import may_go_to_eu
from berdaya.institutions.models import Appointment
from berdaya.legality.models import Override
from berdaya.legality.queries.facts import granted
from berdaya.legality.queries.shipping import country_name, ship_facts
from berdaya.legality.rules.shipping import ShipFacts, conditions_of, may_ship_to
from berdaya.stock.models import Lot


@dataclass(frozen=True)
class Answer:
    """One country's answer to some lots together: the worst of theirs, reasons of all.

    `reasons` stand against it by law; where an override lifts them all, `override` is it.
    """

    country: str
    name: str
    outcome: str
    reasons: tuple[Reason, ...]
    conditions: tuple[str, ...]
    override: Override | None = None

    @property
    def tone(self) -> str:
        """Of its chip."""
        return {"allowed": "done", "overridden": "warn", "refused": "bad"}[self.outcome]

    @property
    def label(self) -> str:
        """In the reader's language."""
        return str(Outcome(self.outcome).label)


def plots_known(lot: Lot) -> Verdict | None:
    """Whether the plots of all its material are known; None where nobody asks for plots."""
    if not commodity_of(lot):
        return None
    batch = batch_of(lot)
    return may_go_to_eu(origin_facts(origins_of(batch)) if batch else [])


def ask(
    lots: Sequence[Lot], country: str, day: date, plots: Mapping[int, bool] | None = None
) -> Answer:
    """The gate's answer for these lots; `plots` by lot where it was asked already.

    Their facility and `variant.product.category` must be loaded. Nothing to send is refused by
    whoever asks, not here.
    """
    known = plots if plots is not None else plots_of(lots)
    facts = list(ship_facts(lots, country, day, known).values())
    reasons = combine(may_ship_to(replace(one, overrides=())) for one in facts).reasons
    standing = combine(may_ship_to(one) for one in facts)
    outcome = _outcome(standing, reasons)
    return Answer(
        country=country,
        name=country_name(country),
        outcome=outcome,
        reasons=standing.reasons if outcome == Outcome.REFUSED else reasons,
        conditions=_conditions(facts),
        override=_override(lots, country, day) if outcome == Outcome.OVERRIDDEN else None,
    )


def plots_of(lots: Sequence[Lot]) -> dict[int, bool]:
    """By lot whether all its plots are known."""
    told = {lot.pk: plots_known(lot) for lot in lots}
    return {pk: verdict.ok for pk, verdict in told.items() if verdict is not None}


def _outcome(standing: Verdict, reasons: tuple[Reason, ...]) -> str:
    if not standing.ok:
        return Outcome.REFUSED
    return Outcome.OVERRIDDEN if reasons else Outcome.ALLOWED


def _conditions(facts: Sequence[ShipFacts]) -> tuple[str, ...]:
    """What must go with the goods, each once, in the order of the table."""
    return tuple(dict.fromkeys(words for one in facts for words in conditions_of(one)))


def _override(lots: Sequence[Lot], country: str, day: date) -> Override | None:
    """The exception that lifts it, the newest; its decision comes along."""
    rows = granted().on(day).filter(
        product__in={lot.variant.product_id for lot in lots},
        market__in=["export", f"export:{country}"],
    )  # fmt: skip
    return rows.select_related("decision__decided_by", "facility").first()


def office_of(override: Override, day: date) -> str:
    """The office that granted an exception: where its second person was appointed then."""
    rows = Appointment.objects.on(day).filter(staff=override.decision.decided_by)
    found = rows.select_related("office", "facility").order_by("office", "pk").first()
    place = (found.office or found.facility) if found else None
    return place.name if place else override.facility.name
