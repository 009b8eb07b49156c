"""Addresses that a crawler or a slip of the finger makes: an answer, never an error page of ours."""

import pytest
from django.test import Client

from tests.world import PASSWORD, World

ODD = ["%00", "x" * 5000, "%F0%9F%98%80", "%D8%A8", "%3Cscript%3E", "%0d%0aSet-Cookie:%20a=b", "//evil.example", "%FF"]
PAGES = ["login", "signup", "password/reset", "logout", "reauthenticate", "email", "you", "family", "children/new"]


@pytest.mark.parametrize("page", PAGES)
def test_whatever_stands_behind_the_question_mark(ana: Client, world: World, page: str) -> None:
    for client in (Client(), ana):
        for odd in ODD:
            answer = client.get(f"/accounts/{page}/?next={odd}&email={odd}&saved={odd}")
            assert answer.status_code in (200, 302)
            assert b"<script>" not in answer.content


@pytest.mark.parametrize("odd", ODD)
def test_signing_in_leads_to_this_site_alone(world: World, odd: str) -> None:
    answer = Client().post(f"/accounts/login/?next={odd}", {"login": "ana@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert "evil.example" not in answer["Location"]
    assert "\n" not in answer["Location"]
