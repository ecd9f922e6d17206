"""Files off the wire stay in memory, up to a limit, whatever was said about them."""

from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from berdaya.core.uploads import receiving


def received(content: bytes) -> InMemoryUploadedFile:
    given = {"file": SimpleUploadedFile("surat.html", content, "text/html")}
    return RequestFactory().post("/", given).FILES["file"]


def test_a_large_file_never_touches_the_disk() -> None:
    file = received(b"x" * 9_000_000)

    assert isinstance(file, InMemoryUploadedFile)
    assert len(file.read()) == 9_000_000
    assert file.content_type == ""


def test_what_is_beyond_the_limit_is_not_kept() -> None:
    file = received(b"x" * (receiving.LIMIT + 3_000_000))

    assert len(file.read()) == receiving.LIMIT
