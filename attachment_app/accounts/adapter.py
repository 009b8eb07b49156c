"""Where allauth meets this site: its mails leave through the outbox, and no address can be guessed from an answer."""

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attachment_app.delivery.models import Message

CODE_LIFE = timedelta(minutes=15)  # as in settings, and as the mails say


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail into the outbox, in the transaction of the page; Celery sends it."""
        context = {"email": email, "site_name": settings.SITE_NAME, **context}
        now = timezone.now()
        Message.objects.post(
            key=f"account:{secrets.token_urlsafe(24)}",
            to=email,
            subject=" ".join(render_to_string(f"{template_prefix}_subject.txt", context).split()),
            body=render_to_string(f"{template_prefix}_message.txt", context).strip() + "\n",
            now=now,
            person=get_user_model().objects.filter(email__iexact=email).first(),
            expires_at=now + CODE_LIFE if "code" in context else None,
        )

    # In our own words; what is said about an address is the same whether it has an account or not.
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and password do not go together. Have another look at both."),
        "enter_current_password": _("This is not the password that you have now."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This is not the code. Have a look at the newest mail."),
        "too_many_login_attempts": _("That was a few tries too many. Wait some minutes, then start again."),
        "rate_limited": _("A mail is on its way already. Wait a minute before you ask for another."),
        "account_inactive": _("This account is closed."),
        "email_taken": _("This address belongs to another account."),
        "duplicate_email": _("This is your address already."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("today")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("you")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("you")

    def generate_email_verification_code(self) -> str:
        return six_figures()

    def generate_password_reset_code(self) -> str:
        return six_figures()


def six_figures() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
