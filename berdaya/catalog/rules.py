"""May it be proposed, approved, withdrawn, and if not, why."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.estimates import GROSS
from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.institutions.models import FacilityKind
from berdaya.people.rules import facility_lpka

listing_seller_missing = declare_reason(
    "listing_seller_missing",
    _lazy("Penjual barang ini belum ada, atau bukan penjual untuk UPT ini."),
    next_step=_lazy("Minta administrator mencatat koperasi atau mitra dan bukunya."),
)
listing_makers_get_nothing = declare_reason(
    "listing_makers_get_nothing",
    _lazy("Dengan harga ini bagian pembuat Rp0: biayanya menghabiskan harga."),
    next_step=_lazy("Naikkan harganya, atau centang bahwa Anda tahu dan tetap mengajukan."),
)
listing_state_takes_all = declare_reason(
    "listing_state_takes_all",
    _lazy("Unit ini menjual sendiri: seluruh harga menjadi PNBP, bagian pembuat Rp0."),
    next_step=_lazy("Jual lewat koperasi yang ber-PKS, atau centang bahwa Anda tahu."),
)
listing_goods_inactive = declare_reason(
    "listing_goods_inactive",
    _lazy("Barang ini ditandai tidak dijual lagi."),
    next_step=_lazy("Aktifkan dulu pada halaman produknya."),
)
listing_decided = declare_reason(
    "listing_decided",
    _lazy("Usulan ini sudah diputuskan, atau ada usulan yang lebih baru."),
    next_step=_lazy("Buka daftar tayang dan lihat keadaannya sekarang."),
)
listing_own = declare_reason(
    "listing_own",
    _lazy("Usulan tayang tidak dapat disetujui oleh yang mengajukannya."),
    next_step=_lazy("Minta Kepala UPT atau pelaksana hariannya."),
)
listing_reason_missing = declare_reason(
    "listing_reason_missing",
    _lazy("Alasannya belum diisi."),
    next_step=_lazy("Tulis alasannya dengan singkat, supaya petugas tahu apa yang diperbaiki."),
)
listing_not_shown = declare_reason(
    "listing_not_shown",
    _lazy("Barang ini sedang tidak tayang."),
    next_step=_lazy("Tidak perlu ditarik; ajukan versi baru bila ingin menayangkannya."),
)
photo_too_heavy = declare_reason(
    "photo_too_heavy",
    _lazy("Berkas foto ini lebih dari 12 MB."),
    next_step=_lazy("Kecilkan ukurannya pada kamera atau ponsel, lalu unggah lagi."),
)
photo_too_many_pixels = declare_reason(
    "photo_too_many_pixels",
    _lazy("Foto ini lebih dari 40 megapiksel."),
    next_step=_lazy("Pilih ukuran foto yang lebih kecil pada kamera, lalu unggah lagi."),
)
photo_heic = declare_reason(
    "photo_heic",
    _lazy("Foto HEIC belum dapat dibaca."),
    next_step=_lazy("Di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel. Lalu potret lagi."),
)
photo_wrong_type = declare_reason(
    "photo_wrong_type",
    _lazy("Berkas ini bukan foto JPEG, PNG, atau WebP."),
    next_step=_lazy("Pilih berkas foto dari kamera atau ponsel."),
)
photo_broken = declare_reason(
    "photo_broken",
    _lazy("Foto ini rusak atau terpotong sehingga tidak dapat dibuka."),
    next_step=_lazy("Salin ulang dari kamera atau ponsel, lalu unggah lagi."),
)
photo_words_missing = declare_reason(
    "photo_words_missing",
    _lazy("Keterangan gambarnya belum diisi."),
    next_step=_lazy("Tulis apa yang tampak, untuk pembeli yang tidak dapat melihatnya."),
)
photo_elsewhere = declare_reason(
    "photo_elsewhere",
    _lazy("Foto ini milik UPT lain."),
    next_step=_lazy("Unggah foto barang Anda sendiri."),
)


@dataclass(frozen=True)
class ProposalFacts:
    """What is known before a version is proposed; `makers_rp` None: no estimate can be made."""

    facility_kind: str
    is_active: bool
    has_seller: bool
    makers_rp: int | None
    base: str
    is_no_share_confirmed: bool


def may_propose(facts: ProposalFacts) -> Verdict:
    """Whether an officer may put this before the head."""
    if facts.facility_kind == FacilityKind.LPKA:
        return Verdict((facility_lpka(),))
    reasons: list[Reason] = []
    if not facts.is_active:
        reasons.append(listing_goods_inactive())
    if not facts.has_seller:
        reasons.append(listing_seller_missing())
    if facts.makers_rp == 0 and not facts.is_no_share_confirmed:
        takes_all = facts.base == GROSS
        reasons.append(listing_state_takes_all() if takes_all else listing_makers_get_nothing())
    return Verdict(tuple(reasons))


@dataclass(frozen=True)
class DecisionFacts:
    """A version at the moment of decision."""

    is_decided: bool
    is_newest: bool
    proposed_by_id: int | None
    decided_by_id: int | None


def may_decide(facts: DecisionFacts) -> Verdict:
    """Two people, once, on the newest version. A program's own actor (demo) stands for two."""
    reasons: list[Reason] = []
    if facts.is_decided or not facts.is_newest:
        reasons.append(listing_decided())
    if facts.decided_by_id is not None and facts.decided_by_id == facts.proposed_by_id:
        reasons.append(listing_own())
    return Verdict(tuple(reasons))
