"""Accounts and QRIS that wait for a second person, on Hari Ini of those who may confirm."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.scope import Actor
from berdaya.institutions.models import BankAccount, QrisAccount
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting


def waiting(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What others registered at places where this actor may confirm."""
    places = places_of(actor, "account.confirm", facility_ids)
    if not places:
        return
    for model, words, page in (
        (BankAccount, _lazy("Sahkan rekening %(owner)s"), "institutions:bank_account"),
        (QrisAccount, _lazy("Sahkan QRIS %(owner)s"), "institutions:qris_account"),
    ):
        rows = model.objects.waiting().filter(owner__facility__in=places)
        rows = rows.exclude(registered_by=actor.user_id)
        yield Waiting(
            rows.values("pk", "owner__name", "registered_at"),
            lambda row, words=words, page=page: _item(row, words, page),
        )


def _item(row: dict[str, Any], words: Any, page: str) -> Item:
    return Item(
        text=str(words) % {"owner": row["owner__name"]},
        url=reverse(page, args=[row["pk"]]),
        age_on=date.fromisoformat(row["registered_at"][:10]),
        detail=_("Didaftarkan orang lain; belum dapat dipakai."),
        state="warn",
        state_text=_("menunggu"),
    )
