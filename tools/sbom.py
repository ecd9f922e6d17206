#!/usr/bin/env python3
"""What the program is made of: `tools/sbom.py [--out FILE]`, and `--licences` to judge them.

Writes a CycloneDX 1.6 document of the pinned run-time requirements: name, version, hashes of what
may be installed, and the licence that the installed package states. The document is checked against
CycloneDX's own schema before it is written. `--licences` exits with 1 where a run-time requirement
may not be used beside Apache-2.0, or states no licence.
"""

import argparse
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# LGPL may be used, for we link and change nothing of it; GPL and AGPL would bind the whole program.
FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|SSPL|BUSL|CC-BY-NC)", re.IGNORECASE)


@dataclass
class Pinned:
    """One line of requirements.txt; `marker` says for which machines, where not for all."""

    name: str
    version: str
    marker: str = ""
    hashes: list[str] = field(default_factory=list)
    licence: str = ""
    is_installed: bool = False


def pinned(text: str) -> list[Pinned]:
    """The requirements with their hashes, as they stand in the file."""
    found: list[Pinned] = []
    for line in text.splitlines():
        if match := PIN.match(line.strip()):
            found.append(Pinned(match[1], match[2], (match[3] or "").strip()))
        elif found:
            found[-1].hashes += HASH.findall(line)
    return found


def with_licences(rows: list[Pinned]) -> list[Pinned]:
    """The same rows with what the installed packages state about themselves."""
    for row in rows:
        try:
            facts = importlib.metadata.metadata(row.name)
        except importlib.metadata.PackageNotFoundError:
            continue
        row.is_installed, row.licence = True, stated(facts)
    return rows


def stated(facts: importlib.metadata.PackageMetadata) -> str:
    """The licence by its expression, else by its classifiers, else by its first line."""
    if expression := facts.get("License-Expression"):
        return str(expression)
    signs = [one for one in facts.get_all("Classifier") or [] if one.startswith("License ::")]
    names = [one.rpartition(" :: ")[2] for one in signs if one.count(" :: ") > 1]
    first = (facts.get("License") or "").strip().splitlines()
    return " OR ".join(names) or (first[0][:80] if first else "")


def problems(rows: list[Pinned]) -> Iterator[str]:
    """Run-time requirements whose licence is unknown, or binds more than itself."""
    for row in rows:
        if row.is_installed and not row.licence:
            yield f"{row.name} {row.version}: states no licence"
        elif row.is_installed and all(map(is_forbidden, choices(row.licence))):
            yield f"{row.name} {row.version}: {row.licence}"


def choices(licence: str) -> list[str]:
    """`A OR B` may be used as A or as B."""
    return re.split(r"\s+OR\s+", licence)


def is_forbidden(licence: str) -> bool:
    return bool(FORBIDDEN.search(licence.replace("LGPL", "").replace("Lesser General", "")))


def bom_of(rows: list[Pinned], version: str) -> Bom:
    """The document; the same requirements give the same serial number."""
    bom = Bom(components=[component(row) for row in rows])
    root = Component(name="berdaya", version=version, type=ComponentType.APPLICATION,
                     licenses=[LicenseFactory().make_from_string("Apache-2.0")])  # fmt: skip
    bom.metadata.component = root
    pins = "\n".join(f"{row.name}=={row.version}" for row in rows)
    bom.serial_number = uuid5(NAMESPACE_URL, f"berdaya:{version}:{pins}")
    bom.register_dependency(root, bom.components)
    return bom


def component(row: Pinned) -> Component:
    told = [Property(name="berdaya:marker", value=row.marker)] if row.marker else []
    licences = [LicenseFactory().make_from_string(row.licence)] if row.licence else []
    # One for each file that pip may choose from, as the pins list them.
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in row.hashes]
    return Component(
        name=row.name, version=row.version, type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", name=row.name.lower(), version=row.version),
        bom_ref=f"{row.name}=={row.version}", licenses=licences,
        scope=ComponentScope.REQUIRED if row.is_installed else ComponentScope.OPTIONAL,
        hashes=hashes, properties=told,
    )  # fmt: skip


def document(rows: list[Pinned], version: str) -> str:
    """The checked JSON text; raises ValueError where the schema refuses it."""
    text = JsonV1Dot6(bom_of(rows, version)).output_as_string(indent=2)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(f"not CycloneDX 1.6: {wrong.data}")
    return text


def own_version(root: Path) -> str:
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def main(arguments: list[str]) -> int:
    """Exit code 0, or 1 where a licence may not be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, help="write here, not to the terminal")
    parser.add_argument("--licences", action="store_true", help="judge licences, write nothing")
    chosen = parser.parse_args(arguments)
    rows = with_licences(pinned((ROOT / "requirements.txt").read_text("utf-8")))
    if chosen.licences:
        found = list(problems(rows))
        print("\n".join(found) or f"{len(rows)} run-time requirements, licences in order")
        return 1 if found else 0
    text = document(rows, own_version(ROOT))
    if chosen.out:
        chosen.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
