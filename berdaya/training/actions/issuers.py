"""Issuers of certificates and their signing keys: made when first needed, changed now and then."""

from berdaya.core import clock, codes
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.institutions.models import Party
from berdaya.training.credentials import keys
from berdaya.training.models import CertificateIssuer, IssuerKey


def ensure_issuer(*, by: Actor, party: Party) -> tuple[CertificateIssuer, IssuerKey]:
    """The provider as issuer, locked, with the key that signs; both are made the first time.

    Of two first times at once the second waits for the first one's row and takes it.
    """
    required()
    if not CertificateIssuer.objects.filter(party=party).exists():
        fresh = CertificateIssuer(
            party=party, slug=codes.public_code(), made_at=clock.now(), made_by_id=by.user_id
        )
        CertificateIssuer.objects.bulk_create([fresh], ignore_conflicts=True)
    issuer = lock_row(CertificateIssuer.objects.get(party=party))
    live = IssuerKey.objects.filter(issuer=issuer, retired_at__isnull=True).first()
    return issuer, live or _add_key(issuer)


def rotate_key(*, issuer: CertificateIssuer) -> IssuerKey:
    """A fresh key signs from now on; what the one before signed keeps verifying.

    Locks the issuer. Run from the server's command line, in a scope of its purpose.
    """
    required()
    issuer = lock_row(issuer)
    IssuerKey.objects.filter(issuer=issuer, retired_at__isnull=True).update(retired_at=clock.now())
    return _add_key(issuer)


def _add_key(issuer: CertificateIssuer) -> IssuerKey:
    owner, public = keys.make_key()
    number = IssuerKey.objects.filter(issuer=issuer).count() + 1
    return IssuerKey.objects.create(
        issuer=issuer, key_id=f"kunci-{number}", owner=owner, public=public, since=clock.now()
    )
