"""A small clamd of our own: real sockets, the real protocol, and the ways in which it can fail."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_MAX = 200_000


class Clamd(threading.Thread):
    """Answers zPING and zINSTREAM; `fault`: silent, garbage, hangup, or none."""

    def __init__(self, listener: socket.socket, fault: str = "") -> None:
        super().__init__(daemon=True)
        self.listener, self.fault = listener, fault
        self.scanned: list[int] = []

    def run(self) -> None:
        while True:
            try:
                line, _peer = self.listener.accept()
            except OSError:
                return
            with line:
                self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        if self.fault == "hangup":
            return
        if self.fault == "silent":
            # Until whoever asked has had enough.
            while line.recv(65_536):
                pass
            return
        if self.fault == "garbage":
            line.sendall(b"\xff\xfe SSH-2.0\0")
            return
        command = self._until_zero(line)
        answer = b"PONG" if command == b"zPING" else self._stream(line)
        line.sendall(answer + b"\0")

    def _stream(self, line: socket.socket) -> bytes:
        told = b""
        while size := struct.unpack("!I", self._exactly(line, 4))[0]:
            if len(told) + size > STREAM_MAX:
                return b"INSTREAM size limit exceeded. ERROR"
            told += self._exactly(line, size)
        self.scanned.append(len(told))
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in told else b"stream: OK"

    def _until_zero(self, line: socket.socket) -> bytes:
        told = b""
        while not told.endswith(b"\0"):
            told += self._exactly(line, 1)
        return told[:-1]

    def _exactly(self, line: socket.socket, size: int) -> bytes:
        told = b""
        while len(told) < size:
            part = line.recv(size - len(told))
            if not part:
                raise ConnectionError
            told += part
        return told


@contextmanager
def listening(where: Path | None, fault: str = "") -> Iterator[tuple[str, Clamd]]:
    """One clamd at a socket's path, or at a port of this machine; yields its address and itself."""
    family = socket.AF_UNIX if where else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind(str(where) if where else ("127.0.0.1", 0))
        listener.listen()
        port = "" if where else listener.getsockname()[1]
        server = Clamd(listener, fault)
        server.start()
        yield str(where) if where else f"127.0.0.1:{port}", server
        listener.shutdown(socket.SHUT_RDWR)
    server.join(timeout=5)
