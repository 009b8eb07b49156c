"""The database refuses: with the code's filters taken away, the policies alone keep families apart."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from attachment_app.accounts.models import Child, Consent, DataKey, Family, Membership, Person
from attachment_app.delivery.models import Message, Occurrence, PushSubscription, Standing
from attachment_app.groups.models import GroupMembership
from attachment_app.lib.roles import ROLES, WEB, WORKER
from attachment_app.lib.row_security import EXEMPT, KEYS, unguarded
from attachment_app.web.person import acting_for
from guidance.bookmark import Bookmark
from guidance.models import Article
from guidance.reading_place import ReadingPlace
from journal.models import Break, Contact, Exchange, FamilyKind, Kind, Note, OwnState, Pause, Plan, Reminder, Step
from tests.conftest import signed_in
from tests.delivery.left import TOKEN, allowed
from tests.delivery.makers import message
from tests.groups.makers import group
from tests.journal.makers import logged, of_own_words, own_of, tried
from tests.pushbox import Browser
from tests.web.test_walk import EXPECTED, of_a_group
from tests.world import NOW, World, child

FILTERS = (
    "visible_to",
    "kept_by",
    "joined_by",
    "led_by",
    "loggable_by",
    "of",
    "shown",
    "spoken_of",
)  # every way in that knows a person
OF_ANA, OF_STAN = "Zaunkönig", "Rotkehlchen"
GUARDED = (Family, Membership, Child, Exchange, FamilyKind, Pause, Step)
SENT = (Message, Occurrence, Reminder, Standing)  # what the worker has to see


@pytest.fixture
def rows(world: World) -> Exchange:
    """A soothing in each of the two families, and a consent and a mail of Ana's and of Stan's."""
    lists: dict[str, Any] = {"stages": [], "not_mean": [], "safety": [], "parts": [], "sources": [], "words": 1}
    dates = {"reviewed": NOW.date(), "next_review": NOW.date(), "updated_at": NOW}
    article = Article.objects.create(slug="reading-cues", **lists, **dates)
    for pip, who, name in ((world.pip, world.ana, OF_ANA), (world.kit, world.stan, OF_STAN)):
        Child.objects.filter(pk=pip.pk).update(nickname=name)
        FamilyKind.objects.add(pip.family_id, uuid4(), f"{name}’s drops", "idea", "teal")
        tried(logged(pip, who, Kind.SOOTHING), who, "not_yet")
        Consent.objects.create(person=who, purpose="journal", version=f"of {who.name}", given_at=NOW)
        Bookmark.objects.keep(who, article, NOW)
        ReadingPlace.objects.stop_at(who, article, "a-heading", NOW)
        exchange = Exchange.objects.get(author=who)
        Note.objects.write(exchange, who, f"{name} alone", False, NOW, seen=None)
        OwnState.objects.say(who, exchange, "too_much", NOW)
        allowed(who, Browser(f"https://push.example/{who.name}"))
        message(who, NOW, text="", source=of_own_words(who, pip, f"{name} alone").pk)
        own_of(who, name)
        Message.objects.post(f"to {who.name}", who.email, f"For {who.name}", "…", NOW, person=who)
    return Exchange.objects.get(author=world.ana)


@pytest.fixture
def no_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every view that asks for its person's rows gets all rows of the table."""
    stripped = set()
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        for name in FILTERS:
            if hasattr(queryset, name) and model is not Standing:  # its “of” makes a row and filters none
                monkeypatch.setattr(queryset, name, lambda self, *args: self.all())
                stripped.add(f"{model.__name__}.{name}")
    assert {"Exchange.visible_to", "Exchange.kept_by", "Child.visible_to", "Family.visible_to"} <= stripped


def refused(do: Callable[[], Any]) -> bool:
    """Whether the database would not do it: it said so, or it touched no row."""
    try:
        with transaction.atomic():
            return bool(do() == 0)
    except DatabaseError as error:
        return "row-level security" in str(error) or "permission denied" in str(error)


@pytest.mark.parametrize("role", [WEB, WORKER, "owner", "groups", "aggregator"])
def test_without_a_setting_there_are_no_rows(world: World, rows: Exchange, role: str) -> None:
    with acting_for(None, role=role), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.bypass', '', true)")
        for model in (*GUARDED, Break, Consent, Contact, DataKey, Note, OwnState, Plan, *SENT):
            if role == WORKER and model in SENT:
                continue  # it plans and sends them
            assert refused(lambda model=model: model.objects.count()), model


def test_each_person_has_their_familys_rows_and_no_other(world: World, rows: Exchange) -> None:
    for who, family in ((world.ana, world.family), (world.gran, world.family), (world.stan, world.other_family)):
        with acting_for(who.pk):
            for model in {*GUARDED} - {Pause}:
                whose = set(model.objects.values_list("pk" if model is Family else "family_id", flat=True))
                assert whose == {family.pk}, (who.name, model)
    with acting_for(world.faye.pk):
        assert not any(model.objects.exists() for model in GUARDED)


# A person's alone, whatever their family is.
PRIVATE = (Bookmark, Break, Consent, Contact, DataKey, OwnState, Plan, PushSubscription, ReadingPlace, *SENT)


def test_every_private_table_is_tried_below() -> None:
    from tests.groups.test_rows import OF_GROUPS  # tried there

    with_person = {model for model in apps.get_models() if "person" in {field.name for field in model._meta.fields}}
    assert with_person == {Membership, *PRIVATE, *OF_GROUPS}


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model.__name__)
def test_a_row_of_one_person_is_nobody_elses(world: World, rows: Exchange, model: Any) -> None:
    assert model.objects.filter(person=world.ana).exists()
    for who in (world.ana, world.ben, world.stan, world.faye):
        with acting_for(who.pk):
            assert set(model.objects.values_list("person", flat=True)) <= {who.pk, None}, who.name
            assert model.objects.filter(person=world.ana).exists() is (who == world.ana)
            if who != world.ana:
                assert refused(lambda: model.objects.filter(person=world.ana).delete()[0])


def test_what_is_anas_alone_is_not_bens(world: World, rows: Exchange) -> None:
    for who, theirs in ((world.ana, ["of Ana"]), (world.ben, []), (world.stan, ["of Stan"])):
        with acting_for(who.pk):
            assert list(Consent.objects.values_list("version", flat=True)) == theirs
            assert len(Message.objects.all()) == len(theirs)


def test_what_ana_wrote_for_herself_is_not_bens(world: World, rows: Exchange) -> None:
    ben = logged(world.pip, world.ben)
    shared = Note.objects.write(ben, world.ben, "for all of us", True, NOW, seen=None)
    for who, notes, states in ((world.ana, 2, 1), (world.ben, 1, 0), (world.gran, 1, 0), (world.stan, 1, 1)):
        with acting_for(who.pk):
            assert len(Note.objects.all()) == notes, who.name
            assert len(OwnState.objects.all()) == states, who.name
            assert set(DataKey.objects.values_list("person", flat=True)) <= {who.pk, None}
    with acting_for(world.ben.pk):
        assert refused(lambda: Note.objects.filter(author=world.ana).update(is_shared=True))
        assert refused(lambda: OwnState.objects.all().delete()[0])
    with acting_for(world.gran.pk):
        assert Note.objects.get(pk=shared.pk).open().text == "for all of us"
        assert refused(lambda: Note.objects.filter(pk=shared.pk).update(is_shared=False))


@pytest.mark.usefixtures("no_filters")
def test_without_filters_ben_sees_neither_anas_note_nor_how_she_was(world: World, rows: Exchange) -> None:
    for who, sees in ((world.ana, True), (world.ben, False)):
        page = signed_in(who).get(reverse("journal:exchange", args=[rows.pk])).content.decode()
        assert (f"{OF_ANA} alone" in page) is sees
        assert ('value="too_much" checked' in page) is sees


def test_a_former_member_sees_nothing(world: World, rows: Exchange) -> None:
    Membership.objects.filter(person=world.gran).update(ended_at=NOW)
    with acting_for(world.gran.pk):
        assert not any(model.objects.exists() for model in GUARDED)


def test_nobody_writes_into_another_family(world: World, rows: Exchange) -> None:
    with acting_for(world.stan.pk):
        assert refused(lambda: logged(world.pip, world.stan))
        assert refused(lambda: Exchange.objects.filter(pk=rows.pk).update(turns=9))
        assert refused(lambda: Exchange.objects.filter(child=world.kit).update(family=world.family, child=world.pip))
        assert refused(lambda: child(world.family))
        assert refused(
            lambda: Membership.objects.create(family=world.family, person=world.stan, role="parent", started_at=NOW)
        )
        assert refused(lambda: Consent.objects.create(person=world.ana, purpose="journal", version="x", given_at=NOW))
        assert refused(lambda: Message.objects.update(to="stan@example.org"))
        assert Message.objects.filter(person=world.ana).update(body="x") == 0


def test_a_carer_writes_what_is_theirs_alone(world: World, rows: Exchange) -> None:
    with acting_for(world.gran.pk):
        assert not refused(lambda: logged(world.pip, world.gran))
        assert refused(lambda: logged(world.pip, world.ana))
        assert refused(lambda: Exchange.objects.filter(author=world.ana).update(turns=9))
        assert refused(lambda: Child.objects.update(nickname="x"))
        assert refused(lambda: Membership.objects.filter(person=world.ben).update(ended_at=NOW))
    Membership.objects.filter(person=world.gran).update(role="carer_views")
    with acting_for(world.gran.pk):
        assert refused(lambda: logged(world.pip, world.gran))


def named_group(leader: Person, member: Person, name: str) -> dict[str, Any]:
    """A group that bears a canary; whoever has no invitation types one that opens nothing."""
    made = of_a_group(group(leader, f"{name} group", note=f"{name} note"), member)
    GroupMembership.objects.filter(pk=made["membership"]).update(known_as=f"{name} guest")
    return made | {"said": "nothing"}


@pytest.mark.usefixtures("no_filters")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_walk_without_the_codes_filters(
    world: World, rows: Exchange, client: Client, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Stan asks for Ana's rows, everybody for the lists: no canary of another family in body, headers or log."""
    caplog.set_level(logging.DEBUG)
    expect = EXPECTED[name]
    others = Exchange.objects.get(author=world.stan)
    kinds = {kind.family_id: kind.pk for kind in FamilyKind.objects.all()}
    own = {"break": Break, "contact": Contact, "plan": Plan, "reminder": Reminder}
    said = {
        kind: {who: Occurrence.objects.get(person=who, kind=kind).pk for who in (world.ana, world.stan)}
        for kind in ("gentle", "offer")
    }
    objects: dict[str, Any] = {
        **{name: model.objects.get(person=world.ana).pk for name, model in own.items()},
        "kind": kinds[world.family.pk],
        "exchange": rows.pk,
        "child": world.pip.pk,
        "slug": "reading-cues",
        "token": TOKEN,
        "step": "done",
        "occurrence": said["gentle"][world.ana],
        "offer": said["offer"][world.ana],
        **named_group(world.gran, world.ana, OF_ANA),
    }
    turned = {
        **{name: model.objects.get(person=world.stan).pk for name, model in own.items()},
        "kind": kinds[world.other_family.pk],
        "exchange": others.pk,
        "child": world.kit.pk,
        "slug": "reading-cues",
        "token": TOKEN,
        "step": "done",
        "occurrence": said["gentle"][world.stan],
        "offer": said["offer"][world.stan],
        **named_group(world.ben, world.stan, OF_STAN),
    }
    asks = [(signed_in(world.stan), objects, OF_ANA), (signed_in(world.faye), objects, OF_ANA)]
    asks += [(client, objects, OF_ANA), (signed_in(world.ana), turned, OF_STAN)]
    for browser, of, canary in asks:
        browser.raise_request_exception = False
        url = reverse(name, args=[of[which] for which in expect.arguments])
        answer = browser.post(url, expect.form) if expect.post else browser.get(url)
        seen = answer.content.decode(errors="replace") + str(answer.headers) + caplog.text
        assert canary not in seen, url
        if (set(objects) - {"slug", "said"}) & set(expect.arguments):
            assert answer.status_code in (302, 404), url  # as if it were not there


@pytest.mark.usefixtures("no_filters")
@pytest.mark.parametrize("name", ["break-mine", "journal:breaks", "journal:plans", "journal:people"])
def test_without_filters_ben_and_gran_see_nothing_of_anas_breaks(world: World, rows: Exchange, name: str) -> None:
    for who, sees in ((world.ana, True), (world.ben, False), (world.gran, False)):
        page = signed_in(who).get(reverse(name)).content.decode()
        assert (f"{OF_ANA} cries" in page or f"{OF_ANA}’s aunt" in page) is sees, who.name
        assert ("Still hard" in page) is (sees and name == "journal:breaks")


@pytest.mark.usefixtures("no_filters")
def test_the_walk_above_would_see_it(world: World, rows: Exchange) -> None:
    """Without filters Ana still reads her own: what is hidden is hidden by the policies, not by an empty page."""
    page = signed_in(world.ana).get(reverse("journal:exchanges")).content.decode()
    assert OF_ANA in page
    assert OF_STAN not in page


def test_every_table_with_a_key_has_a_forced_policy(db: None) -> None:
    assert unguarded() == []


def test_a_table_without_a_policy_would_be_named(db: None) -> None:
    for key in KEYS:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE left_open (id int, {key} uuid)")
            assert unguarded() == ["left_open"]
            cursor.execute("ALTER TABLE left_open ENABLE ROW LEVEL SECURITY")
            cursor.execute("CREATE POLICY p ON left_open USING (true)")
            assert unguarded() == ["left_open"]  # enabled, and not forced
            cursor.execute("ALTER TABLE left_open FORCE ROW LEVEL SECURITY")
            assert unguarded() == []
            cursor.execute("DROP TABLE left_open")


def test_the_exempt_tables_are_there_and_each_says_why(db: None) -> None:
    assert set(EXEMPT) <= set(connection.introspection.table_names())
    assert all(EXEMPT.values())


@pytest.fixture
def roles(db: None) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles")
        yield {name: rights for name, *rights in cursor.fetchall()}


def test_the_five_roles_are_plain(roles: dict[str, Any]) -> None:
    for role in ROLES:
        assert roles[role] == [False, False, False], role


def test_no_running_role_owns_anything(roles: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [("owner",)]


@pytest.mark.parametrize("role", [WEB, WORKER])
def test_a_running_role_cannot_make_the_bypass_its_own(world: World, rows: Exchange, role: str) -> None:
    with acting_for(None, role=role), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.bypass', 'on', true)")
        cursor.execute("SELECT count(*) FROM accounts_consent" if role == WEB else "SELECT 0")
        assert cursor.fetchone() == (0,)


def test_the_look_up_leaves_the_bypass_as_it_was(world: World) -> None:
    with acting_for(world.ana.pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.bypass', '', true)")
        cursor.execute("SELECT my_families(), family_is_empty(%s), current_setting('app.bypass')", [uuid4()])
        assert cursor.fetchone() == ([world.family.pk], True, "")
