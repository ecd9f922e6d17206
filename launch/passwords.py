"""Passwords and keys made on this machine, kept in var/ where only their owner reads them."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from launch.files import write_private
from launch.paths import VAR

LOGINS = ("postgres", "berdaya_owner", "berdaya_app")


def load(path: Path) -> dict[str, str]:
    """Password by login; makes and stores what is missing. Letters and digits only (URL-safe)."""
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [login for login in LOGINS if login not in known]
    if missing:
        known |= {login: secrets.token_hex(24) for login in missing}
        write_private(path, json.dumps(known))
    return known


def secret_key() -> str:
    """Django's key for signing: made once, then kept, so that sessions outlive a restart."""
    path = VAR / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()
