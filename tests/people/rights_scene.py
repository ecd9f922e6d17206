"""What tests of rights, breaches and retention arrange."""

from datetime import datetime, timedelta

from berdaya.core import clock
from berdaya.people import sealed
from berdaya.people.actions.breaches import record_breach
from berdaya.people.actions.identity import record_identity
from berdaya.people.actions.rights import record_case
from berdaya.people.models import Breach, RightsCase
from tests.world import World

PLANTED = {
    "name": "Contoh Kedondong Raya",
    "register_no": "B.I 91827/2025",
    "nik": "5304014101900001",
    "born_on": "1990-01-01",
    "bank_account": sealed.account_text("Bank Contoh", "0091827364", "Contoh Kedondong Raya"),
    "heirs": "Contoh Kelengkeng Raya, saudara",
}


def seal(world: World, who: str = "cendana") -> None:
    with world.acting() as scope:
        record_identity(
            by=scope.actor, participant=world.people[who], facility=world.atb, values=PLANTED
        )


def ask(
    world: World,
    kind: str,
    who: str = "cendana",
    by: str = "officer",
    received_at: datetime | None = None,
) -> RightsCase:
    with world.acting(by) as scope:
        return record_case(
            by=scope.actor, participant=world.people[who], facility=world.atb, kind=kind,
            how="desk", received_at=received_at or clock.now(), subject="Ingin tahu isinya",
        )  # fmt: skip


def breach(world: World, by: str = "officer", hours: int = 1) -> Breach:
    with world.acting(by) as scope:
        return record_breach(
            by=scope.actor, facilities=[world.atb], noticed_at=clock.now() - timedelta(hours=hours),
            happened="Lembar roll tertinggal di ruang kunjungan", data_kinds=["identity", "status"],
            people_count=12, measures="Lembar diambil kembali dan dihitung",
        )[0]  # fmt: skip
