"""Tags every template has without loading: styles, scripts, icons, amounts, motif, fields."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from lucide.jinja import lucide as draw_icon

from berdaya.core import clock, money
from berdaya.look.bundle import bundle
from berdaya.look.charts.figures import Figured
from berdaya.look.parts import SplitPart, bars_of

register = template.Library()

SCRIPTS = {
    "desk": ("dialog", "draft", "table", "menu", "progress", "busy", "lock"),
    "public": ("dialog", "busy"),
    "door": ("key", "busy"),
}
HTMX = "django_htmx/htmx-2.min.js"


@register.simple_tag
def look_styles(page: str = "desk") -> SafeString:
    """The stylesheet of "desk" or "public"."""
    url = f"/tampilan/{page}.{bundle(page).digest}.css"
    return format_html('<link rel="stylesheet" href="{}">', url)


@register.simple_tag
def look_scripts(page: str = "desk") -> SafeString:
    """The scripts of "desk" (with htmx) or "public"; every page also works without them."""
    htmx = format_html('<script src="{}" defer></script>', static(HTMX)) if page == "desk" else ""
    modules = format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        ((static(f"look/js/{name}.js"),) for name in SCRIPTS[page]),
    )
    return format_html("{}{}", htmx, modules)


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon, hidden from readers unless it carries a label of its own."""
    return _icon(name, size, str(label))


@lru_cache(maxsize=512)
def _icon(name: str, size: int, label: str) -> SafeString:
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(draw_icon(name, size=size, focusable="false", **{"class": "icon"}, **said))


@register.simple_tag
def motif_strip(seed: object = "berdaya") -> SafeString:
    """A thin strip of the seed's motif over the whole width."""
    return format_html('<img class="strip" src="{}" alt="" height="22">', _drawing("motif", seed))


@register.simple_tag
def good(kind: str, seed: object, alt: str = "") -> SafeString:
    """The drawing of a good; `alt` empty where a name stands beside it."""
    return format_html(
        '<img class="good" src="{}" alt="{}" width="240" height="240" loading="lazy">',
        _drawing("gambar", kind, seed),
        alt,
    )


def _drawing(folder: str, *args: object) -> str:
    """Written out, not reversed: one address for both languages, and error pages stand alone."""
    *kinds, seed = (str(arg) for arg in args)
    words = (slugify(seed.replace("/", "-")) or "berdaya")[:64]
    return "/".join(["", folder, *kinds, f"{words}.svg"])


@register.simple_tag
def optional_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a name, or nothing where no room offers it."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.filter
def rp(value: int | None) -> str:
    """Whole rupiah: Rp1.234.500; a dash for nothing known."""
    return "–" if value is None else money.format_rp(value)


@register.filter
def qty(value: Decimal | None) -> str:
    """A quantity as the page's language writes it: 1.024,5."""
    return "–" if value is None else money.format_qty(value, get_language() or "id")


@register.filter
def day(value: date | None) -> str:
    """A business date in words, in the page's language."""
    return "–" if value is None else clock.format_date(value, get_language() or "id")


@register.filter
def instant(value: datetime | None, zone: str = "") -> str:
    """An instant as the clock of the zone shows it, in the page's language."""
    if value is None:
        return "–"
    return clock.format_instant(value, zone or settings.BUSINESS_ZONE, get_language() or "id")


@register.simple_tag
def now_here(zone: str = "") -> str:
    """This moment, in words."""
    return instant(clock.now(), zone)


@register.simple_tag
def mark_address() -> str:
    """The small mark browsers show on a tab."""
    return static("look/mark.svg")


@register.simple_tag
def chip(label: object, tone: str = "") -> SafeString:
    """A state: a word with a colour (tone "", done, warn, bad, off, sample)."""
    mark = {"done": "check", "bad": "x", "warn": "clock"}.get(tone)
    drawn = _icon(mark, 14, "") if mark else ""
    return format_html(
        '<span class="chip{}">{}{}</span>', f" chip-{tone}" if tone else "", drawn, label
    )


@register.inclusion_tag("look/split.html")
def split_bar(parts: Sequence[SplitPart], title: object, note: object = "") -> dict[str, Any]:
    """Where a rupiah goes, drawn and listed."""
    return {"bars": bars_of(parts), "title": title, "note": note}


@register.inclusion_tag("look/chart.html")
def chart(figure: Figured) -> dict[str, Any]:
    """A chart for wide and narrow screens, its table, and its files."""
    return {"figure": figure}


@register.inclusion_tag("look/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What must be put right, each with a link to its field."""
    return {"form": form}


@register.inclusion_tag("look/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with label, help and errors, tied together for screen readers."""
    widget = bound.field.widget
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    parts = [f"{bound.auto_id}_help"] if bound.help_text else []
    parts += [f"{bound.auto_id}_errors"] if bound.errors else []
    described = " ".join(parts)
    attrs = {} if group or not described else {"aria-describedby": described}
    if bound.errors and not group:
        attrs["aria-invalid"] = "true"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attrs),
        "group": group,
        "described": described,
        "checkbox": isinstance(widget, forms.CheckboxInput),
        "before": getattr(widget, "before", ""),
        "after": getattr(widget, "after", ""),
    }


@register.simple_block_tag
def dialog(content: str, name: str, title: object) -> SafeString:
    """A native dialog, opened by a link with data-dialog="name"."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-judul"><div class="dialog-in">'
        '<div class="dialog-head"><h2 id="{0}-judul">{1}</h2>'
        '<button class="icon-button" type="button" data-close aria-label="{2}">{3}</button></div>'
        "{4}</div></dialog>",
        name,
        title,
        gettext("Tutup"),
        _icon("x", 20, ""),
        content,
    )
