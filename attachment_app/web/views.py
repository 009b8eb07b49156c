"""Pages of the site itself: health, the static page for a database that is away, and refused forms."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def without_database(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that reads no table: it is called outside the person's transaction."""
    view.needs_no_database = True  # type: ignore[attr-defined]
    return view


@without_database
@never_cache
@require_safe
def up(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and every migration is applied; it never asks the broker."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"up": False, "database": "does not answer"}, status=503)
    if waiting:
        return JsonResponse({"up": False, "migrations": f"{waiting} not applied"}, status=503)
    return JsonResponse({"up": True, "database": "answers", "migrations": "applied"})


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page for a database that is away: it needs none, and still shows how to take a break."""
    return render(request, "503.html", {"still": True}, status=503)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: say so kindly; what was written is still in the browser's page."""
    return render(request, "403_csrf.html", {"still": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"still": True}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"still": True}, status=404)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    return render(request, "500.html", {"still": True}, status=500)
