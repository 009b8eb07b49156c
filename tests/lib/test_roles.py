"""The roles on a server of their own, made by an admin who is no superuser, as on a hosted database."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from attachment_app.embedded import places, postgres
from attachment_app.embedded.processes import Guard
from attachment_app.lib import roles


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server as it is before the roles are made, with an admin who may make roles and databases and no more."""
    folder = tmp_path_factory.mktemp("roles")
    for part in (folder, *folder.parents[:2]):
        part.chmod(0o755)
    guard = Guard()
    server = postgres.start(folder, guard, fast=True)
    with psycopg.connect(places.database_url(folder, "postgres", "postgres"), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {places.DATABASE}")
        admin.execute("REVOKE CREATE ON SCHEMA public FROM owner")
        with psycopg.connect(places.database_url(folder, "postgres", "template1"), autocommit=True) as template:
            template.execute("REVOKE CREATE ON SCHEMA public FROM owner")
        admin.execute(f"DROP ROLE {', '.join(roles.ROLES)}")
        admin.execute("CREATE ROLE keeper LOGIN CREATEROLE CREATEDB")
    yield folder
    server.stop()
    guard.dismiss()


def test_it_works_for_an_admin_who_is_no_superuser(var: Path) -> None:
    keeper = places.database_url(var, "keeper", "postgres")
    roles.establish(keeper, "site", {roles.WEB: "a quiet 'word'"})
    with psycopg.connect(places.database_url(var, "owner", "site"), autocommit=True) as owner:
        owner.execute("CREATE TABLE t (id int)")
        owner.execute("SET ROLE web")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("SELECT * FROM t")
    with psycopg.connect(keeper, dbname="site", options="-c role=owner") as asked:
        assert asked.execute("SELECT current_user").fetchone() == ("owner",)


def test_twice_is_harmless(var: Path) -> None:
    admin = places.database_url(var, "postgres", "postgres")
    roles.establish(admin, "again")
    roles.establish(admin, "again")


def test_the_running_roles_enter_what_they_need_and_no_more(var: Path) -> None:
    roles.establish(places.database_url(var, "postgres", "postgres"), "again")
    with psycopg.connect(places.database_url(var, "web", "again"), autocommit=True) as web:
        web.execute("SET ROLE groups")
        web.execute("RESET ROLE")
        for other in ("owner", "worker", "aggregator", "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(f"SET ROLE {other}")
