"""Who people are goes from the sealed parcel of an import straight into the sealed identity."""

from django.db import transaction

from berdaya.core.keystore import keystore
from berdaya.intake.actions.desk import Desk
from berdaya.intake.carrying import Parcel, open_parcel, seal_parcel
from berdaya.intake.models import StagedIdentity, WorkbookImport
from berdaya.people.actions.identity import record_identity
from berdaya.people.models import SealedIdentity


def keep_parcel(workbook: WorkbookImport, parcel: Parcel) -> StagedIdentity:
    """Let it wait beside the cells, sealed."""
    owner, content = seal_parcel(parcel)
    return StagedIdentity.objects.create(
        workbook=workbook,
        facility=workbook.facility,
        key_owner=owner,
        content=content,
        count=len(parcel),
    )


def has_parcel(workbook: WorkbookImport) -> bool:
    """Whether identities wait with this workbook."""
    return StagedIdentity.objects.filter(workbook=workbook).exists()


def book_identities(desk: Desk) -> None:
    """Seal for each person what they have not got yet; what was recorded by hand stays.

    Whoever the book does not register, or who is unknown here, is passed over.
    """
    parcel = StagedIdentity.objects.filter(workbook=desk.workbook).first()
    if parcel is None:
        return
    told = open_parcel(parcel.key_owner, parcel.content)
    people = {number: desk.people[number] for number in told if number in desk.people}
    rows = SealedIdentity.objects.filter(participant__in=people.values()).defer("photo")
    held = {row.pk: row for row in rows}
    for number, person in people.items():
        row = held.get(person.pk)
        fresh = {
            field: text
            for field, text in told[number].items()
            if row is None or getattr(row, field) is None
        }
        if fresh:
            record_identity(by=desk.by, participant=person, facility=desk.facility, values=fresh)


def drop_parcel(workbook: WorkbookImport) -> None:
    """Nothing waits any more; its key goes when the transaction has ended."""
    for parcel in StagedIdentity.objects.filter(workbook=workbook):
        owner = parcel.key_owner
        parcel.delete()
        transaction.on_commit(lambda owner=owner: keystore().destroy([owner]))  # type: ignore[misc]
