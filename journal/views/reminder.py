"""One reminder: changing it, turning it off and on, deleting it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.requests import PersonRequest
from attachment_app.delivery.forms import SwitchForm
from attachment_app.web.htmx import SeeOther
from journal import rules
from journal.ideas import suggested
from journal.models import Reminder
from journal.reminder_forms import ReminderForm, as_written

from .reminders import choices, spoken_of


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def show(request: PersonRequest, reminder_id: UUID) -> HttpResponse:
    reminder, now = _mine(request, reminder_id).open(), timezone.now()
    children = [reminder.child] if reminder.child else spoken_of(request)
    form = ReminderForm(
        children, rules.hour_of(request.user, now), now, request.POST or None, initial=as_written(reminder)
    )
    if request.method == "POST" and form.is_valid():
        rules.change(reminder, form.as_said(), now)
        return SeeOther(_in_list(reminder, "?saved=" + str(reminder.pk)))
    context = {**choices(form, suggested(reminder.child, timezone.localdate())), "reminder": reminder}
    return render(request, "journal/reminder.html", context, status=422 if form.errors else 200)


@require_POST
@family_required
def switch(request: PersonRequest, reminder_id: UUID) -> HttpResponse:
    reminder, form = _mine(request, reminder_id), SwitchForm(request.POST)
    if form.is_valid():
        rules.turn(reminder, form.is_on, timezone.now())
    return SeeOther(_in_list(reminder))


@require_POST
@family_required
def remove(request: PersonRequest, reminder_id: UUID) -> HttpResponse:
    """For good, its words too. What came of it stays in the inbox for its time, without them."""
    _mine(request, reminder_id).delete()
    return SeeOther(reverse("journal:reminders") + "?removed=1")


def _mine(request: PersonRequest, reminder_id: UUID) -> Reminder:
    """Their own alone: to everybody else it is not there. Raises Http404."""
    own = Reminder.objects.visible_to(request.user).select_related("child", "person")
    reminder: Reminder = get_object_or_404(own, pk=reminder_id)
    return reminder


def _in_list(reminder: Reminder, query: str = "") -> str:
    return reverse("journal:reminders") + f"{query}#reminder-{reminder.pk}"
