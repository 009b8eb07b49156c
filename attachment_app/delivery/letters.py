"""Reminders by e-mail: one connection for a batch, a way to stop in every letter, and how each one ended."""

import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import SafeMIMEText, sanitize_address

from . import notes
from .models import Occurrence
from .parcels import Left
from .voices import Said

TIRED = 3  # letters in a row that the server did not want now: the rest is spared the try
_NO_MAILBOX = {550, 551, 553}
_CUT = (OSError, smtplib.SMTPException)  # the connection went; SMTPException is an OSError, said for the reader


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail about an occurrence, whose id becomes the Message-ID: a letter that comes twice is one for the reader's
    mail program. `token` is the secret of its links."""

    occurrence: UUID
    to: str
    token: str
    subject: str
    body: str

    @classmethod
    def of(cls, occurrence: Occurrence, to: str, token: str, said: Said) -> "Letter":
        """The subject is the same for every message: it is shown on locked phones, and no text of ours goes there."""
        return cls(occurrence.pk, to, token, notes.neutral_title(), notes.letter(token, said))

    def message(self) -> EmailMessage:
        """The mail, with what RFC 8058 wants for a stop by one tap in the mail program."""
        headers = {
            "Message-ID": f"<{self.occurrence}@{settings.SITE_HOST}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{notes.link(self.token)}stop/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return EmailMessage(self.subject, self.body, settings.DEFAULT_FROM_EMAIL, [self.to], headers=headers)


def send(letters: Sequence[Letter], deadline: float) -> list[Left]:
    """Send them one after the other; how each one ended, in their order.

    `deadline` is a value of time.monotonic(): what has not been tried by then comes back LATER. Not to be called inside
    a transaction.
    """
    left = [Left.LATER] * len(letters)
    post, refusals = get_connection(), 0
    try:
        for index, letter in enumerate(letters):
            if time.monotonic() >= deadline or refusals >= TIRED:
                break
            if not _open(post):
                break
            left[index] = how = _send(post, letter)
            refusals = refusals + 1 if how in (Left.LATER, Left.PERHAPS) else 0
    finally:
        _close(post)
    return left


def _open(post: BaseEmailBackend) -> bool:
    """Whether there is a connection: the one before where it still stands, or a new one."""
    if isinstance(post, EmailBackend) and post.connection and post.connection.sock is None:
        post.connection = None
    try:
        post.open()
    except _CUT:
        return False
    return True


def _close(post: BaseEmailBackend) -> None:
    try:
        post.close()
    except _CUT:
        pass  # every letter has its answer by now


def _send(post: BaseEmailBackend, letter: Letter) -> Left:
    try:
        message = letter.message()
        if not isinstance(post, EmailBackend):  # files, in development
            post.send_messages([message])
            return Left.SENT
        sender = parseaddr(sanitize_address(message.from_email, "utf-8"))[1]
        to, body = sanitize_address(letter.to, "utf-8"), cast(SafeMIMEText, message.message()).as_bytes(linesep="\r\n")
    except ValueError:
        return Left.REFUSED
    assert post.connection is not None
    return _converse(post.connection, sender, to, body)


def _converse(server: smtplib.SMTP, sender: str, to: str, body: bytes) -> Left:
    """One letter over an open connection (RFC 5321), step by step, because only the last one may leave us in doubt."""
    try:
        server.ehlo_or_helo_if_needed()
        code = server.mail(sender)[0]
        is_ours = code // 100 != 2  # it is our own address that it does not want
        if not is_ours:
            code = server.rcpt(to)[0]
        if code // 100 != 2:
            server.rset()
            return Left.GONE if code in _NO_MAILBOX and not is_ours else _meaning(code)
    except _CUT:  # also where it said 421 and went
        server.close()
        return Left.LATER
    try:
        code = server.data(body)[0]
    except smtplib.SMTPDataError as error:  # it did not want to hear the text
        code = int(error.smtp_code)
    except _CUT:
        server.close()
        return Left.PERHAPS
    if code // 100 == 2:
        return Left.SENT
    server.close()  # the next letter finds a connection that no refusal has touched
    return _meaning(code)


def _meaning(code: int) -> Left:
    """What a refusal means for another try."""
    return Left.REFUSED if code >= 500 else Left.LATER
