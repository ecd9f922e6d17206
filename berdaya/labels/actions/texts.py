"""Write what a variant's label says: a version each time, never an edit."""

from typing import Any

from berdaya.core import clock
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import require
from berdaya.goods.models import Variant
from berdaya.institutions.rules import may
from berdaya.labels.models import LabelText
from berdaya.labels.models.texts import SAID
from berdaya.labels.queries import newest_texts


def write_text(*, by: Actor, variant: Variant, **said: Any) -> LabelText:
    """Keep a further version; what says the same as the newest stays that one.

    `said`: names of models/texts.py SAID; what is left out is empty. Refused without the ability.
    """
    required()
    require(may(by, "label.print", variant.facility_id))
    if unknown := set(said) - set(SAID):
        raise ValueError(f"no such part of a label: {sorted(unknown)}")
    row = LabelText(variant=variant, facility_id=variant.facility_id, **said)
    before = newest_texts([variant.pk]).get(variant.pk)
    if before is not None and before.said == row.said:
        return before
    # The counter stays locked until commit: two who write at once make two versions.
    row.version = draw(f"label-text:{variant.pk}", 0)
    row.written_at, row.written_by_id = clock.now(), by.user_id
    row.save(force_insert=True)
    return row
