"""The only way to protected rows: who acts, why, and for which facilities.

A scope opens the (outermost) transaction and sets its settings with SET LOCAL; row policies and
the audit trigger read them. Outside a scope every protected table raises `scope_missing` (BD001).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.spans import Examined, caseload, spans

SETTINGS = [
    f"berdaya.{name}"
    for name in (
        *("actor", "reason", "request", "facilities", "caseload", "days", "instants"),
        "newcomer",  # said by people_newcomer(), within a scope
    )
]
SCOPE_MISSING, CLOSED_TO_PUBLIC = "BD001", "BD009"

# Work without a person behind it. Every entry is a promise about what the code does in it.
SYSTEM_PURPOSES = {
    "reference": "load regions, offices and facilities from their published sources",
    "demo": "build the demo world through the actions that people use",
    "import": "run a unit's workbook import from the command line",
    "task": "a background job that an action queued",
    "nightly": "seal audit days, release pending premi, prepare reminders",
    "check": "read-only proofs: check_books, trace, verify_audit",
    "keys": "seal identities anew under fresh keys, find them again, destroy keys of the erased",
    "public": "read what a public page may show",
    "shop": "a buyer without an account fills a cart, places, claims, cancels or asks for a return",
    "market": "a seller or a buyer under the neutral address: shops, their orders, their own books",
    "entrance": "let the first administrator in, from the server's command line",
    "tests": "arrange the world of a test",
}


class ScopeMissing(DatabaseError):
    """A protected table was touched outside acting() or system_scope()."""


class ClosedToPublic(DatabaseError):
    """A public page or a buyer touched a table that walls.py does not open to them."""


class NestedScope(RuntimeError):
    """Somebody opened a scope inside another actor's scope, or wrote inside a read-only one."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which facilities, in which roles. `name` is a code, never a person's name.

    `guided` are the facilities where only people of their own caseload are shown to them,
    `examined` the periods whose books are, where a letter of assignment bounds them.
    """

    name: str
    user_id: int | None = None
    facility_ids: frozenset[int] = frozenset()
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict, compare=False, hash=False)
    guided: frozenset[int] = frozenset()
    examined: frozenset[Examined] = frozenset()

    @property
    def person_id(self) -> int:
        """The signed-in person, for rows that need one; ValueError for the program itself."""
        if self.user_id is None:
            raise ValueError(f"{self.name} is nobody who can be signed in")
        return self.user_id


@dataclass(frozen=True, slots=True)
class Scope:
    actor: Actor
    reason: str
    read_only: bool

    @property
    def facility_ids(self) -> frozenset[int]:
        return self.actor.facility_ids


NAMED = {SCOPE_MISSING: ScopeMissing, CLOSED_TO_PUBLIC: ClosedToPublic}
_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    return _current.get()


def required() -> Scope:
    """The open scope; actions call this so that forgetting one fails loudly, not at the table."""
    scope = _current.get()
    if scope is None:
        raise ScopeMissing("scope_missing: open acting() or system_scope() first")
    return scope


def add_to_reason(words: str) -> None:
    """Say more in the audit of what is still done in this scope: in what capacity, for whom.

    ScopeMissing without a scope. Said twice, it stands there once.
    """
    reason = f"{required().reason}, {words}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('berdaya.reason', %s, true)", [reason])


@contextmanager
def acting(by: Actor, reason: str, *, read_only: bool = False) -> Iterator[Scope]:
    """Act as `by`: one transaction, its rows limited to the actor's facilities."""
    with _open(Scope(by, reason, read_only)) as scope:
        yield scope


@contextmanager
def system_scope(
    purpose: str, facilities: Iterable[int], *, read_only: bool = False
) -> Iterator[Scope]:
    """Act without a person, for one of SYSTEM_PURPOSES. Raises ValueError for another purpose."""
    if purpose not in SYSTEM_PURPOSES:
        raise ValueError(f"{purpose!r} is not in SYSTEM_PURPOSES")
    actor = Actor(f"system:{purpose}", None, frozenset(facilities))
    with _open(Scope(actor, purpose, read_only)) as scope:
        yield scope


@contextmanager
def _open(scope: Scope) -> Iterator[Scope]:
    outer = _current.get()
    if outer is not None:
        yield _join(outer, scope)
        return
    # Inside somebody's transaction (a test's) SET LOCAL would outlive the scope: undo it by hand.
    borrowed = connection.in_atomic_block
    with transaction.atomic():
        _announce(scope)
        token = _current.set(scope)
        try:
            yield scope
            if borrowed:
                _give_back()
        finally:
            _current.reset(token)


def _join(outer: Scope, inner: Scope) -> Scope:
    if outer.actor != inner.actor:
        raise NestedScope(f"{inner.actor.name} inside the scope of {outer.actor.name}")
    if outer.read_only and not inner.read_only:
        raise NestedScope("a writing scope inside a read-only one")
    return outer


def _announce(scope: Scope) -> None:
    request = structlog.contextvars.get_contextvars().get("request_id", "")
    facilities = "{" + ",".join(str(pk) for pk in sorted(scope.facility_ids)) + "}"
    told = {
        "berdaya.actor": scope.actor.name, "berdaya.reason": scope.reason,
        "berdaya.request": str(request), "berdaya.facilities": facilities,
        **_limits(scope.actor),
        # One round trip: this makes the whole transaction read-only, or leaves it as it is.
        "transaction_read_only": "on" if scope.read_only else "off",
    }  # fmt: skip
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in told)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(told.values()))
        if not scope.read_only and scope.actor.user_id is None:
            cursor.execute("SELECT core_note_system_scope()")


def _limits(actor: Actor) -> dict[str, str]:
    days, instants = spans(actor.facility_ids, actor.examined)
    return {
        "berdaya.caseload": caseload(actor.user_id, actor.guided, clock.today()),
        "berdaya.days": days,
        "berdaya.instants": instants,
    }


def _give_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        calls = ", ".join(f"set_config('{name}', '', true)" for name in SETTINGS)
        cursor.execute(f"SELECT {calls}")


def translate_errors(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Give every new connection a wrapper that names the missing scope."""
    if _name_missing_scope not in connection.execute_wrappers:
        connection.execute_wrappers.append(_name_missing_scope)


def _name_missing_scope(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state in NAMED:
            raise NAMED[state](str(error)) from error
        raise
