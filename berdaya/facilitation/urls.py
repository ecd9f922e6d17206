"""Addresses of help on the way to a permit, and of what products still lack."""

from django.urls import path

from berdaya.facilitation.views import cases, figures, readiness, steps

ONE = "desk/facilitation/<str:code>/"
STEP = "desk/facilitation-steps/<int:pk>/"

app_name = "facilitation"
urlpatterns = [
    path("desk/facilitation/", cases.cases, name="cases"),
    path("desk/facilitation-requests/", cases.new_case, name="new_case"),
    path("desk/facilitation/figures/", figures.figures, name="figures"),
    path(ONE, cases.case, name="case"),
    path(f"{ONE}assignment/", cases.assignment, name="assignment"),
    path(f"{ONE}taking/", cases.taking, name="taking"),
    path(f"{ONE}handing-back/", cases.handing_back, name="handing_back"),
    path(f"{ONE}promise/", cases.promising, name="promising"),
    path(f"{ONE}messages/", cases.messages, name="messages"),
    path(f"{ONE}finishing/", cases.finishing, name="finishing"),
    path(f"{ONE}ending/", cases.giving_up, name="giving_up"),
    path(f"{STEP}completion/", steps.completion, name="completion"),
    path(f"{STEP}omission/", steps.omission, name="omission"),
    path(f"{STEP}document/", steps.document, name="document"),
    path("desk/readiness/", readiness.readiness, name="readiness"),
    path("desk/readiness/units/<str:code>/", readiness.unit, name="unit"),
    path("desk/readiness/<str:code>/", readiness.product, name="product"),
]
