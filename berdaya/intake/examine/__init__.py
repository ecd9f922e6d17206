"""Looks at a whole book as a good colleague would, and says what it will become."""

from berdaya.intake.examine.days import examine_days
from berdaya.intake.examine.goods import examine_products
from berdaya.intake.examine.materials import examine_materials
from berdaya.intake.examine.output import examine_output
from berdaya.intake.examine.people import examine_people
from berdaya.intake.examine.sales import examine_sales
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import Plan, World
from berdaya.intake.records import Book

ORDER = {"doubt": 0, "refused": 1, "note": 2}


def examine(book: Book, world: World, notebook: Notebook) -> Plan:
    """The plan for a book in a world, with the choices in `notebook` applied; no database."""
    plan = Plan(chosen=notebook.chosen, done=world.done)
    examine_products(book, world, notebook, plan)
    examine_people(book, world, notebook, plan)
    examine_output(book, world, notebook, plan)
    examine_days(book, world, notebook, plan)
    examine_materials(book, world, notebook, plan)
    examine_sales(book, world, notebook, plan)
    plan.findings = sorted(notebook.findings, key=lambda finding: ORDER[finding.level])
    return plan
