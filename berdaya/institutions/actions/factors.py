"""Second factors of allauth: added, used and taken away under the person's own scope."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.institutions import rules_signin
from berdaya.institutions.models import FactorCard, Staff

PERIOD = 30
Kind = Authenticator.Type


def add_totp(*, by: Actor, staff: Staff, secret: str, code: str) -> None:
    """An app that shows codes; it replaces an earlier one. Refused: totp_wrong."""
    required()
    counter = _counter_of(secret, code)
    if counter is None:
        raise Refused(rules_signin.totp_wrong())
    Authenticator.objects.filter(user_id=staff.pk, type=Kind.TOTP).delete()
    one = TOTP.activate(staff, secret).instance
    one.data["counter"] = counter
    one.save(update_fields=["data"])


def add_key(*, by: Actor, staff: Staff, name: str, credential: str) -> None:
    """A passkey or hardware key, answered by the browser just now. Refused: key_wrong."""
    required()
    try:
        told = json.loads(credential)
        webauthn.complete_registration(told)
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        raise Refused(rules_signin.key_wrong()) from error
    webauthn.WebAuthn.add(staff, name, told)


def remove_factor(*, by: Actor, staff: Staff, pk: int) -> None:
    """Take one of one's own away. Refused: last_factor. Recovery codes alone count for nothing."""
    required()
    others = Authenticator.objects.filter(user_id=staff.pk).exclude(pk=pk)
    kept = others.exclude(type=Kind.RECOVERY_CODES).exists() or _has_card(staff)
    one = Authenticator.objects.get(user_id=staff.pk, pk=pk)
    if not kept and one.type != Kind.RECOVERY_CODES:
        raise Refused(rules_signin.last_factor())
    one.delete()


def renew_recovery_codes(*, by: Actor, staff: Staff) -> list[str]:
    """Ten new recovery codes, in the clear, once; those before are void."""
    required()
    Authenticator.objects.filter(user_id=staff.pk, type=Kind.RECOVERY_CODES).delete()
    return RecoveryCodes.activate(staff).get_unused_codes()


def use_totp(*, staff: Staff, code: str) -> bool:
    """Whether the app's code is right; each works once, also in another process.

    One conditional UPDATE of the last counter: a code at or before it is a replay.
    """
    one = Authenticator.objects.filter(user_id=staff.pk, type=Kind.TOTP).first()
    counter = _counter_of(decrypt(one.data["secret"]), code) if one else None
    if one is None or counter is None:
        return False
    rows = Authenticator.objects.filter(
        Q(data__counter__isnull=True) | Q(data__counter__lt=counter), pk=one.pk
    )
    return bool(rows.update(data={**one.data, "counter": counter}))


def use_recovery_code(*, staff: Staff, code: str) -> bool:
    """Use up one of the recovery codes; the row is locked, the library reads before it writes."""
    mine = Authenticator.objects.select_for_update().filter(user_id=staff.pk)
    one = mine.filter(type=Kind.RECOVERY_CODES).first()
    return bool(one and RecoveryCodes(one).validate_code(code.replace(" ", "")))


def use_key(*, staff: Staff, credential: str) -> bool:
    """Whether the browser's answer to this session's challenge comes from one of the keys."""
    try:
        one = webauthn.complete_authentication(staff, json.loads(credential))
    except (ValueError, TypeError, KeyError, AttributeError, ValidationError):
        return False
    one.record_usage()
    return True


def has_factor(staff: Staff) -> bool:
    """Whether there is anything to prove oneself with; recovery codes alone do not count."""
    mine = Authenticator.objects.filter(user_id=staff.pk).exclude(type=Kind.RECOVERY_CODES)
    return mine.exists() or _has_card(staff)


def key_challenge(staff: Staff) -> dict[str, Any]:
    """What the browser asks a key of this person; remembered in the session."""
    return webauthn.begin_authentication(staff)


def _has_card(staff: Staff) -> bool:
    free = FactorCard.objects.filter(staff=staff, voided_at=None, codes__used_at=None)
    return free.exists()


def _counter_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is: now, or one before or after."""
    now, given = int(clock.now().timestamp()) // PERIOD, code.replace(" ", "")
    found = [
        one
        for one in (now - 1, now, now + 1)
        if constant_time_compare(format_hotp_value(hotp_value(secret, one)), given)
    ]
    return max(found, default=None)


def with_keys(staff_ids: list[int]) -> set[int]:
    """Those among them who have a passkey or hardware key."""
    rows = Authenticator.objects.filter(user_id__in=staff_ids, type=Kind.WEBAUTHN)
    return set(rows.values_list("user_id", flat=True))
