"""The buyer says it is paid; nobody has notified us, so the treasurer decides."""

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.orders import rules
from berdaya.orders.actions.steps import move_order
from berdaya.orders.actions.turns import key_of, one_at_a_time
from berdaya.orders.calc import answer_time
from berdaya.orders.models import ClaimOutcome, Order, OrderState, PaymentClaim
from berdaya.orders.queries import open_claims, term_of


def claim_payment(*, by: Actor, order: Order, device: str = "") -> PaymentClaim:
    """ "Saya sudah bayar": before the deadline it holds the stock until the treasurer decides.

    `device` tells browsers apart (the cart's key). Claims of the same phone or device wait for
    each other, so the scope must be the whole shop's: at most two checkouts of one may wait.
    Claimed twice it is one claim. Of a claim and the deadline at the same moment one wins.
    One that was refused may be made again once.
    Refused: claim_too_late, claims_too_many, claim_refused_twice, order_moved_on.
    """
    scope.required()
    now = clock.now()
    phone, gadget = key_of(order.contact.phone), key_of(device)
    one_at_a_time(phone, gadget)
    earlier = PaymentClaim.objects.filter(order=order, outcome="open").first()
    if earlier is not None:
        return earlier
    order.refresh_from_db(fields=["state"])
    if order.is_overdue(now) or order.state == OrderState.EXPIRED:
        raise Refused(rules.claim_too_late(code=order.code))
    waiting = open_claims(phone, gadget, besides=order.checkout_id)
    refused = order.claims.filter(outcome=ClaimOutcome.NOT_FOUND).count()
    require(rules.may_claim(rules.ClaimFacts(waiting, order.code, refused)))
    try:
        move_order(by, order, OrderState.CLAIMED, since=[OrderState.PLACED], pay_until__gt=now)
    except Refused:
        if order.state == OrderState.EXPIRED:
            raise Refused(rules.claim_too_late(code=order.code)) from None
        raise
    term = term_of(order.method, clock.today(order.facility.timezone))
    return PaymentClaim.objects.create(
        order=order,
        facility_id=order.facility_id,
        phone_key=phone,
        device_key=gadget,
        claimed_at=now,
        decide_by=answer_time(now, term.answer_hours if term else 24, order.facility.timezone),
    )
