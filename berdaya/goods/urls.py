"""Addresses of the goods."""

from django.urls import path

from berdaya.goods.views import products as views

app_name = "goods"
urlpatterns = [
    path("desk/products/", views.products, name="products"),
    path("desk/products/new/", views.new_product, name="new_product"),
    path("desk/products/<str:code>/", views.product, name="product"),
    path("desk/products/<str:code>/details/", views.product_details, name="product_details"),
    path("desk/products/<str:code>/variants/new/", views.new_variant, name="new_variant"),
    path("desk/products/<str:code>/variants/<int:pk>/", views.variant, name="variant"),
]
