"""Write down failures to protect personal data, tell whom the law wants told, and close them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from berdaya.core import clock, codes, numbers
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, combine, require
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people import calc
from berdaya.people.models import (
    Breach,
    BreachClosing,
    BreachNotice,
    BreachPerson,
    Participant,
)
from berdaya.people.rights import not_told
from berdaya.people.rules_rights import (
    breach_closed,
    breach_not_told,
    breach_person_known,
    may_receive,
    may_write,
)

CODE_SERIES = "IN"


def record_breach(
    *,
    by: Actor,
    facilities: Iterable[Facility],
    noticed_at: datetime,
    happened: str,
    data_kinds: list[str],
    people_count: int,
    measures: str,
) -> list[Breach]:
    """One row for each facility it struck, all of the same event; the clock runs for each.

    Raises Refused: no ability at one of them, received_later, number_in_words.
    """
    required()
    struck, now, event = list(facilities), clock.now(), uuid.uuid4()
    require(
        combine(may(by, "breach.record", one.pk) for one in struck)
        + may_receive(noticed_at, now)
        + may_write(happened, measures)
    )
    return [
        Breach.objects.create(
            code=_new_code(one), event=event, facility=one, is_national=len(struck) > 1,
            noticed_at=noticed_at, due_at=calc.due_after(noticed_at), happened=happened,
            data_kinds=data_kinds, people_count=people_count, measures=measures,
            recorded_by_id=by.person_id, recorded_at=now,
        )
        for one in struck
    ]  # fmt: skip


def _new_code(facility: Facility) -> str:
    year = clock.today(facility.timezone).year
    number = numbers.draw(f"breach:{facility.code}", year)
    return codes.desk_code(facility.code, year, CODE_SERIES, number)


def list_person(*, by: Actor, breach: Breach, participant: Participant) -> BreachPerson:
    """This person's data was among it. Raises Refused: no ability, breach_closed,
    breach_person_known.
    """
    required()
    require(may(by, "breach.record", breach.facility_id) + _still_open(breach))
    try:
        with transaction.atomic():
            return BreachPerson.objects.create(
                breach=breach, participant=participant, facility_id=breach.facility_id,
                recorded_by_id=by.person_id, recorded_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(breach_person_known()) from error


def record_notice(
    *, by: Actor, breach: Breach, told: str, told_at: datetime, how: str, document_no: str
) -> BreachNotice:
    """Somebody was told, by which letter. Raises Refused: no ability, breach_closed,
    received_later.
    """
    required()
    now = clock.now()
    require(
        may(by, "breach.record", breach.facility_id)
        + _still_open(breach)
        + may_receive(told_at, now)
    )
    return BreachNotice.objects.create(
        breach=breach, facility_id=breach.facility_id, told=told, told_at=told_at, how=how,
        document_no=document_no, recorded_by_id=by.person_id, recorded_at=now,
    )  # fmt: skip


def close_breach(*, by: Actor, breach: Breach, learned: str) -> BreachClosing:
    """Handled, with what was changed. Raises Refused: no ability, breach_closed,
    breach_not_told, number_in_words.
    """
    required()
    missing = not_told(breach)
    told = Verdict((breach_not_told(who=Names(missing)),)) if missing else Verdict()
    require(
        may(by, "breach.record", breach.facility_id)
        + _still_open(breach)
        + told
        + may_write(learned)
    )
    try:
        with transaction.atomic():
            return BreachClosing.objects.create(
                breach=breach, facility_id=breach.facility_id, learned=learned,
                closed_by_id=by.person_id, closed_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(breach_closed()) from error


def _still_open(breach: Breach) -> Verdict:
    closed = BreachClosing.objects.filter(breach=breach).exists()
    return Verdict((breach_closed(),)) if closed else Verdict()


class Names:
    """Labels joined when they are read, in the reader's language."""

    def __init__(self, told: Iterable[object]) -> None:
        self.told = tuple(told)

    def __str__(self) -> str:
        return ", ".join(str(one.label) for one in self.told)  # type: ignore[attr-defined]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Names) and other.told == self.told

    def __hash__(self) -> int:
        return hash(self.told)
