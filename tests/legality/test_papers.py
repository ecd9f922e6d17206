"""Permits with what their paper says: holder, kitchen, variants, renewal, scan, history, KBLI."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from PIL import Image

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Variant
from berdaya.institutions.models import Party
from berdaya.legality.actions.coverage import change_coverage
from berdaya.legality.actions.permits import (
    Answerable,
    attach_scan,
    change_responsible,
    renew_permit,
    revoke_permit,
)
from berdaya.legality.history import history_of
from berdaya.legality.models import Kbli, Permit, PermitKind, PermitProduct, PermitVariant
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.queries.windows import Window, lawful_windows
from tests.counting import at_most
from tests.legality.papers import BEGAN, codes, halal, judged, keep, oil_of, pirt
from tests.world import TODAY, World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("db")
ENDS = date(2029, 1, 1)
# Halal is asked for from October 2026 on; most of these look at the P-IRT alone.
BEFORE_HALAL = date(2026, 10, 1)
PKP = Answerable("cooperative_officer", "bendahara", "pkp", "PKP-53-0001", date(2027, 1, 1))


@pytest.fixture
def oil(world: World) -> list[Variant]:  # noqa: F811
    return oil_of(world)


def refused(world: World, **facts: object) -> tuple[str, ...]:  # noqa: F811
    """The codes of a refusal; nothing was kept."""
    with pytest.raises(Refused) as no:
        keep(world, ENDS, **facts)
    with world.everywhere():
        assert not Permit.objects.exists()
    return no.value.verdict.codes


def test_a_certificate_of_the_kitchen_covers_no_goods(world: World, oil: list[Variant]) -> None:  # noqa: F811
    keep(world, ENDS, products=[oil[0].product])
    before = codes(world, oil[0], TODAY)

    halal(world, scope="kitchen", holder=world.parties["satker_atb"])
    kitchen, kept = codes(world, oil[0], TODAY), judged(world, oil[0])
    halal(world, 2, products=[oil[0].product])
    goods = codes(world, oil[0], TODAY)

    assert (before, kitchen, goods) == (("permit_missing",), ("permit_wrong_scope",), ())
    assert (kept, judged(world, oil[0])) == (["permit_wrong_scope"], [])


def test_a_kitchen_names_no_goods(world: World, oil: list[Variant]) -> None:  # noqa: F811
    found = refused(
        world, kind="halal", number="ID53110000662051021", scope="kitchen",
        products=[oil[0].product],
    )  # fmt: skip

    assert found == ("permit_kitchen_names_goods",)


def test_only_the_variants_named_are_covered(world: World, oil: list[Variant]) -> None:  # noqa: F811
    permit = keep(world, ENDS, products=[oil[0].product], variants=[oil[0]])
    halal(world, products=[oil[0].product])
    small = [codes(world, one, BEFORE_HALAL) for one in oil]
    kept = [judged(world, one) for one in oil]

    with world.acting() as scope:
        change_coverage(by=scope.actor, permit=permit, products=[oil[0].product], variants=[])
    whole = [codes(world, one, BEFORE_HALAL) for one in oil]

    assert small == [(), ("permit_wrong_variant",)]
    assert kept == [[], ["permit_wrong_variant"]]
    assert [judged(world, one) for one in oil] == [[], []]
    assert whole == [(), ()]


def test_facts_cost_the_same_with_variants_and_kitchens(
    world: World,  # noqa: F811
    oil: list[Variant],
) -> None:
    more = oil_of(world, ("1 l",), 2)
    keep(world, ENDS, products=[oil[0].product], variants=[oil[0]])
    halal(world, scope="kitchen")

    with world.everywhere(), at_most(3):
        found = listing_facts([one.pk for one in (*oil, *more)], "retail", TODAY)

    assert [len(found[one.pk].permits) for one in (*oil, *more)] == [2, 2, 1]


@pytest.mark.parametrize("wall", ["holder", "kitchen", "goods", "variant", "place"])
def test_the_database_refuses_what_a_paper_cannot_say(
    world: World,  # noqa: F811
    oil: list[Variant],
    wall: str,
) -> None:
    permit = keep(world, ENDS, products=[oil[0].product])
    kitchen = halal(world, scope="kitchen")
    other = oil_of(world, ("1 l",), 2)[0]
    (link,) = PermitProduct.objects.filter(permit=permit)
    of_kitchen = {"permit": kitchen, "facility": world.atb, "product": oil[0].product}
    named = {"coverage": link, "facility": world.atb, "product": link.product, "variant": oil[0]}
    tries = {
        "holder": lambda: Permit.objects.update(holder=world.parties["satker_atb"]),
        "kitchen": lambda: Permit.objects.filter(pk=permit.pk).update(scope="kitchen"),
        "goods": lambda: PermitProduct.objects.create(**of_kitchen),
        "variant": lambda: PermitVariant.objects.create(**named | {"variant": other}),
        "place": lambda: PermitVariant.objects.create(**named | {"facility": world.kpg}),
    }

    with pytest.raises(IntegrityError), world.everywhere(), transaction.atomic():
        tries[wall]()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with world.everywhere():
        assert not PermitVariant.objects.exists()
        assert Permit.objects.get(pk=permit.pk).holder == world.parties["coop_atb"]
        PermitVariant.objects.create(**named)


def test_who_may_hold_is_data_and_a_mark_may_be_anybodys(world: World) -> None:  # noqa: F811
    kinds = {one.code: set(one.holder_kinds) for one in PermitKind.objects.all()}

    assert all("satker_upt" not in kinds[code] for code in ("spp_irt", "bpom_md", "pkrt"))
    assert all("satker_upt" in kinds[code] for code in ("halal", "merek", "ig", "motif_consent"))
    made = keep(
        world, ENDS, kind="merek", number="IDM001234567", holder=world.parties["satker_atb"]
    )
    assert made.pk


def test_an_agency_holds_no_pirt(world: World) -> None:  # noqa: F811
    with world.everywhere():
        agency = Party.objects.create(
            code="DINAS", kind="agency", name="Dinas Contoh", facility=world.atb
        )

    assert refused(world, holder=agency) == ("permit_holder_unfit",)


def test_a_renewal_from_the_last_day_on_leaves_no_gap(world: World, oil: list[Variant]) -> None:  # noqa: F811
    ends = date(2026, 9, 1)
    old = keep(world, ends, products=[oil[0].product], variants=[oil[0]], responsible=PKP)
    until = date(2026, 10, 18)  # from then on halal is asked for

    def window() -> Window:
        with world.everywhere():
            return lawful_windows([oil[0].pk], "retail", date(2026, 8, 1), [oil[0].pk])[oil[0].pk]

    alone = window()
    with world.acting() as scope:
        new = renew_permit(
            by=scope.actor, permit=old, number=pirt(date(2031, 9, 1), 13),
            issued_on=date(2026, 8, 20), valid_from=ends, valid_until=date(2031, 9, 1),
        )  # fmt: skip

    assert alone == Window(date(2026, 8, 1), ends)
    assert window() == Window(date(2026, 8, 1), until)
    assert (new.predecessor, new.holder, new.place) == (old, old.holder, old.place)
    assert new.certificate_no == PKP.certificate_no
    assert codes(world, oil[0], ends) == ()
    assert codes(world, oil[1], ends) == ("permit_wrong_variant",)


def test_a_permit_is_renewed_once(world: World, oil: list[Variant]) -> None:  # noqa: F811
    old = keep(world, date(2026, 9, 1), products=[oil[0].product])

    def renew(serial: int) -> Permit:
        with world.acting() as scope:
            until = date(2031, 9, 1)
            return renew_permit(
                by=scope.actor, permit=old, number=pirt(until, serial), issued_on=date(2026, 8, 20),
                valid_from=date(2026, 9, 1), valid_until=until,
            )  # fmt: skip

    first = renew(13)
    with pytest.raises(Refused, match="permit_renewed_already"):
        renew(14)
    with pytest.raises(IntegrityError), world.everywhere(), transaction.atomic():
        Permit.objects.create(
            kind=old.kind, number="X", holder=old.holder, place=old.place, issued_on=TODAY,
            valid_from=TODAY, predecessor=old, recorded_at=clock.now(),
        )  # fmt: skip
    with world.acting() as scope:
        revoke_permit(by=scope.actor, permit=first, revoked_on=TODAY, reason="salah nomor")

    assert renew(14).predecessor == old


def test_the_same_number_of_the_same_day_is_told_kept(world: World) -> None:  # noqa: F811
    keep(world, ENDS)

    with pytest.raises(Refused, match="permit_number_kept"):
        keep(world, ENDS)


def test_an_outsider_changes_nothing(world: World, oil: list[Variant]) -> None:  # noqa: F811
    permit = keep(world, ENDS, products=[oil[0].product])
    with world.acting("outsider") as scope:
        by = scope.actor
        with pytest.raises(Refused, match="facility_out_of_scope"):
            change_coverage(by=by, permit=permit, products=[], variants=[])
        with pytest.raises(Refused, match="facility_out_of_scope"):
            change_responsible(by=by, permit=permit, responsible=PKP)
        with pytest.raises(Refused, match="facility_out_of_scope"):
            attach_scan(by=by, permit=permit, file=io.BytesIO(b"x"))

    assert world.client("outsider").get(f"/desk/permits/{permit.pk}/renewal/").status_code == 403
    with world.everywhere():
        assert Permit.objects.get().responsible_role == ""
        assert PermitProduct.objects.count() == 1


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(made, "PNG")
    made.seek(0)
    made.name = "surat.png"
    return made


def test_a_scan_opens_for_its_unit_and_for_nobody_else(world: World, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    settings.MEDIA_ROOT = tmp_path
    permit = keep(world, ENDS)
    client, address = world.client(), f"/desk/permits/{permit.pk}/scan/"
    none = client.get(address)

    kept = client.post(f"/desk/permits/{permit.pk}/scans/", {"scan": picture()})
    wrong = client.post(f"/desk/permits/{permit.pk}/scans/", {"scan": io.BytesIO(b"<svg>")})

    assert (none.status_code, kept.status_code) == (404, 302)
    assert wrong.status_code in (409, 422)
    assert client.get(address).headers["Content-Type"] == "image/png"
    assert world.client("auditor").get(address).status_code == 200
    for who in ("outsider", "mentor"):
        assert world.client(who).get(address).status_code == 403


def test_the_history_says_who_changed_what(world: World, oil: list[Variant]) -> None:  # noqa: F811
    permit = keep(world, ENDS, products=[oil[0].product])
    with world.acting() as scope:
        change_responsible(by=scope.actor, permit=permit, responsible=PKP)
    other = oil_of(world, ("1 l",), 2)[0]
    with world.acting() as scope:
        change_coverage(by=scope.actor, permit=permit, products=[other.product], variants=[])
    with world.acting() as scope:
        revoke_permit(by=scope.actor, permit=permit, revoked_on=TODAY, reason="pindah tempat")

    with world.acting("auditor"), at_most(1):
        told = history_of(permit)
    with world.acting("outsider"):
        hidden = history_of(permit)

    assert [one.what for one in told] == ["Izin dicabut", "Diubah", "Diubah", "Izin dicatat"]
    assert "pindah tempat" in told[0].note
    assert "− VCO 1, + VCO 2" in told[1].note
    assert "PKP-53-0001" in told[2].note
    assert {one.who for one in told} == {"Officer Contoh"}
    assert hidden == []


def test_a_business_number_names_codes_with_their_edition(world: World) -> None:  # noqa: F811
    ikat = Kbli.objects.get(year=2025, code="13122")
    nib = keep(world, ENDS, kind="nib", number="1234567890123", valid_until=None, kbli=[ikat])

    page = world.client().get(f"/desk/permits/{nib.pk}/").content.decode()

    assert "13122" in page
    assert "2025" in page
    assert "perlu konfirmasi" in page
    assert Kbli.objects.filter(code="10793").count() == 2


def test_a_holder_that_is_a_unit_is_told_at_its_field(world: World, oil: list[Variant]) -> None:  # noqa: F811
    client = world.client()
    form = {
        "kind": PermitKind.objects.get(code="spp_irt").pk, "number": "P-IRT 207530401001229",
        "holder": world.parties["satker_atb"].pk, "scope": "goods", "issued_on": "2024-01-01",
        "last_day": "2029-12-31", "covered": [f"v{oil[0].pk}"],
        "responsible_role": "cooperative_officer", "competence": "pkp", "certificate_no": "PKP-1",
        "certificate_last_day": "2027-06-30",
    }  # fmt: skip

    unit = client.post("/desk/permits/new/", form)
    right = client.post("/desk/permits/new/", form | {"holder": world.parties["coop_atb"].pk})

    assert unit.status_code == 422
    assert "tidak terbit atas nama UPT" in unit.content.decode()
    assert right.status_code == 302
    with world.everywhere():
        permit = Permit.objects.get()
        assert [one.variant for one in PermitVariant.objects.all()] == [oil[0]]
        assert permit.certificate_until == date(2027, 7, 1)


def test_the_renewal_form_is_filled_in(world: World, oil: list[Variant]) -> None:  # noqa: F811
    ends = clock.today() + timedelta(days=20)
    old = keep(world, ends, products=[oil[0].product], variants=[oil[1]], responsible=PKP)
    client, address = world.client(), f"/desk/permits/{old.pk}/renewal/"

    with at_most(12):
        page = client.get(address)
    first = page.context["form"].initial
    until = ends + timedelta(days=1825)
    posted = client.post(address, {
        "number": pirt(until, 13), "holder": first["holder"], "issued_on": clock.today(),
        "valid_from": first["valid_from"], "last_day": until - timedelta(days=1),
        "covered": first["covered"], **{name: first[name] for name in
        ("responsible_role", "responsible_post", "competence", "certificate_no",
         "certificate_last_day")},
    })  # fmt: skip

    assert first["valid_from"] == ends
    assert posted.status_code == 302
    with world.everywhere():
        new = Permit.objects.exclude(pk=old.pk).get()
        assert (new.predecessor, new.valid_from) == (old, ends)
        assert [one.variant for one in PermitVariant.objects.filter(coverage__permit=new)] == [
            oil[1]
        ]


@pytest.mark.parametrize("n", [1, 3])
def test_the_timeline_costs_the_same_for_many(world: World, n: int) -> None:  # noqa: F811
    for serial in range(n):
        keep(world, ENDS, 12 + serial, issued_on=BEGAN)
    client = world.client()

    with at_most(7):
        page = client.get("/desk/permits/timeline/")
    assert page.content.decode().count("<rect") > n
    assert client.get("/desk/permits/timeline/?berkas=csv").content.decode().count("P-IRT") == n
    assert pirt(ENDS) in page.content.decode()
