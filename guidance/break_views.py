"""“I need a minute”."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attachment_app.web.views import without_database


@without_database
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/break.html", {"still": True, "place": "break"})
