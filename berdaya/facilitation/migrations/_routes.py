"""The published ways (docs: domain 2.2, 2.4, 2.5, 2.8, 13).

Days are what is promised for a step where nobody says otherwise. No source gives them: they are to
be confirmed, and cases are measured (facilitation_step_days) to replace them.
"""

from datetime import date

START = date(2021, 2, 2)
DINKES = ("Dinas Kesehatan", "Health office")
OSS = ("DPMPTSP melalui OSS", "Investment office through OSS")
BPJPH = ("BPJPH", "BPJPH (halal agency)")
DJKI = ("DJKI", "DJKI (intellectual property office)")
NOBODY = ("", "")
RISK = "PP 28/2025 (menggantikan PP 5/2021)"
FOOD = "UU 18/2012; PerBPOM 4/2024; SPP-IRT melalui OSS"
HALAL = "PP 42/2024; Kepkaban BPJPH 146/2025"
MARK = "UU 20/2016; PP 45/2024"
TRADE = "Permendag 40/2020; negara tujuan"

# code, name, name_en, acting, office, paper, days, proves, to be confirmed
NIB_READY = ("nib", "NIB pemegang tersedia", "The holder's NIB is there", "unit", NOBODY,
             ("NIB", "NIB"), 7, "nib", False)

# kind, permit kind, published rp, published days, cost note, source, to be confirmed, steps
ROUTES = [
    ("nib", "nib", 0, None,
     ("Gratis di OSS", "Free of charge at OSS"), RISK, True, [
         ("holder", "Data pemegang usaha lengkap", "Data of the holder complete", "unit", NOBODY,
          ("KTP dan NPWP penanggung jawab, atau akta koperasi",
           "Identity and tax card of the responsible person, or the cooperative's deed"),
          5, None, True),
         ("kbli", "KBLI dan tingkat risiko dipilih", "KBLI and risk class chosen", "mentor", NOBODY,
          ("Catatan KBLI", "Note of KBLI"), 3, None, True),
         ("issue", "NIB terbit", "NIB issued", "office", OSS, ("NIB", "NIB"), 3, None, True),
     ]),
    ("pirt", "spp_irt", None, None, NOBODY, FOOD, True, [
        NIB_READY,
        ("pkp", "Penyuluhan Keamanan Pangan diikuti, nilai paling sedikit 60",
         "Food safety course attended, score at least 60", "office", DINKES,
         ("Sertifikat PKP", "PKP course certificate"), 30, None, False),
        ("visit", "Sarana produksi diperiksa menurut CPPB-IRT",
         "Place of production inspected (CPPB-IRT)", "office", DINKES,
         ("BA pemeriksaan sarana", "Record of the inspection"), 21, None, True),
        ("label", "Label diperiksa", "Label checked", "mentor", NOBODY,
         ("Rancangan label", "Draft of the label"), 7, None, True),
        ("issue", "SPP-IRT terbit", "SPP-IRT issued", "office", OSS,
         ("SPP-IRT", "SPP-IRT"), 14, None, True),
    ]),
    ("halal_self", "halal", 0, None,
     ("Rp230.000 ditanggung negara (SEHATI)", "Rp230,000 borne by the state (SEHATI)"),
     HALAL, True, [
         NIB_READY,
         ("statement", "Pernyataan bahan dan proses diisi", "Statement of materials and process",
          "unit", NOBODY, ("Akad dan ikrar halal", "Halal pledge"), 7, None, True),
         ("visit", "Pendamping PPH berkunjung", "Companion of the halal process visits", "office",
          ("Pendamping PPH (P3H)", "Halal companion (P3H)"),
          ("BA verifikasi dan validasi", "Record of verification"), 14, None, False),
         ("fatwa", "Kehalalan ditetapkan", "Halal ruling", "office",
          ("Komite Fatwa Produk Halal", "Fatwa committee"),
          ("Ketetapan Halal", "Halal ruling"), 14, None, False),
         ("issue", "Sertifikat terbit", "Certificate issued", "office", BPJPH,
          ("Sertifikat halal", "Halal certificate"), 7, None, False),
     ]),
    ("halal_regular", "halal", 650_000, None,
     ("Ditambah biaya pemeriksaan LPH", "Plus the fee of the inspecting body (LPH)"), HALAL, True, [
         NIB_READY,
         ("apply", "Permohonan diterima", "Application received", "office", BPJPH,
          ("Surat tanda terima dokumen", "Receipt of documents"), 7, None, True),
         ("audit", "Bahan dan sarana diperiksa", "Materials and place inspected", "office",
          ("Lembaga Pemeriksa Halal (LPH)", "Halal inspection body (LPH)"),
          ("Laporan pemeriksaan", "Report of the inspection"), 21, None, True),
         ("fatwa", "Kehalalan ditetapkan", "Halal ruling", "office",
          ("MUI atau Komite Fatwa", "MUI or fatwa committee"),
          ("Ketetapan Halal", "Halal ruling"), 14, None, True),
         ("issue", "Sertifikat terbit", "Certificate issued", "office", BPJPH,
          ("Sertifikat halal", "Halal certificate"), 7, None, True),
     ]),
    ("merek", "merek", 500_000, None,
     ("Tarif UMK daring, satu merek per surat UMK",
      "Online fee for small business, one mark a letter"), MARK, True, [
         ("letter", "Surat keterangan UMK terbit", "Letter of small business issued", "office",
          ("Dinas Koperasi dan UMKM", "Cooperatives and UMKM office"),
          ("Surat keterangan UMK", "Letter of small business"), 14, None, False),
         ("search", "Nama dan logo ditelusuri", "Name and logo searched", "mentor", NOBODY,
          ("Hasil penelusuran PDKI", "Result of the search in PDKI"), 5, None, True),
         ("filing", "Permohonan diajukan dan biayanya dibayar", "Application filed and paid",
          "office", DJKI, ("Bukti permohonan", "Proof of filing"), 7, None, True),
         ("examination", "Diumumkan dan diperiksa", "Published and examined", "office", DJKI,
          ("Pemberitahuan hasil pemeriksaan", "Notice of the examination"), 180, None, True),
         ("issue", "Sertifikat terbit", "Certificate issued", "office", DJKI,
          ("Sertifikat merek", "Certificate of the mark"), 30, None, True),
     ]),
    ("packaging", None, None, None, NOBODY, "Kesepakatan UPT dan pendamping", False, [
        ("need", "Kebutuhan kemasan dicatat", "Need of packaging written down", "mentor", NOBODY,
         ("Catatan kebutuhan", "Note of needs"), 7, None, True),
        ("design", "Rancangan kemasan dibuat", "Packaging designed", "mentor", NOBODY,
         ("Rancangan kemasan", "Design"), 14, None, True),
        ("trial", "Contoh kemasan diuji", "Sample tried", "unit", NOBODY,
         ("Catatan uji", "Note of the trial"), 14, None, True),
        ("ready", "Kemasan siap dipakai", "Packaging ready for use", "unit", NOBODY,
         ("Contoh jadi", "Final sample"), 14, None, True),
    ]),
    ("export", None, None, None, NOBODY, TRADE, True, [
        NIB_READY,
        ("market", "Syarat negara tujuan diperiksa", "Rules of the destination checked", "mentor",
         NOBODY, ("Catatan syarat", "Note of the rules"), 10, None, True),
        ("origin", "Surat keterangan asal terbit", "Certificate of origin issued", "office",
         ("Dinas Perdagangan", "Trade office"),
         ("Surat keterangan asal (SKA)", "Certificate of origin"), 10, None, True),
        ("customs", "Pemberitahuan ekspor diterima", "Export declaration accepted", "office",
         ("Bea dan Cukai", "Customs"), ("PEB", "Export declaration"), 7, None, True),
    ]),
]  # fmt: skip


def load(apps, schema_editor):
    db = schema_editor.connection.alias
    Route = apps.get_model("facilitation", "Route").objects.using(db)
    Step = apps.get_model("facilitation", "RouteStep").objects.using(db)
    kinds = {one.code: one for one in apps.get_model("legality", "PermitKind").objects.using(db)}
    for kind, permit, cost, days, note, source, unsure, steps in ROUTES:
        route = Route.create(
            kind=kind, permit_kind=kinds.get(permit), published_rp=cost, published_days=days,
            cost_note=note[0], cost_note_en=note[1], source=source, to_be_confirmed=unsure,
            valid_from=START,
        )
        for position, told in enumerate(steps, start=1):
            code, name, name_en, acting, office, paper, length, proves, is_unsure = told
            Step.create(
                route=route, position=position, code=code, name=name, name_en=name_en,
                acting=acting, office_name=office[0], office_name_en=office[1], paper=paper[0],
                paper_en=paper[1], days=length, proves=kinds.get(proves), source=source,
                to_be_confirmed=is_unsure,
            )
