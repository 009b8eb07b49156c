"""A request of somebody who is signed in, for the types' sake."""

from django.http import HttpRequest

from .models import Person


class PersonRequest(HttpRequest):
    user: Person  # type: ignore[assignment]
