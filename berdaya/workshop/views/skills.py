"""What a workshop asks for: skills, and who may learn them on the job."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.http import reading
from berdaya.core.scope import Actor
from berdaya.institutions.access import ability_required
from berdaya.institutions.pages import Address, can, form_page
from berdaya.people.queries import placed_in_line
from berdaya.training.queries import work_numbers
from berdaya.workshop.actions.skills import end_requirement, exempt, require_skill
from berdaya.workshop.forms_skills import EndRequirementForm, ExemptionForm, RequirementForm
from berdaya.workshop.models import SkillExemption, SkillRequirement, Workshop


def _workshop(pk: int) -> Workshop:
    return get_object_or_404(Workshop.objects.select_related("facility"), pk=pk)


@ability_required("people.view")
def skills(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked for here, from when until when, and who learns on the job."""
    shop = _workshop(pk)
    today = clock.today(shop.facility.timezone)
    asked = SkillRequirement.objects.filter(workshop=shop).select_related("skill", "product")
    learning = SkillExemption.objects.current_from(today).filter(
        facility=shop.facility_id, skill__in=asked.values("skill")
    )
    rows = list(learning.select_related("participant", "skill"))
    numbers = work_numbers(shop.facility_id, [row.participant_id for row in rows], today)
    context = {
        "facility": shop.facility,
        "shop": shop,
        "asked": asked,
        "learning": [(numbers.get(row.participant_id, "–"), row) for row in rows],
        "today": today,
        "can_decide": can(request, "work.approve", shop.facility_id),
    }
    return render(request, "workshop/skills.html", context)


@ability_required("work.approve", "GET POST")
def new_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """The head asks for a skill from a day on."""
    with reading(request):
        shop = _workshop(pk)
    tomorrow = clock.today(shop.facility.timezone) + timedelta(days=1)

    def make() -> RequirementForm:
        first = {"valid_from": tomorrow}
        return RequirementForm(request.POST or None, workshop=shop, initial=first)

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        require_skill(by=by, workshop=shop, **facts)
        return "workshop:skills", [pk]

    return form_page(
        request, make=make, do=do, reason="skill.require",
        title=_("Minta keterampilan di %s") % shop.label,
        back=reverse("workshop:skills", args=[pk]),
        done=_("Mulai hari itu daftar hadir menanyakannya."),
    )  # fmt: skip


@ability_required("work.approve", "GET POST")
def requirement_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """The head no longer asks for it."""
    with reading(request):
        rows = SkillRequirement.objects.select_related("facility", "skill")
        row = get_object_or_404(rows, pk=pk)
    first = {"ends_on": clock.today(row.facility.timezone) + timedelta(days=1)}

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        end_requirement(by=by, requirement=row, **facts)
        return "workshop:skills", [row.workshop_id]

    return form_page(
        request, make=lambda: EndRequirementForm(request.POST or None, initial=first), do=do,
        reason="skill.end", title=_("Tidak lagi meminta %s") % row.skill.label,
        back=reverse("workshop:skills", args=[row.workshop_id]), done=_("Tersimpan."),
    )  # fmt: skip


@ability_required("work.approve", "GET POST")
def new_exemption(request: HttpRequest, pk: int) -> HttpResponse:
    """The head lets somebody learn on the job, under supervision."""
    with reading(request):
        shop = _workshop(pk)
        today = clock.today(shop.facility.timezone)
        places = placed_in_line(shop.facility_id, shop.line_of_work, today)
        asked = SkillRequirement.objects.current_from(today).filter(workshop=shop)
        ids = list(asked.values_list("skill_id", flat=True))
    first = {"valid_from": today, "last_day": today + timedelta(days=60)}

    def make() -> ExemptionForm:
        return ExemptionForm(request.POST or None, places=places, skills=ids, initial=first)

    form = make()

    def do(by: Actor, facts: dict[str, Any]) -> Address:
        person = form.people[facts.pop("person")]
        exempt(by=by, participant=person, facility=shop.facility, **facts)
        return "workshop:skills", [pk]

    return form_page(
        request, make=lambda: form, do=do, reason="skill.exempt",
        title=_("Belajar sambil bekerja di %s") % shop.label,
        back=reverse("workshop:skills", args=[pk]),
        done=_("Diizinkan sampai hari itu; sesudahnya ia dinilai."),
    )  # fmt: skip
