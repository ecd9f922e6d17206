"""Every indicator counted a second time: plain loops over rows, nothing of berdaya/insight."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from berdaya.catalog.models import ListingDecision, ListingWithdrawal
from berdaya.core import clock
from berdaya.equipment.models import Booking, Equipment
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.legality.models import Permit
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import may_list
from berdaya.orders.models import Shipment
from berdaya.people.models import (
    Breach,
    Consent,
    FitnessCertificate,
    Placement,
    StatusPeriod,
)
from berdaya.proceeds.models import (
    Allocation,
    ExitSettlement,
    PayoutCompletion,
    PayoutLine,
    PnbpDeposit,
    PremiShare,
    Refund,
    RefundPart,
    Sale,
    SaleLine,
    Slip,
)
from berdaya.stock.models import Lot
from berdaya.training.models import Attendance, CertificateDecision
from berdaya.workshop.models import BatchClosing, Incident, WorkLog

Told = tuple[Decimal, Decimal | None]
PAID = ("bank", "e_money", "register_d")


class Recount:
    """One facility's month."""

    def __init__(self, facility: Facility, month: date) -> None:
        self.facility, self.first = facility, month
        self.next = (month + timedelta(days=32)).replace(day=1)
        self.last = self.next - timedelta(days=1)

    def mine(self, model: Any, **more: Any) -> list[Any]:
        return [row for row in model.objects.filter(**more) if row.facility_id == self.facility.pk]

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def at(self, instant: Any) -> bool:
        return self.has(clock.local(instant, self.facility.timezone).date())

    @property
    def present(self) -> list[WorkLog]:
        return [one for one in self.mine(WorkLog) if one.mark == "present" and self.has(one.day)]

    @property
    def workers(self) -> dict[int, date]:
        found: dict[int, date] = {}
        for one in self.present:
            found[one.participant_id] = max(found.get(one.participant_id, one.day), one.day)
        return found

    def placed(self, status: str = "") -> set[int]:
        def touches(row: Any) -> bool:
            begun = row.valid_from <= self.last
            return begun and (row.valid_until is None or row.valid_until > self.first)

        there = {one.participant_id for one in self.mine(Placement) if touches(one)}
        if not status:
            return there
        held = StatusPeriod.objects.filter(status=status)
        return there & {one.participant_id for one in held if touches(one)}

    def all(self) -> dict[str, Told]:
        names = [name for name in dir(self) if name.startswith("count_")]
        told: dict[str, Told] = {}
        for name in names:
            number, below = getattr(self, name)()
            told[name[6:]] = (Decimal(number), None if below is None else Decimal(below))
        return told

    def count_lots_lawful(self) -> Any:
        lots = [one for one in self.mine(Lot) if self.has(one.made_on)]
        facts = [listing_facts([one.variant_id], "retail", one.made_on) for one in lots]
        return sum(may_list(one).ok for found in facts for one in found.values()), len(lots)

    def count_permits(self) -> Any:
        rows = [one for one in Permit.objects.all() if one.place_id == self.facility.pk]
        standing = [
            one
            for one in rows
            if one.holds_on(self.last) and (one.revoked_on is None or one.revoked_on > self.last)
        ]
        return len(standing), None

    def count_listings(self) -> Any:
        end = clock.start_of(self.next, self.facility.timezone)
        live = 0
        approved = [
            one
            for one in self.mine(ListingDecision)
            if one.outcome == "approved" and one.decided_at < end
        ]
        gone = [one for one in self.mine(ListingWithdrawal) if one.withdrawn_at < end]
        for listing in {one.version.listing_id for one in approved}:
            shown = max(one.decided_at for one in approved if one.version.listing_id == listing)
            live += not any(one.listing_id == listing and one.withdrawn_at > shown for one in gone)
        return live, None

    def _of_workers(self, rows: list[Any], holds: Any) -> Any:
        kept = [
            person
            for person, day in self.workers.items()
            if any(one.participant_id == person and holds(one, day) for one in rows)
        ]
        return len(kept), len(self.workers)

    def count_consenting(self) -> Any:
        rows = list(Consent.objects.filter(purpose="work"))
        return self._of_workers(rows, lambda one, day: one.holds_on(day))

    def count_fit(self) -> Any:
        rows = list(FitnessCertificate.objects.filter(is_fit=True))
        return self._of_workers(rows, lambda one, day: one.holds_on(day))

    def count_incidents(self) -> Any:
        return sum(self.has(one.happened_on) for one in self.mine(Incident)), None

    def count_payout_wait(self) -> Any:
        waited = []
        for share in self.mine(PremiShare):
            line = share.payout_line
            if line is None or share.released_on is None:
                continue
            done = getattr(line, "completion", None)
            if self.has(line.paid_on) and line.channel in PAID and not line.is_withdrawn:
                waited.append(max((line.paid_on - share.released_on).days, 0))
            if done and self.has(done.paid_on):
                waited.append(max((done.paid_on - share.released_on).days, 0))
        return sum(waited), len(waited)

    def count_orders_on_time(self) -> Any:
        kept = []
        for one in self.mine(Shipment):
            days = [line.ready_by for line in one.order.lines.all() if line.ready_by]
            if self.has(one.handed_on) and days:
                kept.append(one.handed_on <= max(days))
        return sum(kept), len(kept)

    def year(self, rows: list[Any], name: str) -> set[int]:
        """Variants with a row in the twelve months up to the last day."""
        first = self.first.replace(year=self.first.year - 1)
        begins = (first + timedelta(days=32)).replace(day=1)
        return {one.variant_id for one in rows if begins <= getattr(one, name) <= self.last}

    def way(self) -> list[set[int]]:
        """Variants made, of these lawful, of these shown, of these sold."""
        made = self.year(self.mine(Lot), "made_on")
        facts = listing_facts(made, "retail", self.last)
        lawful = {pk for pk in made if may_list(facts[pk]).ok}
        shown = lawful & self.shown()
        return [made, lawful, shown, shown & self.year(self.mine(SaleLine), "day")]

    def shown(self) -> set[int]:
        end = clock.start_of(self.next, self.facility.timezone)
        told: dict[int, list[tuple[Any, bool]]] = {}
        for one in self.mine(ListingDecision):
            if one.outcome == "approved" and one.decided_at < end:
                told.setdefault(one.version.listing.variant_id, []).append((one.decided_at, True))
        for one in self.mine(ListingWithdrawal):
            if one.withdrawn_at < end:
                told.setdefault(one.listing.variant_id, []).append((one.withdrawn_at, False))
        return {pk for pk, steps in told.items() if max(steps)[1]}

    def count_to_market(self) -> Any:
        product = dict(Variant.objects.values_list("pk", "product_id"))
        made, *_others, sold = [{product[pk] for pk in step} for step in self.way()]
        return len(sold), len(made)

    def share(self, name: str) -> int:
        given = [x for x in self.mine(Allocation) if self.has(x.sale.sold_on)]
        taken = [x for x in self.mine(RefundPart) if self.has(x.refund.refunded_on)]
        return sum(getattr(x, name) for x in given) - sum(getattr(x, name) for x in taken)

    def count_makers_share(self) -> Any:
        return self.share("makers_rp"), self.share("amount_rp")

    def count_hours(self) -> Any:
        minutes = sum(one.minutes or 0 for one in self.present)
        return round(Decimal(minutes) / 60, 3), None

    def count_data_failures(self) -> Any:
        return sum(self.at(one.noticed_at) for one in self.mine(Breach)), None

    def count_makers(self) -> Any:
        return len(self.workers), None

    def count_working_share(self) -> Any:
        return len(self.workers), len(self.placed())

    def count_working_share_official(self) -> Any:
        open_site = {one.participant_id for one in self.present if one.labour_status == "sae"}
        return len(open_site & set(self.workers)), len(open_site)

    def count_trained(self) -> Any:
        first: dict[int, date] = {}
        for one in self.mine(Attendance):
            if one.mark == "present":
                first[one.enrolment_id] = min(first.get(one.enrolment_id, one.day), one.day)
        return sum(self.has(day) for day in first.values()), None

    def _certificates(self) -> int:
        rows = self.mine(CertificateDecision)
        return sum(one.outcome == "approved" and self.at(one.decided_at) for one in rows)

    def count_certified(self) -> Any:
        return self._certificates(), None

    def count_certified_official(self) -> Any:
        return self._certificates(), len(self.placed("convict"))

    def count_made(self) -> Any:
        return sum(x.good_qty for x in self.mine(BatchClosing) if self.has(x.closed_on)), None

    def count_sold(self) -> Any:
        sold = sum(one.amount_rp for one in self.mine(Sale) if self.has(one.sold_on))
        return sold - sum(x.amount_rp for x in self.mine(Refund) if self.has(x.refunded_on)), None

    def count_sold_pieces(self) -> Any:
        given = sum(one.qty for one in self.mine(SaleLine) if self.has(one.sale.sold_on))
        back = sum(
            one.returned_qty for one in self.mine(RefundPart) if self.has(one.refund.refunded_on)
        )
        return given - back, None

    def count_paid(self) -> Any:
        lines = [
            one.amount_rp
            for one in self.mine(PayoutLine)
            if self.has(one.paid_on) and one.channel in PAID and not one.is_withdrawn
        ]
        later = [
            one.line.amount_rp
            for one in self.mine(PayoutCompletion)
            if self.has(one.paid_on) and one.exit_settlement_id is None
        ]
        exits = [
            one.amount_rp
            for one in self.mine(ExitSettlement)
            if self.has(one.settled_on or one.left_on)
        ]
        return sum(lines + later + exits), None

    def count_premi_per_maker(self) -> Any:
        rows = [one for one in self.mine(PremiShare) if self.has(one.earned_on)]
        return sum(one.amount_rp for one in rows), len({one.participant_id for one in rows})

    def count_premi_floor_official(self) -> Any:
        rows = [one for one in self.mine(Slip) if one.month == self.first and one.floor_rp > 0]
        return sum(one.earned_rp >= one.floor_rp for one in rows), len(rows)

    def count_deposited(self) -> Any:
        rows = self.mine(PnbpDeposit)
        return sum(one.amount_rp for one in rows if self.has(one.deposited_on)), None

    def count_equipment_use(self) -> Any:
        minute = timedelta(minutes=1)
        used = whole = 0
        zone = self.facility.timezone
        for one in self.mine(Equipment):
            held = [
                row
                for row in Booking.objects.filter(equipment=one, kind="use")
                if row.approved_at and not row.declined_at and not row.cancelled_at
            ]
            day = max(self.first, one.registered_on)
            while day <= self.last:
                if day.weekday() < one.open_days:
                    midnight = clock.start_of(day, zone)
                    opens = midnight + timedelta(
                        hours=one.opens_at.hour, minutes=one.opens_at.minute
                    )
                    shuts = midnight + timedelta(
                        hours=one.closes_at.hour, minutes=one.closes_at.minute
                    )
                    whole += (shuts - opens) // minute
                    for row in held:
                        shared = min(row.ends_at, shuts) - max(row.starts_at, opens)
                        used += max(shared // minute, 0)
                day += timedelta(days=1)
        return used, whole
