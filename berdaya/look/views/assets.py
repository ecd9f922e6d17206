"""Stylesheets and drawings, the same bytes for everybody and kept long by browsers."""

import gzip
import hashlib
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from berdaya.look import bundle as bundles
from berdaya.look import goods, motif

SEED = re.compile(r"[A-Za-z0-9._-]{1,64}")
MONTH = "public, max-age=2592000"
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest, page: str, digest: str) -> HttpResponse:
    """One audience's stylesheet; an outdated name still gets the present one, kept briefly."""
    if page not in bundles.PAGES:
        raise Http404
    bundle = bundles.bundle(page)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        bundle.gzipped if zipped else bundle.plain, content_type="text/css; charset=utf-8"
    )
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = FOREVER if digest == bundle.digest else "public, max-age=60"
    return response


@require_safe
def motif_strip(request: HttpRequest, seed: str) -> HttpResponse:
    """A thin band of the seed's own motif."""
    return _drawing(request, motif.strip_svg(_checked(seed)))


@require_safe
def drawn_good(request: HttpRequest, kind: str, seed: str) -> HttpResponse:
    """A good of one kind, filled with the seed's own motif."""
    if kind not in goods.KINDS:
        raise Http404
    return _drawing(request, goods.good_svg(kind, _checked(seed)))


def _checked(seed: str) -> str:
    if not SEED.fullmatch(seed):
        raise Http404
    return seed


def _drawing(request: HttpRequest, svg: str) -> HttpResponse:
    body = svg.encode()
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}{"z" if zipped else ""}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        packed = gzip.compress(body, 9, mtime=0) if zipped else body
        response = HttpResponse(packed, content_type="image/svg+xml")
        if zipped:
            response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["ETag"] = etag
    response["Cache-Control"] = MONTH
    return response
