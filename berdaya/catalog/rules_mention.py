"""May a maker be mentioned under this label, on this listing, in this channel?"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.institutions.models import FacilityKind
from berdaya.people.rules import facility_lpka
from berdaya.people.rules_consent import NEVER_PUBLIC, publicity_status
from berdaya.people.rules_placement import may_be_called

mention_consent_missing = declare_reason(
    "mention_consent_missing",
    _lazy("Tidak ada kesediaan yang berlaku untuk barang dan saluran ini."),
    next_step=_lazy("Tanyakan orangnya, bacakan naskahnya, lalu catat surat pernyataannya."),
)
mention_label_personal = declare_reason(
    "mention_label_personal",
    _lazy("Sebutan itu menunjuk orangnya: nomor, nama samaran, atau nomor kerjanya."),
    next_step=_lazy("Pakai nama kelompok, atau sebutan lain yang ia pilih."),
)
mention_label_short = declare_reason(
    "mention_label_short",
    _lazy("Sebutannya belum diisi."),
    next_step=_lazy("Tulis sebutan yang dipilih, misalnya Kelompok Tenun."),
)
mention_clean_page = declare_reason(
    "mention_clean_page",
    _lazy("Orang ini meminta halaman bersih; ia tidak disebut lagi untuk seterusnya."),
    next_step=_lazy("Tidak ada yang dapat diajukan."),
)
mention_label_retired = declare_reason(
    "mention_label_retired",
    _lazy("Sebutan itu pernah dipakai orang yang halamannya sudah dibersihkan."),
    next_step=_lazy("Pakai sebutan lain."),
)
mention_decided = declare_reason(
    "mention_decided",
    _lazy("Usulan sebutan ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
mention_own = declare_reason(
    "mention_own",
    _lazy("Usulan sebutan tidak dapat disetujui oleh yang mengajukannya."),
    next_step=_lazy("Minta Kepala UPT atau pelaksana hariannya."),
)


@dataclass(frozen=True)
class MentionFacts:
    """A mention as it is about to be proposed."""

    facility_kind: str
    status: str | None
    label: str
    label_en: str = ""
    pseudonym: str = ""
    work_numbers: frozenset[str] = frozenset()
    has_consent: bool = False
    is_clean: bool = False
    is_label_retired: bool = False


def may_mention(facts: MentionFacts) -> Verdict:
    """Every reason why this person is not mentioned so (UU 11/2012 art. 19; UU 27/2022)."""
    if facts.facility_kind == FacilityKind.LPKA:
        return Verdict((facility_lpka(),))
    if facts.status in NEVER_PUBLIC:
        return Verdict((publicity_status(),))
    if facts.is_clean:
        return Verdict((mention_clean_page(),))
    reasons: list[Reason] = []
    if not facts.has_consent:
        reasons.append(mention_consent_missing())
    if len(facts.label.strip()) < 3:
        reasons.append(mention_label_short())
    elif _is_personal(facts):
        reasons.append(mention_label_personal())
    if facts.is_label_retired:
        reasons.append(mention_label_retired())
    return Verdict(tuple(reasons))


def _is_personal(facts: MentionFacts) -> bool:
    """Whether desk and public could be joined by it: no number of theirs, not their pseudonym."""
    own = {_plain(facts.pseudonym), *map(_plain, facts.work_numbers)} - {""}
    for label in filter(None, (facts.label, facts.label_en)):
        words = _plain(label)
        if not may_be_called(label).ok or any(one in words.split() for one in own):
            return True
        if any(one in words for one in own if len(one) > 3):
            return True
    return False


def _plain(words: str) -> str:
    return re.sub(r"[^\w ]", "", words).casefold().strip()


@dataclass(frozen=True)
class MentionDecisionFacts:
    """A mention at the moment of decision."""

    is_decided: bool
    has_consent: bool
    proposed_by_id: int | None
    decided_by_id: int | None


def may_decide_mention(facts: MentionDecisionFacts, approves: bool) -> Verdict:
    """Two people, once; a yes only while there is consent."""
    reasons: list[Reason] = []
    if facts.is_decided:
        reasons.append(mention_decided())
    if facts.decided_by_id is not None and facts.decided_by_id == facts.proposed_by_id:
        reasons.append(mention_own())
    if approves and not facts.has_consent:
        reasons.append(mention_consent_missing())
    return Verdict(tuple(reasons))
