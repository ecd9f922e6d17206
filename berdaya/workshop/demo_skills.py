"""The demo's workshops that ask for a skill, and one person who learns on the job."""

from datetime import date, timedelta

from berdaya.core.scope import Actor
from berdaya.people.models import Participant
from berdaya.training.models import Skill
from berdaya.training.queries import skills_held
from berdaya.workshop.actions.skills import exempt, require_skill
from berdaya.workshop.models import Workshop

# Where lessons are given in the demo (training/demo.py): unit and line of work -> skill.
ASKED = {
    ("LPP-KPG", "tenun"): "tenun-dasar",
    ("LPP-KPG", "boga"): "pangan-bersih",
    ("RT-BJW", "kopi"): "kopi-sangrai",
}


def ask_for_skills(by: Actor, shops: list[tuple[Workshop, list[Participant]]], today: date) -> None:
    """From yesterday on; in the weaving workshop whoever lacks it learns under supervision."""
    for workshop, people in shops:
        code = ASKED.get((workshop.facility.code, workshop.line_of_work))
        if code is None:
            continue
        skill = Skill.objects.get(code=code)
        require_skill(by=by, workshop=workshop, skill=skill, valid_from=today - timedelta(days=1))
        held = skills_held([one.pk for one in people], today)
        if workshop.line_of_work == "boga":
            continue
        for person in people:
            if skill.pk not in held.get(person.pk, ()):
                exempt(
                    by=by, participant=person, facility=workshop.facility, skill=skill,
                    supervisor="Petugas bengkel Contoh", valid_from=today - timedelta(days=1),
                    last_day=today + timedelta(days=60),
                )  # fmt: skip
