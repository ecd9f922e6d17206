"""Language by address, one read-only transaction per page, refusals as pages, and the log."""

import re
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django_structlog.middlewares import RequestMiddleware
from psycopg_pool import PoolTimeout

from berdaya.core.http import WrongMethod, knows_session, reading
from berdaya.core.locks import Busy
from berdaya.core.verdicts import Refused
from berdaya.core.views import errors

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
# What stands behind these is the key to somebody's order.
SECRET = re.compile(r"(/(?:pesanan|pendaftaran)/)[^/?]+")


class LanguageByAddress:
    """English below /en/, Indonesian everywhere else; no cookie and no header decides."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        english = request.path_info == "/en" or request.path_info.startswith("/en/")
        language = "en" if english else "id"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class ReadOnlyScope:
    """A page for a signed-in actor is one read-only transaction, open until it is rendered."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with reading(request):
            return self.get_response(request)


class ErrorPages:
    """Refusals become 403 or 409 with their reasons, a wrong method 405, no database 503."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            with reading(request):
                return errors.refused(request, error.verdict)
        if isinstance(error, WrongMethod):
            return errors.wrong_method(request, error.allowed)
        if isinstance(error, Busy) or somebody_was_faster(error):
            return errors.busy(request)
        if database_is_away(error):
            return errors.database_away(request)
        return None


class RequestLog(RequestMiddleware):
    """Who asked for what; no code that opens an order, and on public pages nobody's session."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and address, as the log says them."""
        return SECRET.sub(r"\1…", f"{request.method} {request.get_full_path()}")

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """The signed-in user's key, where a page knows users at all."""
        if knows_session(request):
            RequestMiddleware.bind_user_id(request)


def somebody_was_faster(error: BaseException) -> bool:
    """True where PostgreSQL gave up waiting for a row or ended a deadlock: nothing was changed."""
    return getattr(error.__cause__, "sqlstate", None) in ("55P03", "40P01")


def database_is_away(error: BaseException | None) -> bool:
    """True for errors of reaching the database, not of what was asked of it."""
    if isinstance(error, PoolTimeout | InterfaceError):
        return True
    state = getattr(getattr(error, "__cause__", None), "sqlstate", None)
    return isinstance(error, OperationalError) and (state is None or state[:2] in ("08", "57"))
