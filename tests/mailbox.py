"""A mail server of our own for a test: what it took in can be counted and read."""

import asyncio
import email
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    """A port of this machine where nobody listens (yet)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """What the server took in. `answer` is what it says to a mail, `takes` how many seconds it needs for one."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    rcpt_answer: str = "250 OK"
    takes: float = 0

    def _taken(self, content: bytes) -> str:
        time.sleep(self.takes)
        if self.answer.startswith("250"):
            self.mails.append(email.message_from_bytes(content, policy=default))
        return self.answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return await asyncio.get_running_loop().run_in_executor(None, self._taken, envelope.content)

    def last_text(self) -> str:
        return str(self.mails[-1].get_content())


@contextmanager
def open_mailbox(settings: Any) -> Iterator[Mailbox]:
    """A server on a port of its own; Django's mail goes there while it is open."""
    box = Mailbox(port=free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    try:
        yield box
    finally:
        controller.stop()
