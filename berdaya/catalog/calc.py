"""What the public sees of a listing, and how a price is told to be divided: pure and frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.catalog.estimates import GROSS, Estimate
from berdaya.core.clock import format_date
from berdaya.core.money import format_qty
from berdaya.look.parts import SplitPart

SMALL, LARGE = 480, 1200
WIDTHS = (SMALL, LARGE)
# Named by what they hold, so what stands there never changes.
PUBLIC_PHOTO, DESK_PHOTO = "/foto/{digest}-{width}.webp", "/desk/listings/photos/{digest}/{width}/"


@dataclass(frozen=True)
class ShownPhoto:
    """A photo of a listing; its addresses are the same in both languages.

    `width`, `height`: pixels of the large size. `pattern`: the desk looks at it under an address
    of its own before it is shown to all.
    """

    digest: str
    width: int
    height: int
    alt: str
    pattern: str = PUBLIC_PHOTO

    @property
    def small(self) -> str:
        """The address of the small size."""
        return self._path(SMALL)

    @property
    def large(self) -> str:
        """The address of the large size."""
        return self._path(LARGE)

    @property
    def small_width(self) -> int:
        """How wide the small size really is, in pixels."""
        return min(SMALL, self.width)

    def _path(self, width: int) -> str:
        return self.pattern.format(digest=self.digest, width=width)


@dataclass(frozen=True)
class SeenPhoto:
    """A photo of a version as the desk knows it: waiting, safe, refused or withdrawn."""

    pk: int
    digest: str
    width: int
    height: int
    alt: str
    uploaded_by_id: int | None
    state: str


@dataclass(frozen=True)
class ShownPermit:
    """A permit in force that names the product; never its holder, who may be a person."""

    kind: str
    label: str
    number: str
    last_day: date | None


@dataclass(frozen=True)
class ShownCard:
    """A listing as lists show it, in the active language. No person anywhere.

    `free`: whole pieces that can be ordered now. `room`: how many more can be made to order (None:
    nobody set a limit), the first of them by about `promised_on`. `drawing`, `seed`: what is drawn
    where no photo is; under it stands "ilustrasi".
    """

    listing_id: int
    variant_id: int
    slug: str
    name: str
    price_rp: int
    unit: str
    photo: ShownPhoto | None
    drawing: str
    seed: str
    category_code: str
    category_name: str
    facility_code: str
    facility_name: str
    town: str
    free: int
    lead_time_days: int | None
    room: int | None
    promised_on: date | None

    @property
    def is_ready(self) -> bool:
        """Whether a piece lies there to be sent."""
        return self.free > 0

    @property
    def is_to_order(self) -> bool:
        """Whether it would be made for the buyer: nothing left, but time and room to make it."""
        return not self.is_ready and self.can_be_made(1)

    @property
    def is_sold_out(self) -> bool:
        """Whether it cannot be ordered at all now."""
        return not self.is_ready and not self.can_be_made(1)

    @property
    def most(self) -> int:
        """How many can be ordered at once where there is a limit: from stock, or to be made."""
        return max(self.free, self.room or 0)

    def can_be_made(self, qty: int) -> bool:
        """Whether so many may be ordered without any stock."""
        return self.lead_time_days is not None and (self.room is None or self.room >= qty)


@dataclass(frozen=True)
class Shown(ShownCard):
    """A listing as its own page shows it: words, photos, permits in force, a rupiah's way.

    `parts` divide one piece's price (empty: nobody has said how), `base_words` and `policy_words`
    say from what and by which rule; `is_dearer` tells that its costs are above the price.
    `until`: the instant up to which the law is known to allow it. `facility_id` is for look-ups.
    `makers`, `card_makers`: labels of those who consented to be mentioned on the page, on its card.
    `parent`: code and name of the category above. `region_code`, `region_name`: the regency.
    """

    facility_id: int
    product_id: int
    region_code: str
    region_name: str
    parent: tuple[str, str] | None
    seller_name: str
    seller_contact: str
    story: str
    care: str
    weight_g: int
    photos: tuple[ShownPhoto, ...]
    permits: tuple[ShownPermit, ...]
    parts: tuple[SplitPart, ...]
    base_words: str
    policy_words: str
    is_dearer: bool
    lat: Decimal
    lon: Decimal
    first_shown_at: datetime | None
    until: datetime | None
    makers: tuple[str, ...]
    card_makers: tuple[str, ...]

    @property
    def made_by(self) -> str:
        """Who made it, in the words they chose; empty where nobody wished to be mentioned."""
        return _made_by(self.category_code, self.makers)

    @property
    def card_made_by(self) -> str:
        """The same for the picture of the page in a chat, which is a channel of its own."""
        return _made_by(self.category_code, self.card_makers)

    @property
    def makers_rp(self) -> int:
        """The makers' pot of one piece."""
        return sum(part.amount_rp for part in self.parts if part.kind == "makers")


def _made_by(category_code: str, makers: tuple[str, ...]) -> str:
    if not makers:
        return ""
    who = {"who": ", ".join(makers)}
    return (
        _("Ditenun oleh %(who)s") if category_code == "tenun" else _("Dibuat oleh %(who)s")
    ) % who


def parts_of(told: Estimate) -> tuple[SplitPart, ...]:
    """The parts of one piece's price in the order of deductions; what is nothing is left out.

    The makers' part always stands there, unless all belongs to the state.
    """
    return tuple(part for part in _parts(told) if part.amount_rp or part.kind == "makers")


def _parts(told: Estimate) -> Iterator[SplitPart]:
    yield SplitPart(_("Pajak (PPN)"), told.tax_rp, "state")
    yield SplitPart(_("Biaya pembayaran"), told.fee_rp, "fee")
    yield SplitPart(_("Bahan"), told.material_rp, "material")
    yield SplitPart(_("Kemasan"), told.packing_rp, "material")
    if told.base != GROSS:
        yield SplitPart(_("Pembuat"), told.makers_rp, "makers")
    yield SplitPart(_("Modal kerja bengkel"), told.capital_rp, "capital")
    yield SplitPart(_("Negara (PNBP)"), told.state_rp, "state")
    yield SplitPart(_("Koperasi"), told.cooperative_rp, "other")


@dataclass(frozen=True)
class PriceHint:
    """What a price would mean, told while it is typed; whole rupiah.

    `costs_rp`: material and packing of one piece, None where nothing was made yet.
    `needs_confirming`: the makers would get nothing.
    """

    price_rp: int
    costs_rp: int | None
    makers_rp: int
    parts: tuple[SplitPart, ...]
    base_words: str
    policy_words: str
    is_dearer: bool

    @property
    def needs_confirming(self) -> bool:
        """Whether the officer must say that this is meant."""
        return self.makers_rp == 0


def hint_of(told: Estimate) -> PriceHint:
    """The hint beside a price field."""
    return PriceHint(
        price_rp=told.price_rp,
        costs_rp=told.costs_rp,
        makers_rp=told.makers_rp,
        parts=parts_of(told),
        base_words=base_words(told),
        policy_words=policy_words(told),
        is_dearer=told.loss_rp > 0,
    )


def base_words(told: Estimate) -> str:
    """From what the shares are reckoned, in one sentence."""
    if told.base == GROSS:
        return _("Unit ini menjual sendiri: seluruh harga disetor ke kas negara (PNBP).")
    if told.base == "turnover":
        return _("Bagian dihitung dari hasil penjualan; bahan dan kemasan ditanggung modal kerja.")
    return _(
        "Bagian dihitung dari keuntungan: harga dikurangi biaya pembayaran, bahan, dan kemasan."
    )


def policy_words(told: Estimate) -> str:
    """The percentages of the rule in force and since when; nothing where the state takes all."""
    if told.base == GROSS:
        return ""
    shares = (
        (_("pembuat"), told.makers_bp),
        (_("modal kerja"), told.capital_bp),
        ("PNBP", told.state_bp),
        (_("koperasi"), told.cooperative_bp),
    )
    lang = get_language() or "id"
    listed = ", ".join(
        f"{name} {format_qty(Decimal(bp) / 100, lang)}\u00a0%" for name, bp in shares if bp
    )
    return _("Kebijakan sejak %(day)s: %(shares)s.") % {
        "day": format_date(told.since, lang),
        "shares": listed,
    }


def changed_names(new: Shown, old: Shown | None) -> frozenset[str]:
    """What differs from the appearance before, by the names catalog/shown.html marks."""
    if old is None:
        return frozenset()
    told = {
        "name": (new.name, old.name),
        "story": (new.story, old.story),
        "care": (new.care, old.care),
        "price": (new.price_rp, old.price_rp),
        "weight": (new.weight_g, old.weight_g),
        "lead": (new.lead_time_days, old.lead_time_days),
        "photos": ([one.digest for one in new.photos], [one.digest for one in old.photos]),
    }
    return frozenset(name for name, (now, before) in told.items() if now != before)


def spoken(words: str, words_en: str) -> str:
    """Of two columns the one in the active language; Indonesian where English is missing."""
    return words_en if words_en and get_language() == "en" else words


@dataclass(frozen=True)
class OtherWords:
    """Words that are published too, in the language this page is not read in."""

    label: str
    now: str
    before: str

    @property
    def is_changed(self) -> bool:
        """Whether they differ from those that are shown now."""
        return self.now != self.before


def other_words(version: Any, before: Any = None) -> list[OtherWords]:
    """Name, story and care of a version in the other language, beside those shown now."""
    tail = "" if get_language() == "en" else "_en"
    labels = (("name", _("Nama")), ("story", _("Cerita")), ("care", _("Perawatan")))
    found = [
        OtherWords(label, now, getattr(before, name + tail, now))
        for name, label in labels
        for now in [getattr(version, name + tail)]
    ]
    return [one for one in found if one.now or one.is_changed]
