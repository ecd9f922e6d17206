"""What a seller keeps up: the profile, how to be paid, permits, goods and their photos."""

from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Max

from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import qris
from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.market import pictures, rules
from berdaya.market.models import Picture, Product, Shop, ShopPermit


def change_shop(*, by: Actor, shop: Shop, **facts: Any) -> None:
    """Name, words, delivery, rest. Orders that were placed keep what they said."""
    required()
    Shop.objects.filter(pk=shop.pk).update(**facts)


def change_payee(
    *, by: Actor, shop: Shop, qris_payload: str, bank: str, bank_number: str, bank_holder: str
) -> None:
    """The seller's own QRIS and account; what is registered to a party is not the seller's.

    Refused: market_qris_broken, market_qris_dynamic, market_payee_of_another.
    """
    required()
    if qris_payload:
        require(rules.may_be_payload(qris_payload))
    if _is_registered(qris_payload, bank_number):
        raise Refused(rules.payee_of_another())
    Shop.objects.filter(pk=shop.pk).update(
        qris_payload=qris_payload.strip(),
        bank=bank,
        bank_number=bank_number,
        bank_holder=bank_holder,
    )


def _is_registered(qris_payload: str, bank_number: str) -> bool:
    """Whether a unit, a cooperative or another party of the register is paid there."""
    nmid = qris.parse(qris_payload).nmid if qris_payload else ""
    if nmid and QrisAccount.objects.filter(nmid=nmid).exists():
        return True
    return bool(bank_number) and BankAccount.objects.filter(number=bank_number).exists()


def record_permit(*, by: Actor, shop: Shop, kind: str, number: str, valid_until: Any) -> None:
    """A number of one's own; a new one of a kind replaces it. Refused: market_permit_taken."""
    required()
    ShopPermit.objects.filter(shop=shop, kind=kind).delete()
    try:
        with transaction.atomic():
            ShopPermit.objects.create(shop=shop, kind=kind, number=number, valid_until=valid_until)
    except IntegrityError as error:
        raise Refused(rules.permit_taken()) from error


def add_product(*, by: Actor, shop: Shop, facts: dict[str, Any]) -> Product:
    """A thing to sell; it is seen once it has a photo, and food once its number is known."""
    required()
    return Product.objects.create(shop=shop, **facts)


def change_product(*, by: Actor, product: Product, facts: dict[str, Any]) -> None:
    """Words, price, how many there are. Refused: market_held_more."""
    required()
    rows = Product.objects.filter(pk=product.pk, held__lte=facts["on_hand"])
    if not rows.update(**facts):
        held = Product.objects.get(pk=product.pk).held
        raise Refused(rules.held_more(held=held))


def add_picture(*, by: Actor, product: Product, file: BinaryIO) -> Picture:
    """Keep a photo. Refused: market_pictures_enough, and what core/uploads refuses."""
    required()
    if Picture.objects.filter(product=product).count() >= rules.MOST_PICTURES:
        raise Refused(rules.pictures_enough(most=rules.MOST_PICTURES))
    last = Picture.objects.filter(product=product).aggregate(last=Max("position"))["last"]
    return Picture.objects.create(
        name=pictures.take(file), product=product, position=(last or 0) + 1
    )


def drop_picture(*, by: Actor, picture: Picture) -> None:
    """Take a photo away; its file goes once that is written."""
    required()
    name = picture.name
    Picture.objects.filter(pk=picture.pk).delete()
    transaction.on_commit(lambda: pictures.forget(name))
