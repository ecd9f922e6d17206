"""Addresses of the stall itself: sessions, notas, paper blocks, cash."""

from django.urls import URLPattern, path

from berdaya.till.views import notas, paper_blocks, roundings, stall_sessions, write_offs

SESSION = "desk/stall-sessions/<uuid:pk>/"
NOTA = "desk/notas/<uuid:pk>/"
BLOCK = "desk/paper-blocks/<int:pk>/"

sales_patterns: list[URLPattern] = [
    path("desk/stall-sessions/", stall_sessions.sessions, name="sessions"),
    path("desk/stalls/<int:pk>/opening/", stall_sessions.opening, name="opening"),
    path(SESSION, stall_sessions.session, name="session"),
    path(f"{SESSION}selling/", stall_sessions.selling, name="selling"),
    path(f"{SESSION}paper/", stall_sessions.paper_selling, name="paper_selling"),
    path(f"{SESSION}closing/", stall_sessions.closing, name="session_closing"),
    path("desk/notas/", notas.notas, name="notas"),
    path(NOTA, notas.nota, name="nota"),
    path(f"{NOTA}print/", notas.nota_print, name="nota_print"),
    path(f"{NOTA}voiding/", notas.nota_voiding, name="nota_voiding"),
    path(f"{NOTA}proof/", notas.nota_proof, name="nota_proof"),
    path(f"{NOTA}note/", notas.nota_note, name="nota_note"),
    path(f"{NOTA}write-off/", write_offs.nota_write_off, name="nota_write_off"),
    path(
        "desk/qris-write-offs/<int:pk>/decision/",
        write_offs.write_off_decision,
        name="write_off_decision",
    ),
    path("desk/stalls/<int:pk>/new-block/", paper_blocks.new_block, name="new_block"),
    path("desk/paper-blocks/", paper_blocks.blocks, name="blocks"),
    path(BLOCK, paper_blocks.block, name="block"),
    path(f"{BLOCK}gaps/", paper_blocks.block_gaps, name="block_gaps"),
    path("desk/papers/<int:pk>/photo/", paper_blocks.paper_photo, name="paper_photo"),
    path("desk/cash-rounding/", roundings.roundings, name="roundings"),
    path("desk/cash-rounding/new/", roundings.new_rounding, name="new_rounding"),
    path("desk/cash-handovers/", notas.cash_ins, name="cash_ins"),
    path("desk/cash-handovers/<int:pk>/receiving/", notas.cash_receiving, name="cash_receiving"),
]
