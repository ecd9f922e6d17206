"""The demo: thirty clients of one counsellor, in every state; a second time adds nothing."""

import pytest

from berdaya.aftercare import demo
from berdaya.aftercare.calc import DUE, OPTIONAL, OVERDUE
from berdaya.aftercare.models import FollowUp, GrantState, Plan, Supervision, ToolsGrant
from berdaya.aftercare.queries import clients_of
from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import acting, system_scope
from berdaya.institutions import demo as places
from berdaya.institutions.actions.reference import load_reference
from berdaya.institutions.models import Facility, Staff
from berdaya.institutions.queries import actor_of
from berdaya.people import demo as people


@pytest.mark.usefixtures("db")
def test_caseload_of_thirty_in_every_state_and_never_twice() -> None:
    today, said = clock.today(), []
    ctx = DemoContext(today=today, say=said.append)
    with system_scope("reference", []) as scope:
        load_reference(by=scope.actor)
    places.load(ctx)
    people.load(ctx)

    demo.load(ctx)
    with places.demo_scope():
        before = FollowUp.objects.count(), Supervision.objects.count(), Plan.objects.count()
    demo.load(ctx)

    counsellor = actor_of(Staff.objects.get(username="pk.bp-kpg"), today)
    with acting(counsellor, "test", read_only=True):
        bapas = Facility.objects.get(code="BP-KPG")
        found = clients_of(counsellor, [bapas.pk], today)
    states = {duty.state for one in found for duty in one.waiting}
    assert len(found) == 30
    assert states == {DUE, OVERDUE, OPTIONAL}
    assert any(one.case and one.case.left for one in found)
    assert any(one.case and one.case.is_over(today) and not one.case.opted_in for one in found)
    with places.demo_scope():
        again = FollowUp.objects.count(), Supervision.objects.count(), Plan.objects.count()
        assert again == before
        assert set(Plan.objects.values_list("state", flat=True)) == {"draft", "waiting", "approved"}
        assert ToolsGrant.objects.filter(state=GrantState.RECEIVED).exists()
