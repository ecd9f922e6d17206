"""May somebody give a card, an invitation, a PC or a PIN, and is a proof still fresh."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.rules import Reach, may_somewhere, place_out_of_reach

# After so many wrong PINs only a full sign-in helps.
PIN_TRIES = 5
INVITED_FOR = timedelta(days=7)

card_for_self = declare_reason(
    "card_for_self",
    _lazy("Tidak seorang pun membuat kartunya sendiri."),
    next_step=_lazy("Minta orang lain yang berwenang: kepala UPT, Kantor Wilayah, administrator."),
)
card_same_as_inviter = declare_reason(
    "card_same_as_inviter",
    _lazy("Anda juga yang mengundang akun ini: undangan dan kartu harus dari dua orang."),
    next_step=_lazy("Minta orang lain yang berwenang membuat kartunya."),
)
invite_self = declare_reason(
    "invite_self",
    _lazy("Tidak seorang pun mengundang dirinya sendiri."),
    next_step=_lazy("Ganti kata sandi di Akun saya, atau minta administrator lain."),
)
invitation_wrong = declare_reason(
    "invitation_wrong",
    _lazy("Nama masuk dan kode undangan tidak cocok, atau undangannya sudah lewat."),
    next_step=_lazy("Periksa kodenya, atau minta undangan baru kepada administrator."),
)
pin_weak = declare_reason(
    "pin_weak",
    _lazy("PIN itu terlalu mudah ditebak."),
    next_step=_lazy("Pilih enam angka yang tidak berurutan dan tidak berulang."),
)
pin_not_here = declare_reason(
    "pin_not_here",
    _lazy("PIN hanya dibuat di komputer unit yang terdaftar, sesudah masuk penuh hari ini."),
    next_step=_lazy("Masuk penuh di komputer itu, lalu buat PIN-nya."),
)
last_factor = declare_reason(
    "last_factor",
    _lazy("Ini satu-satunya faktor kedua Anda."),
    next_step=_lazy("Pasang yang lain dulu, atau minta kartu sekali pakai."),
)
totp_wrong = declare_reason(
    "totp_wrong",
    _lazy("Kode itu tidak cocok."),
    next_step=_lazy("Tunggu kode berikutnya di aplikasi, lalu ketik lagi."),
)
key_wrong = declare_reason(
    "key_wrong",
    _lazy("Kunci itu tidak dapat dibaca."),
    next_step=_lazy("Cabut dan pasang lagi kuncinya, lalu coba sekali lagi."),
)


def _may_reach(
    by: Actor, ability: str, staff_id: int, reach: Reach, places: Iterable[Facility | Office],
    self_reason: Reason,
) -> Verdict:  # fmt: skip
    """Within reach of one of the person's places, or of an account that has none yet."""
    if by.user_id is None:
        return ALLOWED
    found = may_somewhere(by, ability)
    known = list(places)
    if found.ok and known and not any(reach.covers(place) for place in known):
        found += place_out_of_reach()
    return found + self_reason() if staff_id == by.user_id else found


def may_issue_card(
    by: Actor, staff_id: int, reach: Reach, places: Iterable[Facility | Office],
    inviter_id: int | None,
) -> Verdict:  # fmt: skip
    """Somebody else than its owner, and than who invited them: no one person opens an account."""
    found = _may_reach(by, "card.issue", staff_id, reach, places, card_for_self)
    same = by.user_id is not None and by.user_id == inviter_id
    return found + card_same_as_inviter() if same else found


def may_invite(
    by: Actor, staff_id: int, reach: Reach, places: Iterable[Facility | Office]
) -> Verdict:
    """Whoever keeps staff in reach, for others only."""
    return _may_reach(by, "staff.edit", staff_id, reach, places, invite_self)


def may_be_pin(pin: str) -> Verdict:
    """Six digits, neither a run nor a repetition of one, two or three."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeats = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    if len(pin) != 6 or repeats or steps in ({0}, {1}, {9}):
        return Verdict((pin_weak(),))
    return ALLOWED


def is_fresh(proved_at: datetime | None, now: datetime) -> bool:
    """Whether a proof is young enough for approving and paying."""
    return proved_at is not None and now - proved_at < timedelta(
        minutes=settings.DESK_PROOF_MINUTES
    )


def is_locked(
    locked_at: datetime | None, seen_at: datetime | None, at_unit: bool, now: datetime
) -> bool:
    """Locked by somebody, or left alone for too long, whatever the browser's script did."""
    after = settings.DESK_LOCK_MINUTES if at_unit else settings.DESK_LOCK_MINUTES_OWN
    return locked_at is not None or seen_at is None or now - seen_at >= timedelta(minutes=after)


def is_over(seen_at: datetime | None, now: datetime) -> bool:
    """Left alone for so long that only a full sign-in opens it again."""
    idle = timedelta(minutes=settings.DESK_IDLE_MINUTES)
    return seen_at is not None and now - seen_at >= idle
