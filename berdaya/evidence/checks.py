"""Promises about evidence that check_books proves."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.evidence.models import Pack
from berdaya.evidence.pack import digest_of

# A declaration that says "may enter" for goods of custody, to a country that barred them that day.
BARRED_AND_ALLOWED = """
    SELECT told.code, told.country FROM evidence_declaration AS told
    LEFT JOIN orders_orderline AS line ON line.order_id = told.order_id
    LEFT JOIN orders_hold AS held ON held.line_id = line.id AND held.outcome <> 'freed'
    JOIN stock_lot AS lot ON lot.id = coalesce(told.lot_id, held.lot_id)
    JOIN legality_marketentry AS entry ON entry.destination = told.country
      AND entry.answer = 'barred' AND entry.category_id IS NULL
      AND entry.valid_from <= told.declared_on
      AND (entry.valid_until IS NULL OR entry.valid_until > told.declared_on)
      AND (lot.is_prison_made AND entry.reach = 'custody'
           OR (lot.is_prison_made OR lot.is_made_in_prison) AND entry.reach = 'prison'
           OR entry.reach = 'all')
    WHERE told.outcome = 'allowed'
    GROUP BY told.id ORDER BY told.code
"""
FIRST = 20


def _packs_differ() -> list[str]:
    """Packs whose content is no longer what their digest says."""
    rows = Pack.objects.filter(made_at__isnull=False).select_related("lot", "order").order_by("pk")
    return [str(row) for row in rows.iterator() if digest_of(row.content) != row.digest][:FIRST]


CHECKS = [
    declare_check(
        "evidence_declarations",
        _lazy("Tidak ada pernyataan ekspor yang membolehkan barang terlarang"),
        rows_of(BARRED_AND_ALLOWED),
    ),
    declare_check(
        "evidence_packs", _lazy("Setiap berkas bukti masih sama dengan sidiknya"), _packs_differ
    ),
]
