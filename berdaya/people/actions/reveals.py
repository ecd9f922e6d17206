"""Open identities for a purpose, search by number, look into an unusual opening.

The log is written in the transaction that reads the keys, before a name leaves this module: there
is no opening without its log, and no log of one that failed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.models import Facility
from berdaya.institutions.roles import holders_of
from berdaya.institutions.rules import may
from berdaya.people import purposes, sealed
from berdaya.people import rules_reveals as rules
from berdaya.people.assigned import Assigned, assigned_to
from berdaya.people.models import (
    Participant,
    Reveal,
    RevealedPerson,
    RevealPurpose,
    RevealReview,
    SealedIdentity,
)
from berdaya.people.queries import within_caseload
from berdaya.people.queries_reveals import (
    Measure,
    opening_facts,
    people_to_open,
    searches_of,
    unreviewed,
)

HEAD = "head"
COPY_ABILITY = "rights.answer"


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """One person as opened: `state` is open, erased, restricted, unknown or unreadable."""

    participant: Participant
    identity: sealed.Identity
    state: str

    @property
    def words(self) -> str:
        """The name, or why there is none."""
        return self.identity.name if self.identity.name else self.why

    @property
    def why(self) -> str:
        """Why nothing is shown."""
        return {
            "erased": _("data diri dihapus"),
            "restricted": _("dibatasi atas permintaannya"),
            "unreadable": _("tidak terbaca"),
        }.get(self.state, _("belum dicatat di sini"))


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What one act opened, by participant, and its log."""

    reveal: Reveal
    people: dict[int, Shown]


def open_identities(
    *,
    by: Actor,
    facility: Facility,
    purpose: str,
    subject: str = "",
    participants: Iterable[int] | None = None,
    reason: str = "",
) -> Opened:
    """Open the fields of this purpose for everybody assigned, or for `participants` among them.

    Writes one Reveal with its people. Drawing its number locks the facility's counter, so that two
    openings are measured one after the other. Raises Refused: no ability, reveal_not_assigned,
    reveal_not_here, reveal_nobody, reveal_reason_missing, reveal_too_many, and what the subject's
    room refuses; KeyError for an unknown purpose. The caller renders after its scope has ended.
    """
    required()
    kind = purposes.PURPOSES[purpose]
    require(may(by, kind.ability, facility.pk))
    assigned = assigned_to(by, facility, purpose, subject)
    people = assigned.people if participants is None else frozenset(participants)
    require(rules.may_open(people, assigned.people, kind, reason))
    reveal = _new(by, facility, kind.ability, purpose, subject, assigned)
    reveal.reason = reason if kind.by_reason else ""
    measure = Measure(
        by, reveal.role, facility, people, len(assigned.people), purpose == RevealPurpose.PERSON
    )
    facts = opening_facts(measure)
    require(rules.within_ceiling(facts))
    shown = _open(people, kind, kind.fields_for(reason), reveal.on_day)
    _save(reveal, facts, {pk: _filled(one.identity) for pk, one in shown.items()})
    return Opened(reveal, shown)


def log_own_copy(
    *, by: Actor, facility: Facility, participant: Participant, subject: str, fields: Iterable[str]
) -> Reveal:
    """Log that a person's own copy was opened under a request, in the transaction that opens it.

    A restriction does not stand against it: the copy is theirs. Raises Refused: no ability.
    """
    required()
    require(may(by, COPY_ABILITY, facility.pk))
    people = frozenset({participant.pk})
    reveal = _new(
        by, facility, COPY_ABILITY, RevealPurpose.PERSON, subject, Assigned(people, subject)
    )
    reveal.reason = purposes.OpenReason.RIGHTS
    facts = opening_facts(Measure(by, reveal.role, facility, people, 1, True))
    _save(reveal, facts, {participant.pk: tuple(fields)})
    return reveal


def log_scan(
    *,
    by: Actor,
    facility: Facility,
    participant_id: int,
    purpose: str,
    subject: str,
    reason: str = "",
) -> Reveal:
    """Log that the scan of a consent is opened, in the transaction that opens it.

    Asks and refuses as `open_identities` does, for this one person of the subject's list.
    """  # fmt: skip
    required()
    kind, people = purposes.PURPOSES[purpose], frozenset({participant_id})
    require(may(by, kind.ability, facility.pk))
    assigned = assigned_to(by, facility, purpose, subject)
    require(rules.may_open(people, assigned.people, kind, reason))
    reveal = _new(by, facility, kind.ability, purpose, subject, assigned)
    reveal.reason = reason if kind.by_reason else ""
    facts = opening_facts(Measure(by, reveal.role, facility, people, len(assigned.people), True))
    require(rules.within_ceiling(facts))
    _save(reveal, facts, {participant_id: (purposes.SCAN,)})
    return reveal


def search_identity(*, by: Actor, facility: Facility, kind: str, number: str) -> list[Participant]:
    """Who at this facility has exactly this register number or NIK: people, not names.

    Writes a Reveal with the kind of number and who was found, never the number. Locks the
    facility's counter. Raises Refused: no ability, search_empty, search_too_often.
    """
    required()
    require(may(by, purposes.SEARCH_ABILITY, facility.pk))
    label = str(purposes.FIELD_LABELS[kind])
    reveal = _new(
        by, facility, purposes.SEARCH_ABILITY, RevealPurpose.SEARCH, f"search:{kind}",
        Assigned(frozenset(), label),
    )  # fmt: skip
    require(rules.may_search(searches_of(by), sealed.normal(kind, number)))
    here = SealedIdentity.objects.filter(facility=facility, pk__in=sealed.find(kind, number))
    found = Participant.objects.filter(pk__in=here.values("pk"))
    people = list(within_caseload(found, by, reveal.on_day, "pk").order_by("code"))
    reveal.count, reveal.day_count, reveal.is_unusual, reveal.why = len(people), 0, False, []
    reveal.save(force_insert=True)
    _log_people(reveal, {person.pk: () for person in people})
    return people


def review_reveal(
    *, by: Actor, reveal: Reveal, note: str, whole_day: bool = False
) -> list[RevealReview]:
    """Say what came of looking into an unusual opening; it leaves Hari Ini.

    `whole_day`: so do the other ones of the same person on that day. Nothing is locked: two at
    once meet at a unique key. Raises Refused: no ability, review_not_needed, review_own,
    review_for_region.
    """
    required()
    require(may(by, "reveal.review", reveal.facility_id))
    is_open = reveal.is_unusual and not RevealReview.objects.filter(reveal=reveal).exists()
    require(
        rules.may_review(
            is_open=is_open,
            is_opener=by.user_id == reveal.opened_by_id,
            is_head_here=HEAD in by.roles.get(reveal.facility_id, ()),
            is_by_head=reveal.is_by_head,
        )
    )
    try:
        with transaction.atomic():
            return RevealReview.objects.bulk_create(
                RevealReview(
                    reveal_id=pk, facility_id=reveal.facility_id, opened_by_id=reveal.opened_by_id,
                    reviewed_by_id=by.person_id, note=note, at=clock.now(),
                )
                for pk in _with_the_same(reveal, whole_day)
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(rules.review_not_needed()) from error


def _with_the_same(reveal: Reveal, whole_day: bool) -> list[int]:
    if not whole_day:
        return [reveal.pk]
    same = Reveal.objects.filter(
        opened_by_id=reveal.opened_by_id, on_day=reveal.on_day, facility_id=reveal.facility_id,
        is_by_head=reveal.is_by_head,
    )  # fmt: skip
    return list(unreviewed(same).order_by("pk").values_list("pk", flat=True))


def _new(
    by: Actor, facility: Facility, ability: str, purpose: str, subject: str, of: Assigned
) -> Reveal:
    """A reveal that is numbered but not saved; from here on nobody else opens at this facility."""
    now = clock.now()
    today = clock.local(now, facility.timezone).date()
    held = by.roles.get(facility.pk, frozenset())
    number = draw(f"reveal:{facility.code}", today.year)
    return Reveal(
        code=desk_code(facility.code, today.year, "BDD", number),
        facility=facility,
        opened_by_id=by.person_id,
        role=next(role.code for role in holders_of(ability) if role.code in held),
        is_by_head=HEAD in held,
        purpose=purpose,
        subject=subject,
        label=of.label[:120],
        at=now,
        on_day=today,
    )


def _open(
    people: frozenset[int], kind: purposes.Purpose, fields: tuple[str, ...], on_day: date
) -> dict[int, Shown]:
    rows = list(people_to_open(people, fields, on_day))
    closed = {row.pk for row in rows if row.is_restricted and not kind.opens_restricted}
    kept = {row.pk: row.identity for row in rows if hasattr(row, "identity")}
    opened = sealed.open_all([one for pk, one in kept.items() if pk not in closed], fields)
    found = {}
    for row in rows:
        identity = opened.get(row.pk, sealed.Identity(row.pk, is_readable=False))
        state = _state(row, identity, row.pk in closed, row.pk in kept)
        found[row.pk] = Shown(row, identity, state)
    return found


def _state(row: Participant, identity: sealed.Identity, is_closed: bool, is_kept: bool) -> str:
    if is_closed:
        return "restricted"
    if identity.is_readable:
        return "open" if any(getattr(identity, name) for name in sealed.FIELDS) else "unknown"
    if row.was_erased:  # type: ignore[attr-defined]
        return "erased"
    return "unreadable" if is_kept else "unknown"


def _filled(identity: sealed.Identity) -> tuple[str, ...]:
    return tuple(name for name in sealed.FIELDS if getattr(identity, name))


def _save(reveal: Reveal, facts: rules.OpeningFacts, fields: dict[int, tuple[str, ...]]) -> None:
    why = rules.unusual(facts)
    reveal.count, reveal.day_count = len(fields), facts.day_count
    reveal.is_unusual, reveal.why = bool(why), list(why)
    reveal.save(force_insert=True)
    _log_people(reveal, fields)


def _log_people(reveal: Reveal, fields: dict[int, tuple[str, ...]]) -> None:
    RevealedPerson.objects.bulk_create(
        RevealedPerson(
            reveal=reveal, participant_id=pk, facility_id=reveal.facility_id, fields=list(names)
        )
        for pk, names in sorted(fields.items())
    )
