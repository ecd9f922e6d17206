"""How a commitment stands, from evidence and dates alone; each reason has a code and words.

Late below a share of what the months so far ask for, at risk below the whole of it, on track from
there on; a milestone or the last day passed makes it late whatever the numbers say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core.verdicts import Reason, declare_reason

NOT_BEGUN, ON_TRACK, AT_RISK, LATE, DONE = "not_begun", "on_track", "at_risk", "late", "done"
# Worst first: what a list shows on top.
STATES = {
    LATE: (pgettext_lazy("programme", "Terlambat"), "bad"),
    AT_RISK: (pgettext_lazy("programme", "Berisiko"), "warn"),
    ON_TRACK: (pgettext_lazy("programme", "Sesuai rencana"), ""),
    NOT_BEGUN: (pgettext_lazy("programme", "Belum mulai"), "off"),
    DONE: (pgettext_lazy("programme", "Tercapai"), "done"),
}
WHOLE_BP = 10_000

not_yet_begun = declare_reason(
    "commitment_not_begun",
    _lazy("Baru mulai %(day)s."),
    next_step=_lazy("Siapkan keluaran pertamanya."),
)
milestone_overdue = declare_reason(
    "milestone_overdue",
    _lazy("Keluaran “%(title)s” lewat %(days)s hari dari tanggalnya."),
    next_step=_lazy("Serahkan dokumennya, lalu minta kedua pihak menerimanya."),
)
past_due = declare_reason(
    "commitment_past_due",
    _lazy("Batas akhirnya lewat %(days)s hari dan belum tercapai."),
    next_step=_lazy("Selesaikan, atau usulkan batas baru kepada pihak lain."),
)
far_behind = declare_reason(
    "measure_far_behind",
    _lazy("%(title)s baru %(percent)s%% dari yang semestinya sampai bulan ini."),
    next_step=_lazy("Bahas penyebabnya pada rapat bersama dan catat tindak lanjutnya."),
)
behind = declare_reason(
    "measure_behind",
    _lazy("%(title)s %(percent)s%% dari yang semestinya sampai bulan ini."),
    next_step=_lazy("Lihat UPT mana yang tertinggal."),
)
too_much = declare_reason(
    "measure_above_limit",
    _lazy("%(title)s %(percent)s%% dari batas paling banyak."),
    next_step=_lazy("Lihat UPT mana yang melampauinya."),
)
no_figure = declare_reason(
    "measure_without_figure",
    _lazy("%(title)s belum punya angka yang boleh dibaca kedua pihak."),
    next_step=_lazy("Periksa apakah UPT sudah mencatat dan angkanya sudah diumumkan."),
)
high_risk = declare_reason(
    "high_risk_open",
    _lazy("Risiko tinggi yang masih terbuka: %(count)s."),
    next_step=_lazy("Jalankan tindakannya, lalu tutup risikonya."),
)
as_planned = declare_reason(
    "as_planned",
    _lazy("Angka dan keluarannya sesuai rencana."),
    next_step=_lazy("Teruskan."),
)
fulfilled = declare_reason(
    "commitment_fulfilled",
    _lazy("Semua keluaran diterima dan semua target tercapai."),
    next_step=_lazy("Catat pelajarannya pada rapat bersama."),
)


@dataclass(frozen=True)
class Thresholds:
    """The dated rule: late below so many basis points of what is expected, and so on."""

    late_below_bp: int = 8000
    high_risk_from: int = 6
    escalate_after_days: int = 30


@dataclass(frozen=True)
class MeasureFacts:
    """One measure on a day. `expected` is the target's part for the months so far, None before
    the first of them was told; `is_over`: no month of its year is still to come.
    """

    title: str
    value: Decimal | None
    expected: Decimal | None
    target: Decimal
    at_most: bool = False
    is_level: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class MilestoneFacts:
    """A document that is due, and since when both sides have accepted it."""

    title: str
    due_on: date
    accepted_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """All that a commitment's state is reckoned from."""

    starts_on: date
    due_on: date
    measures: Sequence[MeasureFacts] = ()
    milestones: Sequence[MilestoneFacts] = ()
    high_risks: int = 0
    # A target of a later year is still to be reached.
    has_more: bool = False


def percent_of(value: Decimal, expected: Decimal) -> int:
    """A value as whole per cent of what is expected; 100 where nothing is."""
    return 100 if not expected else int(value * 100 / expected)


def measure_state(one: MeasureFacts, rule: Thresholds) -> tuple[str, Reason | None]:
    """One measure alone: late, at risk, on track, done or not begun, and why."""
    if one.expected is None:
        return NOT_BEGUN, None
    if one.value is None:
        return AT_RISK, no_figure(title=one.title)
    if is_fulfilled(one):
        return DONE, None
    told = {"title": one.title, "percent": percent_of(one.value, one.expected)}
    if one.at_most:
        if one.value <= one.expected:
            return ON_TRACK, None
        over = one.value * rule.late_below_bp > one.expected * WHOLE_BP
        return (LATE if over else AT_RISK), too_much(**told)
    if one.value >= one.expected:
        return ON_TRACK, None
    if one.value * WHOLE_BP < one.expected * rule.late_below_bp:
        return LATE, far_behind(**told)
    return AT_RISK, behind(**told)


def is_fulfilled(one: MeasureFacts) -> bool:
    """A sum is reached for good; a level, and a limit, only when the year is over."""
    if one.value is None:
        return False
    if one.at_most:
        return one.is_over and one.value <= one.target
    return one.value >= one.target and (one.is_over or not one.is_level)


def state_of(facts: Facts, today: date, rule: Thresholds) -> tuple[str, tuple[Reason, ...]]:
    """A commitment's state on a day with every reason for it, the worst first."""
    if today < facts.starts_on:
        return NOT_BEGUN, (not_yet_begun(day=facts.starts_on.strftime("%d-%m-%Y")),)
    if is_done(facts):
        return DONE, (fulfilled(),)
    judged = [measure_state(one, rule) for one in facts.measures]
    late = [reason for state, reason in judged if state == LATE and reason]
    late += [
        milestone_overdue(title=one.title, days=(today - one.due_on).days)
        for one in overdue(facts.milestones, today)
    ]
    if today > facts.due_on:
        late.append(past_due(days=(today - facts.due_on).days))
    risky = [reason for state, reason in judged if state == AT_RISK and reason]
    if facts.high_risks:
        risky.append(high_risk(count=facts.high_risks))
    if late:
        return LATE, (*late, *risky)
    return (AT_RISK, tuple(risky)) if risky else (ON_TRACK, (as_planned(),))


def is_done(facts: Facts) -> bool:
    """Everything promised is there; a commitment without anything to show is never done."""
    return (
        not facts.has_more
        and bool(facts.measures or facts.milestones)
        and (
            all(is_fulfilled(one) for one in facts.measures)
            and all(one.accepted_on for one in facts.milestones)
        )
    )


def overdue(milestones: Iterable[MilestoneFacts], today: date) -> list[MilestoneFacts]:
    """Whose day is over and that not both sides have accepted."""
    return [one for one in milestones if one.accepted_on is None and one.due_on < today]


def late_since(facts: Facts, today: date, measures_since: Iterable[date]) -> date | None:
    """The first day on which it was late without a break: its oldest open reason."""
    days = [one.due_on + timedelta(days=1) for one in overdue(facts.milestones, today)]
    days += list(measures_since)
    if today > facts.due_on:
        days.append(facts.due_on + timedelta(days=1))
    return min(days, default=None)


def level_to_tell(since: date, today: date, rule: Thresholds) -> int:
    """Who is told: the responsible offices (0), after so many days those above them too (1)."""
    return 1 if (today - since).days > rule.escalate_after_days else 0
