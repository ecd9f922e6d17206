"""Texts, numbers and printing of labels, against the database and its walls."""

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.labels import calc
from berdaya.labels.actions.numbers import give_own_number, keep_gtin
from berdaya.labels.actions.prints import print_labels
from berdaya.labels.actions.texts import write_text
from berdaya.labels.models import LabelPrint, LabelText, VariantNumber
from berdaya.labels.queries import known_of, subject_of
from berdaya.labels.rules import may_print
from berdaya.legality.models import Indication, Motif, ProductOrigin
from tests.counting import at_most
from tests.labels import scene
from tests.labels.scene import HALAL, PIRT, everybody, loaded
from tests.world import World

GTIN = "8990000000013"


def codes(lot: object, audience: str = "own") -> set[str]:
    return set(may_print(known_of([lot], audience)[lot.pk].facts).codes)  # type: ignore[attr-defined]


def test_goods_with_everything_lack_nothing(world: World) -> None:
    with world.everywhere():
        lots = [make(world) for make in (scene.coffee, scene.floss, scene.shawl, scene.basket)]

        assert [codes(lot) for lot in lots] == [set(), set(), set(), set()]


def test_a_label_says_holder_place_and_certificate_and_no_maker(world: World) -> None:
    with world.everywhere():
        lot = scene.coffee(world)

        subject = subject_of(known_of([lot])[lot.pk])

    assert subject.producer == "Koperasi Contoh Atambua"
    assert subject.place == "Lapas Kelas IIB Atambua, Atambua, Belu, NTT"
    assert (subject.permits, subject.halal, subject.halal_no) == ((PIRT,), "certified", HALAL)
    assert subject.net == "200 g"
    told = str(subject)
    assert not any(person.pseudonym in told for person in world.people.values())


def test_food_is_refused_where_the_law_asks_more(world: World) -> None:
    with world.everywhere():
        assert codes(scene.coffee(world, is_certified=False)) == {"label_halal_unsettled"}
        assert codes(scene.floss(world, status="")) == {
            "label_halal_unsettled", "label_pork_contradicted"
        }  # fmt: skip


def test_the_day_before_the_halal_row_it_was_still_printed(world: World) -> None:
    zone = ZoneInfo("Asia/Makassar")
    with world.everywhere():
        variant = scene.coffee(world, is_certified=False).variant
        with clock.travel(datetime(2026, 9, 1, 9, tzinfo=zone)):
            day = clock.today()
            lot = scene.make_lot(world, variant, made_on=day, expires_on=day + timedelta(days=270))
        with clock.travel(datetime(2026, 10, 17, 23, 59, tzinfo=zone)):
            before = codes(lot)
        with clock.travel(datetime(2026, 10, 18, 0, 0, tzinfo=zone)):
            after = codes(lot)

    assert before == set()
    assert after == {"label_halal_unsettled"}


def test_a_protected_name_is_printed_only_where_it_is_lawful(world: World) -> None:
    with world.everywhere():
        lot = scene.shawl(world)
        sikka = Indication.objects.get(name="Tenun Ikat Sikka")
        ProductOrigin.objects.create(
            product=lot.variant.product, facility=world.atb, indication=sikka,
            recorded_at=clock.now(),
        )  # fmt: skip

        refused = codes(loaded(lot))

    assert "ig_outside_area" in refused


def test_a_protected_name_in_the_name_itself_needs_a_claim(world: World) -> None:
    with world.everywhere():
        variant = scene.make_variant(world, "tenun", "Selendang Tenun Ikat Sikka contoh")
        scene.text(world, variant, scene.SHAWL)

        refused = codes(scene.make_lot(world, variant))

    assert refused == {"ig_name_unclaimed"}


def test_a_motif_stands_on_the_label(world: World) -> None:
    with world.everywhere():
        lot = scene.shawl(world)
        motif = Motif.objects.first()
        ProductOrigin.objects.create(
            product=lot.variant.product, facility=world.atb, motif=motif, recorded_at=clock.now()
        )

        subject = subject_of(known_of([loaded(lot)])[lot.pk])

    assert ("Motif", str(motif)) in subject.claims


def test_texts_are_versions_and_the_same_words_are_one(world: World) -> None:
    with world.everywhere():
        lot = scene.coffee(world)
    with world.acting() as scope:
        same = write_text(by=scope.actor, variant=lot.variant, **scene.COFFEE)
        said = {**scene.COFFEE, "storage": "Dalam wadah tertutup"}
        changed = write_text(by=scope.actor, variant=lot.variant, **said)

        assert (same.version, changed.version) == (1, 2)
        assert known_of([lot])[lot.pk].text == changed
        with pytest.raises(ValueError):
            write_text(by=scope.actor, variant=lot.variant, unknown="x")


@pytest.mark.parametrize("model", [LabelText, LabelPrint])
def test_texts_and_printings_never_change(world: World, model: type) -> None:
    with world.everywhere():
        lot = scene.coffee(world)
        print_labels(by=everybody(world), lot=lot, layout="a4-8", copies=1)

        for change in (
            lambda: model.objects.update(facility=world.kpg),
            model.objects.all().delete,
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

        assert model.objects.exists()


def test_printing_keeps_who_what_and_the_files_digest(world: World) -> None:
    with world.everywhere():
        lot = scene.coffee(world)
        give_own_number(by=everybody(world), variant=lot.variant)
    with world.acting("head") as scope:
        row, pdf = print_labels(
            by=scope.actor, lot=loaded(lot), layout="a4-8", copies=12, first_cell=3, speech="both"
        )

    assert pdf.startswith(b"%PDF")
    assert row.digest == hashlib.sha256(pdf).hexdigest()
    assert (row.copies, row.first_cell, row.text.version) == (12, 3, 1)
    assert row.printed_by == world.staff["head"]
    assert calc.is_restricted(row.number)
    heads = {line["head"]: line["parts"] for line in row.told["lines"]}
    assert heads["Ingredients"][0]["text"] == "100% arabica coffee beans"


def test_printing_is_refused_while_something_is_missing(world: World) -> None:
    with world.everywhere():
        lot = scene.coffee(world, said={"storage": "Kering"})
    with world.acting() as scope, pytest.raises(Refused) as refused:
        print_labels(by=scope.actor, lot=lot, layout="a4-8", copies=1)

    assert refused.value.verdict.codes == ("label_ingredients_missing",)
    with world.everywhere():
        assert not LabelPrint.objects.exists()


def test_printing_is_refused_where_it_does_not_fit(world: World) -> None:
    with world.everywhere():
        lot = scene.coffee(world)
    with world.acting() as scope, pytest.raises(Refused) as refused:
        print_labels(by=scope.actor, lot=lot, layout="t50x30", copies=1)

    (reason,) = refused.value.verdict.reasons
    assert reason.code == "label_too_small"
    assert "A4" in reason.next_text


def test_a_sheet_has_no_label_25(world: World) -> None:
    with world.everywhere():
        lot = scene.basket(world)
    with world.acting() as scope, pytest.raises(Refused) as refused:
        print_labels(by=scope.actor, lot=lot, layout="a4-24", copies=1, first_cell=25)

    assert refused.value.verdict.codes == ("label_cells_beyond",)


@pytest.mark.parametrize(
    "who", ["seller", "cooperative", "humas", "regional", "national", "auditor"]
)
def test_others_neither_write_nor_print(world: World, who: str) -> None:
    with world.everywhere():
        lot = scene.basket(world)
    with world.acting(who) as scope:
        for do in (
            lambda: write_text(by=scope.actor, variant=lot.variant, size="1 m"),
            lambda: print_labels(by=scope.actor, lot=lot, layout="r58", copies=1),
            lambda: give_own_number(by=scope.actor, variant=lot.variant),
            lambda: keep_gtin(by=scope.actor, variant=lot.variant, gtin=GTIN),
        ):
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.verdict.status == 403

    with world.everywhere():
        assert not LabelPrint.objects.exists()
        assert not VariantNumber.objects.exists()


def test_another_unit_finds_nothing(world: World) -> None:
    with world.everywhere():
        lot = scene.basket(world)
        print_labels(by=everybody(world), lot=lot, layout="r58", copies=1)
        keep_gtin(by=everybody(world), variant=lot.variant, gtin=GTIN)
    with world.acting("outsider"):
        assert not LabelText.objects.exists()
        assert not LabelPrint.objects.exists()
        assert not VariantNumber.objects.exists()


def test_outside_retail_needs_a_gtin_and_never_gets_a_restricted_number(world: World) -> None:
    with world.everywhere():
        lot = scene.basket(world)
        give_own_number(by=everybody(world), variant=lot.variant)
        assert codes(loaded(lot), "outside") == {"label_gtin_missing"}
        assert codes(loaded(lot), "own") == set()
        keep_gtin(by=everybody(world), variant=lot.variant, gtin="899 0000 00001 3")

        row, _pdf = print_labels(
            by=everybody(world), lot=loaded(lot), layout="a4-8", copies=1, audience="outside"
        )

        assert row.number == GTIN
        facts = {"lot": lot, "facility": world.atb, "text": row.text, "day": row.day,
                 "layout": "r58", "speech": "id", "copies": 1, "told": {}, "digest": "0" * 64,
                 "printed_at": clock.now()}  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            LabelPrint.objects.create(audience="outside", number=calc.own_number(9), **facts)
        LabelPrint.objects.create(audience="own", number=calc.own_number(9), **facts)


def test_the_database_checks_last_digits_and_prefixes(world: World) -> None:
    with world.everywhere():
        variant = scene.basket(world).variant
        wrong = [
            {"gtin": "8990000000014"}, {"own": "2000000000016"}, {"gtin": calc.own_number(1)},
            {"own": GTIN}, {"gtin": "899"}, {},
        ]  # fmt: skip
        for numbers in wrong:
            with pytest.raises(IntegrityError), transaction.atomic():
                VariantNumber.objects.create(
                    variant=variant, facility=world.atb, kept_at=clock.now(), **numbers
                )
        VariantNumber.objects.create(
            variant=variant, facility=world.atb, kept_at=clock.now(), gtin=GTIN,
            own=calc.own_number(1),
        )  # fmt: skip


@pytest.mark.parametrize("digits", ["899000000001", "000000000000", "999999999999", "200053000001"])
def test_the_database_reckons_check_digits_as_we_do(world: World, digits: str) -> None:
    from django.db import connection

    right = digits + calc.check_digit(digits)
    with world.everywhere(), connection.cursor() as cursor:
        for last in "0123456789":
            cursor.execute("SELECT labels_is_checked(%s)", [digits + last])
            assert cursor.fetchone() == (digits + last == right,)


def test_one_gtin_stands_for_one_thing_in_the_whole_country(world: World) -> None:
    with world.everywhere():
        first = scene.basket(world).variant
        there = scene.make_variant(world, "anyaman", "Tikar contoh", at="LP-KPG")
        keep_gtin(by=everybody(world), variant=there, gtin=GTIN)
    with world.acting() as scope:
        with pytest.raises(Refused) as refused:
            keep_gtin(by=scope.actor, variant=first, gtin=GTIN)
        assert refused.value.verdict.codes == ("gtin_taken",)
        with pytest.raises(Refused) as malformed:
            keep_gtin(by=scope.actor, variant=first, gtin=calc.own_number(5))
        assert malformed.value.verdict.codes == ("gtin_restricted",)
        assert not VariantNumber.objects.filter(variant=first).exists()


def test_an_own_number_is_drawn_once_and_kept_beside_a_gtin(world: World) -> None:
    with world.everywhere():
        variant = scene.basket(world).variant
    with world.acting() as scope:
        first = give_own_number(by=scope.actor, variant=variant)
        again = give_own_number(by=scope.actor, variant=variant)
        both = keep_gtin(by=scope.actor, variant=variant, gtin=GTIN)

    assert first.own == again.own == both.own
    assert both.gtin == GTIN


def test_a_label_of_another_goods_text_is_refused_by_the_database(world: World) -> None:
    with world.everywhere():
        lot, other = scene.basket(world), scene.shawl(world)
        row, _pdf = print_labels(by=everybody(world), lot=lot, layout="r58", copies=1)
        crooked = write_text(
            by=everybody(world), variant=other.variant, composition=[["cotton", 9000]], size="1 m"
        )
        for wrong in (
            {"lot": other, "text": row.text},
            {"lot": other, "text": crooked},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                LabelPrint.objects.create(
                    facility=world.atb, day=row.day, layout="r58", audience="own", speech="id",
                    copies=1, told={}, digest="0" * 64, printed_at=clock.now(), **wrong,
                )  # fmt: skip


def test_facts_of_three_lots_cost_what_one_costs(world: World) -> None:
    with world.everywhere():
        lots = [make(world) for make in (scene.coffee, scene.shawl, scene.floss)]
        with at_most(8):
            known_of(lots[:1])
        with at_most(8):
            known_of(lots)
