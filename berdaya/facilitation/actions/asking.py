"""A unit asks for help with its products; the way is copied, what is there already is marked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.facilitation import rules
from berdaya.facilitation.models import Case, CaseProduct, CaseStep, Route, RouteStep
from berdaya.facilitation.queries.cases import (
    asked_already,
    lasts,
    names_somebody,
    permits_held,
    route_of,
)
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility, Office
from berdaya.institutions.rules import may
from berdaya.legality.models import Permit
from berdaya.legality.queries.facts import halal_of

COPIED = (
    "position", "code", "name", "name_en", "acting", "office_name", "office_name_en", "paper",
    "paper_en", "days",
)  # fmt: skip
Held = Mapping[int, dict[str, Permit]]


def ask_for_help(
    *,
    by: Actor,
    facility: Facility,
    office: Office,
    kind: str,
    products: Sequence[Product],
    wish: str,
    told: Mapping[str, Any] | None = None,
) -> Case:
    """Open a case with the steps of the way that holds today; draws its code last.

    `told`: the answers for halal by self-declaration (rules.SelfDeclare but for the NIB). Refused:
    case_of_children, case_products_missing, case_open_already, case_not_needed, case_not_halal,
    text_names_person, and every reason of may_self_declare.
    """
    required()
    require(may(by, "facilitation.ask", facility.pk))
    day = clock.today(facility.timezone)
    route = route_of(kind, day)
    if route is None:
        raise LookupError(f"no way for {kind} on {day}")
    held = permits_held([one.pk for one in products], day)
    require(_may(route, facility, products, held) + _said(wish, facility))
    if kind == rules.SELF_DECLARE:
        missing = tuple(one.label for one in products if "nib" not in held.get(one.pk, {}))
        require(rules.may_self_declare(rules.as_facts(told or {}, missing)))
    case = _open(by, facility, office, route, wish, dict(told or {}))
    _add_products(case, products)
    _copy_steps(case, products, held)
    return case


def _may(route: Route, facility: Facility, products: Sequence[Product], held: Held) -> Verdict:
    day, kind = clock.today(facility.timezone), route.kind
    keys = [one.pk for one in products]
    asked = asked_already(keys, kind)
    standing = halal_of(keys, day) if kind in rules.HALAL else {}
    facts = tuple(
        rules.AskedProduct(
            one.label,
            is_asked=one.pk in asked,
            held=_lasting(route, held.get(one.pk, {}), day),
            is_not_halal=one.pk in standing and standing[one.pk].state == "not_halal",
        )
        for one in products
    )
    return rules.may_ask(kind, facility.kind, facts)


def _lasting(route: Route, mine: Mapping[str, Permit], day: date) -> tuple[str, str] | None:
    permit = mine.get(route.permit_kind.code) if route.permit_kind else None
    return (permit.kind.label, permit.number) if permit and lasts(permit, day) else None


def _said(text: str, facility: Facility) -> Verdict:
    return rules.may_say(text, names_person=names_somebody(text, facility.pk))


def _open(
    by: Actor, facility: Facility, office: Office, route: Route, wish: str, told: dict[str, Any]
) -> Case:
    day = clock.today(facility.timezone)
    number = draw(f"facilitation:{facility.code}", day.year)
    return Case.objects.create(
        facility=facility,
        office=office,
        code=desk_code(facility.code, day.year, "F", number),
        kind=route.kind,
        route=route,
        permit_kind=route.permit_kind,
        wish=wish.strip(),
        told=told,
        asked_by_id=by.user_id,
        asked_on=day,
        recorded_at=clock.now(),
    )


def _add_products(case: Case, products: Sequence[Product]) -> None:
    try:
        with transaction.atomic():
            CaseProduct.objects.bulk_create(
                CaseProduct(case=case, facility=case.facility, product=one, kind=case.kind)
                for one in products
            )
    except IntegrityError as error:
        if "facilitation_caseproduct_open" in str(error):
            raise Refused(rules.case_open_already(product=products[0].label)) from error
        raise


def _copy_steps(case: Case, products: Sequence[Product], held: Held) -> None:
    steps = RouteStep.objects.filter(route=case.route_id).select_related("proves")
    CaseStep.objects.bulk_create(
        CaseStep(
            case=case,
            facility=case.facility,
            needless_reason=_there_already(step, products, held),
            **{name: getattr(step, name) for name in COPIED},
        )
        for step in steps.order_by("position")
    )


def _there_already(step: RouteStep, products: Sequence[Product], held: Held) -> str:
    """Why a step is not needed: every product holds the permit that it would bring."""
    if step.proves is None:
        return ""
    found = [held.get(one.pk, {}).get(step.proves.code) for one in products]
    numbers = dict.fromkeys(one.number for one in found if one)
    return f"{step.proves.name} {', '.join(numbers)}"[:200] if found and all(found) else ""
