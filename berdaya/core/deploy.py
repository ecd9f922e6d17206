"""Is it safe to be served like this? `bin/manage check --deploy` asks, and every start in part."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from berdaya.core.environment import is_weak

# Set where somebody only tries or tests; none of them belongs to a server for others.
TRIAL = ("BERDAYA_DEBUG", "BERDAYA_TESTING", "BERDAYA_DEMO")
HERE = ("localhost", "127.0.0.1", "[::1]", "::1")


def keys_are_strong(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nothing runs, worker and commands included, with an empty or guessable key for signing."""
    try:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    except ImproperlyConfigured:
        keys = [""]
    if not any(is_weak(key) for key in keys):
        return []
    hint = "Set BERDAYA_SECRET_KEY, or BERDAYA_SECRET_KEY_FILE, to at least 50 random letters."
    return [
        Error("The key for signing is empty, short or a placeholder.", hint=hint, id="core.E010")
    ]


def ready_to_serve(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is missing before others may be let in."""
    return [
        Warning(what, hint=hint, id=f"core.W0{number}")
        for number, is_wrong, what, hint in _faults()
        if is_wrong
    ]


def _faults() -> Iterator[tuple[int, bool, str, str]]:
    yield (
        20, not settings.HTTPS, "The public address is not HTTPS.",
        "Set PUBLIC_BASE_URL=https://…, with TLS ended at a proxy on this machine.",
    )  # fmt: skip
    yield (
        21, any(f"//{host}" in settings.PUBLIC_BASE_URL for host in HERE),
        "The public address is this machine's own.", "Set PUBLIC_BASE_URL to what buyers type.",
    )  # fmt: skip
    yield (
        22, not settings.COMPLAINT_CONTACT.strip(), "No contact for complaints is set.",
        "Set BERDAYA_COMPLAINT_CONTACT: the law on consumers asks for it on every page.",
    )  # fmt: skip
    trial = [name for name in TRIAL if os.environ.get(name)]
    yield (
        23,
        bool(trial),
        f"Set for trial only: {', '.join(trial)}.",
        "Take them away on a server.",
    )
    yield (
        24, "owner" in settings.DATABASES, "The owner's login lies within reach of what serves.",
        "Give DATABASE_OWNER_URL to migrate and backup only.",
    )  # fmt: skip
    open_paths = [str(path) for path in _private_paths() if is_open(path)]
    yield (
        25, bool(open_paths), f"Others may read {', '.join(open_paths)}.", "chmod go-rwx them.",
    )  # fmt: skip
    yield (
        27, not _is_neutral_name_its_own(),
        "Certificates and own businesses stand under the shop's own name.",
        "Set NEUTRAL_BASE_URL=https://… to a host whose name says nothing of corrections.",
    )  # fmt: skip
    yield (
        26, _keys_lie_together(), "The master keys lie beside the key store, or beside the data.",
        "Set BERDAYA_KEYSTORE and BERDAYA_MASTER_KEYS to folders on disks of their own: who takes"
        " one of the three, data, keys or master keys, must read nothing.",
    )  # fmt: skip


def _is_neutral_name_its_own() -> bool:
    """Whether certificates and own businesses have another name than the shop's."""
    names = (settings.NEUTRAL_BASE_URL, settings.PUBLIC_BASE_URL)
    neutral, public = (urlsplit(one).hostname for one in names)
    return neutral != public


def _private_paths() -> list[Path]:
    folder = Path(settings.VAR_DIR)
    keys = [Path(one) for one in (settings.KEYSTORE_DIR, settings.MASTER_KEY_DIR)]
    if not is_open(folder):
        return [one for one in keys if not one.is_relative_to(folder)]  # the door is closed
    return [*keys, *(folder / name for name in ("files", "mail", "log", "secret-key"))]


def is_open(path: Path) -> bool:
    """Whether somebody but its owner may read or change it; what is not there is not open."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except FileNotFoundError:
        return False


def _keys_lie_together() -> bool:
    """Whether one copy of a folder would take the master keys and what they open."""
    masters, keys, data = (
        Path(one).resolve()
        for one in (settings.MASTER_KEY_DIR, settings.KEYSTORE_DIR, settings.VAR_DIR)
    )
    apart = [(masters, keys), (masters, data), (keys, data / "files"), (keys, data / "postgres")]
    return masters.parent == keys.parent or any(
        one.is_relative_to(other) or other.is_relative_to(one) for one, other in apart
    )
