"""Papers of the way in: the one-time card, A6, with no name on it."""

from collections.abc import Sequence

from django.utils.translation import get_language

from berdaya.institutions.models import FactorCard
from berdaya.look.paper import render_pdf


def card_pdf(card: FactorCard, codes: Sequence[str]) -> bytes:
    """The card with its codes in the clear; it is made once and kept nowhere."""
    data = {
        "lang": get_language() or "id",
        "seed": card.serial,
        "serial": card.serial,
        "codes": [f"{code[:4]} {code[4:]}" for code in codes],
    }
    return render_pdf("institutions/factor_card.typ", data, "a6")
