"""Books, accounts, entries, legs and closed months."""

from berdaya.ledger.models.books import Account, AccountKind, Book, PeriodClose
from berdaya.ledger.models.entries import Entry, Leg

__all__ = ["Account", "AccountKind", "Book", "Entry", "Leg", "PeriodClose"]
