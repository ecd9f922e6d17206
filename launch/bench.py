"""bin/bench: how long the demo's pages take, beside a peer that does no work, in the same run."""

from __future__ import annotations

import argparse
import http.client
import statistics
import time

from launch import keys, kills, pages, quick, real, rules, serve, steps, walls
from launch.database import Database, opened
from launch.pages import PEER
from launch.say import Stop

ROUNDS = 5  # the pages take turns, so that a busy moment of the machine hits all of them


def main(arguments: list[str]) -> int:
    """Prints milliseconds a page; a clock fails nothing, so the exit code is 0.

    `bin/bench keys`, `kills`, `walls`, `pages`, `rules` and `--quick` are other measurements, see
    the module of that name in launch/.
    """
    if arguments[:1] == ["keys"]:
        return keys.main(arguments[1:])
    if arguments[:1] == ["kills"]:
        return kills.main(arguments[1:])
    if arguments[:1] == ["walls"]:
        return walls.main(arguments[1:])
    if arguments[:1] == ["rules"]:
        return rules.main(arguments[1:])
    if arguments[:1] == ["pages"]:
        return pages.main(arguments[1:])
    if arguments[:1] == ["--quick"]:
        return quick.main(arguments[1:])
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("addresses", nargs="*", default=["/", "/ready", "/masuk/"])
    parser.add_argument("--times", type=int, default=100, metavar="N", help="requests a page")
    chosen = parser.parse_args(arguments)
    port = real.free_port()
    with opened() as database:
        steps.prepare(database)
        print_table(measured(database, port, [PEER, *chosen.addresses], chosen.times))
    return 0


def measured(database: Database, port: int, asked: list[str], times: int) -> dict[str, list[float]]:
    """Milliseconds of every request by page, from a web server started for this alone."""
    web, worker = serve.children(database, port)
    try:
        web.start()
        serve.Running(database, web, worker).wait_until_ready(port)
        taken: dict[str, list[float]] = {page: [] for page in asked}
        for _ in range(ROUNDS):
            for page in asked:
                taken[page] += [request(port, page) for _ in range(max(times // ROUNDS, 1))]
        return taken
    finally:
        web.stop()


def request(port: int, page: str) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(serve.HOST, port, timeout=30)
    connection.request("GET", page, headers={"Host": f"localhost:{port}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status >= 400:
        raise Stop(f"{page}: {response.status}")
    return (time.perf_counter() - begun) * 1000


def print_table(taken: dict[str, list[float]]) -> None:
    print(f"{'page':<40} {'median ms':>10} {'p95 ms':>10} {'x peer':>8}")
    peer = statistics.median(taken[PEER])
    for page, values in taken.items():
        middle = statistics.median(values)
        late = sorted(values)[int(len(values) * 0.95) - 1]
        print(f"{page:<40} {middle:>10.1f} {late:>10.1f} {middle / peer:>8.1f}")
