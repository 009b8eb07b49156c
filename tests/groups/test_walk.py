"""Every address of a group, for those who are not there any more: a former facilitator, a former member, one who asks.

tests/web/test_walk.py walks the same addresses as nobody, a member, a facilitator and strangers.
"""

import pytest
from django.test import Client
from django.urls import reverse

from attachment_app.groups.models import Facilitator, GroupMembership, ParentingGroup
from tests.conftest import signed_in
from tests.groups.makers import facilitator, group, joined
from tests.web.test_walk import EXPECTED, of_a_group
from tests.world import NOW, World, person

OF_A_GROUP = sorted(name for name in EXPECTED if name.startswith("groups:"))
CANARY = "Zaunkönig"
MEMBER = "Rotkehlchen"
OPEN_TO_ALL = {"groups:index": 200, "groups:joining": 200}
# Who the walkers are, and what is not a 404 for them.
WALKERS: dict[str, dict[str, int]] = {
    "led it, and may lead no more": OPEN_TO_ALL,
    "led it, and another leads it": OPEN_TO_ALL | {"groups:new": 200},
    "leads another group": OPEN_TO_ALL | {"groups:new": 200},
    "left": OPEN_TO_ALL | {"groups:group": 410},
    "was sent away": OPEN_TO_ALL | {"groups:group": 410},
    "asks": OPEN_TO_ALL | {"groups:group": 200, "groups:leaving": 303},
}
# Somebody who asks reads the name of the group that they asked for, and nothing of its guests.
READS_THE_NAME = {"asks": {"groups:index", "groups:group", "groups:leaving"}}


def walker(world: World, who: str, made: ParentingGroup) -> Client:
    somebody = person("Oda")
    if who == "led it, and may lead no more":
        ParentingGroup.objects.filter(pk=made.pk).update(facilitator=facilitator(somebody))
        Facilitator.objects.withdraw(somebody, NOW)
    elif who == "led it, and another leads it":
        ParentingGroup.objects.filter(pk=made.pk).update(facilitator=facilitator(world.gran))
        facilitator(somebody)
    elif who == "leads another group":
        group(somebody, "Friday group")
    elif who in ("left", "was sent away"):
        by = GroupMembership.EndedBy.PARENT if who == "left" else GroupMembership.EndedBy.FACILITATOR
        joined(made, somebody).end(by, NOW)
    else:
        GroupMembership.objects.create(group=made, person=somebody, known_as="Oda", asked_at=NOW)
    return signed_in(somebody)


@pytest.mark.parametrize("who", WALKERS)
@pytest.mark.parametrize("name", OF_A_GROUP)
def test_it_is_not_theirs(world: World, who: str, name: str) -> None:
    made = group(world.faye, f"{CANARY} group", note=f"{CANARY} note", meets_where=f"{CANARY} hall")
    objects = of_a_group(made, world.ana) | {"said": "nothing"}
    GroupMembership.objects.filter(pk=objects["membership"]).update(known_as=MEMBER)
    browser, expect = walker(world, who, made), EXPECTED[name]
    url = reverse(name, args=[objects[which] for which in expect.arguments])
    answer = browser.post(url, expect.form, follow=False) if expect.post else browser.get(url)
    assert answer.status_code == WALKERS[who].get(name, 404), url
    whole = answer.content.decode() + str(answer.headers)
    assert MEMBER not in whole
    assert f"{CANARY} note" not in whole and f"{CANARY} hall" not in whole
    if name not in READS_THE_NAME.get(who, ()):
        assert CANARY not in whole
    unchanged = ParentingGroup.objects.get(pk=made.pk)
    assert unchanged.ended_at is None
    assert GroupMembership.objects.get(pk=objects["membership"]).ended_at is None
