"""Headers that every answer carries, whoever made it, and how large a request may be."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from berdaya.core.http import knows_session
from berdaya.core.neutral import is_on_neutral_host
from berdaya.core.views import errors

Answer = Callable[[HttpRequest], HttpResponse]
# Devices that no page of ours asks for. The till will scan with the camera, sign-in may ask a key.
OFF = ("accelerometer", "display-capture", "geolocation", "gyroscope", "magnetometer",
       "microphone", "midi", "payment", "usb")  # fmt: skip
OURS = ("camera", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF), *(f"{name}=(self)" for name in OURS)])
# A desk form may carry a file, a buyer's form carries words.
MOST_AT_DESK, MOST_ELSEWHERE = 26_000_000, 200_000
# A seller under the neutral address sends photos.
MOST_OF_SELLERS = 9_000_000
LONGEST_ADDRESS = 8_000
METHODS = ("GET", "HEAD", "POST")
SIGNED_OUT = (("POST", "/keluar/"), ("POST", "/en/keluar/"))


class SafeHeaders:
    """Outermost: what is missing is added, also to files, errors and redirects."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Only a page that says so itself may stand in a frame: a chart to embed.
        if not getattr(response, "xframe_options_exempt", False):
            headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        # The web server would write its own name otherwise.
        headers["Server"] = "web" if is_on_neutral_host(request) else "berdaya"
        self.keep_out_of_caches(request, response)
        if response.status_code == 302 and (request.method, request.path_info) in SIGNED_OUT:
            # Drafts lie in the browser's storage and outlive a session, so only caches are emptied.
            response["Clear-Site-Data"] = '"cache"'
        return response

    def keep_out_of_caches(self, request: HttpRequest, response: HttpResponse) -> None:
        """What knows a session is stored nowhere; an error is not stored unless it says so."""
        if knows_session(request):
            response["Cache-Control"] = "no-store, private"
        elif response.status_code >= 400 or request.method not in ("GET", "HEAD"):
            response.headers.setdefault("Cache-Control", "no-store")


class RequestLimits:
    """Refuses what is too large, and methods that no page takes, before anything is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return errors.not_a_method(request, list(METHODS))
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return errors.too_long(request)
        if length_of(request) > most_bytes(request):
            return errors.too_large(request)
        return self.get_response(request)


def length_of(request: HttpRequest) -> int:
    """What the request says it carries; without a length nothing is read of it."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else MOST_AT_DESK + 1


def most_bytes(request: HttpRequest) -> int:
    """The largest body that this address takes."""
    path = request.path_info.removeprefix("/en")
    if path.startswith("/usaha/"):
        return MOST_OF_SELLERS
    return MOST_AT_DESK if path.startswith("/desk/") else MOST_ELSEWHERE
