"""Secrets are made once, for their owner alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from attachment_app.lib.secret_file import read_or_make

NAMES = ("DJANGO_SECRET_KEY",)


def test_it_works(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets"
    made = read_or_make(path, NAMES)
    assert read_or_make(path, NAMES) == made
    assert len(made["DJANGO_SECRET_KEY"]) >= 40
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Back this file up" in path.read_text()


def test_two_processes_at_once_agree(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from attachment_app.lib.secret_file import read_or_make;"
        "print(read_or_make(Path(sys.argv[1]), ('K',))['K'])"
    )
    path = str(tmp_path / "secrets")
    both = [subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) for _ in range(4)]
    assert len({process.communicate()[0] for process in both}) == 1


def test_a_file_without_its_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("# empty\n")
    with pytest.raises(ImproperlyConfigured, match="holds no DJANGO_SECRET_KEY"):
        read_or_make(tmp_path / "secrets", NAMES)


def test_what_a_later_version_needs_is_added_once(tmp_path: Path) -> None:
    old = read_or_make(tmp_path / "secrets", NAMES)
    new = read_or_make(tmp_path / "secrets", NAMES, later=("NOTES_KEY",))
    assert new["DJANGO_SECRET_KEY"] == old["DJANGO_SECRET_KEY"]
    assert read_or_make(tmp_path / "secrets", NAMES, later=("NOTES_KEY",)) == new
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o600
