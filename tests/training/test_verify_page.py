"""The neutral page: its states, its weight, what it keeps quiet about; and pasted credentials."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import jsonschema
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from berdaya.core import clock
from berdaya.core.keystore import keystore
from berdaya.core.scope import system_scope
from berdaya.training import addresses
from berdaya.training.actions.issuers import rotate_key
from berdaya.training.credentials import keys
from berdaya.training.models import Certificate, Credential, IssuerKey
from tests.training.badge_schema import SCHEMA
from tests.training.certificate_scene import end, issued
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")
BASE = "https://cek.contoh.id"
WORDS = re.compile(
    r"lapas|rutan|lpka|bapas|pemasyarakatan|warga binaan|narapidana|tahanan|penjara|prison|inmate"
    r"|correction|custody|berdaya|atambua|LP-ATB|kementerian",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def neutral(settings: object) -> Iterator[None]:
    settings.NEUTRAL_BASE_URL = settings.PUBLIC_BASE_URL = BASE  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["testserver", "cek.contoh.id"]  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


def one(world: World, **facts: object) -> Certificate:
    return issued(world, "cendana", **facts)[0]


def code_of(row: Certificate) -> str:
    assert row.credential is not None
    return row.credential.public_code


def page(code: str, prefix: str = "") -> tuple[int, str]:
    answer = Client().get(f"{prefix}/sertifikat/{code}")
    return answer.status_code, answer.content.decode()


def state(html: str) -> str:
    found = re.search(r'data-state="(\w+)"', html)
    assert found
    return found.group(1)


def paste(text: str, **headers: str) -> tuple[int, str]:
    given = {"Sec-Fetch-Site": "same-origin"} | headers
    answer = Client().post("/sertifikat/periksa", {"kredensial": text}, headers=given)
    return answer.status_code, state(answer.content.decode())


def download(url: str) -> bytes:
    """What another program fetches under the neutral address: from our own pages."""
    assert url.startswith(BASE)
    answer = Client().get(url.removeprefix(BASE))
    assert answer.status_code == 200
    return answer.content


def independent(row: Certificate) -> OB3Verifier:
    assert row.credential is not None
    did = addresses.issuer_id(row.credential.issuer.slug)
    return OB3Verifier.for_issuer_did(did, download=download)


def jwt_of(row: Certificate) -> str:
    return download(f"{BASE}/sertifikat/{code_of(row)}/kredensial.jwt").decode()


def everything_about(row: Certificate) -> str:
    """All that anybody can fetch of one certificate, in both languages."""
    code, token = code_of(row), jwt_of(row)
    assert row.credential is not None
    issuer = f"/sertifikat/penerbit/{row.credential.issuer.slug}"
    addresses = [
        f"/sertifikat/{code}", f"/en/sertifikat/{code}", f"/sertifikat/{code}/kredensial.json",
        "/sertifikat", "/en/sertifikat", issuer, f"{issuer}/did.json", f"{issuer}/jwks.json",
        "/sertifikat/XXXXX", "/en/sertifikat/XXXXX",
    ]  # fmt: skip
    told = [Client().get(address).content.decode() for address in addresses]
    status = download(f"{BASE}{issuer}/status/1").decode()
    return "\n".join([*told, *(json.dumps(keys.claims(one)) for one in (token, status))])


def test_valid_certificate_says_so_in_both_languages(world: World) -> None:
    code = code_of(one(world))

    assert (page(code)[0], state(page(code)[1])) == (200, "valid")
    assert "asli dan berlaku" in page(code)[1]
    assert "genuine and valid" in page(code, "/en")[1]
    assert "Basic ikat weaving" in page(code, "/en")[1]


def test_revoked_certificate_says_so(world: World) -> None:
    row = one(world)
    end(world, row)

    assert state(page(code_of(row))[1]) == "revoked"
    assert "tertukar" not in page(code_of(row))[1]


def test_replaced_certificate_leads_to_the_new_one(world: World) -> None:
    row = one(world)
    fresh = end(world, row, "replaced").credential.replaced_by  # type: ignore[union-attr]
    assert fresh is not None

    html = page(code_of(row))[1]

    assert state(html) == "replaced"
    assert f"/sertifikat/{fresh.public_code}" in html
    assert state(page(fresh.public_code)[1]) == "valid"


def test_expired_certificate_says_so(world: World) -> None:
    code = code_of(one(world, valid_months=1))

    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        assert state(page(code)[1]) == "expired"


def test_unknown_code_says_so(world: World) -> None:
    status, html = page("7K2QM4XTRH9CDFW")

    assert (status, state(html)) == (404, "unknown")


def test_states_have_words_of_their_own(world: World) -> None:
    rows = issued(world, "cendana", "lontar", "kelor", valid_months=1)
    end(world, rows[0])
    end(world, rows[1], "replaced")
    told = {page(code_of(row))[1] for row in rows} | {page("7K2QM4XTRH9CDFW")[1]}
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        told.add(page(code_of(rows[2]))[1])

    words = {re.search(r'data-state="\w+">(.*?)</p>', html, re.S).group(1) for html in told}  # type: ignore[union-attr]

    assert len(words) == 5


def test_code_may_be_typed_with_dashes(world: World) -> None:
    code = code_of(one(world))

    answer = Client().get("/sertifikat", {"kode": f"{code[:5]}-{code[5:10].lower()} {code[10:]}"})

    assert answer["Location"] == f"/sertifikat/{code}"


def test_page_is_light_silent_and_the_same_for_all(world: World) -> None:
    path = f"/sertifikat/{code_of(one(world))}"
    stranger, staff = Client().get(path), world.client("officer").get(path)

    html = stranger.content.decode()
    files = [
        (settings.BASE_DIR / "berdaya/look" / name).stat().st_size
        for name in re.findall(r'"/(static/neutral/[\w.]+)"', html)
    ]

    assert len(files) == 2
    assert len(stranger.content) + sum(files) < 30_000
    assert "<script" not in html
    assert "style=" not in html
    assert stranger.content == staff.content
    assert not stranger.cookies
    assert "Cookie" not in stranger.get("Vary", "")


def test_code_has_enough_random_bits() -> None:
    from berdaya.core.codes import RANDOM_BITS

    assert RANDOM_BITS >= 60


def test_nothing_tells_of_the_place(world: World) -> None:
    row = one(world)
    pseudonym = world.people["cendana"].pseudonym

    told = everything_about(row)

    assert not WORDS.findall(told)
    assert pseudonym not in told
    assert world.people["cendana"].code not in told
    assert row.holder_code not in told


def test_credential_validates_and_others_accept_it(world: World) -> None:
    row = one(world)
    plain = json.loads(download(f"{BASE}/sertifikat/{code_of(row)}/kredensial.json"))

    jsonschema.validate(plain, SCHEMA)
    theirs = independent(row).verify(jwt_of(row), check_status=True, download=download)

    assert theirs.id == f"{BASE}/sertifikat/{code_of(row)}"
    assert paste(jwt_of(row)) == (200, "valid")


def test_revoked_credential_is_refused_by_both(world: World) -> None:
    row = one(world)
    token = jwt_of(row)
    end(world, row)

    assert paste(token) == (422, "credential_revoked")
    with pytest.raises(OB3VerificationError, match="revocation"):
        independent(row).verify(token, check_status=True, download=download)


def test_replaced_credential_is_refused_by_both(world: World) -> None:
    row = one(world)
    token = jwt_of(row)
    end(world, row, "replaced")

    assert paste(token) == (422, "credential_replaced")
    with pytest.raises(OB3VerificationError, match="revocation"):
        independent(row).verify(token, check_status=True, download=download)


def test_each_fault_has_a_reason_of_its_own(world: World) -> None:
    row = one(world, valid_months=1)
    token = jwt_of(row)
    head, body, signature = token.split(".")

    def headed(**changes: str) -> str:
        header = json.loads(keys.decode(head)) | changes
        return f"{keys.encode(json.dumps(header).encode())}.{body}.{signature}"

    changed = keys.encode(keys.decode(body).replace(b"40 jam", b"90 jam"))
    told = [
        paste(f"{head}.{changed}.{signature}"),
        paste(headed(alg="none")),
        paste(headed(alg="HS256")),
        paste(headed(kid=addresses.issuer_id("X") + "#kunci-1")),
        paste("bukan kredensial"),
        paste("a" * 30_000),
    ]
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        told.append(paste(token))
    end(world, row)
    told.append(paste(token))

    assert {status for status, _code in told} == {422}
    assert [code for _status, code in told] == [
        "credential_signature_bad", "credential_alg_none", "credential_alg_other",
        "credential_key_unknown", "credential_malformed", "credential_too_long",
        "credential_expired", "credential_revoked",
    ]  # fmt: skip


def test_other_sites_cannot_post_here(world: World) -> None:
    assert paste("x", **{"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_who_asks_too_often_waits(world: World) -> None:
    told = [paste("a.b.c")[0] for _try in range(21)]

    assert told[:20] == [422] * 20
    assert told[20] == 429


def test_old_key_keeps_verifying_after_a_change(world: World) -> None:
    row = one(world)
    token = jwt_of(row)
    assert row.credential is not None
    with system_scope("keys", []):
        rotate_key(issuer=row.credential.issuer)

    later = issued(world, "lontar", provider=row.provider)[0]

    assert later.credential is not None
    assert later.credential.key_id != row.credential.key_id
    for one_of, told in ((row, token), (later, jwt_of(later))):
        independent(one_of).verify(told, check_status=True, download=download)
        assert paste(told) == (200, "valid")


def test_certificate_stays_verifiable_when_person_and_keys_are_gone(world: World) -> None:
    row = one(world)
    token = jwt_of(row)
    with world.everywhere():
        owners = list(IssuerKey.objects.values_list("owner", flat=True))
    keystore().destroy(owners)

    assert state(page(code_of(row))[1]) == "valid"
    assert paste(token) == (200, "valid")
    independent(row).verify(token)
    assert row.credential is not None
    list_url = f"/sertifikat/penerbit/{row.credential.issuer.slug}/status/1"
    assert Client().get(list_url).status_code == 503


def test_status_list_is_the_same_all_day(world: World) -> None:
    row = one(world)
    assert row.credential is not None
    url = f"{BASE}/sertifikat/penerbit/{row.credential.issuer.slug}/status/1"

    first, second = download(url), download(url)

    assert first == second
    assert Client().get(url.removeprefix(BASE).replace("/1", "/2")).status_code == 404


def test_neutral_host_knows_nothing_else(world: World, settings: object) -> None:
    code = code_of(one(world))
    settings.PUBLIC_BASE_URL = "https://toko.contoh.id"  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["toko.contoh.id", "cek.contoh.id"]  # type: ignore[attr-defined]
    neutral = Client(headers={"Host": "cek.contoh.id"})
    public = Client(headers={"Host": "toko.contoh.id"})

    assert neutral.get(f"/sertifikat/{code}").status_code == 200
    for path in ("/produk/", "/masuk/", "/desk/", "/asal"):
        answer = neutral.get(path)
        assert answer.status_code == 404
        assert not WORDS.findall(answer.content.decode())
    moved = public.get(f"/sertifikat/{code}")
    assert (moved.status_code, moved["Location"]) == (301, f"{BASE}/sertifikat/{code}")


def test_page_asks_few_questions(world: World, django_assert_max_num_queries: object) -> None:
    code = code_of(one(world))

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert page(code)[0] == 200


def test_no_private_key_in_any_row(world: World) -> None:
    row = one(world)
    assert row.credential is not None
    with world.everywhere():
        key = IssuerKey.objects.get()
        seed = keystore().keys([key.owner])[key.owner][1]
        rows = str(list(IssuerKey.objects.values())) + str(list(Credential.objects.values()))

    assert seed.hex() not in rows
    assert keys.encode(seed) not in rows
