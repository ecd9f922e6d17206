"""Make credentials of agreed certificates: number, place in the status list, signature."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from berdaya.core import clock, codes
from berdaya.core.numbers import draw_many
from berdaya.core.scope import Actor
from berdaya.people.calc import months_after
from berdaya.training import addresses
from berdaya.training.actions.issuers import ensure_issuer
from berdaya.training.credentials import document, issuers, keys, statuslist
from berdaya.training.models import Certificate, CertificateIssuer, Credential, IssuerKey
from berdaya.training.rules_certificates import starts_at

# A status list belongs to an issuer for ever, not to a year.
EVERY_YEAR = 0


def issue(*, by: Actor, certificates: Sequence[Certificate]) -> None:
    """Sign and number these, which somebody has agreed to; each gets its credential.

    Locks the issuers. Numbers are drawn last: they have no gaps.
    """
    parties = {one.provider_id: one.provider for one in certificates}
    for pk in sorted(parties):
        issuer, key = ensure_issuer(by=by, party=parties[pk])
        mine = [one for one in certificates if one.provider_id == pk]
        _issue_of(issuer, key, mine)


def _issue_of(issuer: CertificateIssuer, key: IssuerKey, rows: list[Certificate]) -> None:
    today = clock.today()
    numbers = draw_many(f"certificate:{issuer.pk}", today.year, len(rows))
    places = draw_many(f"credential:{issuer.pk}", EVERY_YEAR, len(rows))
    made = [
        _credential(issuer, key, row, f"{number:04d}/SERT/{today.year}", place, today)
        for row, number, place in zip(rows, numbers, places, strict=True)
    ]
    did = addresses.issuer_id(issuer.slug)
    signed = keys.sign_all(
        key.owner,
        [
            (issuers.key_url(did, key.key_id), _claims(issuer, one, row.holder_code))
            for one, row in zip(made, rows, strict=True)
        ],
    )
    for one, jwt in zip(made, signed, strict=True):
        one.jwt = jwt
    for row, credential in zip(rows, Credential.objects.bulk_create(made), strict=True):
        row.credential = credential
    Certificate.objects.bulk_update(rows, ["credential"])


def _credential(
    issuer: CertificateIssuer, key: IssuerKey, row: Certificate, number: str, nth: int, today: date
) -> Credential:
    list_no, place = statuslist.place_of(nth)
    return Credential(
        public_code=codes.public_code(),
        issuer=issuer,
        key=key,
        issuer_name=row.provider.name,
        number=number,
        title=row.title,
        title_en=row.title_en,
        hours=row.hours,
        units=row.units,
        valid_from=today,
        valid_until=months_after(today, row.valid_months) if row.valid_months else None,
        list_no=list_no,
        list_place=place,
        issued_at=clock.now(),
    )


def _claims(issuer: CertificateIssuer, one: Credential, holder_code: str) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    list_url = addresses.status_url(issuer.slug, one.list_no)
    return document.credential_claims(
        document.Facts(
            url=addresses.certificate_url(one.public_code),
            issuer_id=addresses.issuer_id(issuer.slug),
            issuer_url=addresses.issuer_url(issuer.slug),
            issuer_name=one.issuer_name,
            number=one.number,
            title=one.title,
            title_en=one.title_en,
            hours=one.hours,
            units=tuple(document.Unit(**unit) for unit in one.units),
            holder_hash=document.holder_hash(holder_code, salt),
            salt=salt,
            valid_from=starts_at(one.valid_from),
            valid_until=starts_at(one.valid_until) if one.valid_until else None,
            status=statuslist.entry(list_url, one.list_place),
        )
    )
