"""Export declarations: through the gate, kept whatever it says, printed only where it lets in."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.evidence import checks
from berdaya.evidence.actions.declarations import declare_export, print_declaration
from berdaya.evidence.actions.plots import set_plots
from berdaya.evidence.models import Declaration
from berdaya.legality.models import Override, OverrideDecision
from berdaya.legality.queries.shipping import may_ship
from berdaya.orders.models import Order
from berdaya.papers.models import Document
from berdaya.papers.prints import page_of
from tests.evidence.scene import Coffee, plotted, roasted
from tests.orders.scene import Shop, open_shop
from tests.web.desk import log_work
from tests.world import TODAY, World

CHECKS = {check.code: check for check in checks.CHECKS}


@pytest.fixture
def coffee(world: World) -> Coffee:
    return roasted(world)


def declared(world: World, coffee: Coffee, country: str) -> Declaration:
    with world.acting() as scope:
        return declare_export(by=scope.actor, lot=coffee.lot, country=country)


def printed(world: World, told: Declaration) -> str:
    with world.acting() as scope:
        pdf = print_declaration(by=scope.actor, declaration=told)
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_japan_lets_in_and_the_paper_says_how_it_was_made(world: World, coffee: Coffee) -> None:
    told = declared(world, coffee, "JP")

    text = " ".join(printed(world, told).split())
    again = printed(world, told)

    assert (told.outcome, told.verdict, told.code) == ("allowed", [], "LP-ATB-26-E0001")
    assert "made wholly or in part by people in custody" in text
    assert "made inside a prison" in text
    assert "Japan" in text
    assert "COPY" in again
    with world.acting():
        document = Document.objects.get(type__code="PE")
        assert page_of(document) == f"/desk/export-declarations/{told.code}/"


@pytest.mark.parametrize("country", ["US", "CA", "NZ", "GB"])
def test_where_prison_labour_is_barred_there_is_an_answer_and_no_paper(
    world: World, coffee: Coffee, country: str
) -> None:
    told = declared(world, coffee, country)

    assert told.outcome == "refused"
    assert told.verdict[0].startswith("market_barred")
    assert told.reasons[0]["text"]
    with world.acting() as scope, pytest.raises(Refused, match="declaration_refused"):
        print_declaration(by=scope.actor, declaration=told)
    with world.acting():
        assert not Document.objects.filter(type__code="PE").exists()
        assert Declaration.objects.get().country == country


def test_the_answer_is_kept_in_both_languages(world: World, coffee: Coffee) -> None:
    told = declared(world, coffee, "US")

    assert "Amerika Serikat" in told.content["reasons_id"][0]["text"]
    assert "United States" in told.content["reasons"][0]["text"]


def test_goods_of_clients_may_enter_where_prison_labour_is_barred(world: World) -> None:
    coffee = roasted(world, facility=world.facilities["BP-KPG"], status="client")

    with world.everywhere() as scope:
        told = [
            declare_export(by=scope.actor, lot=coffee.lot, country=country).outcome
            for country in ("US", "CA", "NZ", "GB")
        ]
        assert CHECKS["evidence_declarations"].rows() == []

    assert told == ["allowed"] * 4


def lifted(world: World, coffee: Coffee, country: str) -> None:
    """Two people let this product into a country on a named basis."""
    with world.everywhere():
        asked = Override.objects.create(
            facility=world.atb, product=coffee.variant.product, market=f"export:{country}",
            code="market_barred_but", legal_basis="Foreign Prison-made Goods Act 1897, s. 1",
            reason="tidak untuk dagang", valid_from=TODAY - timedelta(days=400),
            valid_until=TODAY + timedelta(days=4000), requested_by=world.staff["officer"],
            requested_at=clock.now(),
        )  # fmt: skip
        OverrideDecision.objects.create(
            override=asked, facility=world.atb, outcome="approved",
            requested_by=world.staff["officer"], decided_by=world.staff["regional"],
            decided_at=clock.now(),
        )  # fmt: skip


def test_an_exception_is_named_on_the_paper_with_office_and_law(
    world: World, coffee: Coffee
) -> None:
    lifted(world, coffee, "GB")

    told = declared(world, coffee, "GB")
    text = " ".join(printed(world, told).split())

    assert told.outcome == "overridden"
    assert told.verdict == ["market_barred_but"]
    assert told.override_office == "NTT-KWL"
    assert "Foreign Prison-made Goods Act 1897" in text
    assert "NTT-KWL" in text
    assert "made wholly or in part by people in custody" in text


def test_what_law_leaves_no_door_to_is_not_lifted(world: World, coffee: Coffee) -> None:
    lifted(world, coffee, "US")

    assert declared(world, coffee, "US").outcome == "refused"


def test_coffee_enters_the_eu_only_with_its_plots_wherever_the_gate_is_asked(
    world: World, coffee: Coffee
) -> None:
    day, plot = date(2027, 3, 1), plotted(world)
    client_made = roasted(world, facility=world.facilities["BP-KPG"], status="client")
    theirs = plotted(world, facility=world.facilities["BP-KPG"])

    def answers() -> list[tuple[str, ...]]:
        with world.everywhere():
            lots = [coffee.lot.pk, client_made.lot.pk]
            return [verdict.codes for verdict in may_ship(lots, "DE", day)]

    before = answers()
    with world.everywhere() as scope:
        set_plots(by=scope.actor, material_lot=coffee.beans, plots=[plot])
        set_plots(by=scope.actor, material_lot=client_made.beans, plots=[theirs])
    after = answers()

    assert ["plots_missing" in codes for codes in before] == [True, True]
    assert ["plots_missing" in codes for codes in after] == [False, False]
    assert after[1] == ()


def test_home_is_no_export_and_nothing_is_kept(world: World, coffee: Coffee) -> None:
    for country, code in (("ID", "declaration_for_home"), ("usa", "evidence_country_unknown")):
        with world.acting() as scope, pytest.raises(Refused, match=code):
            declare_export(by=scope.actor, lot=coffee.lot, country=country)

    with world.acting():
        assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "allowed"},
        {"outcome": "overridden"},
        {"outcome": "refused", "verdict": []},
        {"country": "usa"},
        {"lot": None},
    ],
)
def test_the_database_keeps_answers_consistent(
    world: World, coffee: Coffee, change: dict[str, object]
) -> None:
    told = declared(world, coffee, "US")
    told.pk = None
    told.code += "X"
    for name, value in change.items():
        setattr(told, name, value)

    with world.acting(), pytest.raises(DatabaseError), transaction.atomic():
        told.save()


def test_an_answer_never_changes_and_check_books_would_see(world: World, coffee: Coffee) -> None:
    told = declared(world, coffee, "US")

    with world.acting(), pytest.raises(DatabaseError, match="permission"), transaction.atomic():
        Declaration.objects.filter(pk=told.pk).update(outcome="allowed", verdict=[])
    with world.acting():
        Declaration.objects.create(
            code="LP-ATB-26-E0009", facility=world.atb, lot=coffee.lot, country="US",
            declared_on=told.declared_on, outcome="allowed", content=told.content,
            recorded_at=clock.now(),
        )  # fmt: skip
        assert CHECKS["evidence_declarations"].rows() == ["LP-ATB-26-E0009 · US"]


def test_an_order_is_asked_about_all_its_lots(world: World) -> None:
    with world.everywhere():
        shop: Shop = open_shop(world, work=lambda batch: log_work(world, batch))
        order: Order = shop.order()

    with world.acting() as scope:
        told = declare_export(by=scope.actor, order=order, country="US")

    assert told.outcome == "refused"
    (goods,) = told.content["goods"]
    assert (goods["lot"], goods["qty"]) == (shop.scene.lot.code, "1")
    with world.acting() as scope, pytest.raises(Refused, match="evidence_without_lots"):
        with world.acting():
            order.lines.get().holds.update(outcome="freed", ended_at=clock.now())
        declare_export(by=scope.actor, order=order, country="JP")


def test_only_who_may_print_asks(world: World, coffee: Coffee) -> None:
    for who in ("auditor", "outsider", "cooperative"):
        with acting(world.actor(who), "test") as scope, pytest.raises(Refused):
            declare_export(by=scope.actor, lot=coffee.lot, country="JP")

    with world.everywhere():
        assert not Declaration.objects.exists()
