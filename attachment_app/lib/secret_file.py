"""Secrets that are made once, at first start, and kept in a file that its owner alone can read."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_HEAD = "# Back this file up: without it, sign-ins end and what is sealed cannot be read.\n"


def read_or_make(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The secrets in the file, making what is missing (256 bits each). Two processes at once agree on one file.

    Raises ImproperlyConfigured where the file is there but cannot be read.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, {name: secrets.token_urlsafe(32) for name in names})
    try:
        lines = path.read_text().splitlines()
    except OSError as error:
        raise ImproperlyConfigured(f"The secrets in {path} cannot be read: {error.strerror}.") from error
    found = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    missing = [name for name in names if not found.get(name)]
    if missing:
        raise ImproperlyConfigured(f"The file {path} holds no {missing[0]}; bring it back from your backup.")
    return found


def _write_once(path: Path, values: dict[str, str]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(_HEAD + "".join(f"{name}={value}\n" for name, value in values.items()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another process was first: theirs stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
