"""The scan of a signed consent, sealed: it shows a thumbprint, which is biometric.

`_seal` and `_unseal` are the one place where bytes become unreadable and readable again.
"""

import hashlib
from dataclasses import dataclass

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.people.models import Consent, ConsentProof


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
    """Seal the scan of a consent just recorded; the consent's action has asked who may."""
    return ConsentProof.objects.create(
        consent=consent,
        facility_id=consent.facility_id,
        sealed=_seal(consent.participant_id, scan.content),
        digest=scan.digest,
        kind=scan.kind,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def open_proof(proof: ConsentProof) -> Scan:
    """The scan as it was; whoever calls has asked who may see it."""
    content = _unseal(proof.consent.participant_id, bytes(proof.sealed))
    return Scan(content, proof.kind)
