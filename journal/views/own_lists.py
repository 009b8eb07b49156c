"""If-then plans and people to ring: two lists of a parent's own, each made, changed and taken away on its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.accounts.requests import PersonRequest
from attachment_app.web.htmx import SeeOther
from journal.break_forms import ContactForm, PlanForm
from journal.models import Contact, Plan
from journal.models.own_list import AT_MOST
from journal.plan_ideas import PLAN_IDEAS

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Listed:
    """One of the two lists: its rows, its form, its page."""

    model: Any
    form: type[forms.Form]
    template: str
    url: str

    def rows(self, request: PersonRequest) -> Any:
        return self.model.objects.visible_to(request.user)

    def page(self, request: PersonRequest, form: forms.Form, changed: Any = None, status: int = 200) -> HttpResponse:
        """The list with its form; `changed` is the row that the form changes."""
        rows = self.rows(request).opened()
        context = {"rows": rows, "form": form, "changed": changed, "is_full": len(rows) >= AT_MOST}
        return render(
            request, self.template, {**context, "ideas": [(uuid4(), idea) for idea in PLAN_IDEAS]}, status=status
        )


PLANS = Listed(Plan, PlanForm, "journal/plans.html", "journal:plans")
PEOPLE = Listed(Contact, ContactForm, "journal/people.html", "journal:people")


def index(listed: Listed) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    def view(request: PersonRequest) -> HttpResponse:
        form = listed.form(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
        if request.method != "POST":
            return listed.page(request, form)
        is_full = listed.rows(request).count() >= AT_MOST
        if is_full or not form.is_valid():
            return listed.page(request, form, status=422)
        words = {part: form.cleaned_data[part] for part in listed.model.PARTS}
        listed.model.objects.write(request.user, form.cleaned_data["client_key"], timezone.now(), **words)
        return SeeOther(reverse(listed.url))

    return view


def one(listed: Listed) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    def view(request: PersonRequest, row_id: UUID) -> HttpResponse:
        row = get_object_or_404(listed.rows(request), id=row_id).open()
        form = listed.form(
            request.POST if request.method == "POST" else None,
            initial={**(row.words or {}), "client_key": row.client_key},
        )
        if request.method != "POST" or not form.is_valid():
            return listed.page(request, form, changed=row, status=422 if form.errors else 200)
        row.put(**{part: form.cleaned_data[part] for part in listed.model.PARTS})
        row.save(update_fields=["key_id", "sealed"])
        return SeeOther(reverse(listed.url))

    return view


def removal(listed: Listed) -> View:
    @require_POST
    @login_required
    def view(request: PersonRequest, row_id: UUID) -> HttpResponse:
        get_object_or_404(listed.rows(request), id=row_id).delete()
        return SeeOther(reverse(listed.url))

    return view
