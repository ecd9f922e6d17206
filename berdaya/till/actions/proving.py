"""QRIS that nobody saw come: the treasurer finds it in the statement, or somebody says why not."""

from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.rules import may
from berdaya.till import rules_sales as rules
from berdaya.till.models import QrisProof, StallSale


def match_qris(*, by: Actor, nota: StallSale, note: str = "") -> StallSale:
    """The treasurer found the money in the merchant's statement. One conditional UPDATE.

    Refused: proof_own, qris_not_waiting.
    """
    scope.required()
    own = by.user_id is not None and by.user_id == nota.recorded_by_id
    verdict = may(by, "cash.receive", nota.facility_id)
    require(verdict + Verdict((rules.proof_own(),)) if own else verdict)
    _change(nota, proof=QrisProof.MATCHED, proof_note=note.strip() or nota.proof_note, by=by)
    return nota


def note_qris(*, by: Actor, nota: StallSale, note: str) -> StallSale:
    """Why it is not proven yet, so that the stall may close; it still waits for the treasurer.

    Refused: nota_reason_missing, qris_not_waiting.
    """
    scope.required()
    require(may(by, "stall.sell", nota.facility_id))
    if not note.strip():
        raise Refused(rules.nota_reason_missing())
    _change(nota, proof=QrisProof.OPEN, proof_note=note.strip(), by=None)
    return nota


def _change(nota: StallSale, *, proof: str, proof_note: str, by: Actor | None) -> None:
    waiting = StallSale.objects.filter(pk=nota.pk, proof=QrisProof.OPEN)
    told: dict[str, object] = {"proof": proof, "proof_note": proof_note}
    if by is not None:
        told |= {"proved_at": clock.now(), "proved_by_id": by.user_id}
    if not waiting.update(**told):
        raise Refused(rules.qris_not_waiting())
    nota.refresh_from_db()
