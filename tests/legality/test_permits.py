"""Permits on the desk and in the database, with an outsider."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from berdaya.core.scope import required
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.legality.actions.permits import record_permit, revoke_permit
from berdaya.legality.models import Permit, PermitKind, PermitProduct, Requirement
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.queries.permits import ending_soon
from berdaya.legality.rules.listing import may_list
from tests.counting import at_most
from tests.world import TODAY, World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("db")
NUMBER = "P-IRT 2075304010012-29"


@pytest.fixture
def oil(world: World) -> Variant:  # noqa: F811
    with world.everywhere():
        product = Product.objects.create(
            facility=world.atb,
            code="LP-ATB-P1",
            name="VCO",
            category=Category.objects.get(code="oil"),
            line_of_work="sabun",
        )
        return Variant.objects.create(
            product=product,
            facility=world.atb,
            sku="P1",
            name="VCO 250 ml",
            measure=Measure.objects.get(code="botol"),
            list_price_rp=35_000,
        )


def number(ends: date, product: int = 12) -> str:
    """A P-IRT whose last two digits are the year of its last day."""
    return f"P-IRT 20753040100{product}-{(ends - timedelta(days=1)).year % 100}"


def keep(world: World, oil: Variant, ends: date, product: int = 12) -> Permit:  # noqa: F811
    with world.acting() as scope:
        return record_permit(
            by=scope.actor,
            kind=PermitKind.objects.get(code="spp_irt"),
            number=number(ends, product),
            holder=world.parties["coop_atb"],
            place=world.atb,
            issued_on=date(2024, 1, 1),
            valid_from=date(2024, 1, 1),
            valid_until=ends,
            products=[oil.product],
        )


def reasons(world: World, oil: Variant, day: date) -> tuple[str, ...]:  # noqa: F811
    with world.everywhere():
        return may_list(listing_facts([oil.pk], "retail", day)[oil.pk]).codes


def test_what_lapses_disappears_without_a_job(world: World, oil: Variant) -> None:  # noqa: F811
    keep(world, oil, date(2026, 9, 1))

    before = reasons(world, oil, date(2026, 8, 31))
    after = reasons(world, oil, date(2026, 9, 1))

    assert before == ("lot_missing",)
    assert after == ("permit_lapsed", "lot_missing")


def test_halal_is_needed_since_its_day(world: World, oil: Variant) -> None:  # noqa: F811
    keep(world, oil, date(2029, 1, 1))

    assert "permit_missing" not in reasons(world, oil, date(2026, 10, 17))
    assert "permit_missing" in reasons(world, oil, date(2026, 10, 18))


def test_facts_cost_the_same_for_many(world: World, oil: Variant) -> None:  # noqa: F811
    with world.everywhere(), at_most(3):
        listing_facts([oil.pk], "export:JP", TODAY)


def test_a_pirt_of_the_unit_itself_is_refused(world: World, oil: Variant) -> None:  # noqa: F811
    with world.acting() as scope, pytest.raises(Refused) as refused:
        record_permit(
            by=scope.actor,
            kind=PermitKind.objects.get(code="spp_irt"),
            number="P-IRT 12",
            holder=world.parties["satker_atb"],
            place=world.atb,
            issued_on=TODAY,
            valid_from=TODAY,
            valid_until=None,
        )

    codes = {"number_length", "permit_holder_is_unit"}
    assert set(refused.value.verdict.codes) == codes
    with world.everywhere():
        assert not Permit.objects.exists()


def test_an_outsider_may_not_revoke(world: World, oil: Variant) -> None:  # noqa: F811
    permit = keep(world, oil, date(2029, 1, 1))

    with world.acting("outsider") as scope, pytest.raises(Refused):
        revoke_permit(by=scope.actor, permit=permit, revoked_on=TODAY, reason="salah")

    with world.everywhere():
        assert Permit.objects.get().revoked_on is None


def test_what_a_permit_names_is_written_by_its_own_place(
    world: World,  # noqa: F811
    oil: Variant,
) -> None:
    permit = keep(world, oil, date(2029, 1, 1))
    (link,) = PermitProduct.objects.filter(permit=permit)

    def link_from(facility_id: int) -> None:
        with world.acting("outsider"), transaction.atomic():
            assert required().facility_ids == {world.kpg.pk}
            PermitProduct.objects.filter(pk=link.pk).delete()
            PermitProduct.objects.create(
                permit=permit, facility_id=facility_id, product_id=oil.product_id + 1
            )

    with pytest.raises(ProgrammingError, match="row-level security"):
        link_from(world.atb.pk)
    with pytest.raises(IntegrityError):
        link_from(world.kpg.pk)
    with world.everywhere():
        assert list(PermitProduct.objects.all()) == [link]
        assert link.facility_id == world.atb.pk


def test_what_ends_soon_is_found(world: World, oil: Variant) -> None:  # noqa: F811
    keep(world, oil, TODAY + timedelta(days=90))
    keep(world, oil, TODAY + timedelta(days=91), 13)

    with world.everywhere():
        found = [row.number for row in ending_soon([world.atb.pk], TODAY)]

    assert found == [number(TODAY + timedelta(days=90))]


def test_pages(world: World, oil: Variant) -> None:  # noqa: F811
    permit = keep(world, oil, TODAY + timedelta(days=30))
    client = world.client()

    for path in ("", "?keadaan=ending", "new/", "requirements/", f"{permit.pk}/"):
        with at_most(12):
            assert client.get(f"/desk/permits/{path}").status_code == 200
    assert permit.number in client.get("/desk/permits/").content.decode()
    assert permit.number not in world.client("outsider").get("/desk/permits/").content.decode()


def test_recording_and_revoking_on_the_desk(world: World, oil: Variant) -> None:  # noqa: F811
    client = world.client()
    form = {
        "kind": PermitKind.objects.get(code="spp_irt").pk,
        "number": "pirt 207530401001229",
        "holder": world.parties["coop_atb"].pk,
        "issued_on": "2024-01-01",
        "last_day": "2029-12-31",
        "scope": "goods",
        "covered": [f"p{oil.product_id}"],
    }

    wrong = client.post("/desk/permits/new/", {**form, "number": "12"})
    right = client.post("/desk/permits/new/", form)

    assert wrong.status_code == 422
    assert right.status_code == 302
    with world.everywhere():
        permit = Permit.objects.get()
        assert (permit.number, permit.valid_until) == (NUMBER, date(2030, 1, 1))
    client.post(
        f"/desk/permits/{permit.pk}/revocation/", {"revoked_on": "2026-11-01", "reason": "pindah"}
    )
    with world.everywhere():
        assert Permit.objects.get().revoked_on == date(2026, 11, 1)


def test_every_requirement_names_its_basis(db: None) -> None:
    assert Requirement.objects.exists()
    assert not Requirement.objects.filter(legal_basis="").exists()
