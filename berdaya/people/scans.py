"""The scan of a signed consent, sealed: it shows a thumbprint, which is biometric.

It lies under the person's own key, so that erasing the person erases it too, and rotating keys
seals it anew (`sealed.also_sealed`, told in apps.py).
"""

import hashlib
from dataclasses import dataclass

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.people import sealed
from berdaya.people.models import Consent, ConsentProof, SealedIdentity
from berdaya.people.rules_identity import identity_missing

KIND = "consent_proof"


@dataclass(frozen=True)
class Scan:
    """A scan as it was accepted: its bytes and what kind of file they are."""

    content: bytes
    kind: str

    @property
    def digest(self) -> str:
        """SHA-256 of what was scanned."""
        return hashlib.sha256(self.content).hexdigest()


def keep_proof(*, by: Actor, consent: Consent, scan: Scan) -> ConsentProof:
    """Seal the scan of a consent just recorded; the consent's action has asked who may.

    Refused: identity_missing (there is no key yet to seal it with).
    """
    return ConsentProof.objects.create(
        consent=consent,
        participant_id=consent.participant_id,
        facility_id=consent.facility_id,
        sealed=_sealed(consent, scan.content),
        digest=scan.digest,
        kind=scan.kind,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def open_proof(proof: ConsentProof) -> Scan:
    """The scan as it was; whoever calls has asked who may see it. Raises sealing.Unreadable."""
    scan = Scan(sealed.open_for(proof.participant_id, KIND, bytes(proof.sealed)), proof.kind)
    if scan.digest != proof.digest:
        raise Unreadable("the scan of another consent")
    return scan


def _sealed(consent: Consent, content: bytes) -> bytes:
    try:
        return sealed.seal_for(consent.participant_id, KIND, content)
    except SealedIdentity.DoesNotExist:
        raise Refused(identity_missing()) from None
