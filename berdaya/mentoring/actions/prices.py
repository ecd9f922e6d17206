"""Price exercises: reckoned with the unit's numbers, frozen, and taken over by the unit."""

from berdaya.catalog.actions.listings import Proposal, propose_listing
from berdaya.catalog.models import Listing, ListingVersion, Photo
from berdaya.catalog.queries import newest_version
from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.mentoring import rules
from berdaya.mentoring.actions.adoptions import require_led, require_running
from berdaya.mentoring.models import Adoption, PriceExercise, PriceTaking
from berdaya.mentoring.queries import exercise_of, figures_of, since_of, today_of, variants_of

COPIED = ("name", "name_en", "story", "story_en", "care", "care_en", "weight_g", "lead_time_days")


def save_exercise(
    *,
    by: Actor,
    adoption: Adoption,
    variant_id: int,
    price_rp: int,
    wanted_hourly_rp: int,
    note: str = "",
) -> PriceExercise:
    """Reckon once more with the numbers of this moment and freeze them. Locks the adoption.

    Refused: not_its_mentor, mentoring_not_running, price_elsewhere, price_unknown.
    """
    required()
    row = require_led(by, adoption)
    day = today_of(row)
    variant = variants_of(row).get(variant_id)
    found = {one.variant_id: one for one in figures_of(row, since_of(day))}
    if variant is None or variant_id not in found:
        raise Refused(rules.price_elsewhere())
    told = exercise_of(found[variant_id], variant, price_rp, wanted_hourly_rp, day)
    if told is None:
        raise Refused(rules.price_unknown())
    return PriceExercise.objects.create(
        adoption=row,
        facility_id=row.facility_id,
        variant_id=variant_id,
        day=day,
        price_rp=price_rp,
        wanted_hourly_rp=wanted_hourly_rp,
        note=note,
        frozen=told.as_frozen(),
        made_by_id=by.user_id,
        made_at=clock.now(),
    )


def take_price(*, by: Actor, exercise: PriceExercise) -> PriceTaking:
    """The unit takes the price: a new version of its listing waits for the head, if it has one.

    Where nothing is listed it is only noted. Locks the adoption, then the listing. Refused:
    price_taken, price_same_person, mentoring_not_running, and those of propose_listing.
    """
    required()
    require(may(by, "mentoring.ask", exercise.facility_id))
    adoption = require_running(exercise.adoption)
    if PriceTaking.objects.filter(exercise=exercise).exists():
        raise Refused(rules.price_taken())
    if by.user_id is not None and by.user_id == exercise.made_by_id:
        raise Refused(rules.price_same_person())
    return PriceTaking.objects.create(
        exercise=exercise,
        adoption=adoption,
        facility_id=exercise.facility_id,
        version=_propose(by, exercise),
        taken_by_id=by.user_id,
        taken_at=clock.now(),
    )


def _propose(by: Actor, exercise: PriceExercise) -> ListingVersion | None:
    rows = Listing.objects.select_related("variant__product", "variant__facility", "seller")
    listing = rows.filter(variant=exercise.variant_id).first()
    before = newest_version(listing) if listing else None
    if listing is None or before is None:
        return None
    proposal = Proposal(
        price_rp=exercise.price_rp, **{name: getattr(before, name) for name in COPIED}
    )
    photos = Photo.objects.filter(on__version=before).usable().order_by("on__position")
    return propose_listing(
        by=by, variant=listing.variant, seller=listing.seller, proposal=proposal,
        photos=list(photos),
    )  # fmt: skip
