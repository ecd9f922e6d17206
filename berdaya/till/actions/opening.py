"""Open a stall for its day: the float, and the QRIS on display held against the registered one."""

from dataclasses import dataclass
from typing import cast

from django.db import IntegrityError, transaction

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import qris
from berdaya.institutions.models import QrisAccount
from berdaya.institutions.rules import may, qris_payload_broken
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.till import rules_sales as rules
from berdaya.till.models import QrisCheck, Stall, StallSession


@dataclass(frozen=True)
class ShownQris:
    """What hangs at the stall: its payload as scanned, or NMID and name as printed."""

    payload: str = ""
    nmid: str = ""
    name: str = ""

    def read(self) -> tuple[str, str]:
        """(NMID, merchant name). Refused: qris_payload_broken."""
        if not self.payload:
            return self.nmid, self.name
        try:
            payload = qris.parse(self.payload)
        except qris.BadPayload:
            raise Refused(qris_payload_broken()) from None
        return payload.nmid, payload.merchant_name


def open_session(
    *, by: Actor, stall: Stall, float_rp: int, shown: ShownQris | None = None
) -> StallSession:
    """The stall sells from now on; without `shown` in cash only. Posts the float from cash.

    Of two who open at once one is told. Refused: session_open_exists, stall_over, qris_false,
    qris_unregistered, qris_payload_broken, qris_not_static.
    """
    scope.required()
    require(may(by, "stall.open", stall.facility_id))
    if not stall.hand_outs.filter(received_at__isnull=False).exists():
        raise Refused(rules.stall_over())
    day = clock.today(stall.event.timezone)
    account = _checked(stall, shown) if shown else None
    session = StallSession(
        stall=stall,
        facility_id=stall.facility_id,
        book_id=stall.book_id,
        day=day,
        float_rp=float_rp,
        qris_check=_how(shown),
        qris_nmid=account.nmid if account else "",
        opened_at=clock.now(),
        opened_by_id=by.user_id,
    )
    _save(session)
    post_entry(
        by=by,
        book=stall.book,
        kind="stall_float",
        booked_on=day,
        reference=str(stall)[:80],
        subject=f"session:{session.pk}",
        legs=[debit(chart.STALL_CASH, float_rp), credit(chart.CASH, float_rp)],
    )
    return session


def _how(shown: ShownQris | None) -> str:
    if shown is None:
        return QrisCheck.NONE
    return QrisCheck.PAYLOAD if shown.payload else QrisCheck.TYPED


def _checked(stall: Stall, shown: ShownQris) -> QrisAccount:
    """The registered account, which the displayed one must be: a false sticker has another."""
    found = shown.read()
    day = clock.today(stall.event.timezone)
    rows = QrisAccount.objects.usable(day).filter(pk=stall.qris_id)
    usable = cast("QrisAccount | None", rows.first())
    if usable is None:
        raise Refused(rules.qris_unregistered())
    require(rules.may_show((usable.nmid, usable.merchant_name), found))
    return usable


def _save(session: StallSession) -> None:
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError as error:
        if "till_session_one_open" not in str(error):
            raise
        raise Refused(rules.session_open_exists()) from error
