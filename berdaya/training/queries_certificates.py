"""What is true of certificates: for everybody by their code, for the desk by facility."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from berdaya.core.codes import is_public_code
from berdaya.core.verdicts import Refused
from berdaya.training import addresses, rules_credentials
from berdaya.training.credentials import reading
from berdaya.training.models import (
    Assessment,
    Certificate,
    CertificateIssuer,
    Credential,
    Ending,
    IssuerKey,
    Result,
    Session,
)
from berdaya.training.rules_certificates import State, state_of


def public_credential(code: str) -> Credential | None:
    """The credential behind a code, with its successor."""
    rows = Credential.objects.select_related("issuer", "replaced_by")
    return rows.filter(public_code=code).first() if is_public_code(code) else None


def credential_state(one: Credential, today: date) -> State:
    """What the page says of it on that day."""
    return state_of(one.ended_as, one.valid_from, one.valid_until, today)


def issuer_of(slug: str) -> CertificateIssuer | None:
    """An issuer by its address, with its party."""
    return CertificateIssuer.objects.select_related("party").filter(slug=slug).first()


def keys_of(issuer: CertificateIssuer) -> list[IssuerKey]:
    """Every key it ever had, the one that signs now first."""
    return list(issuer.keys.order_by("-since", "-pk"))


def ended_places(issuer: CertificateIssuer, list_no: int) -> list[int] | None:
    """The set bits of a status list; None for a list in which nothing was ever issued."""
    rows = Credential.objects.filter(issuer=issuer, list_no=list_no)
    if not rows.exists():
        return None
    return list(rows.filter(ended_at__isnull=False).values_list("list_place", flat=True))


def known_key(kid: str) -> reading.KnownKey | None:
    """The key that `kid` of a credential names, if it is one of ours."""
    did, _, key_id = kid.partition("#")
    slug = did.rpartition(":")[2]
    if did != addresses.issuer_id(slug):
        return None
    key = IssuerKey.objects.filter(issuer__slug=slug, key_id=key_id).first()
    return reading.KnownKey(did, key.public) if key else None


def verified(text: str, now: datetime) -> Credential:
    """The credential that a shown JWT is, while it holds.

    Raises Refused: what `credentials.reading` refuses, credential_revoked, credential_replaced,
    credential_not_yet, credential_expired.
    """
    shown = reading.read(text, known_key)
    found = public_credential(shown.url.rpartition("/")[2])
    is_ours = found is not None and (
        shown.url == addresses.certificate_url(found.public_code)
        and shown.issuer_id == addresses.issuer_id(found.issuer.slug)
    )
    if found is None or not is_ours:
        raise Refused(rules_credentials.credential_not_ours())
    if found.ended_as == Ending.REVOKED:
        raise Refused(rules_credentials.credential_revoked())
    if found.ended_as == Ending.REPLACED:
        raise Refused(rules_credentials.credential_replaced())
    reading.require_time(shown, now)
    return found


def certificates() -> QuerySet[Certificate]:
    """Certificates with what a list of them shows."""
    return Certificate.objects.select_related("facility", "participant", "provider", "credential")


def without_certificate(session: Session) -> list[Assessment]:
    """Passed assessments of a session that have no certificate, ready to be asked for."""
    rows = Assessment.objects.filter(enrolment__session=session, result=Result.COMPETENT)
    rows = rows.exclude(pk__in=live_of(session).values("assessment"))
    rows = rows.select_related("enrolment__session__course__provider", "participant")
    return list(
        rows.prefetch_related("enrolment__session__course__course_units__unit").order_by("pk")
    )


def live_of(session: Session) -> QuerySet[Certificate]:
    """Certificates of a session that were asked for or are in force."""
    return Certificate.objects.filter(session=session, is_live=True)


def waiting_of(session: Session) -> QuerySet[Certificate]:
    """Certificates of a session that wait for the second person."""
    return live_of(session).filter(credential__isnull=True)


def issued(rows: Iterable[Certificate]) -> list[Certificate]:
    """Those that can be printed."""
    return [one for one in rows if one.is_live and one.credential_id is not None]
