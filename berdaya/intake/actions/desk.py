"""What one booking works with, from its first step to its last."""

from dataclasses import dataclass, field

from berdaya.core.scope import Actor
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.intake.models import ImportedRow, WorkbookImport
from berdaya.intake.plan import Plan, Source
from berdaya.intake.progress import Counter, Reporter
from berdaya.intake.values import name_key
from berdaya.people.models import Participant
from berdaya.stock.models import Lot, Place
from berdaya.workshop.models import Batch, Workshop

BOOK = "buku kerja"


@dataclass
class Desk:
    """The plan, what it has become so far, and the rows to remember."""

    by: Actor
    facility: Facility
    plan: Plan
    workbook: WorkbookImport
    report: Reporter
    people: dict[str, Participant] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)
    workshops: dict[str, Workshop] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    lots: dict[str, Lot] = field(default_factory=dict)
    opening: dict[str, Lot] = field(default_factory=dict)
    rows: list[ImportedRow] = field(default_factory=list)
    steps: Counter = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        days = {(row.line, row.day) for row in plan.fresh(plan.work)}
        kinds = (plan.people, plan.products, plan.materials, plan.batches, plan.sales)
        total = sum(len(plan.fresh(rows)) for rows in kinds) + len(days)
        self.steps = Counter(total, self.report)

    def line_of(self, line: str) -> str:
        """How the facility's workshop itself calls this line of work."""
        workshop = self.workshops.get(name_key(line))
        return workshop.line_of_work if workshop else line

    def remember(self, source: Source, target: str) -> None:
        """This row came in, and became that."""
        self.rows.append(
            ImportedRow(
                workbook=self.workbook,
                facility=self.facility,
                kind=source.kind,
                key=source.key[:200],
                digest=source.digest,
                source=str(source.at)[:120],
                target=target,
            )
        )

    def reference(self, source: Source) -> str:
        """What a booked row says about where it comes from."""
        return f"workbook:{self.workbook.pk}:{source.at}"

    def store(self) -> Place:
        """Where goods are put: the facility's first place inside the gate."""
        found = Place.objects.filter(facility=self.facility, kind="store", is_active=True)
        return found.order_by("pk").first() or Place.objects.create(
            facility=self.facility, kind="store", name="Gudang"
        )
