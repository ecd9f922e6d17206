"""The list of certificates."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.training.models import Certificate
from berdaya.training.queries_certificates import credential_state

STATES: dict[str, State] = {
    "waiting": State(_lazy("Menunggu persetujuan"), "warn"),
    "refused": State(_lazy("Ditolak"), "off"),
    "valid": State(pgettext_lazy("training", "Berlaku"), "done"),
    "not_yet": State(_lazy("Belum berlaku"), "off"),
    "expired": State(_lazy("Habis masa berlakunya"), "off"),
    "revoked": State(pgettext_lazy("training", "Dicabut"), "bad"),
    "replaced": State(_lazy("Diganti"), "off"),
}
STATE_CHOICES = [(code, state.label) for code, state in STATES.items()]


def state_of(row: Certificate) -> str:
    """Its state today; ask with the credential selected."""
    if row.credential is None:
        return "waiting" if row.is_live else "refused"
    return credential_state(row.credential, clock.today()).value


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    today = clock.today()
    if state in ("waiting", "refused"):
        return rows.filter(credential__isnull=True, is_live=state == "waiting")
    if state in ("revoked", "replaced"):
        return rows.filter(credential__ended_as=state)
    rows = rows.filter(credential__ended_as="")
    if state == "not_yet":
        return rows.filter(credential__valid_from__gt=today)
    if state == "expired":
        return rows.filter(credential__valid_until__lte=today)
    lasting = Q(credential__valid_until__isnull=True) | Q(credential__valid_until__gt=today)
    return rows.filter(lasting, credential__valid_from__lte=today)


class CertificateTable(Table):
    """One row a certificate; the person stands under the pseudonym."""

    name = "sertifikat"
    caption = _lazy("Sertifikat pelatihan")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("training:certificate", args=[row.code]),
        ),
        Column("orang", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("pelatihan", _lazy("Pelatihan"), field="label", sort="title"),
        Column("penerbit", _lazy("Penerbit"), field="provider.name"),
        Column("nomor", _lazy("Nomor"), field="credential.number"),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="credential.valid_from"),
        Column("keadaan", _lazy("Keadaan"), "state", value=state_of, states=STATES),
        Column("upt", _lazy("UPT"), field="facility.code"),
    )
    search = (
        "code__icontains", "title__icontains", "credential__number__icontains",
        "participant__pseudonym__icontains", "provider__name__icontains",
    )  # fmt: skip
    search_label = _lazy("Cari kode, nomor, pelatihan")
    filters = (Filter("keadaan", _lazy("Keadaan"), STATE_CHOICES, apply=_in_state),)
    default_sort = ("-proposed_at", "-pk")
    empty = Empty(
        _lazy("Belum ada sertifikat"),
        _lazy("Buka sesi pelatihan yang sudah dinilai, lalu usulkan sertifikat pesertanya."),
        good="cloth",
    )
