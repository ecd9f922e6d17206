"""Addresses of the public pages."""

from django.urls import path

from berdaya.web.views import editions, home, machines, open_data, origin, products, umkm, units

app_name = "web"
OPEN = "data-terbuka/"

urlpatterns = [
    path("", home.home, name="home"),
    path("produk/", products.products, name="products"),
    path("produk/<slug:slug>/", products.product, name="product"),
    path("unit/<slug:code>/", units.unit, name="facility"),
    path("wilayah/<str:code>/", editions.edition_page, name="edition"),
    path("asal", origin.check, name="check"),
    path("asal/<str:code>", origin.origin, name="origin"),
    path("peta/<slug:code>.svg", machines.unit_map, name="map"),
    path("berbagi/berdaya.png", machines.site_card, name="site_card"),
    path("berbagi/unit/<slug:code>.png", machines.unit_card, name="unit_card"),
    path("berbagi/<slug:slug>.png", machines.product_card, name="product_card"),
    path("desk/umkm/", umkm.desk, name="umkm"),
    path(OPEN, open_data.open_data, name="open_data"),
    path(f"{OPEN}katalog.json", open_data.catalogue, name="open_catalogue"),
    path(f"{OPEN}<slug:dataset>.csv", open_data.data_csv, name="open_csv"),
    path(f"{OPEN}<slug:dataset>.json", open_data.data_json, name="open_json"),
    path(f"{OPEN}<slug:dataset>.csv-metadata.json", open_data.data_metadata, name="open_metadata"),
    path(f"{OPEN}grafik/<slug:key>/", open_data.chart_file, name="open_chart"),
    path(f"{OPEN}sematan/<slug:key>/", open_data.embed, name="open_embed"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
