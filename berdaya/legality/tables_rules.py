"""Lists of rules: what countries say, changes with their decisions, exceptions asked for."""

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.goods.models import Category
from berdaya.legality.models import MarketEntry, Override, RuleChange, RuleTable
from berdaya.legality.models.markets import Answer
from berdaya.legality.queries.shipping import country_name
from berdaya.legality.tables import RequirementTable, basis_of, market_label
from berdaya.look.tables import Column, Empty, Filter, State, Table

CERTAIN: dict[Any, State] = {
    True: State(_lazy("Perlu dipastikan"), "warn"),
    False: State(_lazy("Pasti"), "done"),
}
ANSWERS: dict[Any, State] = {
    "allowed": State(_lazy("Boleh"), "done"),
    "review": State(_lazy("Perlu telaah"), "warn"),
    "barred": State(_lazy("Dilarang"), "bad"),
}
DECISIONS: dict[Any, State] = {
    "waiting": State(_lazy("Menunggu keputusan"), "warn"),
    "approved": State(_lazy("Disetujui"), "done"),
    "declined": State(_lazy("Ditolak"), "off"),
}


def destination_label(code: str) -> str:
    """A country, or the wide rows, in words."""
    return str(_lazy("Semua negara lain")) if code == "*" else country_name(code)


def outcome_of(row: RuleChange | Override) -> str:
    """waiting, approved or declined; its decision must be joined."""
    decision = getattr(row, "decision", None)
    return decision.outcome if decision else "waiting"


def _reached(row: MarketEntry) -> str:
    """Which goods it speaks of, in words."""
    reach = row.get_reach_display()
    return f"{row.category.label}: {reach}" if row.category else reach


def _span(row: MarketEntry) -> str:
    """From when, and until when where it is known to end."""
    first = clock.format_date(row.valid_from)
    return f"{first} – {clock.format_date(row.last_day)}" if row.last_day else first


def _terms(row: MarketEntry) -> str:
    """Conditions, and what the law leaves open."""
    if not row.exceptions:
        return row.conditions
    open_door = _("Kecuali: %(exceptions)s") % {"exceptions": row.exceptions}
    return f"{row.conditions} {open_door}".strip()


class EntryTable(Table):
    """By country; what is not allowed stands first."""

    name = "negara"
    caption = _lazy("Aturan masuk negara tujuan")
    columns = (
        Column(
            "negara", _lazy("Negara tujuan"), value=lambda row: destination_label(row.destination)
        ),
        Column("mengenai", _lazy("Mengenai"), value=_reached, sort="reach"),
        Column("jawaban", _lazy("Jawaban"), "state", field="answer", states=ANSWERS),
        Column("syarat", _lazy("Syarat dan pengecualian"), value=_terms),
        Column("dasar", _lazy("Dasar dan sumber"), value=basis_of, sort="legal_basis"),
        Column("berlaku", _lazy("Berlaku"), value=_span, sort="valid_from"),
        Column("pasti", _lazy("Kepastian"), "state", field="to_be_confirmed", states=CERTAIN),
    )
    search = ("destination__iexact", "legal_basis__icontains", "conditions__icontains")
    filters = (Filter("jawaban", _lazy("Jawaban"), Answer.choices, field="answer"),)
    default_sort = ("destination", "reach", "valid_from")
    empty = Empty(_lazy("Belum ada aturan"), _lazy("Aturan datang bersama program."))


def _edit(name: str) -> Any:
    return lambda row: f"{reverse(name)}?baris={row.pk}"


class EditedEntryTable(EntryTable):
    """The same for who may propose a change: the first column leads to the form."""

    columns = (
        replace(EntryTable.columns[0], url=_edit("legality:new_entry")),
        *EntryTable.columns[1:],
    )


class EditedRequirementTable(RequirementTable):
    """The same of requirements."""

    columns = (
        replace(RequirementTable.columns[0], url=_edit("legality:new_requirement")),
        *RequirementTable.columns[1:],
    )


def words_of(row: Any) -> list[tuple[Any, Any]]:
    """A row of the rules as labels and values, empty ones left out."""
    if row is None:
        return []
    table = EntryTable if isinstance(row, MarketEntry) else RequirementTable
    cells = [(column, column.of(row)) for column in table.columns if column.kind != "date"]
    return [
        (column.label, column.state_of(value).label if column.kind == "state" else value)
        for column, value in cells
        if value not in ("", None)
    ]


def _decided(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "waiting":
        return rows.filter(decision__isnull=True)
    return rows.filter(decision__outcome=value)


STATE_FILTER = Filter(
    "keadaan",
    _lazy("Keadaan"),
    [(code, state.label) for code, state in DECISIONS.items()],
    apply=_decided,
)


def with_goods(rows: QuerySet[RuleChange]) -> QuerySet[RuleChange]:
    """Changes with the name of the category that each asks about, in the same statement."""
    asked = Category.objects.filter(code=OuterRef("asked_category"))
    return rows.annotate(asked_category=KeyTextTransform("category", "values")).annotate(
        category_name=Subquery(asked.values("name")),
        category_name_en=Subquery(asked.values("name_en")),
    )


def change_address(row: Any) -> str:
    """A change's own page."""
    return reverse("legality:rule_change", args=[row.pk])


def change_label(row: RuleChange) -> str:
    """Which table it changes, and what about it."""
    told = row.values
    if row.table == RuleTable.MARKET_ENTRY:
        where = destination_label(told["destination"]) if told else ""
        return str(
            _("Aturan masuk %(country)s") % {"country": where} if where else _("Aturan masuk")
        )
    if not told:
        return str(_("Syarat pasar"))
    what = named(row.category_name, row.category_name_en)  # type: ignore[attr-defined]
    return str(
        _("Syarat %(goods)s: %(market)s") % {"goods": what, "market": market_label(told["market"])}
    )


class ChangeTable(Table):
    """Changes of the rules, the newest first."""

    name = "perubahan"
    caption = _lazy("Perubahan aturan")
    columns = (
        Column("perubahan", _lazy("Perubahan"), value=change_label, url=change_address),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="effective_on"),
        Column("alasan", _lazy("Mengapa"), field="reason", sort=""),
        Column("keadaan", _lazy("Keadaan"), "state", value=outcome_of, states=DECISIONS),
    )
    search = ("reason__icontains",)
    filters = (STATE_FILTER,)
    default_sort = ("-proposed_at", "-pk")
    empty = Empty(
        _lazy("Belum ada perubahan"),
        _lazy("Aturan yang berlaku datang bersama program; usulkan perubahan dari barisnya."),
    )


def override_address(row: Any) -> str:
    """An exception's own page."""
    return reverse("legality:override", args=[row.pk])


class OverrideTable(Table):
    """Exceptions asked for, the newest first."""

    name = "izin-khusus"
    caption = _lazy("Izin khusus")
    columns = (
        Column(
            "produk",
            _lazy("Produk"),
            field="product.name",
            sort="product__name",
            url=override_address,
        ),
        Column("tempat", _lazy("UPT"), field="facility.name"),
        Column("pasar", _lazy("Pasar"), value=lambda row: override_market(row.market)),
        Column("dasar", _lazy("Dasar hukum"), field="legal_basis"),
        Column("sampai", _lazy("Berlaku sampai"), "date", field="last_day", sort="valid_until"),
        Column("keadaan", _lazy("Keadaan"), "state", value=outcome_of, states=DECISIONS),
    )
    search = ("product__name__icontains", "legal_basis__icontains")
    filters = (STATE_FILTER,)
    default_sort = ("-requested_at", "-pk")
    empty = Empty(
        _lazy("Belum ada izin khusus"),
        _lazy("Diminta dari barang yang tertahan, dengan dasar hukumnya."),
    )


def override_market(market: str) -> str:
    """A market in words, a country by its name."""
    kind, _mark, country = market.partition(":")
    label = str(market_label(kind))
    return f"{label}: {destination_label(country)}" if country else label
