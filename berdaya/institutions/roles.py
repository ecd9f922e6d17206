"""The closed list of roles and what each may do; who holds which stands in the appointments."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

# What can be done at all. A rule or a page that names another word is a mistake and says so.
ABILITIES: dict[str, str | Promise] = {
    "people.view": _lazy("melihat pekerjaan dan premi warga binaan"),
    # A counsellor's opens only the clients assigned to them (BY_CASELOAD).
    "person.view": _lazy("melihat daftar warga binaan atau klien"),
    "participant.edit": _lazy("mencatat warga binaan dan penempatannya"),
    "consent.record": _lazy("mencatat surat pernyataan kesediaan"),
    "fitness.record": _lazy("mencatat surat keterangan sehat"),
    "identity.record": _lazy("mencatat data diri yang tersegel"),
    "identity.search": _lazy("mencari orang menurut nomor register atau NIK"),
    "identity.erase": _lazy("menghapus data diri untuk selamanya"),
    # A counsellor's opens only those of the clients assigned to them.
    "rights.view": _lazy("melihat permohonan orang atas datanya"),
    "rights.record": _lazy("mencatat permohonan orang atas datanya"),
    "rights.answer": _lazy("menjawab permohonan orang atas datanya"),
    "breach.view": _lazy("melihat daftar kegagalan pelindungan data"),
    "breach.record": _lazy("mencatat kegagalan pelindungan data dan pemberitahuannya"),
    "retention.view": _lazy("melihat masa simpan data"),
    "retention.edit": _lazy("mengubah masa simpan data"),
    # Each opens names for one purpose only (people/purposes.py).
    "identity.roll": _lazy("membuka nama pada daftar hadir bengkelnya"),
    "identity.payout": _lazy("membuka nama dan rekening untuk membayar premi"),
    "identity.slips": _lazy("membuka nama untuk membagikan slip"),
    "identity.caseload": _lazy("membuka nama klien bimbingannya"),
    "identity.sample": _lazy("membuka nama dalam sampel pemeriksaan"),
    "identity.certificate": _lazy("membuka nama untuk mencetak sertifikat pelatihan"),
    "identity.open": _lazy("membuka data diri satu orang"),
    "identity.consent": _lazy("membuka pindaian surat kesediaan"),
    "identity.leaving": _lazy("membuka nama pada berita acara saat keluar"),
    "reveal.view": _lazy("melihat siapa membuka data diri"),
    "reveal.review": _lazy("memeriksa pembukaan data diri yang tidak biasa"),
    "work.approve": _lazy("menyetujui penempatan kerja"),
    "goods.edit": _lazy("mengubah produk dan varian"),
    "material.edit": _lazy("mencatat bahan"),
    "sheet.write": _lazy("mengisi daftar hadir dan hasil kerja"),
    "batch.start": _lazy("membuka batch"),
    "batch.close": _lazy("menutup batch"),
    "stock.view": _lazy("melihat stok"),
    "stock.edit": _lazy("mencatat mutasi stok"),
    "gate.view": _lazy("melihat izin keluar barang"),
    "gate.approve": _lazy("mengizinkan barang keluar"),
    "permit.edit": _lazy("mengubah izin dan sertifikat"),
    "permit.view": _lazy("melihat izin dan sertifikat"),
    "label.print": _lazy("menulis teks label dan mencetak label"),
    # Rules of the whole country, so of the national office alone; two of it make a change.
    "rule.edit": _lazy("mengusulkan perubahan aturan"),
    "rule.approve": _lazy("memutuskan perubahan aturan"),
    "override.request": _lazy("meminta izin khusus"),
    "override.approve": _lazy("memutuskan izin khusus"),
    "sale.record": _lazy("mencatat penjualan"),
    "sale.refund": _lazy("mengembalikan dana"),
    "listing.propose": _lazy("mengajukan tayang"),
    "listing.approve": _lazy("menyetujui tayang"),
    "listing.withdraw": _lazy("menarik barang yang tayang"),
    "photo.view": _lazy("melihat foto barang"),
    "piece.view": _lazy("melihat foto karya pelatihan"),
    "photo.review": _lazy("memeriksa foto sebagai orang kedua"),
    "order.view": _lazy("melihat pesanan"),
    "order.fulfil": _lazy("mengemas dan menyerahkan pesanan"),
    "order.match": _lazy("mencocokkan pembayaran pesanan"),
    "policy.edit": _lazy("mengusulkan kebijakan bagi hasil"),
    "policy.approve": _lazy("menyetujui kebijakan bagi hasil"),
    "payout.prepare": _lazy("menyiapkan daftar pembayaran premi"),
    "payout.approve": _lazy("menyetujui daftar pembayaran premi"),
    "payout.pay": _lazy("membayarkan premi"),
    "deposit.record": _lazy("mencatat setoran PNBP"),
    "obligation.settle": _lazy("menyelesaikan kewajiban buku"),
    "leaving.settle": _lazy("menyelesaikan hak orang yang keluar"),
    "slip.print": _lazy("mencetak slip premi"),
    "objection.answer": _lazy("menjawab keberatan premi"),
    "books.view": _lazy("melihat buku"),
    "audit.view": _lazy("menelusuri perubahan"),
    "import.run": _lazy("memasukkan buku kerja UPT"),
    "programme.view": _lazy("melihat perkembangan program"),
    # Products, places and dates of every unit; no person.
    "umkm.view": _lazy("melihat Meja UMKM"),
    # Both ministries hold these; for which side stands in the office (programme/seats.py).
    "programme.edit": _lazy("mengusulkan dan mencatat kesepakatan program"),
    "programme.agree": _lazy("menyepakati usulan dan laporan triwulan bersama"),
    # Reports of months: true counts, for offices.
    "report.view": _lazy("melihat laporan bulanan UPT"),
    "report.send": _lazy("mengirim laporan bulanan UPT"),
    "report.accept": _lazy("memeriksa laporan bulanan UPT"),
    "target.edit": _lazy("menetapkan target indikator"),
    "seat.edit": _lazy("mencatat kedudukan dan kapasitas UPT"),
    "jobs.view": _lazy("melihat pekerjaan latar yang gagal"),
    "staff.view": _lazy("melihat petugas dan penunjukannya"),
    "staff.edit": _lazy("mengelola petugas dan penunjukan"),
    "office.appoint": _lazy("menunjuk petugas kantor"),
    "card.issue": _lazy("membuat kartu sekali pakai"),
    "pc.register": _lazy("mendaftarkan komputer unit"),
    "party.edit": _lazy("mencatat pihak dan rezim pendapatannya"),
    "account.register": _lazy("mendaftarkan rekening dan QRIS"),
    "account.confirm": _lazy("mengesahkan rekening dan QRIS"),
    "numbering.edit": _lazy("mengubah pola nomor surat"),
    "limits.edit": _lazy("mengubah batas waktu kerja"),
    "publicity.view": _lazy("melihat persetujuan publikasi"),
    "publicity.record": _lazy("mencatat persetujuan publikasi"),
    "caseload.assign": _lazy("membagi klien kepada Pembimbing Kemasyarakatan"),
    "letter.edit": _lazy("mencatat surat tugas auditor"),
    "text.edit": _lazy("menetapkan naskah pernyataan"),
    # Without people.view no page of it says whom an incident touched.
    "safety.view": _lazy("melihat kejadian keselamatan"),
    "safety.record": _lazy("mencatat kejadian dan pemeriksaan keselamatan"),
    "safety.lift": _lazy("mencabut penghentian kerja"),
    "insurance.edit": _lazy("mencatat jaminan kecelakaan kerja"),
    # Says nothing of persons: mentors and the UMKM side have it too.
    "training.sessions": _lazy("melihat jadwal pelatihan"),
    "training.view": _lazy("melihat peserta pelatihan dan keterampilannya"),
    "training.edit": _lazy("mengatur pelatihan, sesi, dan daftar hadirnya"),
    "training.enrol": _lazy("mendaftarkan peserta pelatihan"),
    "training.assess": _lazy("mencatat penilaian pelatihan"),
    "training.prove": _lazy("menerbitkan surat keterangan kehadiran pelatihan"),
    # Shares and things alone, for whoever buys abroad.
    "evidence.view": _lazy("melihat bukti asal dan kebun"),
    "evidence.print": _lazy("menyusun bukti asal dan menanyakan ekspor"),
    "plot.edit": _lazy("mencatat kebun asal bahan"),
    # None of these shows a person: mentors have them too (mentoring/walls.py).
    "mentoring.view": _lazy("melihat pendampingan produk"),
    "mentoring.lead": _lazy("mendampingi produk: sesi, harga, dan laporannya"),
    "mentoring.ask": _lazy("meminta pendamping dan mengambil harga usulannya"),
    "mentoring.accept": _lazy("menerima pendamping dan menentukan yang didampingi"),
    "mentoring.work": _lazy("mengerjakan langkah dan temuan pendampingan"),
    "mentoring.end": _lazy("mengakhiri pendampingan"),
    # None of these shows a person either (facilitation/walls.py).
    "facilitation.view": _lazy("melihat fasilitasi izin dan kesiapan produk"),
    "facilitation.ask": _lazy("meminta bantuan untuk produk, atau menghentikannya"),
    "facilitation.assign": _lazy("menugaskan pendamping untuk permintaan bantuan"),
    "facilitation.lead": _lazy("menerima tugas fasilitasi dan menjanjikan waktunya"),
    "facilitation.work": _lazy("mencatat langkah fasilitasi dan berkirim pesan"),
    # Own businesses under the neutral address: of nobody's past, so of the UMKM side alone.
    "market.view": _lazy("melihat usaha sendiri dan pendaftarannya"),
    "market.admit": _lazy("menerima usaha sendiri dan mengawasi tokonya"),
    # After release; a counsellor's opens only the clients assigned to them.
    "plan.view": _lazy("melihat rencana usaha sebelum bebas"),
    "plan.write": _lazy("menulis rencana usaha bersama orangnya"),
    "plan.approve": _lazy("menyetujui rencana usaha sebelum bebas"),
    "aftercare.view": _lazy("melihat tindak lanjut sesudah bebas"),
    "aftercare.record": _lazy("mencatat bimbingan, tindak lanjut, rujukan, dan bantuan alat"),
    "aftercare.approve": _lazy("menyetujui bantuan alat"),
    "certificate.propose": _lazy("mengusulkan sertifikat pelatihan"),
    "certificate.approve": _lazy("menyetujui sertifikat pelatihan dan pencabutannya"),
    "certificate.revoke": _lazy("meminta sertifikat dicabut atau diganti"),
    "equipment.view": _lazy("melihat sarana dan kalendernya"),
    "equipment.edit": _lazy(
        "mencatat sarana, kondisinya, perawatannya, dan siapa yang boleh pakai"
    ),
    "equipment.book": _lazy("memesan sarana"),
    "booking.approve": _lazy("menyetujui pemesanan dari luar"),
    "tools.view": _lazy("melihat hitungan alat"),
    "tools.count": _lazy("menghitung alat keluar dan masuk"),
    "tools.search": _lazy("mencari alat yang hilang dan mencatat hasilnya"),
    "tools.resolve": _lazy("mengesahkan akhir pencarian alat yang hilang"),
    "event.view": _lazy("melihat acara, stan, dan barangnya"),
    "event.edit": _lazy("menyelenggarakan acara"),
    "event.propose": _lazy("menjawab undangan acara dan mengusulkan produk"),
    "handout.make": _lazy("menyerahkan barang ke stan"),
    "handout.receive": _lazy("menerima barang di stan"),
    "settlement.prepare": _lazy("menghitung titip jual stan"),
    "settlement.approve": _lazy("menyetujui perhitungan titip jual"),
    "settlement.pay": _lazy("membayar pemilik barang titip jual"),
    "stall.open": _lazy("membuka stan acara"),
    "stall.sell": _lazy("berjualan di stan acara"),
    "stall.close": _lazy("menutup kas stan"),
    "cash.receive": _lazy("menerima setoran kas stan dan mencocokkan QRIS-nya"),
}

# Approving, paying, and letting people in: a POST asks for PIN, code or key again (asking.py).
ASKED_AGAIN = frozenset(
    [
        *("work.approve", "gate.approve", "listing.approve", "policy.approve", "account.confirm"),
        *("payout.approve", "payout.pay", "deposit.record", "sale.refund", "obligation.settle"),
        *("leaving.settle", "staff.edit", "office.appoint", "card.issue", "pc.register"),
        *("identity.erase", "certificate.approve", "booking.approve", "tools.resolve"),
        *("settlement.approve", "settlement.pay", "cash.receive"),
        *("plan.approve", "aftercare.approve", "programme.agree"),
        *("rule.approve", "override.approve"),
    ]
)

# Abilities for which nobody has to see a facility's protected rows.
WITHOUT_ROWS = frozenset(
    [
        *("staff.view", "staff.edit", "office.appoint", "jobs.view", "programme.view"),
        *("permit.view", "letter.edit", "card.issue", "pc.register", "training.sessions"),
        *("mentoring.view", "mentoring.lead", "mentoring.work", "mentoring.end", "umkm.view"),
        *("facilitation.view", "facilitation.assign", "facilitation.lead", "facilitation.work"),
        *("market.view", "market.admit"),
        *("programme.edit", "programme.agree"),
        *("rule.edit", "rule.approve"),
    ]
)


@dataclass(frozen=True)
class Role:
    """A function in the field, not a post; `at` says where it can be held.

    `in_stead`: what it may do only where nobody of the unit itself could (standing_in.py).
    """

    code: str
    label: str | Promise
    at: frozenset[str]
    abilities: frozenset[str]
    in_stead: frozenset[str] = frozenset()

    @property
    def houses_only(self) -> bool:
        """The UMKM side opens production houses, where nobody is held, whatever office it is at."""
        return self.code in UMKM_SIDE

    @property
    def opens_facilities(self) -> bool:
        """Whether it needs protected rows at all; a mentor and an administrator do not."""
        return bool(self.abilities - WITHOUT_ROWS)


UMKM_SIDE = frozenset({"mentor", "umkm_officer"})
FACILITY, OFFICE = frozenset({"facility"}), frozenset({"office"})
EITHER = FACILITY | OFFICE


def _role(
    code: str, label: Promise, at: frozenset[str], abilities: str, in_stead: str = ""
) -> Role:
    words, stead = frozenset(abilities.split()), frozenset(in_stead.split())
    if unknown := (words | stead) - ABILITIES.keys():
        raise ValueError(f"role {code}: no such ability: {sorted(unknown)}")
    return Role(code, label, at, words, stead)


_LOOKING = (
    "people.view person.view rights.view stock.view permit.view books.view order.view"
    " programme.view gate.view photo.view piece.view safety.view evidence.view"
)

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "officer",
            _lazy("Petugas kegiatan kerja"),
            FACILITY,
            "people.view person.view participant.edit identity.record identity.search"
            " identity.roll identity.slips identity.open identity.consent identity.leaving"
            " consent.record fitness.record goods.edit material.edit sheet.write batch.start"
            " batch.close stock.view stock.edit permit.edit permit.view label.print sale.record"
            " leaving.settle slip.print import.run listing.propose order.view order.fulfil"
            " rights.view rights.record rights.answer breach.view breach.record publicity.view"
            " publicity.record safety.record safety.view insurance.edit"
            " gate.view photo.view piece.view"
            " certificate.propose certificate.revoke identity.certificate training.assess"
            " training.edit training.enrol training.sessions training.view"
            " equipment.book equipment.edit equipment.view tools.count"
            " tools.search tools.view"
            " event.propose event.view handout.make handout.receive"
            " stall.close stall.open stall.sell"
            " evidence.view evidence.print plot.edit"
            " mentoring.ask mentoring.view mentoring.work"
            " facilitation.ask facilitation.view facilitation.work"
            " plan.view plan.write"
            " override.request",
        ),
        _role(
            "head",
            _lazy("Kepala UPT"),
            FACILITY,
            f"{_LOOKING} identity.erase identity.open identity.consent reveal.view reveal.review"
            " label.print work.approve gate.approve payout.approve policy.edit"
            " policy.approve sale.refund objection.answer audit.view listing.approve"
            " listing.withdraw staff.view party.edit account.confirm numbering.edit photo.review"
            " publicity.view caseload.assign card.issue pc.register rights.record rights.answer"
            " breach.view breach.record retention.view safety.record safety.lift training.prove"
            " certificate.approve certificate.revoke"
            " training.sessions training.view"
            " booking.approve equipment.view tools.resolve tools.search tools.view"
            " event.propose event.view settlement.approve"
            " evidence.print"
            " mentoring.accept mentoring.end mentoring.view"
            " facilitation.view"
            " aftercare.approve aftercare.view plan.approve plan.view"
            " report.send report.view"
            " override.request",
        ),
        _role(
            "receipts_treasurer",
            _lazy("Bendahara Penerimaan"),
            FACILITY,
            "books.view deposit.record obligation.settle sale.record sale.refund stock.view"
            " order.view order.match account.register event.view settlement.prepare settlement.pay"
            " cash.receive gate.view photo.view",
        ),
        _role(
            "payments_treasurer",
            _lazy("Bendahara Pengeluaran"),
            FACILITY,
            "books.view payout.prepare payout.pay leaving.settle slip.print identity.payout"
            " identity.slips identity.leaving",
        ),
        _role(
            "cooperative_officer",
            _lazy("Pengurus Koperasi"),
            FACILITY,
            "books.view stock.view stock.edit permit.view sale.record policy.edit payout.prepare"
            " payout.pay obligation.settle order.view order.fulfil order.match account.register"
            " identity.payout event.view settlement.prepare settlement.pay cash.receive"
            " gate.view photo.view",
        ),
        _role(
            "seller",
            _lazy("Penjaga stan"),
            FACILITY,
            "sale.record stock.view event.view handout.receive stall.open stall.sell stall.close"
            " gate.view photo.view",
        ),
        _role(
            "counsellor",
            _lazy("Pembimbing Kemasyarakatan"),
            FACILITY,
            "person.view participant.edit identity.record identity.search identity.caseload"
            " aftercare.record aftercare.view plan.view"
            " identity.open rights.view rights.record rights.answer breach.view breach.record",
        ),
        _role(
            "humas",
            _lazy("Humas"),
            FACILITY,
            "stock.view photo.review publicity.view publicity.record training.sessions"
            " gate.view photo.view piece.view",
        ),
        # Sees things, never people, money or what is offered.
        _role(
            "security",
            _lazy("Kepala Pengamanan (KPLP)"),
            FACILITY,
            "tools.search tools.view gate.view safety.view photo.review photo.view piece.view",
        ),
        _role(
            "clinician",
            _lazy("Dokter atau perawat UPT"),
            FACILITY,
            "person.view fitness.record safety.record",
        ),
        _role(
            "unit_administrator",
            _lazy("Administrator UPT"),
            FACILITY,
            "staff.view card.issue pc.register",
        ),
        _role(
            "mentor",
            _lazy("Pendamping UMKM"),
            OFFICE,
            "permit.view programme.view training.sessions"
            " booking.approve equipment.book equipment.view"
            " mentoring.end mentoring.lead mentoring.view mentoring.work umkm.view"
            " facilitation.lead facilitation.view facilitation.work",
        ),
        _role(
            "umkm_officer",
            _lazy("Petugas UMKM"),
            OFFICE,
            "permit.view programme.view training.sessions"
            " booking.approve equipment.book equipment.edit equipment.view"
            " mentoring.view umkm.view"
            " facilitation.assign facilitation.view"
            " market.admit market.view"
            " programme.agree programme.edit",
        ),
        _role(
            "regional",
            _lazy("Kantor Wilayah"),
            OFFICE,
            f"{_LOOKING} participant.edit identity.erase payout.prepare payout.approve payout.pay"
            " policy.approve objection.answer audit.view listing.withdraw photo.review staff.view"
            " staff.edit party.edit account.register account.confirm numbering.edit caseload.assign"
            " letter.edit rights.answer breach.view breach.record retention.view reveal.view"
            " reveal.review card.issue pc.register"
            " certificate.approve training.sessions training.view"
            " equipment.view tools.view"
            " event.edit event.view"
            " evidence.print"
            " mentoring.view"
            " facilitation.view"
            " aftercare.view plan.view"
            " programme.agree programme.edit"
            " report.accept report.view target.edit",
            in_stead="gate.approve listing.approve sale.refund work.approve",
        ),
        _role(
            "national",
            _lazy("Direktorat Jenderal"),
            OFFICE,
            f"{_LOOKING} audit.view staff.view limits.edit letter.edit breach.view breach.record"
            " retention.view retention.edit reveal.view text.edit"
            " training.sessions training.view"
            " equipment.view tools.view"
            " event.edit event.view"
            " mentoring.view"
            " facilitation.view"
            " programme.agree programme.edit"
            " report.view seat.edit target.edit"
            " override.approve rule.approve rule.edit",
        ),
        _role(
            "auditor",
            _lazy("Auditor"),
            EITHER,
            f"{_LOOKING} audit.view staff.view breach.view retention.view reveal.view"
            " identity.sample"
            " training.sessions training.view"
            " equipment.view tools.view"
            " event.view"
            " mentoring.view"
            " facilitation.view"
            " aftercare.view plan.view"
            " report.view",
        ),
        _role(
            "administrator",
            _lazy("Administrator"),
            OFFICE,
            "staff.view staff.edit office.appoint jobs.view programme.view letter.edit"
            " card.issue pc.register",
        ),
    )
}
# Opens nothing by itself: a letter of assignment says where and until when.
AUDITOR = "auditor"
# Shown the people of their own caseload alone, wherever they hold no other role that opens rows.
BY_CASELOAD = frozenset(["counsellor"])
ROLE_CHOICES = [(role.code, role.label) for role in ROLES.values()]


def holders_of(ability: str) -> list[Role]:
    """The roles that may do it, in the order of the list; KeyError for an unknown ability."""
    if ability not in ABILITIES:
        raise KeyError(ability)
    return [role for role in ROLES.values() if ability in role.abilities]
