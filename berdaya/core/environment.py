"""Secrets come from the environment, or from files that only their owner can read."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

# What a key for signing needs at least (Django's own check asks for as much).
LONG_ENOUGH, DIFFERENT_SIGNS = 50, 5
PLAINLY_NONE = ("django-insecure", "insecure", "changeme", "change-me", "secret")


class UnsafeStart(Exception):
    """The program must not start like this; says what to do."""


def secret(name: str, default: str = "", given: Mapping[str, str] = os.environ) -> str:
    """The value of NAME, or what the file holds that NAME_FILE names; surrounding space is cut.

    Raises UnsafeStart when both are given, or when others than the file's owner may touch it.
    """
    path = given.get(f"{name}_FILE", "")
    if not path:
        return given.get(name, default)
    if given.get(name):
        raise UnsafeStart(f"{name} and {name}_FILE are both set: keep one")
    return read_private(Path(path), name)


def read_private(path: Path, name: str) -> str:
    """The text of a file with mode 0600 or 0400, ours or root's; raises UnsafeStart otherwise."""
    try:
        with path.open(encoding="utf-8") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077:
                raise UnsafeStart(f"{name}_FILE: others may read it: chmod 600")
            if facts.st_uid not in (os.geteuid(), 0):
                raise UnsafeStart(f"{name}_FILE: belongs to somebody else")
            return file.read().strip()
    except OSError as error:
        raise UnsafeStart(f"{name}_FILE: cannot be read: {error.strerror}") from error


def is_weak(key: str) -> bool:
    """Whether a key for signing is empty, short, made of few signs, or plainly a placeholder."""
    return (
        len(key) < LONG_ENOUGH
        or len(set(key)) < DIFFERENT_SIGNS
        or key.lower().startswith(PLAINLY_NONE)
    )


def require_keys(*keys: str) -> None:
    """Raises UnsafeStart unless every key for signing is one: before anything is served."""
    if not keys or any(is_weak(key) for key in keys):
        raise UnsafeStart(
            "BERDAYA_SECRET_KEY is empty, short or a placeholder: make one with"
            " python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
