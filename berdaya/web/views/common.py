"""What every public page has in common: no session, one read-only scope, one minute in caches."""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.views.decorators.http import require_safe

from berdaya.institutions.access import public_scope

View = Callable[..., HttpResponse]
# What the head or the region pulls back is gone from every cache within this time.
MINUTE = "public, max-age=60"


def public_page(view: View) -> View:
    """Read and rendered as nobody, so that its bytes are the same for everybody."""

    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with public_scope():
            response = view(request, *args, **kwargs)
        return for_everybody(request, response)

    return inner


def for_everybody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Name the bytes, let caches keep them for a minute, and send them packed."""
    response.headers.setdefault("Cache-Control", MINUTE)
    is_text = not response["Content-Type"].startswith("image/png")
    is_zipped = is_text and "gzip" in request.headers.get("Accept-Encoding", "")
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code != 200:
        return response
    digest = hashlib.sha256(response.content).hexdigest()[:20]
    etag = f'"{digest}{"z" if is_zipped else ""}"'
    if is_zipped:
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    found = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return found or response


def for_machines(response: HttpResponse) -> HttpResponse:
    """Let programs of any address read it: it is public and the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
