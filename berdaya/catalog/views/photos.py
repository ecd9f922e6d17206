"""Photos: their bytes, and their pages: looked at by a second person, refused, pulled back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from berdaya.catalog.actions.photos import approve_photo, refuse_photo, withdraw_photo
from berdaya.catalog.calc import WIDTHS
from berdaya.catalog.forms import PhotoCheckForm, ReasonForm
from berdaya.catalog.models import Listing, Photo
from berdaya.catalog.queries import waiting_photos
from berdaya.catalog.queries_mention import public_photos
from berdaya.catalog.rules import may_withdraw_photo
from berdaya.catalog.tables import PHOTO_STATES, PhotoTable
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.uploads.serving import private_file, public_picture
from berdaya.institutions.access import ability_required, public_scope
from berdaya.institutions.pages import can, seen
from berdaya.institutions.rules import may_anywhere

# A photo that is pulled back is gone from every cache within this time: docs/decisions/.
MINUTE = "public, max-age=60, must-revalidate"


@require_safe
def photo(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    """A photo of what is shown now; 404 for every other, as if it were not there."""
    now = clock.now()
    with public_scope():
        public = Photo.objects.filter(digest=digest).public()
        shown = Listing.objects.shown(now)
        rows = public_photos(now).filter(photo__in=public, version__current_of__in=shown)
        if width not in WIDTHS or not rows.exists():
            raise Http404
    return public_picture(request, Photo.file_name(digest, width), MINUTE)


@require_safe
@ability_required("photo.view")
def preview(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    """A photo of a unit in the actor's scope, shown or not."""
    get_object_or_404(Photo.objects.filter(digest=digest)[:1])
    if width not in WIDTHS:
        raise Http404
    return private_file(Photo.file_name(digest, width), title=digest[:12])


@ability_required("photo.view")
def photos(request: HttpRequest) -> HttpResponse:
    """Every photo of the facilities on view, and who looked at it."""
    rows = Photo.objects.filter(facility__in=seen(request))
    rows = rows.select_related("facility", "uploaded_by", "review__reviewed_by", "withdrawal")
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "sees_listings": may_anywhere(request.actor, "stock.view"),  # type: ignore[attr-defined]
    }
    return PhotoTable(request, rows).response("catalog/photos.html", context)


@ability_required("photo.view")
def photo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo, large, with what was seen on it; the checklist for whoever may tick it."""
    return _page(request, _find(pk))


def _find(pk: int) -> Photo:
    rows = Photo.objects.select_related(
        "facility", "uploaded_by", "review__reviewed_by", "withdrawal__withdrawn_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, row: Photo, **forms: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    is_waiting = row.state == "waiting"
    may_review = is_waiting and can(request, "photo.review", row.facility_id)
    is_own = actor.user_id is not None and row.uploaded_by_id == actor.user_id
    is_kept = row.state not in ("refused", "withdrawn")
    context = {
        "facility": row.facility,
        "photo": row,
        "state": PHOTO_STATES[row.state],
        "sees_listings": can(request, "stock.view", row.facility_id),
        "uses": list(Listing.objects.filter(versions__photos__photo=row).distinct()),
        "is_waiting": is_waiting,
        "is_kept": is_kept,
        "is_own": is_own,
        "can_review": may_review and not is_own,
        "can_withdraw": is_kept and may_withdraw_photo(actor, row.facility_id).ok,
        "check": PhotoCheckForm(photo=row),
        "refusal": ReasonForm(prefix="tolak"),
        "pull": ReasonForm(),
        **forms,
    }
    is_bound = any(form.is_bound for form in forms.values())
    return render(request, "catalog/photo.html", context, status=422 if is_bound else 200)


@ability_required("photo.review", "POST")
def photo_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing that must not be shown is on it; on to the next one that waits."""
    with reading(request):
        row = _find(pk)
        form = PhotoCheckForm(request.POST, photo=row)
        if not form.is_valid():
            return _page(request, row, check=form)
    with acting(request.actor, "photo.approve") as scope:  # type: ignore[attr-defined]
        approve_photo(by=scope.actor, photo=_find(pk), ticked=form.ticked)
        following = _next(request)
    messages.success(request, _("Foto aman. Ia tampil begitu usulannya disetujui."))
    return redirect(*following)


@ability_required("photo.review", "POST")
def photo_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Something is on it that must not be shown; on to the next one that waits."""
    form = ReasonForm(request.POST, prefix="tolak")
    if not form.is_valid():
        with reading(request):
            return _page(request, _find(pk), refusal=form)
    with acting(request.actor, "photo.refuse") as scope:  # type: ignore[attr-defined]
        refuse_photo(by=scope.actor, photo=_find(pk), **form.cleaned_data)
        following = _next(request)
    messages.success(request, _("Ditolak. Berkas fotonya segera dibuang."))
    return redirect(*following)


def _next(request: HttpRequest) -> tuple[Any, ...]:
    rows = waiting_photos(seen(request)).exclude(uploaded_by=request.actor.user_id)  # type: ignore
    pk = rows.values_list("pk", flat=True).first()
    return ("catalog:photos",) if pk is None else ("catalog:photo_page", pk)


@ability_required("photo.view", "GET POST")
def photo_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Pull it back at once; GET is the page of the dialog, for browsers without script."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting(request.actor, "photo.withdraw") as scope:  # type: ignore[attr-defined]
            withdraw_photo(by=scope.actor, photo=_find(pk), **form.cleaned_data)
        messages.success(request, _("Foto ditarik. Dalam satu menit ia hilang dari semua halaman."))
        return redirect("catalog:photo_page", pk)
    with reading(request):
        row = _find(pk)
        context = {"facility": row.facility, "photo": row, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "catalog/photo_withdrawal.html", context, status=status)
