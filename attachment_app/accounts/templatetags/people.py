"""Words about people for templates."""

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from attachment_app.accounts.models import Child, Person

register = template.Library()


@register.simple_tag
def code_on_this_machine(request: HttpRequest) -> str:
    """The code that confirms this session's new address, as “123 456”, where the site runs on one's own machine.

    Empty otherwise, and for an address that has an account already: its owner alone gets a mail.
    """
    state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
    if not settings.DEV or not state or not state.get("user_id"):
        return ""
    if Person.objects.filter(email__iexact=state["email"]).exclude(pk=state["user_id"]).exists():
        return ""
    code = str(state["code"])
    return f"{code[:3]} {code[3:]}"


@register.simple_tag
def has_mail_server() -> bool:
    return "smtp" in settings.EMAIL_BACKEND


@register.filter
def age(child: Child) -> str:
    """A child's age in words today, in the person's zone; empty where the site does not speak of it."""
    return child.age_in_words(timezone.localdate())
