"""Signing up, in and out: codes by mail, generic answers, throttles."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from attachment_app.accounts.adapter import AccountAdapter
from attachment_app.accounts.models import Consent, Person
from attachment_app.delivery.models import Message
from tests.mailbox import free_port
from tests.together import together
from tests.world import PASSWORD, World, person

pytestmark = pytest.mark.django_db
FORM = {"email": "una@example.org", "password1": "a long night and a kettle", "consent": "on"}
CHILD_NEW = "/accounts/children/new/"
SIGN_UP, CONFIRM = "/accounts/signup/", "/accounts/confirm-email/"


def code() -> str:
    return next(line for line in Message.objects.latest("created_at").body.splitlines() if line.isdigit())


def test_it_works(client: Client) -> None:
    answer = client.post(SIGN_UP, FORM)
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("una@example.org", "Your code")
    answer = client.post(CONFIRM, {"code": code()})
    assert answer["Location"] == "/accounts/children/new/"
    assert client.get("/accounts/children/new/").status_code == 200
    consent = Consent.objects.get(person__email="una@example.org")
    assert (consent.purpose, consent.version, consent.withdrawn_at) == ("journal", Consent.VERSION, None)


def test_the_page_says_what_this_is_and_is_not(client: Client) -> None:
    page = client.get(SIGN_UP).content.decode()
    assert "Nobody reads what you log. This is not medical care." in page


def test_without_consent_nothing_is_made(client: Client) -> None:
    answer = client.post(SIGN_UP, {**FORM, "consent": ""})
    assert "Tick this if you agree" in answer.content.decode()
    assert not Person.objects.exists()
    assert not Message.objects.exists()


def test_a_wrong_code_says_so_and_lets_nobody_in(client: Client) -> None:
    client.post(SIGN_UP, FORM)
    wrong = f"{(int(code()) + 1) % 1_000_000:06d}"
    answer = client.post(CONFIRM, {"code": wrong})
    assert "This is not the code" in answer.content.decode()
    assert client.get("/", follow=True).wsgi_request.user.is_anonymous


def seen(answer: Any, email: str) -> tuple[Any, ...]:
    """What somebody at the other end can compare: status, headers and every byte, the address and the token aside."""
    page = answer.content.decode().replace(email, "ADDRESS")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, headers, sorted(answer.cookies), page


def walk(steps: Callable[[Client, str], Iterator[Any]], email: str) -> list[tuple[Any, ...]]:
    return [seen(answer, email) for answer in steps(Client(), email)]


def signing_up(client: Client, email: str) -> Iterator[Any]:
    yield client.post(SIGN_UP, {**FORM, "email": email})
    yield client.get(CONFIRM)
    yield client.post(CONFIRM, {"action": "resend"})
    yield client.get(CONFIRM)
    yield client.get(SIGN_UP)
    for _try in range(4):
        yield client.post(CONFIRM, {"code": "nonsense"})
    yield client.get(CONFIRM)
    yield client.get("/accounts/login/")


def resetting(client: Client, email: str) -> Iterator[Any]:
    yield client.post("/accounts/password/reset/", {"email": email})
    yield client.get("/accounts/password/reset/confirm/")
    for _try in range(4):
        yield client.post("/accounts/password/reset/confirm/", {"code": "nonsense"})
    yield client.get("/accounts/password/reset/complete/")
    yield client.get("/accounts/login/")


def signing_in(client: Client, email: str) -> Iterator[Any]:
    yield client.post("/accounts/login/", {"login": email, "password": "wrong"})


@pytest.mark.parametrize("steps", [signing_up, resetting, signing_in])
def test_a_known_and_an_unknown_address_are_answered_with_the_same_bytes(world: World, steps: Any) -> None:
    assert walk(steps, "ana@example.org") == walk(steps, "eva@example.org")


def test_the_owner_of_a_known_address_is_told(client: Client, world: World) -> None:
    client.post(SIGN_UP, {**FORM, "email": "ANA@example.org"})
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("ana@example.org", "About your account")
    assert "It has one already" in mail.body
    assert Person.objects.filter(email__iexact="ana@example.org").count() == 1


def test_whoever_never_confirmed_may_begin_again(client: Client) -> None:
    client.post(SIGN_UP, FORM)
    elsewhere = Client()
    assert elsewhere.post(SIGN_UP, FORM)["Location"] == CONFIRM
    assert elsewhere.post(CONFIRM, {"code": code()})["Location"] == "/accounts/children/new/"
    assert Person.objects.count() == Consent.objects.count() == 1


def test_with_another_password_an_unconfirmed_account_is_not_theirs(client: Client) -> None:
    client.post(SIGN_UP, FORM)
    elsewhere = Client()
    assert elsewhere.post(SIGN_UP, {**FORM, "password1": "some other kettle"})["Location"] == CONFIRM
    assert Message.objects.latest("created_at").subject == "About your account"
    assert Person.objects.get().check_password(FORM["password1"])


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_makes_one_person_and_the_last_page_takes_its_code() -> None:
    # From two networks, as when a phone leaves the house: from one, the throttle's own lock keeps them apart.
    clients = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in (1, 2)]
    answers = together(*[partial(client.post, SIGN_UP, FORM) for client in clients])
    assert [answer["Location"] for answer in answers] == [CONFIRM, CONFIRM]
    assert Person.objects.count() == 1
    assert Message.objects.count() == 2
    entered = [client.post(CONFIRM, {"code": code()}).headers.get("Location") for client in clients]
    assert entered.count(CHILD_NEW) == 1  # whoever came second has the newest mail's code on their page


def test_a_new_password_by_code(client: Client, world: World) -> None:
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    answer = client.post("/accounts/password/reset/confirm/", {"code": code()}, follow=True)
    assert "Choose a new password" in answer.content.decode()
    new = {"password1": "another kettle at night", "password2": "another kettle at night"}
    client.post(answer.redirect_chain[-1][0], new)
    world.ana.refresh_from_db()
    assert world.ana.check_password("another kettle at night")


def test_wrong_passwords_answer_alike_and_are_throttled(world: World) -> None:
    client = Client()
    said = []
    for email in ("ana@example.org", "nobody@example.org"):
        page = client.post("/accounts/login/", {"login": email, "password": "wrong"}).content.decode()
        said.append("do not go together" in page)
    assert said == [True, True]
    for _again in range(12):
        answer = client.post("/accounts/login/", {"login": "ana@example.org", "password": "wrong"})
    assert answer.status_code == 429 or "a few tries too many" in answer.content.decode()
    right = client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert right.status_code != 302


def test_sign_ups_are_throttled(client: Client) -> None:
    answers = [client.post(SIGN_UP, {**FORM, "email": f"u{n}@example.org"}) for n in range(25)]
    assert 429 in {answer.status_code for answer in answers}
    page = next(answer for answer in answers if answer.status_code == 429).content.decode()
    assert "A short pause" in page


def test_signing_out_asks_for_a_post(client: Client, world: World) -> None:
    client.force_login(world.ana)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/accounts/family/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/family/").status_code == 302


def test_the_code_is_on_the_page_on_this_machine_alone(client: Client, settings: Any) -> None:
    client.post(SIGN_UP, FORM)
    spaced = f"{code()[:3]} {code()[3:]}"
    page = client.get(CONFIRM).content.decode()
    assert spaced not in page and code() not in page
    settings.DEV = True
    assert spaced in client.get(CONFIRM).content.decode()
    assert client.post(CONFIRM, {"code": spaced})["Location"] == "/accounts/children/new/"


def test_the_code_of_a_known_address_is_never_on_the_page(client: Client, world: World, settings: Any) -> None:
    settings.DEV = True
    client.post(SIGN_UP, {**FORM, "email": "ana@example.org"})
    assert "dev-code" not in client.get(CONFIRM).content.decode()


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_the_page_answers_and_the_mail_waits(client: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    client.get(SIGN_UP)  # the first page of a process reads its templates
    began = time.monotonic()
    assert client.post(SIGN_UP, FORM)["Location"] == CONFIRM
    assert time.monotonic() - began < 3  # Argon2 and a busy machine included; the hint itself is timed in test_bell.py
    assert Message.objects.due(timezone.now()).count() == 1
    assert client.post(CONFIRM, {"code": code()})["Location"] == CHILD_NEW


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x" * 5000,
        "a" * 60 + "@" + "b.c" * 70 + ".org",  # an address by its shape, and longer than the tables hold
        "a\x00b@example.org",
        "<script>@example.org",
        "😀",
        "مرحبا",
        "una@@example.org",
    ],
)
def test_an_address_that_cannot_be_is_said_and_kept(client: Client, email: str) -> None:
    answer = client.post(SIGN_UP, {**FORM, "email": email})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "field__error" in page
    assert "<script>@" not in page
    assert not Person.objects.exists()


def test_two_spellings_are_one_person(world: World) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Person.objects.create(email="ANA@EXAMPLE.ORG", password="x")


def test_a_form_from_elsewhere_is_refused_kindly(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert "what you wrote is still there" in answer.content.decode()


def test_a_person_is_not_named_by_their_address_to_others() -> None:
    assert str(person("Una")) == "Una"


# --- once signed in ----------------------------------------------------------
EMAIL, REAUTHENTICATE = "/accounts/email/", "/accounts/reauthenticate/"


def signed_in_properly() -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    return client


def test_signing_in_keeps_where_one_was_going(client: Client, world: World) -> None:
    answer = client.post("/accounts/login/?next=/accounts/you/", {"login": "Ana@Example.org", "password": PASSWORD})
    assert answer["Location"] == "/accounts/you/"
    form = {"login": "ana@example.org", "password": PASSWORD, "next": "//evil.example"}
    away = Client().post("/accounts/login/", form)
    assert away["Location"] == "/"


def asks_for(client: Client, address: str) -> Any:
    """Ask for a new address, and give the password that is asked for first."""
    answer = client.post(EMAIL, {"email": address, "action_add": ""})
    assert answer["Location"].startswith(REAUTHENTICATE)
    return client.post(answer["Location"], {"password": PASSWORD})


def test_a_new_address_counts_once_it_is_confirmed(ana: Client, world: World) -> None:
    assert asks_for(ana, "anna@example.org")["Location"] == CONFIRM
    assert Message.objects.get().to == "anna@example.org"
    world.ana.refresh_from_db()
    assert world.ana.email == "ana@example.org"
    assert ana.post(CONFIRM, {"code": code()})["Location"] == "/accounts/you/"
    world.ana.refresh_from_db()
    assert world.ana.email == "anna@example.org"
    told = Message.objects.exclude(to="anna@example.org").get()
    assert (told.to, "no longer in use" in told.body) == ("ana@example.org", True)


def test_an_address_of_somebody_else_is_neither_taken_nor_given_away(ana: Client, world: World, settings: Any) -> None:
    settings.DEV = True
    assert asks_for(ana, "ben@example.org")["Location"] == CONFIRM
    page = ana.get(CONFIRM)
    assert page.status_code == 200
    assert "dev-code" not in page.content.decode()
    answer = ana.post(CONFIRM, {"code": code()}, follow=True)  # even with the code from Ben's mail
    assert "This address belongs to another account" in answer.content.decode()
    world.ana.refresh_from_db()
    assert world.ana.email == "ana@example.org"


def test_a_new_address_asks_for_the_password_first(ana: Client, world: World) -> None:
    answer = ana.post(EMAIL, {"email": "anna@example.org", "action_add": ""})
    page = ana.post(answer["Location"], {"password": "wrong"})
    assert "This is not your password" in page.content.decode()
    assert not Message.objects.exists()


def test_a_password_is_changed_and_its_owner_told(world: World) -> None:
    client, elsewhere = signed_in_properly(), signed_in_properly()
    new = {"oldpassword": PASSWORD, "password1": "a new kettle at night", "password2": "a new kettle at night"}
    assert "not the password" in client.post("/accounts/password/change/", {**new, "oldpassword": "x"}).content.decode()
    answer = client.post("/accounts/password/change/", new, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/you/"
    assert "Your password was changed." in answer.content.decode()
    assert Message.objects.get().subject == "Your password"
    assert elsewhere.get("/accounts/you/").status_code == 302  # signed out on every other device


@pytest.mark.parametrize("password", ["", "short", "password1234", "ana@example.org", "x\x00" * 8])
def test_a_password_that_will_not_do_is_said(client: Client, password: str) -> None:
    answer = client.post(SIGN_UP, {**FORM, "email": "ana@example.org", "password1": password})
    assert 'id="id_password1_error"' in answer.content.decode()
    assert 'value="ana@example.org"' in answer.content.decode()
    assert not Person.objects.exists()


def test_a_password_of_five_thousand_letters_works(client: Client) -> None:
    long = "so long a night " * 312
    client.post(SIGN_UP, {**FORM, "password1": long})
    assert Person.objects.get().check_password(long)


def test_throttles_count_the_visitor_and_not_the_balancer(world: World, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(25):
        answer = Client().post(
            "/accounts/login/",
            {"login": f"u{number}@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        )
        assert "do not go together" in answer.content.decode()


MAILS = sorted(Path(settings.BASE_DIR, "templates/account/email").glob("*_message.txt"))


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_every_mail_is_short_plain_and_neutral(path: Path, rf: Any, settings: Any) -> None:
    settings.SITE_NAME = "To & fro’s"
    name = path.name.removesuffix("_message.txt")
    AccountAdapter().send_mail(f"account/email/{name}", "o'hara@example.org", {"code": "123456"})
    mail = Message.objects.get()
    assert 0 < len(mail.subject) <= 90
    assert "\n" not in mail.subject
    assert mail.body.endswith("To & fro’s\n")
    assert "Was it not you?" in mail.body
    assert "&amp;" not in mail.body and "<" not in mail.body
    assert "\n\n\n" not in mail.body
    assert len(mail.body) < 500
    assert mail.expires_at is not None


def test_every_mail_that_can_be_sent_is_in_our_own_words() -> None:
    package = Path(allauth.__file__).parent
    sent = set()
    for source in (package / "account").rglob("*.py"):
        sent |= set(re.findall(r'"account/email/(\w+)"', source.read_text()))
    unused = {"login_code", "password_reset_key"}  # signing in by code, and a reset by link, are switched off
    assert {path.name.removesuffix("_message.txt") for path in MAILS} == sent - unused
