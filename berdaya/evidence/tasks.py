"""Packs of many lots are made after somebody asked, not while they wait."""

from berdaya.core.events import subscribe
from berdaya.evidence.actions.packs import make_pack
from berdaya.evidence.events import PACK_ASKED
from berdaya.evidence.models import Pack


@subscribe(PACK_ASKED)
def make_asked(facility_id: int, subject_id: int | str) -> None:
    """Make it; a second run finds it made."""
    rows = Pack.objects.filter(facility=facility_id, pk=subject_id)
    for pack in rows.select_related("lot", "order"):
        make_pack(pack=pack)
