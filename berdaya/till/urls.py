"""Addresses of events and stalls."""

from berdaya.till.urls_sales import sales_patterns

app_name = "till"
urlpatterns = [*sales_patterns]
