"""How the papers room numbers, prints and finds the documents of training."""

from django.urls import reverse

from berdaya.look.paper import Paper
from berdaya.papers.models import Document
from berdaya.training import prints
from berdaya.training.actions.proofs import PAPER as PROOF
from berdaya.training.models import AttendanceProof, Session

SHEET = "DHP"
BLANK, FILLED = "kosong", "isi"
__all__ = ["BLANK", "FILLED", "PROOF", "SHEET"]


def sheet_subject(session: Session, kind: str) -> str:
    """What a sheet is about; the one to sign by pen and the one as filed are two papers."""
    return f"session:{session.code}:{kind}"


def _session(document: Document) -> Session:
    code = document.subject_ref.split(":")[1]
    return Session.objects.select_related("course__provider", "facility").get(code=code)


def print_sheet(document: Document, paper: Paper) -> bytes:
    """The attendance sheet, to sign by pen or as filed."""
    is_blank = document.subject_ref.endswith(f":{BLANK}")
    return prints.sheet_pdf(document, _session(document), paper, is_blank=is_blank)


def page_of_sheet(document: Document) -> str:
    """The sheet on the screen."""
    return reverse("training:attendance", args=[document.subject_ref.split(":")[1]])


def _proof(document: Document) -> AttendanceProof:
    rows = AttendanceProof.objects.select_related(
        "session__course__provider", "session__course__skill", "session__facility"
    )
    return rows.get(pk=int(document.subject_ref.split(":")[1]))


def print_proof(document: Document, paper: Paper) -> bytes:
    """The funder's list of codes with the head's statement."""
    return prints.proof_pdf(document, _proof(document), paper)


def page_of_proof(document: Document) -> str:
    """The session it is about."""
    return reverse("training:session", args=[_proof(document).session.code])
