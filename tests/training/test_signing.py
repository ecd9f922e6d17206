"""Signatures, documents and status lists, without a database; read by another's program too."""

import json
import uuid
from dataclasses import replace
from datetime import timedelta

import jsonschema
import pytest
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from berdaya.core import clock
from berdaya.core.keystore import KeyGone, keystore
from berdaya.core.verdicts import Refused
from berdaya.training.credentials import document, issuers, keys, reading, statuslist
from tests.training.badge_schema import SCHEMA

BASE = "https://cek.contoh.id"
DID = document.did_of(BASE, "7K2QM4XTRH9CDFW")
NOW = clock.now().replace(microsecond=0)
LIST = f"{BASE}/sertifikat/penerbit/7K2QM4XTRH9CDFW/status/1"
FACTS = document.Facts(
    url=f"{BASE}/sertifikat/9CDFW7K2QM4XTRH",
    issuer_id=DID,
    issuer_url=f"{BASE}/sertifikat/penerbit/7K2QM4XTRH9CDFW",
    issuer_name="Balai Contoh Kupang",
    number="0001/SERT/2026",
    title="Menenun dasar",
    title_en="Basic weaving",
    hours=40,
    units=(document.Unit("TEN.001", "Menyiapkan benang", "Preparing yarn"),),
    holder_hash=document.holder_hash("MTRHX", "salt"),
    salt="salt",
    valid_from=NOW - timedelta(days=1),
    valid_until=NOW + timedelta(days=700),
    status=statuslist.entry(LIST, 17),
)


def signed(facts: document.Facts = FACTS) -> tuple[uuid.UUID, str, str]:
    """Owner, public half and token of a credential under a new key."""
    owner, public = keys.make_key()
    token = keys.sign(owner, issuers.key_url(DID, "kunci-1"), document.credential_claims(facts))
    return owner, public, token


def known(public: str, key_id: str = "kunci-1") -> reading.Keys:
    url = issuers.key_url(DID, key_id)
    return lambda kid: reading.KnownKey(DID, public) if kid == url else None


def independent(public: str) -> OB3Verifier:
    """The other program, which resolves the issuer from what we publish."""
    told = json.dumps(issuers.did_document(DID, [("kunci-1", public)])).encode()
    return OB3Verifier.for_issuer_did(DID, download=lambda url: told)


def reason_of(token: str, public: str) -> str:
    with pytest.raises(Refused) as refusal:
        reading.require_time(reading.read(token, known(public)), NOW)
    return refusal.value.verdict.codes[0]


def with_header(token: str, **changes: object) -> str:
    head, body, signature = token.split(".")
    header = json.loads(keys.decode(head)) | changes
    return f"{keys.encode(json.dumps(header).encode())}.{body}.{signature}"


def test_credential_fits_the_specification() -> None:
    claims = document.credential_claims(FACTS)

    jsonschema.validate(claims, SCHEMA)

    broken = json.loads(json.dumps(claims))
    del broken["credentialSubject"]["achievement"]["criteria"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_credential_is_read_by_ourselves_and_by_others() -> None:
    _owner, public, token = signed()

    shown = reading.read(token, known(public))
    theirs = independent(public).verify(token)

    assert shown.url == FACTS.url == theirs.id
    assert theirs.issuer.id == DID
    assert theirs.achievement.name == "Menenun dasar / Basic weaving"
    assert theirs.recipient_id is None
    assert theirs.identifiers[0].hashed


def test_changed_byte_is_refused_by_both() -> None:
    _owner, public, token = signed()
    head, body, signature = token.split(".")
    text = keys.decode(body).replace(b"0001/SERT", b"0002/SERT")
    changed = f"{head}.{keys.encode(text)}.{signature}"

    assert reason_of(changed, public) == "credential_signature_bad"
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        independent(public).verify(changed)


@pytest.mark.parametrize("place", range(0, 600, 37))
def test_any_changed_letter_is_refused(place: int) -> None:
    _owner, public, token = signed()
    letter = "A" if token[place] != "A" else "B"

    changed = token[:place] + letter + token[place + 1 :]

    with pytest.raises(Refused):
        reading.read(changed, known(public))


def test_algorithm_none_is_refused_by_both() -> None:
    _owner, public, token = signed()
    bare = with_header(token, alg="none")
    unsigned = bare.rpartition(".")[0] + "."

    assert reason_of(bare, public) == "credential_alg_none"
    assert reason_of(unsigned, public) == "credential_alg_none"
    assert reason_of(with_header(token, alg="NoNe"), public) == "credential_alg_none"
    with pytest.raises(OB3VerificationError, match="not allowed"):
        independent(public).verify(bare)


def test_other_algorithm_is_refused() -> None:
    _owner, public, token = signed()

    assert reason_of(with_header(token, alg="HS256"), public) == "credential_alg_other"
    assert reason_of(with_header(token, crit=["x"]), public) == "credential_alg_other"


def test_unknown_key_is_refused_by_both() -> None:
    _owner, public, token = signed()
    other = with_header(token, kid=issuers.key_url(DID, "kunci-9"))

    assert reason_of(other, public) == "credential_key_unknown"
    with pytest.raises(OB3VerificationError):
        independent(public).verify(other)


def test_key_of_somebody_else_is_refused() -> None:
    _owner, _public, token = signed()
    _other, public, _token = signed()

    assert reason_of(token, public) == "credential_signature_bad"
    with pytest.raises(OB3VerificationError):
        independent(public).verify(token)


def test_expired_credential_is_refused_by_both() -> None:
    _owner, public, token = signed(replace(FACTS, valid_until=NOW - timedelta(hours=2)))

    assert reason_of(token, public) == "credential_expired"
    with pytest.raises(OB3VerificationError, match="expired"):
        independent(public).verify(token)


def test_credential_of_tomorrow_is_refused() -> None:
    _owner, public, token = signed(replace(FACTS, valid_from=NOW + timedelta(days=1)))

    assert reason_of(token, public) == "credential_not_yet"


@pytest.mark.parametrize(
    "text", ["", "abc", "a.b", "a.b.c.d", "e30.e30.!!", "bnVsbA.e30.e30", "{}", "ü.ü.ü", "." * 9]
)
def test_what_is_no_credential_is_refused(text: str) -> None:
    _owner, public, _token = signed()

    assert reason_of(text, public) in {"credential_malformed", "credential_alg_other"}


def test_too_long_text_is_refused_before_it_is_read() -> None:
    assert reason_of("a" * (reading.LONGEST + 1), "") == "credential_too_long"


def test_document_of_another_kind_is_refused() -> None:
    owner, public = keys.make_key()
    claims = statuslist.list_claims(LIST, DID, [], NOW)
    token = keys.sign(owner, issuers.key_url(DID, "kunci-1"), claims)

    assert reason_of(token, public) == "credential_not_ours"


def test_signed_before_the_key_was_changed_keeps_verifying() -> None:
    owner, public, token = signed()
    _next, fresh = keys.make_key()
    told = issuers.did_document(DID, [("kunci-2", fresh), ("kunci-1", public)])
    keystore().destroy([owner])

    theirs = OB3Verifier.for_issuer_did(DID, download=lambda url: json.dumps(told).encode())

    assert theirs.verify(token).id == FACTS.url
    assert reading.read(token, known(public)).url == FACTS.url
    with pytest.raises(KeyGone):
        keys.sign(owner, "x", {})


def test_status_list_is_read_by_others() -> None:
    owner, public, token = signed()
    theirs = independent(public)

    def serving(places: list[int]) -> OB3Verifier:
        claims = statuslist.list_claims(LIST, DID, places, NOW - timedelta(hours=1))
        told = keys.sign(owner, issuers.key_url(DID, "kunci-1"), claims).encode()
        return lambda url: told

    theirs.verify(token, check_status=True, download=serving([16, 18]))
    with pytest.raises(OB3VerificationError, match="revocation"):
        theirs.verify(token, check_status=True, download=serving([17]))


def test_bits_stand_where_the_standard_puts_them() -> None:
    places = [0, 7, 8, 131_071]

    assert set_indices(decode_encoded_list(statuslist.encoded(places))) == frozenset(places)
    with pytest.raises(ValueError, match="not in the list"):
        statuslist.encoded([131_072])


def test_every_place_of_a_list_is_used_once() -> None:
    first = [statuslist.place_of(number) for number in range(1, statuslist.BITS + 1)]

    assert len(set(first)) == statuslist.BITS
    assert {list_no for list_no, _place in first} == {1}
    assert statuslist.place_of(statuslist.BITS + 1)[0] == 2


def test_private_key_stands_in_no_file_of_the_key_store_in_clear() -> None:
    owner, _public, _token = signed()
    seed = keystore().keys([owner])[owner][1]

    kept = keystore().file.read_bytes()

    assert seed not in kept
    assert seed.hex().encode() not in kept


def test_key_survives_fresh_master_keys() -> None:
    owner, _public, token = signed()
    store = keystore()
    store.begin_rotation()
    store.rewrap(store.behind(10))
    store.finish_rotation()

    assert (
        keys.sign(owner, issuers.key_url(DID, "kunci-1"), document.credential_claims(FACTS))
        == token
    )
