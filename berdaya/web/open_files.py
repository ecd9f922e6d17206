"""Datasets as files for other programs: CSV as a whole, JSON a year at a time."""

import csv
import io
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from berdaya.insight.calc import plain
from berdaya.insight.open_data import Dataset, Published, Row
from berdaya.web import share


def address(name: str, *args: str) -> str:
    """The one address of a file or page, whichever language it was asked in."""
    with override("id"):
        return share.absolute(reverse(f"web:{name}", args=args))


def record(row: Row) -> dict[str, str | None]:
    """One row under the names of the columns: text, `nilai` a plain number or None."""
    province = row.region.parent or row.region
    return {
        "bulan": f"{row.month:%Y-%m}",
        "kode_provinsi": province.code,
        "provinsi": province.name,
        "kode_kabupaten_kota": row.region.code,
        "kabupaten_kota": row.region.name,
        "nilai": plain(row.value),
        "status": row.status,
    }


COLUMNS = (
    "bulan", "kode_provinsi", "provinsi", "kode_kabupaten_kota", "kabupaten_kota", "nilai",
    "status",
)  # fmt: skip


def csv_text(dataset: Dataset, published: Published) -> str:
    """RFC 4180: commas, one line of heads, months as 2026-03, numbers with a point, no unit."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(record(row) for row in published.rows(dataset.code))
    return buffer.getvalue()


def json_data(
    dataset: Dataset, published: Published, year: int, *, is_demo: bool
) -> dict[str, Any]:
    """One year's rows, with the addresses of the years beside it and of the metadata."""
    own = address("open_json", dataset.slug)

    def page(beside: int) -> str | None:
        return f"{own}?tahun={beside}" if beside in published.years else None

    return {
        "dataset": dataset.slug,
        "judul": str(dataset.title),
        "satuan": str(dataset.unit),
        "rekaan": is_demo,
        "diperbarui": published.told_at.isoformat() if published.told_at else None,
        "metadata": address("open_metadata", dataset.slug),
        "tahun": year,
        "tahun_tersedia": list(published.years),
        "sebelumnya": page(year - 1),
        "berikutnya": page(year + 1),
        "data": [_numbered(row) for row in published.rows(dataset.code)],
    }


def _numbered(row: Row) -> dict[str, Any]:
    told = record(row)
    value = told["nilai"]
    number = None if value is None else (float(value) if "." in value else int(value))
    return {**told, "nilai": number}
