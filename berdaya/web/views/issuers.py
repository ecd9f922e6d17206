"""What machines need to verify a certificate: the issuer, its keys, its status lists."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from berdaya.core import clock
from berdaya.core.keystore import KeyGone
from berdaya.training import addresses
from berdaya.training.credentials import issuers, keys, statuslist
from berdaya.training.models import CertificateIssuer
from berdaya.training.queries_certificates import ended_places, issuer_of, keys_of
from berdaya.web.views.certificates import JWT
from berdaya.web.views.common import for_machines, public_page


@public_page
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """The issuer as Open Badges name it."""
    issuer = _issuer(slug)
    return for_machines(
        JsonResponse(
            {
                "id": addresses.issuer_id(slug),
                "type": ["Profile"],
                "name": issuer.party.name,
                "url": addresses.issuer_url(slug),
            }
        )
    )


@public_page
def did(request: HttpRequest, slug: str) -> HttpResponse:
    """Every key that ever signed for the issuer, as its `did:web` document."""
    document = issuers.did_document(addresses.issuer_id(slug), _keys(slug))
    return for_machines(JsonResponse(document, content_type="application/did+json"))


@public_page
def jwks(request: HttpRequest, slug: str) -> HttpResponse:
    """The same keys as a JWK set."""
    document = issuers.jwk_set(_keys(slug))
    return for_machines(JsonResponse(document, content_type="application/jwk-set+json"))


@public_page
def status(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A status list, signed for today: the same bytes until one of its bits changes."""
    issuer = _issuer(slug)
    places = ended_places(issuer, number)
    if places is None:
        raise Http404
    key, did = keys_of(issuer)[0], addresses.issuer_id(slug)
    since = clock.start_of(clock.today())
    claims = statuslist.list_claims(addresses.status_url(slug, number), did, places, since)
    try:
        signed = keys.sign(key.owner, issuers.key_url(did, key.key_id), claims)
    except KeyGone:
        return HttpResponse(status=503)
    return for_machines(HttpResponse(signed, content_type=JWT))


def _issuer(slug: str) -> CertificateIssuer:
    issuer = issuer_of(slug)
    if issuer is None:
        raise Http404
    return issuer


def _keys(slug: str) -> list[tuple[str, str]]:
    return [(key.key_id, key.public) for key in keys_of(_issuer(slug))]
