"""Sales and premi belong to a facility; rules by date are open tables."""

from berdaya.core.walls import Wall, wall

RULE = "a rule by date about a party, no person in it"
# A share stays with the book that sold; where the person is placed now, it may be read.
PLACED = (
    "{{in_scope}} OR EXISTS (SELECT 1 FROM people_placement p"
    " WHERE p.participant_id = {table}.participant_id"
    " AND (p.valid_until IS NULL OR p.valid_until > current_date))"
)


def _of_person(table: str, rights: str) -> Wall:
    return wall(
        table,
        rights,
        facility="facility_id",
        audit=True,
        visible_sql=PLACED.format(table=table),
    )


TABLES = [
    wall("proceeds_splitpolicy", "SIU", why=RULE, audit=True),
    wall("proceeds_policyproposal", "SI", facility="facility_id", audit=True),
    wall("proceeds_policydecision", "SI", facility="facility_id", audit=True),
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
    ),
    wall("proceeds_salerequest", "SI", facility="facility_id"),
    wall("proceeds_saleline", "SI", facility="facility_id"),
    wall("proceeds_allocation", "SIU", facility="facility_id", readers="shop"),
    _of_person("proceeds_premishare", "SIU"),
    wall("proceeds_payment", "SI", facility="facility_id", audit=True),
    wall("proceeds_refund", "SI", facility="facility_id", audit=True),
    wall("proceeds_refundpart", "SI", facility="facility_id"),
    _of_person("proceeds_premireversal", "SI"),
    wall("proceeds_consignment", "SI", facility="facility_id", audit=True),
    wall("proceeds_consignmentline", "SIU", facility="facility_id", audit=True),
    wall("proceeds_payoutrun", "SIU", facility="facility_id", audit=True),
    wall("proceeds_payoutapproval", "SI", facility="facility_id", audit=True),
    wall("proceeds_payoutpayment", "SI", facility="facility_id", audit=True),
    wall("proceeds_payoutreturn", "SI", facility="facility_id", audit=True),
    _of_person("proceeds_payoutline", "SIU"),
    _of_person("proceeds_payoutcompletion", "SI"),
    wall("proceeds_pnbpdeposit", "SI", facility="facility_id", audit=True),
    wall("proceeds_pnbpdepositline", "SI", facility="facility_id"),
    wall("proceeds_obligationsettlement", "SI", facility="facility_id", audit=True),
    wall("proceeds_obligationline", "SI", facility="facility_id"),
    wall(
        "proceeds_slip",
        "SI",
        facility="facility_id",
        audit=True,
        masked=("content",),
        visible_sql=PLACED.format(table="proceeds_slip"),
    ),
    wall("proceeds_slipline", "SI", facility="facility_id"),
    wall("proceeds_objection", "SI", facility="facility_id", audit=True),
    wall("proceeds_objectionanswer", "SI", facility="facility_id", audit=True),
    _of_person("proceeds_premicorrection", "SI"),
    wall("proceeds_premicorrectiondecision", "SI", facility="facility_id", audit=True),
    wall("proceeds_exitsettlement", "SI", facility="facility_id", audit=True),
    wall("proceeds_exitsettlementline", "SI", facility="facility_id"),
    # A sample stays as it was drawn.
    wall("proceeds_auditsample", "SI", facility="facility_id", audit=True),
    wall("proceeds_auditsampleline", "SI", facility="facility_id", audit=True),
]
