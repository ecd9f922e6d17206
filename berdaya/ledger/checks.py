"""What must be true of the books; `manage check_books` asks."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of

declare_check(
    "entries_balance",
    _lazy("Setiap jurnal punya sisi dan debitnya sama dengan kreditnya"),
    rows_of("""SELECT e.id, e.kind, e.reference, sum(l.debit_rp), sum(l.credit_rp)
           FROM ledger_entry e LEFT JOIN ledger_leg l ON l.entry_id = e.id
           GROUP BY e.id HAVING count(l.id) < 2 OR sum(l.debit_rp) <> sum(l.credit_rp)"""),
)
declare_check(
    "legs_stay_in_their_book",
    _lazy("Setiap sisi ada di unit, hari, dan buku jurnalnya"),
    rows_of("""SELECT l.id, e.id, e.reference FROM ledger_leg l
           JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.id = l.account_id
           WHERE l.facility_id <> e.facility_id OR l.booked_on <> e.booked_on
              OR a.book_id <> e.book_id"""),
)
declare_check(
    "reversals_mirror",
    _lazy("Pembalikan adalah cermin persis dari yang dibaliknya"),
    rows_of("""SELECT r.id, e.id FROM ledger_entry r JOIN ledger_entry e ON e.id = r.reverses_id
           WHERE EXISTS (
             SELECT FROM ledger_leg l WHERE l.entry_id IN (r.id, e.id)
             GROUP BY l.account_id, l.participant_id
             HAVING sum(l.debit_rp) <> sum(l.credit_rp))"""),
)
