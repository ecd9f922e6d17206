"""Every number of people, and of money, that public pages, files and mentors' exports say."""

import csv
import io
import json
import re

from django.test import Client

from berdaya.insight.indicators import INDICATORS
from berdaya.insight.open_data import DATASETS
from tests.web.crawl import Crawler
from tests.web.small_world import MONTHS, WORK, SmallWorld

PEOPLE = ("makers", "trained", "certified")
BY = ("facility", "regency", "province", "nation", "month", "part")
PERIODS = [*(f"{month:%Y-%m}" for month in MONTHS), "2026-Q3", "2026"]
# "sekitar 15", but no days until an order is ready.
SAID = re.compile(r"(?:sekitar|about) ([\d.,]*\d)\b(?! (?:hari|days?)\b)", re.IGNORECASE)
COUNTED = re.compile(r"\b(\d[\d.]*) (?:orang|people|pembuat|makers|peserta)\b", re.IGNORECASE)
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
Numbers = dict[str, int]


def whole(text: str) -> int:
    return int(re.sub(r"[.,]", "", text.strip(".,")))


def of_people(small: SmallWorld) -> Numbers:
    """By where it stands: every published number of people, and the sum of every table."""
    found = pages() | editions() | files("peserta-pelatihan") | chart("pelatihan")
    for who in ("mentor", "umkm_officer"):
        client = small.world.client(who)
        for code in PEOPLE:
            found |= {f"{who} {name}": one for name, one in exported(client, code).items()}
        found |= {f"{who} {name}": one for name, one in sessions(client).items()}
    return found


def pages() -> Numbers:
    """What pages say in words: front, units, open data, in both languages."""
    found = {}
    paths = ["/", "/data-terbuka/", *(f"/unit/{unit}/" for unit in WORK)]
    for path in (prefix + path for prefix in ("", "/en") for path in paths):
        body = Client().get(path).content.decode()
        told = SAID.findall(body)
        found |= {f"{path} {place}": whole(number) for place, number in enumerate(told)}
    return found


def editions() -> Numbers:
    """The governor's edition in every period: what its sentences and its table say of people."""
    found: Numbers = {}
    for period in PERIODS:
        path = f"/wilayah/53/?masa={period}"
        body = DRAWING.sub("", Client().get(path).content.decode())
        told = [*SAID.findall(body), *COUNTED.findall(body)]
        found |= {f"{path} {place}": whole(one) for place, one in enumerate(told)}
        rows = list(
            csv.reader(io.StringIO(body_of(Client().get(f"{path}&ekspor=csv"))), delimiter=";")
        )
        of_people = [at for at, head in enumerate(rows[0]) if "orang" in head]
        assert of_people
        for row in rows[1:]:
            found |= {f"{path} {row[0]} {at}": number(row[at]) for at in of_people}
        for at in of_people:
            found[f"{path} Σ {at}"] = sum(number(row[at]) for row in rows[1:])
    return found


def crawled() -> Numbers:
    """Every number of people on any page that links lead to; drawings aside, whose axes have
    figures that count nobody."""
    crawler = Crawler()
    crawler.walk("/", "/en/")
    found = {}
    for url, visit in crawler.seen.items():
        if visit.kind == "text/html":
            body = DRAWING.sub("", visit.body.decode())
            told = [*SAID.findall(body), *COUNTED.findall(body)]
            found |= {f"{url} {place}": whole(one) for place, one in enumerate(told)}
    return found


def files(dataset: str) -> Numbers:
    """CSV and JSON of a dataset, each row, and their sums by month, regency and altogether."""
    text = Client().get(f"/data-terbuka/{dataset}.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {
        f"csv {dataset} {row['bulan']} {row['kode_kabupaten_kota']}": int(row["nilai"] or 0)
        for row in rows
    }
    body = json.loads(Client().get(f"/data-terbuka/{dataset}.json?tahun=2026").content)
    found |= {
        f"json {dataset} {row['bulan']} {row['kode_kabupaten_kota']}": row["nilai"] or 0
        for row in body["data"]
    }
    for column in ("bulan", "kode_kabupaten_kota", "kode_provinsi"):
        for value in {row[column] for row in rows}:
            mine = (int(row["nilai"] or 0) for row in rows if row[column] == value)
            found[f"csv {dataset} Σ {value}"] = sum(mine)
    return found


def chart(key: str) -> Numbers:
    """A chart's table as its file says it."""
    text = Client().get(f"/data-terbuka/grafik/{key}/?berkas=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    return {
        f"chart {key} {row[0]} {column}": whole(cell)
        for row in rows
        for column, cell in enumerate(row[1:])
        if cell
    }


def exported(client: Client, code: str) -> Numbers:
    """An indicator by every cut and period, as somebody of the UMKM side exports it: numerator and
    value of each row, and each table's sum."""
    found: Numbers = {}
    for by in BY:
        for period in PERIODS:
            rows = lines(client, f"/desk/indicators/{code}/?oleh={by}&masa={period}")
            mine = {f"{code} {by} {period} {row[0]}": row for row in rows}
            for name, row in mine.items():
                found[f"{name} numerator"] = number(row[1])
                found[f"{name} value"] = number(row[3])
            found[f"{code} {by} {period} Σ"] = sum(number(row[1]) for row in rows)
    title = str(INDICATORS[code].title)
    for period in PERIODS:
        for row in lines(client, f"/desk/indicators/?masa={period}"):
            if row[0] == title:
                found[f"overview {code} {period} value"] = number(row[4])
                found[f"overview {code} {period} numerator"] = number(row[2])
    return found


def sessions(client: Client) -> Numbers:
    """The list of sessions: about how many were there."""
    answer = client.get("/desk/sessions/?ekspor=csv")
    rows = list(csv.reader(io.StringIO(body_of(answer)), delimiter=";"))
    column = rows[0].index("Kira-kira hadir")
    return {f"session {row[0]}": number(row[column]) for row in rows[1:] if row}


def lines(client: Client, url: str) -> list[list[str]]:
    answer = client.get(f"{url}&ekspor=csv")
    assert answer.status_code == 200, url
    return list(csv.reader(io.StringIO(body_of(answer)), delimiter=";"))[1:]


def body_of(answer: object) -> str:
    return b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload,no-any-return]


def number(text: str) -> float:
    """A cell of an export; nothing is zero."""
    value = float(text.replace(",", ".") or 0)
    return int(value) if value == int(value) else value


def of_money(small: SmallWorld, code: str) -> Numbers:
    """Every published number of a sum: files, and what the UMKM side exports."""
    dataset = next(one.slug for one in DATASETS.values() if one.code == code)
    found = files(dataset)
    mentor = small.world.client("mentor")
    return found | {name: int(one) for name, one in exported(mentor, code).items()}
