"""Which certificates somebody has, for the copy of what is held about them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core.clock import format_date
from berdaya.core.codes import format_code
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant
from berdaya.training.models import Certificate
from berdaya.training.tables_certificates import STATES, state_of


def register() -> None:
    """Tell the copy."""
    declare_holding("certificates", certificates_of)


def certificates_of(person: Participant, lang: str) -> Iterator[Section]:
    """Every certificate asked for, with the code under which anybody verifies it."""
    rows = Certificate.objects.filter(participant=person).select_related("credential", "provider")
    yield Section(
        _("Sertifikat pelatihan"),
        (
            _("Pelatihan"),
            _("Penerbit"),
            _("Nomor"),
            _("Kode"),
            pgettext("training", "Mulai"),
            _("Keadaan"),
        ),
        tuple(_row(one, lang) for one in rows.order_by("pk")),
    )


def _row(one: Certificate, lang: str) -> tuple[str, ...]:
    told = one.credential
    return (
        one.label,
        one.provider.name,
        told.number if told else "–",
        format_code(told.public_code) if told else "–",
        format_date(told.valid_from, lang) if told else "–",
        str(STATES[state_of(one)].label),
    )
