"""What training holds about a person: courses, days, attempts, skills."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.core.clock import format_date
from berdaya.core.names import named
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant
from berdaya.training.models import Assessment, Enrolment, Mark
from berdaya.training.queries import held_by


def register() -> None:
    """Tell the copy."""
    declare_holding("training", sections)


def sections(person: Participant, lang: str) -> Iterator[Section]:
    """Enrolments with days present, attempts, and skills, as far as they are in scope."""
    yield _enrolments(person, lang)
    yield _attempts(person, lang)
    yield _skills(person, lang)


def _enrolments(person: Participant, lang: str) -> Section:
    present = Count("attendance", filter=Q(attendance__mark=Mark.PRESENT))
    rows = Enrolment.objects.filter(participant=person).annotate(present=present)
    return Section(
        _("Pelatihan"),
        (_("Pelatihan"), pgettext("training", "Mulai"), _("Keadaan"), _("Hari hadir")),
        tuple(
            (one.session.course.label, format_date(one.day, lang), _state(one), str(one.present))
            for one in rows.select_related("session__course").order_by("day", "pk")
        ),
        kinds=("left", "left", "left", "right"),
    )


def _state(one: Enrolment) -> str:
    words = {
        "enrolled": _("Terdaftar"),
        "waiting": _("Menunggu"),
        "withdrawn": pgettext("training", "Batal"),
    }
    return words[one.state]


def _attempts(person: Participant, lang: str) -> Section:
    rows = Assessment.objects.filter(participant=person).order_by("assessed_on", "pk")
    return Section(
        _("Penilaian"),
        (_("Pelatihan"), _("Dinilai pada"), _("Penilai"), _("Hasil"), _("Catatan")),
        tuple(
            (
                one.enrolment.session.course.label,
                format_date(one.assessed_on, lang),
                one.assessor,
                str(one.get_result_display()),
                one.note or "–",
            )
            for one in rows.select_related("enrolment__session__course")
        ),
    )


def _skills(person: Participant, lang: str) -> Section:
    return Section(
        _("Keterampilan"),
        (_("Keterampilan"), _("Berlaku mulai"), _("Sampai dengan")),
        tuple(
            (
                named(one.skill.name, one.skill.name_en),
                format_date(one.valid_from, lang),
                format_date(one.last_day, lang) if one.last_day else "–",
            )
            for one in held_by(person)
        ),
    )
