"""What a pack says of the people behind goods: shares and bands of a whole batch, nobody's own.

Sources of what is asked: Nelson Mandela Rules 96, 98, 101 to 103 and 116, ILO C029 art. 2(2)(c)
(domain.md 1.5). No figure here is of fewer than five people; see calc.share_word.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, Sum

from berdaya.catalog.estimates import GROSS, Ask, estimate
from berdaya.evidence import calc
from berdaya.evidence.queries import Work, makers_of
from berdaya.people.models import line_label
from berdaya.people.rounded import about
from berdaya.proceeds.models import PremiShare
from berdaya.proceeds.queries import floor_for, selling_books
from berdaya.stock.models import Lot
from berdaya.training.models import Session
from berdaya.training.queries import skills_held
from berdaya.workshop.models import (
    Batch,
    Incident,
    SafetyCheck,
    SkillExemption,
    SkillRequirement,
    WorkshopHold,
)

Json = dict[str, Any]
STATUSES = {
    "in_custody": "in custody (di dalam)",
    "sae": "SAE, open site during the sentence (asimilasi)",
    "client": "probation client of a Bapas (klien)",
    "free": "free person (bebas)",
    "staff": "staff (petugas)",
}
# How far back courses are told, before the goods were made.
TRAINED_DAYS = 730


def labour_of(lot: Lot, work: Work | None) -> Json:
    """Who made it by labour status, step by step; a step is a line of work."""
    return {
        "is_prison_made": lot.is_prison_made,
        "is_made_in_prison": lot.is_made_in_prison,
        "is_known": work is not None,
        "steps": _steps(work) if work else [],
    }


def _steps(work: Work) -> list[Json]:
    found = []
    for line in sorted({line for line, _status in work.by_step}):
        minutes = {status: n for (step, status), n in work.by_step.items() if step == line}
        people = {status: n for (step, status), n in work.people_in.items() if step == line}
        shares = calc.percent_shares(minutes, people)
        found.append({
            "step": line_label(line),
            "shares": [
                {"status": status, "label": STATUSES[status], "share": shares[status]}
                for status in STATUSES if status in shares
            ],
        })  # fmt: skip
    return found


def work_told(work: Work | None) -> Json:
    """Makers (rounded), and whether papers and lawful hours held on their days of work."""
    if work is None:
        return {
            "makers": 0, "consent": calc.UNKNOWN, "fitness": calc.UNKNOWN,
            "own_request": calc.UNKNOWN, "insured": calc.UNKNOWN,
            "hours_lawful": calc.UNKNOWN, "longest_day": calc.UNKNOWN, "mean_day": calc.UNKNOWN,
        }  # fmt: skip
    facts, people = work.facts, len(work.people)
    untried = [one for one in facts if one.status == "detainee"]
    whole = len(facts)
    return {
        "makers": about(people),
        "consent": calc.share_word(sum(one.has_consent for one in facts), whole, people),
        "fitness": calc.share_word(sum(one.is_fit is True for one in facts), whole, people),
        "own_request": _own_requests([one.has_own_request for one in untried]),
        "insured": calc.share_word(sum(one.is_insured for one in facts), whole, people),
        "hours_lawful": calc.share_word(_lawful_days(work), whole, people),
        **_bands(work.minutes_a_day, people),
    }


def _own_requests(held: list[bool]) -> str:
    """Whether every untried person asked for work; `none` where no untried person worked."""
    if not held:
        return calc.NONE
    return calc.ALL if all(held) else calc.NOT_ALL


def _lawful_days(work: Work) -> int:
    """Days of work within the day's and the week's limit."""
    good = 0
    for (person, day), facts in zip(work.days, work.facts, strict=True):
        week = _week_of(day)
        worked = [minutes for one, minutes in work.minutes.get(person, {}).items() if one in week]
        longest = facts.limits.day_minutes(len(worked))
        today = work.minutes.get(person, {}).get(day, 0)
        good += today <= longest and sum(worked) <= facts.limits.week_minutes
    return good


def _week_of(day: date) -> frozenset[date]:
    monday = day - timedelta(days=day.weekday())
    return frozenset(monday + timedelta(days=n) for n in range(7))


def _bands(minutes: list[int], people: int) -> Json:
    if people < calc.LEAST:
        return {"longest_day": calc.UNKNOWN, "mean_day": calc.UNKNOWN}
    return {
        "longest_day": calc.hours_band(max(minutes)),
        "mean_day": calc.hours_band(sum(minutes) / len(minutes)),
    }


def pay_of(lot: Lot, batch: Batch | None, as_of: date) -> Json:
    """The policy's percentages when it was made and now, and how premi stands to them."""
    makers = makers_of(batch) if batch else frozenset()
    shares = PremiShare.objects.filter(allocation__lot=lot)
    months = {day.replace(day=1) for day in shares.values_list("earned_on", flat=True)}
    over = {month for month in months if month < as_of.replace(day=1)}
    rows = list(shares.values_list("payout_line_id", "exit_settlement_id"))
    paid = sum(line is not None or leaving is not None for line, leaving in rows)
    return {
        "policy_when_made": _policy(lot, lot.made_on),
        "policy_now": _policy(lot, as_of),
        "makes_premi": lot.makes_premi,
        "monthly_floor_rp": floor_for(lot.facility, as_of),
        "is_sold": bool(rows),
        "floor_reached": _floors(lot, makers, over),
        "paid_out": calc.share_word(paid, len(rows), len(makers)),
    }


def _policy(lot: Lot, day: date) -> Json | None:
    """Percentages of the usual seller's rule on a day; None where none was recorded."""
    books = selling_books(lot.facility_id)
    if not books:
        return None
    category = lot.variant.product.category_id
    told = estimate(Ask(books[0].party_id, category, lot.variant_id, 100_000, day))
    if told is None:
        return None
    is_gross = told.base == GROSS
    return {
        "base": "all to the state (PNBP)" if is_gross else told.base, "is_gross": is_gross,
        "makers_bp": told.makers_bp, "working_capital_bp": told.capital_bp,
        "state_bp": 10_000 if is_gross else told.state_bp,
        "cooperative_bp": told.cooperative_bp, "since": told.since.isoformat(),
    }  # fmt: skip


def _floors(lot: Lot, makers: frozenset[int], months: Iterable[date]) -> str:
    """How often a maker's premi of a month in which the lot sold reached that month's floor."""
    reached = asked = 0
    for month in sorted(months):
        until = (month + timedelta(days=32)).replace(day=1)
        floor = floor_for(lot.facility, until - timedelta(days=1))
        sums = _earned(lot.facility_id, makers, month, until)
        asked += len(sums)
        reached += sum(amount >= floor for amount in sums.values())
    return calc.share_word(reached, asked, len(makers))


def _earned(facility_id: int, makers: frozenset[int], start: date, until: date) -> dict[int, int]:
    """All premi of a month by maker, less what refunds took back."""
    rows = PremiShare.objects.filter(
        facility=facility_id, participant__in=makers, earned_on__gte=start, earned_on__lt=until
    )
    net = F("amount_rp") - F("back_saved_rp") - F("back_spendable_rp") - F("back_family_rp")
    found: dict[int, int] = defaultdict(int)
    for person, amount in rows.values_list("participant").annotate(net=Sum(net)).order_by():
        found[person] += amount
    return dict(found)


def safety_of(lot: Lot, batch: Batch | None) -> Json:
    """Incidents and stops of the workshop while the lot was made, checks, and skills asked."""
    if batch is None:
        return {
            "incidents": calc.UNKNOWN, "gravest": "", "was_stopped": None,
            "last_check_on": None, "skills_asked": [], "skills_held": calc.UNKNOWN,
            "courses_before": 0,
        }  # fmt: skip
    start, until = batch.started_on, lot.made_on + timedelta(days=1)
    incidents = Incident.objects.filter(
        workshop=batch.workshop, happened_on__gte=start, happened_on__lt=until
    )
    grave = set(incidents.values_list("severity", flat=True))
    stops = WorkshopHold.objects.overlapping(start, until).filter(workshop=batch.workshop)
    checks = SafetyCheck.objects.filter(workshop=batch.workshop, checked_on__lt=until)
    last = checks.order_by("-checked_on").values_list("checked_on", flat=True).first()
    return {
        "incidents": calc.SOME_TOLD if grave else calc.NONE,
        "gravest": next((word for word in GRAVEST if word in grave), ""),
        "was_stopped": stops.exists(),
        "last_check_on": last.isoformat() if last else None,
        **_skills(lot, batch),
    }


GRAVEST = ("fatal", "heavy", "medium", "light", "none")


def _skills(lot: Lot, batch: Batch) -> Json:
    """Skills that the workshop asked for, whether all makers had them, and courses before."""
    day, makers = lot.made_on, makers_of(batch)
    asked = SkillRequirement.objects.on(day).filter(
        Q(product__isnull=True) | Q(product=lot.variant.product_id), workshop=batch.workshop
    )
    skills = {row.skill_id: row.skill for row in asked.select_related("skill")}
    held = skills_held(makers, day)
    learning = set(
        SkillExemption.objects.on(day)
        .filter(participant__in=makers, skill__in=skills)
        .values_list("participant_id", "skill_id")
    )
    able = sum(
        skill in held.get(person, ()) or (person, skill) in learning
        for person in makers
        for skill in skills
    )
    courses = Session.objects.filter(
        facility=lot.facility_id, course__skill__line_of_work=batch.workshop.line_of_work,
        ends_on__range=(day - timedelta(days=TRAINED_DAYS), day),
    )  # fmt: skip
    return {
        "skills_asked": sorted(skill.label for skill in skills.values()),
        "skills_held": calc.share_word(able, len(makers) * len(skills), len(makers)),
        "courses_before": courses.count(),
    }
