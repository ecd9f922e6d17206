"""The stall's pages: statements do not grow with rows, and work as plain forms."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from berdaya.till.models import StallClosing, StallSale
from tests.counting import count_queries
from tests.till.stall_scene import Fair, open_fair, qris_paid
from tests.world import World


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)
