"""Keep permits: record one with what it names, renew it, revoke it, keep its scan."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import BinaryIO

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.events import publish
from berdaya.core.scope import Actor, required
from berdaya.core.uploads import SCAN, accept, store
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Facility, Party
from berdaya.institutions.rules import may
from berdaya.legality.actions.coverage import Covered, covered_of, name_products
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.events import PERMITS_CHANGED
from berdaya.legality.models import Kbli, Permit, PermitKbli, PermitKind, PermitScope
from berdaya.legality.queries.permits import reading_of
from berdaya.legality.rules import papers
from berdaya.legality.rules.permits import permit_over_already


@dataclass(frozen=True)
class Answerable:
    """Who answers for a permit; `certificate_until` is the first day without the certificate."""

    responsible_role: str = ""
    responsible_post: str = ""
    competence: str = ""
    certificate_no: str = ""
    certificate_until: date | None = None


NOBODY = Answerable()


def record_permit(
    *,
    by: Actor,
    kind: PermitKind,
    number: str,
    holder: Party,
    place: Facility,
    issued_on: date,
    valid_from: date,
    valid_until: date | None,
    products: Iterable[Product] = (),
    variants: Iterable[Variant] = (),
    scope: str = PermitScope.GOODS,
    responsible: Answerable = NOBODY,
    kbli: Iterable[Kbli] = (),
    predecessor: Permit | None = None,
    note: str = "",
    is_demo: bool = False,
) -> Permit:
    """Keep a permit with what it names; `valid_until` is the first day without it.

    A product of which no variant is named is covered whole. Refused: what permit_numbers.py says of
    a number that cannot be, the codes of rules_papers (may_record, may_answer; with a predecessor
    may_renew), permit_number_kept, and without the ability.
    """
    required()
    names = Covered.of(products, variants)
    fields = list(kbli)
    last_day = valid_until - timedelta(days=1) if valid_until else None
    reading = reading_of(kind, number, last_day)
    require(
        may(by, "permit.edit", place.pk)
        + reading.verdict
        + papers.may_record(_facts(kind, holder, scope, names, len(fields)))
        + _may_answer(responsible)
    )
    if predecessor is not None:
        require(_may_renew(predecessor, valid_from))
    permit = Permit(
        kind=kind,
        number=reading.number,
        holder=holder,
        place=place,
        issued_on=issued_on,
        valid_from=valid_from,
        valid_until=valid_until,
        scope=scope,
        predecessor=predecessor,
        note=note,
        is_demo=is_demo,
        recorded_at=clock.now(),
        recorded_by_id=by.user_id,
        **asdict(responsible),
    )
    _save(permit)
    name_products(permit, names)
    PermitKbli.objects.bulk_create(
        PermitKbli(permit=permit, facility=place, kbli=one) for one in fields
    )
    judge_places(by=by, facility_ids=[place.pk])
    publish(PERMITS_CHANGED, facility_id=place.pk, subject_id=permit.pk)
    return permit


def _facts(
    kind: PermitKind, holder: Party, scope: str, names: Covered, kbli: int
) -> papers.PaperFacts:
    return papers.PaperFacts(
        kind=kind.label,
        holder_kind=holder.kind,
        holder=holder.get_kind_display(),
        holder_kinds=kind.holder_kinds,
        scope=scope,
        may_cover_kitchen=kind.may_cover_kitchen,
        names_kbli=kind.names_kbli,
        products=frozenset(names.products),
        variant_products=frozenset(names.variants.values()),
        kbli=kbli,
    )


def _may_answer(who: Answerable) -> Verdict:
    return papers.may_answer(
        who.responsible_role,
        who.responsible_post,
        who.competence,
        who.certificate_no,
        who.certificate_until is not None,
    )


def _may_renew(old: Permit, begins: date) -> Verdict:
    standing = old.successors.filter(revoked_on__isnull=True).values_list("number", flat=True)
    facts = papers.RenewalFacts(
        old.valid_from, old.revoked_on is not None, standing.first() or "", begins
    )
    return papers.may_renew(facts)


def _save(permit: Permit) -> None:
    """Of two who record the same the second is told; the database decides."""
    try:
        with transaction.atomic():
            permit.save(force_insert=True)
    except IntegrityError as error:
        if "legality_permit_number" in str(error):
            kept = papers.permit_number_kept(kind=permit.kind.label, number=permit.number)
            raise Refused(kept) from error
        if "legality_permit_one_renewal" in str(error):
            raise Refused(papers.permit_renewed_already(number=permit.number)) from error
        raise


def renew_permit(
    *,
    by: Actor,
    permit: Permit,
    number: str,
    issued_on: date,
    valid_from: date,
    valid_until: date | None,
    holder: Party | None = None,
    covered: Mapping[Product, Iterable[Variant]] | None = None,
    responsible: Answerable | None = None,
    kbli: Iterable[Kbli] | None = None,
    note: str = "",
    is_demo: bool = False,
) -> Permit:
    """The permit that follows: same kind, place and scope, and what is not said as before.

    One that begins on the day the old one ends leaves its goods no day without. Refused as
    record_permit is.
    """
    required()
    names = covered_of(permit) if covered is None else covered
    return record_permit(
        by=by,
        kind=permit.kind,
        number=number,
        holder=holder or permit.holder,
        place=permit.place,
        issued_on=issued_on,
        valid_from=valid_from,
        valid_until=valid_until,
        products=names,
        variants=[one for some in names.values() for one in some],
        scope=permit.scope,
        responsible=responsible or answerable_of(permit),
        kbli=list(permit.kbli.all()) if kbli is None else kbli,
        predecessor=permit,
        note=note,
        is_demo=is_demo,
    )


def answerable_of(permit: Permit) -> Answerable:
    """Who answers for it now."""
    return Answerable(**{name: getattr(permit, name) for name in asdict(NOBODY)})


def change_responsible(*, by: Actor, permit: Permit, responsible: Answerable) -> Permit:
    """Somebody else answers for it, or the certificate is new. Refused: responsible_incomplete."""
    required()
    require(may(by, "permit.edit", permit.place_id) + _may_answer(responsible))
    told = asdict(responsible)
    for name, value in told.items():
        setattr(permit, name, value)
    permit.save(update_fields=list(told))
    return permit


def attach_scan(*, by: Actor, permit: Permit, file: BinaryIO) -> Permit:
    """Keep the scan of the paper with its hash; a later one takes its place (audited).

    Refused before anything is stored: whatever core.uploads.accept finds.
    """
    required()
    require(may(by, "permit.edit", permit.place_id))
    accepted = accept(file, SCAN)
    permit.scan = store(accepted, f"{Permit.SCANS}/{permit.place_id}")
    permit.scan_sha256, permit.scanned_at = accepted.digest, clock.now()
    permit.save(update_fields=["scan", "scan_sha256", "scanned_at"])
    return permit


def revoke_permit(*, by: Actor, permit: Permit, revoked_on: date, reason: str) -> Permit:
    """Let it end on that day, with the reason. Refused: permit_over_already."""
    required()
    require(may(by, "permit.edit", permit.place_id))
    if permit.revoked_on is not None or revoked_on < permit.valid_from or not reason.strip():
        raise Refused(permit_over_already())
    permit.revoked_on = revoked_on
    permit.revoked_reason = reason.strip()
    permit.save(update_fields=["revoked_on", "revoked_reason"])
    judge_places(by=by, facility_ids=[permit.place_id])
    publish(PERMITS_CHANGED, facility_id=permit.place_id, subject_id=permit.pk)
    return permit
