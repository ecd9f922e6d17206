"""Demo accounts have a card too; its codes are told openly, in a demo world and nowhere else."""

from berdaya.core.scope import system_scope
from berdaya.institutions.actions import cards
from berdaya.institutions.models import CODES_ON_A_CARD, Staff
from berdaya.institutions.proving import demo_code
from berdaya.institutions.queries import is_demo


def hand_demo_card(staff: Staff) -> None:
    """A card for a demo account that has none or has used it up; ValueError anywhere else."""
    if not (staff.is_demo and is_demo()):
        raise ValueError("only the demo world tells its codes")
    printed = [demo_code(staff, number) for number in range(1, CODES_ON_A_CARD + 1)]
    with system_scope("demo", []) as scope:
        cards.issue_card(by=scope.actor, staff=staff, printed=printed)
