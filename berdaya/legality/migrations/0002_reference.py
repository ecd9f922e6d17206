"""Kinds of permits with their numbers, and what each market requires (domain 2.1, 2.4, 2.5)."""

from datetime import date

from django.db import migrations

# code, name, name_en, issuer, pattern, example, years, note, names products, bound to its place
KINDS = [
    ("nib", "NIB", "NIB (business number)", "OSS", r"\d{13}", "1234567890123", None,
     "Berlaku selama usahanya berjalan.", False, False),
    ("spp_irt", "SPP-IRT (P-IRT)", "SPP-IRT (home food permit)",
     "Pemda melalui OSS; Dinas Kesehatan", r"P-IRT \d{13}-\d{2}", "P-IRT 2075304010012-29", 5,
     "Lima tahun; dua angka terakhir adalah tahun habisnya.", True, True),
    ("bpom_md", "BPOM MD", "BPOM MD (food licence)", "BPOM",
     r"(BPOM RI )?M[DL] ?\d{12}(\d{3})?", "BPOM RI MD 123456789012", 5, "Lima tahun.", True, True),
    ("halal", "Sertifikat halal", "Halal certificate", "BPJPH", r"ID\d{14,17}",
     "ID53110000662051022", None,
     "Tetap berlaku selama bahan dan prosesnya tidak berubah; kadang bertanggal akhir.",
     True, True),
    ("sni", "SNI", "SNI (national standard)", "BSN atau LSPro", r"SNI [\d-]+[-:]\d{4}",
     "SNI 8964:2021", 4, "Biasanya empat tahun.", True, False),
    ("merek", "Merek", "Trade mark", "DJKI", r"IDM\d{9}|[A-Z]{3}\d{10,}", "IDM001234567", 10,
     "Sepuluh tahun sejak tanggal pengajuan.", True, False),
    ("ig", "Indikasi Geografis", "Geographical indication", "DJKI",
     r"ID ?G ?\d{3} ?\d{3} ?\d{3}", "ID G 000 000 014", None,
     "Selama mutunya terjaga; pemakai perlu persetujuan MPIG.", True, True),
    ("standard", "Sertifikat Standar", "Standard certificate", "OSS", r"[\d./A-Z -]{8,40}",
     "12345678901230001", None, "Untuk usaha berisiko menengah.", False, True),
    ("pkrt", "Izin edar PKRT", "Household product licence", "Kementerian Kesehatan",
     r"KEMENKES RI PK[DL] ?\d{11}", "KEMENKES RI PKD 20501234567", 5, "Lima tahun.", True, True),
    ("fertiliser", "Izin edar pupuk", "Fertiliser registration", "Kementerian Pertanian",
     r"[\d./A-Z -]{8,40}", "02.01.2026.123", 5, "Lima tahun.", True, False),
]

NIB = "PP 28/2025 (perizinan berusaha berbasis risiko)"
FOOD = "UU 18/2012 pasal 91; PerBPOM 4/2024"
HALAL = "UU 33/2014; PP 42/2024 pasal 160: usaha mikro dan kecil sejak 18 Oktober 2026"
PROCUREMENT = "Perpres 16/2018 jo. 46/2025; syarat penyedia katalog"
EUDR = "Peraturan (UE) 2023/1115 dan negara tujuan"
START = date(2021, 2, 2)
HALAL_FROM = date(2026, 10, 18)
FOODS = ["coffee", "snack", "drink", "oil"]
# category, market, kind, choice, from, basis, to be confirmed
NEEDS = [
    *((food, "retail", kind, "food", START, FOOD, False)
      for food in FOODS for kind in ("spp_irt", "bpom_md")),
    *((food, "retail", "halal", "", HALAL_FROM, HALAL, True) for food in FOODS),
    *((food, "procurement", kind, "food", START, FOOD, False)
      for food in FOODS for kind in ("spp_irt", "bpom_md")),
    *((food, "procurement", "halal", "", HALAL_FROM, HALAL, True) for food in FOODS),
    *((code, "procurement", "nib", "", START, PROCUREMENT, False)
      for code in [*FOODS, "tenun", "anyaman", "handicraft", "soap", "furniture", "metal",
                   "service"]),
    *((code, "export", "nib", "", START, NIB, False)
      for code in [*FOODS, "tenun", "anyaman", "handicraft", "furniture"]),
    ("coffee", "export", "bpom_md", "", START, EUDR, True),
    ("soap", "retail", "pkrt", "", START, "Permenkes 62/2017", True),
    ("fertiliser", "retail", "fertiliser", "", START, "Permentan 1/2019", True),
]


def load(apps, schema_editor):
    Kind = apps.get_model("legality", "PermitKind")
    Requirement = apps.get_model("legality", "Requirement")
    Category = apps.get_model("goods", "Category")
    db = schema_editor.connection.alias
    kinds = {}
    for place, row in enumerate(KINDS):
        code, name, name_en, issuer, pattern, example, years, note, covers, bound = row
        kinds[code] = Kind.objects.using(db).create(
            code=code, name=name, name_en=name_en, issuer=issuer, number_pattern=pattern,
            number_example=example, validity_years=years, validity_note=note,
            covers_products=covers, is_bound_to_place=bound, position=place,
        )
    categories = {row.code: row for row in Category.objects.using(db).all()}
    for category, market, kind, choice, since, basis, unsure in NEEDS:
        Requirement.objects.using(db).create(
            category=categories[category], market=market, permit_kind=kinds[kind], choice=choice,
            valid_from=since, legal_basis=basis, to_be_confirmed=unsure,
        )


def unload(apps, schema_editor):
    for name in ("Requirement", "PermitKind"):
        model = apps.get_model("legality", name)
        model.objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("legality", "0001_initial"), ("goods", "0002_reference")]
    operations = [migrations.RunPython(load, unload)]
