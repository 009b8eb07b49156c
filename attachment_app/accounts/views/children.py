"""Children: the first one after signing up, their details, where they are now, and what is shown of them."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.forms import ChildForm, NewChildForm, StateForm
from attachment_app.accounts.membership import family_for
from attachment_app.accounts.models import Child, Membership
from attachment_app.accounts.models.child import ChildState
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: PersonRequest) -> HttpResponse:
    initial = {"client_key": uuid4(), "time_zone": request.user.time_zone}
    form = NewChildForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        _add(request, form)
        return SeeOther(reverse("today"))
    return render(request, "accounts/child_new.html", {"form": form}, status=422 if form.errors else 200)


def _add(request: PersonRequest, form: NewChildForm) -> None:
    said, now, person = form.cleaned_data, timezone.now(), request.user
    person.time_zone = said["time_zone"]
    person.save(update_fields=["time_zone"])
    family = family_for(person, at=now)
    if not Membership.objects.of(person).parents().filter(family=family).exists():
        return  # a carer adds no child to somebody else's family
    Child.objects.get_or_create(
        family=family,
        client_key=said["client_key"],
        defaults={
            "nickname": said["nickname"],
            "birth_month": said["birth_month"],
            "due_date": said["due_date"],
            "state": ChildState.EXPECTED if said["expected"] else ChildState.WITH_US,
            "state_since": now,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def show(request: PersonRequest, child_id: UUID) -> HttpResponse:
    child = get_object_or_404(Child.objects.visible_to(request.user), id=child_id)
    is_keeper = Child.objects.kept_by(request.user).filter(id=child.id).exists()
    form = ChildForm(request.POST or None, instance=child) if is_keeper else None
    if request.method == "POST" and form is None:
        return HttpResponse(status=403)
    if request.method == "POST" and form and form.is_valid():
        form.save()
        return SeeOther(reverse("child", args=[child.id]) + "?saved=1")
    child = Child.objects.get(id=child.id)  # as it stands: a form that was refused has touched our copy
    context = {"child": child, "form": form, "states": ChildState, "place": "family", "saved": "saved" in request.GET}
    return render(request, "accounts/child.html", context, status=422 if form and form.errors else 200)


@require_POST
@family_required
def say_state(request: PersonRequest, child_id: UUID) -> HttpResponse:
    child = get_object_or_404(Child.objects.kept_by(request.user), id=child_id)
    form = StateForm(request.POST)
    if form.is_valid():
        child.say(form.cleaned_data["state"], at=timezone.now())
    return SeeOther(reverse("child", args=[child.id]))


@require_POST
@family_required
def say_entries(request: PersonRequest, child_id: UUID) -> HttpResponse:
    """`entries=hidden` puts the child's entries away, anything else shows them. None is ever deleted here."""
    child = get_object_or_404(Child.objects.kept_by(request.user), id=child_id)
    child.hide_entries(timezone.now() if request.POST.get("entries") == "hidden" else None)
    return SeeOther(reverse("child", args=[child.id]))
