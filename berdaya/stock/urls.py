"""Addresses of the stock."""

from django.urls import path

from berdaya.stock.views import changes, gates, levels

app_name = "stock"
urlpatterns = [
    path("desk/stock/", levels.levels, name="levels"),
    path("desk/stock/lots/", levels.lots, name="lots"),
    path("desk/stock/lots/<str:code>/", levels.lot, name="lot"),
    path("desk/stock/lots/<str:code>/qr.svg", levels.lot_qr, name="lot_qr"),
    path("desk/stock/lots/<str:code>/labels/", levels.lot_labels, name="lot_labels"),
    path("desk/stock/lots/<str:code>/transfers/", changes.transfers, name="transfers"),
    path("desk/stock/lots/<str:code>/losses/", changes.losses, name="losses"),
    path("desk/stock/cards/<int:variant_id>/", levels.card, name="card"),
    path("desk/stock/cards/<int:variant_id>/print/", levels.card_print, name="card_print"),
    path("desk/stock/places/", levels.places, name="places"),
    path("desk/stock/places/new/", levels.new_place, name="new_place"),
    path("desk/stock/places/<int:pk>/", levels.place, name="place"),
    path("desk/stock/places/<int:pk>/counting/", changes.new_count, name="new_count"),
    path("desk/stock/places/<int:pk>/leaving/", gates.new_gate_pass, name="new_gate_pass"),
    path("desk/stock/counts/", changes.counts, name="counts"),
    path("desk/stock/counts/<int:pk>/", changes.count, name="count"),
    path("desk/gate-passes/", gates.gate_passes, name="gate_passes"),
    path("desk/gate-passes/<str:code>/", gates.gate_pass, name="gate_pass"),
    path("desk/gate-passes/<str:code>/approval/", gates.approval, name="approval"),
    path("desk/gate-passes/<str:code>/refusal/", gates.refusal, name="refusal"),
    path("desk/gate-passes/<str:code>/delivery-note/", gates.delivery_note, name="delivery_note"),
]
