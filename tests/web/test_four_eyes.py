"""Every step of more than one person: the same one is refused by the rule and by the database.

Each of those who did the first part holds every role of the unit here, as head an acting one, so
that nothing but being the same person stands in the way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from berdaya.aftercare.actions.plans import decide_plan
from berdaya.aftercare.actions.support import approve_grant
from berdaya.aftercare.models import Plan, ToolsGrant
from berdaya.catalog.actions.listings import approve_listing
from berdaya.catalog.models import ListingDecision, ListingVersion
from berdaya.core import clock
from berdaya.core.locks import in_any_order
from berdaya.core.scope import Actor, acting
from berdaya.core.verdicts import Refused, declared_reasons
from berdaya.equipment.actions.bookings import approve_booking
from berdaya.equipment.actions.tools import confirm_missing
from berdaya.equipment.models import Booking, MissingTool
from berdaya.insight.actions.reports import answer_report
from berdaya.insight.models import ReportAnswer, ReportVersion
from berdaya.institutions.actions.accounts import confirm_account
from berdaya.institutions.actions.letters import record_letter
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.four_eyes import FOUR_EYES
from berdaya.institutions.models import (
    Appointment,
    AssignmentLetter,
    BankAccount,
    QrisAccount,
)
from berdaya.institutions.queries import actor_of
from berdaya.institutions.roles import ROLES
from berdaya.legality.actions.changes import decide_change
from berdaya.legality.actions.overrides import decide_override
from berdaya.legality.models import Override, OverrideDecision, RuleChange, RuleDecision
from berdaya.mentoring.actions.adoptions import decline_mentoring
from berdaya.mentoring.actions.prices import take_price
from berdaya.mentoring.models import Adoption, PriceExercise, PriceTaking
from berdaya.orders.actions.settling import refuse_return
from berdaya.orders.models import GoodsReturn
from berdaya.people.actions.reveals import review_reveal
from berdaya.people.models import Reveal, RevealReview
from berdaya.proceeds.actions import objections, payouts
from berdaya.proceeds.actions.corrections import decide_correction
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.policies import decide_policy
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import (
    Objection,
    ObjectionAnswer,
    PayoutApproval,
    PayoutCompletion,
    PayoutLine,
    PayoutPayment,
    PolicyDecision,
    PolicyProposal,
    PremiCorrection,
    PremiCorrectionDecision,
    Refund,
    Sale,
)
from berdaya.programme.actions.milestones import accept_milestone
from berdaya.programme.actions.proposals import agree_proposal, propose
from berdaya.programme.actions.reports import answer_report as sign_quarter
from berdaya.programme.models import (
    Acceptance,
    Milestone,
    Proposal,
    ProposalKind,
    QuarterAnswer,
    QuarterReport,
)
from berdaya.stock.actions.gates import approve_gate_pass
from berdaya.stock.models import GatePass
from berdaya.till.actions.closing import receive_cash
from berdaya.till.actions.handouts import receive_hand_out
from berdaya.till.actions.losses import decide_loss
from berdaya.till.actions.proving import match_qris
from berdaya.till.actions.settlements import approve_settlement
from berdaya.till.actions.voiding import void_nota
from berdaya.till.actions.write_offs import decide_write_off
from berdaya.till.models import (
    CashHandover,
    HandOut,
    HandOutLine,
    HandOutLoss,
    QrisWriteOff,
    Settlement,
    StallSale,
    StallVoid,
)
from berdaya.training.actions.certificates import decide_certificates
from berdaya.training.actions.withdrawals import decide_withdrawal
from berdaya.training.models import (
    Certificate,
    CertificateDecision,
    Withdrawal,
    WithdrawalDecision,
)
from tests.mentoring.scene import proposed
from tests.proceeds.scene import SOLD
from tests.proceeds.test_pages import PAID
from tests.web.desk import Desk, written
from tests.world import SINCE, TODAY, World


@dataclass(frozen=True)
class Trial:
    """One step tried by somebody who took part before: through the action, and raw."""

    who: str
    act: Callable[[Actor], object]
    raw: Callable[[int], object]


def recorded(staff_id: int, world: World) -> dict[str, Any]:
    return {"facility": world.atb, "recorded_at": clock.now(), "recorded_by_id": staff_id}


def of_payouts(world: World) -> dict[str, Trial]:
    line = PayoutLine.objects.select_related("run__facility", "run__book", "facility").latest("pk")
    run = line.run
    people = {"prepared_by_id": run.prepared_by_id, "facility": world.atb, "run": run}
    now = {"recorded_at": clock.now()}
    return {
        "payout_approval": Trial(
            "payments",
            lambda by: payouts.approve_payout(by=by, run=run, approved_on=PAID),
            lambda pk: PayoutApproval.objects.create(
                **people, **now, approved_by_id=pk, approved_on=PAID
            ),
        ),
        "payout_payment": Trial(
            "head",
            lambda by: payouts.pay_payout(
                by=by, run=run, paid_on=PAID, channels={line.pk: ("bank", "TRF-1")}
            ),
            lambda pk: PayoutPayment.objects.create(
                **people, **now, approved_by_id=pk, paid_by_id=pk, paid_on=PAID
            ),
        ),
        "payout_completion": Trial(
            "head",
            lambda by: payouts.complete_line(
                by=by, line=line, channel="bank", reference="TRF-1", paid_on=PAID
            ),
            lambda pk: PayoutCompletion.objects.create(
                line=line, participant_id=line.participant_id, channel="bank", reference="TRF-1",
                paid_on=PAID, **recorded(pk, world),
            ),
        ),
    }  # fmt: skip


def of_proposals(world: World) -> dict[str, Trial]:
    proposal = PolicyProposal.objects.select_related("facility").latest("pk")
    correction = PremiCorrection.objects.select_related("facility", "batch").latest("pk")
    objection = Objection.objects.select_related("facility", "slip").latest("pk")
    refused = {"outcome": "refused", "reason": "x", "decided_on": TODAY}
    return {
        "policy": Trial(
            "cooperative",
            lambda by: decide_policy(by=by, proposal=proposal, **refused),
            lambda pk: PolicyDecision.objects.create(
                proposal=proposal, proposed_by_id=pk, **refused, **recorded(pk, world)
            ),
        ),
        "correction": Trial(
            "officer",
            lambda by: decide_correction(by=by, correction=correction, **refused),
            lambda pk: PremiCorrectionDecision.objects.create(
                correction=correction, proposed_by_id=pk, **refused, **recorded(pk, world)
            ),
        ),
        "objection": Trial(
            "officer",
            lambda by: objections.answer_objection(
                by=by, objection=objection, outcome="refused", text="x", answered_on=TODAY
            ),
            lambda pk: ObjectionAnswer.objects.create(
                objection=objection, outcome="refused", text="x", answered_on=TODAY,
                **recorded(pk, world),
            ),
        ),
    }  # fmt: skip


def of_certificates(world: World) -> dict[str, Trial]:
    row = Certificate.objects.select_related("facility").get(decision__isnull=True, is_live=True)
    asked = Withdrawal.objects.select_related("certificate", "facility").get()
    refused = {"outcome": "refused", "reason": "x"}

    def by_two(pk: int) -> dict[str, Any]:
        return {
            "facility": world.atb, "proposed_by_id": pk, "decided_by_id": pk,
            "decided_at": clock.now(), **refused,
        }  # fmt: skip

    return {
        "certificate": Trial(
            "officer",
            lambda by: decide_certificates(by=by, certificates=[row], **refused),
            lambda pk: CertificateDecision.objects.create(certificate=row, **by_two(pk)),
        ),
        "certificate_withdrawal": Trial(
            "officer",
            lambda by: decide_withdrawal(by=by, withdrawal=asked, **refused),
            lambda pk: WithdrawalDecision.objects.create(withdrawal=asked, **by_two(pk)),
        ),
    }


def of_reports(world: World) -> dict[str, Trial]:
    """March, which the head has sent."""
    version = ReportVersion.objects.select_related("report").latest("pk")
    return {
        "report": Trial(
            "head",
            lambda by: answer_report(by=by, report=version.report, outcome="accepted"),
            lambda pk: ReportAnswer.objects.create(
                version=version, facility=world.atb, outcome="accepted",
                sent_by_id=version.sent_by_id, answered_by_id=pk, answered_at=clock.now(),
            ),
        )
    }  # fmt: skip


def of_mentoring(world: World, row: Adoption) -> dict[str, Trial]:
    """An offer of somebody who has become the unit's head, and a price of who is its officer."""
    exercise = PriceExercise.objects.select_related("adoption__facility").latest("pk")

    def answered(pk: int) -> None:
        Adoption.objects.filter(pk=row.pk).update(
            state="declined", answered_by=pk, answered_at=clock.now(), answer_reason="x"
        )

    return {
        "mentoring": Trial(
            "mentor",
            lambda by: decline_mentoring(by=by, adoption=row, reason="x"),
            answered,
        ),
        "mentoring_price": Trial(
            "mentor",
            lambda by: take_price(by=by, exercise=exercise),
            lambda pk: PriceTaking.objects.create(
                exercise=exercise, adoption=exercise.adoption, facility=world.atb, taken_by_id=pk,
                taken_at=clock.now(),
            ),
        ),
    }  # fmt: skip


def of_goods(world: World, by: Actor) -> dict[str, Trial]:
    version = ListingVersion.objects.filter(proposed_by=world.staff["officer"]).latest("pk")
    gate_pass = GatePass.objects.filter(requested_by=world.staff["officer"]).latest("pk")
    back = GoodsReturn.objects.select_related("order").latest("pk")
    GoodsReturn.objects.filter(pk=back.pk).update(asked_by=world.staff["receipts"])
    first = Sale.objects.filter(code__isnull=False).select_related("book", "place").earliest("pk")
    sale = record_sale(
        by=by, facility=world.atb, kind="gate", place=first.place, book=first.book,
        buyer_kind="public", sold_on=SOLD,
        lines=[SaleLineInput(first.lines.first().variant_id, Decimal(1), 100_000)],
        payments=[PaymentInput("cash", 100_000)],
    )  # fmt: skip
    decided = {"version": version, "facility": world.atb, "outcome": "approved"}
    return {
        "listing": Trial(
            "officer",
            lambda by: approve_listing(by=by, version=version),
            lambda pk: ListingDecision.objects.create(
                **decided, proposed_by_id=pk, decided_by_id=pk, decided_at=clock.now()
            ),
        ),
        "gate_pass": Trial(
            "officer",
            lambda by: approve_gate_pass(by=by, gate_pass=gate_pass),
            lambda pk: GatePass.objects.filter(pk=gate_pass.pk).update(approved_by_id=pk),
        ),
        "refund": Trial(
            "receipts",
            lambda by: refund_sale(by=by, sale=sale, refunded_on=SOLD, reason="x"),
            lambda pk: Refund.objects.create(
                sale=sale, amount_rp=1, reason="x", refunded_on=SOLD, **recorded(pk, world)
            ),
        ),
        "return": Trial(
            "receipts",
            lambda by: refuse_return(by=by, goods_return=back, answer="x"),
            lambda pk: GoodsReturn.objects.filter(pk=back.pk).update(
                decided_by_id=pk, decided_at=clock.now(), outcome="refused", answer="x"
            ),
        ),
    }


def of_stalls(world: World) -> dict[str, Trial]:
    """Each first part was done by the officer, or the cooperative's."""
    officer = world.staff["officer"]
    made, loss = HandOut.objects.get(), HandOutLoss.objects.get()
    HandOut.objects.filter(pk=made.pk).update(
        accepted_by=officer, received_at=None, received_by=None, document=None
    )
    HandOutLoss.objects.filter(pk=loss.pk).update(recorded_by=officer)
    settlement = Settlement.objects.get()
    Settlement.objects.filter(pk=settlement.pk).update(prepared_by=world.staff["cooperative"])
    counted = {one.pk: one.qty for one in HandOutLine.objects.filter(hand_out=made)}
    return of_tills(officer.pk, world.staff["cooperative"].pk) | {
        "hand_out": Trial(
            "officer",
            lambda by: receive_hand_out(by=by, hand_out=made, counted=counted),
            lambda pk: HandOut.objects.filter(pk=made.pk).update(received_by_id=pk),
        ),
        "stall_loss": Trial(
            "officer",
            lambda by: decide_loss(by=by, loss=loss, is_confirmed=True),
            lambda pk: HandOutLoss.objects.filter(pk=loss.pk).update(
                decided_by_id=pk, decided_at=clock.now(), is_confirmed=True
            ),
        ),
        "stall_settlement": Trial(
            "cooperative",
            lambda by: approve_settlement(by=by, settlement=settlement),
            lambda pk: Settlement.objects.filter(pk=settlement.pk).update(approved_by_id=pk),
        ),
    }


def of_tills(officer: int, treasurer: int) -> dict[str, Trial]:
    """The officer sold by a QRIS that nobody saw, and handed the cash in; it was given up."""
    rows = StallSale.objects.all()
    rows.update(
        recorded_by=officer, method="qris", proof="open", tendered_rp=0, qris_reference="7781"
    )
    nota, handover = rows.get(), CashHandover.objects.get()
    CashHandover.objects.filter(pk=handover.pk).update(handed_by=officer)
    handover.refresh_from_db()
    QrisWriteOff.objects.update(asked_by=treasurer, sold_by=officer)
    write_off = QrisWriteOff.objects.get()
    return {
        "stall_void": Trial(
            "officer",
            lambda by: void_nota(by=by, nota=nota, reason="x"),
            lambda pk: StallVoid.objects.create(
                stall_sale=nota, facility_id=nota.facility_id, reason="x", sold_by_id=pk,
                voided_by_id=pk, voided_at=clock.now(),
            ),
        ),
        "stall_qris_missing": Trial(
            "cooperative",
            lambda by: decide_write_off(by=by, write_off=write_off, is_granted=True),
            lambda pk: QrisWriteOff.objects.filter(pk=write_off.pk).update(
                decided_by_id=pk, decided_at=clock.now(), is_granted=True
            ),
        ),
        "stall_cash": Trial(
            "officer",
            lambda by: receive_cash(by=by, handover=handover),
            lambda pk: CashHandover.objects.filter(pk=handover.pk).update(received_by_id=pk),
        ),
        "stall_qris": Trial(
            "officer",
            lambda by: match_qris(by=by, nota=nota),
            lambda pk: rows.filter(pk=nota.pk).update(proof="matched", proved_by_id=pk),
        ),
    }  # fmt: skip


def of_registers(world: World) -> dict[str, Trial]:
    reveal = Reveal.objects.get(opened_by=world.staff["officer"])
    bank, qris = BankAccount.objects.latest("pk"), QrisAccount.objects.latest("pk")
    decree = {"decree_no": "SK-X", "decree_on": SINCE, "valid_from": SINCE}
    letter = {
        "number": "ST-X", "issued_on": SINCE, "purpose": "x", "valid_from": SINCE,
        "valid_until": date(2027, 1, 1),
    }  # fmt: skip
    return {
        "reveal": Trial(
            "officer",
            lambda by: review_reveal(by=by, reveal=reveal, note="x"),
            lambda pk: RevealReview.objects.create(
                reveal=reveal, facility=world.atb, opened_by_id=pk, reviewed_by_id=pk, note="x",
                at=clock.now(),
            ),
        ),
        "bank_account": Trial(
            "cooperative",
            lambda by: confirm_account(by=by, account=bank),
            lambda pk: BankAccount.objects.filter(pk=bank.pk).update(
                decided_by_id=pk, decided_at=clock.now()
            ),
        ),
        "qris": Trial(
            "cooperative",
            lambda by: confirm_account(by=by, account=qris),
            lambda pk: QrisAccount.objects.filter(pk=qris.pk).update(
                decided_by_id=pk, decided_at=clock.now()
            ),
        ),
        "appointment": Trial(
            "regional",
            lambda by: appoint(
                by=by, staff=world.staff["regional"], role="seller", place=world.atb, **decree
            ),
            lambda pk: Appointment.objects.create(
                staff_id=pk, role="seller", facility=world.atb, recorded_by_id=pk, **decree
            ),
        ),
        "letter": Trial(
            "regional",
            lambda by: record_letter(
                by=by, auditor=world.staff["regional"], facilities=[world.atb], **letter
            ),
            lambda pk: AssignmentLetter.objects.create(
                auditor_id=pk, recorded_by_id=pk, recorded_at=clock.now(),
                office=world.offices["NTT-KWL"], **letter,
            ),
        ),
    }  # fmt: skip


def of_aftercare() -> dict[str, Trial]:
    """A plan and tools of the officer's."""
    plan = Plan.objects.select_related("facility").get()
    grant = ToolsGrant.objects.select_related("facility").get()
    return {
        "release_plan": Trial(
            "officer",
            lambda by: decide_plan(by=by, plan=plan, approve=True),
            lambda pk: Plan.objects.filter(pk=plan.pk).update(
                decided_by_id=pk, decided_at=clock.now(), state="approved"
            ),
        ),
        "tools_grant": Trial(
            "officer",
            lambda by: approve_grant(by=by, grant=grant),
            lambda pk: ToolsGrant.objects.filter(pk=grant.pk).update(
                approved_by_id=pk, approved_on=TODAY, state="approved"
            ),
        ),
    }


def of_programme(world: World) -> dict[str, Trial]:
    """What the regional office proposed, accepted and signed, and would again for the other side's
    part."""
    milestone = Milestone.objects.select_related("commitment__agreement").latest("pk")
    report = QuarterReport.objects.select_related("agreement").latest("pk")
    agreement, who = milestone.commitment.agreement, world.staff["regional"]
    office = {"side": "corrections", "office": world.offices["NTT-KWL"]}
    with acting_inside(world, "regional") as by:
        wanted = propose(
            by=by, agreement=agreement, kind=ProposalKind.MILESTONE, subject="1a",
            facts={"title": "Buku saku", "due_on": TODAY},
        )  # fmt: skip
        Acceptance.objects.create(
            milestone=milestone, accepted_by=who, accepted_on=clock.today(), document="x", **office
        )
        sign_quarter(by=by, report=report, outcome="agreed")
    version = report.versions.latest("number")
    return {
        "programme_change": Trial(
            "regional",
            lambda by: agree_proposal(by=by, proposal=wanted),
            lambda pk: Proposal.objects.filter(pk=wanted.pk).update(
                outcome="agreed", answer_side="corrections", answered_by_id=pk,
                answer_office=world.offices["NTT-KWL"], answered_on=clock.today(),
            ),
        ),
        "programme_milestone": Trial(
            "regional",
            lambda by: accept_milestone(by=by, milestone=milestone),
            lambda pk: Acceptance.objects.create(
                milestone=milestone, accepted_by_id=pk, accepted_on=clock.today(), **office
            ),
        ),
        "programme_quarter": Trial(
            "regional",
            lambda by: sign_quarter(by=by, report=report, outcome="agreed"),
            lambda pk: QuarterAnswer.objects.create(
                version=version, outcome="agreed", answered_by_id=pk, answered_on=clock.today(),
                **office,
            ),
        ),
    }  # fmt: skip


def of_rules(world: World) -> dict[str, Trial]:
    """What the national office proposed, and what it asked for itself."""
    who = world.staff["national"]
    change = RuleChange.objects.filter(decision__isnull=True).latest("pk")
    change.pk, change.proposed_by = None, who
    change.save(force_insert=True)
    override = Override.objects.select_related("product").filter(decision__isnull=True).latest("pk")
    override.pk, override.requested_by = None, who
    override.save(force_insert=True)
    now = {"outcome": "approved", "decided_at": clock.now()}
    return {
        "rule_change": Trial(
            "national",
            lambda by: decide_change(by=by, change=change, outcome="approved"),
            lambda pk: RuleDecision.objects.create(change=change, decided_by_id=pk, **now),
        ),
        "override": Trial(
            "national",
            lambda by: decide_override(by=by, override=override, outcome="approved"),
            lambda pk: OverrideDecision.objects.create(
                override=override, facility=world.atb, decided_by_id=pk, **now
            ),
        ),
    }


def of_equipment(world: World) -> dict[str, Trial]:
    """A request that waits, and a missing tool that the officer has explained."""
    booking, missing = Booking.objects.filter(kind="use").latest("pk"), MissingTool.objects.get()
    Booking.objects.filter(pk=booking.pk).update(approved_at=None)
    MissingTool.objects.update(
        explained_by=world.staff["officer"], explained_at=clock.now(), ended_at=clock.now(),
        outcome="found", found_by="Regu", reason="x",
    )  # fmt: skip
    return {
        "booking": Trial(
            "officer",
            lambda by: approve_booking(by=by, booking=booking),
            lambda pk: Booking.objects.filter(pk=booking.pk).update(approved_by_id=pk),
        ),
        "missing_tool": Trial(
            "officer",
            lambda by: confirm_missing(by=by, missing=missing),
            lambda pk: MissingTool.objects.filter(pk=missing.pk).update(
                confirmed_by_id=pk, confirmed_at=clock.now()
            ),
        ),
    }


@contextmanager
def acting_inside(world: World, name: str) -> Iterator[Actor]:
    """A scope of one of the cast, as they are appointed now."""
    with in_any_order(), acting(actor_of(world.staff[name], TODAY), "test") as scope:
        yield scope.actor


def trials(world: World) -> dict[str, Trial]:
    """One of every step."""
    with acting_inside(world, "receipts") as by:
        found = of_goods(world, by)
    offer = proposed(world)
    pact = of_programme(world)
    with world.everywhere():
        found |= of_payouts(world) | of_proposals(world) | of_certificates(world)
        found |= of_equipment(world) | of_registers(world) | of_aftercare() | of_rules(world)
        return found | of_stalls(world) | of_mentoring(world, offer) | of_reports(world) | pact


def give_every_role(world: World, who: str) -> None:
    """All roles of the unit, as head an acting one (Plh.)."""
    held = set(Appointment.objects.filter(staff=world.staff[who]).values_list("role", flat=True))
    with world.everywhere() as scope:
        for role in ROLES.values():
            if "facility" in role.at and role.code not in held:
                appoint(
                    by=scope.actor, staff=world.staff[who], role=role.code, place=world.atb,
                    decree_no=f"SPRIN-{role.code}", decree_on=SINCE, valid_from=SINCE,
                    kind="plh" if role.code == "head" else "definitive",
                )  # fmt: skip


def constraint_of(error: BaseException) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def test_every_step_has_its_reason_and_its_wall(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " UNION SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        )
        walls = set(cursor.fetchall())

    assert {step.reason for step in FOUR_EYES.values()} <= declared_reasons().keys()
    assert {step.wall for step in FOUR_EYES.values()} <= walls
    # Where the region cannot stand in, it appoints somebody acting within the hour.
    assert "staff.edit" in ROLES["regional"].abilities


def test_the_same_person_is_refused_by_rule_and_by_the_database(desk: Desk) -> None:
    world = desk.world
    found = trials(world)
    for who in {trial.who for trial in found.values()} - {"regional"}:
        give_every_role(world, who)
    before = written(world)

    told, stopped = {}, {}
    for name, trial in found.items():
        staff = world.staff[trial.who]
        with pytest.raises(Refused) as refused, acting_inside(world, trial.who) as by:
            trial.act(by)
        told[name] = FOUR_EYES[name].reason in refused.value.verdict.codes
        with (
            acting_inside(world, trial.who),
            pytest.raises(IntegrityError) as error,
            transaction.atomic(),
        ):
            trial.raw(staff.pk)
        stopped[name] = constraint_of(error.value)

    assert told == dict.fromkeys(FOUR_EYES, True)
    assert stopped == {name: step.wall[1] for name, step in FOUR_EYES.items()}
    assert written(world) == before


def test_a_decision_that_lies_about_who_proposed_is_refused(desk: Desk) -> None:
    world = desk.world
    with acting_inside(world, "officer"), pytest.raises(IntegrityError) as error:
        version = ListingVersion.objects.filter(proposed_by=world.staff["officer"]).latest("pk")
        with transaction.atomic():
            ListingDecision.objects.create(
                version=version, facility=world.atb, outcome="approved", proposed_by=None,
                decided_by=world.staff["officer"], decided_at=clock.now(),
            )  # fmt: skip

    assert constraint_of(error.value) == "four_eyes"
