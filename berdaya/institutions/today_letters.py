"""An auditor's own letters of assignment on Hari Ini: what they open, until when."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.clock import format_date
from berdaya.core.scope import Actor
from berdaya.institutions.queries import letters_on
from berdaya.institutions.roles import AUDITOR
from berdaya.institutions.today import Item, Waiting

SOON = timedelta(days=14)


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """One line a letter in force; the last two weeks it is marked."""
    if any(AUDITOR in roles for roles in actor.roles.values()):
        rows = letters_on(actor.person_id, clock.today())
        examined = ("examined_from", "examined_until")
        facts = rows.values("pk", "number", "purpose", "valid_from", "valid_until", *examined)
        yield Waiting(facts, _item)


def _item(row: dict[str, Any]) -> Item:
    last = date.fromisoformat(row["valid_until"]) - timedelta(days=1)
    ends_soon = last - clock.today() <= SOON
    return Item(
        text=_("Surat tugas %(number)s berlaku sampai %(day)s")
        % {"number": row["number"], "day": format_date(last, get_language() or "id")},
        url=reverse("institutions:letter", args=[row["pk"]]),
        age_on=date.fromisoformat(row["valid_from"]),
        detail=" · ".join([row["purpose"], *_examined(row)]),
        state="warn" if ends_soon else "done",
        state_text=_("hampir habis") if ends_soon else _("berlaku"),
    )


def _examined(row: dict[str, Any]) -> Iterator[str]:
    """The period whose rows alone are shown, if the letter names one."""
    if not row["examined_from"]:
        return
    since = date.fromisoformat(row["examined_from"])
    last = row["examined_until"] and date.fromisoformat(row["examined_until"]) - timedelta(days=1)
    lang = get_language() or "id"
    until = format_date(last, lang) if last else _("sekarang")
    period = {"since": format_date(since, lang), "until": until}
    yield _("yang tampak: pembukuan %(since)s – %(until)s") % period
