"""Planted identities, and one name that may stand on no page that was not asked to open it."""

from berdaya.people import sealed
from berdaya.people.actions.identity import record_identity
from berdaya.people.models import SealedIdentity
from tests.world import World

NAMES = {
    "cendana": "Contoh Kedondong Raya",
    "lontar": "Contoh Jambu Mete",
    "kelor": "Contoh Belimbing Besi",
    "waru": "Contoh Sawo Manila",
    "pinang": "Contoh Duku Palembang",
    "asam": "Contoh Rambutan Rapiah",
}
HOME = {"waru": "LP-KPG", "pinang": "BP-KPG", "asam": "BP-KPG"}
NIK = "5304014101900001"


def plant(world: World, *who: str, **values: str) -> list[SealedIdentity]:
    """Record names, register numbers and accounts of these people, each where they are."""
    return [_plant(world, one, values) for one in who or NAMES]


def _plant(world: World, who: str, values: dict[str, str]) -> SealedIdentity:
    number = f"00918273{list(NAMES).index(who)}"
    facts = {
        "name": NAMES[who],
        "register_no": f"B.I {list(NAMES).index(who) + 9_180}/2025",
        "born_on": "1990-01-31",
        "bank_account": sealed.account_text("Bank Contoh", number, NAMES[who]),
        **values,
    }
    with world.everywhere() as scope:
        return record_identity(
            by=scope.actor, participant=world.people[who],
            facility=world.facilities[HOME.get(who, "LP-ATB")], values=facts,
        )  # fmt: skip


def told(page: bytes | str) -> set[str]:
    """Whose planted names stand in there."""
    text = page.decode() if isinstance(page, bytes) else page
    return {who for who, name in NAMES.items() if name in text}
