"""The scan of a signed consent, sealed: it shows a thumbprint, which is biometric.

It lies under the person's own key, bound to its consent, so that erasing the person erases it too.
"""

import hashlib
from dataclasses import dataclass

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.people import sealed
from berdaya.people.models import Consent, ConsentProof, SealedIdentity
from berdaya.people.rules_identity import identity_missing


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
        facility_id=consent.facility_id,
        sealed=_sealed(consent, scan.content),
        digest=scan.digest,
        kind=scan.kind,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def open_proof(proof: ConsentProof) -> Scan:
    """The scan as it was; whoever calls has asked who may see it. Raises sealing.Unreadable."""
    consent = proof.consent
    content = sealed.open_for(consent.participant_id, _kind(consent), bytes(proof.sealed))
    return Scan(content, proof.kind)


def reseal_proofs(participant_id: int) -> int:
    """Every scan of a person under the newest version of their key; returns how many.

    For rotating keys, while the version before can still be read.
    """
    rows = ConsentProof.objects.filter(consent__participant=participant_id)
    found = list(rows.select_related("consent"))
    for proof in found:
        proof.sealed = _sealed(proof.consent, open_proof(proof).content)
        proof.save(update_fields=["sealed"])
    return len(found)


def _kind(consent: Consent) -> str:
    return f"consent:{consent.pk}"


def _sealed(consent: Consent, content: bytes) -> bytes:
    try:
        return sealed.seal_for(consent.participant_id, _kind(consent), content)
    except SealedIdentity.DoesNotExist:
        raise Refused(identity_missing()) from None
