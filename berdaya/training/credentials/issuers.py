"""What an issuer publishes of itself: its keys as a `did:web` document and as a JWK set."""

from collections.abc import Sequence
from typing import Any

from berdaya.training.credentials.keys import jwk

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"]
# (id, public half in base64url); the live one first, old ones keep verifying.
Keys = Sequence[tuple[str, str]]


def key_url(issuer_id: str, key_id: str) -> str:
    """What `kid` of a signed credential says."""
    return f"{issuer_id}#{key_id}"


def did_document(issuer_id: str, keys: Keys) -> dict[str, Any]:
    """Every key that ever signed for the issuer."""
    methods = [_method(issuer_id, key_id, public) for key_id, public in keys]
    return {
        "@context": CONTEXTS,
        "id": issuer_id,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }


def _method(issuer_id: str, key_id: str, public: str) -> dict[str, Any]:
    return {
        "id": key_url(issuer_id, key_id),
        "type": "JsonWebKey2020",
        "controller": issuer_id,
        "publicKeyJwk": jwk(public, key_id),
    }


def jwk_set(keys: Keys) -> dict[str, Any]:
    """The same keys for whoever reads no DID."""
    return {"keys": [jwk(public, key_id) for key_id, public in keys]}
