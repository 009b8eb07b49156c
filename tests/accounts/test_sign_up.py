"""Signing up, in and out: codes by mail, generic answers, throttles."""

import time
from typing import Any

import pytest
from django.test import Client

from attachment_app.accounts.models import Consent, Person
from attachment_app.delivery.models import Message
from tests.world import PASSWORD, World, person

pytestmark = pytest.mark.django_db
FORM = {"email": "una@example.org", "password1": "a long night and a kettle", "consent": "on"}
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


def test_a_known_address_gets_the_same_answer_and_another_mail(client: Client, world: World) -> None:
    new = client.post(SIGN_UP, FORM)
    client.logout()
    known = client.post(SIGN_UP, {**FORM, "email": "ANA@example.org"})
    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])
    pages = [Client().get(CONFIRM).content, client.get(CONFIRM).content]
    assert b"ana@example.org" in pages[1].lower()
    assert Message.objects.latest("created_at").subject == "About your account"
    assert Person.objects.filter(email__iexact="ana@example.org").count() == 1


def test_a_reset_answers_alike_for_known_and_unknown(world: World) -> None:
    answers = []
    for email in ("ana@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post("/accounts/password/reset/", {"email": email})
        page = client.get(answer["Location"]).content.decode()
        answers.append((answer.status_code, answer["Location"], "on its way to it" in page))
    assert answers[0] == answers[1]


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
    from attachment_app.celery import app

    url = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    app.pool.force_close_all()
    app.__dict__.pop("amqp", None)
    try:
        began = time.monotonic()
        assert client.post(SIGN_UP, FORM)["Location"] == CONFIRM
        assert time.monotonic() - began < 3
    finally:
        app.conf.broker_url = url
        app.__dict__.pop("amqp", None)
    assert Message.objects.get().outcome == ""


@pytest.mark.parametrize(
    "email", ["", "x" * 5000, "a\x00b@example.org", "<script>@example.org", "😀", "مرحبا", "una@@example.org"]
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
