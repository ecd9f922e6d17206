"""Where goods may go, protected names and motifs (domain 2.8, 3.1, 3.2); then the rules' walls.

A source that is a news page or a summary is named as such; what the ministries have not confirmed
says so. Rows older than the program begin on LONG_AGO.
"""

from datetime import date

from django.db import migrations

from berdaya.legality.migrations import _gate

LONG_AGO = date(2000, 1, 1)
OPEN = "Pernyataan asal, kesukarelaan, dan upah disertakan."
# destination, category, reach, answer, needs, from, until, conditions, exceptions, basis, source,
# to be confirmed
ENTRIES = [
    ("US", None, "custody", "barred", "", LONG_AGO, None, "", "",
     "19 USC 1307; 19 CFR 12.42", "us.vlex.com 641900873; npllptradelaw.com (21-11-2016)", False),
    ("CA", None, "custody", "barred", "", LONG_AGO, None, "",
     "barang pribadi bukan penduduk atau penduduk yang pulang (D9-1-6)",
     "Customs Tariff s.136, tariff item 9897.00.00", "cbsa-asfc.gc.ca D9-1-6", True),
    ("NZ", None, "prison", "barred", "", date(2019, 9, 30), None, "",
     "hadiah tulus dari pembuatnya untuk perorangan",
     "Customs Import Prohibition (Goods Produced by Prison Labour) Order 2019",
     "legislation.govt.nz 2019/211", True),
    ("GB", None, "prison", "barred", "", LONG_AGO, None, "",
     "barang transit; bukan untuk dagang; jenis yang tidak dibuat di Inggris",
     "Foreign Prison-made Goods Act 1897", "api.parliament.uk, Lords 3-8-1897", True),
    ("AU", None, "custody", "review", "", LONG_AGO, None,
     "tidak ditemukan larangan umum; rancangan undang-undang 2021 dan 2022 belum berlaku.", "",
     "Rancangan larangan barang kerja paksa 2021 dan 2022", "cgtlaw.com.au; aph.gov.au s1356", True),
    ("EU", None, "custody", "review", "", LONG_AGO, date(2027, 12, 14),
     "bukti kesediaan, upah, dan bahwa orangnya tidak diserahkan kepada swasta.", "",
     "Konvensi ILO 29 pasal 2 ayat 2 huruf c", "nsn-law.com; mme.ch", True),
    ("EU", None, "custody", "review", "", date(2027, 12, 14), None,
     "bukti kesediaan, upah, dan bahwa orangnya tidak diserahkan kepada swasta.", "",
     "Peraturan (UE) 2024/3015, berlaku 14-12-2027", "nsn-law.com; mme.ch", True),
    ("EU", "coffee", "all", "allowed", "plots", date(2026, 12, 30), None,
     "koordinat kebun, bukti sah, dan tanpa pembukaan hutan sejak 31-12-2020; usaha mikro dan"
     " kecil sejak 30-06-2027.", "",
     "Peraturan (UE) 2023/1115 jo. 2025/2650 (EUDR)", "agrinfo.eu; fendlersalva.com", False),
    *((country, None, "all", "allowed", "", LONG_AGO, None, OPEN, "",
       "Tidak ditemukan larangan; GATT pasal XX(e)", "belum terverifikasi", True)
      for country in ("JP", "KR", "SG", "MY", "TL")),
    ("*", None, "custody", "review", "", LONG_AGO, None,
     "aturan negara ini tentang barang buatan tahanan belum diketahui.", "",
     "GATT pasal XX(e)", "belum terverifikasi", True),
    ("*", None, "all", "allowed", "", LONG_AGO, None, OPEN, "",
     "Tidak ditemukan larangan umum", "belum terverifikasi", True),
]

# code, name, number, registered on, regions, binds, has a book of motifs, note, source, unsure
INDICATIONS = [
    ("bajawa", "Kopi Arabika Flores Bajawa", "ID G 000 000 014", date(2012, 3, 28), ["53.09"],
     "material", False, "Kecamatan Bajawa dan Golewa; tanggal terdaftarnya perlu konfirmasi.",
     "buku persyaratan (vdokumen.com)", True),
    ("vanili-alor", "Vanili Kepulauan Alor", "", date(2024, 1, 5), ["53.05"], "material", False,
     "Hanya vanili kering yang boleh memakai namanya.", "kupang.antaranews.com 62493", True),
    ("tenun-sikka", "Tenun Ikat Sikka", "ID G 000 000 056", date(2017, 4, 26), ["53.07"], "making",
     True, "", "victorynews.id; amp.suara.com (2019)", False),
    ("manggarai", "Kopi Arabika Flores Manggarai", "", None, ["53.10", "53.15", "53.19"],
     "material", False, "Di atas 900 m; pendaftarannya belum terverifikasi.",
     "buku persyaratan (scribd 596187664)", True),
    ("tenun-alor", "Tenun Ikat Alor", "", date(2024, 1, 5), ["53.05"], "making", True, "",
     "kupang.antaranews.com 64005", True),
    ("songket-alor", "Tenun Songket Alor", "", date(2024, 1, 5), ["53.05"], "making", True, "",
     "kupang.antaranews.com 64005", True),
    ("gula-rote", "Gula Lontar Rote", "", None, ["53.14"], "making", False, "",
     "belum terverifikasi", True),
    ("robusta-manggarai", "Kopi Robusta Flores Manggarai", "", None,
     ["53.10", "53.15", "53.19"], "material", False, "", "belum terverifikasi", True),
    ("jeruk-soe", "Jeruk SoE Mollo", "", None, ["53.02"], "material", False, "",
     "belum terverifikasi", True),
    ("tenun-ngada", "Tenun Ikat Ngada", "", date(2024, 1, 5), ["53.09"], "making", True,
     "Dua belas motif dasar.", "kupang.tribunnews.com (5-1-2024)", False),
    ("tenun-fehan", "Tenun Ikat Fehan Malaka", "", date(2024, 9, 1), ["53.21"], "making", True,
     "Sertifikat September 2024; harinya belum diketahui.", "kupang.antaranews.com 137959", True),
    ("tenun-flotim", "Tenun Ikat Flores Timur", "", date(2025, 6, 17), ["53.06"], "making", True,
     "Empat belas motif; tanggalnya tanggal penyerahan.", "nttkreatif.com (6-2025)", True),
    ("tenun-rote", "Tenun Ikat Rote Ndao", "", None, ["53.14"], "making", True,
     "Pemeriksaan akhir Agustus 2025.", "ntt.kemenkum.go.id; roolnews.id (8-2025)", True),
    ("songke", "Songke Manggarai", "", None, ["53.10", "53.15", "53.19"], "making", True,
     "Pendaftarannya tidak ditemukan; jangan dipakai sebagai indikasi geografis.",
     "tidak ditemukan", True),
]
# code, name, community, indication, ceremonial, source, unsure. The books name more than these:
# what is not here is entered when its book is at hand.
MOTIFS = [
    ("jara", "Jara", "Ngada", "tenun-ngada", False, "kupang.tribunnews.com (5-1-2024)", False),
    ("bela", "Bela", "Ngada", "tenun-ngada", False, "kupang.tribunnews.com (5-1-2024)", False),
    ("sikka-upacara", "Motif upacara", "Sikka", "tenun-sikka", True, "amp.suara.com (2019)", True),
    ("sikka-buku", "Motif buku persyaratan", "Sikka", "tenun-sikka", False,
     "victorynews.id; nama motifnya perlu konfirmasi", True),
    ("alor-buku", "Motif buku persyaratan", "Alor", "tenun-alor", False,
     "kupang.antaranews.com 64005; nama motifnya perlu konfirmasi", True),
    ("flotim-buku", "Motif buku persyaratan", "Flores Timur", "tenun-flotim", False,
     "nttkreatif.com (6-2025); nama motifnya perlu konfirmasi", True),
]
AREAS = {
    "53.02": "Timor Tengah Selatan", "53.05": "Alor", "53.06": "Flores Timur", "53.07": "Sikka",
    "53.09": "Ngada", "53.10": "Manggarai", "53.14": "Rote Ndao", "53.15": "Manggarai Barat",
    "53.19": "Manggarai Timur", "53.21": "Malaka",
}
# Where the rows of the first matrix were read, by kind.
SOURCES = {
    "spp_irt": "tempo.co 462572; gervasiushw.blogspot.com; farmasetika.com (13-5-2019)",
    "bpom_md": "scribd 428797735; dibalikjendelakamarku.blogspot.com",
    "halal": "pristiwa.com; m.trustnews.id 5620; silamparitv.disway.id 27873",
    "nib": "satoeasa.com; easybiz.id",
    "pkrt": "belum terverifikasi",
    "fertiliser": "belum terverifikasi",
    "sni": "fauziahadriyani.blogspot.com; cctcid.com",
}


def load(apps, schema_editor):
    db = schema_editor.connection.alias
    model = lambda name: apps.get_model("legality", name).objects.using(db)  # noqa: E731
    categories = {row.code: row for row in apps.get_model("goods", "Category").objects.using(db).all()}
    kinds = model("PermitKind")
    for kind in kinds.all():
        source = SOURCES.get(kind.code, "")
        model("Requirement").filter(permit_kind_id=kind.pk).update(source=source)
    kinds.create(
        code="motif_consent", name="Persetujuan masyarakat pemilik motif",
        name_en="Consent of the motif's community", issuer="Lembaga adat atau MPIG",
        number_pattern=r"[\d./A-Z -]{3,40}", number_example="012/LA-SIKKA/2026",
        validity_note="Selama persetujuannya tidak ditarik.", covers_products=True,
        is_bound_to_place=True, position=20,
    )
    for market in ("retail", "procurement"):
        model("Requirement").create(
            category=categories["instant_coffee"], market=market, permit_kind=kinds.get(code="sni"),
            valid_from=LONG_AGO, legal_basis="SNI kopi instan diberlakukan wajib",
            source=SOURCES["sni"], to_be_confirmed=True,
        )
    for row in ENTRIES:
        (destination, category, reach, answer, needs, since, until, conditions, exceptions, basis,
         source, unsure) = row
        model("MarketEntry").create(
            destination=destination, category=categories.get(category), reach=reach, answer=answer,
            needs=needs, valid_from=since, valid_until=until, conditions=conditions,
            exceptions=exceptions, legal_basis=basis, source=source, to_be_confirmed=unsure,
        )
    made = {}
    for code, name, number, since, regions, binds, has_book, note, source, unsure in INDICATIONS:
        made[code] = model("Indication").create(
            code=code, name=name, number=number, registered_on=since, regions=regions,
            area=", ".join(AREAS[one] for one in regions), binds=binds,
            has_motif_book=has_book, note=note, source=source, to_be_confirmed=unsure,
        )
    for code, name, community, indication, is_ceremonial, source, unsure in MOTIFS:
        model("Motif").create(
            code=code, name=name, community=community, indication=made[indication],
            is_ceremonial=is_ceremonial, source=source, to_be_confirmed=unsure,
        )


def unload(apps, schema_editor):
    db = schema_editor.connection.alias
    instant = {"category__code": "instant_coffee"}
    apps.get_model("legality", "Requirement").objects.using(db).filter(**instant).delete()
    for name in ("Motif", "Indication", "MarketEntry"):
        apps.get_model("legality", name).objects.using(db).all().delete()
    apps.get_model("legality", "PermitKind").objects.using(db).filter(code="motif_consent").delete()


class Migration(migrations.Migration):
    dependencies = [("legality", "0004_gate_tables"), ("goods", "0004_instant_coffee")]
    operations = [
        migrations.RunPython(load, unload),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        *(migrations.RunSQL(*pair) for pair in _gate.COPIES),
        migrations.RunSQL(*_gate.DECIDED),
        migrations.RunSQL(*_gate.FOUR_EYES),
    ]
