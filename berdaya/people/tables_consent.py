"""The lists of consents, of the texts they say, and of insurance."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import ConsentPurpose, line_label
from berdaya.people.tables_work import address

CONSENT_STATES = {
    "holds": State(_lazy("Berlaku"), "done"),
    "soon": State(_lazy("Segera berakhir"), "warn"),
    "old_text": State(_lazy("Naskah lama"), "warn"),
    "over": State(_lazy("Berakhir"), "off"),
    "withdrawn": State(_lazy("Dicabut"), "off"),
}

SHORT = {
    ConsentPurpose.WORK: _lazy("Bekerja"),
    ConsentPurpose.PUBLICITY: _lazy("Disebut"),
    ConsentPurpose.DATA: _lazy("Data"),
    ConsentPurpose.MESSAGES: pgettext_lazy("people", "Pesan"),
    ConsentPurpose.CONTACT: _lazy("Dihubungi"),
}


def _for_what(row: Any) -> str:
    """In a word, with the channel of a mention."""
    told = str(SHORT[ConsentPurpose(row.purpose)])
    return f"{told}: {row.get_channel_display()}" if row.channel else told


class ConsentTable(Table):
    """Who agreed to what, on which text, until when; pseudonyms only."""

    name = "kesediaan"
    caption = _lazy("Surat kesediaan")
    columns = (
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym", url=address),
        Column("untuk", _lazy("Untuk"), value=_for_what, sort="purpose"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=CONSENT_STATES),
        Column("naskah", _lazy("Naskah"), field="text_version"),
        Column("sejak", _lazy("Sejak"), "date", field="given_on"),
        Column("sampai", _lazy("Sampai dengan"), "date", field="last_day", sort="valid_until"),
    )  # fmt: skip
    search = ("participant__pseudonym__icontains",)
    search_label = _lazy("Cari nama samaran")
    filters = (
        Filter("untuk", _lazy("Untuk"), ConsentPurpose.choices, field="purpose"),
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            tuple((code, state.label) for code, state in CONSENT_STATES.items()),
            field="state",
        ),
    )
    default_sort = ("-given_on", "pk")
    empty = Empty(
        _lazy("Belum ada surat kesediaan"),
        _lazy("Cetak naskahnya, bacakan, lalu catat di halaman kerja orangnya."),
        good="cloth",
    )


class MissingTable(Table):
    """Who is placed in work and has not consented to it."""

    name = "belum"
    caption = _lazy("Belum bersedia bekerja")
    columns = (
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym", url=address),
        Column("bidang", _lazy("Bidang kerja"), value=lambda row: line_label(row.line_of_work),
               sort="line_of_work"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("sejak", _lazy("Ditempatkan sejak"), "date", field="valid_from"),
    )  # fmt: skip
    search = ("participant__pseudonym__icontains",)
    search_label = _lazy("Cari nama samaran")
    default_sort = ("valid_from", "pk")
    empty = Empty(
        _lazy("Semua yang ditempatkan sudah ditanya"),
        _lazy("Yang tidak bersedia tidak ditempatkan; menjawab tidak sama baiknya."),
        good="cloth",
    )


class TextTable(Table):
    """Every version of every text, newest first."""

    name = "naskah"
    caption = _lazy("Naskah kesediaan")
    columns = (
        Column("untuk", _lazy("Untuk"), value=lambda row: row.get_purpose_display(),
               url=lambda row: reverse("people:text", args=[row.pk]), sort="purpose"),
        Column("versi", _lazy("Versi"), field="version"),
        Column("bahasa", _lazy("Bahasa"), value=lambda row: row.get_language_display()),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="in_force_from"),
    )  # fmt: skip
    search = ("version__icontains", "body__icontains")
    search_label = _lazy("Cari dalam naskah")
    filters = (Filter("untuk", _lazy("Untuk"), ConsentPurpose.choices, field="purpose"),)
    default_sort = ("-in_force_from", "purpose", "-language")
    empty = Empty(_lazy("Belum ada naskah"), good="cloth")


def _covered(row: Any) -> str:
    if row.participant is None:
        return str(_lazy("semua yang bekerja di sini"))
    return str(row.participant.pseudonym)


class InsuranceTable(Table):
    """Cover for accidents at work, of the unit or of one person."""

    name = "jaminan"
    caption = _lazy("Jaminan kecelakaan kerja")
    columns = (
        Column("jaminan", _lazy("Jaminan"), value=lambda row: row.get_scheme_display(),
               url=lambda row: reverse("people:end_insurance", args=[row.pk]), sort="scheme"),
        Column("nomor", _lazy("Nomor"), field="policy_no"),
        Column("untuk", _lazy("Untuk"), value=_covered),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai dengan"), "date", field="last_day", sort="valid_until"),
        Column("keadaan", _lazy("Keadaan"), "state",
               value=lambda row: "now" if row.holds_on(clock.today()) else "other",
               states={"now": State(_lazy("Berlaku"), "done"),
                       "other": State(_lazy("Tidak hari ini"), "off")}),
    )  # fmt: skip
    search = ("policy_no__icontains",)
    search_label = _lazy("Cari nomor")
    default_sort = ("-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada jaminan yang tercatat"),
        _lazy("Catat nomor kepesertaan UPT pada BPJS Ketenagakerjaan (JKK)."),
        good="cloth",
    )
