"""Plant many invented identities in a scratch database, read all of them, time searches."""

import random
import statistics
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.people import sealed
from berdaya.people.models import Participant, Placement, SealedIdentity

SEED = 1945
PART = 500


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--facility", default="LP-KPG")
        parser.add_argument("--plant", type=int, metavar="N", help="seal N invented people")
        parser.add_argument("--check", type=int, metavar="N", help="open them, all N must be there")
        parser.add_argument("--search", type=int, metavar="N", help="look for N of them by number")

    def handle(self, *args: Any, **options: Any) -> None:
        facility = Facility.objects.get(code=options["facility"])
        for name, act in (
            ("plant", self._plant),
            ("check", self._check_all),
            ("search", self._search),
        ):
            if options[name]:
                act(facility, options[name])

    def _plant(self, facility: Facility, count: int) -> None:
        begun = time.monotonic()
        for start in range(0, count, PART):
            with system_scope("tests", [facility.pk]):
                _plant_part(facility, range(start, min(start + PART, count)))
        self.stdout.write(f"planted {count} in {time.monotonic() - begun:.1f} s")

    def _check_all(self, facility: Facility, count: int) -> None:
        with system_scope("tests", [facility.pk], read_only=True):
            rows = SealedIdentity.objects.select_related("participant").defer("photo")
            people = {row.pk: row.participant.pseudonym for row in rows}
            opened = sealed.open_all(rows, ["name", "register_no"])
            wrong = [pk for pk, one in opened.items() if one.name != f"Contoh {people[pk]}"]
        if wrong or len(opened) != count:
            raise CommandError(f"{len(opened)} of {count} read, {len(wrong)} of them wrong")
        self.stdout.write(f"all {count} can be read")

    def _search(self, facility: Facility, times: int) -> None:
        """Milliseconds of a search by register number, and of a plain search by code beside it."""
        chance = random.Random(SEED)  # noqa: S311 - which people a measurement looks for
        with system_scope("tests", [facility.pk], read_only=True):
            codes = list(Participant.objects.order_by("pk").values_list("code", flat=True))
            took: dict[str, list[float]] = {"register number": [], "plain, by code": []}
            for number in chance.choices(range(len(codes)), k=times):
                begun = time.perf_counter()
                found = sealed.find("register_no", _register(number))
                took["register number"].append((time.perf_counter() - begun) * 1000)
                begun = time.perf_counter()
                same = Participant.objects.filter(code=codes[number]).values_list("pk").get()
                took["plain, by code"].append((time.perf_counter() - begun) * 1000)
                if [*same] != found:
                    raise CommandError("a search found somebody else")
        for name, values in took.items():
            late = sorted(values)[int(len(values) * 0.95)]
            middle = statistics.median(values)
            self.stdout.write(f"{name}: median {middle:.2f} ms, 95th percentile {late:.2f} ms")


def _register(number: int) -> str:
    return f"B.I {number}/2026"


def _plant_part(facility: Facility, numbers: range) -> None:
    people = Participant.objects.bulk_create(
        Participant(code=f"BENCH-{n}", pseudonym=f"Orang {_letters(n)}", facility=facility)
        for n in numbers
    )
    today = clock.today(facility.timezone)
    Placement.objects.bulk_create(
        Placement(participant=one, facility=facility, work_number=one.code, valid_from=today)
        for one in people
    )
    rows = []
    for number, one in zip(numbers, people, strict=True):
        row = SealedIdentity(participant=one, facility=facility, recorded_at=clock.now())
        values = {"name": f"Contoh {one.pseudonym}", "register_no": _register(number)}
        rows.append((row, values))
    sealed.close_all(rows)
    SealedIdentity.objects.bulk_create(row for row, _values in rows)


def _letters(number: int) -> str:
    """A pseudonym has at most three digits."""
    return "".join(chr(97 + int(digit)) for digit in str(number))
