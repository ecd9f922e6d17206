"""Promises about judgements and rules that check_books proves."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.proofs import declare_check, rows_of
from berdaya.legality.models import Judgement
from berdaya.legality.queries.windows import lawful_windows

FIRST, AT_ONCE = 20, 2000


def _stale_judgements() -> list[str]:
    """Variants whose kept verdict on retail is another than one made now, from their papers."""
    rows = Judgement.objects.select_related("group", "facility", "variant").order_by("variant")
    here: dict[str, list[Judgement]] = {}
    for row in rows:
        here.setdefault(row.facility.timezone, []).append(row)
    found = [
        line
        for zone, mine in sorted(here.items())
        for at in range(0, len(mine), AT_ONCE)
        for line in _differing(mine[at : at + AT_ONCE], zone)
    ]
    return found[:FIRST]


def _differing(rows: list[Judgement], zone: str) -> Iterator[str]:
    today = clock.today(zone)
    wanted = [row.variant_id for row in rows]
    live = lawful_windows(wanted, "retail", today, to_order=wanted)
    for row in rows:
        window, group = live.get(row.variant_id), row.group
        first, until = (window.first, window.until) if window else (None, None)
        # A window that goes on keeps the day on which it was first judged.
        may_now = group.retail_from is not None and group.retail_from <= today
        same_end = group.retail_until == until and (first is None) == (group.retail_from is None)
        if may_now != (first is not None and first <= today) or not same_end:
            kept = f"{group.retail_from} – {group.retail_until}"
            yield f"{row.variant.sku}: {kept}, {first} – {until}"


declare_check(
    "judgements_are_made_now",
    _lazy("Penilaian yang disimpan sama dengan penilaian dari izinnya sekarang"),
    _stale_judgements,
)
declare_check(
    "rules_were_changed_by_two",
    _lazy("Setiap perubahan aturan diputuskan orang kedua"),
    rows_of("""
        SELECT t.what, t.id FROM (
          SELECT 'requirement' AS what, id, change_id FROM legality_requirement
          UNION ALL SELECT 'requirement', id, ended_by_id FROM legality_requirement
          UNION ALL SELECT 'market_entry', id, change_id FROM legality_marketentry
          UNION ALL SELECT 'market_entry', id, ended_by_id FROM legality_marketentry) t
        JOIN legality_rulechange c ON c.id = t.change_id
        LEFT JOIN legality_ruledecision d ON d.change_id = c.id AND d.outcome = 'approved'
        WHERE d.id IS NULL OR d.decided_by_id = c.proposed_by_id"""),
)
