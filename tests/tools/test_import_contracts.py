"""The contract about a room's own doors breaks when somebody comes in by the window."""

import pytest
from grimp import ImportGraph

from tools.import_contracts import OwnDoors


def checked(importer: str, imported: str) -> list[str]:
    """Who breaks the contract when `importer` imports `imported`."""
    graph = ImportGraph()
    for module in (importer, imported):
        graph.add_module(module)
    graph.add_import(
        importer=importer, imported=imported, line_number=3, line_contents="from … import …"
    )
    options = {
        "root": "berdaya",
        "doors": ["views", "forms", "tasks"],
        "libraries": ["core", "look"],
    }
    contract = OwnDoors(name="doors", session_options={}, contract_options=options)
    result = contract.check(graph, verbose=False)
    assert result.kept == (not result.metadata["found"])
    return [detail["importer"] for detail in result.metadata["found"]]


@pytest.mark.parametrize("door", ["views.batches", "forms", "tasks"])
def test_door_of_another_room_breaks_it(door: str) -> None:
    assert checked("berdaya.intake.actions.runs", f"berdaya.workshop.{door}") == [
        "berdaya.intake.actions.runs"
    ]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("berdaya.workshop.urls", "berdaya.workshop.views.batches"),
        ("berdaya.intake.actions.runs", "berdaya.workshop.actions.batches"),
        ("berdaya.workshop.forms", "berdaya.look.forms"),
        ("berdaya.workshop.tasks", "berdaya.core.tasks"),
        ("berdaya.urls", "berdaya.web.views.home"),
    ],
)
def test_own_room_verbs_and_libraries_keep_it(importer: str, imported: str) -> None:
    assert checked(importer, imported) == []
