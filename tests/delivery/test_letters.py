"""Letters against a real mail server: a way to stop in each, and how each one ended."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP

from attachment_app.delivery import letters
from attachment_app.delivery.letters import Letter
from attachment_app.delivery.models import Occurrence
from attachment_app.delivery.parcels import Left
from attachment_app.delivery.voices import Said
from tests.mailbox import Mailbox, free_port

TOKEN = "t" * 43
SAID = Said("Copy one sound", "Grüße: wait for the answer.", "/guidance/serve-and-return/")


def letter(to: str = "ana@example.org", said: Said = SAID) -> Letter:
    return Letter.of(Occurrence(id=uuid4()), to, TOKEN, said)


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def test_it_works(mailbox: Mailbox, settings: Any) -> None:
    settings.SITE_URL, settings.SITE_HOST = "https://toandfro.example", "toandfro.example"
    one = letter()
    assert letters.send([one], soon()) == [Left.SENT]
    (mail,) = mailbox.mails
    link = f"https://toandfro.example/inbox/link/{TOKEN}/"
    assert mail["To"] == "ana@example.org"
    assert mail["List-Unsubscribe"].strip() == f"<{link}stop/>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == f"<{one.occurrence}@toandfro.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert "Grüße: wait for the answer." in text
    assert "https://toandfro.example/guidance/serve-and-return/" in text
    for step in ("done", "not-now", "fewer", "stop"):
        assert f": {link}{step}/" in "\n".join(text.splitlines())


def test_the_subject_is_the_same_for_all_and_says_nothing(mailbox: Mailbox) -> None:
    letters.send([letter(), letter(said=Said("Pip’s bath", "My own words", is_own=True))], soon())
    first, second = (mail["Subject"] for mail in mailbox.mails)
    assert first == second
    assert len(first) <= 90
    assert "Pip" not in second


def test_a_batch_is_one_connection(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = counting(monkeypatch)
    assert letters.send([letter(f"p{number}@example.org") for number in range(20)], soon()) == [Left.SENT] * 20
    assert len(mailbox.mails) == 20
    assert opened() == 1


def counting(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    made, before = [], SMTP.connection_made

    def connection_made(self: SMTP, transport: Any) -> None:
        made.append(transport)
        before(self, transport)

    monkeypatch.setattr(SMTP, "connection_made", connection_made)
    return lambda: len(made)


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("550 No such user", Left.GONE), ("551 Not here", Left.GONE), ("553 No mailbox", Left.GONE),
        ("552 Full for ever", Left.REFUSED), ("554 Not wanted", Left.REFUSED), ("450 Busy", Left.LATER),
        ("452 Full", Left.LATER),
    ],
)  # fmt: skip
def test_what_is_said_of_a_mailbox(mailbox: Mailbox, answer: str, left: Left) -> None:
    mailbox.rcpt_answer = answer
    assert letters.send([letter()], soon()) == [left]
    assert not mailbox.mails


@pytest.mark.parametrize(
    ("answer", "left"), [("451 Not now", Left.LATER), ("554 Spam", Left.REFUSED), ("550 No", Left.REFUSED)]
)
def test_what_is_said_of_the_text(mailbox: Mailbox, answer: str, left: Left) -> None:
    mailbox.answer = answer
    assert letters.send([letter()], soon()) == [left]


def test_after_a_refusal_the_next_one_goes(mailbox: Mailbox) -> None:
    before = mailbox.handle_RCPT

    async def handle(server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        mailbox.rcpt_answer = "550 No" if address.startswith("gone") else "250 OK"
        return await before(server, session, envelope, address, options)

    mailbox.handle_RCPT = handle  # type: ignore[method-assign]
    ends = letters.send([letter("gone@example.org"), letter("ben@example.org")], soon())
    assert ends == [Left.GONE, Left.SENT]


def test_after_a_refused_text_the_next_one_finds_a_new_connection(mailbox: Mailbox) -> None:
    said = iter(["451 Not now", "250 OK", "554 Spam", "250 OK"])
    before = mailbox._taken

    def taken(content: bytes) -> str:
        mailbox.answer = next(said)
        return before(content)

    mailbox._taken = taken  # type: ignore[method-assign]
    ends = letters.send([letter() for _ in range(4)], soon())
    assert ends == [Left.LATER, Left.SENT, Left.REFUSED, Left.SENT]
    assert len(mailbox.mails) == 2


def test_the_server_is_away(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert letters.send([letter(), letter()], soon()) == [Left.LATER] * 2


def test_an_address_that_cannot_be_written(mailbox: Mailbox) -> None:
    assert letters.send([letter("ana@example.org\r\nBcc: all@example.org"), letter()], soon()) == [
        Left.REFUSED,
        Left.SENT,
    ]
    assert [mail["To"] for mail in mailbox.mails] == ["ana@example.org"]


def test_an_address_beyond_ascii(mailbox: Mailbox) -> None:
    assert letters.send([letter("ana@bücher.example")], soon()) == [Left.SENT]


def test_the_deadline_is_kept(mailbox: Mailbox) -> None:
    mailbox.takes = 0.3
    ends = letters.send([letter() for _ in range(5)], soon(0.5))
    assert ends == [Left.SENT] * 2 + [Left.LATER] * 3
    assert len(mailbox.mails) == 2


@pytest.mark.parametrize(
    ("until", "left"),
    [("MAIL", Left.LATER), ("RCPT", Left.LATER), ("DATA", Left.PERHAPS), ("text", Left.PERHAPS)],
)
def test_cut_off(settings: Any, until: str, left: Left) -> None:
    """Before the text was handed over it surely did not arrive; afterwards nobody knows."""
    with cutting(until) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert letters.send([letter()], soon()) == [left]


def test_told_to_go_in_the_middle_of_a_batch(settings: Any) -> None:
    """421 ends the connection, not the batch: the next letter finds a new one; after three in a row it is left."""
    with cutting("MAIL", says=b"421 Too many\r\n") as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        assert letters.send([letter() for _ in range(6)], soon()) == [Left.LATER] * 6


@contextmanager
def cutting(until: str, says: bytes = b"") -> Iterator[int]:
    """A mail server that hangs up at a step of the conversation."""

    def talk(client: socket.socket) -> None:
        with client, client.makefile("rwb") as wire:
            wire.write(b"220 here\r\n")
            wire.flush()
            for line in wire:
                word = line[:4].decode().strip().upper()
                if word == until:
                    wire.write(says)
                    return
                if word == "DATA":
                    wire.write(b"354 go on\r\n")
                    wire.flush()
                    while wire.readline() != b".\r\n":
                        pass
                    return
                wire.write(b"250 OK\r\n")
                wire.flush()

    def serve() -> None:
        while True:
            try:
                talk(server.accept()[0])
            except OSError:
                return

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
