"""What every answer carries."""

import pytest
from django.test import Client

from tests.world import World

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
}  # fmt: skip


@pytest.mark.parametrize("url", ["/", "/guidance/", "/break/", "/accounts/login/", "/nowhere/", "/up", "/sw.js"])
def test_an_anonymous_answer(client: Client, db: None, url: str) -> None:
    answer = client.get(url)
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    permissions = answer["Permissions-Policy"]
    assert "camera=()" in permissions
    assert "publickey-credentials-get=(self)" in permissions
    assert [part for part in permissions.split(", ") if not part.endswith("=()")] == [
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]


@pytest.mark.parametrize("url", ["/", "/guidance/", "/journal/exchanges/", "/accounts/family/", "/nowhere/"])
def test_what_a_person_sees_is_kept_nowhere(ana: Client, world: World, url: str) -> None:
    assert ana.get(url)["Cache-Control"] == "no-store, private"


def test_cookies_are_bound_to_this_host(client: Client, world: World) -> None:
    client.get("/accounts/login/")
    client.force_login(world.ana)
    assert set(client.cookies) == {"__Host-csrf", "__Host-session"}
    client.get("/accounts/login/")
    cookie = client.cookies["__Host-csrf"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


def test_nothing_is_set_on_somebody_who_reads(client: Client, db: None) -> None:
    for url in ("/", "/guidance/", "/break/", "/offline/", "/sw.js", "/manifest.webmanifest", "/up"):
        assert not client.get(url).cookies, url


def test_signing_out_rotates_the_session_and_clears_what_the_browser_keeps(ana: Client, world: World) -> None:
    before = ana.cookies["__Host-session"].value
    answer = ana.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert ana.cookies["__Host-session"].value != before
    again = Client()
    again.cookies["__Host-session"] = before
    assert again.get("/journal/exchanges/").status_code == 302
    assert "Clear-Site-Data" not in ana.get("/")
