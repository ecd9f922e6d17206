"""The price exercise: the unit's numbers, a price tried out, kept, and taken over."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import Actor, acting
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, act
from berdaya.mentoring.actions.prices import save_exercise, take_price
from berdaya.mentoring.calc import Figures
from berdaya.mentoring.forms import PriceForm
from berdaya.mentoring.models import Adoption, PriceExercise
from berdaya.mentoring.queries import exercise_of, figures_of, since_of, today_of, variants_of
from berdaya.mentoring.views.shared import adoption_or_404, part_of, row_or_404


@ability_required("mentoring.view")
def prices(request: HttpRequest, code: str) -> HttpResponse:
    """Figures of what is adopted; with a price in the address, what it would become."""
    row = adoption_or_404(request, code)
    return _page(request, row, request.GET if "variant" in request.GET else None)


def _page(request: HttpRequest, row: Adoption, typed: Any, status: int = 200) -> HttpResponse:
    day = today_of(row)
    variants = variants_of(row) if row.is_running else {}
    found = {one.variant_id: one for one in figures_of(row, since_of(day))}
    form = PriceForm(typed, variants=variants.values())
    told = None
    is_unknown = False
    if typed is not None and form.is_valid() and form.cleaned_data["variant"] in found:
        facts = form.cleaned_data
        variant = variants[facts["variant"]]
        told = exercise_of(
            found[variant.pk], variant, facts["price_rp"], facts["wanted_hourly_rp"], day
        )
        is_unknown = told is None
    context = {
        **part_of(request, row),
        "form": form,
        "since": since_of(day),
        "rows": [(variants[pk], one) for pk, one in found.items() if pk in variants],
        "months": _months(found.values()),
        "told": told.as_frozen() if told else None,
        "tried": form.cleaned_data if told else None,
        "is_unknown": is_unknown,
    }
    status = 422 if typed is not None and form.errors else status
    return render(request, "mentoring/prices.html", context, status=status)


def _months(found: Iterable[Figures]) -> list[tuple[Any, Any, int]]:
    """(first day, quantity, rupiah a piece) of all variants together, latest first."""
    sums: dict[Any, list[Any]] = {}
    for figures in found:
        for month, qty, rp in figures.months:
            both = sums.setdefault(month, [0, 0])
            both[0] += qty
            both[1] += rp
    return [
        (month, qty, round(rp / qty)) for month, (qty, rp) in sorted(sums.items(), reverse=True)
    ]


@ability_required("mentoring.lead", "POST")
def new_exercise(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what was tried, with the numbers of this moment."""
    with reading(request):
        row = adoption_or_404(request, code)
        form = PriceForm(request.POST, variants=variants_of(row).values())
        if not form.is_valid():
            return _page(request, row, request.POST)
    facts = dict(form.cleaned_data)
    facts["variant_id"] = facts.pop("variant")

    def do(by: Actor) -> Address:
        return "mentoring:exercise", [save_exercise(by=by, adoption=row, **facts).pk]

    return act(request, "mentoring.price", do, _("Tersimpan dengan angka hari ini."))


@ability_required("mentoring.view")
def exercise(request: HttpRequest, pk: int) -> HttpResponse:
    """One exercise as it was reckoned, and whether the unit took the price over."""
    row = row_or_404(request, PriceExercise, pk, "variant__product", "taking")
    context = {
        **part_of(request, row.adoption),
        "exercise": row,
        "told": row.frozen,
        "taking": getattr(row, "taking", None),
    }
    return render(request, "mentoring/exercise.html", context)


@ability_required("mentoring.ask", "POST")
def price_taking(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit takes the price over."""
    with reading(request):
        row = row_or_404(request, PriceExercise, pk)
    with acting(request.actor, "mentoring.take_price") as scope:  # type: ignore[attr-defined]
        taken = take_price(by=scope.actor, exercise=row)
    if taken.version_id:
        messages.success(request, _("Menjadi usulan tayang; kepala UPT memutuskannya."))
    else:
        messages.success(request, _("Tercatat. Barang ini belum tayang, jadi tanpa usulan tayang."))
    return redirect("mentoring:exercise", pk)
