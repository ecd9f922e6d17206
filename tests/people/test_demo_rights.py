"""The demo's requests are made by the same actions, and end as they say."""

from berdaya.people.actions.participants import register_participant
from berdaya.people.demo_rights import ASKED, make_requests
from berdaya.people.models import BreachNotice, Restriction, RightsAnswer, RightsCase
from tests.world import SINCE, World


def test_demo_shows_requests_in_every_state(world: World) -> None:
    with world.everywhere() as scope:
        for number in range(3):
            register_participant(
                by=scope.actor, facility=world.atb, pseudonym=f"Contoh {number}",
                work_number=f"K-{number}", status="convict", valid_from=SINCE,
            )  # fmt: skip

    made = make_requests(world.atb)

    with world.everywhere():
        assert made == RightsCase.objects.count() == len(ASKED)
        outcomes = list(RightsAnswer.objects.values_list("outcome", flat=True))
        assert sorted(outcomes) == ["granted", "granted", "refused"]
        assert Restriction.objects.count() == BreachNotice.objects.count() == 1
