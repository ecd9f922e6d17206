"""Propose a mention of a maker, decide on it; taking it back is people.withdraw_consent."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from berdaya.catalog.models import (
    Listing,
    MakerMention,
    MentionDecision,
    Outcome,
    Photo,
    ShownMention,
)
from berdaya.catalog.queries_mention import is_retired
from berdaya.catalog.rules import listing_reason_missing, photo_elsewhere
from berdaya.catalog.rules_mention import (
    MentionDecisionFacts,
    MentionFacts,
    may_decide_mention,
    may_mention,
    mention_consent_missing,
)
from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.people.models import CleanPage, Consent, ConsentPurpose, Placement
from berdaya.people.roll import statuses_on

# What the triggers raise that see more than this scope: another unit's status, a clean page.
BARRED = "BD003"


def propose_mention(
    *,
    by: Actor,
    listing: Listing,
    consent: Consent,
    label: str,
    label_en: str = "",
    photo: Photo | None = None,
) -> MakerMention:
    """Put a mention before the head: who consented, on this listing and channel, under a label.

    Refused: no ability, every reason of rules_mention.may_mention, photo_elsewhere.
    """
    required()
    require(may(by, "publicity.record", listing.facility_id))
    require(may_mention(_facts(listing, consent, label, label_en)))
    if photo is not None and photo.facility_id != listing.facility_id:
        raise Refused(photo_elsewhere())
    with _told_why():
        return MakerMention.objects.create(
            listing=listing,
            facility_id=listing.facility_id,
            participant_id=consent.participant_id,
            consent=consent,
            channel=consent.channel,
            label=label.strip(),
            label_en=label_en.strip(),
            photo=photo,
            proposed_by_id=by.user_id,
            proposed_at=clock.now(),
        )


def _facts(listing: Listing, consent: Consent, label: str, label_en: str) -> MentionFacts:
    person, facility = consent.participant, listing.facility
    day = clock.today(facility.timezone)
    numbers = Placement.objects.filter(participant=person).values_list("work_number", flat=True)
    return MentionFacts(
        facility_kind=facility.kind,
        status=statuses_on([person.pk], day).get(person.pk),
        label=label,
        label_en=label_en,
        pseudonym=person.pseudonym,
        work_numbers=frozenset(numbers),
        has_consent=consent.purpose == ConsentPurpose.PUBLICITY
        and consent.item == listing.slug
        and consent.holds_on(day),
        is_clean=CleanPage.objects.filter(participant=person).exists(),
        is_label_retired=is_retired(listing.facility_id, label, label_en),
    )


def approve_mention(*, by: Actor, mention: MakerMention) -> ShownMention:
    """Show the label from now until the consent's last day. Locks the listing.

    A renewal of the same person on the same photo takes the photo over. Refused: no ability,
    mention_decided, mention_own, mention_consent_missing (a withdrawal under way is waited for).
    """
    _require_decidable(by, mention, approves=True)
    zone = mention.listing.facility.timezone
    until = mention.consent.valid_until
    assert until is not None  # people_consent_publicity
    if mention.photo_id is not None:
        earlier = ShownMention.objects.filter(
            decision__mention__participant=mention.participant_id, photo=mention.photo_id
        )
        earlier.update(photo=None)
    with _told_why():
        shown = ShownMention.objects.create(
            listing_id=mention.listing_id,
            facility_id=mention.facility_id,
            channel=mention.channel,
            label=mention.label,
            label_en=mention.label_en,
            photo_id=mention.photo_id,
            shown_from=clock.now(),
            shown_until=clock.start_of(until, zone),
        )
        _write(by, mention, Outcome.APPROVED, shown=shown)
    return shown


def decline_mention(*, by: Actor, mention: MakerMention, reason: str) -> MentionDecision:
    """Send a mention back with a reason. Refused: mention_decided, mention_own, no reason."""
    _require_decidable(by, mention, approves=False)
    if not reason.strip():
        raise Refused(listing_reason_missing())
    return _write(by, mention, Outcome.DECLINED, reason=reason.strip())


def _require_decidable(by: Actor, mention: MakerMention, *, approves: bool) -> None:
    required()
    require(may(by, "listing.approve", mention.facility_id))
    lock_row(mention.listing)
    consent = Consent.objects.get(pk=mention.consent_id)
    facts = MentionDecisionFacts(
        is_decided=MentionDecision.objects.filter(mention=mention).exists(),
        has_consent=consent.holds_on(clock.today(mention.listing.facility.timezone)),
        proposed_by_id=mention.proposed_by_id,
        decided_by_id=by.user_id,
    )
    require(may_decide_mention(facts, approves))


def _write(
    by: Actor,
    mention: MakerMention,
    outcome: str,
    reason: str = "",
    shown: ShownMention | None = None,
) -> MentionDecision:
    return MentionDecision.objects.create(
        mention=mention,
        facility_id=mention.facility_id,
        outcome=outcome,
        reason=reason,
        shown=shown,
        proposed_by_id=mention.proposed_by_id,
        decided_by_id=by.user_id,
        decided_at=clock.now(),
    )


@contextmanager
def _told_why() -> Iterator[None]:
    """What only the database sees becomes a refusal that says no more than it must."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == BARRED:
            raise Refused(mention_consent_missing()) from error
        raise
