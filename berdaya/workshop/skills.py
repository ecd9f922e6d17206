"""Skills that work asks for: read once for a whole filing, answered without the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core.clock import format_date
from berdaya.core.names import named
from berdaya.core.verdicts import Reason, Verdict
from berdaya.training.models import HeldSkill, Session
from berdaya.training.queries import next_sessions
from berdaya.workshop.models import SkillExemption, SkillRequirement, Workshop
from berdaya.workshop.rules import skill_missing

NEEDED, HELD, EXEMPT = "needed", "held", "exempt"


class Span(NamedTuple):
    """A requirement (`who`: the product, 0 for all) or what somebody holds (`who`: the person)."""

    kind: str
    who: int
    skill: int
    start: date
    until: date | None
    name: str
    name_en: str

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


class NextCourse:
    """Where to learn what is missing, worded when read, in the reader's language."""

    def __init__(self, session: Session | None) -> None:
        self.session = session

    def __str__(self) -> str:
        if self.session is None:
            return _("Belum ada sesi dengan tempat kosong; buka sesinya di Pelatihan.")
        when = format_date(self.session.starts_on, get_language() or "id")
        return _("Daftarkan ke %(course)s mulai %(when)s, sesi %(code)s.") % {
            "course": self.session.course.label,
            "when": when,
            "code": self.session.code,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NextCourse) and other.session == self.session

    def __hash__(self) -> int:
        return hash(self.session)


class SkillName:
    """A skill's name in the reader's language."""

    def __init__(self, span: Span) -> None:
        self.names = span.name, span.name_en

    def __str__(self) -> str:
        return named(*self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SkillName) and other.names == self.names

    def __hash__(self) -> int:
        return hash(self.names)


@dataclass
class SkillRecords:
    """What a workshop asks for and its people can do over some days; one query, one more where
    somebody lacks something, for the next course."""

    workshop: Workshop
    after: date
    needed: list[Span] = field(default_factory=list)
    held: Mapping[tuple[int, int], list[Span]] = field(default_factory=dict)
    _next: dict[int, Session] | None = None

    def verdict(self, person: int, day: date, products: Collection[int]) -> Verdict:
        """Which skills this person lacks for work on these products that day, and where next."""
        asked = [one for one in self.needed if one.holds_on(day) and one.who in {0, *products}]
        missing = {one.skill: one for one in asked if not self._has(person, one.skill, day)}
        return Verdict(tuple(self._reason(one) for one in missing.values()))

    def _has(self, person: int, skill: int, day: date) -> bool:
        return any(span.holds_on(day) for span in self.held.get((person, skill), ()))

    def _reason(self, span: Span) -> Reason:
        if self._next is None:
            skills = {one.skill for one in self.needed}
            self._next = next_sessions(self.workshop.facility_id, skills, self.after)
        session = self._next.get(span.skill)
        url = reverse("training:session", args=[session.code]) if session else ""
        return skill_missing(skill=SkillName(span), next=NextCourse(session), next_url=url)


def skill_records(
    workshop: Workshop, people: Iterable[int], first: date, last: date, today: date
) -> SkillRecords:
    """What the workshop asks for and the people hold on days of [first, last]: one query."""
    records = SkillRecords(workshop, today)
    held: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for row in _spans(workshop, set(people), first, last + timedelta(days=1)):
        span = Span(*row)
        if span.kind == NEEDED:
            records.needed.append(span)
        else:
            held[span.who, span.skill].append(span)
    records.held = held
    return records


def _spans(workshop: Workshop, people: set[int], start: date, until: date) -> QuerySet[Any, Any]:
    dated = Q(valid_from__lt=until) & (Q(valid_until__isnull=True) | Q(valid_until__gt=start))
    asked = SkillRequirement.objects.filter(dated, workshop=workshop)
    theirs = dated & Q(participant__in=people)
    needed_of = SkillRequirement.objects.filter(workshop=workshop).values("skill")
    own = HeldSkill.objects.filter(theirs, skill__in=needed_of)
    exempt = SkillExemption.objects.filter(theirs, facility=workshop.facility_id)
    everybody = Value(0, output_field=BigIntegerField())
    return (
        _columns(NEEDED, asked.filter(product__isnull=True), everybody)
        .union(
            _columns(NEEDED, asked.filter(product__isnull=False), F("product_id")),
            _columns(HELD, own, F("participant_id")),
            _columns(EXEMPT, exempt, F("participant_id")),
            all=True,
        )
        .order_by()
    )


def _columns(kind: str, rows: QuerySet[Any], who: Any) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(
        Value(kind), who, "skill_id", "valid_from", "valid_until", "skill__name", "skill__name_en"
    )
