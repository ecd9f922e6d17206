"""What a workbook will become: the rows to be booked, ready to be shown and then written."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from berdaya.intake.findings import Finding
from berdaya.intake.records import CellRef
from berdaya.people.queries import Before
from berdaya.people.rules import Limits


def digest(*parts: object) -> str:
    """A short fingerprint of a row's content, to see later whether it was changed."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class KnownProduct:
    """A product the facility already has (variant), by its name's key."""

    name: str
    line: str
    measure: str
    price_rp: int
    pay_basis: str


@dataclass(frozen=True)
class KnownPerson:
    """A person placed here before, by work number; papers as the program knows them."""

    placed_from: date
    placed_until: date | None
    status: str
    consent_on: date | None
    fit_until: date | None
    requested_on: date | None


@dataclass(frozen=True)
class KnownBatch:
    """A batch that came in by an earlier run, with the unit's own code; `left_qty` is in stock."""

    code: str
    line: str
    product: str
    starts_on: date
    ends_on: date
    left_qty: Decimal


@dataclass(frozen=True)
class World:
    """What the program knows of the facility before this run; everything the rules may ask."""

    facility_kind: str
    go_live_on: date | None
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    products: Mapping[str, KnownProduct] = field(default_factory=dict)
    batches: tuple[KnownBatch, ...] = ()
    done: Mapping[tuple[str, str], str] = field(default_factory=dict)
    worked: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    before: Mapping[str, Sequence[Before]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def is_history(self, day: date) -> bool:
        """Before the unit's first day with the program; a unit without one has only history."""
        return self.go_live_on is None or day < self.go_live_on


@dataclass(frozen=True)
class Source:
    """Where a planned row comes from, and how it is recognised when it comes again."""

    kind: str
    key: str
    digest: str
    at: CellRef


@dataclass(frozen=True)
class PersonPlan:
    source: Source
    work_number: str
    status: str
    line: str
    started_on: date
    consent_on: date | None
    fit_until: date | None
    requested_on: date | None
    ends_on: date | None
    is_released: bool

    @property
    def placed_from(self) -> date:
        """Here at the latest when the first paper was signed; a book only says when work began."""
        return min(self.started_on, self.consent_on or self.started_on)


@dataclass(frozen=True)
class ProductPlan:
    source: Source
    name: str
    line: str
    measure: str
    price_rp: int
    pay_basis: str
    permits: tuple[str, ...]


@dataclass(frozen=True)
class MaterialPlan:
    source: Source
    day: date
    name: str
    qty: Decimal
    measure: str
    total_rp: int
    kind: str
    is_deductible: bool
    reference: str
    batch_code: str


@dataclass(frozen=True)
class BatchPlan:
    source: Source
    code: str
    product: str
    line: str
    pay_basis: str
    starts_on: date
    ends_on: date
    good_qty: Decimal
    rejected_qty: Decimal
    measure: str
    is_history: bool
    note: str = ""


@dataclass(frozen=True)
class WorkPlan:
    """One line of a day sheet; a day shared by batches has one for each."""

    source: Source
    work_number: str
    line: str
    day: date
    mark: str
    minutes: int
    pieces: Decimal
    batch_code: str


@dataclass(frozen=True)
class PaymentPlan:
    method: str
    amount_rp: int
    day: date


@dataclass(frozen=True)
class RefundPlan:
    qty: Decimal
    day: date


@dataclass(frozen=True)
class SalePlan:
    source: Source
    receipt_no: str
    day: date
    kind: str
    buyer_kind: str
    buyer: str
    product: str
    qty: Decimal
    price_rp: int
    discount_rp: int
    payments: tuple[PaymentPlan, ...]
    refund: RefundPlan | None
    is_history: bool
    from_opening: Decimal = Decimal(0)
    from_batches: tuple[tuple[str, Decimal], ...] = ()

    @property
    def amount_rp(self) -> int:
        return int(self.qty * self.price_rp) - self.discount_rp


@dataclass
class Plan:
    """Everything that will be booked, and everything that was found on the way."""

    people: list[PersonPlan] = field(default_factory=list)
    products: list[ProductPlan] = field(default_factory=list)
    materials: list[MaterialPlan] = field(default_factory=list)
    batches: list[BatchPlan] = field(default_factory=list)
    work: list[WorkPlan] = field(default_factory=list)
    sales: list[SalePlan] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    chosen: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def is_done(self, source: Source) -> bool:
        """Whether an earlier run booked this row."""
        return (source.kind, source.key) in self.done

    def fresh(self, rows: list) -> list:  # type: ignore[type-arg]
        """Those of these planned rows that no earlier run booked."""
        return [row for row in rows if not self.is_done(row.source)]

    @property
    def fresh_count(self) -> int:
        kinds = (self.people, self.products, self.materials, self.batches, self.work, self.sales)
        return sum(len({row.source.key for row in self.fresh(rows)}) for rows in kinds)

    def by_level(self, level: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == level]
