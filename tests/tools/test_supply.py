"""What the program is made of is written down, may be used, and is asked about honestly."""

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import audit, sbom
from tools.sbom import Pinned

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows() -> list[Pinned]:
    return sbom.with_licences(sbom.pinned((ROOT / "requirements.txt").read_text()))


def test_bill_of_materials_holds_every_pin_with_its_hashes(rows: list[Pinned]) -> None:
    text = sbom.document(rows, "0.1.0")

    told = json.loads(text)
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if "==" in line and not line.startswith((" ", "#"))]
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert len(told["components"]) == len(pins)
    assert all(one["hashes"] for one in told["components"])
    assert all(one["licenses"] for one in told["components"] if one["scope"] == "required")
    assert "http" not in json.dumps(told["components"])
    assert told["serialNumber"] == json.loads(sbom.document(rows, "0.1.0"))["serialNumber"]


def test_every_requirement_may_be_used_beside_ours(rows: list[Pinned]) -> None:
    assert list(sbom.problems(rows)) == []
    assert sum(row.is_installed for row in rows) > 30


@pytest.mark.parametrize(
    ("licence", "is_fine"),
    [
        ("MIT", True), ("LGPL-3.0-only", True), ("Apache-2.0 OR GPL-2.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True), ("AGPL-3.0-or-later", False),
        ("GPL-3.0-only", False), ("GNU Affero General Public License v3", False), ("", False),
    ],
)  # fmt: skip
def test_licence_that_binds_the_whole_program_is_named(licence: str, is_fine: bool) -> None:
    row = Pinned("contoh", "1.0", licence=licence, is_installed=True)

    assert (list(sbom.problems([row])) == []) is is_fine


def answer(*rows: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(rows)})


FINE = {"name": "contoh", "version": "1.0", "vulns": []}
HURT = {"name": "rapuh", "version": "2.0", "vulns": [{"id": "CVE-0-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "jauh", "skip_reason": "not found"}


def test_audit_tells_clean_vulnerable_and_not_asked_apart() -> None:
    clean = audit.verdict_of(0, answer(FINE), "")
    hurt = audit.verdict_of(1, answer(FINE, HURT, SKIPPED), "")
    skipped = audit.verdict_of(0, answer(FINE, SKIPPED), "")
    silent = audit.verdict_of(1, "", "ConnectionError: no route")
    nothing = audit.verdict_of(0, answer(), "")

    assert (clean.code, hurt.code) == (audit.CLEAN, audit.VULNERABLE)
    assert "rapuh 2.0: CVE-0-1, fixed in 2.1" in hurt.text
    assert {one.code for one in (skipped, silent, nothing)} == {audit.COULD_NOT_ASK}
    assert all("COULD NOT ASK" in one.text for one in (skipped, silent, nothing))
    assert "no route" in silent.text


def test_check_asks_both_and_only_a_vulnerability_stops_it() -> None:
    steps = (ROOT / ".ci" / "run").read_text()

    assert "tools/sbom.py --licences" in steps
    assert "tools/audit.py || test $? -eq 3" in steps
