"""Words about people for templates."""

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from attachment_app.accounts.models import Child

register = template.Library()


@register.simple_tag
def code_on_this_machine(request: HttpRequest) -> str:
    """The code that this session waits for, where the site runs on one's own machine without a mail server.

    Empty otherwise, and for an address that has an account already: its owner alone gets a mail.
    """
    if not settings.DEV:
        return ""
    for key in (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY):
        state = request.session.get(key)
        if state and state.get("user_id") and not state.get("account_already_exists"):
            return str(state.get("code", ""))
    return ""


@register.filter
def age(child: Child) -> str:
    """A child's age in words today, in the person's zone; empty where the site does not speak of it."""
    return child.age_in_words(timezone.localdate())
