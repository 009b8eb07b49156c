"""A request of somebody who is signed in, for the types' sake; who people are is known further up."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class SignedIn(HttpRequest):
    user: AbstractBaseUser  # type: ignore[assignment]
