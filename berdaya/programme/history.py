"""What happened in an agreement, as a timeline: versions, answered proposals, and its end."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.look.parts import Moment
from berdaya.programme.models import Agreement, AgreementVersion, Proposal, ProposalOutcome

MOST = 20
TONES = {ProposalOutcome.AGREED: "done", ProposalOutcome.REFUSED: "bad"}


def moments_of(
    agreement: Agreement,
    versions: Sequence[AgreementVersion],
    proposals: Sequence[Proposal],
    today: date,
) -> list[Moment]:
    """The newest first; what is to come stands on top."""
    found: list[tuple[date, Moment]] = []
    for one in versions:
        found.append((one.signed_on, _signed(agreement, one)))
    if versions and versions[0].last_day is not None:
        found.append((versions[0].last_day + timedelta(days=1), _ending(versions[0], today)))
    found += [(one.answered_on, _answered(one)) for one in proposals[:MOST] if one.answered_on]
    return [moment for _day, moment in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _signed(agreement: Agreement, one: AgreementVersion) -> Moment:
    words = _("Ditandatangani di %(place)s") if one.number == 1 else _("Naskah %(n)s, %(place)s")
    url = reverse("programme:scan", args=[agreement.code, one.number]) if one.scan else ""
    return Moment(
        clock.format_date(one.signed_on), words % {"n": one.number, "place": one.place},
        note=_("%(number)s Sumber: %(source)s")
        % {"number": one.number_text, "source": one.source}, tone="done", url=url,
    )  # fmt: skip


def _ending(version: AgreementVersion, today: date) -> Moment:
    last = version.last_day or today
    words = _("Berakhir") if last >= today else _("Sudah berakhir")
    return Moment(clock.format_date(last), words, tone="next" if last >= today else "bad")


def _answered(one: Proposal) -> Moment:
    return Moment(
        clock.format_date(one.answered_on or one.proposed_on),
        f"{one.get_kind_display()} {one.about}".strip(),
        who=one.get_outcome_display(), note=one.comment,
        tone=TONES.get(ProposalOutcome(one.outcome), ""),
        url=reverse("programme:proposal", args=[one.pk]),
    )  # fmt: skip
