"""Addresses of events and stalls."""

from berdaya.till.urls_events import event_patterns

app_name = "till"
urlpatterns = [*event_patterns]
