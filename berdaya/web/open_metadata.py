"""What a dataset is, for other programs: DCAT, CSV on the Web, the words of Satu Data Indonesia.

Perpres 39/2019 asks of data a standard (konsep, definisi, klasifikasi, ukuran, satuan), metadata,
codes of reference, and that machines can read them.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from berdaya.insight.open_data import DATASETS, TOLD, WITHHELD, Dataset, Published
from berdaya.web.open_files import COLUMNS, address

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
BASIS = "Perpres 39/2019 (Satu Data Indonesia)"
REFERENCE = "Kepmendagri 300.2.2-2138/2025"
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sdi": "https://data.go.id/",
}
MONTHLY = "http://publications.europa.eu/resource/authority/frequency/MONTHLY"


def office() -> str:
    """Who answers for what is published."""
    return _("Kantor Wilayah Ditjenpas Nusa Tenggara Timur, Kupang")


def contact() -> str:
    """Where to ask."""
    return settings.COMPLAINT_CONTACT or office()


def standard(dataset: Dataset) -> dict[str, str]:
    """The five parts of a data standard."""
    return {
        "konsep": str(dataset.concept),
        "definisi": str(dataset.definition),
        "klasifikasi": _("Menurut bulan dan kabupaten atau kota (%s)") % REFERENCE,
        "ukuran": str(dataset.measure),
        "satuan": str(dataset.unit),
    }


def rules(dataset: Dataset) -> list[str]:
    """How numbers are withheld or rounded, in sentences."""
    people = _(
        "Bilangan orang dibulatkan ke kelipatan lima; kelompok di bawah lima orang tidak"
        " ditampilkan, sama seperti kelompok kosong."
    )
    sums = _(
        "Jumlah uang atau barang satu UPT hanya diumumkan bila paling sedikit lima orang ada di"
        " baliknya dalam bulan itu."
    )
    return [
        people if dataset.is_of_people else sums,
        _("Angka daerah adalah jumlah dari yang diumumkan tiap UPT, bukan dari yang sebenarnya."),
        _("Satu bulan diumumkan sekali, pada bulan berikutnya, dan tidak pernah dibetulkan."),
        _("Tempat bagi anak tidak pernah ikut dihitung."),
    ]


def facts(dataset: Dataset, published: Published, *, is_demo: bool) -> dict[str, Any]:
    """Metadata as Satu Data Indonesia asks for them, for the index and beside the file."""
    first, last = span(published)
    return {
        "kode": dataset.slug,
        "judul": str(dataset.title),
        "deskripsi": str(dataset.concept),
        "standar_data": standard(dataset),
        "produsen_data": str(dataset.indicator.owner),
        "wali_data": _("Unit walidata kedua kementerian (perlu konfirmasi)"),
        "metode": _("Catatan administrasi: dihitung dari transaksi tiap UPT, tanpa sampel"),
        "sumber": list(dataset.indicator.sources),
        "aturan_pengumuman": rules(dataset),
        "nilai_kosong": _("Tidak diumumkan: tidak ada, terlalu sedikit orang, atau belum dihitung"),
        "periode": {"dari": first, "sampai": last},
        "frekuensi_pembaruan": _("bulanan"),
        "cakupan_wilayah": _("Kabupaten dan kota dengan lapas atau rutan yang berproduksi"),
        "kode_referensi": REFERENCE,
        "dasar_hukum": BASIS,
        "lisensi": LICENCE,
        "catatan_lisensi": _("Bebas dipakai dengan menyebut sumber; perlu konfirmasi"),
        "kontak": contact(),
        "versi": str(dataset.indicator.version),
        "terakhir_diperbarui": updated(published),
        "bahasa": get_language() or "id",
        "rekaan": is_demo,
    }


def span(published: Published) -> tuple[str | None, str | None]:
    """The first and last month told, as 2026-03."""
    if not published.months:
        return None, None
    return f"{published.months[0]:%Y-%m}", f"{published.months[-1]:%Y-%m}"


def updated(published: Published) -> str | None:
    """When something was told last."""
    return published.told_at.isoformat() if published.told_at else None


def columns() -> list[dict[str, Any]]:
    """Every column of the CSV: name, what it means, and its type."""
    said = {
        "bulan": (_("Bulan, ditulis 2026-03"), "gYearMonth"),
        "kode_provinsi": (_("Kode provinsi menurut Kemendagri"), "string"),
        "provinsi": (_("Nama provinsi"), "string"),
        "kode_kabupaten_kota": (_("Kode kabupaten atau kota menurut Kemendagri"), "string"),
        "kabupaten_kota": (_("Nama kabupaten atau kota"), "string"),
        "nilai": (_("Angkanya dalam satuan dataset ini; kosong bila tidak diumumkan"), "decimal"),
        "status": (f"{TOLD} | {WITHHELD}", "string"),
    }
    return [
        {
            "name": name,
            "titles": name,
            "dc:description": said[name][0],
            "datatype": said[name][1],
            "required": name != "nilai",
        }
        for name in COLUMNS
    ]


def csv_on_the_web(dataset: Dataset, published: Published, *, is_demo: bool) -> dict[str, Any]:
    """The metadata file of a CSV: https://www.w3.org/TR/tabular-metadata/."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": get_language() or "id"}],
        "url": address("open_csv", dataset.slug),
        "dc:title": str(dataset.title),
        "dc:description": str(dataset.definition),
        "dc:publisher": office(),
        "dc:license": {"@id": LICENCE},
        "dc:modified": updated(published),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": columns(),
            "primaryKey": ["bulan", "kode_kabupaten_kota"],
        },
        "sdi:metadata": facts(dataset, published, is_demo=is_demo),
    }


def catalogue(published: Published, *, is_demo: bool) -> dict[str, Any]:
    """The index of all datasets as a DCAT catalogue."""
    return {
        "@context": DCAT,
        "@id": address("open_catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _("Data terbuka Berdaya"),
        "dct:description": _("Karya warga binaan: dibuat, dijual, dibayarkan, disetor, dilatih"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": office()},
        "dct:license": {"@id": LICENCE},
        "dct:modified": updated(published),
        "dct:conformsTo": BASIS,
        "foaf:homepage": {"@id": address("open_data")},
        "dcat:dataset": [_entry(one, published, is_demo=is_demo) for one in DATASETS.values()],
    }


def _entry(dataset: Dataset, published: Published, *, is_demo: bool) -> dict[str, Any]:
    first, last = span(published)
    covers = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    files = (("open_csv", "text/csv", "CSV"), ("open_json", "application/json", "JSON"))
    return {
        "@id": address("open_metadata", dataset.slug),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.slug,
        "dct:title": str(dataset.title),
        "dct:description": str(dataset.definition),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": str(dataset.indicator.owner)},
        "dct:accrualPeriodicity": {"@id": MONTHLY},
        "dct:temporal": covers,
        "dct:spatial": "Nusa Tenggara Timur",
        "dct:license": {"@id": LICENCE},
        "dct:modified": updated(published),
        "dcat:version": str(dataset.indicator.version),
        "dcat:contactPoint": {"@type": "vcard:Kind", "vcard:fn": contact()},
        "dcat:landingPage": {"@id": address("open_data")},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": form,
                "dcat:downloadURL": {"@id": address(name, dataset.slug)},
                "dcat:mediaType": kind,
                "dct:license": {"@id": LICENCE},
            }
            for name, kind, form in files
        ],
        "sdi:metadata": facts(dataset, published, is_demo=is_demo),
    }
