"""Sessions begin, are proved, locked, opened and ended; whoever is ended is out at once."""

from django.contrib.auth import login, logout
from django.http import HttpRequest

from berdaya.core import clock
from berdaya.core.scope import Actor, acting, required
from berdaya.institutions.agents import agent_of
from berdaya.institutions.models import PcUser, Proof, Staff, StaffSession, UnitPc

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FULL = (Proof.TOTP, Proof.KEY, Proof.CARD, Proof.RECOVERY)


def begin_session(*, request: HttpRequest, staff: Staff, proof: str, pc: UnitPc | None) -> None:
    """Write down who is signed in here, how and on which PC; `proof` empty: no factor yet.

    A full sign-in on a registered PC makes the person known to it for the rest of the day.
    """
    now = clock.now()
    request.session.note(  # type: ignore[attr-defined]
        staff_id=staff.pk, pc_id=pc.pk if pc else None, proof=proof, locked_at=None,
        agent=agent_of(request.headers.get("User-Agent", "")), started_at=now, seen_at=now,
        proved_at=now if proof else None,
    )  # fmt: skip
    if pc is not None and proof in FULL:
        _enrol(staff, pc)


def prove_session(*, request: HttpRequest, proof: str) -> None:
    """A proof shown inside a session: fresh again, and open if it was locked.

    The first factor of a session that had none turns its key, as a sign-in does.
    """
    session, now = request.session, clock.now()
    first = not session.row.proof  # type: ignore[attr-defined]
    if first:
        session.cycle_key()
    facts = {"proved_at": now, "seen_at": now, "locked_at": None}
    session.note(**facts | ({"proof": proof} if first else {}))  # type: ignore[attr-defined]
    pc = session.row.pc  # type: ignore[attr-defined]
    if first and pc is not None and proof in FULL:
        _enrol(session.row.staff, pc)  # type: ignore[attr-defined]


def switch_person(*, request: HttpRequest, staff: Staff, proof: str, pc: UnitPc) -> None:
    """Another person, or the same again, takes over this PC: the old session ends, a new begins."""
    before = getattr(request.session.row, "staff_id", None)  # type: ignore[attr-defined]
    kept = dict(request.session) if before == staff.pk else {}
    request.session.flush()
    login(request, staff, backend=BACKEND)
    request.session.update({key: value for key, value in kept.items() if key == "facility"})
    begin_session(request=request, staff=staff, proof=proof, pc=pc)


def lock_session(*, request: HttpRequest) -> None:
    """From now on every page answers with the lock."""
    request.session.note(locked_at=clock.now())  # type: ignore[attr-defined]


def touch_session(*, request: HttpRequest) -> None:
    """Somebody is there."""
    request.session.note(seen_at=clock.now())  # type: ignore[attr-defined]


def leave(*, request: HttpRequest) -> None:
    """Sign out for good: on a PC this also ends the day's taking over by PIN."""
    row = request.session.row  # type: ignore[attr-defined]
    if row is not None and row.staff_id and row.pc_id:
        by = Actor(f"staff:{row.staff_id}", row.staff_id)
        with acting(by, "session.leave"):
            end_session(by=by, row=row)
    logout(request)


def forget_enrolments(*, by: Actor, staff_id: int, but_pc: int | None = None) -> None:
    """No PIN of theirs helps any more, but perhaps on one PC, until the next full sign-in."""
    required()
    rows = PcUser.objects.filter(staff_id=staff_id, enrolled_on__isnull=False)
    (rows.exclude(pc_id=but_pc) if but_pc else rows).update(enrolled_on=None)


def end_sessions(*, by: Actor, staff: Staff, but: StaffSession | None = None) -> int:
    """End all sessions of somebody, or all but one; returns how many.

    PINs elsewhere must be earned again by a full sign-in.
    """
    rows = StaffSession.objects.filter(staff=staff)
    ended = rows.exclude(session_key=but.session_key if but else "").delete()[0]
    forget_enrolments(by=by, staff_id=staff.pk, but_pc=but.pc_id if but else None)
    return ended


def end_session(*, by: Actor, row: StaffSession) -> None:
    """End one session; on a PC its owner must sign in fully there again."""
    required()
    StaffSession.objects.filter(pk=row.pk).delete()
    if row.pc_id and row.staff_id:
        PcUser.objects.filter(pc_id=row.pc_id, staff_id=row.staff_id).update(enrolled_on=None)


def drop_old_sessions() -> int:
    """Sessions whose end has passed; returns how many."""
    return StaffSession.objects.filter(expire_date__lt=clock.now()).delete()[0]


def _enrol(staff: Staff, pc: UnitPc) -> None:
    today = clock.today(pc.facility.timezone)
    with acting(Actor(f"staff:{staff.pk}", staff.pk), "pc.enrol"):
        row, _new = PcUser.objects.get_or_create(pc=pc, staff=staff)
        if row.enrolled_on != today or row.failures:
            PcUser.objects.filter(pk=row.pk).update(enrolled_on=today, failures=0)
