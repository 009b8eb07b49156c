"""Row-level security: how a table gets its policies, which tables need none, and what a data migration must say.

A policy names its role, so that no role pays for another's: `web` sees the rows of the person that the transaction is
about (`app.person`), `worker` what the background needs, `owner` nothing until it says `app.bypass`. Every policy is
forced, so that the tables' owner is held to it too. Superusers stand above all of it: the site never connects as one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, migrations, transaction

from .roles import OWNER, WEB, WORKER

# Families of the person whom the transaction is about, by what they may do there. One look-up a statement.
MINE = "family_id = ANY ((SELECT my_families())::uuid[])"
MINE_TO_LOG = "family_id = ANY ((SELECT my_families_to_log())::uuid[])"
MINE_TO_KEEP = "family_id = ANY ((SELECT my_families_to_keep())::uuid[])"
ME = "(SELECT app_person())"

# Tables with a person's, family's or group's key, or read before a person is known, that have no policy; and why.
EXEMPT = {
    "accounts_person": "signing in finds a person by their address before anybody is known",
    "accounts_person_groups": "Django's permissions, which this site does not use; no role but the owner may read it",
    "accounts_person_user_permissions": "the same",
    "auth_group_permissions": "the same",
    "account_emailaddress": "signing in and confirming find an address before anybody is known",
    "account_emailconfirmation": "codes are looked up before anybody is known",
    "django_session": "it is how a request finds out whose it is",
    "web_cache": "throttles count people who are not known yet; keys are hashed and hold no row of a family",
}
KEYS = ("family_id", "person_id", "user_id", "group_id", "author_id")


def guard(table: str, **rules: dict[str, str]) -> migrations.RunSQL:
    """The operation that gives a new table its policies: `web={"SELECT": where, "INSERT": where, …}`, by role.

    A role gets the table rights that its rules name and no other. For SELECT and DELETE the condition says which rows
    are there, for INSERT which may come, for UPDATE both. `owner` is added to every table: all of it, where
    `app.bypass` is on.
    """
    forwards = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    forwards.append(
        f"CREATE POLICY {OWNER}_all ON {table} TO {OWNER}"
        " USING (current_setting('app.bypass', true) = 'on') WITH CHECK (current_setting('app.bypass', true) = 'on')"
    )
    backwards = [f"DROP POLICY {OWNER}_all ON {table}"]
    for role, conditions in rules.items():
        for verb, condition in conditions.items():
            name = f"{role}_{verb.lower()}"
            forwards.append(f"CREATE POLICY {name} ON {table} FOR {verb} TO {role} {_clause(verb, condition)}")
            backwards.append(f"DROP POLICY {name} ON {table}")
        forwards.append(f"GRANT {', '.join(conditions)} ON {table} TO {role}")
        backwards.append(f"REVOKE ALL ON {table} FROM {role}")
    backwards += [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    return migrations.RunSQL(";\n".join(forwards), ";\n".join(backwards))


def _clause(verb: str, condition: str) -> str:
    using, check = f"USING ({condition})", f"WITH CHECK ({condition})"
    return {"SELECT": using, "DELETE": using, "INSERT": check, "UPDATE": f"{using} {check}"}[verb]


def open_to(rights: str, *tables: str, roles: tuple[str, ...] = (WEB, WORKER)) -> migrations.RunSQL:
    """The operation that gives roles `rights` (`"SELECT, INSERT"`) on tables without policies."""
    names, who = ", ".join(tables), ", ".join(roles)
    return migrations.RunSQL(f"GRANT {rights} ON {names} TO {who}", f"REVOKE {rights} ON {names} FROM {who}")


def columns_alone(table: str, role: str, right: str, *columns: str) -> migrations.RunSQL:
    """After guard(): `role` keeps `right` ("SELECT", "UPDATE") on these columns and on no others."""
    named = ", ".join(columns)
    return migrations.RunSQL(
        f"REVOKE {right} ON {table} FROM {role}; GRANT {right} ({named}) ON {table} TO {role}",
        f"REVOKE {right} ({named}) ON {table} FROM {role}; GRANT {right} ON {table} TO {role}",
    )


def let_read(table: str, role: str, where: str, *columns: str) -> migrations.RunSQL:
    """One more role that reads some columns of the rows `where` holds, of a table that has its policies already."""
    named, policy = ", ".join(columns), f"{role}_select"
    return migrations.RunSQL(
        f"CREATE POLICY {policy} ON {table} FOR SELECT TO {role} USING ({where}); "
        f"GRANT SELECT ({named}) ON {table} TO {role}",
        f"REVOKE SELECT ({named}) ON {table} FROM {role}; DROP POLICY {policy} ON {table}",  # noqa: S608
    )


@contextmanager
def bypass() -> Iterator[None]:
    """For the owner's own commands: a transaction that sees every row. For any other role it changes nothing."""
    with transaction.atomic():
        before = _set_bypass("on")
        yield
        if not connection.needs_rollback:
            _set_bypass(before)


def _set_bypass(value: str) -> str:
    """Set it to the end of the transaction; what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.bypass', true), ''), set_config('app.bypass', %s, true)", [value]
        )
        before, _now = cursor.fetchone()
    return str(before)


class TouchedNothing(Exception):
    """A data migration met rows and changed none of them: the policies hid them, or it is wrong."""


class Rewrite(migrations.RunPython):
    """A data migration: `forwards(apps, schema_editor)` changes rows of `table` and returns how many.

    It runs with the policies' bypass, which without it hide every row from the owner too. Raises TouchedNothing where
    the table has rows and none was changed.
    """

    def __init__(self, table: str, forwards: Callable[[Any, Any], int]) -> None:
        self.table, self.forwards = table, forwards
        super().__init__(self._run, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.forwards], {}

    def _run(self, apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.bypass', 'on', true)")
            touched = self.forwards(apps, schema_editor)
            cursor.execute(f"SELECT EXISTS (SELECT FROM {schema_editor.quote_name(self.table)})")  # noqa: S608
            if not touched and cursor.fetchone()[0]:
                raise TouchedNothing(f"{self.table} has rows, and the migration touched none of them.")
            cursor.execute("SELECT set_config('app.bypass', '', true)")


def unguarded() -> list[str]:
    """Tables of this database that hold somebody's key and have no forced policy, and are not exempt; sorted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = ANY (%s)
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                       AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
            """,
            [list(KEYS)],
        )
        return sorted({name for (name,) in cursor.fetchall()} - set(EXEMPT))
