"""The real settings under a public HTTPS address, in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
HOST = "berdaya.contoh.example"
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
told = {"x-forwarded-proto": "https", "host": "berdaya.contoh.example"}
found = {}
for name, address, headers in json.loads(sys.argv[1]):
    answer = Client(raise_request_exception=False).get(address, headers=told | headers)
    cookies = {key: dict(one) for key, one in answer.cookies.items()}
    found[name] = {"status": answer.status_code, "headers": dict(answer.headers),
                   "cookies": cookies}
from django.conf import settings
from berdaya.core.messages import HostCookieStorage
from berdaya.orders.views.shop import COOKIE
found["names"] = [settings.SESSION_COOKIE_NAME, HostCookieStorage.cookie_name, COOKIE]
found["session"] = [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                    settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH]
print(json.dumps(found))
"""


@pytest.fixture
def ask(db: None, tmp_path: Path) -> Any:
    """Ask addresses (name, address, headers) of the program as it is in production."""

    def run(*asked: tuple[str, str, dict[str, str]]) -> dict[str, Any]:
        given = connection.settings_dict
        url = (
            f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}"
            f"?host={given['HOST']}&port={given['PORT'] or 5432}"
        )
        (tmp_path / "key").write_text("long-enough-key-for-production-0123456789-ABCDEFGHIJKL")
        (tmp_path / "key").chmod(0o600)
        values = {
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "berdaya.settings",
            "PUBLIC_BASE_URL": f"https://{HOST}", "BERDAYA_VAR": str(tmp_path),
            "BERDAYA_SECRET_KEY_FILE": str(tmp_path / "key"), "DATABASE_URL": url,
            "BERDAYA_TESTING": "1",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", ASK, json.dumps(asked)], cwd=ROOT, env=values,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    return run


def test_cookies_carry_prefix_secure_and_httponly(ask: Any) -> None:
    told = ask(("sign-in", "/masuk/", {}))

    cookie = told["sign-in"]["cookies"]["__Host-csrftoken"]
    assert told["sign-in"]["status"] == 200
    assert cookie["secure"]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")
    assert told["names"] == ["__Host-sessionid", "__Host-messages", "__Secure-keranjang"]
    assert told["session"] == [True, True, None, "/"]


def test_every_answer_over_https_asks_for_https_for_a_year(ask: Any) -> None:
    pages = ("/masuk/", "/", "/tidak-ada/", "/desk/", "/robots.txt", "/health", "/static/no.css")

    told = ask(*((page, page, {}) for page in pages))

    for page in pages:
        wanted = told[page]["headers"]["Strict-Transport-Security"]
        assert wanted == "max-age=31536000; includeSubDomains; preload", page
        assert "upgrade-insecure-requests" in told[page]["headers"]["Content-Security-Policy"], page


def test_plain_http_is_sent_to_https_but_for_the_watchers(ask: Any) -> None:
    plain = {"x-forwarded-proto": "http"}

    told = ask(
        ("page", "/masuk/", plain),
        ("desk", "/desk/", plain),
        ("health", "/health", plain | {"host": "localhost"}),
        ("ready", "/ready", plain | {"host": "localhost"}),
    )

    assert told["page"]["status"] == 301
    assert told["page"]["headers"]["Location"] == f"https://{HOST}/masuk/"
    assert told["desk"]["headers"]["Location"] == f"https://{HOST}/desk/"
    assert (told["health"]["status"], told["ready"]["status"]) == (200, 200)


def test_no_other_origin_may_read(ask: Any) -> None:
    foreign = {"origin": "https://salah.example"}

    told = ask(("page", "/", foreign), ("sign-in", "/masuk/", foreign))

    for page in ("page", "sign-in"):
        said = told[page]["headers"]
        assert [name for name in said if name.startswith("Access-Control")] == [], page
