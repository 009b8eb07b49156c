"""A break that was offered, waved away in one tap."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.delivery.answers import answer
from attachment_app.delivery.models import Answer, Kind, Occurrence
from attachment_app.web.htmx import swap_or_go

OFFERS = (Kind.OFFER, Kind.CARE)


@require_POST
@login_required
def wave(request: PersonRequest, offer_id: UUID) -> HttpResponse:
    offers = Occurrence.objects.visible_to(request.user).filter(kind__in=OFFERS)
    answer(get_object_or_404(offers, id=offer_id), Answer.NOT_NOW, timezone.now())
    return swap_or_go(request, "journal/_waved.html", {}, reverse("today"))
