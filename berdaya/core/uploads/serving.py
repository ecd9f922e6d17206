"""Hands out kept files: as what they are, and never as a page that could act."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.text import slugify

# Even a browser that shows it in place lets it do nothing.
SANDBOX = "default-src 'none'; sandbox"


def private_file(name: str, content_type: str, *, title: str) -> HttpResponse:
    """A file for the person who asked, kept by nobody; PDFs to be saved, pictures shown.

    The caller has looked whether the person may. `title` names the saved file: a number or a code,
    never what the file was called when it came. Http404 where the file is gone.
    """
    response = HttpResponse(_read(name), content_type=content_type)
    ending = name.rpartition(".")[2]
    way = "inline" if content_type.startswith("image/") else "attachment"
    saved_as = f"{slugify(title) or 'berkas'}.{ending}"
    response["Content-Disposition"] = f'{way}; filename="{saved_as}"'
    response["Cache-Control"] = "private, no-store"
    return _fenced(response)


def public_picture(name: str, content_type: str) -> HttpResponse:
    """A picture for everybody; the caller has looked whether it is shown, and says for how long."""
    return _fenced(HttpResponse(_read(name), content_type=content_type))


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
