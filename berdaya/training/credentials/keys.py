"""Issuer keys: the only file that touches a private one, which lies in the key store, not in a row.

What the key store keeps for an owner, 256 random bits, is here the seed of an Ed25519 key. The
public half stands in the database, so that what was signed stays verifiable when the key is gone.
"""

import base64
import json
import uuid
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from berdaya.core.keystore import KeyGone, keystore

ALGORITHM = "EdDSA"
TYPE = "vc+jwt"
Claims = dict[str, Any]


def make_key() -> tuple[uuid.UUID, str]:
    """A new key in the key store: its owner there, and its public half in base64url.

    Durable before the caller's transaction ends: a rolled-back one leaves an unused key.
    """
    owner = uuid.uuid4()
    seed = keystore().create(owner).secret
    return owner, encode(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def sign(owner: uuid.UUID, key_url: str, claims: Claims) -> str:
    """The claims as a compact JWT, the same for the same claims. Raises KeyGone."""
    return sign_all(owner, [(key_url, claims)])[0]


def sign_all(owner: uuid.UUID, documents: list[tuple[str, Claims]]) -> list[str]:
    """`sign` for many documents of one key: the key store is asked once."""
    versions = keystore().keys([owner]).get(owner)
    if not versions:
        raise KeyGone(str(owner))
    key = Ed25519PrivateKey.from_private_bytes(versions[max(versions)])
    return [_sign(key, key_url, claims) for key_url, claims in documents]


def _sign(key: Ed25519PrivateKey, key_url: str, claims: Claims) -> str:
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key_url}
    signed = f"{_packed(header)}.{_packed(claims)}"
    return f"{signed}.{encode(key.sign(signed.encode()))}"


def is_signed_by(public: str, signed: str, signature: bytes) -> bool:
    """Whether the signature over `header.payload` is of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(decode(public)).verify(signature, signed.encode())
    except InvalidSignature:
        return False
    return True


def claims(token: str) -> Claims:
    """What a token of our own says, its signature not looked at."""
    return json.loads(decode(token.split(".")[1]))


def jwk(public: str, key_id: str) -> dict[str, str]:
    """The public half as a JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": public,
        "kid": key_id,
        "use": "sig",
        "alg": ALGORITHM,
    }


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """What `encode` gave. ValueError for anything else, also for other spellings of the same."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if encode(data) != text:
        raise ValueError("not base64url")
    return data


def _packed(value: object) -> str:
    return encode(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())
