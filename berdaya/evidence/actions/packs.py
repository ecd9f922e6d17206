"""Asking for a pack of evidence and making it."""

from collections.abc import Sequence

from berdaya.core import clock
from berdaya.core.events import publish
from berdaya.core.locks import lock_row
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.evidence import rules_export
from berdaya.evidence.events import PACK_ASKED
from berdaya.evidence.models import Pack
from berdaya.evidence.pack import content_of, digest_of
from berdaya.evidence.queries import lots_of, require_lots
from berdaya.institutions.rules import may
from berdaya.orders.models import Order
from berdaya.stock.models import Lot

# So many lots are made while one waits; more are made by the worker.
AT_ONCE = 2


def ask_pack(
    *, by: Actor, countries: Sequence[str], lot: Lot | None = None, order: Order | None = None
) -> Pack:
    """A pack about a lot or an order as it is today, for these destinations.

    One of a few lots is made at once, a larger one by a job. Refused: evidence_without_lots,
    evidence_many_countries.
    """
    required()
    about = lot or order
    if about is None:
        raise ValueError("a pack is about a lot or an order")
    require(may(by, "evidence.print", about.facility_id))
    require(rules_export.may_ask_for(countries))
    lots = require_lots(lot=lot, order=order)
    pack = Pack.objects.create(
        facility=about.facility,
        lot=lot,
        order=order,
        as_of=clock.today(about.facility.timezone),
        countries=sorted(set(countries)),
        requested_by_id=by.user_id,
        requested_at=clock.now(),
    )
    if len(lots) > AT_ONCE:
        publish(PACK_ASKED, facility_id=pack.facility_id, subject_id=pack.pk)
        return pack
    return make_pack(pack=pack)


def make_pack(*, pack: Pack) -> Pack:
    """Gather the content and freeze it with its digest; made already, it stays as it is.

    Locks the pack.
    """
    required()
    kept = lock_row(pack)
    if kept.made_at is not None:
        return kept
    about = kept.lot or kept.order
    if about is None:
        raise Refused(rules_export.evidence_without_lots())
    kept.content = content_of(
        "lot" if kept.lot_id else "order", about.code, kept.facility,
        lots_of(lot=kept.lot, order=kept.order), kept.countries, kept.as_of,
    )  # fmt: skip
    kept.digest, kept.made_at = digest_of(kept.content), clock.now()
    kept.save(update_fields=["content", "digest", "made_at"])
    return kept
