"""Finds the browser of the browser tests, or installs Debian's where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess

from launch import say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APT = {"DEBIAN_FRONTEND": "noninteractive"}


def path() -> str:
    """The browser's path; "" when there is none, and then the tests say so by name."""
    given = os.environ.get("BERDAYA_CHROMIUM")
    if given is not None:
        return given
    found = find() or (install() if os.geteuid() == 0 and shutil.which("apt-get") else "")
    if not found:
        say.line(
            "Chromium tidak ada, tes peramban dilewati: apt install chromium",
            "no Chromium, browser tests are skipped",
        )
    return found


def find() -> str:
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def install() -> str:
    with say.step("Memasang Chromium", "installing Chromium"):
        apt_install("chromium")
    return find()


def apt_install(*packages: str) -> bool:
    """Installs Debian packages, with fresh lists when the old ones do not do; as root only."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if quietly(command):
        return True
    return quietly(["apt-get", "update"]) and quietly(command)


def quietly(command: list[str]) -> bool:
    done = subprocess.run(command, env={**os.environ, **APT}, capture_output=True)
    return done.returncode == 0
