"""A few makers of the demo whom the public page mentions, at two units; one changed their mind."""

from collections.abc import Iterator
from datetime import date, timedelta

from berdaya.catalog.actions.mentions import approve_mention, propose_mention
from berdaya.catalog.models import Listing
from berdaya.catalog.queries_mention import default_label
from berdaya.core import clock
from berdaya.core.scope import Actor, acting
from berdaya.institutions.models import Facility, Staff
from berdaya.people.actions.papers import record_consent, withdraw_consent
from berdaya.people.models import Channel, Consent, ConsentPurpose, ConsentText, Participant
from berdaya.people.queries import placed_in_line

UNITS = ("LPP-KPG", "LP-ATB")
ASKED_DAYS, SOON_DAYS = 60, 21
LABELS = (
    ("", ""),
    ("Tangan Sabar (contoh)", "Patient Hands (sample)"),
    ("Kelompok Pagi (contoh)", ""),
)


def make(unit: Facility, officer: Actor, head: Actor, today: date) -> int:
    """Up to three people of one unit: on the page, on the page for a while, withdrawn."""
    if unit.code not in UNITS:
        return 0
    count = 0
    day = today - timedelta(days=ASKED_DAYS)
    with acting(officer, "demo.mentions"):
        chosen = list(_people(unit, day))
        texts = ConsentText.objects.in_force(day).filter(purpose=ConsentPurpose.PUBLICITY)
        text = texts.get(language="id")
        witness = Staff.objects.get(pk=head.user_id)
    for place, (person, listing) in enumerate(chosen):
        until = today + timedelta(days=SOON_DAYS if place == 1 else 300)
        with acting(officer, "demo.mentions"):
            consent = record_consent(
                by=officer, participant=person, facility=unit, given_on=day, text=text,
                language="id", witness_role="officer", witness=witness, item=listing.slug,
                channel=Channel.CARD if place == 2 else Channel.SHOP, valid_until=until,
            )  # fmt: skip
        _show(officer, head, listing, consent, LABELS[place])
        count += 1
        if place == 2:
            with acting(officer, "demo.mentions"):
                withdraw_consent(by=officer, consent=consent, withdrawn_on=clock.today())
    return count


def _people(unit: Facility, day: date) -> Iterator[tuple[Participant, Listing]]:
    """People of the line that makes a listing, each with one of its unit."""
    rows = Listing.objects.shown(clock.now()).filter(facility=unit)  # type: ignore[attr-defined]
    offered = rows.select_related("variant__product", "facility").order_by("slug")
    woven_first = sorted(offered, key=lambda one: one.variant.product.line_of_work != "tenun")
    for listing in woven_first:
        line = listing.variant.product.line_of_work
        for placement in placed_in_line(unit.pk, line, day)[: len(LABELS)]:
            yield placement.participant, listing
        return


def _show(
    officer: Actor, head: Actor, listing: Listing, consent: Consent, labels: tuple[str, str]
) -> None:
    label, label_en = labels
    with acting(officer, "demo.mentions"):
        mention = propose_mention(
            by=officer, listing=listing, consent=consent,
            label=label or default_label(listing), label_en=label_en,
        )  # fmt: skip
    with acting(head, "demo.mentions"):
        approve_mention(by=head, mention=mention)
