"""Sessions in a table of our own, so that who, how and locked stand beside them.

The facts are columns and never travel in the session's own data: a slow request that saves an old
copy of its data can neither unlock a screen nor lengthen a session.
"""

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from berdaya.institutions.models import StaffSession

# What a new key of the same session keeps, its end included.
KEPT = (
    *("staff_id", "pc_id", "proof", "agent", "started_at", "seen_at", "proved_at", "locked_at"),
    "expire_date",
)


class SessionStore(DatabaseStore):
    """Django's, with its row at hand; saving changes the data and nothing else of the row."""

    _row: StaffSession | None = None

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    @property
    def row(self) -> StaffSession | None:
        """The session's row as it was read, or None for a session that was never kept."""
        self._get_session()
        return self._row

    def _get_session_from_db(self) -> StaffSession | None:
        self._row = super()._get_session_from_db()
        return self._row

    def create_model_instance(self, data: Any) -> StaffSession:
        self._row = super().create_model_instance(data)
        return self._row

    def save(self, must_create: bool = False) -> None:
        """Only the data of a row that exists; its end stays where sign-in put it."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        data = self.encode(self._get_session())
        kept = StaffSession.objects.filter(session_key=self.session_key)
        if not kept.update(session_data=data):
            raise UpdateError

    def cycle_key(self) -> None:
        before = self.row
        super().cycle_key()
        if before is not None and before.staff_id is not None:
            self.note(**{name: getattr(before, name) for name in KEPT})

    def flush(self) -> None:
        super().flush()
        self._row = None

    def note(self, **facts: Any) -> None:
        """Write facts into the row's columns, at once."""
        StaffSession.objects.filter(session_key=self.session_key).update(**facts)
        row = self.row
        for name, value in facts.items():
            setattr(row, name, value)
