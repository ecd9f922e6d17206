#!/usr/bin/env python
"""Writes docs/permissions.md, the table of roles and abilities; `--check` only compares."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from berdaya.institutions.four_eyes import FourEyes

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# Who may do what

Roles are held by numbered decree (*SK*) at one facility or office for a while; an auditor's opens
something only together with a letter of assignment (*surat tugas*), a counsellor's only the clients
assigned to them. Written by `tools/permissions.py` from `institutions/roles.py` and
`institutions/four_eyes.py`; a test states the table a second time (`tests/web/permissions.py`).
Anybody signed in can ask `/desk/permissions/` why they may or may not.

"""


def render() -> str:
    """The whole page."""
    return HEAD + "\n".join([*_roles(), "", *_abilities(), "", *_in_stead(), "", *_steps(), ""])


def _roles() -> list[str]:
    from berdaya.institutions.roles import ROLES

    rows = [f"| `{one.code}` | {one.label} | {_at(one.at)} |" for one in ROLES.values()]
    return ["## Roles", "", "| role | on the screen | held at |", "|---|---|---|", *rows]


def _at(places: frozenset[str]) -> str:
    return " or ".join(sorted(places))


def _abilities() -> list[str]:
    from berdaya.institutions.roles import ABILITIES, holders_of

    rows = [
        f"| `{code}` | {label} | {', '.join(role.code for role in holders_of(code))} |"
        for code, label in ABILITIES.items()
    ]
    return ["## Abilities", "", "| ability | to | roles |", "|---|---|---|", *rows]


def _in_stead() -> list[str]:
    from berdaya.institutions.roles import ABILITIES, ROLES

    lead = "Only where nobody of the unit could that day, or only who did the first part (0022)."
    rows = [
        f"| {role.code} | `{code}` |"
        for role in ROLES.values()
        for code in ABILITIES
        if code in role.in_stead
    ]
    return ["## In a unit's stead", "", lead, "", "| role | ability |", "|---|---|", *rows]


def _steps() -> list[str]:
    from berdaya.institutions.four_eyes import FOUR_EYES

    rows = [
        f"| {step.label} | {', '.join(step.abilities)} | {_region_of(step)}"
        f" | `{step.reason}` | `{'.'.join(step.wall)}` |"
        for step in FOUR_EYES.values()
    ]
    lead = "A person counts once, through whatever appointments; the walls compare accounts."
    head = "| step | takes | the region may stand in for | refusal | wall in the database |"
    return ["## Steps of more than one person", "", lead, "", head, "|---|---|---|---|---|", *rows]


def _region_of(step: "FourEyes") -> str:
    rest = [f"{one} (in the unit's stead)" for one in step.in_stead]
    return ", ".join([*step.regional, *rest]) or "–"


def main() -> int:
    """Write, or with `--check` say whether the page is as it would be written."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "berdaya.settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        is_same = PAGE.exists() and PAGE.read_text() == render()
        print("docs/permissions.md is up to date" if is_same else "run tools/permissions.py")
        return 0 if is_same else 1
    PAGE.write_text(render())
    return 0


if __name__ == "__main__":
    sys.exit(main())
