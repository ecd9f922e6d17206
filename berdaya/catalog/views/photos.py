"""Photos: to everybody what a shown listing shows, to the unit also what it has not shown yet."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from berdaya.catalog.calc import WIDTHS
from berdaya.catalog.models import Listing, Photo, ShownMention
from berdaya.catalog.queries_mention import public_photos
from berdaya.core import clock
from berdaya.institutions.access import ability_required, public_scope

# A photo that goes with a mention is gone from every cache within this time.
MINUTE = "public, max-age=60"
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def photo(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    """A photo of what is shown now; 404 for every other, as if it were not there."""
    now = clock.now()
    with public_scope():
        shown = Listing.objects.shown(now)
        rows = public_photos(now).filter(photo__digest=digest, version__current_of__in=shown)
        mentions = ShownMention.objects.filter(photo=OuterRef("photo"))
        found = list(rows.annotate(is_of=Exists(mentions)).values_list("is_of", flat=True)[:1])
    if not found:
        raise Http404
    return _file(digest, width, MINUTE if found[0] else FOREVER)


@require_safe
@ability_required("stock.view")
def preview(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    """A photo of a unit in the actor's scope, shown or not."""
    get_object_or_404(Photo.objects.filter(digest=digest)[:1])
    return _file(digest, width, "private, max-age=3600")


def _file(digest: str, width: int, caching: str) -> HttpResponse:
    name = Photo.file_name(digest, width)
    if width not in WIDTHS or not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = caching
    return response
