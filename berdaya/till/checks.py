"""What must be true of stalls; `manage check_books` asks."""

from berdaya.till import checks_events, checks_sales

__all__ = ["checks_events", "checks_sales"]
