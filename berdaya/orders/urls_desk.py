"""Addresses of the desk: orders, matching, returns, rates."""

from django.urls import URLPattern, path

from berdaya.orders.views import (
    desk_matching,
    desk_orders,
    desk_packing,
    desk_rates,
    desk_returns,
)

ONE = "desk/orders/<str:code>/"

desk_patterns: list[URLPattern] = [
    path("desk/orders/", desk_orders.orders, name="orders"),
    path(ONE, desk_orders.order, name="order"),
    path(f"{ONE}packing/", desk_packing.packing, name="packing"),
    path(f"{ONE}swaps/", desk_packing.swaps, name="swaps"),
    path(f"{ONE}unpacking/", desk_packing.unpacking, name="unpacking"),
    path(f"{ONE}picklist/", desk_packing.picklist, name="picklist"),
    path(f"{ONE}label/", desk_packing.label, name="label"),
    path(f"{ONE}delivery-note/", desk_packing.delivery_note, name="delivery_note"),
    path(f"{ONE}gate-pass/", desk_orders.gate_pass, name="gate_pass"),
    path(f"{ONE}handover/", desk_orders.handover, name="handover"),
    path(f"{ONE}tracking/", desk_orders.tracking, name="tracking"),
    path(f"{ONE}delivery/", desk_orders.delivery, name="delivery"),
    path(f"{ONE}cancellation/", desk_orders.cancellation, name="cancellation"),
    path(f"{ONE}money/", desk_orders.money, name="money"),
    path(f"{ONE}money-back/", desk_orders.money_back, name="money_back"),
    path(f"{ONE}deadline/", desk_orders.deadline, name="deadline"),
    path(f"{ONE}claim-refusal/", desk_orders.claim, name="claim_refusal"),
    path(f"{ONE}revival/", desk_orders.revival, name="revival"),
    path(f"{ONE}returns/", desk_returns.new_return, name="new_return"),
    path("desk/matching/", desk_matching.matching, name="matching"),
    path("desk/matching/new/", desk_matching.new_money, name="new_money"),
    path("desk/matching/statement/", desk_matching.statement, name="statement"),
    path("desk/matching/<uuid:pk>/", desk_matching.money_in, name="money_in"),
    path("desk/matching/<uuid:pk>/return/", desk_matching.money_return, name="money_return"),
    path("desk/matching/<uuid:pk>/unmatching/", desk_matching.unmatching, name="unmatching"),
    path("desk/returns/", desk_returns.returns, name="returns"),
    path("desk/returns/<str:code>/", desk_returns.goods_return, name="return"),
    path("desk/returns/<str:code>/refusal/", desk_returns.return_refusal, name="return_refusal"),
    path("desk/shipping-rates/", desk_rates.rates, name="rates"),
    path("desk/shipping-rates/new/", desk_rates.new_rate, name="new_rate"),
    path("desk/payment-terms/", desk_rates.terms, name="terms"),
    path("desk/payment-terms/new/", desk_rates.new_term, name="new_term"),
]
