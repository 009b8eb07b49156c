"""A facilitator begins a group."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.requests import PersonRequest
from attachment_app.groups.doors import FRAME, for_facilitators
from attachment_app.groups.forms import NameForm
from attachment_app.groups.leading import leading
from attachment_app.groups.models import Facilitator, ParentingGroup
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@for_facilitators
def show(request: PersonRequest) -> HttpResponse:
    form = NameForm(request.POST or None)
    with leading(request.user):
        if not Facilitator.objects.visible_to(request.user).standing().exists():
            raise Http404
        if request.method == "POST" and form.is_valid():
            made = ParentingGroup.objects.start(request.user, form.cleaned_data["name"], timezone.now())
            return SeeOther(reverse("groups:guests", args=[made.pk]))
    return render(request, "groups/new.html", {"form": form, **FRAME}, status=422 if form.errors else 200)
