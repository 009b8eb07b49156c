"""What a person may say about themselves, and what they agreed to."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from attachment_app.accounts.forms import PersonForm
from attachment_app.accounts.models import Person
from attachment_app.accounts.moves import moved
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: PersonRequest) -> HttpResponse:
    person = Person.objects.get(pk=request.user.pk)  # a copy: the page's frame keeps the one that is saved
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        if "time_zone" in form.changed_data:
            moved(person, timezone.now())
        return SeeOther(reverse("you") + "?saved=1")
    context = {
        "form": form,
        "consents": request.user.consents.filter(withdrawn_at=None),
        "place": "family",
        "saved": "saved" in request.GET,
    }
    return render(request, "accounts/you.html", context, status=422 if form.errors else 200)
