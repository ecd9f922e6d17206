"""Nothing that a person typed reaches a log line: not a number, not a row the database refused."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from berdaya import urls as program
from berdaya.core.logs import masked

NIK, PHONE, MAIL = "5304010101900001", "0812-3456-7890", "kedondong.raya@contoh.example"
NAME = "Contoh Kedondong Raya"
PLANTED = (NIK, PHONE, MAIL, "+6281234567890", "081234567890")


def refuse_twin(request: HttpRequest) -> HttpResponse:
    """A real unique violation, whose DETAIL repeats the row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE twin (nik text UNIQUE, name text NOT NULL) ON COMMIT DROP"
        )
        for _time in range(2):
            cursor.execute("INSERT INTO twin VALUES (%s, %s)", [NIK, NAME])
    return HttpResponse()


def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"cannot read {NIK} of {MAIL}, {PHONE}")


urlpatterns = [
    path("proof/twin", refuse_twin),
    path("proof/fail/<str:word>", lambda request, word: fail(request)),
    path("pesanan/<str:code>/", lambda request, code: fail(request)),
    *program.urlpatterns,
]
handler400, handler500 = program.handler400, program.handler500


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the console handler of the real settings writes, every logger included."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    formatter = settings.LOGGING["formatters"]["json"] | {}
    kind = formatter.pop("()")
    handler.setFormatter(kind(**formatter))
    root = logging.getLogger()
    root.addHandler(handler)
    yield told
    root.removeHandler(handler)


@pytest.mark.urls(__name__)
def test_refused_row_is_logged_by_its_constraint_only(db: None, written: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).get("/proof/twin")

    log = written.getvalue()
    assert answer.status_code == 500
    assert "twin_nik_key" in log
    assert "sqlstate=23505" in log
    assert [word for word in (NIK, NAME, "DETAIL") if word in log] == []
    assert [word for word in (NIK, NAME, "Traceback", "twin") if word in answer.text] == []


@pytest.mark.urls(__name__)
def test_exception_is_logged_with_its_place_and_without_numbers(
    db: None, written: io.StringIO
) -> None:
    answer = Client(raise_request_exception=False).get(f"/proof/fail/{NIK}?cari={PHONE}")

    log = written.getvalue()
    assert answer.status_code == 500
    assert "ValueError: cannot read [number] of [e-mail], [phone]" in log
    assert "test_logs.py" in log
    assert [word for word in PLANTED if word in log + answer.text] == []


@pytest.mark.urls(__name__)
def test_key_of_an_order_is_cut_off_also_where_the_page_breaks(
    db: None, written: io.StringIO
) -> None:
    Client(raise_request_exception=False).get("/pesanan/7K2QM4XTRH9CDFWA/")

    assert "/pesanan/" in written.getvalue()
    assert "7K2QM4XTRH9CDFWA" not in written.getvalue()


def test_own_words_are_masked_whoever_writes_them(db: None, written: io.StringIO) -> None:
    structlog.get_logger("berdaya.proof").warning("seen", phone=PHONE, rows=[{"nik": NIK}])
    logging.getLogger("berdaya.proof").error("mail to %s of %s", MAIL, NIK)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [NAME])
    except Exception:
        logging.getLogger("berdaya.proof").exception("broken")
        connection.set_rollback(True)

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 3
    assert [word for word in (*PLANTED, NAME) if word in written.getvalue()] == []
    assert all(line["level"] and line["timestamp"] for line in lines)


def test_line_break_in_a_value_makes_no_second_line(db: None, written: io.StringIO) -> None:
    logging.getLogger("berdaya.proof").error("typed: %s", 'x\n{"event": "forged"}')

    assert len(written.getvalue().splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    ["LP-ATB-26-B0412", "2026-11-25T08:30:00.123456Z", "Rp402.871", "2026-11-25", "order 1234567",
     "018f3c5e-7b1a-7cc2-9a44-0123456789ab", "/desk/orders/LP-ATB-26-PS00042/"],
)  # fmt: skip
def test_codes_times_and_amounts_stay_readable(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text", [*PLANTED, "53 04 01 010190 0001", "62 812 3456 7890", "NIK:" + NIK]
)
def test_numbers_of_people_are_masked(text: str) -> None:
    assert not any(sign.isdigit() for sign in masked(text))


def test_integrity_error_still_reaches_who_handles_it(db: None) -> None:
    with pytest.raises(IntegrityError, match="twin"), transaction.atomic():
        refuse_twin(HttpRequest())


def test_database_server_logs_neither_statement_nor_row(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_min_error_statement')")
        statement = cursor.fetchone()[0]
        cursor.execute("SELECT current_setting('log_error_verbosity')")
        row = cursor.fetchone()[0]

    assert (statement, row) == ("panic", "terse")
