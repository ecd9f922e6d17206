"""Is the process alive, and can it serve? For the starter and for whoever watches the server."""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout


def health(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers as the program's login, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM django_migrations LIMIT 1")
            return JsonResponse({"ready": True})
    except (Error, PoolTimeout):
        return JsonResponse({"ready": False}, status=503)
