"""Names and numbers on a unit's list of people, carried sealed from the upload to the booking.

Only where the officer asks for it; the cells that are kept never hold them. The parcel is sealed
under a key of its own, which goes when the workbook has been booked or put away.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from berdaya.core import clock, sealing
from berdaya.core.keystore import KeyGone, keystore
from berdaya.intake.recognition import Shape
from berdaya.intake.records import Sheet, Value
from berdaya.intake.values import name_key, read_day, work_number
from berdaya.intake.words import PEOPLE
from berdaya.people.rules_identity import may_record

# Work number -> field of the sealed identity -> what the list says.
Parcel = Mapping[str, Mapping[str, str]]
NIK_WORDS = {"nik", "no nik", "no ktp", "nomor ktp", "ktp", "nomor induk kependudukan"}
REGISTER_WORDS = {"register", "no register", "nomor register", "no reg", "reg"}
BIRTH_WORDS = {"tgl lahir", "tanggal lahir"}
# Said of people, but not what their papers call them.
OTHER_NAMES = {"nama alias", "nama panggilan", "nama petugas", "alias", "panggilan"}
KIND = "parcel"


def meant_by(header: str) -> str:
    """Which sealed field a column of identities is, "" for one that is not carried."""
    key = name_key(header)
    if key in NIK_WORDS or key.startswith("nik "):
        return "nik"
    if key in REGISTER_WORDS:
        return "register_no"
    if key in BIRTH_WORDS:
        return "born_on"
    return "name" if key.startswith("nama") and key not in OTHER_NAMES else ""


def parcel_of(sheets: Iterable[Sheet], shapes: Iterable[Shape]) -> dict[str, dict[str, str]]:
    """What lists of people say about who they are; a NIK that cannot be one is left out."""
    found: dict[str, dict[str, str]] = {}
    for sheet, shape in zip(sheets, shapes, strict=True):
        number = next((c.index for c in shape.columns if c.field == "work_number"), None)
        if shape.kind != PEOPLE or number is None:
            continue
        columns = {c.index: meant_by(c.header) for c in shape.columns if c.is_identity}
        for row in sheet.rows[shape.first_row :]:
            told = {
                field: text
                for index, field in columns.items()
                if field and (text := _text(field, row[index]))
            }
            if told and row[number] not in ("", None):
                found.setdefault(work_number(row[number]), {}).update(told)
    return found


def _text(field: str, cell: Value) -> str:
    if cell in ("", None) or isinstance(cell, bool):
        return ""
    if field == "born_on":
        return _birth(cell)
    text = str(int(cell)) if isinstance(cell, float) else str(cell).strip()
    if field == "nik":
        return text if may_record({"nik": text}, clock.today()).ok else ""
    return text


def _birth(cell: Value) -> str:
    """`1/5/90` was long ago; what nobody alive can have is left out."""
    day, today = read_day(cell, None).day, clock.today()
    if day and day >= today:
        day = date(day.year - 100, day.month, min(day.day, 28))
    is_likely = day and may_record({"born_on": day.isoformat()}, today).ok
    return day.isoformat() if day and is_likely else ""


def seal_parcel(parcel: Parcel) -> tuple[uuid.UUID, bytes]:
    """The parcel under a new key, and the name of that key."""
    owner = uuid.uuid4()
    key = keystore().create(owner)
    plain = json.dumps(parcel, ensure_ascii=False).encode()
    return owner, sealing.seal(key.secret, plain, about=f"{owner}:{KIND}", version=key.version)


def open_parcel(owner: uuid.UUID, sealed: Any) -> Parcel:
    """What `seal_parcel` sealed; raises KeyGone once its key has been destroyed."""
    key = keystore().keys([owner]).get(owner, {}).get(sealing.version_of(bytes(sealed)))
    if key is None:
        raise KeyGone(str(owner))
    return json.loads(sealing.open_sealed(key, bytes(sealed), about=f"{owner}:{KIND}"))  # type: ignore[no-any-return]
