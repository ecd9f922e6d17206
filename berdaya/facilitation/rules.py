"""May help be asked for, given, recorded and ended; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.personal import looks_personal
from berdaya.core.verdicts import Reason, Verdict, declare_reason

NOT_HELPED = ("lpka", "bapas")
UNASSIGNED_DAYS = 2
SELF_DECLARE = "halal_self"
HALAL = (SELF_DECLARE, "halal_regular")

case_of_children = declare_reason(
    "case_of_children",
    _lazy("Fasilitasi izin tidak untuk LPKA atau Bapas."),
    next_step=_lazy("Pilih Lapas atau Rutan yang membuat barang."),
)
case_products_missing = declare_reason(
    "case_products_missing",
    _lazy("Belum ada produk yang dipilih."),
    next_step=_lazy("Pilih paling sedikit satu produk unit ini."),
)
case_open_already = declare_reason(
    "case_open_already",
    _lazy("Untuk %(product)s permintaan yang sama masih berjalan."),
    next_step=_lazy("Buka permintaan itu dari daftar Fasilitasi."),
)
case_not_needed = declare_reason(
    "case_not_needed",
    _lazy("%(product)s sudah memegang %(kind)s %(number)s."),
    next_step=_lazy("Mintalah lagi 90 hari sebelum habis."),
)
case_not_halal = declare_reason(
    "case_not_halal",
    _lazy("%(product)s tercatat tidak halal."),
    next_step=_lazy("Cantumkan “tidak halal” pada labelnya, atau betulkan catatannya."),
)
self_declare_nib = declare_reason(
    "self_declare_nib",
    _lazy("%(product)s belum tercantum pada NIB yang berlaku."),
    next_step=_lazy("Minta bantuan NIB lebih dulu."),
)
self_declare_size = declare_reason(
    "self_declare_size",
    _lazy("Pernyataan sendiri hanya untuk usaha mikro dan kecil."),
    next_step=_lazy("Minta halal reguler."),
)
self_declare_materials = declare_reason(
    "self_declare_materials",
    _lazy("Bahannya tidak seluruhnya tanpa risiko kehalalan."),
    next_step=_lazy("Ganti bahannya dengan yang bersertifikat, atau minta halal reguler."),
)
self_declare_process = declare_reason(
    "self_declare_process",
    _lazy("Prosesnya tidak sederhana, atau berbagi alat dengan bahan tidak halal."),
    next_step=_lazy("Pisahkan alat dan tempatnya, atau minta halal reguler."),
)
self_declare_sites = declare_reason(
    "self_declare_sites",
    _lazy("Tempat produksinya %(count)s; batasnya satu."),
    next_step=_lazy("Minta halal reguler."),
)
self_declare_outlets = declare_reason(
    "self_declare_outlets",
    _lazy("Tempat penjualannya %(count)s; batasnya satu."),
    next_step=_lazy("Minta halal reguler."),
)
text_names_person = declare_reason(
    "text_names_person",
    _lazy("Di dalam tulisan ini ada yang tampak seperti NIK, nomor register, kode orang, atau"
          " telepon."),
    next_step=_lazy("Hapus nomor itu. Nomor kertas ditulis pada langkahnya."),
)  # fmt: skip
case_not_yours = declare_reason(
    "case_not_yours",
    _lazy("Permintaan ini ditugaskan kepada pendamping lain."),
    next_step=_lazy("Minta petugas UMKM kantor itu menugaskannya kepada Anda."),
    forbids=True,
)
case_elsewhere = declare_reason(
    "case_elsewhere",
    _lazy("Permintaan ini ditujukan kepada kantor lain."),
    next_step=_lazy("Minta petugas UMKM kantor itu."),
    forbids=True,
)
mentor_elsewhere = declare_reason(
    "mentor_elsewhere",
    _lazy("Orang itu hari ini tidak ditunjuk sebagai pendamping pada kantor yang diminta."),
    next_step=_lazy("Pilih pendamping dari daftar."),
)
case_closed = declare_reason(
    "case_closed",
    _lazy("Permintaan ini sudah selesai atau dihentikan."),
    next_step=_lazy("Yang tercatat tetap dapat dibaca; ajukan yang baru bila perlu."),
)
case_not_assigned = declare_reason(
    "case_not_assigned",
    _lazy("Permintaan ini tidak sedang menunggu jawaban Anda."),
    next_step=_lazy("Muat ulang halamannya."),
)
case_not_running = declare_reason(
    "case_not_running",
    _lazy("Langkahnya belum dapat dicatat: pendamping belum menerima tugasnya."),
    next_step=_lazy("Tunggu pendampingnya menerima."),
)
promise_in_past = declare_reason(
    "promise_in_past",
    _lazy("Hari yang dijanjikan sudah lewat."),
    next_step=_lazy("Pilih hari ini atau sesudahnya."),
)
step_over = declare_reason(
    "step_over",
    _lazy("Langkah ini sudah dicatat."),
    next_step=_lazy("Muat ulang halamannya."),
)
step_in_future = declare_reason(
    "step_in_future",
    _lazy("Hari selesainya belum tiba."),
    next_step=_lazy("Pilih hari ini atau sebelumnya."),
)
step_too_early = declare_reason(
    "step_too_early",
    _lazy("Langkah ini baru mulai %(day)s."),
    next_step=_lazy("Bila kertasnya sudah ada sebelum itu, catat langkahnya sebagai tidak perlu."),
)
step_reason_missing = declare_reason(
    "step_reason_missing",
    _lazy("Alasannya belum ditulis."),
    next_step=_lazy("Tulis alasannya dengan singkat."),
)
steps_open = declare_reason(
    "steps_open",
    _lazy("%(count)s langkah belum dicatat, mulai dari: %(step)s."),
    next_step=_lazy("Catat langkahnya, atau tandai tidak perlu dengan alasannya."),
)
case_permit_missing = declare_reason(
    "case_permit_missing",
    _lazy("%(kind)s yang mencantumkan %(products)s belum dicatat sejak permintaan ini."),
    next_step=_lazy("Catat izinnya dengan semua produk itu, lalu selesaikan permintaan ini."),
)


@dataclass(frozen=True)
class SelfDeclare:
    """What decides about halal by self-declaration; `without_nib` are products that no NIB names.

    `scale` is micro, small, medium or large, of the holder (PP 7/2021).
    """

    without_nib: tuple[str, ...]
    scale: str
    no_risk_materials: bool
    simple_process: bool
    sites: int
    outlets: int


def may_self_declare(facts: SelfDeclare) -> Verdict:
    """Every reason against it. Sources: PP 42/2024, Kepkaban BPJPH 146/2025 (at most one production
    site and one outlet); materials without risk and a simple process; a holder with NIB."""
    found: list[Reason] = [self_declare_nib(product=name) for name in facts.without_nib]
    if facts.scale not in ("micro", "small"):
        found.append(self_declare_size())
    if not facts.no_risk_materials:
        found.append(self_declare_materials())
    if not facts.simple_process:
        found.append(self_declare_process())
    if facts.sites > 1:
        found.append(self_declare_sites(count=facts.sites))
    if facts.outlets > 1:
        found.append(self_declare_outlets(count=facts.outlets))
    return Verdict(tuple(found))


@dataclass(frozen=True)
class AskedProduct:
    """A product for which help is asked. `held`: kind and number of a permit of the kind sought
    that holds for more than 90 days to come."""

    name: str
    is_asked: bool
    held: tuple[str, str] | None
    is_not_halal: bool


def may_ask(kind: str, facility_kind: str, products: tuple[AskedProduct, ...]) -> Verdict:
    """Never for children; some product; nothing that is there, on its way, or cannot be."""
    if facility_kind in NOT_HELPED:
        return Verdict((case_of_children(),))
    if not products:
        return Verdict((case_products_missing(),))
    found: list[Reason] = []
    for one in products:
        if one.is_asked:
            found.append(case_open_already(product=one.name))
        if one.held:
            found.append(case_not_needed(product=one.name, kind=one.held[0], number=one.held[1]))
        if one.is_not_halal and kind in HALAL:
            found.append(case_not_halal(product=one.name))
    return Verdict(tuple(found))


def may_say(text: str, *, names_person: bool = False) -> Verdict:
    """Goods, papers and places may be written about; nothing by which a person is found.

    `names_person`: whether somebody's own code of the unit stands in it (only the unit can tell).
    """
    if names_person or looks_personal(text):
        return Verdict((text_names_person(),))
    return Verdict()


def may_promise(day: date, today: date) -> Verdict:
    """Nothing is promised for a day that is over."""
    return Verdict() if day >= today else Verdict((promise_in_past(),))


def may_record_step(day: date, began_on: date, today: date, is_over: bool) -> Verdict:
    """Once, on a day between its beginning and today."""
    if is_over:
        return Verdict((step_over(),))
    if day > today:
        return Verdict((step_in_future(),))
    if day < began_on:
        return Verdict((step_too_early(day=began_on.strftime("%d-%m-%Y")),))
    return Verdict()


def may_finish(
    open_steps: tuple[str, ...], permit_kind: str, uncovered: tuple[str, ...]
) -> Verdict:
    """Every step is over; where a permit was sought, one recorded since names every product.

    `permit_kind` is its label, empty where none is sought; `uncovered`: products that none names.
    """
    found: list[Reason] = []
    if open_steps:
        found.append(steps_open(count=len(open_steps), step=open_steps[0]))
    if permit_kind and uncovered:
        found.append(case_permit_missing(kind=permit_kind, products=", ".join(uncovered)))
    return Verdict(tuple(found))


def stage_of(state: str, acting: str | None) -> str:
    """asked, assigned, running, waiting (for an office), ready (no step is left), done, given_up.

    `acting`: who acts in the first step that is not over; None where all are.
    """
    if state != "running":
        return state
    if acting is None:
        return "ready"
    return "waiting" if acting == "office" else "running"


def is_late(state: str, promised: tuple[date | None, ...], today: date) -> bool:
    """Whether a running case, or a step whose turn it is, is past the day that was promised."""
    return state == "running" and any(one is not None and one < today for one in promised)


def unassigned_since(today: date) -> date:
    """Asked on this day or before and still without a mentor: the UMKM officer is told."""
    return today - timedelta(days=UNASSIGNED_DAYS + 1)


def as_facts(told: Mapping[str, object], without_nib: tuple[str, ...]) -> SelfDeclare:
    """The answers of the form as the rule takes them."""
    return SelfDeclare(
        without_nib=without_nib,
        scale=str(told["scale"]),
        no_risk_materials=bool(told["no_risk_materials"]),
        simple_process=bool(told["simple_process"]),
        sites=int(str(told["sites"])),
        outlets=int(str(told["outlets"])),
    )
