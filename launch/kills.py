"""bin/bench kills: web, worker and PostgreSQL are killed in turn in the middle of many sales.

A copy of the project gets a demo of its own. Officers post sales over HTTP; three times, while a
form is on its way, one process dies by kill -9, the demo is started again where it fell, and the
same form is posted again. At the end every sale that was answered must be there once, no form may
have made two, and check_books must be clean.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from launch import commands, processes, real
from launch.paths import ROOT, VENV
from launch.say import Stop, line

PATIENCE = 300.0  # seconds for the demo's first start
SEED = 1945
DOWN = (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException)


def main(arguments: list[str]) -> int:
    """0 when nothing was lost or doubled; raises Stop with what was."""
    parser = argparse.ArgumentParser(prog="bin/bench kills", description=__doc__)
    parser.add_argument("--sales", type=int, default=500, metavar="N")
    chosen = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="berdaya-kills-"))
    copy = folder / "berdaya"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
    (copy / ".venv").symlink_to(VENV)
    demo = Demo(copy, real.free_port())
    try:
        demo.start()
        answered = sell(demo, chosen.sales)
        examine(demo, answered, chosen.sales)
    finally:
        demo.stop()
        home = (copy / "var" / "postgres").resolve().parent
        if home.parent == Path("/var/lib/berdaya"):
            shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


@dataclass
class Demo:
    """bin/demo of the copy, started again as often as it is made to fall."""

    root: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self) -> None:
        log = (self.root.parent / "demo.log").open("ab")
        self.process = subprocess.Popen(
            [self.root / "bin" / "demo", "--port", str(self.port)],
            cwd=self.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        self.starts += 1
        until = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise Stop((self.root.parent / "demo.log").read_text()[-2000:])
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except DOWN:
            return False

    def again(self) -> None:
        """Wait until the fallen demo has cleared up after itself, then start it again."""
        if self.process is not None and not self.is_ready():
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                return  # what died came back by itself
            self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def pids(self, word: str) -> list[int]:
        """The demo's own processes whose command holds this word."""
        return [
            pid
            for pid in processes.all_pids()
            if processes.carries(pid, commands.MARKER, str(self.root))
            and word in " ".join(processes.command_of(pid))
        ]

    def postmaster(self) -> list[int]:
        data = self.root / "var" / "postgres" / "data"
        return [int((data / "postmaster.pid").read_text().split()[0])]

    def kill(self, what: str) -> None:
        words = {"web": "granian", "worker": "procrastinate"}
        pids = self.postmaster() if what == "PostgreSQL" else self.pids(words[what])
        if not pids:
            raise Stop(f"{what}: nothing to kill")
        for pid in pids:
            processes.send(pid, signal.SIGKILL)


@dataclass
class Officer:
    """A browser with a session; a form is read once and posted until it is answered."""

    demo: Demo
    login: str
    password: str
    browser: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, final address and text; raises one of DOWN when nobody answers."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        url = f"http://localhost:{self.demo.port}{address}"
        try:
            with self.browser.open(urllib.request.Request(url, data), timeout=30) as answer:
                return answer.status, answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.geturl(), error.read().decode()

    def patiently(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Ask until somebody answers with something else than "away"."""
        while True:
            try:
                status, url, text = self.ask(address, form)
                if status < 500:
                    return status, url, text
            except DOWN:
                pass
            time.sleep(0.2)
            self.demo.again()

    def sign_in(self) -> None:
        _status, _url, page = self.patiently("/masuk/")
        facts = {"login": self.login, "password": self.password, **hidden(page)}
        _status, url, page = self.patiently("/masuk/", facts)
        if url.endswith("/masuk/faktor/"):
            code = re.search(r"name=\"proof_typed\"[^>]*value=\"(\d+)\"", page)
            facts = hidden(page) | {"proof_typed": code[1] if code else ""}
            _status, url, _page = self.patiently("/masuk/faktor/", facts)
        if "/desk/" not in url:
            raise Stop(f"{self.login}: sign-in refused")

    def forms(self) -> Iterator[dict[str, str]]:
        """Endless sale forms, a piece of each goods from each place; the caller skips refusals."""
        _status, _url, page = self.patiently("/desk/sales/new/")
        pairs = [(p, v) for p in options(page, "place") for v in options(page, "baris-0-variant")]
        for place, variant in pairs:
            for _ in range(40):
                _status, _url, page = self.patiently("/desk/sales/new/")
                yield (
                    hidden(page)
                    | chosen_values(page)
                    | {
                        "place": place,
                        "baris-0-variant": variant,
                        "baris-0-qty": "1",
                        "kind": "gate",
                        "buyer_kind": "public",
                        "method": "cash",
                    }
                )


def hidden(page: str) -> dict[str, str]:
    """Names and values of the hidden fields."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name = re.search(r"name=\"([^\"]+)\"", tag)
        value = re.search(r"value=\"([^\"]*)\"", tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def chosen_values(page: str) -> dict[str, str]:
    """The date and the book as the form proposes them."""
    day = re.search(r"<input[^>]*name=\"sold_on\"[^>]*>", page)
    value = re.search(r"value=\"([^\"]+)\"", day[0]) if day else None
    books = options(page, "book")
    return {"sold_on": value[1] if value else "", "book": books[0] if books else ""}


def options(page: str, name: str) -> list[str]:
    """The values one can choose in a select."""
    select = re.search(rf"<select[^>]*name=\"{name}\".*?</select>", page, re.S)
    return re.findall(r"<option value=\"([^\"]+)\"", select[0]) if select else []


def sell(demo: Demo, count: int) -> dict[str, str]:
    """Code of the answered sale by the key of its form."""
    chance = random.Random(SEED)
    kills = {count // 4: "web", count // 2: "worker", 3 * count // 4: "PostgreSQL"}
    answered: dict[str, str] = {}
    for officer, form in forms(demo):
        what = kills.pop(len(answered), None)
        if what:
            line(f"kill -9 {what}", f"sale {len(answered)}")
            threading.Timer(chance.uniform(0.005, 0.05), demo.kill, [what]).start()
        status, url, page = officer.patiently("/desk/sales/new/", form)
        code = re.search(r"/desk/sales/([A-Z0-9-]+)/", url)
        if status == 200 and code:
            answered[form["request_key"]] = code[1]
        elif status != 409:
            raise Stop(f"{status} {url}: {page[:2000]}")
        if len(answered) == count:
            return answered
    raise Stop(f"only {len(answered)} sales fit into the demo's stock")


def forms(demo: Demo) -> Iterator[tuple[Officer, dict[str, str]]]:
    """Forms of one officer after the other; a goods that runs out is left after its refusal."""
    printed = manage(demo, "demo_logins", "--all")
    password = printed.rsplit(":", 1)[1].strip()
    for login in re.findall(r"^(petugas\.\S+)", printed, re.M):
        officer = Officer(demo, login, password)
        officer.sign_in()
        for form in officer.forms():
            yield officer, form


CODES = """
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Facility
from berdaya.proceeds.models import Sale
with system_scope("check", Facility.objects.values_list("pk", flat=True), read_only=True):
    print(*Sale.objects.filter(request__key__contains=":form:").values_list("code", flat=True))
"""


def examine(demo: Demo, answered: dict[str, str], count: int) -> None:
    """Exactly the answered sales are there, each once, and the books are clean."""
    if len(set(answered.values())) != count:
        raise Stop("two forms were answered with one sale")
    demo.again()
    kept = manage(demo, "shell", "--no-imports", "-c", CODES).split()
    if lost := set(answered.values()) - set(kept):
        raise Stop(f"answered, but lost: {sorted(lost)}")
    if len(kept) != count:
        raise Stop(f"{len(kept)} sales came from {count} forms")
    print(manage(demo, "check_books").strip().splitlines()[-1])
    print(f"{count} sales answered, none lost or doubled; the demo was started {demo.starts} times")


def manage(demo: Demo, *words: str) -> str:
    """What a management command of the copy prints; raises Stop with it when it fails."""
    command = [demo.root / "bin" / "manage", *words]
    done = subprocess.run(command, cwd=demo.root, capture_output=True, text=True)
    if done.returncode:
        raise Stop(done.stdout + done.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
