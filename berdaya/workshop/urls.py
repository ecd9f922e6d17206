"""Addresses of the workshop."""

from django.urls import path

from berdaya.workshop.views import (
    batches,
    board,
    counts,
    equipment,
    materials,
    names,
    prints,
    safety,
    sheets,
    skills,
)

SHEET = "desk/sheets/<int:workshop>/<str:day>/"
BATCH = "desk/batches/<str:code>/"

app_name = "workshop"
urlpatterns = [
    path("desk/sheets/", sheets.sheets, name="sheets"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}blank/", prints.sheet, {"kind": "kosong"}, name="sheet_blank"),
    path(f"{SHEET}filled/", prints.sheet, {"kind": "isi"}, name="sheet_filled"),
    path(f"{SHEET}names/", names.names, name="sheet_names"),
    path(f"{SHEET}names/print/", names.roll_print, name="roll_print"),
    path(f"{SHEET}cards/", prints.workshop_cards, name="workshop_cards"),
    path("desk/work-cards/<str:code>/<str:day>/", prints.card, name="card"),
    path("desk/batches/", batches.batches, name="batches"),
    path("desk/batches/new/", batches.new_batch, name="new_batch"),
    path(BATCH, batches.batch, name="batch"),
    path(f"{BATCH}materials/", batches.uses, name="uses"),
    path(f"{BATCH}checks/", batches.checks, name="checks"),
    path(f"{BATCH}closing/", batches.closing, name="closing"),
    path(f"{BATCH}equipment/", equipment.batch_equipment, name="batch_equipment"),
    path(f"{BATCH}record/", prints.batch_record, name="batch_record"),
    path("desk/materials/", materials.materials, name="materials"),
    path("desk/materials/new/", materials.new_receipt, name="new_receipt"),
    path("desk/people-counts/", counts.people_counts, name="people_counts"),
    path("desk/workshops/", materials.workshops, name="workshops"),
    path("desk/workshops/new/", materials.edit_workshop, name="new_workshop"),
    path("desk/workshops/<int:pk>/safety/", safety.safety, name="safety"),
    path("desk/workshops/<int:pk>/safety/new/", safety.new_check, name="new_check"),
    path("desk/workshops/<int:pk>/stops/", safety.new_stop, name="new_stop"),
    path("desk/workshops/<int:pk>/skills/", skills.skills, name="skills"),
    path("desk/workshops/<int:pk>/skills/new/", skills.new_requirement, name="new_requirement"),
    path("desk/workshops/<int:pk>/learning/", skills.new_exemption, name="new_exemption"),
    path(
        "desk/skill-requirements/<int:pk>/ending/",
        skills.requirement_ending,
        name="requirement_ending",
    ),
    path("desk/workshop-stops/<int:pk>/lifting/", safety.end_stop, name="end_stop"),
    path("desk/workshops/<int:pk>/equipment/", equipment.needs, name="needs"),
    path("desk/workshops/<int:pk>/equipment/new/", equipment.new_need, name="new_need"),
    path("desk/workshops/<int:pk>/tools/", equipment.new_tool_set, name="workshop_tools"),
    path("desk/workshop-needs/<int:pk>/ending/", equipment.need_ending, name="need_ending"),
    path("desk/workshop-tools/<int:pk>/removal/", equipment.tools_removal, name="tools_removal"),
    path("desk/workshops/<int:pk>/board/", board.board, name="board"),
    path("desk/workshops/<int:pk>/board/new/", board.new_work, name="new_work"),
    path("desk/workshops/<int:pk>/times/", board.times, name="times"),
    path("desk/workshops/<int:pk>/times/new/", board.new_time, name="new_time"),
    path("desk/standard-times/<int:pk>/ending/", board.time_ending, name="time_ending"),
    path("desk/work-orders/<int:pk>/place/", board.work_place, name="work_place"),
    path("desk/work-orders/<int:pk>/ending/", board.work_ending, name="work_ending"),
    path("desk/incidents/", safety.incidents, name="incidents"),
    path("desk/incidents/new/", safety.new_incident, name="new_incident"),
    path("desk/incidents/<str:code>/", safety.incident, name="incident"),
    path("desk/workshops/<int:pk>/", materials.edit_workshop, name="edit_workshop"),
]
