"""Promises about certificates: agreed to by two, and what is published is what was signed."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.core.verdicts import Refused
from berdaya.training import addresses
from berdaya.training.credentials import keys, reading
from berdaya.training.models import Credential
from berdaya.training.queries_certificates import known_key

FIRST = 20


def unsigned() -> list[str]:
    """Numbers of credentials whose signature fails, or which say another number or code."""
    found = []
    rows = Credential.objects.order_by("pk").only("number", "public_code", "jwt")
    for one in rows.iterator(chunk_size=500):
        if not _is_whole(one):
            found.append(one.number)
    return found[:FIRST]


def _is_whole(one: Credential) -> bool:
    try:
        shown = reading.read(one.jwt, known_key)
    except Refused:
        return False
    told = keys.claims(one.jwt)["credentialSubject"]["licenseNumber"]
    return told == one.number and shown.url == addresses.certificate_url(one.public_code)


CHECKS = [
    declare_check(
        "certificates_are_agreed",
        _lazy("Setiap sertifikat terbit disetujui orang kedua, dan yang disetujui terbit"),
        rows_of("""
            SELECT c.code FROM training_certificate c
            LEFT JOIN training_certificatedecision d ON d.certificate_id = c.id
            WHERE (c.credential_id IS NOT NULL) <> (d.outcome IS NOT DISTINCT FROM 'approved')
               OR (d.outcome = 'refused' AND c.is_live)"""),
    ),
    declare_check(
        "certificates_end_once",
        _lazy("Sertifikat yang dicabut atau diganti tidak berlaku lagi, yang lain tetap"),
        rows_of("""
            SELECT c.code FROM training_certificate c
            JOIN training_credential k ON k.id = c.credential_id
            WHERE c.is_live <> (k.ended_at IS NULL)
               OR (k.ended_at IS NOT NULL) <> EXISTS (
                 SELECT FROM training_withdrawal w
                 JOIN training_withdrawaldecision d ON d.withdrawal_id = w.id
                 WHERE w.certificate_id = c.id AND w.kind = k.ended_as
                   AND d.outcome = 'approved')"""),
    ),
    declare_check(
        "credentials_are_signed",
        _lazy("Tanda tangan setiap kredensial cocok dengan isinya"),
        unsigned,
    ),
]
