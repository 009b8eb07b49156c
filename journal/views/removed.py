"""What was taken away in the last thirty days, and can be brought back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from journal.models import Exchange
from journal.models.exchange import KEPT_FOR

AT_MOST = 100


@require_safe
@family_required
def index(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    gone = Exchange.objects.kept_by(request.user).filter(removed_at__gt=now - KEPT_FOR)
    found = gone.distinct().with_tale().order_by("-removed_at")[:AT_MOST]
    return render(request, "journal/removed.html", {"exchanges": found, "now": now, "place": "exchanges"})
