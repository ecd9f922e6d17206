"""May this line stand on a sheet, may this batch start, take material, be closed?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason, Verdict, declare_reason

sheet_in_future = declare_reason(
    "sheet_in_future",
    _lazy("Hari itu belum terjadi."),
    next_step=_lazy("Periksa tanggal daftar hadirnya."),
)
not_history = declare_reason(
    "not_history",
    _lazy("Hari itu sesudah UPT mulai memakai program ini, jadi bukan riwayat."),
    next_step=_lazy("Isi sebagai daftar hadir biasa."),
)
work_empty = declare_reason(
    "work_empty",
    _lazy("Hadir, tetapi jam dan potongnya kosong."),
    next_step=_lazy("Isi jam atau jumlah potong, atau ganti tandanya."),
)
work_unreadable = declare_reason(
    "work_unreadable",
    _lazy("“%(text)s” tidak terbaca sebagai jam atau jumlah."),
    next_step=_lazy("Tulis angka, misalnya 5,5 untuk lima setengah jam."),
)
line_twice = declare_reason(
    "line_twice",
    _lazy("Orang yang sama tertulis dua kali untuk batch yang sama."),
    next_step=_lazy("Gabungkan menjadi satu baris."),
)
skill_missing = declare_reason(
    "skill_missing",
    _lazy("Pada hari itu belum memiliki keterampilan %(skill)s."),
    next_step=_lazy("%(next)s"),
)
exemption_too_long = declare_reason(
    "exemption_too_long",
    _lazy("Belajar sambil bekerja paling lama %(days)s hari."),
    next_step=_lazy("Pilih hari terakhir yang lebih dekat; sesudah itu ia dinilai."),
)
workshop_held = declare_reason(
    "workshop_held",
    _lazy("Bengkel ini dihentikan demi keselamatan sejak %(since)s: %(why)s."),
    next_step=_lazy("Kosongkan barisnya; Kepala UPT mencabut penghentian sesudah aman."),
)
workshop_elsewhere = declare_reason(
    "workshop_elsewhere",
    _lazy("Bengkel itu bukan milik UPT ini."),
    next_step=_lazy("Pilih bengkel UPT ini."),
)
incident_unfinished = declare_reason(
    "incident_unfinished",
    _lazy("Belum ditulis apa yang terjadi dan apa yang dilakukan."),
    next_step=_lazy("Tulis keduanya dengan singkat, juga bila belum selesai."),
)
checklist_incomplete = declare_reason(
    "checklist_incomplete",
    _lazy("Belum semua butir dijawab."),
    next_step=_lazy("Jawab ya atau tidak untuk setiap butir."),
)
checklist_twice = declare_reason(
    "checklist_twice",
    _lazy("Pemeriksaan bengkel ini pada hari itu sudah dicatat."),
    next_step=_lazy("Pilih hari lain; pemeriksaan baru menggantikan yang lama."),
)
batch_elsewhere = declare_reason(
    "batch_elsewhere",
    _lazy("Batch itu bukan milik bengkel ini."),
    next_step=_lazy("Pilih batch dari bengkel ini."),
)
batch_not_started = declare_reason(
    "batch_not_started",
    _lazy("Pada hari itu batch %(code)s belum dimulai."),
    next_step=_lazy("Pilih batch lain, atau periksa tanggal mulai batch."),
)
batch_closed = declare_reason(
    "batch_closed",
    _lazy("Batch %(code)s sudah ditutup."),
    next_step=_lazy("Catat sebagai koreksi dengan alasan; pembagian tidak diulang."),
)
batch_still_open = declare_reason(
    "batch_still_open",
    _lazy("Batch %(code)s belum ditutup."),
    next_step=_lazy("Tutup batchnya dulu; berita acaranya dicetak sesudah itu."),
)
workshop_not_in_use = declare_reason(
    "workshop_not_in_use",
    _lazy("Bengkel %(workshop)s sudah tidak dipakai."),
    next_step=_lazy("Pilih bengkel yang masih dipakai."),
)
correction_reason_missing = declare_reason(
    "correction_reason_missing",
    _lazy("Perubahan ini menyangkut batch yang sudah ditutup, jadi menjadi koreksi."),
    next_step=_lazy("Tulis alasan koreksinya, lalu simpan lagi."),
)
batch_without_work = declare_reason(
    "batch_without_work",
    _lazy("Belum ada kerja yang tercatat sebagai dasar pembagian batch ini."),
    next_step=_lazy("Isi daftar hadirnya dulu, sesuai dasar bagi batch."),
)
batch_without_output = declare_reason(
    "batch_without_output",
    _lazy("Hasil baik dan hasil ditolak keduanya nol."),
    next_step=_lazy("Isi berapa yang jadi, atau biarkan batch tetap terbuka."),
)
closing_too_early = declare_reason(
    "closing_too_early",
    _lazy("Masih ada kerja atau bahan tercatat sesudah %(day)s."),
    next_step=_lazy("Tutup batch pada atau sesudah hari kerja terakhirnya."),
)
loss_reason_missing = declare_reason(
    "loss_reason_missing",
    _lazy("Susut %(loss)s%% melebihi kebiasaan bengkel ini, %(custom)s%%."),
    next_step=_lazy("Tulis sebab susutnya, lalu tutup lagi."),
)
material_short = declare_reason(
    "material_short",
    _lazy("Sisa bahan %(code)s tidak cukup."),
    next_step=_lazy("Kurangi banyaknya, atau ambil dari lot bahan lain."),
)
material_elsewhere = declare_reason(
    "material_elsewhere",
    _lazy("Bahan itu bukan milik UPT ini."),
    next_step=_lazy("Pilih bahan dari UPT ini."),
)
material_not_there_yet = declare_reason(
    "material_not_there_yet",
    _lazy("Bahan %(code)s baru diterima pada %(day)s."),
    next_step=_lazy("Periksa tanggal pakai atau tanggal terimanya."),
)
material_reference_missing = declare_reason(
    "material_reference_missing",
    _lazy("Pembelian memerlukan nomor nota, bantuan memerlukan nomor BAST."),
    next_step=_lazy("Tulis nomornya seperti pada kertasnya."),
)
measure_differs = declare_reason(
    "measure_differs",
    _lazy("Satuan itu tidak dapat diubah menjadi satuan bahan."),
    next_step=_lazy("Pilih satuan yang sejenis, misalnya kg dan gram."),
)


@dataclass(frozen=True)
class ClosingFacts:
    """What decides whether a batch may be closed."""

    code: str
    is_closed: bool
    closed_on: date
    last_work_on: date | None
    has_weights: bool
    good_qty: Decimal
    rejected_qty: Decimal
    yield_loss_bp: int | None
    custom_loss_bp: int
    loss_reason: str


nobody_in_line = declare_reason(
    "nobody_in_line",
    _lazy("Pekan itu belum ada orang yang ditempatkan di bidang %(line)s."),
    next_step=_lazy("Catat dulu penempatan kerjanya, atau pilih pekan lain."),
)
roll_unknown = declare_reason(
    "roll_unknown",
    _lazy("Bengkel itu tidak ada di UPT ini."),
    next_step=_lazy("Buka lagi dari Daftar Hadir."),
)
roll_day_far = declare_reason(
    "roll_day_far",
    _lazy("Nama pada daftar hadir hanya dibuka sampai %(days)s hari ke belakang."),
    next_step=_lazy("Untuk hari yang lebih lama, buka data diri orangnya satu per satu."),
)


def may_close(facts: ClosingFacts) -> Verdict:
    """Every reason why the batch cannot be closed so."""
    if facts.is_closed:
        return Verdict((batch_closed(code=facts.code),))
    return Verdict(tuple(_closing_reasons(facts)))


def _closing_reasons(facts: ClosingFacts) -> list[Reason]:
    found = []
    if not facts.has_weights:
        found.append(batch_without_work())
    if facts.last_work_on is not None and facts.closed_on < facts.last_work_on:
        found.append(closing_too_early(day=facts.closed_on.strftime("%d-%m-%Y")))
    if facts.good_qty <= 0 and facts.rejected_qty <= 0:
        found.append(batch_without_output())
    loss = facts.yield_loss_bp
    if loss is not None and loss > facts.custom_loss_bp and not facts.loss_reason.strip():
        found.append(loss_reason_missing(loss=percent(loss), custom=percent(facts.custom_loss_bp)))
    return found


def percent(bp: int) -> str:
    """Basis points as a percentage is written here: 1250 -> `12,5`."""
    return f"{bp / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
