"""How somebody may prove who they are, and whether what they typed does."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor, acting
from berdaya.institutions.actions import attempts, cards, factors, pcs
from berdaya.institutions.models import FactorCard, PcUser, Proof, Staff, UnitPc
from berdaya.institutions.queries import is_demo

Kind = Authenticator.Type
PIN_GONE = _lazy("PIN salah lima kali. Masuk penuh dengan kata sandi dan faktor kedua.")
WRONG = _lazy("Itu tidak cocok. Periksa, lalu coba sekali lagi.")


@dataclass(frozen=True)
class Way:
    """One way to prove oneself: what to type, and how it is asked for."""

    kind: str
    label: str | Promise
    hint: str | Promise = ""
    shown: str = ""

    @property
    def is_key(self) -> bool:
        return self.kind == Proof.KEY

    @property
    def is_secret(self) -> bool:
        """Whether it is typed unseen: what can be used again."""
        return self.kind in (Proof.PIN, Proof.PASSWORD)


def ways_of(staff: Staff, *, user: PcUser | None = None, password: bool = False) -> list[Way]:
    """The ways open to somebody, the calmest first: three queries at most.

    `user` where they are known to the PC that asks, `password` where that is enough (a lock).
    """
    held = set(Authenticator.objects.filter(user_id=staff.pk).values_list("type", flat=True))
    found = []
    if user is not None and user.pin_hash and not is_blocked(user):
        found.append(Way(Proof.PIN, "PIN", _lazy("Enam angka PIN Anda di komputer ini.")))
    if password:
        found.append(Way(Proof.PASSWORD, _lazy("Kata sandi")))
    if Kind.WEBAUTHN in held:
        found.append(Way(Proof.KEY, _lazy("Kunci"), _lazy("Pasang kuncinya, lalu sentuh.")))
    if Kind.TOTP in held:
        hint = _lazy("Enam angka yang tampil di aplikasi sekarang.")
        found.append(Way(Proof.TOTP, _lazy("Kode dari aplikasi"), hint))
    found += _card_way(staff)
    if Kind.RECOVERY_CODES in held:
        found.append(Way(Proof.RECOVERY, _lazy("Kode pemulihan")))
    return found


def kinds_of(ways: list[Way]) -> frozenset[str]:
    """What may be shown where these ways are offered."""
    return frozenset(way.kind for way in ways)


def _card_way(staff: Staff) -> list[Way]:
    card = FactorCard.objects.filter(staff=staff, voided_at=None).first()
    number = cards.next_number(card) if card else None
    if card is None or number is None:
        return []
    label = _("Kode nomor %(number)s dari kartu %(serial)s") % {
        "number": number,
        "serial": card.serial,
    }
    shown = demo_code(staff, number) if staff.is_demo and is_demo() else ""
    return [Way(Proof.CARD, label, _("Delapan angka di samping nomor %s.") % number, shown)]


def is_blocked(user: PcUser) -> bool:
    """Whether the PIN rests until the next full sign-in."""
    return user.failures >= pcs.rules_signin.PIN_TRIES


def is_proved(
    request: HttpRequest,
    staff: Staff,
    kind: str,
    typed: str,
    *,
    taken: Collection[str],
    user: PcUser | None = None,
) -> bool:
    """Judge what was typed; every try is counted first, for the person and for the address.

    Only the kinds `taken` here count: a password is no second factor, and a card no PIN.
    Raises TooMany. Opens its own scope: this comes before, or beside, what the person may do.
    """
    address = request.META.get("REMOTE_ADDR", "")
    attempts.spend_try(kind="address", subject=address)
    counter = "unlock" if kind == Proof.PASSWORD else "factor"
    if kind != Proof.PIN:
        attempts.spend_try(kind=counter, subject=staff.pk)
    with acting(Actor(f"staff:{staff.pk}", staff.pk), "factor.prove"):
        ok = kind in taken and _is_right(staff, kind, typed, user)
    if ok:
        attempts.give_back_try(kind="address", subject=address)
        if kind != Proof.PIN:
            attempts.forget_tries(kind=counter, subject=staff.pk)
    return ok


def _is_right(staff: Staff, kind: str, typed: str, user: PcUser | None) -> bool:
    if kind == Proof.PIN:
        # A PIN counts its own tries, and only a full sign-in gives new ones.
        return user is not None and pcs.is_pin(row=user, pin=typed.strip())
    return kind in _JUDGES and _JUDGES[kind](staff, typed)


_JUDGES: dict[str, Callable[[Staff, str], bool]] = {
    Proof.TOTP: lambda staff, typed: factors.use_totp(staff=staff, code=typed),
    Proof.CARD: lambda staff, typed: cards.use_code(staff=staff, code=typed),
    Proof.RECOVERY: lambda staff, typed: factors.use_recovery_code(staff=staff, code=typed),
    Proof.KEY: lambda staff, typed: factors.use_key(staff=staff, credential=typed),
    Proof.PASSWORD: lambda staff, typed: staff.check_password(typed),
}


def asked_of(staff: Staff, ways: list[Way]) -> dict[str, Any]:
    """What the page of a proof shows: the ways, and what a key is asked."""
    has_key = any(way.is_key for way in ways)
    options = json.dumps(factors.key_challenge(staff)) if has_key else ""
    return {"ways": ways, "key_options": options}


def known_here(staff: Staff, pc: UnitPc | None) -> PcUser | None:
    """Somebody's line on this PC, where they signed in fully today."""
    found = pcs.person_at(pc=pc, staff_id=staff.pk) if pc else None
    return found[0] if found else None


def demo_code(staff: Staff, number: int) -> str:
    """What stands on the card of a demo account; anybody may know it, there is nothing behind."""
    seed = sum(ord(letter) * place for place, letter in enumerate(staff.username, start=7))
    return f"{(seed * 7919 + number * 104_729) % 10**cards.DIGITS:08d}"
