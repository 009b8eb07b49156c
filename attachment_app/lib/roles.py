"""The five roles of the database, made by one function for the embedded run, the tests and a server alike.

`owner` migrates and owns the tables. `web` serves pages and `worker` does the work in the background; neither owns
anything or stands above the rules on rows. `groups` and `aggregator` nobody signs in as: a facilitator's page and the
task that makes summaries enter them (`SET LOCAL ROLE`) and have those rights alone for so long.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

OWNER, WEB, WORKER, GROUPS, AGGREGATOR = "owner", "web", "worker", "groups", "aggregator"
SIGN_IN = (OWNER, WEB, WORKER)
ROLES = (*SIGN_IN, GROUPS, AGGREGATOR)
# Who may enter which role. A right that is entered is not inherited: outside `SET ROLE` it is as if it were not there.
ENTERS = {OWNER: (WEB, WORKER, GROUPS, AGGREGATOR), WORKER: (WEB, AGGREGATOR), WEB: (GROUPS,)}
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")


def establish(
    admin_url: str, database: str, passwords: Mapping[str, str] | None = None, also: tuple[str, ...] = ()
) -> None:
    """Make the roles, the database and its extensions where they are missing; run twice it changes nothing.

    `admin_url` names a role that may make roles and databases. `passwords` by role: set anew each time, and left
    alone for a role that is not named. `also` names databases that get the extensions too. Raises psycopg.Error.
    """
    with psycopg.connect(admin_url, autocommit=True) as server:
        there = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
        for role in ROLES:
            _role(server, role, role in there, (passwords or {}).get(role))
        for role, entered in ENTERS.items():
            _let_enter(server, sql.Identifier(role), entered)
        if not server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:  # type: ignore[index]
            _let_enter(server, sql.SQL("CURRENT_USER"), SIGN_IN)
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            made = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
            server.execute(made)
    for name in (*also, database):
        with psycopg.connect(admin_url, dbname=name, autocommit=True) as inside:
            for extension in EXTENSIONS:
                inside.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
            inside.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(sql.Identifier(OWNER)))


def _let_enter(server: psycopg.Connection, who: sql.Composable, entered: tuple[str, ...]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, entered))
    server.execute(sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(names, who))


def _role(server: psycopg.Connection, role: str, exists: bool, password: str | None) -> None:
    rights: list[sql.Composable] = [sql.SQL("LOGIN" if role in SIGN_IN else "NOLOGIN")]
    if not exists:  # an admin who is no superuser may say these when a role is made, and not afterwards
        rights.append(sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEROLE"))
        rights.append(sql.SQL("CREATEDB" if role == OWNER else "NOCREATEDB"))
    if password:
        rights.append(sql.SQL("PASSWORD {}").format(sql.Literal(password)))
    verb = sql.SQL("ALTER ROLE" if exists else "CREATE ROLE")
    server.execute(sql.SQL(" ").join([verb, sql.Identifier(role), *rights]))
