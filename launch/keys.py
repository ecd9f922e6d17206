"""bin/bench keys: fresh keys for 10,000 people, killed again and again, and searches by number.

Works on a scratch database and a key store of its own. The rotation dies by kill -9 at random
moments and is started again until it ends by itself; afterwards everybody must be readable and be
found. A search by register number stands beside a plain one by code in the same run.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from launch import commands, steps
from launch.database import Database, opened
from launch.paths import ROOT
from launch.say import Stop, line

SCRATCH = "berdaya_keys_bench"
SEED = 1945
Values = dict[str, str]


def main(arguments: list[str]) -> int:
    """0 when nobody was lost; raises Stop otherwise. A clock fails nothing."""
    parser = argparse.ArgumentParser(prog="bin/bench keys", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, metavar="N")
    parser.add_argument("--kills", type=int, default=6, metavar="N")
    chosen = parser.parse_args(arguments)
    steps.messages()
    with opened() as database, scratch(database) as copy, tempfile.TemporaryDirectory() as folder:
        values = commands.environment(copy) | {
            "BERDAYA_KEYSTORE": f"{folder}/keystore",
            "BERDAYA_MASTER_KEYS": f"{folder}/master-keys",
            "BERDAYA_KEYSTORE_BACKUPS": f"{folder}/copies",
        }
        print(run(values, "bench_identities", "--plant", str(chosen.people)), end="")
        rotate(values, chosen.kills)
        check = ("--check", str(chosen.people), "--search", "300")
        print(run(values, "bench_identities", *check), end="")
    return 0


@contextmanager
def scratch(database: Database) -> Iterator[Database]:
    """An empty database with tables and facilities, gone afterwards."""
    server = database.server
    if server is None:
        raise Stop("bin/bench keys memakai server bawaan (uses the embedded server)")
    drop = f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE);"
    server.execute(
        f"{drop} CREATE DATABASE {SCRATCH} OWNER berdaya_owner TEMPLATE template0"
        " ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';"
    )
    copy = database.named(SCRATCH)
    try:
        commands.run(
            "migrate-bench", commands.django("migrate", "--no-input"),
            commands.environment(copy, as_owner=True),
        )  # fmt: skip
        run(commands.environment(copy), "load_reference")
        yield copy
    finally:
        server.execute(drop)


def run(values: Values, *command: str) -> str:
    done = subprocess.run(
        commands.django(*command), cwd=ROOT, env=values, capture_output=True, text=True
    )
    if done.returncode:
        raise Stop(done.stdout + done.stderr)
    return done.stdout


def rotate(values: Values, kills: int) -> None:
    """Kill it `kills` times a random while after it has told some progress, then let it end."""
    chance, begun = random.Random(SEED), time.monotonic()
    for number in range(kills + 1):
        child = subprocess.Popen(
            commands.django("rotate_keys", "--batch", "100"), cwd=ROOT, env=values,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        told = [child.stdout.readline().strip()]
        if number < kills:
            told += [child.stdout.readline().strip() for _ in range(chance.randint(1, 12))]
            time.sleep(chance.uniform(0, 0.3))
            child.kill()
        told += (child.communicate()[0] or "").strip().splitlines()
        print(f"  {told[0]} … {told[-1]} ({'kill -9' if child.returncode < 0 else 'done'})")
        if child.returncode > 0:
            raise Stop(f"rotate_keys: {child.returncode}")
    took = time.monotonic() - begun
    line(f"kunci diganti, {kills} kali dimatikan", f"rotated in {took:.1f} s, {kills} kills")
