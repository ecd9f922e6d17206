"""Propose a listing: one form for the first version and every later one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.catalog.actions.listings import propose_listing
from berdaya.catalog.actions.photos import add_photo
from berdaya.catalog.calc import PriceHint, hint_of
from berdaya.catalog.estimates import Ask, estimate
from berdaya.catalog.forms import ProposalForm, UploadForm, VariantForm, first_values, place_name
from berdaya.catalog.models import Listing, Photo
from berdaya.catalog.queries import newest_version, photo_shelf, sellers_of, unlisted_variants
from berdaya.catalog.views.shared import (
    find_listing,
)
from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused, Verdict
from berdaya.goods.models import Variant
from berdaya.goods.rules import one_facility
from berdaya.institutions.access import ability_required
from berdaya.institutions.models import Party


@dataclass
class Desk:
    """What the form needs to know of the goods; `listing` None: nobody has offered them yet."""

    variant: Variant
    listing: Listing | None
    sellers: list[Party]
    first: dict[str, Any]
    address: str

    def shelf(self, chosen: list[int]) -> list[Photo]:
        """The photos to choose from."""
        listing_id = self.listing.pk if self.listing else None
        return photo_shelf(self.variant.facility_id, listing_id, chosen)

    def form(self, shelf: list[Photo], **values: Any) -> ProposalForm:
        """The form over these photos."""
        return ProposalForm(sellers=self.sellers, shelf=shelf, address=self.address, **values)


@ability_required("listing.propose", "GET POST")
def new_listing(request: HttpRequest) -> HttpResponse:
    """First which good, then the form about it."""
    with reading(request):
        facility = one_facility(request.facility)  # type: ignore[attr-defined]
        variants = unlisted_variants(facility.pk)
        wanted = request.GET.get("variant", "")
        if not wanted.isdecimal():
            context = {"form": VariantForm(variants=variants), "facility": facility}
            return render(request, "catalog/new_listing.html", context)
        variant = variants.filter(pk=wanted).first()
        if variant is None:
            raise Http404
        desk = Desk(
            variant, None, sellers_of(facility.pk, clock.today(facility.timezone)),
            {"name": variant.name, "name_en": variant.name_en, "price_rp": variant.list_price_rp},
            f"{request.path}?variant={variant.pk}",
        )  # fmt: skip
    return _proposing(request, desk)


@ability_required("listing.propose", "GET POST")
def new_version(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is shown: the form begins with what was proposed last."""
    with reading(request):
        listing = find_listing(slug)
        newest = newest_version(listing)
        photos = newest.photos.values_list("photo_id", flat=True) if newest else []
        if newest:
            newest.listing = listing
        desk = Desk(
            listing.variant, listing, [listing.seller], first_values(newest, list(photos)),
            request.path,
        )  # fmt: skip
    return _proposing(request, desk)


def _proposing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows the form; POST counts, adds a photo, or proposes."""
    chosen = [int(name[6:]) for name in _given(request, desk) if name.startswith("photo_")]
    with reading(request):
        shelf = desk.shelf(chosen)
    if request.method != "POST":
        return _page(request, desk, desk.form(shelf, initial=desk.first))
    if "count" in request.POST:
        return _counted(request, desk, shelf)
    if "add_photo" in request.POST:
        return _with_photo(request, desk, shelf)
    form = desk.form(shelf, data=request.POST)
    return _propose(request, desk, form) if form.is_valid() else _page(request, desk, form, 422)


def _given(request: HttpRequest, desk: Desk) -> list[str]:
    given = request.POST if request.method == "POST" else desk.first
    return [name for name in given if name.removeprefix("photo_").isdecimal()]


def _propose(request: HttpRequest, desk: Desk, form: ProposalForm) -> HttpResponse:
    try:
        with acting(request.actor, "listing.propose") as scope:  # type: ignore[attr-defined]
            made = propose_listing(
                by=scope.actor, variant=desk.variant, seller=form.seller_chosen,
                proposal=form.proposal, photos=form.photos,
            )  # fmt: skip
            slug = made.listing.slug
    except Refused as refused:
        return _page(request, desk, form, refused.verdict.status, verdict=refused.verdict)
    messages.success(request, _("Diajukan. Kepala UPT melihatnya di Hari Ini."))
    return redirect("catalog:version", slug, made.number)


def _counted(request: HttpRequest, desk: Desk, shelf: list[Photo]) -> HttpResponse:
    """Where the price would go; only that part for htmx, the whole page without script."""
    form = desk.form(shelf, initial=_kept(request))
    if request.headers.get("HX-Target") != "hitungan":
        return _page(request, desk, form)
    with reading(request):
        context = {"form": form, "hint": _hint(desk, form), "facility": desk.variant.facility}
        return render(request, "catalog/propose.html#hitungan", context)


def _with_photo(request: HttpRequest, desk: Desk, shelf: list[Photo]) -> HttpResponse:
    """Keep a photo at once; what was typed stays, and the photo stands last in the order."""
    upload = UploadForm(request.POST, request.FILES)
    form = desk.form(shelf, initial=_kept(request))
    if not upload.is_valid():
        return _page(request, desk, form, 422, upload=upload)
    try:
        with acting(request.actor, "photo.add") as scope:  # type: ignore[attr-defined]
            photo = add_photo(by=scope.actor, facility=desk.variant.facility, **upload.cleaned_data)
    except Refused as refused:
        told = refused.verdict
        return _page(request, desk, form, told.status, upload=upload, photo_verdict=told)
    places = [
        int(value) for name in form.shelf if (value := request.POST.get(name, "")).isdecimal()
    ]
    kept = {place_name(photo): max(places, default=0) + 1} | _kept(request)
    with reading(request):
        shelf = [photo, *(one for one in shelf if one.pk != photo.pk)]
    return _page(request, desk, desk.form(shelf, initial=kept))


def _kept(request: HttpRequest) -> dict[str, Any]:
    return {name: value for name, value in request.POST.items() if value}


def _hint(desk: Desk, form: ProposalForm) -> PriceHint | None:
    """The division of the price that stands in the form; None where there is none to divide."""
    typed = form["price_rp"].value()
    try:
        price = typed if isinstance(typed, int) else form.fields["price_rp"].clean(typed)
    except ValidationError:
        return None
    seller = desk.sellers[0] if desk.sellers else None
    picked = form.sellers.get(str(form["seller"].value()), seller)
    if not price or picked is None:
        return None
    facility, category = desk.variant.facility, desk.variant.product.category_id
    day = clock.today(facility.timezone)
    told = estimate(Ask(picked.pk, category, desk.variant.pk, price, day))
    return hint_of(told) if told else None


def _page(
    request: HttpRequest,
    desk: Desk,
    form: ProposalForm,
    status: int = 200,
    *,
    upload: UploadForm | None = None,
    verdict: Verdict | None = None,
    photo_verdict: Verdict | None = None,
) -> HttpResponse:
    with reading(request):
        context = {
            "facility": desk.variant.facility,
            "variant": desk.variant,
            "listing": desk.listing,
            "draft": f"tayang-{desk.variant.pk}",
            "back": reverse("catalog:listing", args=[desk.listing.slug])
            if desk.listing
            else reverse("catalog:listings"),
            "form": form,
            "upload": upload or UploadForm(),
            "hint": _hint(desk, form),
            "verdict": verdict,
            "photo_verdict": photo_verdict,
        }
        return render(request, "catalog/propose.html", context, status=status)
