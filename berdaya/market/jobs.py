"""Which mails are to go out: queued in the open transaction, by keys alone; tasks.py sends them."""

from procrastinate.contrib.django import app

from berdaya.core.scope import required
from berdaya.market.models import Application, Order


def tell_order(order: Order, state: str) -> None:
    """The buyer is told of a state, the seller of a new order."""
    _queue("market.mail_order", order_id=str(order.pk), state=str(state))


def tell_applicant(application: Application) -> None:
    """The applicant is told what was decided; who is admitted gets an invitation."""
    _queue("market.mail_applicant", application_id=str(application.pk))


def _queue(name: str, **keys: str) -> None:
    required()
    app.configure_task(f"berdaya:{name}", allow_unknown=True).defer(**keys)
