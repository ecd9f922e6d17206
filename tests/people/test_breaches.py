"""The breach register: at once, within 72 hours, for every facility it struck, for good."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.today import waiting
from berdaya.people.actions.breaches import (
    close_breach,
    list_person,
    record_breach,
    record_notice,
)
from berdaya.people.models import Breach, BreachClosing, BreachNotice, BreachPerson
from tests.counting import at_most
from tests.people.rights_scene import breach
from tests.world import World

FACTS = {
    "happened": "Lembar roll tertinggal di ruang kunjungan", "data_kinds": ["identity"],
    "people_count": 3, "measures": "Lembar diambil kembali",
}  # fmt: skip


def tell(world: World, row: Breach, told: str, by: str = "head") -> BreachNotice:
    with world.acting(by) as scope:
        return record_notice(
            by=scope.actor, breach=row, told=told, told_at=clock.now(), how="letter",
            document_no="W.22-PAS-7",
        )  # fmt: skip


def close(world: World, row: Breach, by: str = "head") -> BreachClosing:
    with world.acting(by) as scope:
        return close_breach(by=scope.actor, breach=row, learned="Lembar dihitung sebelum pulang")


def test_breach_is_closed_when_persons_and_authority_were_told(world: World) -> None:
    row = breach(world)
    assert row.due_at - row.noticed_at == timedelta(hours=72)

    with pytest.raises(Refused) as refused:
        close(world, row)
    tell(world, row, "persons")
    with pytest.raises(Refused) as half:
        close(world, row)
    tell(world, row, "authority")
    done = close(world, row)

    assert refused.value.verdict.codes == half.value.verdict.codes == ("breach_not_told",)
    assert "Orang yang datanya" in refused.value.verdict.reasons[0].text
    assert "Orang yang datanya" not in half.value.verdict.reasons[0].text
    assert done.closed_by_id == world.staff["head"].pk
    for again in (lambda: close(world, row), lambda: tell(world, row, "public")):
        with pytest.raises(Refused) as closed:
            again()
        assert "breach_closed" in closed.value.verdict.codes


def test_breach_of_several_units_is_one_row_each_and_walled(world: World) -> None:
    with world.acting("national") as scope:
        rows = record_breach(
            by=scope.actor, facilities=[world.atb, world.kpg], noticed_at=clock.now(), **FACTS
        )

    assert len({row.event for row in rows}) == 1
    for who, place in (("officer", world.atb), ("outsider", world.kpg)):
        with world.acting(who):
            assert [row.facility_id for row in Breach.objects.all()] == [place.pk]


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        ("payments", {}, "ability_missing"),
        ("auditor", {}, "ability_missing"),
        ("outsider", {}, "facility_out_of_scope"),
        ("nobody", {}, "not_appointed"),
        ("head", {"happened": "NIK 5304014101900001 terbaca"}, "number_in_words"),
    ],
)
def test_breach_is_refused(world: World, who: str, more: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused, world.acting(who) as scope:
        record_breach(
            by=scope.actor, facilities=[world.atb], noticed_at=clock.now(), **{**FACTS, **more}
        )

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not Breach.objects.exists()


def test_register_can_be_neither_changed_nor_emptied(world: World) -> None:
    row = breach(world)
    tell(world, row, "persons")

    with world.acting("head"):
        for rows in (Breach.objects.all(), BreachNotice.objects.all()):
            for act in (rows.delete, lambda rows=rows: rows.update(facility=world.atb)):
                with pytest.raises(DatabaseError), transaction.atomic():
                    act()

    with world.everywhere():
        assert (Breach.objects.count(), BreachNotice.objects.count()) == (1, 1)


def test_affected_person_is_listed_once_and_only_of_that_unit(world: World) -> None:
    row = breach(world)
    with world.acting() as scope:
        list_person(by=scope.actor, breach=row, participant=world.people["cendana"])
        with pytest.raises(Refused) as refused:
            list_person(by=scope.actor, breach=row, participant=world.people["cendana"])

    with world.everywhere(), pytest.raises(DatabaseError), transaction.atomic():
        BreachPerson.objects.create(
            breach=row, participant=world.people["waru"], facility=world.atb,
            recorded_by=world.staff["officer"], recorded_at=clock.now(),
        )  # fmt: skip
    assert refused.value.verdict.codes == ("breach_person_known",)
    with world.acting("outsider"):
        assert not BreachPerson.objects.exists()


def test_today_calls_until_it_is_closed(world: World) -> None:
    row = breach(world, hours=80)

    def lines(who: str) -> list[str]:
        actor = world.actor(who)
        with acting(actor, "look", read_only=True):
            found = waiting(actor, actor.facility_ids)
            return [str(one.detail) for one in found if row.code in str(one.text)]

    for who in ("officer", "head", "regional", "national"):
        assert "lewat 8 jam" in lines(who)[0]
    for who in ("outsider", "payments", "auditor"):
        assert lines(who) == []
    tell(world, row, "persons")
    tell(world, row, "authority")
    assert "sudah diberitahukan" in lines("head")[0]
    close(world, row)
    assert lines("head") == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_pages_forms_and_letters(world: World, how_many: int) -> None:
    rows = [breach(world, hours=hours) for hours in range(how_many)]
    head, at = world.client("head"), f"/desk/breaches/{rows[0].code}/"
    moment = {"day": clock.today().isoformat(), "at": "00:00"}

    with at_most(12):
        assert head.get("/desk/breaches/?keadaan=open").status_code == 200
    for told in ("persons", "authority"):
        letter = head.post(f"{at}letter/", {"told": told})
        assert letter.content.startswith(b"%PDF")
        notice = {**moment, "told": told, "how": "letter", "document_no": "W.22-PAS-7"}
        assert head.post(f"{at}notices/", notice).status_code == 302
    person = world.people["cendana"].code
    assert head.post(f"{at}people/", {"participant": person}).status_code == 302
    assert head.post(f"{at}people/", {"participant": "W-1"}).status_code == 422
    assert head.post(f"{at}closing/", {"learned": "Dihitung"}).status_code == 302
    with at_most(12):
        assert "Dihitung" in head.get(at).text
    asked = {**moment, **FACTS, "happened": "Surat salah alamat"}
    made = head.post("/desk/new-breach/", asked)
    assert made.status_code == 302
    both = world.client("national")
    wide = {**asked, "facilities": [str(world.atb.pk), str(world.kpg.pk)]}
    made = both.post("/desk/new-breach/", wide)
    with at_most(12):
        assert "UPT lain" in both.get(made["Location"]).text
