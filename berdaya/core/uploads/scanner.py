"""Shows files to ClamAV where the machine has one, in clamd's own INSTREAM protocol.

`settings.CLAMD`: `/path/of/socket`, `host:port`, `off`, or empty to look where Debian and Red Hat
put the socket. Whoever has a scanner relies on it: one that does not answer refuses every file.
"""

import socket
import struct
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog
from django.conf import settings

from berdaya.core.uploads.reasons import scanner_away, scanner_limit, upload_infected
from berdaya.core.verdicts import Refused

log = structlog.get_logger(__name__)
USUAL = (
    "/run/clamav/clamd.ctl",
    "/var/run/clamav/clamd.ctl",
    "/run/clamav/clamd.sock",
    "/run/clamd.scan/clamd.sock",
)
CHUNK = 65_536
LONGEST_ANSWER = 4_096
PING_SECONDS = 1.0


class State(StrEnum):
    ABSENT = "absent"
    READY = "ready"
    AWAY = "away"


class ScannerAway(Exception):
    """No answer, or none that the protocol knows."""


@dataclass(frozen=True)
class Deadline:
    """Until when a whole conversation must be over, however slowly the other side talks."""

    at: float

    @property
    def left(self) -> float:
        """Seconds that are left; TimeoutError when there are none."""
        rest = self.at - time.monotonic()
        if rest <= 0:
            raise TimeoutError
        return rest


def address() -> str:
    """Where the scanner listens; empty where there is none."""
    told = settings.CLAMD
    if told:
        return "" if told == "off" else str(told)
    return next((path for path in USUAL if Path(path).is_socket()), "")


def state() -> State:
    """Whether files are looked at now; asks the scanner, for at most a second."""
    if not address():
        return State.ABSENT
    try:
        is_there = _ask(b"zPING\0", None, PING_SECONDS) == "PONG"
    except ScannerAway:
        is_there = False
    return State.READY if is_there else State.AWAY


def require_clean(content: bytes) -> None:
    """Nothing where there is no scanner. Refused: upload_infected, scanner_away, scanner_limit."""
    if not address():
        return
    try:
        answer = _ask(b"zINSTREAM\0", content, settings.CLAMD_SECONDS)
    except ScannerAway as error:
        log.error("scanner_away", why=str(error))
        raise Refused(scanner_away()) from error
    if answer == "stream: OK":
        return
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        log.warning("upload_infected", found=answer[8:-6][:80])
        raise Refused(upload_infected())
    if "size limit exceeded" in answer:
        raise Refused(scanner_limit())
    log.error("scanner_away", why="answer not understood")
    raise Refused(scanner_away())


def _ask(command: bytes, content: bytes | None, seconds: float) -> str:
    """One command, one answer without its zero byte; raises ScannerAway."""
    deadline = Deadline(time.monotonic() + seconds)
    try:
        with _connected(deadline) as line:
            return _talk(line, command, content, deadline)
    except (OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from error


def _connected(deadline: Deadline) -> socket.socket:
    where = address()
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(deadline.left)
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=deadline.left)


def _talk(line: socket.socket, command: bytes, content: bytes | None, deadline: Deadline) -> str:
    try:
        _send(line, command, deadline)
        for start in range(0, len(content or b""), CHUNK):
            chunk = (content or b"")[start : start + CHUNK]
            _send(line, struct.pack("!I", len(chunk)) + chunk, deadline)
        if content is not None:
            _send(line, struct.pack("!I", 0), deadline)
    except (BrokenPipeError, ConnectionResetError):
        # It hangs up on what is too large for it, and has said so before.
        return _answer(line, deadline)
    return _answer(line, deadline)


def _send(line: socket.socket, data: bytes, deadline: Deadline) -> None:
    line.settimeout(deadline.left)
    line.sendall(data)


def _answer(line: socket.socket, deadline: Deadline) -> str:
    told = b""
    while b"\0" not in told:
        line.settimeout(deadline.left)
        part = line.recv(1_024)
        if not part or len(told) > LONGEST_ANSWER:
            raise ValueError("no whole answer")
        told += part
    return told.partition(b"\0")[0].decode("ascii").strip()
