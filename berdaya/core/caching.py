"""Answers that are the same for everybody: named by their bytes, kept a minute, sent packed."""

import gzip
import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

# What is pulled back is gone from every cache within this time.
MINUTE = "public, max-age=60"


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
