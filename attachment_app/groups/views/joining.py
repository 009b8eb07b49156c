"""Joining a group by a link or a typed code. What fits nothing is told no more than that."""

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.models import Person
from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.forms import AskForm, CodeForm
from attachment_app.groups.models import GroupMembership, Invitation, ParentingGroup
from attachment_app.groups.models.invitation import TooManyTries
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def by_code(request: PersonRequest) -> HttpResponse:
    """A code that fits leads on to the page that a link opens."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["code"]
        try:
            if Invitation.objects.accepted(said, request.user, timezone.now()):
                return SeeOther(reverse("groups:asking", args=[said]))
        except TooManyTries:
            return _too_many(request)
        form.add_error("code", _("We do not know this code."))
    return render(request, "groups/joining.html", {"form": form, "place": "groups"}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: PersonRequest, said: str) -> HttpResponse:
    """`said` is a link's token or a code. Asking twice is asking once."""
    try:
        group_id = Invitation.objects.accepted(said, request.user, timezone.now())
    except TooManyTries:
        return _too_many(request)
    if group_id is None:
        return render(request, "groups/unknown.html", {"place": "groups"}, status=404)
    here = reverse("groups:group", args=[group_id])
    if GroupMembership.objects.of(request.user).filter(group_id=group_id).exists():
        return SeeOther(here)
    is_confirmed = _is_confirmed(request.user)
    form = AskForm(request.POST or None, initial={"known_as": request.user.name})
    if request.method == "POST" and is_confirmed and form.is_valid():
        GroupMembership.objects.ask(group_id, request.user, form.cleaned_data["known_as"], timezone.now())
        return SeeOther(here)
    group = ParentingGroup.objects.get(pk=group_id)
    context = {"form": form, "group": group, "is_confirmed": is_confirmed, "place": "groups"}
    return render(request, "groups/asking.html", context, status=422 if form.errors else 200)


def _is_confirmed(person: Person) -> bool:
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())


def _too_many(request: PersonRequest) -> HttpResponse:
    return render(request, "groups/too_many.html", {"place": "groups"}, status=429)
