"""Takes files off the wire into memory, up to what the largest place accepts, and never to disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# One request, all files together; beyond it bytes are dropped, and the door says "too heavy".
LIMIT = 16_000_000


class InMemory(FileUploadHandler):
    """Keeps what came; a temporary file could outlive a killed program, with names in it."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = LIMIT

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data[: self.left])
        self.left -= min(self.left, len(raw_data))

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        # The name tells people's names often enough: nobody downstream gets to see it.
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, "", file_size, self.charset
        )
