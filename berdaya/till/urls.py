"""Addresses of events and stalls."""

from berdaya.till.urls_events import event_patterns
from berdaya.till.urls_sales import sales_patterns

app_name = "till"
urlpatterns = [*event_patterns, *sales_patterns]
