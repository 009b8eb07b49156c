"""Where allauth meets this site: its mails leave through the outbox, and no address can be guessed from an answer."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from attachment_app.delivery.models import Message

CODE_LIFE = timedelta(minutes=15)  # as allauth's own time-out for a code


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

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("today")

    def generate_email_verification_code(self) -> str:
        return six_figures()

    def generate_password_reset_code(self) -> str:
        return six_figures()


def six_figures() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
