"""Recording plots, correcting them, and saying which material came from which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from berdaya.core import clock
from berdaya.core.codes import desk_code
from berdaya.core.locks import lock_row
from berdaya.core.numbers import draw
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.evidence import outlines, rules
from berdaya.evidence.geojson import Shape
from berdaya.evidence.models import MaterialPlot, Plot
from berdaya.institutions.models import Facility, Region
from berdaya.institutions.rules import may
from berdaya.workshop.models import MaterialLot


@dataclass(frozen=True)
class PlotInput:
    """A plot as somebody tells it; `hectares` with up to three decimals."""

    kind: str
    group_name: str
    region: Region
    hectares: Decimal | None
    shape: Shape
    legal_basis: str
    since_year: int
    stated_on: date | None = None


def judge_plot(told: PlotInput, today: date) -> Verdict:
    """Every reason against it: its shape and place, its year, the day of its statement."""
    facts = rules.PlotFacts(
        shape=told.shape.kind,
        positions=told.shape.positions,
        hectares=told.hectares,
        region=told.region.name,
        outline=outlines.outline_of(told.region.code),
    )
    found = rules.is_plot(facts) + rules.is_since_likely(told.since_year, today.year)
    if told.stated_on is not None and told.stated_on > today:
        found += rules.plot_stated_later()
    return found


def record_plot(*, by: Actor, facility: Facility, told: PlotInput) -> Plot:
    """Keep a plot under a code of its own. Refused: the reasons of judge_plot."""
    required()
    require(may(by, "plot.edit", facility.pk))
    require(judge_plot(told, clock.today(facility.timezone)))
    return _record(by, facility, told)


def _record(by: Actor, facility: Facility, told: PlotInput) -> Plot:
    today = clock.today(facility.timezone)
    number = draw(f"plot:{facility.code}", today.year)
    return Plot.objects.create(
        code=desk_code(facility.code, today.year, "KB", number),
        facility=facility,
        recorded_by_id=by.user_id,
        recorded_at=clock.now(),
        **_columns(told),
    )


def _columns(told: PlotInput) -> dict[str, object]:
    return {
        "kind": told.kind,
        "group_name": told.group_name.strip(),
        "region": told.region,
        "hectares": told.hectares,
        "shape": told.shape.kind,
        "positions": told.shape.text,
        "legal_basis": told.legal_basis.strip(),
        "since_year": told.since_year,
        "stated_on": told.stated_on,
    }


def record_plots(*, by: Actor, facility: Facility, told: Sequence[PlotInput]) -> list[Plot]:
    """Keep several plots, all or none. Refused: the reasons of the first that is none."""
    required()
    require(may(by, "plot.edit", facility.pk))
    today = clock.today(facility.timezone)
    for one in told:
        require(judge_plot(one, today))
    return [_record(by, facility, one) for one in told]


def correct_plot(*, by: Actor, plot: Plot, told: PlotInput) -> Plot:
    """Say a plot anew; what stood before stays in the audit trail and in packs. Locks the plot."""
    required()
    require(may(by, "plot.edit", plot.facility_id))
    require(judge_plot(told, clock.today(plot.facility.timezone)))
    kept = lock_row(plot)
    columns = _columns(told)
    for name, value in columns.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(columns))
    return kept


def set_plots(*, by: Actor, material_lot: MaterialLot, plots: Iterable[Plot]) -> list[MaterialPlot]:
    """Say that all of a material lot came from these plots; none at all means: not known.

    Locks the material lot and tells its plots anew. Refused: plot_elsewhere.
    """
    required()
    require(may(by, "plot.edit", material_lot.facility_id))
    wanted = {plot.pk: plot for plot in plots}
    if any(plot.facility_id != material_lot.facility_id for plot in wanted.values()):
        raise Refused(rules.plot_elsewhere())
    lot = lock_row(material_lot)
    standing = MaterialPlot.objects.filter(material_lot=lot)
    known = set(standing.values_list("plot_id", flat=True))
    standing.exclude(plot__in=wanted).delete()
    return MaterialPlot.objects.bulk_create(
        MaterialPlot(
            material_lot=lot,
            plot_id=pk,
            facility_id=lot.facility_id,
            recorded_by_id=by.user_id,
            recorded_at=clock.now(),
        )
        for pk in sorted(wanted.keys() - known)
    )
