"""bin/bench --quick: the shop's pages, and whole checkouts by eight shoppers at once.

Works on a copy of the demo's database. Beside them, in the same run: Granian saying hello (the
ceiling of a page) and a checkout written by hand for pgbench (the peer of ours).
"""

from __future__ import annotations

import http.client
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from launch import commands, peer, real, serve, steps
from launch.database import Database, opened
from launch.say import Stop, line

COPY = "berdaya_bench"
SHOPPERS = 8
HELLO, SEARCH, TYPO = "hello", "/produk/?q=keranjang+bambu", "/produk/?q=slendang"
PROBE = 7
Taken = dict[str, list[float]]


def main(arguments: list[str]) -> int:
    """Prints milliseconds and ratios; a clock fails nothing, but what was promised twice does."""
    orders = int(arguments[0]) if arguments else 10
    with opened() as database:
        if database.server is None:
            raise Stop("bin/bench --quick memakai server bawaan (uses the embedded server)")
        steps.prepare(database)
        with copied(database) as copy:
            taken = pages(copy)
            taken |= checkouts(copy, orders)
        by_hand = peer.checkout_ms(database.server, SHOPPERS, seconds=5)
    print_table(taken, by_hand)
    return 0


@contextmanager
def copied(database: Database) -> Iterator[Database]:
    """The demo's database again under another name, gone afterwards."""
    server = database.server
    assert server is not None
    drop = f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE);"
    server.execute(f"{drop} CREATE DATABASE {COPY} TEMPLATE berdaya OWNER berdaya_owner;")
    try:
        yield database.named(COPY)
    finally:
        server.execute(drop)


@contextmanager
def served(child: serve.Child, port: int, is_ready: Callable[[int], bool]) -> Iterator[None]:
    child.start()
    try:
        until = time.monotonic() + serve.READY_WITHIN
        while not is_ready(port):
            if child.is_dead() or time.monotonic() > until:
                raise child.death()
            time.sleep(0.1)
        yield
    finally:
        child.stop()


def hello(port: int) -> serve.Child:
    """The same server with the same workers and threads, and nothing behind it."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", serve.HOST, "--port",
        str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws",
        "launch.hello:application",
    ]  # fmt: skip
    return serve.Child("hello", command, {"PYTHONPATH": str(commands.ROOT)})


def answers(port: int) -> bool:
    """Whether anything listens there."""
    try:
        return Shopper(port).get("/")[0] == 200
    except OSError:
        return False


def pages(database: Database, times: int = 100) -> Taken:
    """The pages and hello take turns, so that a busy moment of the machine hits all of them."""
    hello_port, port = real.free_port(), real.free_port()
    web, _worker = serve.children(database, port)
    with served(hello(hello_port), hello_port, answers), served(web, port, serve.is_ready):
        one = Shopper(port)
        good = one.goods()[0]
        asked = [(HELLO, hello_port, "/")]
        asked += [(path, port, path) for path in ("/", "/produk/", SEARCH, TYPO)]
        asked.append(("/produk/<barang>/", port, good))
        taken: Taken = {name: [] for name, _port, _path in asked}
        for number in range(times + PROBE):
            for name, where, path in asked:
                begun = time.perf_counter()
                status = Shopper(where).get(path)[0]
                if status != 200:
                    raise Stop(f"{path}: {status}")
                if number >= PROBE:  # the first ones warm the caches
                    taken[name].append((time.perf_counter() - begun) * 1000)
        return taken


def checkouts(database: Database, each: int) -> Taken:
    """Eight shoppers buy `each` times, from the page of a good to the page of the order."""
    port = real.free_port()
    web, _worker = serve.children(database, port)
    with served(web, port, serve.is_ready):
        shoppers = [Shopper(port, number) for number in range(SHOPPERS)]
        threads = [threading.Thread(target=one.shop, args=[each]) for one in shoppers]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        passed = time.monotonic() - begun
    if troubles := [trouble for one in shoppers for trouble in one.troubles]:
        raise Stop("; ".join(troubles[:3]))
    codes = [code for one in shoppers for code in one.codes]
    if len(set(codes)) != len(codes):
        raise Stop("two checkouts share a page")
    told = f"{len(codes)} pembelian oleh {SHOPPERS} pembeli dalam {passed:.1f} s"
    line(told, f"{len(codes) / passed:.1f} checkouts a second, 6 requests each")
    return {
        "POST /keranjang/pesan/": [ms for one in shoppers for ms in one.placing],
        "a whole checkout": [ms for one in shoppers for ms in one.whole],
    }


@dataclass
class Shopper:
    """A browser without script: one connection, the cart's cookie, and what it took."""

    port: int
    number: int = 0
    cookie: str = ""
    placing: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path)

    def post(self, path: str, facts: dict[str, str]) -> tuple[int, str, str]:
        return self._ask("POST", path, urlencode(facts))

    def _ask(self, verb: str, path: str, body: str = "") -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Host": f"localhost:{self.port}", "Sec-Fetch-Site": "same-origin"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.cookie and path.startswith("/keranjang"):
            headers["Cookie"] = self.cookie
        connection = http.client.HTTPConnection(serve.HOST, self.port, timeout=30)
        connection.request(verb, path, body or None, headers)
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("keranjang="):
                self.cookie = value.partition(";")[0]
        connection.close()
        return answer.status, answer.getheader("Location") or "", page

    def goods(self) -> list[str]:
        """Addresses of goods that are ready to be sent."""
        found: list[str] = []
        for number in (1, 2):
            page = self.get(f"/produk/?siap=siap&hal={number}")[2]
            found += re.findall(r'href="(/produk/[a-z0-9-]+/)"', page)
        return list(dict.fromkeys(found))

    def shop(self, times: int) -> None:
        try:
            goods = self.goods()
            for turn in range(times):
                self._buy(goods[(self.number * times + turn) % len(goods)])
        except (OSError, Stop) as error:
            self.troubles.append(str(error))

    def _buy(self, good: str) -> None:
        begun = time.perf_counter()
        self._need(self.get(good)[0], 200, good)
        slug = good.split("/")[2]
        self._need(self.post("/keranjang/isi/", {"listing": slug, "qty": "1"})[0], 303, "isi")
        self._need(self.get("/keranjang/")[0], 200, "keranjang")
        page = self.get("/keranjang/pesan/")[2]
        key = re.search(r'name="request_key" value="([^"]+)"', page)
        posted = time.perf_counter()
        status, leads_to, page = self.post("/keranjang/pesan/", self._form(key[1] if key else ""))
        placed = time.perf_counter()
        self._need(status, 303, f"pesan {good}: {page[:300]}")
        self._need(self.get(leads_to)[0], 200, "pesanan")
        self.placing.append((placed - posted) * 1000)
        self.whole.append((time.perf_counter() - begun) * 1000)
        self.codes.append(leads_to)

    def _form(self, key: str) -> dict[str, str]:
        return {
            "request_key": key,
            "name": f"Pembeli Contoh {self.number}",
            "phone": f"0812000{self.number:05d}",
            "province": "53",
            "regency": "53.71",
            "region": "53.71.01",
            "address": "Jalan Contoh 1",
            "postcode": "85111",
            "method": "qris",
        }

    def _need(self, status: int, wanted: int, what: str) -> None:
        if status != wanted:
            raise Stop(f"{what}: {status}")


def print_table(taken: Taken, by_hand: float) -> None:
    hello_ms = statistics.median(taken[HELLO])
    print(f"{'':<44} {'median ms':>10} {'p95 ms':>10} {'x hello':>8} {'x by hand':>10}")
    for name, values in taken.items():
        middle = statistics.median(values)
        late = sorted(values)[max(int(len(values) * 0.95) - 1, 0)]
        placing = f"{middle / by_hand:>10.1f}" if name.startswith("POST") else ""
        print(f"{name:<44} {middle:>10.1f} {late:>10.1f} {middle / hello_ms:>8.1f} {placing}")
    print(f"{'by hand, pgbench, 8 clients':<44} {by_hand:>10.1f}")
