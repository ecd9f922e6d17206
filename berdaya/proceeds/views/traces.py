"""The thread on the desk: what hangs on a code, from the work log to the deposit."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from berdaya.core.links import Step, Text, find_node, kinds, walk
from berdaya.institutions.access import ability_required

# What of a kind stands open; the rest waits behind a line that opens it.
OPEN = 8
# From a slip to the cell of the unit's own sheet; one statement each keeps the page at twelve.
DEPTH = 5


@dataclass
class Stage:
    """The things of one kind, in the order of the thread."""

    name: str
    title: Text
    steps: list[Step] = field(default_factory=list)

    @property
    def first(self) -> list[Step]:
        """What stands open."""
        return self.steps[:OPEN]

    @property
    def rest(self) -> list[Step]:
        """What is opened by hand."""
        return self.steps[OPEN:]


@ability_required("books.view")
def traces(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that nothing bears is told here, with what was typed."""
    code = request.GET.get("code", "").strip()
    if code and find_node(code):
        return redirect("proceeds:trace", code)
    context = {"facility": request.facility, "code": code, "is_unknown": bool(code)}  # type: ignore[attr-defined]
    return render(request, "proceeds/traces.html", context, status=404 if code else 200)


@ability_required("books.view")
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that hangs on one code; 404 for an unknown one and for another unit's."""
    starts = find_node(code)
    if not starts:
        raise Http404
    steps = walk(starts, DEPTH)
    context = {
        "facility": request.facility,  # type: ignore[attr-defined]
        "code": code,
        "starts": starts,
        "stages": stages(steps),
        "count": len(steps) - len(starts),
    }
    return render(request, "proceeds/trace.html", context)


def stages(steps: list[Step]) -> list[Stage]:
    """Steps by kind, kinds in the order of the thread."""
    known = sorted(kinds().values(), key=lambda kind: kind.order)
    found = {kind.name: Stage(kind.name, kind.title) for kind in known}
    for step in sorted(steps, key=lambda step: (step.depth, step.node.code)):
        found[step.node.kind].steps.append(step)
    return [stage for stage in found.values() if stage.steps]
