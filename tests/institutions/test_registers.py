"""The desk's registers: staff by decree, parties, accounts and QRIS with four eyes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions import qris
from berdaya.institutions.actions import accounts
from berdaya.institutions.actions.parties import record_party
from berdaya.institutions.actions.staff import appoint, end_appointment
from berdaya.institutions.models import (
    Appointment,
    BankAccount,
    Party,
    QrisAccount,
    RevenueRegime,
    Staff,
)
from berdaya.institutions.queries import regime_of
from berdaya.institutions.rules import may_be_payload
from tests.counting import at_most
from tests.world import SINCE, TODAY, World

NMID = "ID1020000000001"


def payload(point: str = "11", nmid: str = NMID) -> str:
    """A QRIS as scanned: static (11) or dynamic (12)."""
    account = f"0014ID.CO.QRIS.WWW02{len(nmid):02d}{nmid}0303UMI"
    text = (
        f"0002010102{point}51{len(account):02d}{account}5204599953033605802ID"
        "5915KOPERASI CONTOH6007ATAMBUA6304"
    )
    return text + qris.crc16(text)


def bank(world: World, who: str = "cooperative") -> BankAccount:
    with world.acting(who) as scope:
        return accounts.register_bank_account(
            by=scope.actor, owner=world.parties["coop_atb"], bank="Bank Contoh", number="000123",
            holder_name="Koperasi Contoh Atambua", valid_from=SINCE,
        )  # fmt: skip


def test_checksum_is_the_published_one() -> None:
    assert qris.crc16("123456789") == "29B1"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        (payload(), ()),
        (payload()[:-1] + "!", ("qris_payload_broken",)),
        (payload().replace("ATAMBUA", "KUPANG1"), ("qris_payload_broken",)),
        (payload("12"), ("qris_not_static",)),
        (payload(nmid="ID1020000000009"), ("qris_nmid_differs",)),
    ],
)
def test_scanned_text_is_judged(text: str, codes: tuple[str, ...]) -> None:
    assert may_be_payload(text, NMID).codes == codes


def test_account_is_unusable_before_a_second_person_confirms(world: World) -> None:
    account = bank(world)
    before = BankAccount.objects.usable(TODAY).count()

    with world.acting("head") as scope:
        accounts.confirm_account(by=scope.actor, account=account)

    assert before == 0
    assert list(BankAccount.objects.usable(TODAY)) == [account]
    assert account.decided_by == world.staff["head"]


def test_nobody_confirms_what_they_registered(world: World) -> None:
    account = bank(world, "regional")

    with pytest.raises(Refused) as refused, world.acting("regional") as scope:
        accounts.confirm_account(by=scope.actor, account=account)
    with (
        pytest.raises(IntegrityError, match="four_eyes"),
        world.acting("regional"),
        transaction.atomic(),
    ):
        BankAccount.objects.update(decided_at=clock.now(), decided_by=world.staff["regional"])

    assert refused.value.verdict.codes == ("account_same_person",)
    account.refresh_from_db()
    assert account.state == "waiting"


def test_account_is_decided_once(world: World) -> None:
    account = bank(world)
    stale = BankAccount.objects.get(pk=account.pk)
    with world.acting("head") as scope:
        accounts.decline_account(by=scope.actor, account=account, reason="nama lain")

    with pytest.raises(Refused) as refused, world.acting("regional") as scope:
        accounts.confirm_account(by=scope.actor, account=stale)

    assert refused.value.verdict.codes == ("account_decided",)
    assert not BankAccount.objects.usable(TODAY).exists()
    assert bank(world).state == "waiting", "a declined account is not in the way"


@pytest.mark.parametrize("who", ["outsider", "outside_head", "officer"])
def test_others_neither_register_nor_confirm(world: World, who: str) -> None:
    account = bank(world)

    for do in (
        lambda by: accounts.confirm_account(by=by, account=account),
        lambda by: accounts.end_account(by=by, account=account, on=TODAY),
        lambda by: accounts.register_qris(
            by=by, owner=world.parties["coop_atb"], nmid=NMID, merchant_name="X", valid_from=TODAY
        ),
    ):
        with pytest.raises(Refused), world.acting(who) as scope:
            do(scope.actor)

    account.refresh_from_db()
    assert (account.state, account.valid_until) == ("waiting", None)
    assert not QrisAccount.objects.exists()


def test_nobody_appoints_themselves_or_beyond_their_reach(world: World) -> None:
    facts = {"decree_no": "SK-9", "decree_on": TODAY, "valid_from": TODAY}
    rows = [
        ("regional", "regional", "receipts_treasurer", world.atb, "appoint_self"),
        ("regional", "nobody", "administrator", world.offices["NTT-KWL"], "ability_missing"),
        ("head", "nobody", "seller", world.atb, "ability_missing"),
        ("administrator", "nobody", "mentor", world.offices["UMKM"], "place_out_of_reach"),
    ]
    before = Appointment.objects.count()

    for who, staff, role, place, code in rows:
        with pytest.raises(Refused) as refused, world.acting(who) as scope:
            appoint(by=scope.actor, staff=world.staff[staff], role=role, place=place, **facts)
        assert refused.value.verdict.codes == (code,)

    assert Appointment.objects.count() == before


def test_administrator_appoints_below_the_ministry_and_ends(world: World) -> None:
    with world.acting("administrator") as scope:
        row = appoint(
            by=scope.actor, staff=world.staff["nobody"], role="head", place=world.atb, kind="plh",
            decree_no="SPRIN-9", decree_on=TODAY, valid_from=TODAY,
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            end_appointment(by=scope.actor, appointment=row, on=TODAY)
        end_appointment(by=scope.actor, appointment=row, on=TODAY + timedelta(days=3))

    assert refused.value.verdict.codes == ("ends_early",)
    assert row.last_day == TODAY + timedelta(days=2)


LISTS = ("staff", "parties", "bank-accounts", "qris")


@pytest.mark.parametrize("path", LISTS)
def test_lists_cost_the_same_for_one_and_three(world: World, path: str) -> None:
    bank(world)
    client = world.client("regional")

    with at_most(12):
        assert client.get(f"/desk/{path}/").status_code == 200
    with world.everywhere() as scope:
        for number in range(3):
            party = record_party(
                by=scope.actor, code=f"K-{number}", kind="cooperative", name=f"K {number}",
                facility=world.kpg,
            )  # fmt: skip
            accounts.register_bank_account(
                by=scope.actor, owner=party, bank="B", number=f"9{number}", holder_name="K",
                valid_from=SINCE,
            )  # fmt: skip
            accounts.register_qris(
                by=scope.actor, owner=party, nmid=f"ID{number:013d}", merchant_name="K",
                valid_from=SINCE,
            )  # fmt: skip
    with at_most(12):
        assert client.get(f"/desk/{path}/").status_code == 200
    for asked in ("?cari=contoh", "?urut=nama", "?keadaan=now&jenis=cooperative", "?ekspor=csv"):
        assert client.get(f"/desk/{path}/{asked}").status_code == 200


def test_offices_see_all_their_units_and_neighbours_none(world: World) -> None:
    account = bank(world)
    seen = {
        who: world.client(who).get("/desk/bank-accounts/").text
        for who in ("regional", "national", "auditor", "cooperative", "outside_head")
    }

    assert {who for who, words in seen.items() if "000123" in words} == {
        "regional", "national", "auditor", "cooperative",
    }  # fmt: skip
    outside = world.client("outside_head")
    for path in (
        f"bank-accounts/{account.pk}/",
        f"parties/{world.parties['coop_atb'].code}/",
        f"staff/{world.staff['officer'].pk}/",
    ):
        assert outside.get(f"/desk/{path}").status_code == 404
    assert "Officer Contoh" not in outside.get("/desk/staff/").text
    assert "Officer Contoh" in world.client("administrator").get("/desk/staff/").text


def test_account_goes_from_form_to_confirmation(world: World) -> None:
    cooperative, head = world.client("cooperative"), world.client("head")
    form = {
        "owner": world.parties["coop_atb"].pk, "nmid": NMID, "merchant_name": "KOPERASI CONTOH",
        "payload_text": payload(), "valid_from": TODAY.isoformat(),
    }  # fmt: skip

    made = cooperative.post("/desk/qris/new/", form)
    page = cooperative.get(made.url).text
    with at_most(12):
        waiting = head.get("/desk/").text
    before = QrisAccount.objects.usable(TODAY).exists()
    head.post(f"{made.url}confirmation/")

    assert "confirmation/" not in page
    assert made.url in waiting
    assert not before
    assert QrisAccount.objects.usable(TODAY).get().payload_text == payload()
    assert made.url not in head.get("/desk/").text
    ended = cooperative.post(f"{made.url}ending/", {"last_day": "2026-12-31"})
    assert ended.status_code == 302
    assert str(QrisAccount.objects.get().last_day) == "2026-12-31"


def test_private_owner_is_refused_on_the_desk(world: World) -> None:
    with world.everywhere() as scope:
        owner = record_party(
            by=scope.actor, code="P-1", kind="person_staff", name="Contoh", facility=world.atb
        )

    answer = world.client("cooperative").post(
        "/desk/bank-accounts/new/",
        {"owner": owner.pk, "bank": "B", "number": "1-2", "holder_name": "C",
         "valid_from": TODAY.isoformat()},
    )  # fmt: skip

    assert answer.status_code == 409
    assert "account_private_owner" in answer.text
    assert not BankAccount.objects.exists()


def test_refusal_needs_a_reason(world: World) -> None:
    account, head = bank(world), world.client("head")
    url = f"/desk/bank-accounts/{account.pk}/refusal/"

    assert head.post(url).status_code == 422
    assert head.post(url, {"reason": "nomor lain"}).status_code == 302
    assert "nomor lain" in head.get(f"/desk/bank-accounts/{account.pk}/").text


def test_party_and_its_regime_on_the_desk(world: World) -> None:
    head = world.client("head")
    made = head.post(
        "/desk/parties/new/", {"code": "CV-ATB", "kind": "partner_business", "name": "CV Contoh"}
    )
    regime = {"kind": "agreement_share", "valid_from": TODAY.isoformat(), "agreement_no": "PKS-1"}

    without = head.post(f"{made.url}regimes/", {**regime, "agreement_no": ""})
    good = head.post(f"{made.url}regimes/", regime)
    again = head.post(f"{made.url}regimes/", regime)

    assert (without.status_code, good.status_code, again.status_code) == (409, 302, 409)
    party = Party.objects.get(code="CV-ATB")
    assert (party.facility, RevenueRegime.objects.filter(party=party).count()) == (world.atb, 1)
    assert regime_of(party.pk, TODAY).agreement_no == "PKS-1"
    with at_most(12):
        assert "PKS-1" in head.get(made.url).text
    assert head.post("/desk/parties/new/", {"code": "CV-ATB", "kind": "agency", "name": "X"}
                     ).status_code == 409  # fmt: skip


def test_staff_from_account_to_decree_and_end(world: World) -> None:
    office = world.client("administrator")
    made = office.post(
        "/desk/staff/new/",
        {"username": "baru", "display_name": "Baru Contoh", "nip": "9" * 18},
    )
    form = {
        "place": f"f{world.atb.pk}", "role": "head", "kind": "plt", "decree_no": "SK-77",
        "decree_on": "2026-11-01", "valid_from": "2026-11-01", "last_day": "2026-12-31",
    }  # fmt: skip

    wrong = office.post(f"{made.url}appointments/", {**form, "role": "regional"})
    right = office.post(f"{made.url}appointments/", form)

    assert (made.status_code, wrong.status_code, right.status_code) == (302, 422, 302)
    row = Appointment.objects.get(decree_no="SK-77")
    assert (row.kind, str(row.valid_until)) == ("plt", "2027-01-01")
    assert not Staff.objects.get(username="baru").has_usable_password()
    for client in (office, world.client("regional"), world.client("head")):
        with at_most(12):
            assert "SK-77" in client.get(made.url).text
    ending = f"/desk/appointments/{row.pk}/ending/"
    assert world.client("regional").post(ending, {"last_day": "2026-11-30"}).status_code == 302
    assert str(Appointment.objects.get(pk=row.pk).last_day) == "2026-11-30"


def test_own_page_offers_no_appointment(world: World) -> None:
    me = world.staff["regional"].pk

    assert "appointments/" not in world.client("regional").get(f"/desk/staff/{me}/").text


def test_office_of_the_neighbour_is_no_choice(world: World) -> None:
    page = world.client("administrator").get(
        f"/desk/staff/{world.staff['nobody'].pk}/appointments/"
    )

    assert f'value="o{world.offices["NTT-KWL"].pk}"' in page.text
    assert f'value="o{world.offices["UMKM"].pk}"' not in page.text


def test_registering_needs_one_unit(world: World) -> None:
    answer = world.client("regional").get("/desk/bank-accounts/new/")

    assert answer.status_code == 409
    assert "unit_not_chosen" in answer.text
    with acting(world.actor("regional"), "test"):
        assert not BankAccount.objects.exists()
