"""What a dry run has to say: every kind of finding with its words, its weight and its choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason
from berdaya.intake.records import CellRef

Level = Literal["note", "doubt", "refused"]
Text = str | Promise

CHOICES: dict[str, Text] = {
    "skip": _lazy("Jangan bukukan"),
    "book": _lazy("Bukukan"),
    "cap": _lazy("Bukukan sampai batasnya saja"),
    "no_request": _lazy("Tidak ada: hari kerjanya sejak mulai memakai Berdaya tidak dibukukan"),
    "has_request": _lazy("Ada permintaan tertulisnya sejak mulai bekerja"),
    "pieces": _lazy("Menurut potong saja"),
    "hours": _lazy("Menurut jam"),
    "as_summed": _lazy("Pakai jumlah tiap hari"),
    "not_deducted": _lazy("Catat tanpa nilai: tidak mengurangi hasil jual"),
    "deducted": _lazy("Kurangkan sebagai biaya bahan"),
    "inside": _lazy("Termasuk dalam jumlah itu: hanya sisanya yang baik"),
    "beside": _lazy("Di luar jumlah itu: semuanya baik"),
    "opening": _lazy("Dari stok lama (sebelum buku ini), tanpa premi"),
    "first_lot": _lazy("Dari batch berikutnya; tanggalnya tertukar"),
    "as_pieces": _lazy("Hitung per buah"),
    "refund": _lazy("Bukukan pengembaliannya"),
    "no_refund": _lazy("Abaikan; barangnya ditukar"),
    "unpaid": _lazy("Bukukan sebagai belum dibayar"),
    "as_written": _lazy("Bukukan seperti tertulis"),
    "keep": _lazy("Biarkan yang sudah dibukukan"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of finding: how grave, in which words, and what can be chosen (first: default)."""

    level: Level
    sentence: Text
    choices: tuple[str, ...] = ()


NOTE, DOUBT, REFUSED = "note", "doubt", "refused"

KINDS: dict[str, Kind] = {
    # reading
    "column_left_out": Kind(
        NOTE, _lazy("Kolom “%(header)s” tidak dibaca: siapa orangnya tidak disimpan di sini.")
    ),
    "column_sealed": Kind(
        NOTE, _lazy("Kolom “%(header)s” disegel sebagai data diri; di buku ini tidak terlihat.")
    ),
    "cell_left_out": Kind(
        NOTE, _lazy("Sel ini memuat nama, NIK, atau nomor register; isinya dibuang.")
    ),
    "sheet_unknown": Kind(NOTE, _lazy("Lembar ini tidak dikenali dan tidak dibaca.")),
    "column_missing": Kind(
        REFUSED, _lazy("Kolom %(fields)s tidak ditemukan; lembar ini belum dapat dibaca.")
    ),
    "day_unreadable": Kind(
        REFUSED, _lazy("“%(text)s” bukan tanggal yang dapat dibaca."), ("skip",)
    ),
    "number_unreadable": Kind(
        REFUSED, _lazy("“%(text)s” bukan angka yang dapat dibaca."), ("skip",)
    ),
    "mark_unreadable": Kind(
        REFUSED, _lazy("“%(text)s” bukan tanda hadir, jam, atau potong."), ("skip",)
    ),
    "day_without_year": Kind(
        NOTE, _lazy("%(count)s tanggal tanpa tahun; dipakai tahun %(year)s dari judul.")
    ),
    "day_first_assumed": Kind(
        NOTE, _lazy("%(count)s tanggal seperti “%(text)s” dibaca hari dulu, lalu bulan.")
    ),
    "work_number_spelled": Kind(NOTE, _lazy("“%(text)s” dibaca sebagai %(number)s.")),
    "product_spelled": Kind(NOTE, _lazy("“%(text)s” dibaca sebagai “%(product)s”.")),
    "measure_spelled": Kind(NOTE, _lazy("Satuan “%(text)s” dibaca sebagai %(measure)s.")),
    "measure_unknown": Kind(
        DOUBT, _lazy("Satuan “%(text)s” tidak dikenal; dihitung per buah."), ("as_pieces", "skip")
    ),
    "measure_differs": Kind(
        DOUBT,
        _lazy("Satuan di sini %(measure)s, di daftar produk %(listed)s."),
        ("skip", "as_written"),
    ),
    "row_twice": Kind(
        REFUSED, _lazy("%(what)s sudah ada di baris lain; baris ini dilewati."), ("skip",)
    ),
    "row_changed": Kind(
        DOUBT,
        _lazy("%(what)s sudah dibukukan dengan isi lain. Ubah lewat koreksi di layarnya."),
        ("keep",),
    ),
    # people
    "status_unknown": Kind(REFUSED, _lazy("Status “%(text)s” tidak dikenal."), ("skip",)),
    "start_missing": Kind(REFUSED, _lazy("%(who)s: tanggal mulai bekerja kosong."), ("skip",)),
    "consent_absent": Kind(
        NOTE, _lazy("%(who)s: surat kesediaan %(text)s. Tanpa surat, kerjanya tidak dibukukan.")
    ),
    "consent_after_start": Kind(
        NOTE,
        _lazy("%(who)s: surat kesediaan %(consent)s, sesudah mulai bekerja %(start)s."),
    ),
    "fitness_over": Kind(
        NOTE, _lazy("%(who)s: surat sehat hanya sampai %(until)s, sesudahnya masih bekerja.")
    ),
    "request_absent": Kind(
        DOUBT,
        _lazy("%(who)s: tahanan, dan buku ini tidak menyebut permintaannya sendiri."),
        ("no_request", "has_request"),
    ),
    "leaves": Kind(NOTE, _lazy("%(who)s: %(note)s. Penempatannya berakhir %(day)s.")),
    "line_differs": Kind(
        NOTE, _lazy("%(who)s: bidang “%(line)s” di sini, “%(listed)s” di daftar.")
    ),
    "person_unknown": Kind(
        REFUSED, _lazy("%(who)s tidak ada di daftar warga binaan yang bekerja."), ("skip",)
    ),
    "placement_from_book": Kind(
        NOTE,
        _lazy(
            "%(count)s orang: bidang kerjanya diambil dari daftar ini. Lengkapi nomor SK TPP nanti."
        ),
    ),
    # days
    "limit_in_history": Kind(NOTE, _lazy("%(who)s, %(count)s hari (riwayat): %(reason)s")),
    "limit_broken": Kind(REFUSED, _lazy("%(who)s, %(count)s hari: %(reason)s"), ("skip",)),
    "hours_too_long": Kind(REFUSED, _lazy("%(who)s, %(count)s hari: %(reason)s"), ("skip", "cap")),
    "sunday_worked": Kind(NOTE, _lazy("%(who)s bekerja pada %(count)s hari Minggu.")),
    "sum_differs": Kind(
        DOUBT,
        _lazy("%(who)s: tertulis %(stated)s jam, jumlah tiap harinya %(summed)s jam."),
        ("as_summed",),
    ),
    "hours_on_piece_line": Kind(
        DOUBT,
        _lazy(
            "%(batch)s (borongan): %(hours)s jam dicatat tanpa potong;"
            " %(nobody)s orang hanya punya jam dan tidak akan mendapat bagian."
        ),
        ("pieces", "hours"),
    ),
    "pieces_over_output": Kind(
        NOTE, _lazy("%(batch)s: %(pieces)s potong dicatat, hasil jadi hanya %(made)s.")
    ),
    "hours_without_batch": Kind(
        NOTE,
        _lazy("%(line)s, %(first)s–%(last)s: %(hours)s jam tanpa batch; masuk daftar hadir saja."),
    ),
    "hours_shared": Kind(
        NOTE,
        _lazy("%(line)s, %(first)s–%(last)s: jam dibagi rata ke %(batches)s (waktunya bersamaan)."),
    ),
    "batch_cut_at_go_live": Kind(
        NOTE,
        _lazy("%(batch)s dimulai sebelum %(day)s; hanya jam sejak tanggal itu yang membawa premi."),
    ),
    # materials
    "amount_missing": Kind(
        NOTE, _lazy("Jumlah harga kosong; dihitung %(qty)s × %(price)s = %(amount)s.")
    ),
    "amount_differs": Kind(
        DOUBT,
        _lazy("Tertulis %(stated)s, padahal %(qty)s × %(price)s = %(amount)s."),
        ("as_written", "skip"),
    ),
    "total_leaves_out": Kind(
        NOTE, _lazy("JUMLAH %(stated)s; dengan baris yang kosong menjadi %(summed)s.")
    ),
    "total_differs": Kind(NOTE, _lazy("JUMLAH tertulis %(stated)s, isinya %(summed)s.")),
    "total_counts_double": Kind(
        NOTE, _lazy("TOTAL %(stated)s menghitung nota ganda; tanpa itu %(summed)s.")
    ),
    "purchase_without_receipt": Kind(NOTE, _lazy("%(what)s dibeli tanpa nomor nota.")),
    "donation_without_value": Kind(
        NOTE, _lazy("%(what)s hibah tanpa nilai; dicatat Rp0 dan tidak mengurangi hasil jual.")
    ),
    "garden_without_value": Kind(
        NOTE, _lazy("%(what)s dari kebun sendiri tanpa nilai; dicatat Rp0.")
    ),
    "garden_priced": Kind(
        DOUBT,
        _lazy("%(what)s dari kebun sendiri, tetapi berharga %(amount)s."),
        ("not_deducted", "deducted"),
    ),
    "partner_material": Kind(
        DOUBT,
        _lazy("%(what)s milik mitra (%(source)s), senilai %(amount)s."),
        ("deducted", "not_deducted"),
    ),
    "source_unknown": Kind(
        DOUBT, _lazy("Sumber “%(text)s” tidak dikenal."), ("not_deducted", "deducted")
    ),
    "material_without_batch": Kind(
        NOTE, _lazy("%(what)s: tidak ada batch %(product)s sesudahnya; masuk persediaan bahan.")
    ),
    # output
    "product_unknown": Kind(
        REFUSED, _lazy("Produk “%(text)s” tidak ada di daftar produk."), ("skip",)
    ),
    "quality_unchecked": Kind(
        DOUBT, _lazy("%(batch)s: mutu belum diperiksa (“%(text)s”)."), ("book", "skip")
    ),
    "rejected_in_count": Kind(
        DOUBT,
        _lazy("%(batch)s: hasil %(qty)s dan %(rejected)s afkir; apakah termasuk?"),
        ("inside", "beside"),
    ),
    "rework_in_count": Kind(
        DOUBT,
        _lazy("%(batch)s: hasil %(qty)s dan %(rework)s perlu perbaikan; apakah termasuk?"),
        ("inside", "beside"),
    ),
    "batch_without_material": Kind(
        NOTE, _lazy("%(batch)s: tidak ada bahan tercatat; biaya bahannya Rp0.")
    ),
    "batch_without_work": Kind(
        REFUSED,
        _lazy("%(batch)s: tidak ada kerja yang dapat dibukukan; batch tidak dapat ditutup."),
        ("skip",),
    ),
    "unsigned": Kind(NOTE, _lazy("Kolom “%(header)s” kosong di %(count)s baris.")),
    "paper_missing": Kind(NOTE, _lazy("%(product)s: izin atau sertifikat belum tercatat.")),
    "permit_runs_out": Kind(
        NOTE, _lazy("%(product)s: %(number)s hanya berlaku sampai akhir %(year)s.")
    ),
    "permit_pending": Kind(NOTE, _lazy("%(product)s: “%(text)s” masih proses, belum ada nomor.")),
    "sold_without_halal": Kind(
        NOTE,
        _lazy("%(product)s terjual %(day)s tanpa sertifikat halal; wajib sejak 18 Oktober 2026."),
    ),
    # sales
    "receipt_twice": Kind(
        DOUBT,
        _lazy("Nota %(number)s tertulis dua kali (%(other)s) dengan isi sama."),
        ("skip", "book"),
    ),
    "receipt_reused": Kind(
        DOUBT,
        _lazy("Nota %(number)s dipakai lagi (%(other)s) dengan isi lain."),
        ("book", "skip"),
    ),
    "receipt_gap": Kind(NOTE, _lazy("Nota %(numbers)s tidak ada di buku ini.")),
    "sold_before_made": Kind(
        DOUBT,
        _lazy("Nota %(number)s: %(product)s terjual %(day)s, batch pertamanya baru %(made)s."),
        ("opening", "first_lot", "skip"),
    ),
    "sold_more_than_made": Kind(
        DOUBT,
        _lazy("Nota %(number)s: terjual %(qty)s, yang ada hanya %(made)s."),
        ("opening", "skip"),
    ),
    "amount_of_sale_differs": Kind(
        DOUBT,
        _lazy("Nota %(number)s: total %(stated)s, padahal jumlah × harga = %(amount)s."),
        ("skip", "as_written"),
    ),
    "price_off_list": Kind(NOTE, _lazy("Nota %(number)s: harga %(price)s, di daftar %(listed)s.")),
    "staff_below_list": Kind(
        REFUSED,
        _lazy("Nota %(number)s: pegawai membayar %(price)s, di bawah harga daftar %(listed)s."),
        ("skip",),
    ),
    "staff_buyer": Kind(NOTE, _lazy("Nota %(number)s: pembelinya pegawai, harga daftar.")),
    "consigned": Kind(
        NOTE, _lazy("Nota %(number)s: titip jual di %(buyer)s; dibukukan terjual pada tanggal ini.")
    ),
    "sold_outright": Kind(NOTE, _lazy("Nota %(number)s: beli putus oleh %(buyer)s.")),
    "paid_in_parts": Kind(
        NOTE, _lazy("Nota %(number)s: uang muka %(first)s, pelunasan %(rest)s pada %(day)s.")
    ),
    "unpaid": Kind(
        DOUBT, _lazy("Nota %(number)s: belum dibayar (%(amount)s)."), ("unpaid", "skip")
    ),
    "returned": Kind(
        DOUBT,
        _lazy("Nota %(number)s: %(qty)s dikembalikan pada %(day)s."),
        ("refund", "no_refund"),
    ),
    "cooperative_buys": Kind(
        DOUBT,
        _lazy("Nota %(number)s: pembelinya koperasi, yang mungkin penjualnya sendiri."),
        ("as_written", "skip"),
    ),
    "payment_unknown": Kind(
        DOUBT, _lazy("Nota %(number)s: cara bayar “%(text)s” tidak dikenal."), ("unpaid", "skip")
    ),
    "history_sale": Kind(
        NOTE,
        _lazy("%(count)s nota sebelum %(day)s adalah riwayat: dibukukan tanpa premi."),
    ),
    "old_stock_sale": Kind(
        NOTE,
        _lazy("Nota %(number)s: barangnya dari batch riwayat (%(batch)s), jadi tanpa premi."),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One remark: what, where, in which case; `cells` lists every cell it is about."""

    code: str
    at: CellRef
    params: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)
    cells: tuple[CellRef, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """What a choice is remembered by: kind and first cell."""
        return f"{self.code}@{self.at}"

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]

    @property
    def level(self) -> str:
        return self.kind.level

    @property
    def text(self) -> str:
        """The sentence in the active language."""
        shown = {
            name: (value.text if isinstance(value, Reason) else value)
            for name, value in self.params.items()
        }
        return str(self.kind.sentence) % shown

    @property
    def default(self) -> str:
        return self.kind.choices[0] if self.kind.choices else ""

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """What can be chosen, as (code, label)."""
        return [(code, CHOICES[code]) for code in self.kind.choices]


@dataclass
class Notebook:
    """Collects findings and answers what was chosen for them."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def note(self, code: str, at: CellRef, cells: tuple[CellRef, ...] = (), **params: Any) -> str:
        """Write one down; returns the choice that holds for it ("" when there is none)."""
        finding = Finding(code, at, params, cells or (at,))
        if finding.key not in self.told:
            self.told.add(finding.key)
            self.findings.append(finding)
        return self.choice(finding)

    def note_once(self, code: str, at: CellRef, **params: Any) -> None:
        """Write down what holds for a whole sheet: the same words are not told twice there."""
        same = f"{code}:{at.sheet}:{sorted(params.items())}"
        if same not in self.told:
            self.told.add(same)
            self.note(code, at, **params)

    def choice(self, finding: Finding) -> str:
        """What was chosen, if it is one of the choices; the default otherwise."""
        chosen = self.chosen.get(finding.key, "")
        return chosen if chosen in finding.kind.choices else finding.default

    def of(self, code: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.code == code]
