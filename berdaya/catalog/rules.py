"""May it be proposed, approved, withdrawn, and if not, why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.calc import SeenPhoto
from berdaya.catalog.estimates import GROSS
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.institutions.models import FacilityKind
from berdaya.institutions.rules import may
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
photo_gone = declare_reason(
    "photo_gone",
    _lazy("Foto ini ditolak atau sudah ditarik dan tidak dipakai lagi."),
    next_step=_lazy("Ajukan versi baru dengan foto lain: tangan dan barang saja."),
)
photo_not_reviewed = declare_reason(
    "photo_not_reviewed",
    _lazy("Ada foto yang belum diperiksa orang kedua."),
    next_step=_lazy("Minta orang lain dari yang mengunggah memeriksa fotonya lebih dulu."),
)
photo_reviewed = declare_reason(
    "photo_reviewed",
    _lazy("Foto ini sudah diperiksa."),
    next_step=_lazy("Muat ulang halamannya. Bila ternyata keliru, tarik fotonya."),
)
photo_same_person = declare_reason(
    "photo_same_person",
    _lazy("Foto tidak dapat diperiksa oleh yang mengunggahnya."),
    next_step=_lazy(
        "Minta Kepala UPT, Humas, Kepala Pengamanan, atau Kantor Wilayah memeriksanya."
    ),
)
photo_check_incomplete = declare_reason(
    "photo_check_incomplete",
    _lazy("Belum semua butir pemeriksaan foto dicentang."),
    next_step=_lazy("Lihat fotonya sekali lagi. Ada yang tidak dapat dicentang? Tolak fotonya."),
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


@dataclass(frozen=True)
class ReviewFacts:
    """A photo at the moment of its review; `missing`: how many points were not ticked."""

    is_reviewed: bool
    is_withdrawn: bool
    uploaded_by_id: int | None
    reviewed_by_id: int | None
    missing: int = 0


def may_review(facts: ReviewFacts) -> Verdict:
    """Somebody else than the uploader, once, with every point ticked. Domain 7.2 no. 3.

    A program's own actor (demo) stands for two.
    """
    reasons: list[Reason] = []
    if facts.is_withdrawn:
        reasons.append(photo_gone())
    if facts.is_reviewed:
        reasons.append(photo_reviewed())
    if facts.reviewed_by_id is not None and facts.reviewed_by_id == facts.uploaded_by_id:
        reasons.append(photo_same_person())
    if facts.missing:
        reasons.append(photo_check_incomplete())
    return Verdict(tuple(reasons))


def may_show_photos(photos: Iterable[SeenPhoto], reviewed_now: Collection[int] = ()) -> Verdict:
    """Whether a version with these photos may be shown; `reviewed_now` are reviewed with it."""
    states = [photo.state for photo in photos if photo.pk not in reviewed_now]
    reasons: list[Reason] = []
    if {"refused", "withdrawn"} & set(states):
        reasons.append(photo_gone())
    if "waiting" in states:
        reasons.append(photo_not_reviewed())
    return Verdict(tuple(reasons))


def may_withdraw_photo(by: Actor, facility_id: int) -> Verdict:
    """Whoever reviews photos, and whoever uploads them: pulling back must wait for nobody."""
    reviews = may(by, "photo.review", facility_id)
    return reviews if reviews.ok else may(by, "listing.propose", facility_id)
