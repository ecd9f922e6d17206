"""Queries a page costs, without what only a test's borrowed transaction adds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Inside a test's own transaction a scope is a savepoint whose settings are taken back by hand
# (core.scope); outside it they end with the transaction.
BORROWED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", "SET CONSTRAINTS")
GIVEN_BACK = "set_config('berdaya.actor', '', true)"


def is_own(sql: str) -> bool:
    """Whether the statement would also run on a real page."""
    return not sql.startswith(BORROWED) and GIVEN_BACK not in sql


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """Fail, naming them, when more than `limit` statements ran."""
    with CaptureQueriesContext(connection) as captured:
        yield
    own = [query["sql"] for query in captured.captured_queries if is_own(query["sql"])]
    listed = "\n".join(f"  {sql[:150]}" for sql in own)
    assert len(own) <= limit, f"{len(own)} statements, {limit} allowed:\n{listed}"
