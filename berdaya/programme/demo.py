"""The Kupang agreement with commitments on track, at risk, late and done; targets are invented.

Its day, place, parties and two commitments were in the press; its number, its period and its full
text were not found, so those, every deliverable and every target say "contoh".
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import Actor, acting
from berdaya.insight.courses import told_month
from berdaya.insight.periods import after
from berdaya.institutions.demo import begin, demo_scope
from berdaya.institutions.models import Office, Region, Staff
from berdaya.institutions.queries import actor_of
from berdaya.look.paper import render_pdf
from berdaya.programme.actions.milestones import accept_milestone
from berdaya.programme.actions.proposals import agree_proposal, begin_agreement, propose
from berdaya.programme.actions.records import Task, record_meeting, record_risk
from berdaya.programme.actions.reports import answer_report, draw_report
from berdaya.programme.actions.tellings import tell_lateness
from berdaya.programme.models import Agreement, Commitment, Milestone, Proposal, ProposalKind

SIGNED = date(2025, 10, 29)
CORRECTIONS, UMKM = "NTT-KWL", "UMKM-MIKRO"
SOURCE = (
    "garudaberita.com dan suaraglobal.com, 29 Oktober 2025; nomor dan masa berlaku belum ditemukan,"
    " masa berlaku di sini contoh"
)
CLAUSES = [
    "Dukungan pembinaan dan pendampingan kemandirian warga binaan di bidang UMKM dan"
    " kewirausahaan.",
    "Pemanfaatan sarana dan prasarana untuk memperkuat produksi, pemasaran, dan keterampilan,"
    " agar bersaing di tingkat nasional dan global.",
]
BASIS = "Target contoh, perlu konfirmasi kedua pihak"


class Promise(NamedTuple):
    """A commitment: clause, code, words, targets by indicator, documents by days from today."""

    clause: int
    code: str
    words: str
    words_en: str
    measures: Mapping[str, str] = {}
    papers: Mapping[str, int] = {}


PROMISES = (
    Promise(1, "1a", "Pelatihan usaha bagi warga binaan di UPT NTT (contoh)",
            "Business training for people in facilities of NTT (sample)", {"trained": "20"}),
    Promise(1, "1b", "Pendampingan produk oleh pendamping UMKM (contoh)",
            "Product mentoring by UMKM mentors (sample)", {},
            {"Kurikulum pendampingan bersama": -44}),
    Promise(1, "1c", "Daftar pendamping UMKM untuk tiap UPT (contoh)",
            "A list of UMKM mentors for every facility (sample)", {},
            {"Daftar pendamping per kabupaten": -120}),
    Promise(2, "2a", "Barang buatan warga binaan tayang untuk umum (contoh)",
            "Goods made in facilities on public show (sample)", {"listings": "5"}),
    Promise(2, "2b", "Penjualan barang warga binaan di pasar nasional (contoh)",
            "Sales of goods made in facilities on the national market (sample)",
            {"sold": "5000000000"}),
    Promise(2, "2c", "Pemakaian bersama sarana produksi (contoh)",
            "Shared use of means of production (sample)", {},
            {"Jadwal rumah produksi bersama": 60}),
)  # fmt: skip
ACCEPTED = "Daftar pendamping per kabupaten"


class Sides(NamedTuple):
    """Who signs for each side on a day."""

    corrections: Actor
    umkm: Actor


def load(ctx: DemoContext) -> None:
    """Nothing yet: commitments are judged by figures, which come late."""


def load_late(ctx: DemoContext) -> None:
    """Once; a world that has an agreement keeps it."""
    with demo_scope():
        if Agreement.objects.exists():
            return
        region = Region.objects.get(pk="53")
    day = max(SIGNED + timedelta(days=1), begin(ctx.today))
    if day >= ctx.today:
        return
    agreement = _agree_words(day, ctx.today, region)
    _agree_promises(agreement, day, ctx.today)
    _deliver(agreement, ctx.today)
    _record(agreement, ctx.today)
    _report(agreement, ctx.today)
    with demo_scope() as scope:
        told = tell_lateness(by=scope.actor, today=ctx.today)
    ctx.say(f"programme: {agreement.code}, {told} offices told")


def _sides(day: date) -> Sides:
    with demo_scope():
        staff = {one.username: one for one in Staff.objects.filter(
            username__in=("kanwil.ntt", "umkm.ntt")
        )}  # fmt: skip
        return Sides(actor_of(staff["kanwil.ntt"], day), actor_of(staff["umkm.ntt"], day))


def _noon(day: date) -> datetime:
    return clock.start_of(day) + timedelta(hours=10)


def _facts(start: date, last: date, clauses: Sequence[str], source: str) -> dict[str, Any]:
    return {
        "number_text": "", "signed_on": start, "place": "Kupang", "valid_from": start,
        "last_day": last, "clauses": list(clauses), "source": source,
    }  # fmt: skip


def _agree_words(day: date, today: date, region: Region) -> Agreement:
    """The memorandum, and an invented agreement below it that is about to end."""
    sides = _sides(day)
    offices = {one.code: one for one in Office.objects.filter(code__in=(CORRECTIONS, UMKM))}
    both = {
        "corrections_office": offices[CORRECTIONS], "umkm_office": offices[UMKM],
        "region": region, "is_demo": True,
    }  # fmt: skip
    with clock.travel(_noon(day)), acting(sides.corrections, "programme.begin"):
        first = begin_agreement(
            by=sides.corrections, code="mou-ntt-2025", kind="mou",
            title="Nota Kesepahaman pembinaan kemandirian dan UMKM, Kupang",
            title_en="Memorandum on self-reliance and micro businesses, Kupang",
            facts=_facts(SIGNED, date(today.year + 2, 10, 28), CLAUSES, SOURCE), **both,
        )  # fmt: skip
        second = begin_agreement(
            by=sides.corrections, code="pks-ntt-contoh", kind="pks", parent=first.agreement,
            title="PKS pendampingan produk (contoh)",
            title_en="Agreement on product mentoring (sample)",
            facts=_facts(day, today + timedelta(days=75), ["Pendampingan produk di enam UPT."],
                         "contoh"), **both,
        )  # fmt: skip
    _agree(sides.umkm, day, [first, second])
    return first.agreement


def _agree(by: Actor, day: date, proposals: Sequence[Proposal]) -> None:
    with clock.travel(_noon(day) + timedelta(hours=2)), acting(by, "programme.answer"):
        for one in proposals:
            agree_proposal(by=by, proposal=one)


def _agree_promises(agreement: Agreement, day: date, today: date) -> None:
    """Commitments first: what measures them is proposed once they stand."""
    sides = _sides(day)
    start, last = max(day, date(today.year, 1, 1)), date(today.year + 1, 12, 31)
    with clock.travel(_noon(day)), acting(sides.umkm, "programme.propose"):
        made = [
            propose(
                by=sides.umkm, agreement=agreement, kind=ProposalKind.COMMITMENT,
                facts={
                    "clause_number": one.clause, "code": one.code,
                    "deliverable": one.words, "deliverable_en": one.words_en,
                    "corrections_office": CORRECTIONS, "umkm_office": UMKM, "starts_on": start,
                    "due_on": last,
                },
            )
            for one in PROMISES
        ]  # fmt: skip
    _agree(sides.corrections, day, made)
    with clock.travel(_noon(day)), acting(sides.umkm, "programme.propose"):
        more = [
            propose(by=sides.umkm, agreement=agreement, subject=one.code, kind=kind, facts=facts)
            for one in PROMISES
            for kind, facts in _evidence(one, start, today)
        ]
    _agree(sides.corrections, day, more)


def _evidence(one: Promise, start: date, today: date) -> list[tuple[ProposalKind, dict[str, Any]]]:
    measures = [
        (ProposalKind.MEASURE, {
            "indicator": code, "direction": "at_least", "year": today.year, "region": "53",
            "target": Decimal(target), "basis": BASIS,
        })
        for code, target in one.measures.items()
    ]  # fmt: skip
    papers = [
        (ProposalKind.MILESTONE, {
            "title": title, "due_on": max(start, today + timedelta(days=days)),
        })
        for title, days in one.papers.items()
    ]  # fmt: skip
    return [*measures, *papers]


def _deliver(agreement: Agreement, today: date) -> None:
    """One document handed in by the ministry of small businesses and taken by the region."""
    data = {"title": ACCEPTED, "seed": agreement.code, "is_sample": True, "facility":
            {"name": "Deputi Bidang Usaha Mikro"}, "paragraphs": ["Daftar contoh."]}  # fmt: skip
    file = io.BytesIO(render_pdf("letter.typ", data))
    for place, side in enumerate(("umkm", "corrections")):
        day = today - timedelta(days=130 - 3 * place)
        by = getattr(_sides(day), side)
        with clock.travel(_noon(day)), acting(by, "programme.accept"):
            row = Milestone.objects.select_related("commitment__agreement").get(title=ACCEPTED)
            accept_milestone(by=by, milestone=row, document=None if place else file)


def _record(agreement: Agreement, today: date) -> None:
    """A risk that weighs, one that does not, and a meeting with something left to do."""
    day = today - timedelta(days=45)
    by = _sides(day).corrections
    offices = list(Office.objects.filter(code__in=(CORRECTIONS, UMKM)).order_by("code"))
    corrections, umkm = offices
    with clock.travel(_noon(day)), acting(by, "programme.meeting"):
        shared = Commitment.objects.get(agreement=agreement, code="2c")
        record_risk(
            by=by, agreement=agreement, commitment=shared, likelihood=3, impact=2,
            words="Listrik rumah produksi belum cukup untuk mesin tambahan (contoh)",
            owner_office=umkm, response="Usulkan tambah daya sebelum akhir triwulan",
        )  # fmt: skip
        record_risk(
            by=by, agreement=agreement, likelihood=1, impact=2, owner_office=corrections,
            words="Petugas berganti sebelum pelatihan selesai (contoh)",
            response="Tunjuk dua petugas tiap UPT",
        )  # fmt: skip
        record_meeting(
            by=by, agreement=agreement, held_on=day, place="Kupang", offices=offices,
            summary="Kemajuan triwulan dibahas; kurikulum pendampingan belum selesai (contoh).",
            decisions=["Kurikulum diselesaikan bersama sebelum akhir tahun.",
                       "Penjualan dibahas lagi sesudah pameran berikutnya."],
            tasks=[Task("Kirim rancangan kurikulum", umkm, today - timedelta(days=9)),
                   Task("Usulkan jadwal pameran", corrections, today + timedelta(days=10))],
        )  # fmt: skip


def _report(agreement: Agreement, today: date) -> None:
    """The quarter before last agreed by both; the last one by the ministry, waiting for the
    regional office."""
    month = told_month(today)
    newest = after(month, -((month.month - 1) % 3))
    if after(newest, 2) > month:
        newest = after(newest, -3)
    for quarter, answers in ((after(newest, -3), 2), (newest, 1)):
        day = min(after(quarter, 3).replace(day=12), today)
        if quarter < SIGNED:
            continue
        sides = _sides(day)
        with clock.travel(_noon(day)), acting(sides.corrections, "programme.draw"):
            version = draw_report(by=sides.corrections, agreement=agreement, quarter=quarter)
        report = version.report
        for by in (sides.umkm, sides.corrections)[:answers]:
            with clock.travel(_noon(day)), acting(by, "programme.sign"):
                answer_report(by=by, report=report, outcome="agreed")
