"""Record a party, and how its revenue is treated from a day on."""

from datetime import date

from django.db import IntegrityError, transaction

from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions import rules
from berdaya.institutions.models import Facility, Party, RegimeKind, RevenueRegime


def record_party(
    *,
    by: Actor,
    code: str,
    kind: str,
    name: str,
    facility: Facility,
    town: str = "",
    contact: str = "",
) -> Party:
    """A new party of a unit; its kind never changes. Refused: party_exists."""
    required()
    require(rules.may_for_party(by, "party.edit", facility.pk))
    try:
        with transaction.atomic():
            return Party.objects.create(
                code=code,
                kind=kind,
                name=name,
                facility=facility,
                town=town or facility.town,
                contact=contact.strip(),
            )
    except IntegrityError as error:
        raise Refused(rules.party_exists(code=code)) from error


def set_contact(*, by: Actor, party: Party, contact: str) -> None:
    """Where buyers ask and complain: a telephone number or an e-mail address, shown in the shop."""
    required()
    require(rules.may_for_party(by, "party.edit", party.facility_id))
    party.contact = contact.strip()
    party.save(update_fields=["contact"])


def set_revenue_regime(
    *,
    by: Actor,
    party: Party,
    kind: RegimeKind,
    valid_from: date,
    agreement_no: str = "",
    agreement_on: date | None = None,
    is_confirmed: bool = True,
    legal_basis: str = "",
) -> RevenueRegime:
    """From `valid_from` on this party's revenue is treated so; the regime before ends that day.

    Refused: agreement_missing, regime_begins_early.
    """
    required()
    require(rules.may_for_party(by, "party.edit", party.facility_id))
    if kind == RegimeKind.AGREEMENT_SHARE and not agreement_no:
        require(Verdict((rules.agreement_missing(),)))
    _make_room(party, valid_from)
    return RevenueRegime.objects.create(
        party=party,
        kind=kind,
        agreement_no=agreement_no,
        agreement_on=agreement_on,
        is_confirmed=is_confirmed,
        legal_basis=legal_basis,
        valid_from=valid_from,
    )


def _make_room(party: Party, day: date) -> None:
    """End the running regime; one that begins that day or later stands in the way."""
    if RevenueRegime.objects.filter(party=party, valid_from__gte=day).exists():
        raise Refused(rules.regime_begins_early())
    running = RevenueRegime.objects.on(day).filter(party=party).first()
    if running is not None:
        end_on(running, day)
