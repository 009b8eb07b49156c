"""Children: the first one after signing up, their details, where they are now, and what is shown of them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.forms import ChildForm, EntriesForm, NewChildForm, StateForm
from attachment_app.accounts.household import Household, household
from attachment_app.accounts.membership import family_for
from attachment_app.accounts.models import Child, Family, Person
from attachment_app.accounts.models.child import ChildState
from attachment_app.accounts.moves import moved
from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: PersonRequest) -> HttpResponse:
    """The first page after signing up, and how a parent adds a child later."""
    home = household(request)
    if home and not home.is_parent:
        return render(request, "accounts/parents_alone.html", {"place": "family"}, status=403)
    initial = {"client_key": uuid4(), "time_zone": request.user.time_zone}
    form = NewChildForm(request.POST or None, initial=initial, asks_zone=home is None)
    if request.method == "POST" and form.is_valid():
        _add(request.user, form, home)
        return SeeOther(reverse("today"))
    context = {"form": form, "is_first": home is None, "place": "family"}
    return render(request, "accounts/child_new.html", context, status=422 if form.errors else 200)


def _add(person: Person, form: NewChildForm, home: Household | None) -> None:
    now = timezone.now()
    if zone := form.cleaned_data.get("time_zone"):
        person.time_zone = zone
        person.save(update_fields=["time_zone"])
        moved(person, now)
    family = Family.objects.get(pk=home.family_id) if home else family_for(person, at=now)
    Child.objects.add(family, form.cleaned_data["client_key"], form.as_said(), at=now)


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def show(request: PersonRequest, child_id: UUID) -> HttpResponse:
    child = _child(request, child_id)
    if request.method != "POST":
        return _page(request, child)
    if not _is_kept(request, child):
        return render(request, "accounts/parents_alone.html", {"place": "family"}, status=403)
    form = ChildForm(request.POST, instance=child)
    if not form.is_valid():
        return _page(request, _child(request, child_id), form=form)  # a copy: the form has touched ours
    form.save()
    return SeeOther(reverse("child", args=[child.id]) + "?saved=1")


@require_POST
@family_required
def say_state(request: PersonRequest, child_id: UUID) -> HttpResponse:
    """`state` is any ChildState. Said in one tap, and taken back in one."""
    child = get_object_or_404(Child.objects.kept_by(request.user), id=child_id)
    form = StateForm(request.POST)
    if not form.is_valid():
        return _page(request, child, refused=True)
    child.say(form.cleaned_data["state"], at=timezone.now())
    return SeeOther(reverse("child", args=[child.id]))


@require_POST
@family_required
def say_entries(request: PersonRequest, child_id: UUID) -> HttpResponse:
    """`entries` is `hidden` (put the child's entries away) or `shown`. None is ever deleted here."""
    child = get_object_or_404(Child.objects.kept_by(request.user), id=child_id)
    form = EntriesForm(request.POST)
    if not form.is_valid():
        return _page(request, child, refused=True)
    child.hide_entries(timezone.now() if form.cleaned_data["entries"] == "hidden" else None)
    return SeeOther(reverse("child", args=[child.id]))


def _child(request: PersonRequest, child_id: UUID) -> Child:
    child: Child = get_object_or_404(Child.objects.visible_to(request.user), id=child_id)
    return child


def _is_kept(request: PersonRequest, child: Child) -> bool:
    return bool(Child.objects.kept_by(request.user).filter(id=child.id).exists())


def _page(request: PersonRequest, child: Child, form: ChildForm | None = None, refused: bool = False) -> HttpResponse:
    """The child's page; for a carer it has no form. `refused`: the tap was none that we know."""
    if form is None and _is_kept(request, child):
        form = ChildForm(instance=child)
    context: dict[str, Any] = {
        "child": child,
        "form": form,
        "states": ChildState,
        "place": "family",
        "saved": "saved" in request.GET,
        "refused": refused,
    }
    wrong = refused or bool(form and form.errors)
    return render(request, "accounts/child.html", context, status=422 if wrong else 200)
