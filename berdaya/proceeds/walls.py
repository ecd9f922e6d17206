"""Sales and premi belong to a facility; rules by date are open tables."""

from berdaya.core.walls import Wall, wall

OVER_TIME = "a rule that holds over a time"
OWN_WORK = "what the auditor drew, after the period it was drawn from"
# A sale and a run are shown with what paid, took back or returned them later.
SALE_LATER = (
    "proceeds_payment.sale_id",
    "proceeds_refund.sale_id",
    "proceeds_obligationline.sale_id",
    "proceeds_pnbpdepositline.sale_id",
)
RUN_LATER = tuple(f"proceeds_payout{one}.run_id" for one in ("approval", "payment", "return"))

RULE = "a rule by date about a party, no person in it"
# A share stays with the book that sold; where the person is placed now, it may be read.
PLACED = (
    "{{in_scope}} OR EXISTS (SELECT 1 FROM people_placement p"
    " WHERE p.participant_id = {table}.participant_id"
    " AND (p.valid_until IS NULL OR p.valid_until > current_date))"
)


def _of_person(table: str, rights: str, day: str, touched: tuple[str, ...] = ()) -> Wall:
    return wall(
        table,
        rights,
        facility="facility_id",
        audit=True,
        visible_sql=PLACED.format(table=table),
        day=day,
        touched=touched,
    )


TABLES = [
    wall("proceeds_splitpolicy", "SIU", why=RULE, audit=True),
    wall("proceeds_policyproposal", "SI", facility="facility_id", audit=True, timeless=OVER_TIME),
    wall("proceeds_policydecision", "SI", facility="facility_id", audit=True, timeless=OVER_TIME),
    wall("proceeds_feerate", "SIU", why=RULE, audit=True),
    wall("proceeds_sellertax", "SIU", why=RULE, audit=True),
    wall("proceeds_depositrule", "SIU", why=RULE, audit=True),
    wall(
        "proceeds_sale",
        "SIU",
        facility="facility_id",
        audit=True,
        # What was typed about a buyer may be a name, and audit rows are kept for good.
        masked=("calculation", "buyer_label"),
        # "Sudah saya terima" moves the day on which the sale's premi is final.
        readers="shop",
        writers="shop",
        day="sold_on",
        touched=SALE_LATER,
    ),
    wall("proceeds_salerequest", "SI", facility="facility_id", day="sale_id"),
    wall("proceeds_saleline", "SI", facility="facility_id", day=("day", "sale_id")),
    wall("proceeds_allocation", "SIU", facility="facility_id", readers="shop", day="sale_id"),
    _of_person("proceeds_premishare", "SIU", "earned_on", ("proceeds_premireversal.share_id",)),
    wall("proceeds_payment", "SI", facility="facility_id", audit=True, day="paid_on"),
    wall("proceeds_refund", "SI", facility="facility_id", audit=True, day="refunded_on"),
    wall("proceeds_refundpart", "SI", facility="facility_id", day="refund_id"),
    _of_person("proceeds_premireversal", "SI", "refund_id"),
    wall("proceeds_consignment", "SI", facility="facility_id", audit=True, day="handed_on"),
    wall(
        "proceeds_consignmentline", "SIU", facility="facility_id", audit=True, day="consignment_id"
    ),
    wall(
        "proceeds_payoutrun",
        "SIU",
        facility="facility_id",
        audit=True,
        day="prepared_on",
        touched=RUN_LATER,
    ),
    wall("proceeds_payoutapproval", "SI", facility="facility_id", audit=True, day="approved_on"),
    wall("proceeds_payoutpayment", "SI", facility="facility_id", audit=True, day="paid_on"),
    wall("proceeds_payoutreturn", "SI", facility="facility_id", audit=True, day="returned_on"),
    _of_person("proceeds_payoutline", "SIU", "run_id", ("proceeds_payoutcompletion.line_id",)),
    _of_person("proceeds_payoutcompletion", "SI", "paid_on"),
    wall("proceeds_pnbpdeposit", "SI", facility="facility_id", audit=True, day="deposited_on"),
    wall("proceeds_pnbpdepositline", "SI", facility="facility_id", day="deposit_id"),
    wall(
        "proceeds_obligationsettlement", "SI", facility="facility_id", audit=True, day="settled_on"
    ),
    wall("proceeds_obligationline", "SI", facility="facility_id", day="settlement_id"),
    wall(
        "proceeds_slip",
        "SI",
        facility="facility_id",
        audit=True,
        masked=("content",),
        visible_sql=PLACED.format(table="proceeds_slip"),
        day="month",
        touched=("proceeds_objection.slip_id",),
    ),
    wall("proceeds_slipline", "SI", facility="facility_id", day="slip_id"),
    wall(
        "proceeds_objection",
        "SI",
        facility="facility_id",
        audit=True,
        day="raised_on",
        touched=("proceeds_objectionanswer.objection_id",),
    ),
    wall("proceeds_objectionanswer", "SI", facility="facility_id", audit=True, day="answered_on"),
    _of_person(
        "proceeds_premicorrection",
        "SI",
        "proposed_on",
        ("proceeds_premicorrectiondecision.correction_id",),
    ),
    wall(
        "proceeds_premicorrectiondecision",
        "SI",
        facility="facility_id",
        audit=True,
        day="decided_on",
    ),
    wall(
        "proceeds_exitsettlement",
        "SI",
        facility="facility_id",
        audit=True,
        day="left_on",
        touched=("proceeds_payoutcompletion.exit_settlement_id",),
    ),
    wall("proceeds_exitsettlementline", "SI", facility="facility_id", day="settlement_id"),
    # A sample stays as it was drawn.
    wall("proceeds_auditsample", "SI", facility="facility_id", audit=True, timeless=OWN_WORK),
    wall("proceeds_auditsampleline", "SI", facility="facility_id", audit=True, day="slip_id"),
]
