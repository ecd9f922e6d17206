"""Promises about what is shown that check_books proves."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.actions.windows import instants
from berdaya.catalog.models import Listing
from berdaya.catalog.queries import MARKET
from berdaya.core import clock
from berdaya.core.proofs import declare_check, rows_of
from berdaya.legality.queries.windows import lawful_windows

FIRST = 20


def _stale_windows() -> list[str]:
    """Approved listings whose cached window says another thing than a judgement made now."""
    by_zone: dict[str, list[Listing]] = defaultdict(list)
    rows = Listing.objects.filter(current__isnull=False, withdrawn_at__isnull=True)
    for row in rows.select_related("facility", "current").order_by("slug"):
        by_zone[row.facility.timezone].append(row)
    found = [line for zone, here in sorted(by_zone.items()) for line in _differing(here, zone)]
    return found[:FIRST]


def _differing(rows: list[Listing], zone: str) -> Iterator[str]:
    now, today = clock.now(), clock.today(zone)
    to_order = [row.variant_id for row in rows if row.current and row.current.lead_time_days]
    windows = lawful_windows([row.variant_id for row in rows], MARKET, today, to_order)
    for row in rows:
        first, until = instants(windows.get(row.variant_id), zone)
        may_now = first is not None and first <= now
        if may_now != row.is_lawful(now) or (may_now and until != row.lawful_until):
            yield f"{row.slug}: {row.lawful_from} – {row.lawful_until}, {first} – {until}"


declare_check(
    "listing_windows_are_judgements",
    _lazy("Masa tayang yang disimpan sama dengan penilaian izin sekarang"),
    _stale_windows,
)
declare_check(
    "listing_prices_are_their_versions",
    _lazy("Harga yang tayang sama dengan harga versi yang disetujui"),
    rows_of("""
        SELECT l.slug, l.price_rp, v.price_rp FROM catalog_listing l
        JOIN catalog_listingversion v ON v.id = l.current_id
        LEFT JOIN catalog_listingdecision d ON d.version_id = v.id AND d.outcome = 'approved'
        WHERE l.price_rp <> v.price_rp OR v.listing_id <> l.id OR d.id IS NULL"""),
)
declare_check(
    "shown_versions_were_looked_at_twice",
    _lazy("Tidak ada foto yang tayang tanpa diperiksa orang kedua"),
    rows_of("""
        SELECT l.slug, p.digest FROM catalog_listing l
        JOIN catalog_versionphoto o ON o.version_id = l.current_id
        JOIN catalog_photo p ON p.id = o.photo_id
        LEFT JOIN catalog_photoreview r ON r.photo_id = p.id AND r.outcome = 'safe'
          AND (r.reviewed_by_id IS NULL OR r.reviewed_by_id IS DISTINCT FROM p.uploaded_by_id)
        WHERE r.id IS NULL"""),
)
declare_check(
    "nothing_of_children_is_shown",
    _lazy("Tidak ada barang LPKA yang ditayangkan"),
    rows_of("""
        SELECT l.slug FROM catalog_listing l
        JOIN institutions_facility f ON f.id = l.facility_id WHERE f.kind = 'lpka'"""),
)
