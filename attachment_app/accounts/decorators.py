"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from .household import household
from .requests import PersonRequest

View = Callable[..., HttpResponse]


def family_required(view: View) -> View:
    """For people who belong to a family: others sign in first, or name a child first."""

    @login_required
    @wraps(view)
    def inner(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if household(request) is None:
            return redirect("child-new")
        return view(request, *args, **kwargs)

    return inner
