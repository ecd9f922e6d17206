"""The printed copy of all that is held about a person, and the receipt for what they asked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.people import sealed
from berdaya.people.actions.reveals import log_own_copy
from berdaya.people.actions.rights import note_opening, note_step
from berdaya.people.holdings import sections_of
from berdaya.people.models import RightsCase, RightsKind, SealedIdentity, StepKind
from berdaya.people.rules_rights import rights_answered, rights_not_that_kind


def open_copy(*, by: Actor, case: RightsCase, lang: str) -> dict[str, Any]:
    """Identity and sections for the paper, in `lang`; the opening and the print are noted.

    Nothing of it is kept: the caller renders and sends it with `no-store`.
    Raises Refused: no ability, rights_not_that_kind, rights_answered.
    """
    required()
    require(may(by, "rights.answer", case.facility_id))
    if case.kind != RightsKind.COPY:
        raise Refused(rights_not_that_kind())
    if hasattr(case, "answer"):
        raise Refused(rights_answered())
    with override(lang):
        opened = _opened(by, case)
        told = {
            "identity": _pairs(opened, lang) if opened else [],
            # Typst takes a picture as numbers: nothing of it is written to a file.
            "photo": list(opened.photo) if opened else [],
            "sections": _sections(case, lang),
        }
    note_step(by=by, case=case, kind=StepKind.COPY)
    return told


def _opened(by: Actor, case: RightsCase) -> sealed.Identity | None:
    """The sealed values; None where nothing was recorded or all was erased."""
    row = SealedIdentity.objects.filter(participant=case.participant_id).first()
    if row is None:
        return None
    opened = sealed.open_all([row], sealed.FIELDS)[row.participant_id]
    note_opening(by=by, case=case, fields=sealed.FIELDS)
    log_own_copy(
        by=by, facility=case.facility, participant=case.participant, subject=case.code,
        fields=sealed.FIELDS,
    )  # fmt: skip
    return opened if opened.is_readable else None


def _pairs(opened: sealed.Identity, lang: str) -> list[list[str]]:
    account = opened.account
    pairs = (
        (_("Nama"), opened.name),
        (_("Nomor register"), opened.register_no),
        ("NIK", opened.nik),
        (_("Tanggal lahir"), _day(opened.born_on, lang)),
        (_("Rekening"), " · ".join(account.values())),
        (_("Ahli waris atau keluarga"), opened.heirs),
        (_("Telepon"), opened.phone),
        (_("Foto"), _("di bawah ini") if opened.photo else ""),
    )
    return [[label, value or "–"] for label, value in pairs]


def _day(iso: str, lang: str) -> str:
    return clock.format_date(date.fromisoformat(iso), lang) if iso else ""


def _sections(case: RightsCase, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "title": section.title,
            "heads": section.heads,
            "rows": section.rows,
            "note": section.note,
            "kinds": section.kinds or ("left",) * len(section.heads),
        }
        for section in sections_of(case.participant, lang)
    ]


def note_receipt(*, by: Actor, case: RightsCase) -> None:
    """The receipt was printed for the person. Raises Refused: no ability."""
    required()
    require(may(by, "rights.record", case.facility_id))
    note_step(by=by, case=case, kind=StepKind.RECEIPT)
