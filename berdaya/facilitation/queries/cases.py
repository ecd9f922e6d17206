"""What is true of cases: offices and mentors, permits that are there, where each case stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.core.scope import Actor
from berdaya.facilitation.models import Case, CaseProduct, CaseStep, Route
from berdaya.goods.models import Product
from berdaya.institutions.models import Appointment, Facility, Office, Staff
from berdaya.legality.models import Permit, PermitProduct
from berdaya.legality.queries.permits import in_force
from berdaya.legality.rules.permits import WARN_DAYS
from berdaya.people.models import Participant

UMKM_ROLES = ("mentor", "umkm_officer")
# Codes of participants, as core/codes.py makes them with the series W.
PERSON_CODE = re.compile(r"[A-Z0-9-]+-\d\d-W\d{4,}")


def helping_offices(day: date) -> "QuerySet[Office]":
    """Offices at which somebody mentors, or assigns mentors, that day."""
    held = Appointment.objects.on(day).filter(role__in=UMKM_ROLES, office__isnull=False)
    return Office.objects.filter(pk__in=held.values("office")).order_by("name")


def office_near(offices: "QuerySet[Office]", facility: Facility) -> Office | None:
    """Of some offices the one of the unit's regency, else of its province, else the first."""
    parts = facility.region_id.split(".")
    near = [facility.region_id, parts[0]]
    found = sorted(
        offices, key=lambda one: near.index(one.region_id) if one.region_id in near else len(near)
    )
    return found[0] if found else None


def mentors_of(office: Office, day: date) -> "QuerySet[Staff]":
    """Who is appointed as a mentor at that very office."""
    held = Appointment.objects.on(day).filter(role="mentor", office=office)
    return Staff.objects.filter(pk__in=held.values("staff")).order_by("display_name")


def is_officer_of(actor: Actor, office: Office, day: date) -> bool:
    """Whether the actor is an UMKM officer of that office or of one above it."""
    above = [office.path[:end] for end, char in enumerate(f"{office.path}/") if char == "/"]
    held = Appointment.objects.on(day).filter(
        staff=actor.user_id, role="umkm_officer", office__path__in=above
    )
    return held.exists()


def route_of(kind: str, day: date) -> Route | None:
    """The way that holds for a kind of help on a day."""
    return Route.objects.on(day).filter(kind=kind).select_related("permit_kind").first()


def permits_held(
    product_ids: Iterable[int], day: date, kinds: Iterable[str] = ()
) -> Mapping[int, dict[str, Permit]]:
    """Permits in force by product and code of the kind; of several the one that holds longest."""
    rows = PermitProduct.objects.filter(
        product_id__in=list(product_ids), permit__in=in_force(Permit.objects.all(), day)
    ).select_related("permit__kind")
    if kinds:
        rows = rows.filter(permit__kind__code__in=list(kinds))
    found: dict[int, dict[str, Permit]] = defaultdict(dict)
    for row in rows.order_by(F("permit__valid_until").asc(nulls_last=True)):
        found[row.product_id][row.permit.kind.code] = row.permit
    return found


def lasts(permit: Permit, day: date) -> bool:
    """Whether a permit in force holds for more than the 90 days in which it may be renewed."""
    return permit.valid_until is None or permit.valid_until > day + timedelta(days=WARN_DAYS)


def asked_already(product_ids: Iterable[int], kind: str) -> set[int]:
    """Products that have an open case of that kind."""
    rows = CaseProduct.objects.filter(product_id__in=list(product_ids), kind=kind, is_open=True)
    return set(rows.values_list("product_id", flat=True))


def names_somebody(text: str, facility_id: int) -> bool:
    """Whether a participant's code of that unit stands in a text; only the unit reads them."""
    codes = PERSON_CODE.findall(text.upper())
    rows = Participant.objects.filter(facility_id=facility_id, code__in=codes)
    return bool(codes) and rows.exists()


def permit_for(case: Case, product_ids: Iterable[int], day: date) -> tuple[Permit | None, set[int]]:
    """The permit that was recorded since the case was asked and names all products; and those
    that no such permit names."""
    wanted = set(product_ids)
    rows = in_force(Permit.objects.filter(kind=case.permit_kind_id, place=case.facility_id), day)
    since = rows.filter(recorded_at__gte=case.recorded_at)
    named: dict[int, set[int]] = defaultdict(set)
    permits = {one.pk: one for one in since.order_by("valid_from", "pk")}
    for permit, product in PermitProduct.objects.filter(
        permit__in=permits, product_id__in=wanted
    ).values_list("permit", "product"):
        named[permit].add(product)
    whole = [permits[pk] for pk in permits if named[pk] == wanted]
    return (whole[-1] if whole else None), wanted - set().union(*named.values())


def today_of(case: Case) -> date:
    """Today at the unit."""
    return clock.today(case.facility.timezone)


OVER = Q(done_on__isnull=False) | ~Q(needless_reason="")


def with_turn(rows: "QuerySet[Case]") -> "QuerySet[Any]":
    """Cases with their first open step (`turn_…`) and the names of their products."""
    turn = CaseStep.objects.filter(~OVER, case=OuterRef("pk")).order_by("position")

    def of(name: str) -> Subquery:
        return Subquery(turn.values(name)[:1])

    goods = CaseProduct.objects.filter(case=OuterRef("pk")).order_by("product__name", "pk")
    name = JSONObject(id="product__name", en="product__name_en")
    return rows.annotate(
        turn_acting=of("acting"), turn_office=of("office_name"), turn_name=of("name"),
        turn_office_en=of("office_name_en"), turn_name_en=of("name_en"),
        turn_promised=of("promised_on"), goods=ArraySubquery(goods.values(told=name)),
    )  # fmt: skip


def with_open_cases(rows: "QuerySet[Product]") -> "QuerySet[Any]":
    """Products with the kind and code of every case that is open for them."""
    lines = CaseProduct.objects.filter(product=OuterRef("pk"), is_open=True).order_by("pk")
    told = JSONObject(kind="kind", code="case__code")
    return rows.annotate(open_cases=ArraySubquery(lines.values(told=told)))


def goods_text(row: Any) -> str:
    """The products of a case with `with_turn`, in the reader's language."""
    return ", ".join(named(one["id"], one["en"]) for one in row.goods)


def late(rows: "QuerySet[Case]", day: date) -> "QuerySet[Case]":
    """Running cases past the promised day, or with a step past its own."""
    steps = CaseStep.objects.filter(~OVER, case=OuterRef("pk"), promised_on__lt=day)
    return rows.filter(Q(promised_on__lt=day) | Exists(steps), state="running")
