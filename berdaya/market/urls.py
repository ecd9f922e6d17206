"""The desk's addresses of own businesses; what is public stands in urls_shop.py and urls_own.py."""

from django.urls import path

from berdaya.market.views import desk

ONE, SHOP = "desk/market-applications/<uuid:pk>/", "desk/market-shops/<uuid:pk>/"

app_name = "market"
urlpatterns = [
    path("desk/market-applications/", desk.applications, name="applications"),
    path(ONE, desk.application, name="application"),
    path(f"{ONE}admission/", desk.admission, name="admission"),
    path(f"{ONE}question/", desk.question, name="question"),
    path(f"{ONE}refusal/", desk.refusal, name="refusal"),
    path("desk/market-shops/", desk.shops, name="shops"),
    path(SHOP, desk.shop, name="shop"),
    path(f"{SHOP}invitation/", desk.invitation, name="invitation"),
    path(f"{SHOP}pause/", desk.pause, name="pause"),
    path(f"{SHOP}closing/", desk.closing, name="closing"),
    path(f"{SHOP}resumption/", desk.resumption, name="resumption"),
]
