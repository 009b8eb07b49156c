"""The contract as the database holds it: who reaches group tables, releases, and the rows that they are made of."""

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from attachment_app.accounts.models import DataKey, Person
from attachment_app.groups.closing import close_due
from attachment_app.groups.leading import leading
from attachment_app.groups.models import (
    ArticleRead,
    CountedSet,
    Decision,
    Facilitator,
    FollowUp,
    GroupConsent,
    GroupMembership,
    Invitation,
    ParentingGroup,
    Pool,
    PoolPlace,
    Release,
    ReleaseView,
    Window,
)
from attachment_app.lib.roles import AGGREGATOR, GROUPS, WEB, WORKER
from attachment_app.web.person import acting_for
from guidance.bookmark import Bookmark
from guidance.reading_place import ReadingPlace
from journal.models import Break, Exchange, Kind, Note, OwnState, Step
from tests.groups.makers import DUE, STARTS, WINDOW, group, joined, shares
from tests.journal.makers import logged, tried
from tests.world import NOW, World

# Tables with a person's key that are tried here (and not in tests/web/test_rows.py).
OF_GROUPS = (ArticleRead, Facilitator, GroupConsent, GroupMembership, ReleaseView)
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


@pytest.fixture
def groups(world: World) -> tuple[ParentingGroup, ParentingGroup]:
    """Faye's group with Ana and Ben, who share; Gran's with Stan, who shares nothing. All that a window leaves."""
    tuesday, friday = group(world.faye), group(world.gran, "Friday group")
    for to, who in ((tuesday, world.ana), (tuesday, world.ben), (friday, world.stan)):
        joined(to, who)
    for to in (tuesday, friday):
        Invitation.objects.make(to, Invitation.Kind.LINK, NOW)
        PoolPlace.objects.create(group=to, term=9, pool=Pool.objects.create(term=9))
    for who in (world.ana, world.ben):
        shares(tuesday, who, "exchanges", "articles", "own")
    for who, pip in ((world.ana, world.pip), (world.stan, world.kit)):
        exchange = logged(pip, who, Kind.SOOTHING, STARTS)
        tried(exchange, who, "not_yet", "settled")
        OwnState.objects.say(who, exchange, "low", STARTS)
        Break.objects.create(person=who, taken_at=STARTS, client_key=uuid4())
        Note.objects.write(exchange, who, "mine alone", False, NOW, seen=None)
        ArticleRead.objects.create(person=who, window_number=WINDOW + 1, topic="cues")
    CountedSet.objects.create(window_number=WINDOW, purpose="exchanges", unit_id=uuid4(), people=[world.ana.pk])
    close_due(DUE)
    with leading(world.faye):
        Release.objects.seen_by(world.faye, tuesday, NOW)
    return tuesday, friday


def refusal(statement: str) -> str:
    """What the database said to it; empty where it did it and touched something."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return "" if cursor.rowcount else "no row"
    except DatabaseError as error:
        return str(error)


def rights(role: str) -> dict[str, set[str]]:
    """Every table on which a role has a right of any kind, on the whole or on a column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p FROM pg_class c, unnest(%s::text[]) p WHERE c.relkind IN ('r', 'p', 'v', 'm')"
            " AND c.relnamespace = 'public'::regnamespace"
            " AND (has_table_privilege(%s, c.oid, p)"
            "      OR p IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(%s, c.oid, p))",
            [[*ALL], role, role],
        )
        found: dict[str, set[str]] = {}
        for table, right in cursor.fetchall():
            found.setdefault(table, set()).add(right)
        return found


def columns(role: str, table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(%s, attrelid, attnum, 'SELECT')",
            [table, role],
        )
        return {name for (name,) in cursor.fetchall()}


GROUP_RIGHTS = {
    "groups_window": {"SELECT"},
    "groups_facilitator": {"SELECT"},
    "groups_parentinggroup": {"SELECT", "INSERT", "UPDATE"},
    "groups_invitation": {"SELECT", "INSERT", "UPDATE"},
    "groups_groupmembership": {"SELECT", "INSERT", "UPDATE"},
    "groups_pool": {"SELECT"},
    "groups_poolplace": {"SELECT"},
    "groups_release": {"SELECT"},
    "groups_releaseview": {"SELECT", "INSERT"},
    "groups_followup": {"SELECT", "INSERT", "UPDATE"},  # tried in tests/groups/test_follow_up.py
}


def test_a_facilitators_role_has_these_rights_and_no_other(db: None) -> None:
    assert rights(GROUPS) == GROUP_RIGHTS


def test_a_facilitators_role_tries_every_other_table(
    world: World, groups: tuple[ParentingGroup, ParentingGroup]
) -> None:
    others = set(connection.introspection.table_names()) - set(GROUP_RIGHTS)
    assert {
        "journal_exchange",
        "accounts_child",
        "accounts_person",
        "groups_groupconsent",
        "groups_countedset",
    } <= others
    with leading(world.faye):
        for table in sorted(others):
            assert "permission denied" in refusal(f"TABLE {table}"), table
            assert "permission denied" in refusal(f"TRUNCATE {table}"), table


def test_the_aggregator_reads_these_columns(db: None) -> None:
    found = {table: columns(AGGREGATOR, table) for table in rights(AGGREGATOR) if not table.startswith("groups_")}
    assert found == {
        "journal_exchange": {"id", "author_id", "kind", "occasion", "connection", "started_at", "removed_at"},
        "journal_step": {"exchange_id", "author_id", "position", "response", "result"},
        "journal_ownstate": {"id", "person_id", "at", "key_id", "sealed"},
        "journal_break": {"person_id", "taken_at"},
        "accounts_datakey": {"id", "person_id", "family_id", "wrapped", "wrapped_by", "made_at"},
    }
    assert all(rights(AGGREGATOR)[table] == {"SELECT"} for table in found)
    assert rights(AGGREGATOR)["groups_release"] == {"SELECT", "INSERT"}
    assert "panels" not in columns(AGGREGATOR, "groups_release")
    assert rights(AGGREGATOR)["groups_groupconsent"] == rights(AGGREGATOR)["groups_groupmembership"] == {"SELECT"}


def test_the_aggregator_sees_rows_of_those_who_share_and_nobody_elses(
    world: World, groups: tuple[ParentingGroup, ParentingGroup]
) -> None:
    def seen() -> list[set[Any]]:
        with acting_for(None, role=AGGREGATOR):
            return [
                set(Exchange.objects.values_list("author_id", flat=True)),
                set(Step.objects.order_by().values_list("author_id", flat=True)),
                set(OwnState.objects.values_list("person_id", flat=True)),
                set(Break.objects.values_list("person_id", flat=True)),
                set(DataKey.objects.values_list("person_id", flat=True)),
                set(ArticleRead.objects.values_list("person_id", flat=True)),
            ]

    assert seen() == [{world.ana.pk}] * 6
    GroupConsent.objects.filter(purpose="own").update(withdrawn_at=NOW)
    assert seen() == [{world.ana.pk}, {world.ana.pk}, set(), set(), set(), {world.ana.pk}]
    GroupConsent.objects.update(withdrawn_at=NOW)
    assert seen() == [set()] * 6


def test_no_running_role_but_the_two_reaches_releases(world: World, groups: Any) -> None:
    for role in (WEB, WORKER):
        with acting_for(world.faye.pk, role=role):
            for table in ("groups_release", "groups_release_202611", "groups_decision", "groups_countedset"):
                assert "permission denied" in refusal(f"TABLE {table}"), (role, table)
    assert rights(WORKER).keys() & {table for table in rights(AGGREGATOR) if table.startswith("groups")} == set()
    with acting_for(world.faye.pk, role=AGGREGATOR):
        assert "permission denied" in refusal("SELECT panels FROM groups_release")
        assert "permission denied" in refusal("SELECT * FROM groups_release_202611")


def test_each_facilitator_has_their_groups_and_no_other(world: World, groups: Any) -> None:
    tuesday, friday = groups
    for who, theirs, guests in ((world.faye, tuesday, 2), (world.gran, friday, 1)):
        with leading(who):
            assert set(ParentingGroup.objects.all()) == {theirs}
            assert set(Release.objects.values_list("group_id", flat=True)) <= {theirs.pk}
            assert GroupMembership.objects.count() == guests
            assert Invitation.objects.count() == PoolPlace.objects.count() == Pool.objects.count() == 1
            assert ReleaseView.objects.count() == (0 if who == world.gran else len(Release.objects.all()))
    for who in (world.ana, world.stan):
        with leading(who):
            for model in (ParentingGroup, GroupMembership, Invitation, Release, Pool, PoolPlace, ReleaseView):
                assert not model.objects.exists()


def test_a_former_facilitator_sees_nothing(world: World, groups: Any) -> None:
    Facilitator.objects.withdraw(world.faye, NOW)
    with leading(world.faye):
        for model in (ParentingGroup, GroupMembership, Invitation, Release, Pool, PoolPlace, ReleaseView):
            assert not model.objects.exists(), model


def test_a_facilitator_writes_into_no_other_group(world: World, groups: Any) -> None:
    tuesday, friday = groups
    with leading(world.gran):
        asked = (
            lambda: Invitation.objects.make(tuesday, Invitation.Kind.CODE, NOW),
            lambda: joined(friday, world.ana),  # a guest of the facilitator's making says so
            lambda: ReleaseView.objects.create(person=world.faye, group=friday, release_id=uuid4(), at=NOW),
            lambda: ReleaseView.objects.create(person=world.gran, group=tuesday, release_id=uuid4(), at=NOW),
        )
        for ask in asked:
            with pytest.raises(DatabaseError), transaction.atomic():
                ask()
        assert not ParentingGroup.objects.filter(pk=tuesday.pk).update(note="x")
        assert joined(friday, world.ana, made_by_facilitator=True)
        refused = refusal("UPDATE groups_groupmembership SET made_by_facilitator = false")
        assert "permission denied" in refused


def test_what_a_parent_has_of_their_groups(world: World, groups: Any) -> None:
    tuesday, _friday = groups
    with acting_for(world.ana.pk):
        assert set(ParentingGroup.objects.all()) == {tuesday}
        for model in (GroupMembership, GroupConsent, ArticleRead):
            assert set(model.objects.values_list("person_id", flat=True)) == {world.ana.pk}
        assert Window.objects.exists()
        assert not Facilitator.objects.exists()
        for statement in (
            "UPDATE groups_groupconsent SET given_at = now()",
            "UPDATE groups_groupmembership SET approved_at = now()",
            "UPDATE groups_parentinggroup SET note = 'x'",
            "DELETE FROM groups_groupconsent",
            "SELECT * FROM groups_invitation",
            "SELECT * FROM groups_poolplace",
            "SELECT * FROM groups_releaseview",
        ):
            assert "permission denied" in refusal(statement), statement
        with pytest.raises(DatabaseError), transaction.atomic():
            shares(tuesday, world.ben, "pool")
        with pytest.raises(DatabaseError), transaction.atomic():
            joined(tuesday, world.ana)
    GroupMembership.objects.filter(person=world.ana).update(ended_at=NOW, ended_by="parent")
    with acting_for(world.ana.pk):
        assert not ParentingGroup.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            shares(tuesday, world.ana, "pool")


def test_nobody_sees_what_another_shares(world: World, groups: Any) -> None:
    for who in (world.ben, world.stan, world.faye):
        with acting_for(who.pk):
            assert not GroupConsent.objects.filter(person=world.ana).exists()
            assert not GroupMembership.objects.filter(person=world.ana).exists()
            assert not ArticleRead.objects.filter(person=world.ana).exists()


def test_a_release_holds_no_key_to_a_person(db: None) -> None:
    fields = {field.name for field in Release._meta.fields}
    assert fields == {"id", "month", "window_number", "group", "pool", "panels", "made_at"}
    for model in (Release, Decision, CountedSet, Pool):
        assert Person not in {field.related_model for field in model._meta.fields}


def test_every_model_of_groups_is_tried_here() -> None:
    tried_elsewhere = {FollowUp}  # tests/groups/test_follow_up.py
    tried_here = {*OF_GROUPS, ParentingGroup, Invitation, Pool, PoolPlace, Release, Window, Decision, CountedSet}
    assert set(apps.get_app_config("groups").get_models()) == tried_here | tried_elsewhere


def test_no_role_is_left_over(world: World, groups: Any) -> None:
    """After a facilitator's look the transaction is the page's again."""
    with acting_for(world.faye.pk):
        with leading(world.faye):
            pass
        assert not Bookmark.objects.exists() and not ReadingPlace.objects.exists()
        assert "permission denied" in refusal("SELECT * FROM groups_release")
