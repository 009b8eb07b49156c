"""Done, not now, fewer, stop all: one tap on a message in the inbox."""

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attachment_app.delivery import answers
from attachment_app.delivery.lines import lines
from attachment_app.delivery.models import Answer, Occurrence, Standing
from attachment_app.delivery.requests import SignedIn
from attachment_app.web.htmx import swap_or_go


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=Answer.choices)


@require_POST
@login_required
def create(request: SignedIn, occurrence_id: UUID) -> HttpResponse:
    """`answer` is any Answer; said again nothing changes, but “stop all” stops whenever it is said."""
    mine = Occurrence.objects.visible_to(request.user).in_inbox()
    occurrence = get_object_or_404(mine, pk=occurrence_id)
    form = AnswerForm(request.POST)
    said = ""
    if form.is_valid():
        now = timezone.now()
        answers.answer(occurrence, form.cleaned_data["answer"], now)
        occurrence.see(now)
        occurrence.refresh_from_db()
        said = SAID[form.cleaned_data["answer"]]()
    context = {"line": lines([occurrence])[0], "standing": Standing.objects.of(request.user), "is_answered_now": True}
    url = reverse("inbox:inbox") + f"#line-{occurrence.pk}"
    return swap_or_go(request, "inbox/_line.html", context, url, said)


SAID = {
    Answer.DONE: lambda: _("Noted: done."),
    Answer.NOT_NOW: lambda: _("Not now. It can wait."),
    Answer.FEWER: lambda: _("Fewer from now on."),
    Answer.STOPPED: lambda: _("Stopped. Nothing more comes."),
}
