"""What must be true of the books; `manage check_books` asks."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.ledger.parts import explained

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


def unexplained() -> list[str]:
    """Accounts whose legs are not what the rows behind them add up to; asked when all have told."""
    return rows_of(f"""
        WITH parts AS (
          SELECT p.book_id, p.code, sum(p.rp) AS rp FROM ({explained()}) p GROUP BY 1, 2
        ), legs AS (
          SELECT a.book_id, a.code, sum(l.debit_rp - l.credit_rp) AS rp
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id GROUP BY 1, 2
        )
        SELECT b.code AS book, f.code, f.parts, f.legs FROM (
          SELECT book_id, code, p.rp AS parts, l.rp AS legs
          FROM parts p FULL JOIN legs l USING (book_id, code)
          WHERE coalesce(p.rp, 0) <> coalesce(l.rp, 0)) f
        JOIN ledger_book b ON b.id = f.book_id ORDER BY 1, 2""")()  # noqa: S608


declare_check(
    "accounts_are_their_parts",
    _lazy("Setiap akun setiap buku sama dengan rincian yang menjelaskannya"),
    unexplained,
)
