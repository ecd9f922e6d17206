"""Addresses of what comes after release."""

from django.urls import path

from berdaya.aftercare.views import clients, fieldwork, guiding, plans, support

CLIENT, GRANT, PLAN = "desk/clients/<str:code>/", "desk/tools-grants/<str:code>/", (
    "desk/plans/<str:code>/"
)  # fmt: skip

app_name = "aftercare"
urlpatterns = [
    path("desk/clients/", clients.clients, name="clients"),
    path("desk/client-names/", clients.names, name="names"),
    path(CLIENT, clients.client, name="client"),
    path(f"{CLIENT}supervision/", guiding.supervision, name="supervision"),
    path(f"{CLIENT}follow-ups/", guiding.new_follow_up, name="new_follow_up"),
    path(f"{CLIENT}contact-consents/", guiding.new_consent, name="new_consent"),
    path(f"{CLIENT}departure/", guiding.safe_exit, name="safe_exit"),
    path(f"{CLIENT}referrals/", support.new_referral, name="new_referral"),
    path(f"{CLIENT}grants/", support.new_grant, name="new_grant"),
    path("desk/referrals/<int:pk>/steps/", support.referral_step, name="referral_step"),
    path(GRANT, support.grant, name="grant"),
    path(f"{GRANT}approval/", support.approval, name="approval"),
    path(f"{GRANT}receipt/", support.receipt, name="receipt"),
    path(f"{GRANT}handover/", support.handover, name="handover"),
    path("desk/fieldwork/", fieldwork.fieldwork, name="fieldwork"),
    path("desk/fieldwork/follow-ups/", fieldwork.sync, name="sync"),
    path("desk/fieldwork/worker.js", fieldwork.worker, name="worker"),
    path("desk/plans/", plans.plans, name="plans"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}edit/", plans.edit_plan, name="edit_plan"),
    path(f"{PLAN}print/", plans.plan_print, name="plan_print"),
    path(f"{PLAN}signing/", plans.signing, name="signing"),
    path(f"{PLAN}approval/", plans.plan_approval, name="plan_approval"),
    path(f"{PLAN}return/", plans.plan_return, name="plan_return"),
    path("desk/wbp/<str:code>/plans/", plans.person_plans, name="person_plans"),
    path("desk/wbp/<str:code>/plans/new/", plans.new_plan, name="new_plan"),
]
