"""Addresses of what people learn."""

from berdaya.training.urls_certificates import PATTERNS

app_name = "training"
urlpatterns = [*PATTERNS]
