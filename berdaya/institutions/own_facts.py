"""What my account tells about my way in: the card, the sessions, the PIN here."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from berdaya.core import clock
from berdaya.institutions.models import FactorCard, PcUser, Staff, StaffSession


def card_state(staff: Staff) -> Any:
    """The card in force with `left`, the codes not used yet; None without one. One query."""
    left = Count("codes", filter=Q(codes__used_at=None))
    cards = FactorCard.objects.filter(staff=staff, voided_at=None).annotate(left=left)
    return cards.select_related("issued_by").first()


@dataclass(frozen=True)
class Seen:
    """A session as its owner sees it; `name` stands for its key, which is shown to nobody."""

    row: StaffSession
    name: str
    is_here: bool


def sessions_of(staff: Staff, here: str) -> list[Seen]:
    """Where somebody is signed in, the latest first: one query."""
    rows = StaffSession.objects.filter(staff=staff, expire_date__gt=clock.now())
    found = rows.select_related("pc__facility").order_by("-seen_at")
    return [Seen(row, session_name(row), row.pk == here) for row in found]


def session_name(row: StaffSession) -> str:
    """What stands for a session on a page."""
    hidden = salted_hmac("institutions.session", row.session_key, algorithm="sha256")
    return hidden.hexdigest()[:24]


def pin_here(staff: Staff, row: StaffSession) -> PcUser | None:
    """My line on this PC, where the session is of one."""
    if row.pc_id is None:
        return None
    return PcUser.objects.filter(pc_id=row.pc_id, staff=staff).first()
