"""Facts of whole places in one statement, told so that equal goods say the same words.

What decides, and nothing else: codes, days to come and yes or no. What began is told as begun, what
is over as over, so that a day changes the words of those alone for whom it changes something.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

FACTS = """
WITH mine AS (
  SELECT v.id, v.facility_id, v.product_id, p.category_id, f.kind = 'lpka' AS is_lpka,
         f.id AS place_id, f.region_id
  FROM goods_variant v
  JOIN goods_product p ON p.id = v.product_id
  JOIN institutions_facility f ON f.id = v.facility_id
  WHERE v.facility_id = ANY (%(places)s)
), covered AS (
  SELECT v.id, jsonb_agg(DISTINCT jsonb_build_array(
      k.code,
      CASE WHEN m.revoked_on <= %(day)s THEN 'revoked' WHEN m.valid_until <= %(day)s THEN 'over'
           WHEN m.valid_from <= %(day)s THEN 'begun' ELSE m.valid_from::text END,
      CASE WHEN m.revoked_on <= %(day)s OR m.valid_until <= %(day)s THEN NULL
           ELSE m.valid_until END,
      CASE WHEN m.revoked_on <= %(day)s OR m.valid_until <= %(day)s THEN NULL
           ELSE m.revoked_on END,
      NOT k.is_bound_to_place OR m.place_id = v.place_id,
      NOT EXISTS (SELECT FROM legality_permitvariant n WHERE n.coverage_id = c.id)
        OR EXISTS (SELECT FROM legality_permitvariant n
                   WHERE n.coverage_id = c.id AND n.variant_id = v.id))) AS told
  FROM mine v
  JOIN legality_permitproduct c ON c.product_id = v.product_id
  JOIN legality_permit m ON m.id = c.permit_id
  JOIN legality_permitkind k ON k.id = m.kind_id
  GROUP BY v.id
), kitchens AS (
  -- Certificates of a kitchen meet nothing, whatever their days: only their kind is told.
  SELECT m.place_id, jsonb_agg(DISTINCT k.code ORDER BY k.code) AS told
  FROM legality_permit m JOIN legality_permitkind k ON k.id = m.kind_id
  WHERE m.place_id = ANY (%(places)s) AND m.scope = 'kitchen'
  GROUP BY m.place_id
), said AS (
  SELECT s.product_id, jsonb_agg(DISTINCT jsonb_build_array(
      s.status,
      CASE WHEN s.valid_from <= %(day)s THEN 'begun' ELSE s.valid_from::text END,
      s.valid_until)) AS told
  FROM legality_halalstanding s
  WHERE s.facility_id = ANY (%(places)s) AND (s.valid_until IS NULL OR s.valid_until > %(day)s)
  GROUP BY s.product_id
), lifted AS (
  SELECT o.product_id, jsonb_agg(DISTINCT jsonb_build_array(
      o.code, o.kind, o.market,
      CASE WHEN o.valid_from <= %(day)s THEN 'begun' ELSE o.valid_from::text END,
      o.valid_until)) AS told
  FROM legality_override o
  JOIN legality_overridedecision d ON d.override_id = o.id AND d.outcome = 'approved'
  WHERE o.facility_id = ANY (%(places)s) AND o.lot_id IS NULL AND o.valid_until > %(day)s
  GROUP BY o.product_id
), claimed AS (
  SELECT v.id, jsonb_build_array(
      i.code,
      CASE WHEN i.registered_on <= %(day)s THEN 'begun' ELSE i.registered_on::text END,
      CASE WHEN i.ended_on <= %(day)s THEN 'over' ELSE i.ended_on::text END,
      i.id IS NULL OR EXISTS (
        SELECT FROM unnest(i.regions) area
        WHERE CASE i.binds WHEN 'making' THEN v.region_id ELSE c.material_region_id END = area
           OR starts_with(
                CASE i.binds WHEN 'making' THEN v.region_id ELSE c.material_region_id END,
                area || '.')),
      NOT coalesce(i.has_motif_book, false) OR coalesce(t.indication_id = i.id, false),
      coalesce(t.is_ceremonial, false)) AS told
  FROM mine v
  JOIN legality_productorigin c ON c.product_id = v.product_id
  LEFT JOIN legality_indication i ON i.id = c.indication_id
  LEFT JOIN legality_motif t ON t.id = c.motif_id
), facts AS (
  SELECT v.id, v.facility_id, jsonb_build_object(
      'category', v.category_id, 'lpka', v.is_lpka, 'permits', covered.told,
      'kitchens', kitchens.told, 'said', said.told,
      'lifted', lifted.told, 'origin', claimed.told)::text AS facts
  FROM mine v
  LEFT JOIN covered ON covered.id = v.id
  LEFT JOIN kitchens ON kitchens.place_id = v.facility_id
  LEFT JOIN said ON said.product_id = v.product_id
  LEFT JOIN lifted ON lifted.product_id = v.product_id
  LEFT JOIN claimed ON claimed.id = v.id
)
SELECT facts.id, facts.facility_id, facts.facts FROM facts
LEFT JOIN legality_judgement j ON j.variant_id = facts.id
LEFT JOIN legality_factgroup g ON g.id = j.group_id
WHERE g.digest IS DISTINCT FROM encode(sha256(convert_to(facts.facts, 'UTF8')), 'hex')
"""


@dataclass(frozen=True)
class Differing:
    """A variant whose facts are not those it was last judged by; `facts` is their JSON."""

    variant_id: int
    facility_id: int
    facts: str


def differing(place_ids: Iterable[int], day: date) -> list[Differing]:
    """Variants of these places whose facts on `day` differ from their judgement's, or have none.

    One statement; what it reads stands in the group's facts word for word, so that its SHA-256
    says whether anything is another.
    """
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"places": list(place_ids), "day": day})
        return [Differing(*row) for row in cursor.fetchall()]
