"""May this actor do that there, and may this account belong to that party."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.core.verdicts import ALLOWED, Verdict, declare_reason
from berdaya.institutions.models import Party, PartyKind
from berdaya.institutions.roles import ABILITIES, ROLES, holders_of

# Roles held at an office rather than at one facility stand under this key of `Actor.roles`.
AT_OFFICE = 0

not_appointed = declare_reason(
    "not_appointed",
    _lazy("Hari ini tidak ada penunjukan yang berlaku untuk akun ini."),
    next_step=_lazy("Minta administrator mencatat SK penunjukan Anda."),
)
facility_out_of_scope = declare_reason(
    "facility_out_of_scope",
    _lazy("UPT ini di luar wilayah tugas Anda."),
    next_step=_lazy("Pilih UPT Anda sendiri, atau minta Kantor Wilayah."),
)
ability_missing = declare_reason(
    "ability_missing",
    _lazy("Peran Anda di sini tidak dapat %(ability)s."),
    next_step=_lazy("Minta kepada: %(roles)s."),
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
    roles = AbilityList(ability)
    holders = {role.code for role in holders_of(ability)}
    if actor is None or (actor.user_id is not None and not actor.roles):
        return Verdict((not_appointed(),))
    if facility_id not in actor.facility_ids:
        return Verdict((facility_out_of_scope(),))
    if actor.user_id is None or actor.roles.get(facility_id, frozenset()) & holders:
        return ALLOWED
    return Verdict((ability_missing(ability=ABILITIES[ability], roles=roles),))


def places_of(actor: Actor, ability: str, facility_ids: Iterable[int]) -> list[int]:
    """Those of the facilities at which the actor may do `ability`."""
    return [pk for pk in facility_ids if may(actor, ability, pk).ok]


def may_anywhere(actor: Actor | None, ability: str) -> bool:
    """Whether any of the actor's roles, at whichever place, has this ability."""
    if actor is None:
        return False
    held = frozenset().union(*actor.roles.values())
    return any(ability in ROLES[role].abilities for role in held)


def may_register_account(owner: Party, approval_no: str, approved_on: date | None) -> Verdict:
    """Who may own a bank account or QRIS here: no private person but a released maker."""
    if owner.is_private:
        return Verdict((account_private_owner(),))
    if owner.kind == PartyKind.SATKER_UPT and not (approval_no and approved_on):
        return Verdict((account_not_approved(),))
    return ALLOWED
