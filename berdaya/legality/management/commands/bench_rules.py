"""Judge planted products, change a rule and judge them anew: what `bin/bench rules` measures."""

import time
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.legality.actions.changes import decide_change, propose_change
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.actions.rounds import run_round
from berdaya.legality.models import FactGroup, Judgement
from berdaya.legality.queries.windows import lawful_windows

PEER = """
UPDATE catalog_listing l SET lawful_until = new.until
FROM (SELECT id, coalesce(lawful_until, now() + interval '9 years') + interval '1 day' AS until
      FROM catalog_listing WHERE facility_id = ANY (%s) AND lawful_from IS NOT NULL) new
WHERE new.id = l.id"""


class Command(BaseCommand):
    """Prints what each step took; the peer writes the same listings once more by hand."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """The first judgement of all, then a change of rules carried through, then the peer."""
        with system_scope("tests", []):
            places = list(
                Facility.objects.filter(code__startswith="BN-").values_list("pk", flat=True)
            )
        self._timed("first judgement", lambda: self._judge(places))
        with system_scope("tests", []):
            self.stdout.write(
                f"{Judgement.objects.count()} judged, {FactGroup.objects.count()} groups"
            )
        for category, kind in (("snack", "merek"), ("tenun", "merek")):
            self._timed(f"a change: {kind} for {category}", partial(self._change, category, kind))
        self._timed("peer: the same listings by hand", lambda: self._peer(places))
        self._timed("500 windows one by one, as a proof", lambda: self._prove(places))

    def _timed(self, name: str, run: Any) -> None:
        begun = time.monotonic()
        said = run()
        self.stdout.write(f"{time.monotonic() - begun:7.1f} s  {name}: {said}")

    def _judge(self, places: list[int]) -> str:
        changed = 0
        for at in range(0, len(places), 25):
            with system_scope("tests", places[at : at + 25]) as scope:
                changed += judge_places(by=scope.actor, facility_ids=places[at : at + 25])
        return f"{changed} listings"

    def _change(self, category: str, kind: str) -> str:
        values = {
            "category": category, "market": "retail", "permit_kind": kind, "choice": "",
            "legal_basis": "uji", "source": "uji", "to_be_confirmed": True,
        }  # fmt: skip
        today = clock.today()
        with system_scope("tests", []) as scope:
            begun = time.monotonic()
            change = propose_change(
                by=scope.actor, table="requirement", effective_on=today, reason="uji", values=values
            )
            preview = time.monotonic() - begun
            found = decide_change(by=scope.actor, change=change, outcome="approved")
        assert found is not None
        found = run_round(found.pk)
        return (
            f"preview {preview:.1f} s {change.shown}; {found.judged} judged, {found.changed}"
            f" listings changed, {found.done}/{found.total} places"
        )

    def _peer(self, places: list[int]) -> str:
        count = 0
        for at in range(0, len(places), 25):
            with system_scope("tests", places[at : at + 25]), connection.cursor() as cursor:
                cursor.execute(PEER, [places[at : at + 25]])
                count += cursor.rowcount
        return f"{count} listings"

    def _prove(self, places: list[int]) -> str:
        wrong = 0
        with system_scope("tests", places):
            rows = Judgement.objects.select_related("group").order_by("?")[:500]
            told = {row.variant_id: row.group for row in rows}
            live = lawful_windows(told, "retail", clock.today(), to_order=told)
            for pk, group in told.items():
                window = live.get(pk)
                said = (group.retail_from, group.retail_until)
                wrong += said != ((window.first, window.until) if window else (None, None))
        return f"{wrong} differ"
