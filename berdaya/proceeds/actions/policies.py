"""Set how a party's sales are divided from a day on."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import scope
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Category
from berdaya.institutions.models import Party
from berdaya.institutions.rules import may
from berdaya.ledger.models import Book
from berdaya.proceeds import rules
from berdaya.proceeds.models import SplitPolicy


def set_policy(
    *,
    by: Actor,
    party: Party,
    valid_from: date,
    terms: dict[str, Any],
    category: Category | None = None,
) -> SplitPolicy:
    """Begin a policy for a party's goods (of a category) and end the one before it.

    Sales already made keep theirs: it is frozen on them. `terms` are columns of SplitPolicy.
    Refused: policy_shares_wrong, policy_overlaps.
    """
    scope.required()
    require(may(by, "policy.edit", _facility_of(party)))
    before = SplitPolicy.objects.on(valid_from).filter(party=party, category=category).first()
    try:
        with transaction.atomic():
            if before is not None and before.valid_from < valid_from:
                end_on(before, valid_from)
            return SplitPolicy.objects.create(
                party=party, category=category, valid_from=valid_from, **terms
            )
    except IntegrityError as error:
        wrong = "_policy_one" not in str(error)
        raise Refused(rules.policy_shares_wrong() if wrong else rules.policy_overlaps()) from error


def _facility_of(party: Party) -> int:
    """Whose head decides: the party's own facility, or where its book lies; 0 is nobody's."""
    book = Book.objects.filter(party=party).values_list("facility_id", flat=True)
    return party.facility_id or book.first() or 0
