"""What this room holds about a person, for the copy they may ask for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from berdaya.aftercare.models import FollowUp, Plan, Referral, SafeExit, Supervision, ToolsGrant
from berdaya.core.clock import format_date
from berdaya.core.money import format_rp
from berdaya.people.holdings import Section, declare_holding
from berdaya.people.models import Participant


def register() -> None:
    """Tell the copy."""
    declare_holding("aftercare", sections)


def sections(person: Participant, lang: str) -> Iterator[Section]:
    """Plan, supervision, contacts, help, as far as they are in scope."""
    yield _plans(person, lang)
    yield _supervisions(person, lang)
    yield _follow_ups(person, lang)
    yield _help(person, lang)


def _plans(person: Participant, lang: str) -> Section:
    rows = Plan.objects.filter(participant=person).select_related("region").order_by("pk")
    return Section(
        _("Rencana usaha sesudah bebas"),
        (_("Ditulis"), _("Usaha"), _("Alat kerja"), _("Modal awal"), _("Tinggal di"), _("Keadaan")),
        tuple(
            (
                format_date(row.written_on, lang), row.trade, row.tools,
                format_rp(row.capital_rp), row.region.name, str(row.get_state_display()),
            )
            for row in rows
        ),
    )  # fmt: skip


def _supervisions(person: Participant, lang: str) -> Section:
    rows = Supervision.objects.filter(participant=person).select_related("region", "safe_exit")
    return Section(
        _("Bimbingan"),
        (_("Bebas pada"), _("Akhir bimbingan"), _("Bentuk"), _("Tinggal di"), _("Minta berhenti")),
        tuple(
            (
                format_date(row.valid_from, lang),
                format_date(row.last_day, lang) if row.last_day else "–",
                str(row.get_release_display()), row.region.name, _left(row, lang),
            )
            for row in rows.order_by("valid_from")
        ),
    )  # fmt: skip


def _left(row: Supervision, lang: str) -> str:
    try:
        return format_date(row.safe_exit.asked_on, lang)
    except SafeExit.DoesNotExist:
        return "–"


def _follow_ups(person: Participant, lang: str) -> Section:
    rows = FollowUp.objects.filter(participant=person).order_by("happened_on")
    return Section(
        _("Tindak lanjut"),
        (
            *(_("Tanggal"), _("Masih berusaha?"), _("Hasil sebulan"), _("Hambatan")),
            _("Bantuan yang diperlukan"),
        ),
        tuple(
            (
                format_date(row.happened_on, lang), str(row.get_trade_display()),
                str(row.get_income_band_display()), row.obstacle_labels or "–",
                row.help_labels or "–",
            )
            for row in rows
        ),
    )  # fmt: skip


def _help(person: Participant, lang: str) -> Section:
    referrals = Referral.objects.filter(participant=person).order_by("made_on")
    grants = ToolsGrant.objects.filter(participant=person).prefetch_related("lines")
    told = [
        (
            format_date(row.made_on, lang), f"{row.get_to_display()}: {row.whom}",
            str(row.get_state_display()),
        )
        for row in referrals
    ]  # fmt: skip
    told += [
        (
            format_date(row.proposed_on, lang),
            ", ".join(f"{one.qty} {one.what}" for one in row.lines.all()),
            str(row.get_state_display()),
        )
        for row in grants.order_by("proposed_on")
    ]  # fmt: skip
    return Section(
        _("Rujukan dan bantuan alat"), (_("Tanggal"), _("Apa"), _("Keadaan")), tuple(told)
    )
