"""What every test stands on: the program's login, a cloned database, a scope to arrange in."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import databases
from tests.storage import storage as storage
from tests.world import Stage, make_world
from tests.world import staged as staged
from tests.world import world as world

# Clocks belong to bin/bench; a busy machine is no reason to fail.
SLOW = [HealthCheck.too_slow]
settings.register_profile("unhurried", deadline=None, suppress_health_check=SLOW)
settings.load_profile("unhurried")

# Django's models and templates are alive for good: walking over them took a quarter of the time.
gc.freeze()
gc.set_threshold(200_000, 20, 20)

CHROMIUM = os.environ.get("BERDAYA_CHROMIUM", "/usr/bin/chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM and os.path.exists(CHROMIUM):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """In place of pytest-django's: the owner makes a template, the program's login gets a clone."""
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with unblocked, databases.cloned(f"{os.getpid()}_{worker_id}") as name:
        yield name


@pytest.fixture(scope="session")
def cast(django_db_setup: str, django_db_blocker: object, worker_id: str) -> Iterator[Stage]:
    """A second clone in which the cast is committed once, for every test that asks for it."""
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with unblocked, databases.cloned(f"{os.getpid()}_{worker_id}_cast") as name:
        yield Stage.built(name, make_world)


@pytest.fixture(autouse=True)
def ground(request: pytest.FixtureRequest) -> Stage | None:
    """Before a test's transaction begins: the clone with its scene, else the empty one."""
    for wanted, kept in (
        ("furnished", "furnished"),
        ("twelve_shops", "twelve_shops"),
        ("world", "cast"),
    ):
        if wanted in request.fixturenames:
            stage: Stage = request.getfixturevalue(kept)
            databases.point_to(stage.database)
            return stage
    if "db" in request.fixturenames:
        databases.point_to(request.getfixturevalue("django_db_setup"))
    return None


@pytest.fixture
def real_db(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """A database of the test's own in which transactions really commit, for races and kills."""
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with unblocked, databases.cloned(f"{os.getpid()}_{worker_id}_real") as name:
        yield name


@pytest.fixture(autouse=True)
def keys(settings: object, tmp_path: Path) -> None:
    """Every test has a key store of its own."""
    settings.KEYSTORE_DIR = tmp_path / "keystore"  # type: ignore[attr-defined]
    settings.MASTER_KEY_DIR = tmp_path / "master-keys"  # type: ignore[attr-defined]
    settings.KEYSTORE_BACKUPS = tmp_path / "keystore-backups"  # type: ignore[attr-defined]


@pytest.fixture
def owner(db: None) -> Iterator[object]:
    """A second connection, of the owner, to the worker's database; sees only what is committed."""
    from django.db import connection

    with databases.owner_connection(connection.settings_dict["NAME"]) as other:
        yield other
