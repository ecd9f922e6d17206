"""Language by address, health, and error pages that help in both languages."""

import logging
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.translation import gettext_lazy as _lazy

from berdaya import urls as program
from berdaya.core import locks
from berdaya.core.middleware import database_is_away
from berdaya.core.verdicts import Refused, Verdict, declare_reason

CLOSED = declare_reason("proof_closed", _lazy("Kata Sandi"), next_step=_lazy("Kata Sandi"))


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused(Verdict((CLOSED(),)))


def wait(request: HttpRequest) -> HttpResponse:
    raise locks.Busy("proof")


def deadlock(request: HttpRequest) -> HttpResponse:
    class Cause(Exception):
        sqlstate = "40P01"

    raise OperationalError("deadlock detected") from Cause()


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rahasia")


def ask(request: HttpRequest) -> HttpResponse:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok")


urlpatterns = [
    path("proof/refuse", refuse),
    path("proof/wait", wait),
    path("proof/deadlock", deadlock),
    path("proof/fail", fail),
    path("proof/ask", ask),
    path("en/proof/refuse", refuse),
    *program.urlpatterns,
]
handler403, handler404, handler500 = program.handler403, program.handler404, program.handler500
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False)


def test_health_and_ready(visitor: Client) -> None:
    assert visitor.get("/health").json() == {"alive": True}
    assert visitor.get("/ready").json()["ready"] is True


@pytest.mark.parametrize(
    ("address", "language"), [("/tidak-ada/", "id"), ("/en/nowhere/", "en"), ("/england/", "id")]
)
def test_unknown_address_answers_in_the_language_of_the_address(
    visitor: Client, address: str, language: str
) -> None:
    answer = visitor.get(address, headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert answer.headers["Content-Language"] == language
    assert f'lang="{language}"' in answer.text


def test_refusal_says_what_why_and_its_code(visitor: Client) -> None:
    answer = visitor.post("/proof/refuse")

    assert answer.status_code == 409
    assert "proof_closed" in answer.text


def test_busy_row_is_a_page_of_its_own(visitor: Client) -> None:
    assert visitor.post("/proof/wait").status_code == 409
    assert visitor.post("/proof/deadlock").status_code == 409


def test_failure_shows_nothing_of_its_inside(visitor: Client) -> None:
    logging.disable(logging.CRITICAL)
    answer = visitor.get("/proof/fail")
    logging.disable(logging.NOTSET)

    assert answer.status_code == 500
    assert "rahasia" not in answer.text


@pytest.mark.usefixtures("real_db")
@pytest.mark.parametrize("address", ["/proof/ask", "/desk/"])
def test_database_away_is_a_page_with_a_time_to_come_back(address: str) -> None:
    logging.disable(logging.CRITICAL)
    connection = connections["default"]
    alive = dict(connection.settings_dict)
    connection.close()
    connection.close_pool()
    connection.settings_dict["HOST"] = "/nowhere"
    connection.settings_dict["OPTIONS"] = {"pool": {"min_size": 0, "max_size": 1, "timeout": 0.3}}
    try:
        answer = Client(raise_request_exception=False).get(address, cookies={"sessionid": "x" * 32})
        ready = Client().get("/ready")
    finally:
        connection.close_pool()
        connection.settings_dict.update(alive)
        logging.disable(logging.NOTSET)

    assert ready.status_code == 503
    if address == "/proof/ask":
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_refused_statement_is_not_a_database_that_is_away() -> None:
    class Cause(Exception):
        sqlstate = "55P03"

    error = OperationalError("busy")
    error.__cause__ = Cause()

    assert not database_is_away(error)
    assert database_is_away(OperationalError("no route"))


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_forged_form_is_refused_with_a_way_on(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x", "password": "y"})

    assert answer.status_code == 403


def test_public_pages_carry_the_security_headers(visitor: Client) -> None:
    headers = visitor.get("/tidak-ada/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_requests_are_logged_without_address_of_the_visitor(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        visitor.get("/tidak-ada/?cari=Warga", REMOTE_ADDR="203.0.113.9")

    lines: Any = "\n".join(record.getMessage() for record in caplog.records)
    assert "tidak-ada" in lines
    assert "203.0.113.9" not in lines
    assert "Warga" not in lines
