"""A data migration says the bypass, and says so when it touched nothing."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from attachment_app.accounts.models import Child
from attachment_app.lib.row_security import Rewrite, TouchedNothing, bypass
from tests.world import World

CHANGES_ROWS = re.compile(r"\b(?:UPDATE|INSERT\s+INTO|DELETE\s+FROM)\s+(\w+)", re.IGNORECASE)


def run(operation: migrations.RunPython) -> None:
    state = ProjectState()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.bypass', '', true)")  # as `manage.py migrate` begins
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("accounts", editor, state, state)


def rename(registry: Any, editor: Any) -> int:
    return int(Child.objects.update(nickname="Renamed"))


def rename_nobody(registry: Any, editor: Any) -> int:
    return int(Child.objects.filter(nickname="nobody").update(nickname="Renamed"))


def test_it_works(world: World) -> None:
    run(Rewrite("accounts_child", rename))
    with bypass():
        assert set(Child.objects.values_list("nickname", flat=True)) == {"Renamed"}


def test_one_that_touches_nothing_fails(world: World) -> None:
    with pytest.raises(TouchedNothing, match="accounts_child has rows"):
        run(Rewrite("accounts_child", rename_nobody))


def test_with_no_rows_there_is_nothing_to_touch(db: None) -> None:
    run(Rewrite("accounts_child", rename))


def test_without_the_bypass_the_owner_would_touch_nothing(world: World) -> None:
    """What Rewrite is for: a plain RunPython passes quietly and leaves every row as it was."""
    run(migrations.RunPython(rename))
    with bypass():
        assert not Child.objects.filter(nickname="Renamed").exists()


def ours() -> list[tuple[str, Any]]:
    labels = {config.label for config in apps.get_app_configs() if not config.name.startswith(("django.", "allauth"))}
    loader = MigrationLoader(None)
    return [
        (f"{label}.{name}", operation)
        for (label, name), migration in loader.disk_migrations.items()
        if label in labels
        for operation in migration.operations
    ]


def guarded() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        return {name for (name,) in cursor.fetchall()}


def test_every_data_migration_of_ours_goes_through_it(db: None) -> None:
    assert len(ours()) > 10
    assert "journal_exchange" in guarded()
    for name, operation in ours():
        if isinstance(operation, migrations.RunPython):
            assert isinstance(operation, Rewrite), f"{name} changes rows behind the policies' back"
        if isinstance(operation, migrations.RunSQL):
            if "CREATE FUNCTION" in str(operation.sql):
                continue  # it defines what is done later, by whoever may
            changed = set(CHANGES_ROWS.findall(str(operation.sql)))
            assert not changed & guarded(), f"{name} changes rows behind the policies' back"
