"""An application comes in; the UMKM side asks, admits or declines, and keeps an eye on the shop."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.market import calc, rules
from berdaya.market.jobs import tell_applicant
from berdaya.market.models import (
    Application,
    ApplicationState,
    Decision,
    Seller,
    SellerSession,
    Shop,
    ShopPermit,
    ShopState,
    Verb,
)
from berdaya.market.queries import require_in_reach

COPIED = ("owner", "shows_owner", "about", "region", "trade", "phone", "email")


def send_application(*, by: Actor, request_key: UUID, facts: dict[str, Any]) -> Application:
    """Write an application down; the same form sent twice is one.

    Refused: market_application_open, for a telephone whose application still waits.
    """
    required()
    now = clock.now()
    row = Application(request_key=request_key, agreed_at=now, sent_at=now, **facts)
    known = Application.objects.filter(request_key=request_key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        known = Application.objects.filter(request_key=request_key).first()
        if known is None:
            raise Refused(rules.application_open()) from error
        return known
    return row


def answer_question(*, by: Actor, application: Application, answer: str) -> None:
    """The applicant says what was asked; it waits again. Refused: market_application_decided."""
    required()
    _move(application, (ApplicationState.ASKED,), state=ApplicationState.WAITING, answer=answer)


def ask_applicant(*, by: Actor, application: Application, question: str) -> None:
    """An officer asks for more; the applicant is told. Refused: market_application_decided."""
    require_in_reach(by, application.region_id)
    waits = (ApplicationState.WAITING,)
    _move(application, waits, state=ApplicationState.ASKED, question=question, answer="")
    _note(by, application, Verb.ASK, question)
    tell_applicant(application)


def decline_application(*, by: Actor, application: Application, reason: str) -> None:
    """It is not admitted, and why. Refused: market_application_decided."""
    require_in_reach(by, application.region_id)
    waits = (ApplicationState.WAITING, ApplicationState.ASKED)
    _move(application, waits, state=ApplicationState.DECLINED, question=reason)
    _note(by, application, Verb.DECLINE, reason)
    tell_applicant(application)


def admit_application(*, by: Actor, application: Application) -> Shop:
    """A shop and its owner's account come of it; the invitation goes out by mail.

    Refused: market_application_decided, market_login_taken, market_permit_taken.
    """
    require_in_reach(by, application.region_id)
    login = login_of(application)
    if Seller.objects.filter(login=login).exists():
        raise Refused(rules.login_taken())
    if application.nib and ShopPermit.objects.filter(number=application.nib).exists():
        raise Refused(rules.permit_taken())
    _move(application, (ApplicationState.WAITING,), state=ApplicationState.ADMITTED)
    facts = {name: getattr(application, name) for name in COPIED}
    shop = Shop.objects.create(application=application, name=application.shop_name, **facts)
    Seller.objects.create(shop=shop, login=login)
    if application.nib:
        ShopPermit.objects.create(shop=shop, kind="nib", number=application.nib)
    _note(by, application, Verb.ADMIT, "")
    tell_applicant(application)
    return shop


def login_of(application: Application) -> str:
    """What the owner types to sign in: the e-mail address, or the telephone number."""
    return application.email.lower() or application.phone


def _move(application: Application, states: tuple[str, ...], **facts: Any) -> None:
    rows = Application.objects.filter(pk=application.pk, state__in=states)
    if not rows.update(**facts):
        raise Refused(rules.application_decided())
    for name, value in facts.items():
        setattr(application, name, value)


def _note(by: Actor, application: Application, verb: str, note: str) -> None:
    Decision.objects.create(
        application=application, verb=verb, note=note, by_id=by.user_id, at=clock.now()
    )


def mask_declined(*, by: Actor) -> int:
    """Blank applicants half a year after they were declined; twice masks nothing more."""
    required()
    before = clock.now() - calc.KEEP_DECLINED
    told = Decision.objects.filter(verb=Verb.DECLINE, at__lte=before)
    ids = list(told.values_list("application_id", flat=True))
    rows = Application.objects.filter(pk__in=ids, state=ApplicationState.DECLINED)
    return rows.exclude(phone="").update(owner="", phone="", email="", nib="", about="", answer="")


# From which state each verb leads to which.
TURNS = {
    Verb.PAUSE: ((ShopState.ADMITTED,), ShopState.PAUSED),
    Verb.RESUME: ((ShopState.PAUSED,), ShopState.ADMITTED),
    Verb.CLOSE: ((ShopState.ADMITTED, ShopState.PAUSED), ShopState.CLOSED),
}


def turn_shop(*, by: Actor, shop: Shop, verb: str, note: str = "") -> None:
    """Pause, resume or close a shop; who is closed is signed out. Orders that run go on.

    Refused: market_shop_state_differs.
    """
    require_in_reach(by, shop.region_id)
    states, state = TURNS[Verb(verb)]
    if not Shop.objects.filter(pk=shop.pk, state__in=states).update(state=state):
        raise Refused(rules.shop_state_differs())
    if state == ShopState.CLOSED:
        sellers = list(Seller.objects.filter(shop=shop).values_list("pk", flat=True))
        SellerSession.objects.filter(seller__in=sellers).delete()
    _note(by, shop.application, verb, note)


def note_invited(*, by: Actor, shop: Shop) -> None:
    """Write down that an officer gave the owner a new invitation."""
    require_in_reach(by, shop.region_id)
    _note(by, shop.application, Verb.INVITE, "")
