"""A facilitator's pages act as the database's role `groups`, which reaches group tables and releases and nothing else.

A view looks up everything that it needs in here, as lists and not as lazy queries, and renders afterwards, when the
transaction is the parent's role `web` again (the page's frame reads the journal, which this role may not):

    with leading(request.user):
        group = get_object_or_404(ParentingGroup.objects.led_by(request.user), id=group_id)
        guests = list(GroupMembership.objects.filter(group=group).approved())
        releases = Release.objects.seen_by(request.user, group, now=timezone.now())
    return render(request, "groups/show.html", {…})
"""

from collections.abc import Iterator
from contextlib import contextmanager

from attachment_app.accounts.models import Person
from attachment_app.lib.roles import GROUPS
from attachment_app.web.person import acting_for


@contextmanager
def leading(person: Person) -> Iterator[None]:
    """As `groups`, for this person. Somebody whose role was taken back sees no row."""
    with acting_for(person.pk, role=GROUPS):
        yield
