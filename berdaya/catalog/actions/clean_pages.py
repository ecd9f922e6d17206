"""The clean page: at a released person's word no public page refers to them, ever after."""

from datetime import date

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.models import CleanPage, Participant
from berdaya.people.roll import statuses_on
from berdaya.people.rules import paper_on_wrong_day
from berdaya.people.rules_consent import may_clean


def make_clean_page(
    *, by: Actor, participant: Participant, facility: Facility, asked_on: date
) -> CleanPage:
    """Every mention ends for good and its photo with it, at whichever unit; the label is retired.

    The database ends consents and mentions of other units too, in the same statement. Goods, sales
    and premi stay as they are, under the code. Refused: no ability, clean_page_inside,
    clean_page_done, paper_on_wrong_day.
    """
    required()
    require(may(by, "consent.record", facility.pk))
    today = clock.today(facility.timezone)
    if asked_on > today:
        raise Refused(paper_on_wrong_day())
    status = statuses_on([participant.pk], today).get(participant.pk)
    is_clean = CleanPage.objects.filter(participant=participant).exists()
    require(may_clean(status, is_clean))
    return CleanPage.objects.create(
        participant=participant,
        facility=facility,
        asked_on=asked_on,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
    )
