"""Addresses of indicators, targets and reports."""

from django.urls import path

from berdaya.insight.views import boards, indicators, reports, targets

app_name = "insight"
REPORT = "desk/reports/<slug:code>/<str:month>/"

urlpatterns = [
    path("desk/boards/", boards.board, name="boards"),
    path("desk/boards/<slug:board>/", boards.board, name="board"),
    path("desk/indicators/", indicators.indicators, name="indicators"),
    path("desk/indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("desk/indicators/<slug:code>/<slug:unit>/<str:month>/", indicators.rows, name="rows"),
    path("desk/targets/", targets.targets, name="targets"),
    path("desk/targets/new/", targets.new_target, name="new_target"),
    path("desk/seats/new/", targets.new_seat, name="new_seat"),
    path("desk/reports/", reports.reports, name="reports"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}sending/", reports.sending, name="sending"),
    path(f"{REPORT}answer/", reports.answer, name="answer"),
    path(f"{REPORT}paper/", reports.paper, name="paper"),
]
