"""Addresses under the neutral name, whole, as papers and credentials carry them for ever.

They are written out, not looked up: a credential of today must verify when pages have moved.
"""

from django.conf import settings

from berdaya.training.credentials.document import did_of


def base() -> str:
    """Where certificates are verified, without a slash at its end."""
    return settings.NEUTRAL_BASE_URL.rstrip("/")


def certificate_url(public_code: str) -> str:
    """The page of one certificate, as the QR code on the paper says it."""
    return f"{base()}/sertifikat/{public_code}"


def issuer_url(slug: str) -> str:
    """What an issuer tells of itself."""
    return f"{base()}/sertifikat/penerbit/{slug}"


def status_url(slug: str, list_no: int) -> str:
    """One status list of an issuer."""
    return f"{issuer_url(slug)}/status/{list_no}"


def issuer_id(slug: str) -> str:
    """The issuer as `did:web`."""
    return did_of(base(), slug)
