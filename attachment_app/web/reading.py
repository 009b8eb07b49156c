"""How somebody reads: the lamp and the size of the text, kept in two cookies of this device, without an account."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from .htmx import SeeOther

LIGHTS = {"": _("Auto"), "day": _("Day"), "dusk": _("Dusk"), "night": _("Night")}
TEXTS = {"": _("Usual"), "larger": _("Larger"), "largest": _("Largest")}
COOKIES = {"light": "__Host-light", "text": "__Host-text"}
KEPT_FOR = 365 * 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Reading:
    light: str = ""
    text: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Reading":
        """What the device keeps; whatever is not a choice of ours reads as none."""
        light, text = (request.COOKIES.get(name, "") for name in COOKIES.values())
        return cls(light if light in LIGHTS else "", text if text in TEXTS else "")


class ReadingForm(forms.Form):
    light = forms.ChoiceField(choices=list(LIGHTS.items()), required=False)
    text = forms.ChoiceField(choices=list(TEXTS.items()), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The choices as a form, for browsers without scripts; with them the foot of every page does the same."""
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        response = SeeOther(f"{reverse('reading')}?kept")
        for name, cookie in COOKIES.items():
            keep(response, cookie, form.cleaned_data[name])
        return response
    return render(request, "reading.html", {"chosen": Reading.of(request), "is_kept": "kept" in request.GET})


def keep(response: HttpResponse, cookie: str, value: str) -> None:
    """Set a cookie that the page's own script may read and change; the usual choice needs none."""
    if value:
        response.set_cookie(cookie, value, max_age=KEPT_FOR, secure=True, samesite="Lax")
    else:
        response.set_cookie(cookie, "", max_age=0, secure=True, samesite="Lax")
