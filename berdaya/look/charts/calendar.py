"""Days as little squares: a column a week, a row a weekday, darker where there is more."""

from datetime import date, timedelta

from django.utils.formats import date_format

from berdaya.look.charts import scale
from berdaya.look.charts.drawing import COTTON, QUIET, STEPS, Canvas, short, told, width_of
from berdaya.look.charts.parts import WIDE, Calendar

HEAD, KEY, GAP, LEAST, MOST = 18.0, 26.0, 2.0, 11.0, 18.0  # pixels


def calendar(chart: Calendar, width: int = WIDE) -> str:
    """From Monday down; on a narrow screen the year is folded into as many bands as it takes."""
    monday = chart.first - timedelta(days=chart.first.weekday())
    weeks = (chart.last - monday).days // 7 + 1
    side = min(max(width / weeks, LEAST), MOST)
    across = weeks if side * weeks <= width else int(width // side)
    bands = -(-weeks // across)
    tall = HEAD + 7 * side + GAP
    known = chart.grid().rows
    bounds = scale.bounds_of((value for _day, value in known if value), len(STEPS))
    total = told(sum(value for _day, value in known), chart.unit)
    canvas = Canvas(chart.key, chart.title, width, bands * tall + KEY, total)
    for offset in range((chart.last - chart.first).days + 1):
        day = chart.first + timedelta(days=offset)
        week = (day - monday).days // 7
        x, y = (week % across) * side, (week // across) * tall + HEAD + day.weekday() * side
        if day.day == 1 or not offset:
            _month(canvas, day, x, (week // across) * tall + 12, is_first=not offset)
        value = chart.days.get(day)
        fill = COTTON if not value else STEPS[scale.class_of(value, bounds)]
        says = f"{date_format(day, 'j F Y')}: {told(value, chart.unit)}"
        canvas.rect(x, y, side - GAP, side - GAP, fill, says)
    legend(canvas, bounds, chart.unit, bands * tall + 16)
    return canvas.svg()


def _month(canvas: Canvas, day: date, x: float, y: float, *, is_first: bool) -> None:
    """The month's short name over its first week, unless the next one begins right beside it."""
    if is_first and day.day > 18:
        return
    words = date_format(day, "M")
    canvas.text(min(x, canvas.width - width_of(words)), y, words, fill=QUIET)


def legend(canvas: Canvas, bounds: tuple[float, ...], unit: str, y: float) -> None:
    """What each step of colour begins with."""
    x = 0.0
    for number, bound in enumerate(bounds):
        words = f"≥ {short(bound, unit)}"
        canvas.rect(x, y - 10, 12, 12, STEPS[number])
        canvas.text(x + 17, y, words, fill=QUIET)
        x += width_of(words) + 28
        if x > canvas.width - 60 and number + 1 < len(bounds):
            x, y = 0.0, y + 16
            canvas.height += 16
