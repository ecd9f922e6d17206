"""May this actor do that there, and may this account belong to that party."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Reason, Verdict, declare_reason
from berdaya.institutions import qris
from berdaya.institutions.models import Account, Facility, Office, Party, PartyKind
from berdaya.institutions.roles import ABILITIES, ROLES, UMKM_SIDE, holders_of

# Roles held at an office rather than at one facility stand under this key of `Actor.roles`.
AT_OFFICE = 0

not_appointed = declare_reason(
    "not_appointed",
    _lazy("Hari ini tidak ada penunjukan yang berlaku untuk akun ini."),
    next_step=_lazy("Minta administrator mencatat SK penunjukan Anda; auditor: surat tugasnya."),
    forbids=True,
)
facility_out_of_scope = declare_reason(
    "facility_out_of_scope",
    _lazy("UPT ini di luar wilayah tugas Anda."),
    next_step=_lazy("Pilih UPT Anda sendiri, atau minta Kantor Wilayah."),
    forbids=True,
)
ability_missing = declare_reason(
    "ability_missing",
    _lazy("Peran Anda di sini tidak dapat %(ability)s."),
    next_step=_lazy("Minta kepada: %(roles)s."),
    forbids=True,
)
account_private_owner = declare_reason(
    "account_private_owner",
    _lazy("Rekening atau QRIS perorangan tidak dapat didaftarkan."),
    next_step=_lazy("Pakai rekening satker, koperasi, atau mitra yang ber-PKS."),
)
account_not_approved = declare_reason(
    "account_not_approved",
    _lazy("Rekening satker belum disertai nomor dan tanggal persetujuan."),
    next_step=_lazy("Isi nomor dan tanggal surat persetujuan KPPN."),
)
agreement_missing = declare_reason(
    "agreement_missing",
    _lazy("Bagi hasil memerlukan perjanjian kerja sama (PKS) yang bernomor."),
    next_step=_lazy("Isi nomor dan tanggal PKS."),
)


account_same_person = declare_reason(
    "account_same_person",
    _lazy("Yang mendaftarkan tidak boleh mengesahkan sendiri."),
    next_step=_lazy("Minta kepala UPT atau Kantor Wilayah memeriksanya."),
)
account_decided = declare_reason(
    "account_decided",
    _lazy("Rekening atau QRIS ini sudah diputuskan."),
    next_step=_lazy("Muat ulang halamannya."),
)
account_taken = declare_reason(
    "account_taken",
    _lazy("Nomor itu sudah terdaftar untuk masa yang sama."),
    next_step=_lazy("Akhiri dulu yang lama, atau periksa nomornya."),
)
qris_payload_broken = declare_reason(
    "qris_payload_broken",
    _lazy("Isi QRIS tidak utuh: angka pemeriksanya tidak cocok."),
    next_step=_lazy("Pindai QRIS sekali lagi, lalu salin seluruh isinya."),
)
qris_not_static = declare_reason(
    "qris_not_static",
    _lazy("QRIS ini dinamis, hanya untuk satu pembayaran."),
    next_step=_lazy("Pakai QRIS statis yang dipasang di toko atau stan."),
)
qris_nmid_differs = declare_reason(
    "qris_nmid_differs",
    _lazy("NMID %(nmid)s tidak ada di dalam isi QRIS."),
    next_step=_lazy("Salin NMID dari bawah gambar QRIS, diawali ID."),
)
appoint_self = declare_reason(
    "appoint_self",
    _lazy("Tidak seorang pun mencatat penunjukannya sendiri."),
    next_step=_lazy("Minta rekan atau atasan mencatatnya dari SK."),
)
unit_can_decide = declare_reason(
    "unit_can_decide",
    _lazy("Kantor Wilayah memutuskan ini hanya bila di UPT tidak ada yang dapat; hari ini ada."),
    next_step=_lazy("Minta kepala UPT memutuskannya, atau tunjuk Plh. bila kepala berhalangan."),
    forbids=True,
)
place_out_of_reach = declare_reason(
    "place_out_of_reach",
    _lazy("Tempat ini di luar wilayah tugas Anda."),
    next_step=_lazy("Minta kantor di atasnya."),
    forbids=True,
)
appointment_overlaps = declare_reason(
    "appointment_overlaps",
    _lazy("Untuk masa itu penunjukan yang sama, atau kepala definitif, sudah ada."),
    next_step=_lazy("Akhiri dulu yang lama, atau catat sebagai Plh. atau Plt."),
)
ends_early = declare_reason(
    "ends_early",
    _lazy("Tanggal itu tidak sesudah awalnya, atau sudah lewat akhirnya."),
    next_step=_lazy("Periksa tanggalnya."),
)
party_exists = declare_reason(
    "party_exists",
    _lazy("Kode %(code)s sudah dipakai pihak lain."),
    next_step=_lazy("Pakai kode lain, misalnya dengan nama kotanya."),
)
regime_begins_early = declare_reason(
    "regime_begins_early",
    _lazy("Pada tanggal itu sudah ada rezim yang mulai pada hari yang sama atau sesudahnya."),
    next_step=_lazy("Pilih tanggal sesudah rezim terakhir mulai."),
)


unit_not_chosen = declare_reason(
    "unit_not_chosen",
    _lazy("Anda melihat beberapa UPT sekaligus; catatan ini milik satu UPT."),
    next_step=_lazy("Pilih dulu satu UPT."),
)


class AbilityList:
    """Role labels joined when read, so that they speak the reader's language."""

    def __init__(self, ability: str) -> None:
        self.ability = ability

    def __str__(self) -> str:
        return ", ".join(str(role.label) for role in holders_of(self.ability))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AbilityList) and other.ability == self.ability

    def __hash__(self) -> int:
        return hash(self.ability)


def may(actor: Actor | None, ability: str, facility_id: int) -> Verdict:
    """Whether `actor` may do `ability` at that facility today; KeyError for an unknown ability.

    A program's own actor (no user) was let in by its purpose and is not asked for a role.
    """
    holders = {role.code for role in holders_of(ability)}
    asked: dict[str, Any] = {"ability_code": ability, "unit": facility_id}
    if actor is None or (actor.user_id is not None and not actor.roles):
        return Verdict((not_appointed(**asked),))
    if facility_id not in actor.facility_ids:
        return Verdict((facility_out_of_scope(**asked),))
    if actor.user_id is None or actor.roles.get(facility_id, frozenset()) & holders:
        return ALLOWED
    return Verdict((_missing(ability, unit=facility_id),))


def stands_in(actor: Actor | None, ability: str, facility_id: int) -> bool:
    """Whether this ability would be used there in the unit's stead, if at all."""
    if actor is None or actor.user_id is None or facility_id not in actor.facility_ids:
        return False
    held = [ROLES[role] for role in actor.roles.get(facility_id, ())]
    has_itself = any(ability in role.abilities for role in held)
    return not has_itself and any(ability in role.in_stead for role in held)


def may_stand_in(actor: Actor, ability: str, facility_id: int, *, able: Collection[int]) -> Verdict:
    """Whether the regional office decides for a unit: only where `able`, those of the unit who
    could decide that day and did not do the first part, is empty.
    """
    if not stands_in(actor, ability, facility_id):
        return may(actor, ability, facility_id)
    if able:
        return Verdict((unit_can_decide(ability_code=ability, unit=facility_id),))
    return ALLOWED


def _missing(ability: str, **unit: Any) -> Reason:
    """`ability_code` and `unit` let the page of the refusal lead to the one that explains it."""
    return ability_missing(
        ability=ABILITIES[ability], roles=AbilityList(ability), ability_code=ability, **unit
    )


def places_of(actor: Actor, ability: str, facility_ids: Iterable[int]) -> list[int]:
    """Those of the facilities at which the actor may do `ability`."""
    return [pk for pk in facility_ids if may(actor, ability, pk).ok]


def own_units(actor: Actor) -> list[int]:
    """The actor's facilities but for the production houses that the UMKM side keeps: empty for a
    mentor, who has a house, perhaps, and works with units that are not theirs."""
    return [pk for pk in actor.facility_ids if not actor.roles[pk] <= UMKM_SIDE]


def may_anywhere(actor: Actor | None, ability: str) -> bool:
    """Whether any of the actor's roles, at whichever place, has this ability."""
    if actor is None:
        return False
    held = frozenset().union(*actor.roles.values())
    return any(ability in ROLES[role].abilities for role in held)


def may_somewhere(actor: Actor | None, ability: str) -> Verdict:
    """Whether the actor may do it at any place at all, and if not, whom to ask.

    Who may stand in somewhere is let in too: at the one unit `may_stand_in` decides.
    """
    if actor is None or (actor.user_id is not None and not actor.roles):
        return Verdict((not_appointed(ability_code=ability),))
    if actor.user_id is None or may_anywhere(actor, ability):
        return ALLOWED
    if any(stands_in(actor, ability, pk) for pk in actor.facility_ids):
        return ALLOWED
    return Verdict((_missing(ability),))


@dataclass(frozen=True)
class Reach:
    """Where an ability holds: at these facilities, and at offices and facilities under paths."""

    facility_ids: frozenset[int] = frozenset()
    paths: tuple[str, ...] = ()

    def covers(self, place: Facility | Office) -> bool:
        """Whether the ability holds at this place; a facility needs its office loaded."""
        if isinstance(place, Facility) and place.pk in self.facility_ids:
            return True
        office = place.office if isinstance(place, Facility) else place
        return any(office.is_under(path) for path in self.paths)


def may_appoint(by: Actor, staff_id: int, reach: Reach, place: Facility | Office) -> Verdict:
    """Staff are appointed by others, within their reach; the program itself may everywhere."""
    if by.user_id is None:
        return ALLOWED
    found = may_somewhere(by, "staff.edit" if isinstance(place, Facility) else "office.appoint")
    if found.ok and not reach.covers(place):
        found += place_out_of_reach()
    return found + appoint_self() if staff_id == by.user_id else found


def may_for_party(by: Actor, ability: str, facility_id: int | None) -> Verdict:
    """A party of a unit is that unit's matter, one of no unit the office's."""
    if facility_id is not None:
        return may(by, ability, facility_id)
    roles = by.roles.get(AT_OFFICE, frozenset())
    if by.user_id is None or any(ability in ROLES[role].abilities for role in roles):
        return ALLOWED
    return Verdict((_missing(ability),))


def may_decide_account(by: Actor, account: Account) -> Verdict:
    """A second person decides, once."""
    found = may_for_party(by, "account.confirm", account.owner.facility_id)
    if by.user_id is not None and by.user_id == account.registered_by_id:
        found += account_same_person()
    return found if account.state == "waiting" else found + account_decided()


def may_be_payload(payload: str, nmid: str) -> Verdict:
    """Whether a scanned text is this merchant's static QRIS; an empty one says nothing yet."""
    if not payload:
        return ALLOWED
    try:
        told = qris.parse(payload)
    except qris.BadPayload:
        return Verdict((qris_payload_broken(),))
    reasons = [] if told.is_static else [qris_not_static()]
    if nmid not in told.merchant_ids:
        reasons.append(qris_nmid_differs(nmid=nmid))
    return Verdict(tuple(reasons))


def may_register_account(owner: Party, approval_no: str, approved_on: date | None) -> Verdict:
    """Who may own a bank account or QRIS here: no private person but a released maker."""
    if owner.is_private:
        return Verdict((account_private_owner(),))
    if owner.kind == PartyKind.SATKER_UPT and not (approval_no and approved_on):
        return Verdict((account_not_approved(),))
    return ALLOWED
