"""What tests of the way in share: sign in with a card, register a PC, set a PIN."""

from django.core import signing
from django.test import Client

from berdaya.institutions.actions.pcs import register_pc, set_pin
from berdaya.institutions.models import UnitPc
from berdaya.institutions.pc_cookie import NAME, SALT
from tests.world import PASSWORD, World, codes_of

PIN = "482915"


def password(client: Client, login: str) -> object:
    """The first step of a sign-in."""
    return client.post("/masuk/", {"login": login, "password": PASSWORD})


def show(client: Client, code: str, kind: str = "card") -> object:
    """The second step."""
    return client.post("/masuk/faktor/", {"proof_kind": kind, "proof_typed": code})


def signed_in_fully(world: World, name: str, client: Client | None = None, nth: int = 0) -> Client:
    """Password and the next code of a card handed out before, or now."""
    staff = world.staff[name]
    if nth == 0:
        world.give_card(name)
    client = client or Client()
    password(client, staff.username)
    answer = show(client, codes_of(staff.username)[nth])
    assert answer.status_code == 302, answer.status_code
    return client


def make_pc(world: World, label: str = "Bengkel", by: str = "head") -> tuple[UnitPc, str]:
    """A registered PC of Atambua and its cookie."""
    facility = world.facilities["LP-KPG"] if by == "outside_head" else world.atb
    with world.acting(by) as scope:
        pc, key = register_pc(by=scope.actor, facility=facility, label=label)
    return pc, signing.dumps([pc.pk, key], salt=SALT)


def at_pc(cookie: str) -> Client:
    """A browser on that PC."""
    client = Client()
    client.cookies[NAME] = cookie
    return client


def give_pin(world: World, name: str, pc: UnitPc, pin: str = PIN) -> None:
    with world.acting(name, "pin.set") as scope:
        set_pin(by=scope.actor, pc=pc, pin=pin)


def take_over(client: Client, world: World, name: str, pin: str = PIN) -> object:
    """Pick somebody on the lock's page and type a PIN."""
    who = str(world.staff[name].pk)
    return client.post("/masuk/ganti/", {"staff": who, "proof_kind": "pin", "proof_typed": pin})
