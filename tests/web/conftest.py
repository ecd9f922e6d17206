"""A third clone: something of everything in Atambua, for tests that walk over the whole desk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from tests import databases
from tests.web.desk import Desk, fit_out
from tests.web.market_arena import Fair, hosts
from tests.world import Stage, make_world

FOLDERS = {"KEYSTORE_DIR": "keystore", "MASTER_KEY_DIR": "master-keys"}


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of the furnished clone lie."""
    return tmp_path_factory.mktemp("sealed")


@pytest.fixture(scope="session")
def furnished(
    django_db_setup: str, django_db_blocker: object, worker_id: str, sealed: Path
) -> Iterator[Stage]:
    """The cast with all that `fit_out` adds, committed once."""
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with unblocked, databases.cloned(f"{os.getpid()}_{worker_id}_desk") as name:
        with override_settings(**{key: sealed / folder for key, folder in FOLDERS.items()}):
            stage = Stage.built(name, lambda: fit_out(make_world()))
        yield stage


@pytest.fixture(scope="session")
def twelve_shops(
    django_db_setup: str, django_db_blocker: object, worker_id: str, sealed: Path
) -> Iterator[Stage]:
    """A fourth: own businesses of released makers among others, and all that they answer."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    kept = {
        "STORAGES": settings.STORAGES | {"default": files | {"OPTIONS": {"location": sealed}}},
        "KEYSTORE_DIR": sealed / "fair",
        "MASTER_KEY_DIR": sealed / "fair-master",
    }
    unblocked = django_db_blocker.unblock()  # type: ignore[attr-defined]
    with unblocked, databases.cloned(f"{os.getpid()}_{worker_id}_twelve") as name:
        with override_settings(**kept, **hosts()):
            stage = Stage.built(name, lambda: Fair.held(make_world()))
        yield stage


@pytest.fixture
def desk(furnished: Stage, sealed: Path, staged: Desk, tmp_path: Path) -> Desk:
    """Every address that leads to something of Atambua, with copies of its keys."""
    for folder in FOLDERS.values():
        if (sealed / folder).exists():
            shutil.copytree(sealed / folder, tmp_path / folder)
    return staged
