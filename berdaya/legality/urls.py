"""Addresses of permits, of what products say of halal, and of requirements."""

from django.urls import path

from berdaya.legality.views import origins, overrides, papers, permits, rules, standings

app_name = "legality"
urlpatterns = [
    path("desk/permits/", permits.permits, name="permits"),
    path("desk/permits/new/", permits.new_permit, name="new_permit"),
    path("desk/permits/timeline/", permits.timeline, name="timeline"),
    path("desk/permits/requirements/", rules.requirements, name="requirements"),
    path("desk/permits/halal/", standings.standings, name="standings"),
    path("desk/permits/halal/<int:product_id>/", standings.standing, name="standing"),
    path("desk/permits/halal/<int:product_id>/statements/", standings.statement, name="statement"),
    path("desk/permits/<int:permit_id>/", permits.permit, name="permit"),
    path("desk/permits/<int:permit_id>/renewal/", permits.renewal, name="renewal"),
    path("desk/permits/<int:permit_id>/coverage/", papers.coverage, name="coverage"),
    path("desk/permits/<int:permit_id>/responsible/", papers.responsible, name="responsible"),
    path("desk/permits/<int:permit_id>/scans/", papers.scans, name="scans"),
    path("desk/permits/<int:permit_id>/scan/", permits.scan, name="scan"),
    path("desk/permits/<int:permit_id>/revocation/", permits.revocation, name="revocation"),
    path("desk/permits/countries/", rules.entries, name="entries"),
    path("desk/permits/products/<int:product_id>/origin/", origins.origin, name="origin"),
    path("desk/rules/", rules.rule_changes, name="rule_changes"),
    path("desk/rules/requirements/new/", rules.new_requirement, name="new_requirement"),
    path("desk/rules/countries/new/", rules.new_entry, name="new_entry"),
    path("desk/rules/<int:change_id>/", rules.rule_change, name="rule_change"),
    path("desk/rules/<int:change_id>/approval/", rules.rule_approval, name="rule_approval"),
    path("desk/rules/<int:change_id>/refusal/", rules.rule_refusal, name="rule_refusal"),
    path("desk/overrides/", overrides.overrides, name="overrides"),
    path("desk/overrides/new/", overrides.new_override, name="new_override"),
    path("desk/overrides/<int:override_id>/", overrides.override, name="override"),
    path(
        "desk/overrides/<int:override_id>/approval/",
        overrides.override_approval,
        name="override_approval",
    ),
    path(
        "desk/overrides/<int:override_id>/refusal/",
        overrides.override_refusal,
        name="override_refusal",
    ),
]
