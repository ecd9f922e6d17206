"""bin/bench pages: every desk and public page, for every role, with a hundred times the demo.

A copy of the demo's database is multiplied (launch/hundred.py), served, and asked as each of the
demo's roles would: every desk address without a parameter, and the first row each list leads to;
then the public pages. Beside them, in turn, the peer: `/health`, which does no work.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg

from launch import commands, hundred, kills, quick, real, serve, steps, walls
from launch.database import Database, opened
from launch.postgres import Server
from launch.say import Stop, line, step

PEER = "/health"
UNIT, PASSWORD = "LP-ATB", "tenun-kupang-2025"
PROMISED = 300.0  # ms at the 95th percentile: design.md section 9
LONGEST = 15.0  # seconds for all requests of one page
LOGINS = {
    "petugas.atb": "officer",
    "kepala.atb": "head",
    "bendahara.atb": "receipts treasurer",
    "pengeluaran.atb": "payments treasurer",
    "koperasi.atb": "cooperative officer",
    "penjual.atb": "stall seller",
    "pk.bp-kpg": "counsellor",
    "pendamping.ntt": "mentor",
    "umkm.ntt": "UMKM officer",
    "auditor.ntt": "auditor",
    "kanwil.ntt": "regional",
    "pusat.pas": "national",
}
ANYBODY = "anybody"
ADDRESSES = """
from django.urls import get_resolver, URLResolver
def under(resolver, start=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from under(one, start + str(one.pattern))
        else:
            yield start + str(one.pattern)
print(*sorted({"/" + at for at in under(get_resolver()) if "<" not in at and at[:5] == "desk/"}))
"""
FIRST = (
    ("catalog_listing", "slug"), ("stock_lot", "public_code"),
    ("training_credential", "public_code"),
)  # fmt: skip
Ask = Callable[[str], int]


@dataclass
class Clocked:
    """One page of one role: milliseconds of every request."""

    role: str
    page: str
    status: int
    taken: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        return sorted(self.taken)[max(math.ceil(len(self.taken) * 0.95) - 1, 0)]


def main(arguments: list[str]) -> int:
    """Prints a table; a clock fails nothing, so the exit code is 0."""
    parser = argparse.ArgumentParser(prog="bin/bench pages", description=__doc__)
    parser.add_argument("--times", type=int, default=100, metavar="N", help="the demo so often")
    parser.add_argument("--requests", type=int, default=20, metavar="M", help="requests a page")
    parser.add_argument("--roles", nargs="*", default=[*LOGINS.values(), ANYBODY])
    parser.add_argument("--pages", nargs="*", default=[], help="these alone, not every page")
    chosen = parser.parse_args(arguments)
    with opened() as database:
        if database.server is None:
            raise Stop("bin/bench pages memakai server bawaan (uses the embedded server)")
        steps.prepare(database)
        with quick.copied(database) as copy:
            address = superuser(database.server, quick.COPY)
            with step(f"Menggandakan dunia contoh {chosen.times} kali", "multiplying the demo"):
                hundred.multiply(address, chosen.times, UNIT)
            print_rows(address)
            clocked, peer = measured(copy, address, chosen.roles, chosen.requests, chosen.pages)
    print_table(clocked, peer)
    return 0


def superuser(server: Server, name: str) -> str:
    return server.address("postgres", server.password, name)


def measured(
    database: Database, address: str, roles: list[str], requests: int, pages: list[str]
) -> tuple[list[Clocked], float]:
    """Every page that answered, and the peer's median in the same run."""
    port = real.free_port()
    web, _worker = serve.children(database, port)
    clocked: list[Clocked] = []
    peer: list[float] = []
    with quick.served(web, port, serve.is_ready):
        here, public = walls.Here(port), quick.Shopper(port)
        for login, role in LOGINS.items():
            if role in roles:
                line(login, role)
                officer = kills.Officer(here, login, PASSWORD)  # type: ignore[arg-type]
                officer.sign_in()
                desk = [page for page in pages if page.startswith("/desk/")]
                found = (
                    [Clocked(role, page, patient(officer, page)[0]) for page in desk]
                    if pages
                    else desk_pages(officer, desk_addresses(database), role)
                )
                time_all(found, asking(officer), requests, peer, public)
                clocked += found
        if ANYBODY in roles:
            outside = [page for page in pages if not page.startswith("/desk/")]
            public_pages = outside if pages else open_pages(address)
            found = [Clocked(ANYBODY, page, public.get(page)[0]) for page in public_pages]
            time_all(found, lambda page: public.get(page)[0], requests, peer, public)
            clocked += found
    return clocked, statistics.median(peer)


def desk_addresses(database: Database) -> list[str]:
    """Every address of the desk that names no row."""
    command = commands.django("shell", "--no-imports", "-c", ADDRESSES)
    values = commands.environment(database)
    done = subprocess.run(command, env=values, capture_output=True, text=True, check=True)
    return done.stdout.split()


def desk_pages(officer: kills.Officer, addresses: list[str], role: str) -> list[Clocked]:
    """What this role may open: lists, forms, and the first row that each list leads to."""
    found: dict[str, Clocked] = {}
    for start in addresses:
        status, where, page = patient(officer, start)
        if status in (200, 0) or status >= 500:
            found[start] = Clocked(role, start, status)
        if status != 200 or not where.endswith(start):
            continue
        links = re.findall(rf'href="({start}[^"/?#]*\d[^"?#/]*/)"', page)
        for one in dict.fromkeys(links[:1]):
            found.setdefault(one, Clocked(role, one, patient(officer, one)[0]))
    return list(found.values())


def asking(officer: kills.Officer) -> Ask:
    return lambda page: patient(officer, page)[0]


def patient(officer: kills.Officer, page: str) -> tuple[int, str, str]:
    """As the officer asks; 0 where nobody answers in time."""
    try:
        return officer.ask(page)
    except UnicodeDecodeError:  # a paper or a workbook
        return 200, page, ""
    except kills.DOWN:
        return 0, page, ""


def open_pages(address: str) -> list[str]:
    """Pages without sign-in: the shop, a unit, an origin, a certificate."""
    with psycopg.connect(address) as db:
        slug, lot, paper = (
            (db.execute(f"SELECT {column} FROM {table} ORDER BY id LIMIT 1").fetchone() or ("-",))[
                0
            ]
            for table, column in FIRST
        )
    return [
        "/", "/produk/", "/produk/?siap=siap&hal=2", quick.SEARCH, quick.TYPO, f"/produk/{slug}/",
        f"/unit/{UNIT}/", "/asal", f"/asal/{lot}", "/sertifikat", f"/sertifikat/{paper}",
        "/keranjang/", "/sitemap.xml", "/masuk/",
    ]  # fmt: skip


def time_all(
    pages: list[Clocked], ask: Ask, requests: int, peer: list[float], public: quick.Shopper
) -> None:
    """The pages and the peer take turns, so that a busy moment of the machine hits all of them."""
    for _ in range(requests):
        peer.append(clock(lambda _page: public.get(PEER)[0], PEER))
        for one in pages:
            if sum(one.taken) < LONGEST * 1000:
                one.taken.append(clock(ask, one.page))


def clock(ask: Ask, page: str) -> float:
    begun = time.perf_counter()
    with suppress(*kills.DOWN):  # the time until we gave up is counted
        ask(page)
    return (time.perf_counter() - begun) * 1000


def print_rows(address: str) -> None:
    counted = hundred.rows(address, UNIT)
    print(f"{'table':<32} {'rows':>10} {'of ' + UNIT:>12}")
    for name, (every, of_unit) in sorted(counted.items(), key=lambda one: -one[1][0])[:40]:
        print(f"{name:<32} {every:>10,} {of_unit:>12,}")
    total = [sum(column) for column in zip(*counted.values(), strict=True)]
    print(f"{f'{len(counted)} tables':<32} {total[0]:>10,} {total[1]:>12,}")


def print_table(clocked: list[Clocked], peer: float) -> None:
    """Slowest first."""
    print(f"{'page':<44} {'role':<20} {'':>4} {'median ms':>10} {'p95 ms':>9} {'x peer':>7}")
    for one in sorted(clocked, key=lambda one: -one.late):
        middle = statistics.median(one.taken)
        print(
            f"{one.page:<44} {one.role:<20} {one.status:>4} {middle:>10.1f} {one.late:>9.1f}"
            f" {middle / peer:>7.0f}{'  !' if one.late > PROMISED else ''}"
        )
    over = sum(one.late > PROMISED for one in clocked)
    print(f"{len(clocked)} pages, {over} above {PROMISED:.0f} ms; {PEER} {peer:.1f} ms")
