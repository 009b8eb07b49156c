"""How a view finds an exchange. Finding is the permission check: to a stranger it is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from attachment_app.accounts.requests import PersonRequest
from journal.models import Exchange


def seen_by(request: PersonRequest, exchange_id: UUID) -> Exchange:
    """An exchange that this person may look at. Raises Http404."""
    return get_object_or_404(Exchange.objects.visible_to(request.user).with_tale(), id=exchange_id)


def kept_by(request: PersonRequest, exchange_id: UUID) -> Exchange:
    """An exchange that this person may change, also one that was removed. Raises Http404."""
    return get_object_or_404(Exchange.objects.kept_by(request.user).with_tale(), id=exchange_id)


def joined_by(request: PersonRequest, exchange_id: UUID) -> Exchange:
    """An exchange of a family in which this person logs, to which they may add what is their own. Raises Http404."""
    return get_object_or_404(Exchange.objects.joined_by(request.user).with_tale(), id=exchange_id)
