"""Keep a photo of goods, without anything the camera wrote into it."""

import hashlib
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from berdaya.catalog import rules
from berdaya.catalog.calc import LARGE
from berdaya.catalog.models import Photo
from berdaya.catalog.pictures import Picture, read_picture
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.institutions.models import Facility, FacilityKind
from berdaya.institutions.rules import may
from berdaya.people.rules import facility_lpka


def add_photo(*, by: Actor, facility: Facility, file: BinaryIO, alt: str, alt_en: str) -> Photo:
    """Encode a photo anew and keep it in two sizes; the same picture again is the same photo.

    Refused before anything is stored: facility_lpka, photo_words_missing, and whatever
    pictures.read_picture finds.
    """
    scope.required()
    require(may(by, "listing.propose", facility.pk))
    if facility.kind == FacilityKind.LPKA:
        raise Refused(Verdict((facility_lpka(),)))
    if not alt.strip():
        raise Refused(rules.photo_words_missing())
    picture = read_picture(file)
    digest = hashlib.sha256(picture.files[LARGE]).hexdigest()
    photo, _made = Photo.objects.get_or_create(
        facility=facility,
        digest=digest,
        defaults={
            "width": picture.width,
            "height": picture.height,
            "alt": alt.strip(),
            "alt_en": alt_en.strip(),
            "uploaded_by_id": by.user_id,
            "uploaded_at": clock.now(),
        },
    )
    _store(digest, picture)
    return photo


def _store(digest: str, picture: Picture) -> None:
    """Under names made of what they hold, so that what is there already is the same."""
    for width, content in picture.files.items():
        name = Photo.file_name(digest, width)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
