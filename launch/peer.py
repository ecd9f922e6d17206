"""A checkout as one would write it by hand, run by pgbench: the peer of ours in bin/bench --quick.

The same server, the same number of rows: the form's key, a level held by one conditional UPDATE, a
number without gaps, an order with line, hold, contact and step. No rule, no audit, no language.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from launch.postgres import Server
from launch.say import Stop

NAME = "berdaya_peer"
SHAPE = """
CREATE TABLE checkout (id bigserial PRIMARY KEY, key uuid UNIQUE, at timestamptz);
CREATE TABLE level (id int PRIMARY KEY, on_hand int, reserved int,
  CHECK (reserved <= on_hand AND reserved >= 0));
CREATE TABLE series (name text PRIMARY KEY, last int);
CREATE TABLE orders (id bigserial PRIMARY KEY, code text UNIQUE, checkout_id bigint
  REFERENCES checkout, payee text, amount int, state text, at timestamptz);
CREATE UNIQUE INDEX ON orders (payee, amount) WHERE state = 'placed';
CREATE TABLE line (id bigserial PRIMARY KEY, order_id bigint REFERENCES orders, qty int, rp int);
CREATE TABLE hold (id bigserial PRIMARY KEY, line_id bigint REFERENCES line, level_id int
  REFERENCES level, qty int);
CREATE TABLE contact (order_id bigint PRIMARY KEY REFERENCES orders, who text, place text);
CREATE TABLE step (id bigserial PRIMARY KEY, order_id bigint REFERENCES orders, kind text,
  at timestamptz);
INSERT INTO level SELECT n, 1000000, 0 FROM generate_series(1, 20) n;
INSERT INTO series SELECT 'unit' || n, 0 FROM generate_series(1, 20) n;
"""
SCRIPT = """
\\set unit random(1, 20)
BEGIN;
INSERT INTO checkout (key, at) VALUES (gen_random_uuid(), now()) RETURNING id AS checkout \\gset
UPDATE level SET reserved = reserved + 1 WHERE id = :unit AND on_hand >= reserved + 1;
UPDATE series SET last = last + 1 WHERE name = 'unit' || :unit RETURNING last AS number \\gset
INSERT INTO orders (code, checkout_id, payee, amount, state, at) VALUES
  (:unit || '-' || :number, :checkout, 'unit' || :unit, 1000000 - :number, 'placed', now())
  RETURNING id AS order \\gset
INSERT INTO line (order_id, qty, rp) VALUES (:order, 1, 385000) RETURNING id AS line \\gset
INSERT INTO hold (line_id, level_id, qty) VALUES (:line, :unit, 1);
INSERT INTO contact VALUES (:order, 'somebody', 'somewhere');
INSERT INTO step (order_id, kind, at) VALUES (:order, 'placed', now());
COMMIT;
"""


def checkout_ms(server: Server, clients: int, seconds: int) -> float:
    """Milliseconds of one such checkout with so many clients at once; raises Stop if it fails."""
    server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE); CREATE DATABASE {NAME};")
    try:
        server.execute(SHAPE, NAME)
        return _latency(server, clients, seconds)
    finally:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE);")


def _latency(server: Server, clients: int, seconds: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        done = subprocess.run(
            [
                server.programs / "pgbench", "-n", "-h", str(server.socket), "-p",
                str(server.port), "-U", "postgres", "-c", str(clients), "-j", "2",
                "-T", str(seconds), "-f", script.name, NAME,
            ],
            env={**server.environment(), "PGPASSWORD": server.password},
            capture_output=True, text=True, cwd=Path("/"),
        )  # fmt: skip
    found = re.search(r"latency average = ([\d.]+) ms", done.stdout)
    if done.returncode or not found:
        raise Stop(f"pgbench: {done.stderr.strip()[-600:]}")
    return float(found[1])
