#!/usr/bin/env python3
"""Outlines of regencies in degrees: `tools/outlines.py`.

Reads berdaya/web/data/ntt-map.json (paths in whole pixels, about a kilometre) and writes
berdaya/evidence/data/outlines.json: by Kemendagri code the closed rings of a regency as
[longitude, latitude] in thousandths of a degree. Run again when the map changes.
"""

import json
import re
from pathlib import Path
from typing import Any

BERDAYA = Path(__file__).resolve().parent.parent / "berdaya"
MAP, OUT = BERDAYA / "web/data/ntt-map.json", BERDAYA / "evidence/data/outlines.json"
NUMBER = re.compile(r"-?\d+")


def rings_of(path: str) -> list[list[tuple[int, int]]]:
    """The rings of `M x y l dx dy … z`, each closed, in the map's own units."""
    rings = []
    for piece in path.strip().rstrip("z").split("z"):
        numbers = [int(found) for found in NUMBER.findall(piece)]
        (x, y), steps = (numbers[0], numbers[1]), numbers[2:]
        ring = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append([*ring, ring[0]])
    return rings


def in_degrees(told: dict[str, Any], ring: list[tuple[int, int]]) -> list[list[float]]:
    """Where each place of a ring lies on earth."""
    west, north = float(told["lon"]), float(told["lat"])
    wide, tall = float(told["per_lon"]), float(told["per_lat"])
    return [[round(west + x / wide, 3), round(north - y / tall, 3)] for x, y in ring]


def main() -> None:
    told = json.loads(MAP.read_text("utf-8"))
    outlines = {
        code: [in_degrees(told, ring) for ring in rings_of(path)]
        for code, path in sorted(told["regencies"].items())
    }
    lines = json.dumps(outlines, separators=(",", ":")).replace(']]],"', ']]],\n"')
    OUT.write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    main()
