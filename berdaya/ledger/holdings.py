"""What the books hold about a person, whether they owe them, and how long entries are kept."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.money import format_rp
from berdaya.core.verdicts import Reason, declare_reason
from berdaya.ledger.chart import PREMI_ACCOUNTS
from berdaya.ledger.models import Account, Entry, Leg
from berdaya.ledger.queries import NET
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant
from berdaya.people.retention import Purpose, Round, Tally, declare_purpose, kept_append_only
from berdaya.people.ties import declare_dealing, declare_standing

erasure_money_owed = declare_reason(
    "erasure_money_owed",
    _lazy("Masih ada premi yang terutang kepada orang ini, mungkin di UPT sebelumnya."),
    next_step=_lazy("Bayarkan dulu melalui serah terima keluar, lalu hapus."),
)


def register() -> None:
    """Tell the copy, the erasing and the nightly round."""
    declare_holding("ledger", balances_of)
    declare_standing("ledger", owed_to)
    declare_dealing("ledger", last_booked)
    declare_purpose(
        Purpose(
            "ledger",
            _lazy("Jurnal dan buku"),
            _lazy("hari pembukuan"),
            _lazy("Tidak dihapus; setelah itu diserahkan menurut jadwal arsip."),
            measure_entries,
        )
    )


def _asked(ids: list[int]) -> list[tuple[int, bool, date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM ledger_still_owed(%s::bigint[], %s::text[])",
            [ids, list(PREMI_ACCOUNTS)],
        )
        return list(cursor.fetchall())


def owed_to(ids: list[int], day: date) -> Mapping[int, list[Reason]]:
    """Whom any book of any facility still owes: one query through the owner's door."""
    return {person: [erasure_money_owed()] for person, owed, _last in _asked(ids) if owed}


def last_booked(ids: list[int]) -> Mapping[int, date]:
    """The day on which money of theirs last moved, anywhere."""
    return {person: last for person, _owed, last in _asked(ids)}


def balances_of(person: Participant, lang: str) -> Iterator[Section]:
    """What the books in scope owe the person now, account by account."""
    rows = Leg.objects.filter(participant=person, account__code__in=PREMI_ACCOUNTS)
    nets = dict(rows.values_list("account_id").annotate(net=NET).order_by())
    accounts = Account.objects.filter(pk__in=nets).select_related("book__party").order_by("code")
    yield Section(
        _("Saldo premi"),
        (_("Buku"), _("Pos"), _("Saldo")),
        tuple((one.book.party.name, one.label, format_rp(-nets[one.pk])) for one in accounts),
        kinds=("left", "left", "right"),
    )


def measure_entries(night: Round) -> Tally:
    """Entries older than the law asks: counted, never deleted here."""
    rows = Entry.objects.filter(facility=night.facility)
    old = rows.filter(booked_on__lt=night.before).count() if night.before else 0
    return Tally(due=old, held={kept_append_only.code: old} if old else {}, left=rows.count())
