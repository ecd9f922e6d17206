"""The invented half of the institutions: cooperatives, regimes, accounts, staff and decrees.

Facilities and offices are real, everybody and everything else carries "Contoh" in its name.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, Scope, system_scope
from berdaya.institutions import qris
from berdaya.institutions.actions.accounts import (
    confirm_account,
    register_bank_account,
    register_qris,
)
from berdaya.institutions.actions.letters import record_letter
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.institutions.actions.staff import add_staff, appoint
from berdaya.institutions.models import (
    AppointmentKind,
    DemoWorld,
    Facility,
    FacilityKind,
    Office,
    Party,
    PartyKind,
    RegimeKind,
    Staff,
)

# The same for every demo account; printed by bin/demo and `manage demo_logins`.
PASSWORD = "tenun-kupang-2025"  # noqa: S105
GIVEN = [
    "Maria",
    "Yohanes",
    "Petrus",
    "Agustina",
    "Yosef",
    "Margaretha",
    "Dominggus",
    "Fransiska",
    "Melkianus",
    "Kristina",
    "Adrianus",
    "Veronika",
    "Hendrikus",
    "Yuliana",
    "Simon",
    "Theresia",
    "Antonius",
    "Martha",
    "Gabriel",
    "Elisabeth",
    "Paulus",
    "Regina",
]
# Two units sell for themselves, one sells through a partner, everybody else through a cooperative.
SELL_THEMSELVES = ("LP-WGP", "RT-BJW")
PARTNERED = "RT-RTG"
# Too small for a payments treasurer: the regional office stands in.
WITHOUT_TREASURER = ("LP-BAA", "LPT-WKB")
UNIT_ROLES = (
    ("petugas", "officer"),
    ("kepala", "head"),
    ("bendahara", "receipts_treasurer"),
    ("pengeluaran", "payments_treasurer"),
    ("koperasi", "cooperative_officer"),
    ("penjual", "seller"),
)
OFFICE_ROLES = (
    ("kanwil.ntt", "regional", "NTT-KWL"),
    ("kanwil2.ntt", "regional", "NTT-KWL"),
    ("pusat.pas", "national", "IMIPAS-PAS"),
    ("hukum.pas", "national", "IMIPAS-PAS"),
    ("auditor.ntt", "auditor", "NTT-KWL"),
    ("pendamping.ntt", "mentor", "UMKM-MIKRO"),
    ("umkm.ntt", "umkm_officer", "UMKM-MIKRO"),
    ("admin", "administrator", "IMIPAS-PAS"),
)
# What only some units have: a press officer, a clinician, a head of security, somebody who issues
# one-time cards.
EXTRA_ROLES = {
    "LP-KPG": (("humas", "humas"), ("klinik", "clinician"), ("admin", "unit_administrator")),
    "LP-ATB": (("humas", "humas"), ("klinik", "clinician"), ("kplp", "security")),
}
NO_WORK_ROLES = {
    FacilityKind.LPKA: (("petugas", "officer"), ("kepala", "head")),
    FacilityKind.BAPAS: (("pk", "counsellor"), ("pk2", "counsellor"), ("kepala", "head")),
}


@dataclass(frozen=True)
class Login:
    """A demo account as it is printed."""

    username: str
    role: str
    place: str


def load(ctx: DemoContext) -> None:
    """Mark the world as invented; parties with their regimes and accounts; staff with decrees."""
    with demo_scope() as scope:
        mark(ctx.today)
        ctx.say(f"parties: {make_parties(by=scope.actor, today=ctx.today)}")
        ctx.say(f"staff: {make_staff(by=scope.actor, today=ctx.today)}")


def demo_scope() -> AbstractContextManager[Scope]:
    """The scope in which demo rows are made: every facility."""
    return system_scope("demo", Facility.objects.values_list("pk", flat=True))


def mark(today: date) -> None:
    """From now on every page says that this world is invented."""
    DemoWorld.objects.get_or_create(id=1, defaults={"ends_on": today, "loaded_at": clock.now()})


def begin(today: date) -> date:
    """The day from which the demo's decrees and agreements hold: 1 January two years ago."""
    return date(today.year - 2, 1, 1)


def suffix_of(facility: Facility, codes: list[str]) -> str:
    """`atb` for LP-ATB; the whole code where several units share a town's letters (`lp-kpg`)."""
    town = facility.code.rpartition("-")[2]
    shared = [code for code in codes if code.endswith(f"-{town}")]
    return town.lower() if len(shared) == 1 else facility.code.lower()


def make_parties(*, by: Actor, today: date) -> int:
    """Who sells for each producing unit, with regime, account and QRIS; returns how many."""
    made = 0
    for number, facility in enumerate(Facility.objects.producing().order_by("code"), start=1):
        seller = _seller(facility)
        if not seller.regimes.exists():
            _give_regime(by, seller, facility, number, begin(today))
            _give_accounts(by, seller, number, begin(today))
            made += 1
    Party.objects.get_or_create(
        code="DEKRA-NTT",
        defaults={
            "kind": PartyKind.DEKRANASDA,
            "name": "Dekranasda Contoh NTT",
            "town": "Kupang",
            "is_demo": True,
        },
    )
    return made


def _seller(facility: Facility) -> Party:
    if facility.code in SELL_THEMSELVES:
        return Party.objects.get(code=facility.code)
    partnered = facility.code == PARTNERED
    kind = PartyKind.PARTNER_BUSINESS if partnered else PartyKind.COOPERATIVE
    what = "CV Contoh Mebel" if partnered else "Koperasi Contoh"
    facts = {
        "kind": kind,
        "name": f"{what} {_short(facility)}",
        "facility": facility,
        "town": facility.town,
        "contact": "toko@contoh.example",
        "is_demo": True,
    }
    start = "CV" if partnered else "KOP"
    return Party.objects.get_or_create(code=f"{start}-{facility.code}", defaults=facts)[0]


def _short(facility: Facility) -> str:
    """`Lapas Atambua` for Lapas Kelas IIB Atambua: tells two units of a town apart."""
    return f"{facility.get_kind_display()} {facility.town}"


def _give_regime(by: Actor, seller: Party, facility: Facility, number: int, day: date) -> None:
    if seller.kind == PartyKind.SATKER_UPT:
        set_revenue_regime(
            by=by,
            party=seller,
            kind=RegimeKind.GROSS_PNBP,
            valid_from=day,
            is_confirmed=False,
            legal_basis="UU 9/2018",
        )
        return
    set_revenue_regime(
        by=by,
        party=seller,
        kind=RegimeKind.AGREEMENT_SHARE,
        valid_from=day,
        agreement_no=f"PKS-CONTOH/{facility.code}/{number:02d}/{day.year}",
        agreement_on=day - timedelta(days=14),
    )


def _give_accounts(by: Actor, seller: Party, number: int, day: date) -> None:
    is_state = seller.kind == PartyKind.SATKER_UPT
    approval = {"approval_no": f"S-CONTOH-{number:03d}", "approved_on": day} if is_state else {}
    bank = register_bank_account(
        by=by,
        owner=seller,
        bank="Bank Contoh",
        number=f"000{number:07d}",
        holder_name=seller.name,
        valid_from=day,
        **approval,
    )
    nmid, name = f"ID00000000{number:05d}", seller.name[:25].strip().upper()
    merchant = register_qris(
        by=by,
        owner=seller,
        nmid=nmid,
        merchant_name=name,
        payload_text=static_payload(nmid, name, _town(seller), number),
        valid_from=day,
        **approval,
    )
    for account in (bank, merchant):
        confirm_account(by=by, account=account)


def _town(seller: Party) -> str:
    return seller.town or (seller.facility.town if seller.facility else "Kupang")


def static_payload(nmid: str, name: str, town: str, number: int) -> str:
    """A made-up static QRIS text with a sound checksum; its domain belongs to nobody."""
    merchant = [
        ("00", "ID.CO.CONTOH.WWW"),
        ("01", f"9360001{number:011d}"),
        ("02", f"CTH{number:010d}"),
        ("03", "UMI"),
    ]
    national = [("00", "ID.CO.QRIS.WWW"), ("02", nmid), ("03", "UMI")]
    tags = (
        ("00", "01"),
        ("01", qris.STATIC),
        ("26", qris.write_tags(merchant)),
        ("51", qris.write_tags(national)),
        ("52", "5999"),
        ("53", "360"),
        ("58", "ID"),
        ("59", name[:25]),
        ("60", town[:15].upper()),
        ("61", "85000"),
        ("62", qris.write_tags([("07", "POS01")])),
    )
    return str(qris.Payload(tags))


def make_staff(*, by: Actor, today: date) -> int:
    """Accounts with decrees for every unit and office; returns how many were new."""
    before = Staff.objects.filter(is_demo=True).count()
    if before:
        return 0
    # One hash for all: this world is public anyway.
    cast = _Cast(by, make_password(PASSWORD), begin(today))
    for facility in Facility.objects.order_by("code"):
        cast.appoint_unit(facility)
    for username, role, office in OFFICE_ROLES:
        cast.appoint(username, role, Office.objects.get(code=office))
    for code, roles in EXTRA_ROLES.items():
        for login, role in roles:
            facility = Facility.objects.get(code=code)
            cast.appoint(f"{login}.{suffix_of(facility, cast.codes)}", role, facility)
    cast.send_auditor("auditor.ntt", today)
    cast.let_travel("LP-KLB", today)
    return cast.number


class _Cast:
    """Gives out names, numbers and decrees in a fixed order."""

    def __init__(self, by: Actor, password_hash: str, day: date) -> None:
        self.by, self.password_hash, self.day, self.number = by, password_hash, day, 0
        self.codes = list(Facility.objects.values_list("code", flat=True))

    def appoint_unit(self, facility: Facility) -> None:
        suffix = suffix_of(facility, self.codes)
        for login, role in NO_WORK_ROLES.get(FacilityKind(facility.kind), UNIT_ROLES):
            if role == "payments_treasurer" and facility.code in WITHOUT_TREASURER:
                continue
            self.appoint(f"{login}.{suffix}", role, facility)

    def appoint(self, username: str, role: str, place: Facility | Office) -> Staff:
        self.number += 1
        staff = add_staff(
            by=self.by,
            username=username,
            display_name=f"{GIVEN[self.number % len(GIVEN)]} Contoh {self.number:03d}",
            nip=f"999999{self.number:012d}",
            password_hash=self.password_hash,
            is_demo=True,
        )
        appoint(
            by=self.by,
            staff=staff,
            role=role,
            place=place,
            decree_no=f"SK-CONTOH-{self.number:03d}",
            decree_on=self.day,
            valid_from=self.day,
        )
        return staff

    def send_auditor(self, username: str, today: date) -> None:
        """A letter of assignment over the region: last month's books, until the end of the year."""
        record_letter(
            by=self.by,
            auditor=Staff.objects.get(username=username),
            number="ST-CONTOH-001",
            issued_on=today - timedelta(days=10),
            purpose="Pemeriksaan premi dan setoran PNBP",
            valid_from=today - timedelta(days=7),
            valid_until=today + timedelta(days=45),
            office=Office.objects.get(code="NTT-KWL"),
            examined_from=date(today.year - 1, 1, 1),
            examined_until=today.replace(day=1),
        )

    def let_travel(self, code: str, today: date) -> None:
        """A head is away for three weeks and the receipts treasurer stands in as Plh."""
        facility = Facility.objects.get(code=code)
        staff = Staff.objects.get(username=f"bendahara.{suffix_of(facility, self.codes)}")
        appoint(
            by=self.by,
            staff=staff,
            role="head",
            place=facility,
            kind=AppointmentKind.PLH,
            decree_no="SPRIN-CONTOH-001",
            decree_on=today - timedelta(days=7),
            valid_from=today - timedelta(days=7),
            valid_until=today + timedelta(days=14),
        )


def logins() -> list[Login]:
    """Every demo account with its role and place, as printed."""
    staff = Staff.objects.filter(is_demo=True).prefetch_related(
        "appointments__facility", "appointments__office"
    )
    return [
        Login(one.username, str(row.get_role_display()), str(row.place))
        for one in staff.order_by("pk")
        for row in list(one.appointments.all())[:1]
    ]
