"""The furnished desk, for tests that recount something of everything."""

from tests.web.conftest import desk, furnished, sealed

__all__ = ["desk", "furnished", "sealed"]
