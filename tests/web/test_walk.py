"""Every address of the site, as nobody, Ana, Ben, Faye and Stan: each answers as declared, and a new one must be.

Faye and Stan see no trace of Ana's family anywhere. An address without an expectation fails the build.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from attachment_app.accounts.models import Person
from attachment_app.delivery.leasing import token_hash
from attachment_app.groups.models import Invitation, ParentingGroup
from guidance.loader import load
from journal.models import Exchange, FamilyKind, Kind
from tests.conftest import signed_in
from tests.delivery.left import TOKEN
from tests.delivery.makers import message
from tests.groups.makers import group, joined
from tests.journal.makers import logged, of_own_words, own_of, tried
from tests.world import NOW, World, child

CANARY = "Zaunkönig"  # Pip's name in this walk: it may be read by the family and by nobody else
WHO = ("nobody", "ana", "ben", "faye", "stan")


@dataclass
class Expect:
    """The status of an address for each of WHO, by GET or POST; `form` is what is posted."""

    statuses: str
    post: bool = False
    form: dict[str, Any] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()


def everyone(status: int = 200, **more: Any) -> Expect:
    return Expect(" ".join([str(status)] * 5), **more)


# Signed in: Ana and Ben belong to the family. Faye belongs to none, so she is asked to name a child first (302).
FAMILY_PAGE = "302 200 200 302 200"
SIGNED_IN = "302 200 200 200 200"
OF_PIP = "302 200 200 302 404"
TAP = "302 303 303 302 404"
OF_ANA_ALONE = "302 303 404 302 404"
SWITCHES = ("pause", "stop", "email", "check")
# What is Ana's alone: to Ben it is no more there than to a stranger.
ANAS = "302 200 404 404 404"
ANAS_TAP = "302 303 404 404 404"
LEADS = "302 404 404 200 404"
LEADS_TAP = "302 404 404 303 404"

EXPECTED: dict[str, Expect] = {
    "today": Expect("200 200 200 302 200"),
    "journal:exchanges": Expect(FAMILY_PAGE),
    "journal:exchange": Expect(OF_PIP, arguments=("exchange",)),
    "journal:steps": Expect(TAP, True, {"guess": "tired", "client_key": str(uuid4())}, ("exchange",)),
    "journal:settling": Expect(TAP, True, {}, ("exchange",)),
    "journal:ending": Expect(TAP, True, {}, ("exchange",)),
    "journal:timer": Expect(TAP, True, {}, ("exchange",)),
    "journal:pause": Expect(TAP, True, {}, ("exchange",)),
    "journal:going-on": Expect(TAP, True, {}, ("exchange",)),
    "journal:usual": Expect(TAP, True, {}, ("exchange",)),
    "journal:removed": Expect(FAMILY_PAGE),
    "journal:kinds": Expect(FAMILY_PAGE),
    "journal:kind-retiring": Expect(TAP, True, {}, ("kind",)),
    "family-showing": Expect("302 303 303 302 303", True, {"family": str(uuid4())}),
    "journal:details": Expect(TAP, True, {"occasion": "bath"}, ("exchange",)),
    "journal:times": Expect(TAP, True, {"started_at": "2026-11-24T03:04"}, ("exchange",)),
    "journal:turns": Expect(TAP, True, {"turns": "3"}, ("exchange",)),
    "journal:note": Expect(TAP, True, {"text": "A note"}, ("exchange",)),
    "journal:state": Expect(TAP, True, {"feeling": "tired"}, ("exchange",)),
    # Whoever is signed in has plans and breaks of their own, a family or not.
    "break-mine": Expect("204 200 200 200 200"),
    "journal:breaks": Expect(SIGNED_IN),
    "journal:break-back": Expect("302 303 303 303 303", True),
    "journal:breaks-removal": Expect("302 303 303 303 303", True),
    "journal:break-ending": Expect(ANAS, arguments=("break",)),
    "journal:break-removal": Expect(ANAS_TAP, True, {}, ("break",)),
    "journal:offer-waving": Expect(ANAS_TAP, True, {}, ("offer",)),
    "journal:plans": Expect(SIGNED_IN),
    "journal:plan": Expect(ANAS, arguments=("plan",)),
    "journal:plan-removal": Expect(ANAS_TAP, True, {}, ("plan",)),
    "journal:people": Expect(SIGNED_IN),
    "journal:contact": Expect(ANAS, arguments=("contact",)),
    "journal:contact-removal": Expect(ANAS_TAP, True, {}, ("contact",)),
    "journal:removal": Expect(TAP, True, {}, ("exchange",)),
    "journal:return": Expect(TAP, True, {}, ("exchange",)),
    # Whoever holds the link of a message may open it; the same page for all.
    "inbox_link": everyone(arguments=("token",)),
    "inbox_link_answer": everyone(arguments=("token", "step")),
    "push": Expect(SIGNED_IN),
    "push_end": Expect("302 303 303 303 303", True, {"endpoint": "https://push.example/x"}),
    "journal:reminders": Expect(FAMILY_PAGE),
    "journal:reminder-new": Expect(FAMILY_PAGE),
    "journal:reminders-offer": Expect("302 303 303 302 303", True, {"answer": "not_now"}),
    "journal:reminder": Expect("302 200 404 302 404", arguments=("reminder",)),
    "journal:reminder-switch": Expect(OF_ANA_ALONE, True, {"on": "yes"}, ("reminder",)),
    "journal:reminder-removal": Expect(OF_ANA_ALONE, True, {}, ("reminder",)),
    # What the site said to somebody is theirs, whatever their family is.
    "inbox:inbox": Expect(SIGNED_IN),
    "inbox:not-sent": Expect(SIGNED_IN),
    "inbox:settings": Expect(SIGNED_IN),
    "inbox:why": Expect("302 200 404 404 404", arguments=("occurrence",)),
    "inbox:answer": Expect("302 303 404 404 404", True, {"answer": "done"}, ("occurrence",)),
    **{f"inbox:{name}": Expect("302 303 303 303 303", True, {"on": "no"}) for name in SWITCHES},
    "guidance:index": everyone(),
    "guidance:article": everyone(arguments=("slug",)),
    "guidance:search": everyone(),
    "guidance:cues": everyone(),
    # A stranger keeps articles too: what somebody reads has nothing to do with a family.
    "guidance:bookmark": Expect("302 303 303 303 303", True, {"keep": "yes"}, ("slug",)),
    "guidance:place": Expect("302 303 303 303 303", True, {}, ("slug",)),
    # Faye leads the group, Ana belongs to it, Ben and Stan do not (see tests/groups/test_walk.py for those who did).
    "groups:index": Expect(SIGNED_IN),
    "groups:new": Expect(LEADS),
    "groups:joining": Expect(SIGNED_IN),
    "groups:asking": Expect("302 303 200 200 200", arguments=("said",)),
    "groups:group": Expect("302 200 404 404 404", arguments=("group",)),
    "groups:leaving": Expect("302 303 404 404 404", True, {}, ("group",)),
    "groups:sharing": Expect("302 200 404 404 404", arguments=("group",)),
    "groups:consent": Expect("302 303 404 404 404", True, {"share": "no"}, ("group", "purpose")),
    "groups:led": Expect(LEADS, arguments=("group",)),
    "groups:screen": Expect(LEADS, arguments=("group",)),
    "groups:guests": Expect(LEADS, arguments=("group",)),
    "groups:approval": Expect(LEADS_TAP, True, {}, ("group", "membership")),
    "groups:guest-ending": Expect(LEADS_TAP, True, {}, ("group", "membership")),
    # The answer is the page: the words of an invitation are shown this once.
    "groups:invitations": Expect(LEADS, True, {"kind": "code"}, ("group",)),
    "groups:revoking": Expect(LEADS_TAP, True, {}, ("group", "invitation")),
    "groups:words": Expect(LEADS, arguments=("group",)),
    "groups:follow-up": Expect(LEADS, arguments=("group",)),
    "groups:ending": Expect(LEADS_TAP, True, {}, ("group",)),
    "reading": everyone(),
    "break": everyone(),
    "child-new": Expect(SIGNED_IN),
    "child": Expect(OF_PIP, arguments=("child",)),
    "child-state": Expect(TAP, True, {"state": "with_us"}, ("child",)),
    "child-entries": Expect(TAP, True, {"entries": "shown"}, ("child",)),
    "family": Expect(FAMILY_PAGE),
    "you": Expect(SIGNED_IN),
    "up": everyone(),
    "worker": everyone(),
    "offline": everyone(),
    "manifest": everyone(),
    # allauth's: whoever is signed in is sent on from the doors, and a code page is for whoever waits for a code.
    "account_login": Expect("200 302 302 302 302"),
    "account_logout": Expect("302 200 200 200 200"),
    "account_signup": Expect("200 302 302 302 302"),
    "account_inactive": everyone(),
    "account_reauthenticate": Expect("302 200 200 200 200"),
    "account_email": Expect(SIGNED_IN),
    "account_email_verification_sent": everyone(302),
    "account_change_password": Expect(SIGNED_IN),
    "account_set_password": Expect("302 302 302 302 302"),
    "account_reset_password": everyone(),
    "account_confirm_password_reset_code": everyone(302),
    "account_complete_password_reset": everyone(302),
    "account_password_reset_completed": everyone(),
    "account_confirm_login_code": everyone(302),
}
# The address is walked, and its 200 is in tests/accounts/test_sign_up.py: it needs a code that is waiting.
WAITING_FOR_A_CODE = {
    "account_email_verification_sent", "account_confirm_password_reset_code", "account_complete_password_reset",
    "account_confirm_login_code", "account_set_password",
}  # fmt: skip


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_has_an_expectation() -> None:
    found = list(names(get_resolver().url_patterns))
    assert len(found) == len(set(found))
    assert set(found) == set(EXPECTED)


def test_every_address_is_seen_by_somebody() -> None:
    for name, expect in EXPECTED.items():
        fine = {"200", "303"} if expect.post else {"200"}
        assert fine & set(expect.statuses.split()) or name in WAITING_FOR_A_CODE, name


@pytest.fixture
def walkers(world: World, client: Client) -> dict[str, Client]:
    load(datetime(2026, 11, 24, tzinfo=UTC))
    world.pip.nickname = CANARY
    world.pip.save()
    child(world.other_family, "Other")
    return {"nobody": client, **{name: signed_in(getattr(world, name)) for name in WHO[1:]}}


@pytest.fixture
def exchange(world: World) -> Exchange:
    made = logged(world.pip, world.ana, Kind.SOOTHING)
    tried(made, world.ana, "not_yet")
    return made


def of_a_group(made: ParentingGroup, member: Person) -> dict[str, Any]:
    """What the addresses of a group name: a group with a member and an invitation."""
    membership = joined(made, member)
    invitation, said = Invitation.objects.make(made, Invitation.Kind.LINK, timezone.now())
    mine = {"group": made.pk, "membership": membership.pk, "invitation": invitation.pk}
    return mine | {"said": said, "purpose": "exchanges"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_it_answers_as_declared(walkers: dict[str, Client], world: World, exchange: Exchange, name: str) -> None:
    expect = EXPECTED[name]
    kind = FamilyKind.objects.add(world.family.pk, uuid4(), CANARY, "idea", "teal")
    reminder = of_own_words(world.ana, world.pip, CANARY)
    objects: dict[str, Any] = {
        "token": TOKEN,
        "step": "done",
        "kind": kind.pk,
        "exchange": exchange.pk,
        "child": world.pip.pk,
        "slug": "reading-cues",
        "reminder": reminder.pk,
        "occurrence": message(world.ana, NOW, text="", source=reminder.pk, token_hash=token_hash(TOKEN)).pk,
        **own_of(world.ana, CANARY),
        **of_a_group(group(world.faye), world.ana),
    }
    url = reverse(name, args=[objects[which] for which in expect.arguments])
    seen, wanted = {}, dict(zip(WHO, map(int, expect.statuses.split()), strict=True))
    for who, browser in walkers.items():
        answer = browser.post(url, expect.form) if expect.post else browser.get(url)
        seen[who] = answer.status_code
        if who in ("nobody", "faye", "stan"):
            whole = answer.content.decode(errors="replace") + str(answer.headers)
            assert CANARY not in whole, f"{who} reads of Ana's family at {url}"
            assert str(world.family.pk) not in whole
    assert seen == wanted, url
