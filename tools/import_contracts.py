"""The import rule that import-linter has no word for: a room's doors are its own."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OwnDoors(Contract):
    """Nobody outside a room imports its views, forms or tasks (docs/map.md).

    `libraries` are rooms that offer such modules to all the others.
    """

    type_name = "own_doors"

    root = fields.StringField()
    doors = fields.ListField(subfield=fields.StringField())
    libraries = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Broken if any module of another room imports a door; the metadata lists who and where."""
        found = [
            detail
            for module in sorted(graph.modules)
            if self._is_door(module)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if self._is_outsider(importer, module)
            for detail in graph.get_import_details(importer=importer, imported=module)
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import, in the words of a compiler."""
        for detail in check.metadata["found"]:
            place = f"{detail['importer']}:{detail['line_number']}"
            output.print_error(f"{place}: {detail['line_contents']}")

    def _is_door(self, module: str) -> bool:
        root, *inside = module.split(".")
        return (
            root == self.root
            and len(inside) > 1
            and inside[0] not in (self.libraries or [])
            and inside[1] in self.doors
        )

    def _is_outsider(self, importer: str, door: str) -> bool:
        """Another room; the program's own list of addresses and settings stands above the rooms."""
        theirs = importer.split(".")
        return len(theirs) > 2 and theirs[1] != door.split(".")[1]
