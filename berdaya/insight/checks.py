"""Promises that check_books proves about reports and the sums that boards read."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.insight.calc import digest_of
from berdaya.insight.models import ReportVersion


def altered() -> list[str]:
    """Versions whose snapshot is no longer what was hashed."""
    rows = ReportVersion.objects.values_list("pk", "snapshot", "digest").order_by("pk")
    return [str(pk) for pk, snapshot, digest in rows if digest_of(snapshot) != digest][:20]


# Reckoned here once more, plainly: by unit and day first, so that nothing is shared with the
# triggers. Only offices of which every unit is in scope have sums to compare.
SUMS = """
WITH lay AS (
  SELECT f.*, u.office_id,
         coalesce((SELECT s.region_id FROM insight_seat s
                    WHERE s.facility_id = f.facility_id
                      AND daterange(s.valid_from, s.valid_until) @> f.month),
                  u.region_id) AS region_id,
         (SELECT s.places FROM insight_seat s
           WHERE s.facility_id = f.facility_id
             AND daterange(s.valid_from, s.valid_until) @> f.month) AS places
    FROM insight_figure f JOIN institutions_facility u ON u.id = f.facility_id
   WHERE u.office_id = ANY ((SELECT insight_whole_offices())::bigint[])
), laid AS (
  SELECT lay.*, p.is_province,
         CASE WHEN p.is_province THEN left(region_id, 2) ELSE region_id END AS place
    FROM lay, (VALUES (false), (true)) p (is_province)
), told AS (
  SELECT is_province, office_id, place, month, indicator, part, sum(numerator) AS numerator,
         sum(denominator) AS denominator, coalesce(sum(places), 0) AS places,
         max(reckoned_at) AS reckoned_at FROM laid GROUP BY 1, 2, 3, 4, 5, 6
), by_day AS (
  SELECT is_province, office_id, place, month, indicator, part,
         array_agg(minutes ORDER BY day) AS by_days
    FROM (SELECT is_province, office_id, place, month, indicator, part, day, sum(one) AS minutes
            FROM laid, unnest(days) WITH ORDINALITY each (one, day)
           GROUP BY 1, 2, 3, 4, 5, 6, 7) summed
   GROUP BY 1, 2, 3, 4, 5, 6
), mine AS (
  SELECT f.*, f.region_id AS place, array_remove(f.days, NULL) AS by_days
    FROM insight_officesum f
)
SELECT (SELECT o.code FROM institutions_office o WHERE o.id = office_id), place,
       to_char(month, 'YYYY-MM'), indicator, part
  FROM told LEFT JOIN by_day USING (is_province, office_id, place, month, indicator, part)
  FULL JOIN mine USING (is_province, office_id, place, month, indicator, part)
 WHERE (told.numerator, told.denominator, told.places, told.reckoned_at, by_day.by_days)
   IS DISTINCT FROM
   (mine.numerator, mine.denominator, mine.places, mine.reckoned_at, mine.by_days)
 ORDER BY 1, 2, 3, 4, 5
"""
CHECKS = [
    declare_check(
        "insight_sums",
        _lazy("Jumlah per kantor sama dengan angka semua UPT-nya"),
        rows_of(SUMS),
    ),
    declare_check(
        "insight_snapshots",
        _lazy("Setiap laporan bulanan masih sama dengan yang dibekukan"),
        altered,
    ),
]
