"""Lamp and text size: two cookies of the device, set by a form where there are no scripts."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/reading/"


def test_it_works(client: Client) -> None:
    answer = client.post(URL, {"light": "dusk", "text": "largest"})
    assert (answer.status_code, answer["Location"]) == (303, "/reading/?kept")
    page = client.get("/guidance/").content.decode()
    assert '<html lang="en-GB" data-light="dusk" data-text="largest">' in page
    assert "Kept on this device." in client.get("/reading/?kept").content.decode()


def test_the_usual_is_kept_by_no_cookie(client: Client) -> None:
    client.post(URL, {"light": "dusk", "text": "larger"})
    client.post(URL, {"light": "", "text": ""})
    assert '<html lang="en-GB">' in client.get("/guidance/").content.decode()
    assert all(not cookie.value for name, cookie in client.cookies.items() if name in ("__Host-light", "__Host-text"))


def test_the_cookies_are_this_host_s_and_last(client: Client) -> None:
    cookie = client.post(URL, {"text": "larger"}).cookies["__Host-text"]
    assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax")
    assert cookie["max-age"] == 365 * 24 * 60 * 60


@pytest.mark.parametrize("value", ["x" * 5000, "👶", "\x00", '"><script>alert(1)</script>', "\u202e", "day; Path=/"])
def test_whatever_is_no_choice_is_none(client: Client, value: str) -> None:
    answer = client.post(URL, {"light": value, "text": value})
    assert answer.status_code == 200 and not {"__Host-light", "__Host-text"} & set(answer.cookies)
    client.cookies["__Host-light"] = "".join(sign for sign in value if " " <= sign < "\x7f")
    assert '<html lang="en-GB">' in client.get("/guidance/").content.decode()


def test_it_refuses_a_form_of_another_site() -> None:
    assert Client(enforce_csrf_checks=True).post(URL, {"text": "larger"}).status_code == 403


def test_it_refuses_other_methods(client: Client) -> None:
    assert client.put(URL).status_code == 405


def test_the_break_page_stays_the_same_bytes(client: Client) -> None:
    plain = client.get("/break/").content
    client.post(URL, {"light": "night", "text": "largest"})
    assert client.get("/break/").content == plain
    assert client.get("/offline/").content == Client().get("/offline/").content
