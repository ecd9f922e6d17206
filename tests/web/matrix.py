"""Every address of the desk and the ability it asks for; a new address fails until it has a row."""

# Address -> the ability it asks for; behind "/" the one for writing, where it is another.
MATRIX = {
    "institutions": {
        "today": "",
        "account": "",
        "facility_choice": "",
        "staff": "staff.view",
        "person": "staff.view",
        **dict.fromkeys(["new_staff", "new_appointment", "end_appointment"], "staff.edit"),
        "permissions": "",
        **dict.fromkeys(["letters", "letter"], "staff.view"),
        **dict.fromkeys(["new_letter", "letter_ending"], "letter.edit"),
        "invitation": "staff.edit",
        "card": "card.issue",
        **dict.fromkeys(["pcs", "new_pc", "pc_ending"], "pc.register"),
        "parties": "books.view",
        "party": "books.view",
        **dict.fromkeys(["new_party", "new_regime", "contact"], "party.edit"),
        **{
            f"{start}{name}{end}": ability
            for name in ("bank_account", "qris_account")
            for start, end, ability in (
                ("", "s", "books.view"),
                ("", "", "books.view"),
                ("new_", "", "account.register"),
                ("", "_ending", "account.register"),
                ("", "_confirmation", "account.confirm"),
                ("", "_refusal", "account.confirm"),
            )
        },
    },
    "look": {"components": "", "sample_chart": "", "sample_letter": ""},
    "training": {
        **dict.fromkeys(["certificates", "certificate", "session_certificates"], "training.view"),
        "certificate_proposal": "certificate.propose",
        **dict.fromkeys(
            ["certificate_decision", "session_decision", "certificate_withdrawal_decision"],
            "certificate.approve",
        ),
        "certificate_withdrawal": "certificate.revoke",
        **dict.fromkeys(["certificate_paper", "session_papers"], "identity.certificate"),
        **dict.fromkeys(["courses", "course", "sessions", "session"], "training.sessions"),
        "piece_image": "piece.view",
        **dict.fromkeys(
            ["new_course", "edit_course", "new_session", "edit_session"], "training.edit"
        ),
        **dict.fromkeys(["enrolments", "withdrawal"], "training.enrol"),
        **dict.fromkeys(
            ["attendance", "attendance_blank", "attendance_filled", "assessment", "person_skills"],
            "training.view",
        ),
        **dict.fromkeys(["new_assessment", "new_piece"], "training.assess"),
        **dict.fromkeys(["pieces", "piece"], "photo.review"),
        "new_proof": "training.prove",
    },
    "web": {"umkm": "umkm.view"},
    "insight": {
        **dict.fromkeys(
            ["boards", "board", "indicators", "indicator", "targets"], "programme.view"
        ),
        **dict.fromkeys(["rows", "reports", "report", "paper"], "report.view"),
        "sending": "report.send",
        "answer": "report.accept",
        "new_target": "target.edit",
        "new_seat": "seat.edit",
    },
    "programme": {
        **dict.fromkeys(
            [
                *("overview", "agreement", "scan", "commitment", "document", "proposal", "risks"),
                *("meetings", "meeting", "reports", "report", "paper"),
            ],
            "programme.view",
        ),
        **dict.fromkeys(
            [
                *("new_agreement", "new_version", "new_commitment", "new_terms", "new_measure"),
                *("new_milestone", "withdrawal", "seeing", "new_risk", "weighing", "new_meeting"),
                *("finishing", "drawing"),
            ],
            "programme.edit",
        ),
        **dict.fromkeys(["answer", "acceptance", "signing"], "programme.agree"),
    },
    "mentoring": {
        **dict.fromkeys(
            ["adoptions", "adoption", "report", "meeting", "prices", "exercise"], "mentoring.view"
        ),
        **dict.fromkeys(
            ["new_proposal", "taking", "new_meeting", "notes", "new_exercise"], "mentoring.lead"
        ),
        **dict.fromkeys(["new_request", "price_taking"], "mentoring.ask"),
        "acceptance": "mentoring.accept",
        **dict.fromkeys(["refusal", "ending"], "mentoring.end"),
        **dict.fromkeys(["step", "new_finding", "remedy"], "mentoring.work"),
    },
    "facilitation": {
        **dict.fromkeys(
            ["cases", "case", "figures", "document", "readiness", "unit", "product"],
            "facilitation.view",
        ),
        "new_case": "facilitation.ask",
        "assignment": "facilitation.assign",
        **dict.fromkeys(["taking", "handing_back", "promising"], "facilitation.lead"),
        **dict.fromkeys(
            ["messages", "finishing", "giving_up", "completion", "omission"], "facilitation.work"
        ),
    },
    "market": {
        **dict.fromkeys(["applications", "application", "shops", "shop"], "market.view"),
        **dict.fromkeys(
            ["admission", "question", "refusal", "invitation", "pause", "closing", "resumption"],
            "market.admit",
        ),
    },
    "aftercare": {
        **dict.fromkeys(["clients", "client", "grant"], "aftercare.view"),
        **dict.fromkeys(
            [
                *("supervision", "new_follow_up", "new_consent", "safe_exit", "new_referral"),
                *("new_grant", "referral_step", "handover", "fieldwork", "sync", "worker"),
            ],
            "aftercare.record",
        ),
        **dict.fromkeys(["approval", "receipt"], "aftercare.approve"),
        "names": "identity.caseload",
        **dict.fromkeys(["plans", "plan", "person_plans", "plan_print"], "plan.view"),
        **dict.fromkeys(["new_plan", "edit_plan", "signing"], "plan.write"),
        **dict.fromkeys(["plan_approval", "plan_return"], "plan.approve"),
    },
    "intake": dict.fromkeys(
        [
            "imports",
            "upload",
            "template",
            "sheet_template",
            "import",
            "choices",
            "columns",
            "booking",
            "discarding",
        ],
        "import.run",
    ),
    "people": {
        "participants": "person.view",
        "new_participant": "participant.edit",
        "participant": "person.view",
        "placement": "participant.edit",
        "status": "participant.edit",
        "leaving": "participant.edit",
        "identity": "identity.record",
        "fitness_list": "person.view",
        "limits": "person.view",
        "new_limits": "limits.edit",
        "opening": "identity.open",
        "caseload_names": "identity.caseload",
        "searches": "identity.search",
        "reveals": "reveal.view",
        "reveal": "reveal.view",
        "review": "reveal.review",
        "work": "person.view",
        "consents": "consent.record",
        "requests": "consent.record",
        "fitness": "fitness.record",
        "work_placements": "work.approve",
        **dict.fromkeys(
            ["caseloads", "assignment", "new_cover", "cover_ending"], "caseload.assign"
        ),
        "end_consents": "person.view/consent.record",
        "end_requests": "person.view/consent.record",
        "end_placements": "person.view/work.approve",
        **dict.fromkeys(["rights_cases", "rights_case", "rights_form"], "rights.view"),
        **dict.fromkeys(["new_rights_case", "rights_receipt"], "rights.record"),
        **dict.fromkeys(["rights_answer", "rights_copy", "end_restriction"], "rights.answer"),
        **dict.fromkeys(["breaches", "breach"], "breach.view"),
        **dict.fromkeys(
            ["new_breach", "breach_notices", "breach_people", "breach_closing", "breach_letter"],
            "breach.record",
        ),
        "retention": "retention.view",
        "new_retention_rule": "retention.edit",
        **dict.fromkeys(["retention_erasure", "retention_keeping"], "identity.erase"),
        **dict.fromkeys(
            ["consent_list", "consent_missing", "texts", "text", "insurances"], "people.view"
        ),
        "new_text": "text.edit",
        "consent_print": "consent.record",
        "consent_scan": "identity.consent",
        **dict.fromkeys(
            ["publicity", "publicity_people", "publicity_print", "withdrawal_print"],
            "publicity.record",
        ),
        **dict.fromkeys(["new_insurance", "end_insurance"], "insurance.edit"),
        "new_hold": "safety.record",
        "end_hold": "safety.lift",
    },
    "workshop": {
        "sheets": "people.view",
        "sheet": "people.view/sheet.write",
        "sheet_blank": "people.view",
        "sheet_filled": "people.view",
        "sheet_names": "identity.roll",
        "roll_print": "identity.roll",
        "workshop_cards": "people.view",
        "card": "people.view",
        "batches": "people.view",
        "new_batch": "batch.start",
        "batch": "people.view",
        "uses": "material.edit",
        "checks": "batch.close",
        "closing": "batch.close",
        "batch_record": "batch.close",
        "materials": "stock.view",
        "new_receipt": "material.edit",
        "workshops": "people.view",
        "skills": "people.view",
        **dict.fromkeys(["new_requirement", "requirement_ending", "new_exemption"], "work.approve"),
        "new_workshop": "batch.start",
        "edit_workshop": "batch.start",
        "people_counts": "people.view",
        "safety": "people.view",
        **dict.fromkeys(["incidents", "incident"], "safety.view"),
        **dict.fromkeys(["new_check", "new_stop", "new_incident"], "safety.record"),
        "end_stop": "safety.lift",
        **dict.fromkeys(["needs", "board", "times"], "people.view"),
        **dict.fromkeys(
            ["new_work", "work_place", "work_ending", "new_time", "time_ending"], "batch.start"
        ),
        **dict.fromkeys(
            ["new_need", "need_ending", "workshop_tools", "tools_removal", "batch_equipment"],
            "batch.start",
        ),
    },
    "equipment": {
        **dict.fromkeys(
            ["equipment", "machine", "works", "week", "use", "bookings", "booking"],
            "equipment.view",
        ),
        # Whoever booked, or whoever approves for the owner: two abilities, asked for inside.
        **dict.fromkeys(["moving", "cancellation"], "equipment.view"),
        **dict.fromkeys(
            [
                *("new_machine", "details", "conditions", "shares", "share_ending", "plans"),
                *("care", "breakdowns", "finishing"),
            ],
            "equipment.edit",
        ),
        **dict.fromkeys(["new_booking", "seeing"], "equipment.book"),
        **dict.fromkeys(["approval", "refusal"], "booking.approve"),
        **dict.fromkeys(
            ["tool_sets", "tool_set", "tool_counts", "missing_tools", "missing_tool"], "tools.view"
        ),
        # Looked at by many, counted in by whoever counts.
        "tool_count": "tools.view/tools.count",
        "explanation": "tools.search",
        **dict.fromkeys(["new_tool_set", "counting"], "tools.count"),
        "confirmation": "tools.resolve",
    },
    "stock": {
        **dict.fromkeys(
            [
                "levels",
                "lots",
                "lot",
                "lot_qr",
                "lot_labels",
                "card",
                "card_print",
                "places",
                "counts",
                "count",
            ],
            "stock.view",
        ),
        **dict.fromkeys(["gate_passes", "gate_pass"], "gate.view"),
        **dict.fromkeys(
            [
                "transfers",
                "losses",
                "new_place",
                "place",
                "new_count",
                "new_gate_pass",
                "delivery_note",
            ],
            "stock.edit",
        ),
        "approval": "gate.approve",
        "refusal": "gate.approve",
    },
    "goods": {
        "products": "stock.view",
        "product": "stock.view",
        **dict.fromkeys(["new_product", "product_details", "new_variant", "variant"], "goods.edit"),
    },
    "ledger": {
        "books": "books.view",
        "book": "books.view",
        "entry": "books.view",
        "closing": "deposit.record",
    },
    "labels": dict.fromkeys(
        ["lots", "lot", "preview", "printing", "variant", "gtin", "own_number"], "label.print"
    ),
    "legality": {
        **dict.fromkeys(["permits", "timeline", "requirements", "permit", "scan"], "permit.view"),
        **dict.fromkeys(["standings", "standing"], "permit.view"),
        **dict.fromkeys(
            ["new_permit", "renewal", "coverage", "responsible", "scans", "statement"],
            "permit.edit",
        ),
        "revocation": "permit.edit",
        "origin": "permit.edit",
        **dict.fromkeys(["entries", "rule_changes", "rule_change"], "permit.view"),
        **dict.fromkeys(["overrides", "override"], "permit.view"),
        **dict.fromkeys(["new_requirement", "new_entry"], "rule.edit"),
        **dict.fromkeys(["rule_approval", "rule_refusal"], "rule.approve"),
        "new_override": "override.request",
        **dict.fromkeys(["override_approval", "override_refusal"], "override.approve"),
    },
    "papers": {
        **dict.fromkeys(["documents", "document", "printing", "scans", "scan"], "stock.view"),
        "numberings": "stock.view",
        "numbering": "numbering.edit",
    },
    "catalog": {
        **dict.fromkeys(["listings", "listing", "version"], "stock.view"),
        **dict.fromkeys(["photo_preview", "photos", "photo_page"], "photo.view"),
        # Whoever reviews or uploads: two abilities, asked for inside.
        "photo_withdrawal": "photo.view",
        **dict.fromkeys(["photo_approval", "photo_refusal"], "photo.review"),
        **dict.fromkeys(["new_listing", "versions", "to_order"], "listing.propose"),
        **dict.fromkeys(["approval", "decline"], "listing.approve"),
        "withdrawal": "listing.withdraw",
        **dict.fromkeys(["mention_list", "mentions"], "publicity.view"),
        **dict.fromkeys(["new_mention", "publicity_withdrawal"], "publicity.record"),
        **dict.fromkeys(["mention_approval", "mention_decline"], "listing.approve"),
        "clean_page": "consent.record",
    },
    "proceeds": {
        **dict.fromkeys(["sales", "sale", "receipt", "sale_handover"], "stock.view"),
        **dict.fromkeys(
            [
                "new_sale",
                "new_payment",
                "consignments",
                "new_consignment",
                "consignment",
                "consignment_handover",
                "acknowledgement",
            ],
            "sale.record",
        ),
        "new_refund": "sale.refund",
        **dict.fromkeys(
            [
                "payouts",
                "payout",
                "payout_printing",
                "deposits",
                "deposit",
                "policies",
                "policy_proposal",
                "settlements",
                "settlement",
                "traces",
                "trace",
            ],
            "books.view",
        ),
        "new_payout": "payout.prepare",
        "approval": "payout.approve",
        "returning": "payout.approve",
        "payment": "payout.pay",
        "completion": "payout.pay",
        "payout_file": "identity.payout",
        "handout": "identity.slips",
        **dict.fromkeys(
            ["samples", "new_sample", "sample", "sample_names", "sample_scan"], "identity.sample"
        ),
        "new_deposit": "deposit.record",
        **dict.fromkeys(
            ["slips", "new_slips", "slips_print", "slip", "slip_print", "new_objection"],
            "slip.print",
        ),
        **dict.fromkeys(["objections", "objection", "corrections", "correction"], "people.view"),
        "new_correction": "sheet.write",
        **dict.fromkeys(["correction_approval", "correction_refusal"], "payout.approve"),
        "answer": "objection.answer",
        **dict.fromkeys(["exits", "new_exit", "exit", "exit_printing"], "leaving.settle"),
        "exit_named": "identity.leaving",
        "new_policy": "policy.edit",
        "new_settlement": "obligation.settle",
        **dict.fromkeys(["policy_approval", "policy_refusal"], "policy.approve"),
    },
    "evidence": {
        **dict.fromkeys(
            [
                *("lots", "lot", "lot_plots", "order", "pack", "pack_file"),
                *("declarations", "declaration", "plots", "plot", "plot_file", "materials"),
            ],
            "evidence.view",
        ),
        **dict.fromkeys(
            ["lot_pack", "order_pack", "lot_declaration", "order_declaration", "declaration_paper"],
            "evidence.print",
        ),
        **dict.fromkeys(["new_plot", "edit_plot", "import_plots", "material"], "plot.edit"),
    },
    "orders": {
        **dict.fromkeys(
            ["orders", "order", "picklist", "returns", "return", "rates", "terms"], "order.view"
        ),
        # Whoever packs or matches: two abilities, asked for inside.
        "label": "order.view",
        "cancellation": "order.view",
        **dict.fromkeys(
            [
                "packing",
                "swaps",
                "unpacking",
                "gate_pass",
                "delivery_note",
                "handover",
                "tracking",
                "delivery",
                "new_return",
            ],
            "order.fulfil",
        ),
        **dict.fromkeys(
            [
                "money",
                "money_back",
                "deadline",
                "claim_refusal",
                "revival",
                "matching",
                "new_money",
                "statement",
                "money_in",
                "money_return",
                "unmatching",
            ],
            "order.match",
        ),
        "return_refusal": "sale.refund",
        "new_rate": "policy.edit",
        "new_term": "staff.edit",
    },
    "till": {
        **dict.fromkeys(
            [
                "events",
                "event",
                "results",
                "hand_outs",
                "hand_out",
                "hand_out_print",
                "hand_back_print",
                "settlements",
                "settlement",
                "settlement_print",
            ],
            "event.view",
        ),
        **dict.fromkeys(["new_event", "new_stall", "invitations", "decisions"], "event.edit"),
        **dict.fromkeys(["answer", "new_proposal"], "event.propose"),
        **dict.fromkeys(["new_hand_out", "hand_back", "loss_decision"], "handout.make"),
        **dict.fromkeys(["receipt", "loss"], "handout.receive"),
        "new_settlement": "settlement.prepare",
        **dict.fromkeys(["settlement_approval", "settlement_refusal"], "settlement.approve"),
        "settlement_payment": "settlement.pay",
        **dict.fromkeys(
            [
                *("sessions", "session", "notas", "nota", "nota_print", "blocks", "block"),
                *("paper_photo", "cash_ins", "roundings"),
            ],
            "event.view",
        ),
        **dict.fromkeys(["opening", "new_block"], "stall.open"),
        **dict.fromkeys(
            ["selling", "paper_selling", "nota_voiding", "nota_note", "block_gaps"], "stall.sell"
        ),
        "session_closing": "stall.close",
        "new_rounding": "policy.edit",
        **dict.fromkeys(["nota_proof", "nota_write_off", "cash_receiving"], "cash.receive"),
        "write_off_decision": "settlement.approve",
    },
}
# Permits are printed on the goods, and the page of a good is read by all: no outsider there.
PUBLIC = {"legality:permit", "legality:rule_change"}
# Forms that stand on such a page, or lead back to one: what they are posted to refuses.
LED_BACK = {("legality:revocation", "get"), ("ledger:closing", "get")}
# Permits are read by all, so that nobody learns anything from what their forms answer.
KNOWN_TO_ALL = {
    *PUBLIC,
    *(f"legality:{end}" for end in ("revocation", "renewal", "coverage", "responsible", "scans")),
    *("legality:scan", "legality:rule_approval", "legality:rule_refusal"),
}
# Each unit finds its own slips behind a month.
OF_A_MONTH = {"proceeds:slips_print", "proceeds:handout"}
# Typed into whatever form asks for it, so that it is the action that refuses.
TYPED = {
    **dict.fromkeys(
        ["withdrawn_on", "last_day", "revoked_on", "valid_from", "given_on"], "2026-11-20"
    ),
    "month": "2026-10-01",
    "pattern": "{number}",
    "reason": "alasan",
    "released": "on",
}
# Addresses with a key of the program's own, not of a row: each unit finds its own behind them.
OF_ANY_UNIT = {
    *("intake:sheet_template", "papers:numbering", "people:text", "look:sample_chart"),
    # An event is everybody's; what stands on its pages is each unit's own.
    *("till:event", "till:results", "till:new_stall", "till:invitations", "till:decisions"),
    *("till:new_proposal", "insight:indicator", "insight:board"),
    # Own businesses are of no unit at all.
    *("market:application", "market:admission", "market:question", "market:refusal"),
    *("market:shop", "market:invitation", "market:pause", "market:closing", "market:resumption"),
    # Both ministries read every agreement; for which side one writes, tests of programme ask.
    *(f"programme:{end}" for end in MATRIX["programme"]),
}
# The gallery of components: invented samples for whoever builds pages.
OPEN = {"look:components", "look:sample_chart", "look:sample_letter"}
# 403 for who asks, 404 for what is not theirs; 409 would tell that there is something.
REFUSED = {403, 404, 405}
# Their help names plants as pseudonyms, or invented batches.
WITH_EXAMPLES = {"people:new_participant", "look:components"}
# Pages that nobody posts to although their ability is not one of looking.
ONLY_READ = {
    *("institutions:today", "institutions:account", "institutions:permissions"),
    *("people:caseloads", "look:components", "look:sample_chart", "look:sample_letter"),
    *("intake:imports", "intake:template", "intake:sheet_template", "intake:import"),
    *("proceeds:consignments", "proceeds:slips", "proceeds:slip", "proceeds:exits"),
    *("proceeds:exit", "proceeds:slips_print", "proceeds:slip_print"),
    *("people:reveals", "people:reveal", "proceeds:samples", "proceeds:sample"),
    "orders:matching",
    *("institutions:pcs", "people:publicity_people"),
    *("training:courses", "training:course", "training:sessions", "training:session"),
    *("training:piece_image", "training:pieces"),
    *("aftercare:fieldwork", "aftercare:worker"),
    *("labels:lots", "labels:lot", "labels:preview"),
}
# Addresses that are posted to although their ability is one of looking.
ALSO_WRITTEN = {
    *("people:end_consents", "people:end_requests", "people:end_placements", "workshop:sheet"),
    *("papers:printing", "papers:scans", "proceeds:payout_printing", "proceeds:sale_handover"),
    *("stock:card_print", "workshop:sheet_blank", "workshop:sheet_filled"),
    *("workshop:workshop_cards", "workshop:card"),
    *("training:attendance", "training:attendance_blank", "training:attendance_filled"),
    "institutions:facility_choice",
    *("orders:cancellation", "orders:return", "catalog:photo_withdrawal"),
    *("equipment:moving", "equipment:cancellation"),
    *("equipment:tool_count", "till:hand_out_print", "till:hand_back_print"),
    *("till:settlement_print", "aftercare:plan_print", "insight:paper"),
}
# Files that nobody has put there, a consent that nobody took back; their rooms' tests fetch theirs.
WITHOUT_FILE = {
    *("catalog:photo_preview", "papers:scan", "people:withdrawal_print"),
    *("people:consent_scan", "proceeds:sample_scan", "training:piece_image"),
    *("programme:scan", "programme:document", "facilitation:document", "legality:scan"),
}
# A counsellor opens nobody of Atambua; tests of aftercare walk these with an own client.
OF_A_COUNSELLOR = {
    f"aftercare:{end}"
    for end in (
        *("supervision", "new_follow_up", "new_consent", "safe_exit", "new_referral", "new_grant"),
        *("referral_step", "handover"),
    )
}
# Every address outside the desk, by audience: whoever comes by, a buyer whose key is the address
# of the order, staff who sign in. None of them asks for an ability.
ELSEWHERE = {
    "anybody": {
        *(":health", ":ready", "web:home", "web:products", "web:product", "web:facility"),
        *("web:check", "web:origin", "web:map", "web:edition", "web:site_card", "web:unit_card"),
        *("web:product_card", "web:robots", "web:sitemap", "catalog:photo"),
        *("web:open_data", "web:open_catalogue", "web:open_csv", "web:open_json"),
        *("web:open_metadata", "web:open_chart", "web:open_embed"),
        *("look:stylesheet", "look:motif", "look:good"),
        *("neutral:check", "neutral:read", "neutral:issuer", "neutral:did", "neutral:jwks"),
        *("neutral:status", "neutral:certificate", "neutral:credential", "neutral:plain"),
        *("toko:shops", "toko:shop", "toko:product", "toko:photo"),
        *("usaha:start", "usaha:apply", "usaha:application", "usaha:invitation", "usaha:sign_in"),
    },
    "buyer": {
        *("orders:cart", "orders:put_in_cart", "orders:change_cart", "orders:checkout"),
        *("orders:regions", "orders:placed", "orders:qris", "orders:claim", "orders:cancel"),
        *("orders:ask_return", "orders:received"),
        *("toko:order_form", "toko:order", "toko:qris", "toko:claim", "toko:cancel"),
    },
    # Owners of shops under the neutral address, with a way in of their own.
    "seller": {
        *("usaha:home", "usaha:sign_out", "usaha:profile", "usaha:payee", "usaha:permits"),
        *("usaha:products", "usaha:new_product", "usaha:product", "usaha:new_photo"),
        *("usaha:own_photo", "usaha:photo_removal", "usaha:orders", "usaha:order", "usaha:paid"),
        *("usaha:not_paid", "usaha:packed", "usaha:handed", "usaha:refunded", "usaha:cancelled"),
        *("usaha:book", "usaha:book_file", "usaha:new_row", "usaha:reversal"),
    },
    "staff": {
        *(":account_login", ":account_logout", ":account_change_password", ":account_inactive"),
        *(":account_factor", ":account_invitation", ":account_lock", ":account_switch"),
        *(":account_switch_key", ":account_factors", ":account_totp", ":account_key"),
        *(":account_recovery", ":account_factor_removal", ":account_presence", ":account_pin"),
        ":account_session_ending",
    },
}
