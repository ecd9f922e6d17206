"""Open the sealed scan of a consent: one at a time, for a purpose, with its log."""

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.actions.reveals import log_scan
from berdaya.people.models import ConsentProof, RevealPurpose
from berdaya.people.rights import restricted_ids
from berdaya.people.rules_identity import identity_erased
from berdaya.people.rules_reveals import scan_restricted
from berdaya.people.scans import Scan, open_proof


def open_scan(
    *,
    by: Actor,
    facility: Facility,
    proof: ConsentProof,
    purpose: str = RevealPurpose.CONSENT,
    subject: str = "",
    reason: str = "",
) -> Scan:
    """The scan as it was signed; the reveal is written in the same transaction.

    `subject` is the list the person must stand on: this consent itself unless told otherwise (an
    auditor's sample). Raises Refused: what `open_identities` refuses, scan_restricted,
    identity_erased. The caller sends it after its scope has ended.
    """
    required()
    log_scan(
        by=by, facility=facility, participant_id=proof.participant_id, purpose=purpose,
        subject=subject or f"consent:{proof.consent_id}", reason=reason,
    )  # fmt: skip
    if restricted_ids([proof.participant_id], clock.today(facility.timezone)):
        raise Refused(scan_restricted())
    try:
        return open_proof(proof)
    except Unreadable:
        raise Refused(identity_erased()) from None
