"""For what an identity may be opened: the closed list, and what each purpose opens, no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _lazy

from berdaya.people.models import RevealPurpose


class OpenReason(models.TextChoices):
    """Why one person, the scan of a consent, or the record of a leaver is opened."""

    CHECK = "check", _lazy("Memastikan siapa yang ada di depan petugas")
    CORRECT = "correct", _lazy("Membetulkan data dirinya")
    SERVE = "serve", _lazy("Mengurus surat atau sertifikatnya")
    FAMILY = "family", _lazy("Menghubungi keluarganya")
    RIGHTS = "rights", _lazy("Ia sendiri meminta melihat datanya")
    VERIFY = "verify", _lazy("Mencocokkan surat kesediaannya")
    DISPUTE = "dispute", _lazy("Menjawab keberatan atau sengketa atas kesediaannya")
    OWN_RECORD = "own_record", _lazy("Berita acara saat keluar atas namanya")
    KIN_RECORD = "kin_record", _lazy("Berita acara saat keluar, diterima keluarganya")


PAPERS = ("name", "register_no", "nik", "born_on")
EVERYTHING = (*PAPERS, "bank_account", "heirs", "phone", "photo")
# What a reveal says was opened where it was the scan of a consent, no field of the identity.
SCAN = "consent_proof"


@dataclass(frozen=True)
class Purpose:
    """One line of the list. `by_reason` opens other fields according to the reason given."""

    code: str
    ability: str
    fields: tuple[str, ...] = ()
    by_reason: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # A restricted person (UU PDP art. 11) stays closed, but what they earned is paid.
    opens_restricted: bool = False

    def fields_for(self, reason: str) -> tuple[str, ...]:
        """What this purpose opens; KeyError for a reason it does not know."""
        return self.by_reason[reason] if self.by_reason else self.fields


PURPOSES: dict[str, Purpose] = {
    one.code: one
    for one in (
        Purpose(RevealPurpose.ROLL, "identity.roll", ("name",)),
        Purpose(
            RevealPurpose.PAYOUT,
            "identity.payout",
            ("name", "bank_account"),
            opens_restricted=True,
        ),
        Purpose(RevealPurpose.SLIPS, "identity.slips", ("name",)),
        Purpose(RevealPurpose.CASELOAD, "identity.caseload", ("name", "phone", "born_on")),
        Purpose(RevealPurpose.SAMPLE, "identity.sample", ("name", "register_no")),
        Purpose(RevealPurpose.CERTIFICATE, "identity.certificate", ("name",)),
        Purpose(
            RevealPurpose.CONSENT,
            "identity.consent",
            by_reason={OpenReason.VERIFY: (SCAN,), OpenReason.DISPUTE: (SCAN,)},
        ),
        Purpose(
            RevealPurpose.LEAVING,
            "identity.leaving",
            by_reason={
                OpenReason.OWN_RECORD: ("name",),
                OpenReason.KIN_RECORD: ("name", "heirs"),
            },
            opens_restricted=True,
        ),
        Purpose(
            RevealPurpose.PERSON,
            "identity.open",
            by_reason={
                OpenReason.CHECK: ("name", "photo"),
                OpenReason.CORRECT: EVERYTHING,
                OpenReason.SERVE: ("name", "register_no", "born_on"),
                OpenReason.FAMILY: ("name", "heirs"),
                OpenReason.RIGHTS: EVERYTHING,
            },
        ),
    )
}
SEARCH_ABILITY = "identity.search"
FIELD_LABELS = {
    "name": _lazy("Nama"),
    "register_no": _lazy("Nomor register"),
    "nik": _lazy("NIK"),
    "born_on": _lazy("Tanggal lahir"),
    "bank_account": _lazy("Rekening"),
    "heirs": _lazy("Ahli waris"),
    "phone": _lazy("Telepon"),
    "photo": _lazy("Foto"),
    SCAN: _lazy("Pindaian surat kesediaan"),
}


def reasons_of(purpose: str) -> list[tuple[str, str]]:
    """The reasons of a purpose as choices of a form, in the order of its line."""
    return [(code, str(OpenReason(code).label)) for code in PURPOSES[purpose].by_reason]
