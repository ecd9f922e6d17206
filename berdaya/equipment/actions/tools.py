"""Tools counted out and in; what is missing stays security's matter until two end the search."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.equipment import rules
from berdaya.equipment.models import MissingTool, Tool, ToolCount, ToolCountLine, ToolSet
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may


def add_tool_set(
    *, by: Actor, facility: Facility, name: str, place: str, tools: Mapping[str, int]
) -> ToolSet:
    """A new set with its tools (name -> how many).

    Refused: no ability, tool_set_empty, tool_set_exists.
    """
    required()
    require(may(by, "tools.count", facility.pk))
    if not any(tools.values()):
        raise Refused(rules.tool_set_empty())
    try:
        with transaction.atomic():
            made = ToolSet.objects.create(facility=facility, name=name.strip(), place=place.strip())
    except IntegrityError as error:
        raise Refused(rules.tool_set_exists()) from error
    Tool.objects.bulk_create(
        Tool(tool_set=made, facility=facility, name=name, qty=qty)
        for name, qty in tools.items()
        if qty
    )
    return made


def count_out(*, by: Actor, tool_set: ToolSet, day: date, counts: Mapping[int, int]) -> ToolCount:
    """Give a set out for a day of work (tool id -> how many); once a day.

    Refused: no ability, tools_wrong_day, tools_more_than_set, tools_counted.
    """
    required()
    require(may(by, "tools.count", tool_set.facility_id))
    if day > clock.today(tool_set.facility.timezone):
        raise Refused(rules.tools_wrong_day())
    tools = {one.pk: one for one in tool_set.tools.all()}
    for pk, qty in counts.items():
        if qty > tools[pk].qty:
            raise Refused(rules.tools_more_than_set(tool=tools[pk].name, most=tools[pk].qty))
    try:
        with transaction.atomic():
            count = ToolCount.objects.create(
                tool_set=tool_set,
                facility_id=tool_set.facility_id,
                day=day,
                out_by_id=by.user_id,
                out_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(rules.tools_counted()) from error
    ToolCountLine.objects.bulk_create(
        ToolCountLine(count=count, facility_id=count.facility_id, tool_id=pk, out_qty=qty)
        for pk, qty in sorted(counts.items())
        if qty
    )
    return count


def count_in(*, by: Actor, count: ToolCount, counts: Mapping[int, int]) -> list[MissingTool]:
    """Take a set back (line id -> how many came); what is short is recorded as missing at once.

    Locks the count. Refused: no ability, tools_counted, tools_more_than_set.
    """
    required()
    require(may(by, "tools.count", count.facility_id))
    fresh = lock_row(count)
    if fresh.in_at is not None:
        raise Refused(rules.tools_counted())
    lines = list(fresh.lines.select_related("tool"))
    for line in lines:
        line.in_qty = counts.get(line.pk, 0)
        if line.in_qty > line.out_qty:
            raise Refused(rules.tools_more_than_set(tool=line.tool.name, most=line.out_qty))
    fresh.in_by_id, fresh.in_at = by.user_id, clock.now()
    fresh.save(update_fields=["in_by", "in_at"])
    ToolCountLine.objects.bulk_update(lines, ["in_qty"])
    return MissingTool.objects.bulk_create(
        _missing(by, line, fresh.in_at) for line in lines if _lacks(line)
    )


def _lacks(line: ToolCountLine) -> int:
    return line.out_qty - (line.in_qty or 0)


def _missing(by: Actor, line: ToolCountLine, at: datetime) -> MissingTool:
    return MissingTool(
        line=line,
        facility_id=line.facility_id,
        qty=_lacks(line),
        reported_by_id=by.user_id,
        reported_at=at,
    )


def explain_missing(
    *,
    by: Actor,
    missing: MissingTool,
    outcome: str,
    found_by: str,
    ended_at: datetime,
    reason: str,
) -> MissingTool:
    """Say how the search ended: who found it, or who searched in vain, when, and why.

    May be written anew until a second person confirms. Locks the record.
    Refused: no ability, missing_decided, missing_early, equipment_reason_missing.
    """
    required()
    require(may(by, "tools.search", missing.facility_id))
    fresh = lock_row(missing)
    if fresh.state == "closed":
        raise Refused(rules.missing_decided())
    if not fresh.reported_at.replace(second=0, microsecond=0) <= ended_at <= clock.now():
        raise Refused(rules.missing_early())
    if not reason.strip() or not found_by.strip():
        raise Refused(rules.equipment_reason_missing())
    fresh.outcome, fresh.found_by, fresh.ended_at = outcome, found_by.strip(), ended_at
    fresh.reason = reason.strip()
    fresh.explained_by_id, fresh.explained_at = by.user_id, clock.now()
    fresh.save(
        update_fields=["outcome", "found_by", "ended_at", "reason", "explained_by", "explained_at"]
    )
    return fresh


def confirm_missing(*, by: Actor, missing: MissingTool) -> MissingTool:
    """A second person ends the matter: the day's sheet may be closed. Locks the record.

    Refused: no ability, missing_unexplained, missing_same_person, missing_decided.
    """
    required()
    require(may(by, "tools.resolve", missing.facility_id))
    fresh = lock_row(missing)
    require(rules.may_confirm(fresh.state, fresh.explained_by_id, by.user_id))
    fresh.confirmed_by_id, fresh.confirmed_at = by.user_id, clock.now()
    fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    return fresh
