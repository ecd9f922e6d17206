"""Who may hold each kind of permit, and the KBLI codes of both editions (domain 2.6, 2.9, 13)."""

from django.db import migrations

PARTIES = [
    "satker_upt", "cooperative", "foundation", "partner_business", "dekranasda", "agency",
    "person_staff", "person_other", "released_maker",
]
# Who makes and sells: a business, a cooperative, a foundation or a person, never the unit itself.
MAKERS = ["cooperative", "foundation", "partner_business", "person_staff", "person_other",
          "released_maker"]
# A business number in a unit's own name is to be confirmed; trade marks and names of a place
# may be anybody's.
HOLDERS = {
    "spp_irt": MAKERS,
    "bpom_md": MAKERS,
    "pkrt": MAKERS,
    "fertiliser": [*MAKERS, "agency"],
    "nib": ["satker_upt", *MAKERS],
    "sni": ["satker_upt", *MAKERS],
    "standard": ["satker_upt", *MAKERS],
    "halal": ["satker_upt", *MAKERS],
}
KITCHENS = ["halal", "standard"]
FIELDS = ["nib", "standard"]
# year, code, title, English, note, to be confirmed
CODES = [
    (2020, "10761", "Industri Pengolahan Kopi", "Coffee processing",
     "Kopi berindikasi geografis: hanya modal dalam negeri (Perpres 49/2021).", False),
    (2025, "10761", "Pengolahan Kopi", "Coffee processing",
     "Kopi berindikasi geografis: padanannya belum dipastikan.", True),
    (2020, "47243", "Perdagangan eceran kopi, teh, dan kakao", "Retail of coffee, tea and cocoa",
     "Digiling dan langsung dijual kepada pemakai oleh pedagang.", True),
    (2020, "13121", "Industri Pertenunan", "Weaving", "", False),
    (2025, "13121", "Industri Pertenunan", "Weaving", "Isinya dipersempit.", False),
    (2020, "13122", "Industri Kain Tenun Ikat", "Ikat weaving", "", False),
    (2025, "13122", "Industri Kain Tenun Ikat", "Ikat weaving",
     "Judulnya dalam edisi 2025 belum dipastikan.", True),
    (2020, "13134", "Industri Batik", "Batik", "", False),
    (2025, "13133", "Industri Kain Batik", "Batik cloth", "", False),
    (2020, "16291", "Industri Barang Anyaman dari Rotan dan Bambu",
     "Wickerwork of rattan and bamboo", "", True),
    (2025, "16291", "Industri Barang Anyaman dari Rotan dan Bambu",
     "Wickerwork of rattan and bamboo", "", False),
    (2020, "16292", "Industri Barang Anyaman dari Tanaman Bukan Rotan dan Bambu",
     "Wickerwork of other plants", "", True),
    (2025, "16292", "Industri Barang Anyaman dari Tanaman Selain Rotan dan Bambu",
     "Wickerwork of other plants", "", False),
    (2020, "16293", "Industri Kerajinan Ukiran dari Kayu Bukan Mebeller", "Wood carving craft",
     "", True),
    (2025, "16293", "Industri Kerajinan Ukiran dari Kayu Bukan Furnitur", "Wood carving craft",
     "", False),
    (2020, "16294", "Industri Alat Dapur dari Kayu, Rotan, dan Bambu",
     "Wooden and bamboo kitchenware", "", True),
    (2025, "16294", "Industri Alat Dapur dan Alat Makan dari Kayu, Rotan, dan Bambu",
     "Wooden and bamboo kitchenware", "", False),
    (2020, "31001", "Industri Furnitur dari Kayu", "Wooden furniture", "", True),
    (2025, "31011", "Industri Furnitur dari Kayu", "Wooden furniture", "", False),
    (2020, "31002", "Industri Furnitur dari Rotan dan Bambu", "Rattan and bamboo furniture",
     "", True),
    (2025, "31012", "Industri Furnitur dari Rotan dan Bambu", "Rattan and bamboo furniture",
     "", False),
    (2020, "10710", "Industri Produk Roti dan Kue", "Bread and cakes", "", False),
    (2025, "10710", "Industri Produk Bakeri", "Bakery products", "", False),
    (2020, "10794", "Industri Kerupuk, Keripik, Peyek dan Sejenisnya", "Crackers and chips",
     "", False),
    (2025, "10794", "Industri Kerupuk, Keripik, Peyek dan Sejenisnya", "Crackers and chips",
     "", False),
    (2020, "10792", "Industri Kue Basah", "Wet cakes", "", False),
    (2025, "10792", "Industri Kue Basah", "Wet cakes", "", False),
    (2020, "10793", "Industri Makanan dari Kedele dan Kacang-kacangan Lainnya",
     "Soy and nut foods", "Kode yang sama berarti lain dalam edisi 2025.", True),
    (2025, "10793", "Industri Produk Makanan dari Kelapa", "Coconut foods",
     "Kode yang sama berarti lain dalam edisi 2020.", False),
    (2020, "10799", "Industri Produk Makanan Lainnya", "Other foods", "Dodol, infusi kelor.", True),
    (2025, "10796", "Industri Dodol", "Dodol", "Judulnya belum dipastikan.", True),
    (2020, "10763", "Industri Pengolahan Teh", "Tea processing", "", True),
    (2025, "10797", "Infusi Herbal", "Herbal infusions", "Misalnya kelor.", False),
    (2020, "10750", "Industri Makanan dan Masakan Olahan", "Prepared dishes", "", False),
    (2025, "10750", "Industri Makanan dan Masakan Olahan", "Prepared dishes", "", False),
]


def load(apps, schema_editor):
    db = schema_editor.connection.alias
    Kind = apps.get_model("legality", "PermitKind")
    for kind in Kind.objects.using(db).all():
        kind.holder_kinds = HOLDERS.get(kind.code, PARTIES)
        kind.may_cover_kitchen = kind.code in KITCHENS
        kind.names_kbli = kind.code in FIELDS
        kind.save()
    Kbli = apps.get_model("legality", "Kbli")
    Kbli.objects.using(db).bulk_create(
        Kbli(year=year, code=code, name=name, name_en=name_en, note=note, to_be_confirmed=unsure)
        for year, code, name, name_en, note, unsure in CODES
    )


def unload(apps, schema_editor):
    Kbli = apps.get_model("legality", "Kbli")
    Kbli.objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("legality", "0010_permit_papers")]
    operations = [migrations.RunPython(load, unload)]
