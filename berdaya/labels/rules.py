"""May this label be printed, and if not, what is missing and where is it mended?

The list is domain.md 2.10 (food) with UU 8/1999 article 8, PP 69/1999 and PerBPOM 31/2018; what is
asked of cloth follows Permendag 69/2018 on labels in Indonesian (to be confirmed). Halal: UU
33/2014 and PP 42/2024; the day is the row of legality_requirement.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason
from berdaya.labels import calc
from berdaya.labels.words import Audience, Kind
from berdaya.legality.rules.listing import HALAL, Judged, ListingFacts, judge
from berdaya.legality.rules.origins import APPROVAL, CONSENT, ig_name_unclaimed
from berdaya.people.rules import CUSTODY_OF_CHILDREN, facility_lpka

WHOLE_BP = 10_000

text_missing = declare_reason(
    "label_text_missing",
    _lazy("Teks label %(product)s belum ditulis."),
    next_step=_lazy("Tulis teksnya"),
)
ingredients_missing = declare_reason(
    "label_ingredients_missing",
    _lazy("Daftar komposisi belum ada."),
    next_step=_lazy("Tulis komposisinya, yang terbanyak lebih dulu"),
)
net_missing = declare_reason(
    "label_net_missing",
    _lazy("Berat atau isi bersih belum ada."),
    next_step=_lazy("Isi berat bersih pada variannya"),
)
best_before_missing = declare_reason(
    "label_best_before_missing",
    _lazy("Tanggal baik digunakan sebelum belum ada."),
    next_step=_lazy("Isi masa simpan pada variannya"),
)
lot_over = declare_reason(
    "label_lot_over",
    _lazy("Lot ini lewat masa simpannya pada %(day)s."),
    next_step=_lazy("Keluarkan dari stok"),
)
made_without_permit = declare_reason(
    "label_made_without_permit",
    _lazy("Pada hari selesai dibuat, %(day)s, belum ada %(kind)s yang berlaku."),
    next_step=_lazy("Periksa tanggal izinnya; lot ini tidak diberi label tanpa izin"),
)
holder_is_maker = declare_reason(
    "label_holder_is_maker",
    _lazy("Pemegang izinnya seorang pembuat; namanya tidak dicetak pada barang UPT."),
    next_step=_lazy("Catat izin atas nama koperasi atau mitra"),
)
halal_unsettled = declare_reason(
    "label_halal_unsettled",
    _lazy("Pangan ini hanya boleh dijual dengan sertifikat halal atau keterangan tidak halal."),
    next_step=_lazy("Catat sertifikat halalnya, atau nyatakan tidak halal"),
)
pork_contradicted = declare_reason(
    "label_pork_contradicted",
    _lazy("Komposisinya menyebut babi, tetapi produk ini belum dinyatakan tidak halal."),
    next_step=_lazy("Nyatakan tidak halal, atau betulkan komposisinya"),
)
origin_missing = declare_reason(
    "label_origin_missing",
    _lazy("Asal gelatin, lemak, atau pengemulsinya (hewan atau tumbuhan) belum ditulis."),
    next_step=_lazy("Tulis asal bahan itu"),
)
composition_missing = declare_reason(
    "label_composition_missing",
    _lazy("Komposisi serat belum ada."),
    next_step=_lazy("Tulis serat dan persennya"),
)
composition_not_whole = declare_reason(
    "label_composition_not_whole",
    _lazy("Persen seratnya berjumlah %(sum)s%%, bukan 100%%."),
    next_step=_lazy("Betulkan persennya"),
)
care_missing = declare_reason(
    "label_care_missing",
    _lazy("Cara merawatnya belum ada."),
    next_step=_lazy("Pilih cara merawatnya"),
)
material_missing = declare_reason(
    "label_material_missing",
    _lazy("Bahannya belum ditulis."),
    next_step=_lazy("Tulis bahannya"),
)
size_missing = declare_reason(
    "label_size_missing",
    _lazy("Ukurannya belum ditulis."),
    next_step=_lazy("Tulis ukurannya"),
)
gtin_missing = declare_reason(
    "label_gtin_missing",
    _lazy("Toko luar memerlukan GTIN; nomor toko sendiri tidak berlaku di sana."),
    next_step=_lazy("Isi GTIN dari GS1"),
)
too_small = declare_reason(
    "label_too_small",
    _lazy("Isi label tidak muat di %(paper)s dengan huruf yang masih terbaca."),
    next_step=_lazy("Pilih %(other)s"),
)
nowhere_fits = declare_reason(
    "label_fits_nowhere",
    _lazy("Isi label tidak muat di kertas mana pun."),
    next_step=_lazy("Ringkas teksnya"),
)
gtin_malformed = declare_reason(
    "gtin_malformed",
    _lazy("GTIN ini bukan 13 angka dengan angka periksa yang benar."),
    next_step=_lazy("Salin lagi dari surat GS1; angka terakhirnya dihitung dari yang lain."),
)
gtin_restricted = declare_reason(
    "gtin_restricted",
    _lazy("Nomor berawalan 02, 04, atau 20–29 bukan GTIN, hanya nomor dalam satu toko."),
    next_step=_lazy("Isi GTIN dari GS1, atau pakai nomor toko yang dibuat program."),
)
gtin_taken = declare_reason(
    "gtin_taken",
    _lazy("GTIN ini sudah dipakai barang lain."),
    next_step=_lazy("Periksa angkanya: satu GTIN untuk satu barang."),
)
cells_beyond = declare_reason(
    "label_cells_beyond",
    _lazy("Lembar ini hanya punya %(most)s label."),
    next_step=_lazy("Mulai dari label nomor 1 sampai %(most)s."),
)


@dataclass(frozen=True)
class TextFacts:
    """The newest version of a variant's texts; `shares_bp` of its fibres."""

    ingredients: str = ""
    origin: str = ""
    has_pork: bool = False
    shares_bp: tuple[int, ...] = ()
    material: str = ""
    size: str = ""
    care: tuple[str, ...] = ()
    care_note: str = ""


@dataclass(frozen=True)
class Pages:
    """Where each kind of thing is mended."""

    text: str = ""
    variant: str = ""
    permit: str = ""
    halal: str = ""
    origin: str = ""
    lot: str = ""
    number: str = ""
    label: str = ""


@dataclass(frozen=True)
class LabelFacts:
    """What decides about a lot's label.

    `today`, `when_made`: what legality knows of the variant on the day of printing and on the day
    the lot was finished. `halal`: certified, in_process, exempt, not_halal or unknown, today.
    `unclaimed`: protected names that its name uses without a claim. `holder_kind`: of the food
    permit's holder, empty where none is known.
    """

    kind: str
    product: str
    facility_kind: str
    made_on: date
    best_before: date | None
    net: str
    text: TextFacts | None
    today: ListingFacts
    when_made: ListingFacts
    halal: str = "unknown"
    unclaimed: tuple[str, ...] = ()
    holder_kind: str = ""
    gtin: str = ""
    audience: str = Audience.OWN
    pages: Pages = field(default_factory=Pages)


def may_print(facts: LabelFacts) -> Verdict:
    """Every reason against this label, each with the page where it is mended."""
    if facts.facility_kind == CUSTODY_OF_CHILDREN:
        return Verdict((facility_lpka(),))
    found = [*_lawful(facts), *_about_text(facts), *_about_lot(facts)]
    if facts.audience == Audience.OUTSIDE and not facts.gtin:
        found.append(gtin_missing(next_url=facts.pages.number))
    return Verdict(tuple(found))


def _lawful(facts: LabelFacts) -> list[Reason]:
    """What legality asks today and asked on the day of making; halal today, for it is sold now."""
    made = {(one.label, one.kinds): one for one in judge(facts.when_made)}
    found: list[Reason] = []
    for one in judge(facts.today):
        before = made.get((one.label, one.kinds))
        if one.reason is not None:
            found.append(_mended(one, facts.pages))
        elif HALAL in one.kinds:
            continue
        elif before is not None and before.reason is not None:
            told = {"kind": one.label, "day": _told(facts.made_on)}
            found.append(made_without_permit(next_url=facts.pages.permit, **told))
    if facts.holder_kind == "released_maker":
        found.append(holder_is_maker(next_url=facts.pages.permit))
    names = [ig_name_unclaimed(name=one, next_url=facts.pages.origin) for one in facts.unclaimed]
    return [*found, *names, *_about_pork(facts)]


def _mended(one: Judged, pages: Pages) -> Reason:
    """Legality's reason with the page where it is mended; without any certificate, in our words."""
    assert one.reason is not None
    if HALAL in one.kinds:
        is_none = one.reason.code == "permit_missing"
        return (halal_unsettled if is_none else one.reason)(next_url=pages.halal)
    is_claim = one.reason.code.startswith("ig_") or not one.kinds.isdisjoint((APPROVAL, CONSENT))
    return one.reason(next_url=pages.origin if is_claim else pages.permit)


def _about_pork(facts: LabelFacts) -> list[Reason]:
    text = facts.text or TextFacts()
    names_pork = text.has_pork or calc.names_pork(text.ingredients)
    if facts.kind == Kind.FOOD and names_pork and facts.halal != "not_halal":
        return [pork_contradicted(next_url=facts.pages.halal)]
    return []


def _about_text(facts: LabelFacts) -> list[Reason]:
    if facts.text is None:
        return [text_missing(product=facts.product, next_url=facts.pages.text)]
    check = {Kind.FOOD: _food, Kind.TEXTILE: _textile, Kind.GOODS: _goods}.get(Kind(facts.kind))
    return [one(next_url=facts.pages.text) for one in check(facts.text)] if check else []


def _food(text: TextFacts) -> list[Reason]:
    if not text.ingredients:
        return [ingredients_missing]
    return [origin_missing] if calc.names_animal_part(text.ingredients) and not text.origin else []


def _textile(text: TextFacts) -> list[Reason]:
    found: list[Reason] = []
    if not text.shares_bp:
        found.append(composition_missing)
    elif sum(text.shares_bp) != WHOLE_BP:
        percent = f"{sum(text.shares_bp) / 100:g}".replace(".", ",")
        found.append(composition_not_whole(sum=percent))
    if not text.size:
        found.append(size_missing)
    return found if text.care else [*found, care_missing]


def _goods(text: TextFacts) -> list[Reason]:
    missing = (
        (text.material, material_missing),
        (text.size, size_missing),
        (text.care or text.care_note, care_missing),
    )
    return [reason for said, reason in missing if not said]


def _about_lot(facts: LabelFacts) -> list[Reason]:
    found: list[Reason] = []
    if facts.kind in (Kind.FOOD, Kind.FRESH) and not facts.net:
        found.append(net_missing(next_url=facts.pages.variant))
    if facts.kind == Kind.FOOD and facts.best_before is None:
        found.append(best_before_missing(next_url=facts.pages.variant))
    if facts.best_before is not None and facts.best_before <= facts.today.day:
        found.append(lot_over(day=_told(facts.best_before), next_url=facts.pages.lot))
    return found


def may_be_gtin(number: str) -> Verdict:
    """Whether a number may stand as a GTIN-13: whole, its check digit right, not restricted."""
    if not calc.is_number(number):
        return Verdict((gtin_malformed(),))
    return Verdict((gtin_restricted(),)) if calc.is_restricted(number) else Verdict()


def may_begin(first_cell: int, a_sheet: int) -> Verdict:
    """Whether a sheet has the cell at which printing is to begin."""
    return Verdict() if 1 <= first_cell <= a_sheet else Verdict((cells_beyond(most=a_sheet),))


def _told(day: date) -> str:
    return day.strftime("%d-%m-%Y")
