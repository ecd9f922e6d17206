"""Payment terms and flat shipping rates to begin with; all dated, all to be corrected at the desk."""

from datetime import date

from django.db import migrations

SINCE = date(2024, 1, 1)
TO_CONFIRM = "Tarif awal, perlu konfirmasi"
# zone, English, destinations, first kilogram, each further one, days on the way
ZONES = (
    ("Nusa Tenggara Timur", "East Nusa Tenggara", ("53",), 18_000, 12_000, 2, 6),
    ("Bali dan NTB", "Bali and West Nusa Tenggara", ("51", "52"), 32_000, 24_000, 3, 6),
    ("Jawa", "Java", ("31", "32", "33", "34", "35", "36"), 48_000, 38_000, 4, 7),
    (
        "Sumatra", "Sumatra",
        ("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"), 62_000, 50_000, 5, 9,
    ),
    ("Kalimantan", "Kalimantan", ("61", "62", "63", "64", "65"), 60_000, 48_000, 5, 9),
    ("Sulawesi", "Sulawesi", ("71", "72", "73", "74", "75", "76"), 55_000, 44_000, 4, 8),
    ("Maluku", "Maluku", ("81", "82"), 70_000, 56_000, 5, 10),
    ("Papua", "Papua", ("91", "92", "93", "94", "95", "96"), 85_000, 68_000, 6, 12),
)  # fmt: skip
REGENCIES = [f"53.{number:02d}" for number in (*range(1, 22), 71)]


def forward(apps, schema_editor):
    terms = apps.get_model("orders", "PaymentTerm").objects.using(schema_editor.connection.alias)
    rates = apps.get_model("orders", "ShippingRate").objects.using(schema_editor.connection.alias)
    terms.create(
        method="qris", minutes_to_pay=30, most_rp=10_000_000, answer_hours=7, valid_from=SINCE,
        legal_basis="Batas QRIS Rp10.000.000 per transaksi",
    )
    terms.create(
        method="transfer", minutes_to_pay=24 * 60, most_rp=None, answer_hours=7, valid_from=SINCE,
        legal_basis="Ketentuan toko",
    )
    facts = {"valid_from": SINCE, "legal_basis": TO_CONFIRM}
    for zone, zone_en, places, first, following, days_from, days_until in ZONES:
        for place in places:
            rates.create(
                origin="53", destination=place, zone=zone, zone_en=zone_en, first_kg_rp=first,
                next_kg_rp=following, days_from=days_from, days_until=days_until, **facts,
            )
    for regency in REGENCIES:
        rates.create(
            origin=regency, destination=regency, zone="Satu kabupaten atau kota",
            zone_en="Same regency or city", first_kg_rp=10_000, next_kg_rp=5_000, days_from=1,
            days_until=3, **facts,
        )


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_never")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
