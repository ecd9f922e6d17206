"""bin/bench walls: whether time tells a row of another unit from one that never was.

Two officers of the demo: one finds addresses of its own unit's rows, the other, of another unit,
asks for them and for addresses of the same make that no row has, in turn and in random order. Both
are answered 404. What is printed beside the medians is how often the foreign row was the slower one
of two: 0.50 tells nothing; a seeker could begin to tell them apart from about 0.60 on.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from dataclasses import dataclass

from launch import kills, quick, real, serve, steps
from launch.database import opened
from launch.say import Stop

OWNER, NEIGHBOUR = "petugas.atb", "petugas.lp-kpg"
LISTS = (
    "/desk/batches/", "/desk/lots/", "/desk/wbp/", "/desk/sales/", "/desk/documents/",
    "/desk/listings/", "/desk/orders/", "/desk/sheets/",
)  # fmt: skip
SEED = 1945
TELLING = 0.10


@dataclass
class Here:
    """Where the web server of this run answers; what `kills.Officer` asks of a demo."""

    port: int

    def again(self) -> None:
        raise Stop("the web server went away")


def main(arguments: list[str]) -> int:
    """Prints medians and how often the foreign row was slower; a clock fails nothing."""
    parser = argparse.ArgumentParser(prog="bin/bench walls", description=__doc__)
    parser.add_argument("--pairs", type=int, default=200, metavar="N", help="pairs an address")
    parser.add_argument("--owner", default=OWNER)
    parser.add_argument("--neighbour", default=NEIGHBOUR)
    parser.add_argument("--password", default="tenun-kupang-2025")
    chosen = parser.parse_args(arguments)
    with opened() as database:
        steps.prepare(database)
        with quick.copied(database) as copy:
            port = real.free_port()
            web, _worker = serve.children(copy, port)
            with quick.served(web, port, serve.is_ready):
                here = Here(port)
                owner, neighbour = (
                    _signed_in(here, login, chosen.password)
                    for login in (chosen.owner, chosen.neighbour)
                )
                found = _addresses(owner)
                print_table(measured(neighbour, found, chosen.pairs))
    return 0


def _signed_in(here: Here, login: str, password: str) -> kills.Officer:
    officer = kills.Officer(here, login, password)  # type: ignore[arg-type]
    officer.sign_in()
    return officer


def _addresses(owner: kills.Officer) -> list[str]:
    """The first row of each list that its own officer may open."""
    found = []
    for start in LISTS:
        _status, _url, page = owner.ask(start)
        links = re.findall(rf'href="({start}[^"/?#]*\d[^"?#]*/)"', page)
        found += [one for one in links if owner.ask(one)[0] == 200][:1]
    if not found:
        raise Stop("no address of a row found")
    return found


def unknown(address: str) -> str:
    """The same address with a key that no row has: its last number is all nines; a day stays."""
    start, day, end = re.fullmatch(r"(.*?)(/\d{4}-\d\d-\d\d)?(/?)", address).groups("")  # type: ignore[union-attr]
    if start.rpartition("/")[2].isdigit():
        return f"{start.rpartition('/')[0]}/999999{day}{end}"
    return re.sub(r"\d+(?=\D*$)", lambda found: "9" * len(found[0]), start) + day + end


Taken = dict[str, tuple[list[float], list[float]]]


def measured(neighbour: kills.Officer, addresses: list[str], pairs: int) -> Taken:
    """Milliseconds of foreign and of unknown rows; raises Stop where one of them answers."""
    chance = random.Random(SEED)
    taken: Taken = {address: ([], []) for address in addresses}
    for number in range(pairs + quick.PROBE):
        for address, (foreign, never) in taken.items():
            both = [(address, foreign), (unknown(address), never)]
            for url, clock in chance.sample(both, 2):
                begun = time.perf_counter()
                status, _url, _page = neighbour.ask(url)
                spent = (time.perf_counter() - begun) * 1000
                if status != 404:
                    raise Stop(f"{url}: {status}")
                if number >= quick.PROBE:  # the first ones warm the caches
                    clock.append(spent)
    return taken


def superiority(slow: list[float], fast: list[float]) -> float:
    """How often one of `slow` took longer than one of `fast`; ties count half."""
    wins = sum((one > other) + (one == other) / 2 for one in slow for other in fast)
    return wins / (len(slow) * len(fast))


def print_table(taken: Taken) -> None:
    print(f"{'address':<36} {'foreign ms':>10} {'unknown ms':>10} {'foreign slower':>15}")
    for address, (foreign, never) in taken.items():
        share = superiority(foreign, never)
        told = "  !" if abs(share - 0.5) > TELLING else ""
        middle = [statistics.median(one) for one in (foreign, never)]
        print(f"{address:<36} {middle[0]:>10.1f} {middle[1]:>10.1f} {share:>15.2f}{told}")
