"""Keep the cached windows in which the law allows a listing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from berdaya.catalog.models import Listing
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.legality.actions.judging import judge_places
from berdaya.legality.rules.windows import Window

# What has no finished goods and is not made to order has no window, whatever the law says. A window
# that goes on keeps the day on which it began. Days begin at midnight of the place.
REFRESH = """
UPDATE catalog_listing l SET lawful_from = new.begins, lawful_until = new.until
FROM (
  SELECT one.id,
         CASE WHEN one.lawful_from <= law.begins
                   AND coalesce(one.lawful_until >= law.begins, true)
              THEN one.lawful_from ELSE law.begins END AS begins,
         law.until
  FROM catalog_listing one
  JOIN institutions_facility f ON f.id = one.facility_id
  JOIN catalog_listingversion v ON v.id = one.current_id
  LEFT JOIN legality_judgement j ON j.variant_id = one.variant_id
  LEFT JOIN legality_factgroup g ON g.id = j.group_id AND (
    v.lead_time_days IS NOT NULL
    OR EXISTS (SELECT FROM goods_variant k JOIN goods_product p ON p.id = k.product_id
               JOIN goods_category c ON c.id = p.category_id
               WHERE k.id = one.variant_id AND c.is_service)
    OR EXISTS (SELECT FROM stock_lot s WHERE s.variant_id = one.variant_id
               AND s.made_on <= (%s AT TIME ZONE f.timezone)::date))
  CROSS JOIN LATERAL (SELECT
    g.retail_from::timestamp AT TIME ZONE f.timezone AS begins,
    g.retail_until::timestamp AT TIME ZONE f.timezone AS until) law
  WHERE one.facility_id = ANY (%s)
) new
WHERE new.id = l.id
  AND (l.lawful_from, l.lawful_until) IS DISTINCT FROM (new.begins, new.until)"""


def refresh_windows(*, by: Actor, listings: Iterable[Listing]) -> int:
    """Judge the places of these listings anew; returns how many listings there changed.

    Changes lawful_from and lawful_until only, so what a head decided stays.
    """
    return judge_places(by=by, facility_ids={row.facility_id for row in listings})


def follow(by: Actor, facility_ids: list[int]) -> int:
    """Write the windows of the listings of these places from their judgements, set-wise."""
    scope.required()
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, [clock.now(), facility_ids])
        return int(cursor.rowcount)


def instants(window: Window | None, zone: str) -> tuple[datetime | None, datetime | None]:
    """A window of days as instants of its place; both None where there is none."""
    if window is None:
        return None, None
    until = clock.start_of(window.until, zone) if window.until else None
    return clock.start_of(window.first, zone), until
