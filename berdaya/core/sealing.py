"""Sealing of single values with AES-256-GCM, and blind digests to find them by; no domain words.

A sealed value is one byte of format, four bytes of key version, twelve bytes of nonce, then
ciphertext and tag. `about` says whose value of which kind it is: moved to another row or column it
does not open.
"""

import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = 1
HEAD = struct.Struct(">BI")


class Unreadable(ValueError):
    """The key is not the one it was sealed with, or the value was changed or moved."""


def new_key() -> bytes:
    """256 random bits."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, *, about: str, version: int = 0) -> bytes:
    """`plain` under `key`; the version only says later which key that was."""
    head = HEAD.pack(FORMAT, version)
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + about.encode())


def open_sealed(key: bytes, sealed: bytes, *, about: str) -> bytes:
    """What was sealed under this key about this. Raises Unreadable."""
    sealed = bytes(sealed)
    head, rest = sealed[: HEAD.size], sealed[HEAD.size :]
    if len(rest) < NONCE_BYTES or head[0] != FORMAT:
        raise Unreadable("not a sealed value")
    nonce, cipher = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, cipher, head + about.encode())
    except InvalidTag:
        raise Unreadable("wrong key, or a value that was changed") from None


def version_of(sealed: bytes) -> int:
    """Under which version of its owner's key it was sealed. Raises Unreadable."""
    if len(sealed) < HEAD.size or sealed[0] != FORMAT:
        raise Unreadable("not a sealed value")
    return int(HEAD.unpack(bytes(sealed[: HEAD.size]))[1])


def blind(key: bytes, value: str) -> bytes:
    """A digest (HMAC-SHA256) that finds `value` again and tells nothing without the key."""
    return hmac.digest(key, value.encode(), "sha256")
