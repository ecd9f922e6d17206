"""Addresses of machines, their calendar and tools."""

from django.urls import path

from berdaya.equipment.views import calendar, care, register, tools

MACHINE = "desk/equipment/<str:code>/"
BOOKING = "desk/bookings/<int:pk>/"

app_name = "equipment"
urlpatterns = [
    path("desk/equipment/", register.equipment, name="equipment"),
    path("desk/equipment/new/", register.new_machine, name="new_machine"),
    path(MACHINE, register.machine, name="machine"),
    path(f"{MACHINE}details/", register.details, name="details"),
    path(f"{MACHINE}conditions/", register.conditions, name="conditions"),
    path(f"{MACHINE}shares/", register.shares, name="shares"),
    path(f"{MACHINE}plans/", care.plans, name="plans"),
    path(f"{MACHINE}maintenance/", care.care, name="care"),
    path(f"{MACHINE}breakdowns/", care.breakdowns, name="breakdowns"),
    path(f"{MACHINE}bookings/", calendar.new_booking, name="new_booking"),
    path("desk/equipment-shares/<int:pk>/ending/", register.share_ending, name="share_ending"),
    path("desk/maintenance/", care.works, name="works"),
    path("desk/maintenance/<int:pk>/finishing/", care.finishing, name="finishing"),
    path("desk/calendar/", calendar.week, name="week"),
    path("desk/equipment-use/", calendar.use, name="use"),
    path("desk/bookings/", calendar.bookings, name="bookings"),
    path(BOOKING, calendar.booking, name="booking"),
    path(f"{BOOKING}approval/", calendar.approval, name="approval"),
    path(f"{BOOKING}refusal/", calendar.refusal, name="refusal"),
    path(f"{BOOKING}moving/", calendar.moving, name="moving"),
    path(f"{BOOKING}cancellation/", calendar.cancellation, name="cancellation"),
    path(f"{BOOKING}seeing/", calendar.seeing, name="seeing"),
    path("desk/tool-sets/", tools.tool_sets, name="tool_sets"),
    path("desk/tool-sets/new/", tools.new_tool_set, name="new_tool_set"),
    path("desk/tool-sets/<int:pk>/", tools.tool_set, name="tool_set"),
    path("desk/tool-sets/<int:pk>/counting/", tools.counting, name="counting"),
    path("desk/tool-counts/", tools.tool_counts, name="tool_counts"),
    path("desk/tool-counts/<int:pk>/", tools.tool_count, name="tool_count"),
    path("desk/missing-tools/", tools.missing_tools, name="missing_tools"),
    path("desk/missing-tools/<int:pk>/", tools.missing_tool, name="missing_tool"),
    path("desk/missing-tools/<int:pk>/explanation/", tools.explanation, name="explanation"),
    path("desk/missing-tools/<int:pk>/confirmation/", tools.confirmation, name="confirmation"),
]
