"""The only way to a first password, and to a new one when the old is forgotten."""

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from berdaya.core import clock, codes
from berdaya.core.scope import Actor, acting, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import rules_signin
from berdaya.institutions.actions.sessions import end_sessions
from berdaya.institutions.models import Invitation, Staff
from berdaya.institutions.queries import places_of, reach_of
from berdaya.institutions.rules import Reach


def invite(*, by: Actor, staff: Staff) -> tuple[Invitation, str]:
    """An invitation and its code in the clear, once; an earlier one is void.

    Refused: invite_self, place_out_of_reach.
    """
    required()
    reach = reach_of(by, "staff.edit", clock.today()) if by.user_id else Reach()
    require(rules_signin.may_invite(by, staff.pk, reach, places_of(staff)))
    now, code = clock.now(), codes.public_code()
    _open().filter(staff=staff).update(voided_at=now)
    row = Invitation.objects.create(
        staff=staff,
        code_hash=_hash(staff, code),
        invited_by_id=by.user_id,
        invited_at=now,
        expires_at=now + rules_signin.INVITED_FOR,
    )
    return row, codes.format_code(code)


def invitation_for(*, username: str, code: str) -> Invitation | None:
    """The open invitation that this name and code belong to."""
    rows = _open().filter(staff__username=username, staff__is_active=True)
    row = rows.filter(expires_at__gt=clock.now()).select_related("staff").first()
    given = _hash(row.staff, code) if row else ""
    return row if row and constant_time_compare(row.code_hash, given) else None


def accept_invitation(*, invitation: Invitation, password: str) -> Staff:
    """Set the password, use the invitation up, end every session of the account.

    Opens its own scope: who comes in has none yet. Refused: invitation_wrong, when it was used or
    replaced meanwhile. Second factors stay: a new password alone opens nothing.
    """
    staff = invitation.staff
    by = Actor(f"staff:{staff.pk}", staff.pk)
    with acting(by, "invitation.accept"):
        if not _open().filter(pk=invitation.pk).update(used_at=clock.now()):
            raise Refused(rules_signin.invitation_wrong())
        staff.password = make_password(password)
        staff.save(update_fields=["password"])
        end_sessions(by=by, staff=staff)
    return staff


def _open() -> "QuerySet[Invitation]":
    return Invitation.objects.filter(used_at=None, voided_at=None)


def _hash(staff: Staff, code: str) -> str:
    text = f"{staff.pk}:{codes.normalise(code)}"
    return salted_hmac("institutions.invitation", text, algorithm="sha256").hexdigest()
