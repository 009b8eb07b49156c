"""The facilitator ends a group: nobody is counted in it any more, and what was released can still be read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import for_facilitators, led
from attachment_app.web.htmx import SeeOther


@require_POST
@for_facilitators
def end(request: PersonRequest, group_id: UUID) -> HttpResponse:
    with led(request.user, group_id) as group:
        group.end(timezone.now())
    messages.success(request, _("“%(group)s” has ended.") % {"group": group})
    return SeeOther(reverse("groups:follow-up", args=[group_id]))
