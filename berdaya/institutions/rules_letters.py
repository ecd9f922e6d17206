"""May this letter of assignment be recorded, and what it opens."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.rules import Reach, may_somewhere, place_out_of_reach

letter_missing = declare_reason(
    "letter_missing",
    _lazy("Penunjukan auditor Anda berlaku, tetapi hari ini tidak ada surat tugas yang berlaku."),
    next_step=_lazy("Minta Kantor Wilayah atau administrator mencatat surat tugas Anda."),
)
letter_self = declare_reason(
    "letter_self",
    _lazy("Tidak seorang pun mencatat surat tugasnya sendiri."),
    next_step=_lazy("Minta Kantor Wilayah atau administrator lain mencatatnya."),
)
letter_places_missing = declare_reason(
    "letter_places_missing",
    _lazy("Surat tugas belum menyebut kantor atau UPT yang diperiksa."),
    next_step=_lazy("Pilih satu kantor, atau paling sedikit satu UPT."),
)
letter_no_auditor = declare_reason(
    "letter_no_auditor",
    _lazy("Pada hari surat itu mulai, orang ini tidak ditunjuk sebagai auditor."),
    next_step=_lazy("Catat penunjukannya dari SK lebih dulu."),
)
letter_exists = declare_reason(
    "letter_exists",
    _lazy("Surat tugas %(number)s sudah dicatat untuk auditor ini."),
    next_step=_lazy("Buka surat yang sudah ada, atau periksa nomornya."),
)


def may_record_letter(
    by: Actor, auditor_id: int, reach: Reach, places: Sequence[Facility | Office]
) -> Verdict:
    """By others, for places within their reach; the program itself may everywhere."""
    found = ALLOWED if places else Verdict((letter_places_missing(),))
    if by.user_id is None:
        return found
    found = may_somewhere(by, "letter.edit") + found
    if auditor_id == by.user_id:
        found += letter_self()
    outside = [one for one in places if not reach.covers(one)]
    return found + place_out_of_reach() if found.ok and outside else found


def may_be_auditor(*, is_appointed: bool) -> Verdict:
    """Only who is appointed as auditor on the letter's first day gets one."""
    return ALLOWED if is_appointed else Verdict((letter_no_auditor(),))
