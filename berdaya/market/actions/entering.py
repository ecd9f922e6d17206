"""A seller's way in: an invitation, a password, a session; all of it apart from the desk's."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import constant_time_compare, salted_hmac

from berdaya.core import clock, codes
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.market import rules
from berdaya.market.access import LIFE, digest
from berdaya.market.models import Seller, SellerInvitation, SellerSession, ShopState

INVITED_DAYS = 14


def invite_seller(*, by: Actor, seller: Seller) -> str:
    """An invitation and its code in the clear, once; an earlier one is void."""
    required()
    now, code = clock.now(), codes.public_code()
    SellerInvitation.objects.filter(seller=seller, used_at=None).delete()
    SellerInvitation.objects.create(
        seller=seller,
        code_hash=_hash(seller, code),
        expires_at=now + timedelta(days=INVITED_DAYS),
    )
    return codes.format_code(code)


def accept_invitation(*, by: Actor, login: str, code: str, password: str) -> Seller:
    """Set the password, use the invitation up, end every session. Refused: market_invitation_wrong.

    Whoever guesses learns nothing of which half was wrong.
    """
    required()
    seller = Seller.objects.filter(login=login).select_related("shop").first()
    row = seller and SellerInvitation.objects.filter(seller=seller, used_at=None).first()
    given = _hash(seller, codes.normalise(code)) if seller else ""
    fits = row and row.expires_at > clock.now() and constant_time_compare(row.code_hash, given)
    if not (seller and row and fits) or seller.shop.state == ShopState.CLOSED:
        raise Refused(rules.invitation_wrong())
    if not SellerInvitation.objects.filter(pk=row.pk, used_at=None).update(used_at=clock.now()):
        raise Refused(rules.invitation_wrong())
    Seller.objects.filter(pk=seller.pk).update(password=make_password(password))
    SellerSession.objects.filter(seller=seller).delete()
    return seller


def seller_with(*, login: str, password: str) -> Seller:
    """Whose login and password these are. Refused: market_sign_in_wrong.

    As much work is done for a login that nobody has, so that the time tells nothing.
    """
    seller = Seller.objects.filter(login=login).select_related("shop").first()
    is_right = check_password(password, seller.password if seller else _nobodys())
    if seller is None or not is_right or seller.shop.state == ShopState.CLOSED:
        raise Refused(rules.sign_in_wrong())
    return seller


def begin_session(*, by: Actor, seller: Seller, key: str) -> None:
    """Sign a browser in under this key."""
    required()
    SellerSession.objects.create(key_hash=digest(key), seller=seller, expires_at=clock.now() + LIFE)


def end_session(*, by: Actor, key: str) -> None:
    """Sign it out."""
    required()
    SellerSession.objects.filter(key_hash=digest(key)).delete()


def drop_old_sessions(*, by: Actor) -> int:
    """Sessions that are over; returns how many."""
    required()
    return SellerSession.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _nobodys() -> str:
    """A hash that no password fits, made once."""
    if not _kept:
        _kept.append(make_password(codes.public_code()))
    return _kept[0]


_kept: list[str] = []


def _hash(seller: Seller, code: str) -> str:
    text = f"{seller.pk}:{codes.normalise(code)}"
    return salted_hmac("market.invitation", text, algorithm="sha256").hexdigest()
