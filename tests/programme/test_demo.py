"""The demo: the Kupang agreement with commitments in every state; a second time adds nothing."""

from collections import Counter
from datetime import date

import pytest

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import system_scope
from berdaya.insight.courses import told_month
from berdaya.insight.models import ToldFigure
from berdaya.institutions import demo as places
from berdaya.institutions.actions.reference import load_reference
from berdaya.institutions.models import Facility
from berdaya.programme import demo
from berdaya.programme.evidence import standings
from berdaya.programme.models import Agreement, AgreementVersion, QuarterReport, Telling


@pytest.mark.usefixtures("db")
def test_the_agreement_is_late_at_risk_on_track_and_done_and_made_once() -> None:
    today, said = clock.today(), []
    ctx = DemoContext(today=today, say=said.append)
    with system_scope("reference", []) as scope:
        load_reference(by=scope.actor)
    places.load(ctx)
    with places.demo_scope():
        unit = Facility.objects.get(code="LP-ATB")
        for indicator, number in (("trained", 25), ("listings", 9), ("sold", 900_000)):
            ToldFigure.objects.create(
                facility=unit, month=told_month(today), indicator=indicator, version=1,
                numerator=number, told_at=clock.now(),
            )  # fmt: skip

    demo.load(ctx)
    demo.load_late(ctx)
    demo.load_late(ctx)

    with places.demo_scope() as scope:
        states = {one.commitment.code: one.state for one in standings(scope.actor, today)}
        assert Counter(states.values()) == {"done": 2, "late": 2, "on_track": 1, "at_risk": 1}
        assert states["1b"] == states["2b"] == "late"
        assert all(one.is_demo for one in Agreement.objects.all())
        first = AgreementVersion.objects.get(agreement__code="mou-ntt-2025")
        assert (first.signed_on, first.place) == (date(2025, 10, 29), "Kupang")
        assert "garudaberita.com" in first.source
        assert set(QuarterReport.objects.values_list("state", flat=True)) == {"half", "agreed"}
        assert Telling.objects.filter(level=1).exists()
    assert len(said) == len(set(said))
