"""Secrets come from the environment or from private files, and weak keys start nothing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from berdaya.core.deploy import is_open, keys_are_strong, ready_to_serve
from berdaya.core.environment import UnsafeStart, is_weak, require_keys, secret

ROOT = Path(__file__).resolve().parents[2]
STRONG = "k3Yfor-tests_only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"


def private(path: Path, text: str, mode: int = 0o600) -> str:
    path.write_text(text)
    path.chmod(mode)
    return str(path)


def test_secret_comes_from_a_private_file(tmp_path: Path) -> None:
    for mode in (0o600, 0o400):
        path = tmp_path / f"key-{mode}"
        given = {"KUNCI_FILE": private(path, f"{STRONG}\n", mode)}

        assert secret("KUNCI", given=given) == STRONG


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    given = {"KUNCI_FILE": private(tmp_path / "key", STRONG, mode)}

    with pytest.raises(UnsafeStart, match="KUNCI_FILE") as refused:
        secret("KUNCI", given=given)

    assert STRONG not in str(refused.value)


def test_value_and_file_together_or_a_missing_file_are_refused(tmp_path: Path) -> None:
    both = {"KUNCI": "x", "KUNCI_FILE": private(tmp_path / "key", STRONG)}

    with pytest.raises(UnsafeStart, match="both"):
        secret("KUNCI", given=both)
    with pytest.raises(UnsafeStart, match="cannot be read"):
        secret("KUNCI", given={"KUNCI_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 60, "django-insecure-" + STRONG, "CHANGE-ME-" + STRONG]
)
def test_weak_key_starts_nothing(key: str) -> None:
    assert is_weak(key)
    with pytest.raises(UnsafeStart):
        require_keys(key)
    with pytest.raises(UnsafeStart):
        require_keys(STRONG, key)


def test_strong_keys_start(settings: object) -> None:
    require_keys(STRONG, STRONG[::-1])

    assert keys_are_strong(None) == []


def run(*arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """A process that knows nothing of this machine but what it is told."""
    told = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "berdaya.settings", **values}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        timeout=120,
    )


def production(tmp_path: Path) -> dict[str, str]:
    """What docs/security.md tells to set."""
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    return {
        "PUBLIC_BASE_URL": "https://berdaya.contoh.example",
        "BERDAYA_HOSTS": "",
        "BERDAYA_VAR": str(folder),
        "BERDAYA_KEYSTORE": str(tmp_path / "keys" / "store"),
        "BERDAYA_MASTER_KEYS": str(tmp_path / "masters" / "keys"),
        "NEUTRAL_BASE_URL": "https://cek.contoh.example",
        "BERDAYA_COMPLAINT_CONTACT": "aduan@contoh.example",
        "BERDAYA_SECRET_KEY_FILE": private(tmp_path / "key", STRONG),
        "DATABASE_URL_FILE": private(tmp_path / "url", "postgresql://berdaya_app:x@db/berdaya"),
    }


CHECK = ("-P", "-m", "django", "check", "--deploy", "--fail-level", "WARNING")


def test_production_is_clean_before_others_are_let_in(tmp_path: Path) -> None:
    done = run(*CHECK, PYTHONPATH=str(ROOT), **production(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("BERDAYA_COMPLAINT_CONTACT", "", "core.W022"),
        ("NEUTRAL_BASE_URL", "", "core.W027"),
        ("PUBLIC_BASE_URL", "http://berdaya.contoh.example", "core.W020"),
        ("PUBLIC_BASE_URL", "https://localhost", "core.W021"),
        ("BERDAYA_DEBUG", "1", "core.W023"),
        ("BERDAYA_KEYSTORE", "masters/store", "core.W026"),
        ("BERDAYA_MASTER_KEYS", "var/master-keys", "core.W026"),
        ("DATABASE_OWNER_URL", "postgresql://berdaya_owner:x@db/berdaya", "core.W024"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, name: str, value: str, code: str) -> None:
    told = str(tmp_path / value) if name in ("BERDAYA_KEYSTORE", "BERDAYA_MASTER_KEYS") else value
    done = run(*CHECK, PYTHONPATH=str(ROOT), **production(tmp_path) | {name: told})

    assert done.returncode != 0
    assert code in done.stderr


@pytest.mark.parametrize("start", [("-c", "import berdaya.wsgi"), ("-m", "django", "check")])
def test_program_does_not_start_with_an_empty_or_default_key(
    tmp_path: Path, start: tuple[str, ...]
) -> None:
    told = production(tmp_path)
    del told["BERDAYA_SECRET_KEY_FILE"]

    for key in ("", "django-insecure-abc"):
        done = run("-P", *start, PYTHONPATH=str(ROOT), BERDAYA_SECRET_KEY=key, **told)

        assert done.returncode != 0
        assert "BERDAYA_SECRET_KEY" in done.stderr or "SECRET_KEY" in done.stderr


def test_former_keys_still_open_what_they_signed(tmp_path: Path) -> None:
    signed = run(
        "-c",
        "import django; django.setup(); from django.core.signing import dumps; print(dumps(1))",
        BERDAYA_SECRET_KEY=STRONG,
    )  # fmt: skip
    opened = run(
        "-c",
        "import django, sys; django.setup(); from django.core.signing import loads;"
        f" print(loads({signed.stdout.strip()!r}))",
        BERDAYA_SECRET_KEY=STRONG[::-1], BERDAYA_SECRET_KEY_FALLBACKS=STRONG,
    )  # fmt: skip

    assert opened.stdout.strip() == "1", opened.stderr


def test_open_files_and_keys_beside_the_data_are_told(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    settings.KEYSTORE_DIR, settings.MASTER_KEY_DIR = tmp_path / "files" / "a", tmp_path / "b"
    tmp_path.chmod(0o755)
    (tmp_path / "files").mkdir(mode=0o755)

    codes = {message.id for message in ready_to_serve(None)}

    assert {"core.W025", "core.W026"} <= codes
    assert is_open(tmp_path / "files")
    tmp_path.chmod(0o700)
    assert "core.W025" not in {message.id for message in ready_to_serve(None)}
