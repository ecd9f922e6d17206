"""May this paper be recorded, renewed, extended, and when is its end told to whom?

Sources: PerBPOM 4/2024 and OSS (a P-IRT is issued to a person or business, never to a unit, for one
place, with a responsible person who passed the food-safety course); domain 2.2, 2.4, 2.9, 13.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.clock import format_date
from berdaya.core.verdicts import Reason, Verdict, declare_reason

Text = str | Promise

permit_holder_is_unit = declare_reason(
    "permit_holder_is_unit",
    _lazy("%(kind)s tidak terbit atas nama UPT."),
    next_step=_lazy("Pilih koperasi, mitra, atau orang yang tertulis pada sertifikatnya."),
)
permit_holder_unfit = declare_reason(
    "permit_holder_unfit",
    _lazy("%(kind)s tidak terbit atas nama %(holder)s."),
    next_step=_lazy("Baca lagi nama pada sertifikatnya, lalu pilih yang sama."),
)
permit_not_for_kitchen = declare_reason(
    "permit_not_for_kitchen",
    _lazy("%(kind)s tidak terbit untuk dapur."),
    next_step=_lazy("Pilih cakupan Barang yang dijual."),
)
permit_kitchen_names_goods = declare_reason(
    "permit_kitchen_names_goods",
    _lazy("Sertifikat untuk dapur tidak memuat barang yang dijual."),
    next_step=_lazy("Kosongkan produknya, atau ubah cakupannya bila barangnya tercetak di situ."),
)
permit_variant_of_other = declare_reason(
    "permit_variant_of_other",
    _lazy("Varian itu bukan dari produk yang dicentang."),
    next_step=_lazy("Centang produknya, atau varian lain."),
)
permit_kbli_not_named = declare_reason(
    "permit_kbli_not_named",
    _lazy("%(kind)s tidak memuat kode KBLI."),
    next_step=_lazy("Catat KBLI pada NIB-nya."),
)
permit_renewed_already = declare_reason(
    "permit_renewed_already",
    _lazy("Izin ini sudah punya perpanjangan: %(number)s."),
    next_step=_lazy("Buka perpanjangan itu; yang keliru dicabut lebih dulu."),
)
permit_renewal_of_revoked = declare_reason(
    "permit_renewal_of_revoked",
    _lazy("Izin yang dicabut tidak diperpanjang."),
    next_step=_lazy("Selesaikan sebab pencabutannya, lalu catat izin baru."),
)
permit_renewal_early = declare_reason(
    "permit_renewal_early",
    _lazy("Perpanjangan mulai sesudah izin lamanya mulai, %(day)s."),
    next_step=_lazy("Periksa tanggal mulainya."),
)
permit_number_kept = declare_reason(
    "permit_number_kept",
    _lazy("%(kind)s %(number)s sudah tercatat dengan tanggal mulai itu."),
    next_step=_lazy("Cari nomornya di Izin dan Sertifikat; perpanjangan mulai pada hari lain."),
)
responsible_incomplete = declare_reason(
    "responsible_incomplete",
    _lazy("Sertifikat penanggung jawab perlu peran, jenis, dan nomornya."),
    next_step=_lazy("Lengkapi ketiganya, atau kosongkan semuanya."),
)

SATKER = "satker_upt"
GOODS, KITCHEN = "goods", "kitchen"
# Days before the end at which its desk is told again, the earliest first.
REMIND_DAYS = (180, 90, 30, 7)


@dataclass(frozen=True)
class PaperFacts:
    """A permit as it is about to be kept; `holder` is the kind of party in words."""

    kind: Text
    holder_kind: str
    holder: Text
    holder_kinds: Collection[str]
    scope: str = GOODS
    may_cover_kitchen: bool = False
    names_kbli: bool = False
    products: frozenset[int] = frozenset()
    variant_products: frozenset[int] = frozenset()
    kbli: int = 0


def may_record(facts: PaperFacts) -> Verdict:
    """Every reason why the paper cannot be as it was typed; its number is judged elsewhere."""
    return Verdict((*_against_holder(facts), *_against_scope(facts), *_against_names(facts)))


def _against_holder(facts: PaperFacts) -> list[Reason]:
    if facts.holder_kind in facts.holder_kinds:
        return []
    if facts.holder_kind == SATKER:
        return [permit_holder_is_unit(kind=facts.kind)]
    return [permit_holder_unfit(kind=facts.kind, holder=facts.holder)]


def _against_scope(facts: PaperFacts) -> list[Reason]:
    found = []
    if facts.scope == KITCHEN and not facts.may_cover_kitchen:
        found.append(permit_not_for_kitchen(kind=facts.kind))
    if facts.scope == KITCHEN and facts.products:
        found.append(permit_kitchen_names_goods())
    return found


def _against_names(facts: PaperFacts) -> list[Reason]:
    found = []
    if facts.variant_products - facts.products:
        found.append(permit_variant_of_other())
    if facts.kbli and not facts.names_kbli:
        found.append(permit_kbli_not_named(kind=facts.kind))
    return found


@dataclass(frozen=True)
class RenewalFacts:
    """The permit that is renewed, and when the new one begins; `renewal` is one that exists."""

    valid_from: date
    is_revoked: bool
    renewal: str
    begins: date


def may_renew(facts: RenewalFacts) -> Verdict:
    """Once, not after it was revoked, and by a permit that begins later."""
    found = []
    if facts.renewal:
        found.append(permit_renewed_already(number=facts.renewal))
    if facts.is_revoked:
        found.append(permit_renewal_of_revoked())
    if facts.begins <= facts.valid_from:
        found.append(permit_renewal_early(day=format_date(facts.valid_from)))
    return Verdict(tuple(found))


def may_answer(role: str, post: str, competence: str, certificate_no: str, ends: bool) -> Verdict:
    """A responsible person's certificate is whole, and belongs to a role."""
    is_whole = bool(competence) == bool(certificate_no) and (not ends or bool(certificate_no))
    has_role = bool(role) or not (post or competence or certificate_no)
    return Verdict() if is_whole and has_role else Verdict((responsible_incomplete(),))


def reminder(day: date, valid_until: date | None) -> int | None:
    """Which of REMIND_DAYS has come, the nearest; 0 once it is over, None while none has."""
    if valid_until is None or valid_until - day > timedelta(days=REMIND_DAYS[0]):
        return None
    left = (valid_until - day).days
    return 0 if left <= 0 else min(one for one in REMIND_DAYS if left <= one)
