"""Steps that take two or three different people: the closed list, and what holds each.

A person counts once, in whatever roles and acting appointments they come: rules and walls compare
accounts, never roles. Each step names the reason with which the rule refuses and the constraint or
trigger (table, name) with which the database does; tests/web/test_four_eyes.py proves both.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from berdaya.institutions.roles import ABILITIES, ROLES


@dataclass(frozen=True)
class FourEyes:
    """One step: its name, in which order abilities take part, and its two walls."""

    name: str
    label: Promise
    abilities: tuple[str, ...]
    reason: str
    wall: tuple[str, str]

    @property
    def regional(self) -> tuple[str, ...]:
        """The parts in which the regional office may stand in for a unit that lacks somebody."""
        held = ROLES["regional"].abilities
        return tuple(one for one in self.abilities if one in held)

    @property
    def in_stead(self) -> tuple[str, ...]:
        """The parts that it does only where nobody of the unit could (standing_in.py)."""
        held = ROLES["regional"].in_stead
        return tuple(one for one in self.abilities if one in held)


def _step(
    name: str, label: Promise, abilities: str, reason: str, table: str, wall: str
) -> FourEyes:
    words = tuple(abilities.split())
    if unknown := set(words) - ABILITIES.keys():
        raise ValueError(f"four eyes {name}: no such ability: {sorted(unknown)}")
    return FourEyes(name, label, words, reason, (table, wall))


FOUR_EYES: dict[str, FourEyes] = {
    step.name: step
    for step in (
        _step(
            "payout_approval",
            _lazy("Yang menyiapkan daftar pembayaran premi tidak menyetujuinya."),
            "payout.prepare payout.approve",
            "payout_same_person",
            "proceeds_payoutapproval",
            "proceeds_approval_two_people",
        ),
        _step(
            "payout_payment",
            _lazy("Yang menyiapkan atau menyetujui daftar premi tidak membayarkannya."),
            "payout.prepare payout.approve payout.pay",
            "payout_same_person",
            "proceeds_payoutpayment",
            "proceeds_payment_three_people",
        ),
        _step(
            "payout_completion",
            _lazy("Baris premi yang menunggu dibayar orang ketiga juga."),
            "payout.prepare payout.approve payout.pay",
            "payout_same_person",
            "proceeds_payoutcompletion",
            "four_eyes",
        ),
        _step(
            "policy",
            _lazy("Yang mengusulkan kebijakan bagi hasil tidak memutuskannya."),
            "policy.edit policy.approve",
            "proposal_same_person",
            "proceeds_policydecision",
            "proceeds_policydecision_two_people",
        ),
        _step(
            "correction",
            _lazy("Yang mengusulkan perbaikan premi tidak memutuskannya."),
            "sheet.write payout.approve",
            "proposal_same_person",
            "proceeds_premicorrectiondecision",
            "proceeds_decision_two_people",
        ),
        _step(
            "objection",
            _lazy("Keberatan premi dijawab orang yang tidak terlibat dalam catatannya."),
            "slip.print objection.answer",
            "objection_own_work",
            "proceeds_objectionanswer",
            "four_eyes",
        ),
        _step(
            "listing",
            _lazy("Yang mengajukan tayang tidak memutuskannya."),
            "listing.propose listing.approve",
            "listing_own",
            "catalog_listingdecision",
            "four_eyes",
        ),
        _step(
            "rule_change",
            _lazy("Yang mengusulkan perubahan aturan tidak memutuskannya."),
            "rule.edit rule.approve",
            "rule_same_person",
            "legality_ruledecision",
            "legality_ruledecision_two_people",
        ),
        _step(
            "override",
            _lazy("Yang meminta izin khusus tidak memutuskannya."),
            "override.request override.approve",
            "override_same_person",
            "legality_overridedecision",
            "legality_overridedecision_two_people",
        ),
        _step(
            "report",
            _lazy("Yang mengirim laporan bulanan tidak memeriksanya sendiri."),
            "report.send report.accept",
            "report_same_person",
            "insight_reportanswer",
            "insight_reportanswer_two_people",
        ),
        _step(
            "programme_change",
            _lazy("Yang mengusulkan perubahan kesepakatan tidak menyepakatinya: pihak lain."),
            "programme.edit programme.agree",
            "programme_same_side",
            "programme_proposal",
            "programme_proposal_two_people",
        ),
        _step(
            "programme_milestone",
            _lazy("Keluaran kesepakatan diterima kedua pihak, masing-masing oleh orang lain."),
            "programme.agree",
            "milestone_accepted",
            "programme_acceptance",
            "programme_acceptance_once_a_side",
        ),
        _step(
            "programme_quarter",
            _lazy("Laporan triwulan disetujui kedua pihak, masing-masing oleh orang lain."),
            "programme.agree",
            "quarter_answered",
            "programme_quarteranswer",
            "programme_answer_once_a_side",
        ),
        _step(
            "mentoring",
            _lazy("Yang mengajukan pendampingan tidak menjawabnya sendiri."),
            "mentoring.lead mentoring.accept",
            "mentoring_same_side",
            "mentoring_adoption",
            "mentoring_adoption_two_people",
        ),
        _step(
            "mentoring_price",
            _lazy("Yang menghitung harga usulan tidak mengambilnya untuk UPT."),
            "mentoring.lead mentoring.ask",
            "price_same_person",
            "mentoring_pricetaking",
            "four_eyes",
        ),
        _step(
            "certificate",
            _lazy("Yang mengusulkan sertifikat pelatihan tidak memutuskannya."),
            "certificate.propose certificate.approve",
            "certificate_same_person",
            "training_certificatedecision",
            "training_certificatedecision_two_people",
        ),
        _step(
            "certificate_withdrawal",
            _lazy("Yang meminta sertifikat dicabut atau diganti tidak memutuskannya."),
            "certificate.revoke certificate.approve",
            "certificate_same_person",
            "training_withdrawaldecision",
            "training_withdrawaldecision_two_people",
        ),
        _step(
            "release_plan",
            _lazy("Yang menulis rencana usaha sesudah bebas tidak memutuskannya."),
            "plan.write plan.approve",
            "plan_same_person",
            "aftercare_plan",
            "aftercare_plan_two_people",
        ),
        _step(
            "tools_grant",
            _lazy("Yang mengusulkan bantuan alat tidak menyetujuinya."),
            "aftercare.record aftercare.approve",
            "grant_same_person",
            "aftercare_toolsgrant",
            "aftercare_grant_two_people",
        ),
        _step(
            "gate_pass",
            _lazy("Yang meminta barang keluar tidak mengizinkannya."),
            "stock.edit gate.approve",
            "pass_own",
            "stock_gatepass",
            "stock_gatepass_two_people",
        ),
        _step(
            "bank_account",
            _lazy("Yang mendaftarkan rekening tidak mengesahkannya."),
            "account.register account.confirm",
            "account_same_person",
            "institutions_bankaccount",
            "institutions_bankaccount_four_eyes",
        ),
        _step(
            "qris",
            _lazy("Yang mendaftarkan QRIS tidak mengesahkannya."),
            "account.register account.confirm",
            "account_same_person",
            "institutions_qrisaccount",
            "institutions_qrisaccount_four_eyes",
        ),
        _step(
            "appointment",
            _lazy("Tidak seorang pun mencatat penunjukannya sendiri."),
            "staff.edit",
            "appoint_self",
            "institutions_appointment",
            "institutions_appointment_not_own",
        ),
        _step(
            "letter",
            _lazy("Tidak seorang pun mencatat surat tugasnya sendiri."),
            "letter.edit",
            "letter_self",
            "institutions_assignmentletter",
            "institutions_letter_not_own",
        ),
        _step(
            "reveal",
            _lazy("Yang membuka data diri tidak memeriksa pembukaannya sendiri."),
            "identity.open reveal.review",
            "review_own",
            "people_revealreview",
            "people_revealreview_two_people",
        ),
        _step(
            "refund",
            _lazy("Yang mencatat penjualan tidak mengembalikan dananya."),
            "sale.record sale.refund",
            "refund_own_sale",
            "proceeds_refund",
            "four_eyes",
        ),
        _step(
            "return",
            _lazy("Yang mencatat permintaan retur di meja tidak memutuskannya."),
            "order.fulfil sale.refund",
            "return_own",
            "orders_goodsreturn",
            "orders_return_two_people",
        ),
        _step(
            "booking",
            _lazy("Yang memesan sarana tidak menyetujui pesanannya sendiri."),
            "equipment.book booking.approve",
            "booking_own",
            "equipment_booking",
            "equipment_booking_two_people",
        ),
        _step(
            "missing_tool",
            _lazy("Yang menjelaskan alat hilang tidak mengesahkan penjelasannya sendiri."),
            "tools.search tools.resolve",
            "missing_same_person",
            "equipment_missingtool",
            "equipment_missingtool_two_people",
        ),
        _step(
            "hand_out",
            _lazy("Yang menyerahkan barang ke stan tidak menerimanya di sana."),
            "handout.make handout.receive",
            "handout_same_person",
            "till_handout",
            "till_handout_two_people",
        ),
        _step(
            "stall_loss",
            _lazy("Yang mencatat barang hilang di stan tidak memastikannya."),
            "handout.receive handout.make",
            "loss_same_person",
            "till_handoutloss",
            "till_loss_two_people",
        ),
        _step(
            "stall_settlement",
            _lazy("Yang menghitung titip jual stan tidak menyetujuinya."),
            "settlement.prepare settlement.approve",
            "settlement_same_person",
            "till_settlement",
            "till_settlement_two_people",
        ),
        _step(
            "stall_void",
            _lazy("Yang membuat nota stan tidak membatalkannya sendiri."),
            "stall.sell",
            "void_own",
            "till_stallvoid",
            "till_void_two_people",
        ),
        _step(
            "stall_qris_missing",
            _lazy("Yang meminta QRIS stan dihapus tidak memutuskannya."),
            "cash.receive settlement.approve",
            "write_off_same_person",
            "till_qriswriteoff",
            "till_writeoff_two_people",
        ),
        _step(
            "stall_cash",
            _lazy("Yang menyetor kas stan tidak menerima setorannya sendiri."),
            "stall.close cash.receive",
            "handover_own",
            "till_cashhandover",
            "till_handover_two_people",
        ),
        _step(
            "stall_qris",
            _lazy("Yang menjual di stan tidak mencocokkan QRIS-nya sendiri."),
            "stall.sell cash.receive",
            "proof_own",
            "till_stallsale",
            "till_sale_matched_by_another",
        ),
    )
}


def steps_of(ability: str) -> list[FourEyes]:
    """The steps in which an ability takes part."""
    return [step for step in FOUR_EYES.values() if ability in step.abilities]
