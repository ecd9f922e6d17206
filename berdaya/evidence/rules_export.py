"""May evidence be put together, and may goods be declared for a country?"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Verdict, declare_reason

MOST_COUNTRIES = 10

evidence_without_lots = declare_reason(
    "evidence_without_lots",
    _lazy("Pesanan ini belum punya lot."),
    next_step=_lazy("Tahan atau kemas barangnya lebih dulu; buktinya menyangkut lotnya."),
)
evidence_many_countries = declare_reason(
    "evidence_many_countries",
    _lazy("Paling banyak sepuluh negara dalam satu berkas."),
    next_step=_lazy("Pilih negara yang benar-benar dituju."),
)
evidence_country_unknown = declare_reason(
    "evidence_country_unknown",
    _lazy("Negara %(country)s tidak dikenal."),
    next_step=_lazy("Pilih dari daftar."),
)
declaration_for_home = declare_reason(
    "declaration_for_home",
    _lazy("Indonesia bukan tujuan ekspor."),
    next_step=_lazy("Di dalam negeri cukup surat jalan."),
)
declaration_refused = declare_reason(
    "declaration_refused",
    _lazy("Pernyataan ini ditolak dan tidak dapat dicetak."),
    next_step=_lazy("Baca alasannya, lalu tanyakan lagi sesudah dibereskan."),
)


def may_ask_for(countries: Sequence[str]) -> Verdict:
    """Whether answers for these destinations go into one pack: ISO 3166 codes, few."""
    if len(set(countries)) > MOST_COUNTRIES:
        return Verdict((evidence_many_countries(),))
    unknown = [one for one in countries if not re.fullmatch("[A-Z]{2}", one)]
    return Verdict(tuple(evidence_country_unknown(country=one) for one in unknown))


def may_declare_for(country: str) -> Verdict:
    """Whether a country can be declared for at all; what it says to the goods is the gate's."""
    if country == "ID":
        return Verdict((declaration_for_home(),))
    return may_ask_for([country])
