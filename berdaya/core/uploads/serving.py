"""Hands out kept files: as what they are, and never as a page that could act."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.text import slugify

TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# Even a browser that shows it in place lets it do nothing.
SANDBOX = "default-src 'none'; sandbox"


def private_file(name: str, *, title: str) -> HttpResponse:
    """A file for the person who asked, kept by nobody; PDFs to be saved, pictures shown.

    The caller has looked whether the person may. `title` names the saved file: a number or a code,
    never what the file was called when it came. Http404 where the file is gone.
    """
    ending = name.rpartition(".")[2]
    content_type = TYPES.get(ending, "application/octet-stream")
    way = "inline" if content_type.startswith("image/") else "attachment"
    return _private(_read(name), content_type, f'{way}; filename="{_saved_as(title, ending)}"')


def private_data(data: bytes, content_type: str, *, title: str) -> HttpResponse:
    """What lies in no file of ours, for the person who asked: always to be saved, never shown."""
    ending = next((end for end, known in TYPES.items() if known == content_type), "bin")
    return _private(data, content_type, f'attachment; filename="{_saved_as(title, ending)}"')


def _private(data: bytes, content_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    return _fenced(response)


def _saved_as(title: str, ending: str) -> str:
    return f"{slugify(title) or 'berkas'}.{ending}"


def public_picture(request: HttpRequest, name: str, caching: str) -> HttpResponse:
    """A picture for everybody, 304 for whoever has it already; Http404 where the file is gone.

    The caller has looked whether it is shown now, which is why it comes before the 304.
    """
    content_type = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = _fenced(HttpResponse(_read(name), content_type=content_type))
    response["Cache-Control"] = caching
    # The name is the digest of what it holds.
    etag = f'"{name.rpartition("/")[2]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _fenced(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise Http404 from error
