"""The credential's text: Open Badges 3.0 in the W3C's data model 2.0, from plain facts.

Nothing here knows a person or a place: the subject is the hash of a random code that stands on the
paper, and every address lies under the neutral one.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

CONTEXT_VC = "https://www.w3.org/ns/credentials/v2"
CONTEXT_BADGE = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
Json = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """One competence unit, as its standard names it; `code` is empty while it is unconfirmed."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class Facts:
    """What a credential says. Addresses are whole; `valid_until` is the first instant without."""

    url: str
    issuer_id: str
    issuer_url: str
    issuer_name: str
    number: str
    title: str
    title_en: str
    hours: int
    units: tuple[Unit, ...]
    holder_hash: str
    salt: str
    valid_from: datetime
    valid_until: datetime | None
    status: Json


def did_of(base_url: str, slug: str) -> str:
    """`did:web` of an issuer: its document lies at `<base>/sertifikat/penerbit/<slug>/did.json`."""
    host = quote(urlsplit(base_url).netloc, safe="")
    return f"did:web:{host}:sertifikat:penerbit:{slug}"


def holder_hash(code: str, salt: str) -> str:
    """`identityHash`: SHA-256 of the code on the paper with the salt."""
    return "sha256$" + hashlib.sha256((code + salt).encode()).hexdigest()


def narrative(facts: Facts) -> str:
    """How the achievement is earned, in both languages."""
    named = "; ".join(f"{unit.code} {unit.name}".strip() for unit in facts.units)
    english = "; ".join(f"{unit.code} {unit.name_en}".strip() for unit in facts.units)
    return (
        f"Mengikuti pelatihan {facts.hours} jam dan dinyatakan kompeten dalam penilaian"
        f"{': ' + named if named else ''}.\n\n"
        f"Completed {facts.hours} hours of training and was assessed as competent"
        f"{': ' + english if english else ''}."
    )


def credential_claims(facts: Facts) -> Json:
    """The whole credential with the registered claims of a JWT beside its members."""
    document = {
        "@context": [CONTEXT_VC, CONTEXT_BADGE],
        "id": facts.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": both(facts.title, facts.title_en),
        "issuer": {
            "id": facts.issuer_id,
            "type": ["Profile"],
            "name": facts.issuer_name,
            "url": facts.issuer_url,
        },
        "validFrom": instant(facts.valid_from),
        "awardedDate": instant(facts.valid_from),
        **({"validUntil": instant(facts.valid_until)} if facts.valid_until else {}),
        "credentialSubject": _subject(facts),
        "credentialStatus": facts.status,
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return claims_of(document, facts.issuer_id, facts.valid_from, facts.valid_until)


def claims_of(document: Json, issuer_id: str, since: datetime, until: datetime | None) -> Json:
    """The document as claims: `iss`, `jti`, `nbf` and perhaps `exp` say the same once more."""
    ends = {"exp": int(until.timestamp())} if until else {}
    return {
        **document,
        "iss": issuer_id,
        "jti": document["id"],
        "nbf": int(since.timestamp()),
        **ends,
    }


def _subject(facts: Facts) -> Json:
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": facts.holder_hash,
                "identityType": "ext:holderCode",
                "salt": facts.salt,
            }
        ],
        "licenseNumber": facts.number,
        "achievement": _achievement(facts),
    }


def _achievement(facts: Facts) -> Json:
    what = f"{facts.issuer_id}/{facts.title}/{facts.hours}"
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, what).urn,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "inLanguage": "id",
        "name": both(facts.title, facts.title_en),
        "description": both(f"Pelatihan {facts.hours} jam", f"{facts.hours} hours of training"),
        "criteria": {"narrative": narrative(facts)},
        "alignment": [_alignment(facts, unit) for unit in facts.units if unit.code],
    }


def _alignment(facts: Facts, unit: Unit) -> Json:
    return {
        "type": ["Alignment"],
        "targetName": both(unit.name, unit.name_en),
        "targetCode": unit.code,
        "targetFramework": "SKKNI",
        "targetType": "ceasn:Competency",
        "targetUrl": f"{facts.issuer_url}#{quote(unit.code)}",
    }


def both(text: str, english: str) -> str:
    """Indonesian with English behind it, where there is one and it says something else."""
    return f"{text} / {english}" if english and english != text else text


def instant(moment: datetime) -> str:
    """`2026-11-23T00:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
