"""Printed cards of one-time codes: issued by somebody else, used code by code, voided."""

import secrets
from collections.abc import Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import require
from berdaya.institutions import rules_signin
from berdaya.institutions.models import CODES_ON_A_CARD, CardCode, FactorCard, Invitation, Staff
from berdaya.institutions.queries import places_of, reach_of
from berdaya.institutions.rules import Reach

DIGITS = 8
LETTERS = "ACDEFGHJKMNPQRTUVWXY3479"


def issue_card(
    *, by: Actor, staff: Staff, serial: str = "", printed: Sequence[str] = ()
) -> tuple[FactorCard, list[str]]:
    """A new card and its codes in the clear, once; the one before is void from now on.

    The demo world alone gives `serial` and `printed`, so that its codes can be told openly.
    Refused: card_for_self, card_same_as_inviter, place_out_of_reach.
    """
    required()
    reach = reach_of(by, "card.issue", clock.today()) if by.user_id else Reach()
    invited = Invitation.objects.filter(staff=staff).order_by("-invited_at").first()
    inviter = invited.invited_by_id if invited else None
    require(rules_signin.may_issue_card(by, staff.pk, reach, places_of(staff), inviter))
    void_card(by=by, staff=staff)
    card = FactorCard.objects.create(
        serial=serial or "".join(secrets.choice(LETTERS) for _ in range(6)),
        staff=staff,
        issued_by_id=by.user_id,
        issued_at=clock.now(),
    )
    clear = list(printed) or [_new_code() for _ in range(CODES_ON_A_CARD)]
    CardCode.objects.bulk_create(
        CardCode(card=card, number=number, code_hash=hash_of(card, number, code))
        for number, code in enumerate(clear, start=1)
    )
    return card, clear


def void_card(*, by: Actor, staff: Staff) -> int:
    """The card in force, if any, opens nothing any more; returns how many were."""
    required()
    return FactorCard.objects.filter(staff=staff, voided_at=None).update(voided_at=clock.now())


def use_code(*, staff: Staff, code: str) -> bool:
    """Use up the next code of the card in force; False for a wrong, used or voided one.

    One conditional UPDATE: of two that come at once with the same code, one is right.
    """
    card = FactorCard.objects.filter(staff=staff, voided_at=None).first()
    number = next_number(card) if card else None
    if card is None or number is None:
        return False
    given = hash_of(card, number, code.replace(" ", ""))
    row = CardCode.objects.get(card=card, number=number)
    if not constant_time_compare(row.code_hash, given):
        return False
    # No join: Django would look for the row in a sub-select first, and two could find it unused.
    valid = FactorCard.objects.filter(voided_at=None)
    free = CardCode.objects.filter(pk=row.pk, used_at=None, card__in=valid)
    return bool(free.update(used_at=clock.now()))


def next_number(card: FactorCard) -> int | None:
    """The lowest number not used yet; None for a card that is used up."""
    free = CardCode.objects.filter(card=card, used_at=None).order_by("number")
    return free.values_list("number", flat=True).first()


def hash_of(card: FactorCard, number: int, code: str) -> str:
    """Keyed with the program's secret: without it the eight digits cannot be tried at leisure."""
    text = f"{card.pk}:{number}:{code}"
    return salted_hmac("institutions.card", text, algorithm="sha256").hexdigest()


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
