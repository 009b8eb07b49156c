"""Gentle reminders: the list, and making one in three taps."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attachment_app.accounts.decorators import family_required
from attachment_app.accounts.household import household
from attachment_app.accounts.models import Child
from attachment_app.accounts.requests import PersonRequest
from attachment_app.delivery.decide import is_quiet
from attachment_app.delivery.models import Standing
from attachment_app.web.htmx import SeeOther
from guidance.models import Article
from journal import reminder_words, rules
from journal.ideas import Idea, ideas, suggested
from journal.models import Reminder
from journal.reminder_forms import DAYS, OTHER, OWN, PATTERNS, PRESETS, THESE, ReminderForm, offered

SHOWN = 6  # suggestions at once
AT_MOST = 20  # reminders of one person; a message a day is the most that can come of them all


@require_safe
@family_required
def index(request: PersonRequest) -> HttpResponse:
    """`?saved=<id>` names the reminder that was just made or changed."""
    now, home = timezone.localtime(), household(request)
    mine = Standing.objects.filter(person=request.user).first() or Standing(person=request.user)
    reminders = Reminder.objects.visible_to(request.user).select_related("child").order_by("-made_at").opened()
    context = {
        "lines": [_line(reminder, mine, now) for reminder in reminders],
        "standing": mine,
        "silence": mine.silence(now),
        "is_spoken_of": bool(home and home.spoken_of),
        "saved": request.GET.get("saved", ""),
        "is_removed": "removed" in request.GET,
        "is_full": "full" in request.GET,
        "place": "family",
    }
    return render(request, "journal/reminders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@family_required
def new(request: PersonRequest) -> HttpResponse:
    """`?from=<slug>`: the article that is being read; `?child=<id>`: for whom, where there are several."""
    now, children = timezone.now(), spoken_of(request)
    if not children:
        return SeeOther(reverse("journal:reminders"))  # which says why
    child, slug = _chosen(request, children), request.GET.get("from", "")
    ideas_for = suggested(child, timezone.localdate(), slug)
    initial = {"client_key": uuid4(), "child": child.pk, "pattern": "few"}
    if slug in ideas_for[0].articles:
        initial["what"] = ideas_for[0].id
    form = ReminderForm(children, rules.hour_of(request.user, now), now, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if not _has_room(request, form.cleaned_data["client_key"]):
            return SeeOther(reverse("journal:reminders") + "?full=1")
        made = rules.make(request.user, form.cleaned_data["client_key"], form.as_said(), now)
        return SeeOther(reverse("journal:reminders") + f"?saved={made.pk}#reminder-{made.pk}")
    context = {**choices(form, ideas_for), "child": child, "children": children, "article": _article(slug)}
    return render(request, "journal/reminder_new.html", context, status=422 if form.errors else 200)


@require_POST
@family_required
def answer_offer(request: PersonRequest) -> HttpResponse:
    """Reminders were offered once: `answer` is `show` or anything else; either way it is not offered again."""
    Standing.objects.of(request.user)
    Standing.objects.filter(person=request.user, offered_at=None).update(offered_at=timezone.now())
    return SeeOther(reverse("journal:reminder-new" if request.POST.get("answer") == "show" else "today"))


def spoken_of(request: PersonRequest) -> list[Child]:
    home = household(request)
    return home.spoken_of if home else []


def choices(form: ReminderForm, ideas_for: list[Idea]) -> dict[str, Any]:
    """What the form's template goes through, and what is chosen."""
    chosen = form["what"].value() or ""
    first, more = offered(ideas_for, chosen, SHOWN)
    return {
        "form": form,
        "first": first,
        "more": more,
        "presets": PRESETS,
        "days": DAYS,
        "chosen_days": form["day"].value() or [],
        "names": {"own": OWN, "other": OTHER, "these": THESE, "patterns": list(PATTERNS)},
        "place": "family",
    }


def _has_room(request: PersonRequest, client_key: UUID) -> bool:
    """Whether one more fits; a form that is sent again makes no other one."""
    others = Reminder.objects.visible_to(request.user).exclude(client_key=client_key)
    return bool(others.count() < AT_MOST)


def _line(reminder: Reminder, mine: Standing, now: datetime) -> dict[str, Any]:
    """A reminder as the list shows it. `is_quiet`: its time lies in quiet hours, so it would not be sent."""
    wall = datetime.combine(date(2026, 1, 1), reminder.at, UTC)
    return {
        "reminder": reminder,
        "idea": ideas().get(reminder.idea),
        "rule": reminder_words.rule(reminder),
        "next": reminder_words.next_time(reminder, now),
        "is_quiet": is_quiet(wall, ZoneInfo("UTC"), mine.quiet_from, mine.quiet_until),
        "rests": reminder.child_id is not None and not (reminder.child and reminder.child.is_spoken_of),
    }


def _chosen(request: PersonRequest, children: list[Child]) -> Child:
    """Whom it is for: the one that was chosen, else the youngest."""
    try:
        wanted = UUID(request.POST.get("child") or request.GET.get("child", ""))
    except ValueError:
        return children[-1]
    return next((child for child in children if child.pk == wanted), children[-1])


def _article(slug: str) -> Article | None:
    return Article.objects.in_brief().filter(slug=slug).first() if slug else None
