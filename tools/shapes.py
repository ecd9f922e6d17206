#!/usr/bin/env python3
"""Outlines for maps from GeoJSON: `tools/shapes.py NTT.geojson PROVINCES.geojson`.

Writes berdaya/insight/data/shapes.json: for the country and for each province given the size of
its map, and for each region under its Kemendagri code the path, the label's point and the extent.
Run again only when the boundaries change (insight/data/ATTRIBUTION.md says where they are from).

A map is 1440 units wide and drawn at 720 pixels or fewer, so whole units are half a pixel. Degrees
of longitude shrink with the cosine of the middle latitude. Lines are simplified (Douglas-Peucker),
and islets smaller than a dot are left out, but never the last piece of a region.
"""

import json
import math
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "berdaya/insight/data/shapes.json"
WIDE, EDGE = 1440, 16  # units
TOLERANCE, LEAST_AREA = 1.6, 10.0  # units, square units

Point = tuple[float, float]


def outer_rings(geometry: dict) -> list[list[Point]]:
    """The outlines of a feature's pieces; holes are other regions, drawn on top."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(x, y) for x, y, *_height in polygon[0]] for polygon in polygons]


def simplified(points: list[Point]) -> list[Point]:
    """Douglas-Peucker without recursion; first and last point stay."""
    keep, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        long = math.hypot(x2 - x1, y2 - y1)
        far, where = 0.0, 0
        for place in range(first + 1, last):
            x, y = points[place]
            if long:
                off = abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / long
            else:
                off = math.hypot(x - x1, y - y1)
            if off > far:
                far, where = off, place
        if far > TOLERANCE:
            keep.add(where)
            todo += [(first, where), (where, last)]
    return [points[place] for place in sorted(keep)]


def area(points: list[Point]) -> float:
    """Of a closed ring, in square units."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def path_of(rings: list[list[Point]]) -> str:
    """Relative steps in whole units: the shortest way to write it."""
    told = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        (x, y), steps = whole[0], []
        for next_x, next_y in whole[1:-1]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y}")
                x, y = next_x, next_y
        told.append(f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(told)


def map_of(features: list[dict]) -> dict:
    """One map with all its regions."""
    rings = {one["properties"]["code"]: outer_rings(one["geometry"]) for one in features}
    every = [point for pieces in rings.values() for ring in pieces for point in ring]
    west, east = min(x for x, _y in every), max(x for x, _y in every)
    south, north = min(y for _x, y in every), max(y for _x, y in every)
    per_lat = (WIDE - 2 * EDGE) / ((east - west) * math.cos(math.radians((south + north) / 2)))
    per_lon = (WIDE - 2 * EDGE) / (east - west)

    def placed(point: Point) -> Point:
        return EDGE + (point[0] - west) * per_lon, EDGE + (north - point[1]) * per_lat

    regions = {}
    for one in features:
        facts = one["properties"]
        pieces = [simplified([placed(point) for point in ring]) for ring in rings[facts["code"]]]
        pieces.sort(key=area, reverse=True)
        kept = [piece for piece in pieces if area(piece) >= LEAST_AREA] or pieces[:1]
        x, y = placed((facts["lon"], facts["lat"]))
        xs, ys = [p[0] for p in kept[0]], [p[1] for p in kept[0]]
        regions[facts["code"]] = {
            "at": [round(x), round(y)],
            "extent": [round(max(xs) - min(xs)), round(max(ys) - min(ys))],
            "path": path_of(kept),
        }
    tall = round(2 * EDGE + (north - south) * per_lat)
    return {"size": [WIDE, tall], "regions": dict(sorted(regions.items()))}


def main(names: list[str]) -> int:
    if len(names) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    *provinces, nation = [json.loads(Path(name).read_text("utf-8")) for name in names]
    maps = {"": map_of(nation["features"])}
    for one in provinces:
        code = one["features"][0]["properties"]["code"].partition(".")[0]
        maps[code] = map_of(one["features"])
    OUT.write_text(json.dumps(maps, separators=(",", ":")).replace('},"', '},\n"') + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
