"""Addresses of events, hand-outs and settlements."""

from django.urls import URLPattern, path

from berdaya.till.views import events, hand_outs, settlements

EVENT = "desk/events/<int:pk>/"
HAND_OUT = "desk/hand-outs/<uuid:pk>/"
SETTLEMENT = "desk/stall-settlements/<int:pk>/"

event_patterns: list[URLPattern] = [
    path("desk/events/", events.event_list, name="events"),
    path("desk/events/new/", events.new_event, name="new_event"),
    path(EVENT, events.event, name="event"),
    path(f"{EVENT}stalls/", events.new_stall, name="new_stall"),
    path(f"{EVENT}invitations/", events.invitations, name="invitations"),
    path(f"{EVENT}answer/", events.answer, name="answer"),
    path(f"{EVENT}proposals/", events.new_proposal, name="new_proposal"),
    path(f"{EVENT}decisions/", events.decisions, name="decisions"),
    path(f"{EVENT}results/", events.results, name="results"),
    path("desk/hand-outs/", hand_outs.hand_outs, name="hand_outs"),
    path("desk/stalls/<int:stall_id>/hand-out/", hand_outs.new_hand_out, name="new_hand_out"),
    path(HAND_OUT, hand_outs.hand_out, name="hand_out"),
    path(f"{HAND_OUT}receipt/", hand_outs.receipt, name="receipt"),
    path(f"{HAND_OUT}hand-back/", hand_outs.hand_back, name="hand_back"),
    path(f"{HAND_OUT}loss/", hand_outs.loss, name="loss"),
    path(f"{HAND_OUT}print/", hand_outs.hand_out_print, name="hand_out_print"),
    path("desk/hand-backs/<int:back_id>/print/", hand_outs.hand_back_print, name="hand_back_print"),
    path(
        "desk/stall-losses/<int:loss_id>/decision/", hand_outs.loss_decision, name="loss_decision"
    ),
    path("desk/stall-settlements/", settlements.settlements, name="settlements"),
    path(
        "desk/stalls/<int:stall_id>/settlements/<int:book_id>/",
        settlements.new_settlement,
        name="new_settlement",
    ),
    path(SETTLEMENT, settlements.settlement, name="settlement"),
    path(f"{SETTLEMENT}approval/", settlements.approval, name="settlement_approval"),
    path(f"{SETTLEMENT}refusal/", settlements.refusal, name="settlement_refusal"),
    path(f"{SETTLEMENT}payment/", settlements.payment, name="settlement_payment"),
    path(f"{SETTLEMENT}print/", settlements.settlement_print, name="settlement_print"),
]
