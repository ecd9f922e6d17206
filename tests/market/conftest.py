"""The UMKM side's officer at the tests' cast, and the file store of a test's own."""

import pytest

from tests.market.scene import Market, officer
from tests.world import World


@pytest.fixture
def market(world: World) -> Market:
    """Nobody has a shop yet."""
    return Market(world, officer(world))
