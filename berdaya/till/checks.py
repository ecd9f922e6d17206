"""What must be true of stalls; `manage check_books` asks."""

from berdaya.till import checks_sales

__all__ = ["checks_sales"]
