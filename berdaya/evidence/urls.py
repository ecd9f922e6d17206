"""Addresses of evidence."""

from django.urls import path

from berdaya.evidence.views import declarations, lots, plots

LOT, ORDER = "desk/evidence/lots/<str:code>/", "desk/evidence/orders/<str:code>/"
PLOT = "desk/plots/<str:code>/"

app_name = "evidence"
urlpatterns = [
    path("desk/evidence/", lots.lots, name="lots"),
    path(LOT, lots.lot, name="lot"),
    path(f"{LOT}packs/", lots.lot_pack, name="lot_pack"),
    path(f"{LOT}plots/", lots.lot_plots, name="lot_plots"),
    path(f"{LOT}declarations/", declarations.lot_declaration, name="lot_declaration"),
    path(ORDER, lots.order, name="order"),
    path(f"{ORDER}packs/", lots.order_pack, name="order_pack"),
    path(f"{ORDER}declarations/", declarations.order_declaration, name="order_declaration"),
    path("desk/evidence-packs/<int:pk>/", lots.pack, name="pack"),
    path("desk/evidence-packs/<int:pk>/file/", lots.pack_file, name="pack_file"),
    path("desk/export-declarations/", declarations.declarations, name="declarations"),
    path("desk/export-declarations/<str:code>/", declarations.declaration, name="declaration"),
    path(
        "desk/export-declarations/<str:code>/paper/",
        declarations.declaration_paper,
        name="declaration_paper",
    ),
    path("desk/plots/", plots.plots, name="plots"),
    path("desk/plot-recording/", plots.new_plot, name="new_plot"),
    path("desk/plot-imports/", plots.import_plots, name="import_plots"),
    path("desk/plot-materials/", plots.materials, name="materials"),
    path("desk/plot-materials/<str:code>/", plots.material, name="material"),
    path(PLOT, plots.plot, name="plot"),
    path(f"{PLOT}correction/", plots.edit_plot, name="edit_plot"),
    path(f"{PLOT}geojson/", plots.plot_file, name="plot_file"),
]
