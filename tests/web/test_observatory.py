"""The scoring table of Mozilla's HTTP Observatory (2024), put to our own pages as a proxy with TLS serves them.

100 points, less what is lacking; what is beyond the duty counts from 90 on. A preloaded HSTS (+5) is a list that
browsers carry, which no page can put itself on, so 130 is what there is to reach.
"""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.world import PASSWORD, World

SIX_MONTHS = 15_768_000  # seconds
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def policy(answer: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: values for name, *values in parts}


def content_policy(answer: HttpResponse) -> int:
    said = policy(answer)
    if not said:
        return -25
    fallback = said.get("default-src", ["*"])
    scripts, objects = said.get("script-src", fallback), said.get("object-src", fallback)
    broad = {"*", "https:", "http:", "data:", "'unsafe-inline'"}
    if broad & {*scripts, *objects}:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if broad & set(said.get("style-src", fallback)):
        return 0
    return 10 if fallback == ["'none'"] else 5


def cookies(client: Client) -> int:
    worst = 5 if client.cookies else 0
    for name, cookie in client.cookies.items():
        if not cookie["secure"]:
            worst = min(worst, -40 if "session" in name else -20)
        if "session" in name and not cookie["httponly"]:
            worst = min(worst, -30)
        if cookie["samesite"] not in ("Lax", "Strict"):
            worst = min(worst, -20 if "csrf" in name or cookie["samesite"] else 0)
    return worst


def transport(answer: HttpResponse) -> int:
    age = re.search(r"max-age=(\d+)", answer.get("Strict-Transport-Security", ""))
    return -20 if not age else 0 if int(age[1]) >= SIX_MONTHS else -10


def redirection(client: Client) -> int:
    answer = client.get("/accounts/login/", headers={"X-Forwarded-Proto": "http"})
    return 0 if answer.get("Location", "").startswith("https://testserver/") else -20


def scripts(answer: HttpResponse) -> int:
    tags = re.findall(r"<script[^>]*>", answer.content.decode())
    if not all(re.search(r'src="/static/', tag) for tag in tags):
        return -5 if all('src="https:' in tag or 'src="/' in tag for tag in tags) else -50
    return 5 if tags and all('integrity="sha384-' in tag for tag in tags) else 0


def framing(answer: HttpResponse) -> int:
    if "frame-ancestors" in policy(answer):
        return 5
    return 0 if answer.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def referrer(answer: HttpResponse) -> int:
    said = answer.get("Referrer-Policy")
    return 5 if said in PRIVATE else 0 if said is None else -5


def parts(client: Client, url: str) -> dict[str, int]:
    answer = client.get(url)
    assert answer.status_code == 200
    return {
        "content policy": content_policy(answer),
        "cookies": cookies(client),
        "transport": transport(answer),
        "redirection": redirection(client),
        "scripts": scripts(answer),
        "sniffing": 0 if answer.get("X-Content-Type-Options") == "nosniff" else -5,
        "framing": framing(answer),
        "referrer": referrer(answer),
        "sharing": -50 if answer.get("Access-Control-Allow-Origin") == "*" else 0,
        "resource": 0 if answer.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else -20,
    }


def score(found: dict[str, int]) -> int:
    base = 100 + sum(points for points in found.values() if points < 0)
    return base + (sum(points for points in found.values() if points > 0) if base >= 90 else 0)


@pytest.fixture
def behind_tls(settings: Any) -> None:
    """As BEHIND_PROXY=1 sets it."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True


def browser() -> Client:
    return Client(headers={"X-Forwarded-Proto": "https"})


@pytest.mark.usefixtures("behind_tls")
@pytest.mark.parametrize("url", ["/accounts/login/", "/accounts/signup/"])
def test_a_page_with_a_form_reaches_all_that_there_is(db: None, url: str) -> None:
    found = parts(browser(), url)
    assert score(found) >= 130, found


@pytest.mark.usefixtures("behind_tls")
def test_a_signed_in_page_too(world: World) -> None:
    client = browser()
    answer = client.post("/accounts/login/", {"login": world.ana.email, "password": PASSWORD})
    assert answer.status_code == 302
    found = parts(client, "/accounts/you/")
    assert score(found) >= 130, found


@pytest.mark.usefixtures("behind_tls")
@pytest.mark.parametrize("url", ["/", "/guidance/", "/break/"])
def test_a_page_that_sets_no_cookie_has_all_but_the_points_for_cookies(db: None, url: str) -> None:
    found = parts(browser(), url)
    assert found["cookies"] == 0
    assert score(found) == 125, found


def test_the_table_itself_takes_points_away() -> None:
    bare = HttpResponse("<script src='https://elsewhere.example/a.js'></script>")
    assert [content_policy(bare), transport(bare), framing(bare), referrer(bare), scripts(bare)] == [
        -25,
        -20,
        -20,
        0,
        -50,
    ]
    bare.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'unsafe-inline'"
    assert content_policy(bare) == -20


def test_health_is_asked_without_tls(db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^up$"]
    assert Client().get("/up").status_code == 200
    assert Client().get("/").status_code == 301


@pytest.mark.parametrize(
    ("host", "said"), [("192.168.1.20:8000", True), ("localhost:8000", False), ("[::1]:8000", False)]
)
def test_plain_http_on_a_network_is_a_sentence_and_no_loop(db: None, settings: Any, host: str, said: bool) -> None:
    settings.ALLOWED_HOSTS = ["192.168.1.20", "localhost", "[::1]"]
    page = Client(headers={"Host": host}).get("/accounts/login/").content.decode()
    assert ("without https a browser throws the sign-in away" in page) is said
    refused = Client(headers={"Host": host}, enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.org"})
    assert refused.status_code == 403
    assert ("without https a browser throws the sign-in away" in refused.content.decode()) is said
